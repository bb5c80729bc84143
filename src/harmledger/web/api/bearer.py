"""Who asks by a token: routes for programs that act for an account.

header ─▶ body, bounded ─▶ the token, its account and its scope ─▶ handler(Visit, Body) ─▶ JSON

A token comes in the header `Authorization: Bearer …` and in no other way. Cookies are never looked at here: a browser sends them by itself, a
token it doesn't, so nothing that another site's page makes a browser send is ever taken. Source: RFC 6750.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import anyio.to_thread
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from harmledger.domain import Account, ApiToken, TokenScope
from harmledger.store.api_tokens import LEAST_ROLE, PREFIX, TOKEN_CHARS, find_token, is_use_noted, note_use
from harmledger.web.access import viewer_of
from harmledger.web.routes import FORM_SECONDS, MOST_WAITING, QUESTION_SECONDS
from harmledger.web.site import Site
from harmledger.web.visit import Fields, Visit, address_of

MOST_BODY_BYTES = 16 * 1024
"""A ruling with the longest words, each of them escaped, is 12 kilobytes."""
NO_TOKEN = "Give a token of the API as the header `Authorization: Bearer …`. One is made at /account."  # noqa: S105  no token, but what is said without one
DEAD_TOKEN = "This token is none, was ended, or is over."  # noqa: S105  as above
CROWDED = "Too many send something just now. Nothing was done: wait a minute, and send it again."
TOO_OFTEN = "Too many requests by this account's tokens. Wait a minute."
_TOKEN = re.compile(rf"(?i:Bearer) +({re.escape(PREFIX)}[A-Za-z0-9_-]{{{TOKEN_CHARS}}})")
_WAIT = {"retry-after": "60"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What came with a request, unread."""

    kind: str
    """Its content type."""
    raw: bytes


Answer = Callable[[Visit, Body], Response]


class ByToken:
    """Answers who gives a token whose scope is enough."""

    def __init__(self, answer: Answer, scope: TokenScope, *, writes: bool) -> None:
        self.scope, self.writes, self._answer = scope, writes, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        site: Site = request.app.state.site
        token = _read_token(request)
        threads = site.writing_threads if self.writes else site.reading_threads
        if self.writes and threads.statistics().tasks_waiting >= MOST_WAITING:
            raise HTTPException(503, CROWDED, _WAIT)
        kind = request.headers.get("content-type", "")
        body = Body(kind=kind, raw=await _read_raw(request) if self.writes else b"")
        ask = partial(self._ask, site, request, token, body)
        response = await anyio.to_thread.run_sync(ask, limiter=threads)
        await response(scope, receive, send)

    def _ask(self, site: Site, request: Request, token: str, body: Body) -> Response:
        """Answer one request, in a thread."""
        with site.readers.reading(seconds=QUESTION_SECONDS) as connection:
            account, known = self._let_in(site, request, connection, token)
            visit = Visit(
                site=site,
                request=request,
                connection=connection,
                viewer=viewer_of(account),
                account=account,
                session=None,
                form=Fields(),
                seed=None,
                token=known,
            )
            return self._answer(visit, body)

    def _let_in(self, site: Site, request: Request, connection: Connection, token: str) -> tuple[Account, ApiToken]:
        """The account for which a program asks, and by what.

        Raises:
            HTTPException: 401, the token counts for nothing; 403, not for this; 429, too often.
        """
        now = site.now()
        found = find_token(connection, token, now=now)
        if found is None:
            if not site.rates.may_mistake_token(site.hide(address_of(request))):
                raise HTTPException(429, headers=_WAIT)
            raise HTTPException(401, DEAD_TOKEN, _challenge("invalid_token"))
        account, known = found
        if not site.rates.may_ask_by_token(account.account_id, writes=self.writes):
            raise HTTPException(429, TOO_OFTEN, _WAIT)
        if not is_use_noted(known, now=now):
            with site.ledger.writing() as writer:
                note_use(writer, known.token_id, now=now)
        if not known.scope.covers(self.scope):
            told = f"This token's scope is {known.scope}; {self.scope} is needed."
            raise HTTPException(403, told, _challenge("insufficient_scope", self.scope))
        if not account.role.covers(LEAST_ROLE):
            raise HTTPException(403, f"This token's account is a {account.role}: {LEAST_ROLE}s moderate.")
        return account, known


def _read_token(request: Request) -> str:
    """The token that a request gives.

    Raises:
        HTTPException: 401, it gives none, or more than one.
    """
    given = request.headers.getlist("authorization")
    found = _TOKEN.fullmatch(given[0].strip()) if len(given) == 1 else None
    if found is None:
        raise HTTPException(401, NO_TOKEN, _challenge())
    return found[1]


async def _read_raw(request: Request) -> bytes:
    """The body, as far as one may be long.

    Raises:
        HTTPException: 413, it is longer; 408, it comes in too slowly.
    """
    raw = bytearray()
    try:
        async with asyncio.timeout(FORM_SECONDS):
            async for piece in request.stream():
                raw += piece
                if len(raw) > MOST_BODY_BYTES:
                    raise HTTPException(413)
    except TimeoutError as e:
        raise HTTPException(408) from e
    return bytes(raw)


def _challenge(error: str = "", scope: str = "") -> dict[str, str]:
    """What is missing, for programs that ask in the way of RFC 6750."""
    said = {"realm": "harmledger", "error": error, "scope": scope}
    parts = [f'{name}="{value}"' for name, value in said.items() if value]
    return {"www-authenticate": f"Bearer {', '.join(parts)}"}
