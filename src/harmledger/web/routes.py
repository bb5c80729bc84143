"""What a route makes of a handler: counts the request, reads the form, opens the ledger, finds out who asks, guards, and answers.

Handlers are plain functions in a bounded number of threads. A page that anybody may see is made once and kept until something is new in the
ledger that it may show; a kept page is answered without a thread. That is what SQLite likes best: few connections, each with its pages in memory,
and no more of them at work than there are cores to work on.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from functools import partial
from typing import Literal
from urllib.parse import parse_qsl

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from harmledger.store.changes import SHOWN_PAGES
from harmledger.web.access import viewer_of
from harmledger.web.cookies import Cookies
from harmledger.web.guards import Needs
from harmledger.web.kept import KeptPage, pack
from harmledger.web.respond import FOR_ONE
from harmledger.web.signed_in import DESK, REPLIERS, find_signed_in
from harmledger.web.site import Site
from harmledger.web.visit import Fields, Handler, Visit

QUESTION_SECONDS = 10.0
"""All questions of one request to the ledger together."""
FORM_SECONDS = 15
"""A browser that sends its form more slowly is given up."""
MOST_FIELDS = 200
FORM_REFUSED = "This form is too old, or comes from elsewhere. Go back, load the page again, and send it once more."
MOST_WAITING = 60
"""Forms that wait for a thread; one more is told to come again, before it has waited longer than people do."""
CROWDED = "Too many send forms just now. Nothing of yours was kept: go back, wait a minute, and send it once more."
NOBODY = (None, None)
Threads = Literal["writing", "outside", "reply"]
FORM_KIND = "application/x-www-form-urlencoded"


def page(
    path: str,
    handler: Handler,
    *,
    needs: Needs | None = None,
    kept: bool = False,
    about: str | None = None,
    outside: bool = False,
) -> Route:
    """A page to look at.

    `outside`: it waits for others' servers, in threads of its own. `kept`: it is the same for everybody who isn't signed in, and changes only with the ledger. `about`: the parameter of the path that
    names the one incident, document or claim whose decisions it shows, or SHOWN_PAGES, where it shows incidents in short alone;
    other decisions leave it kept.
    """
    return Route(
        path, _Page(handler, needs, kept=kept, about=about, outside=outside), methods=["GET"], name=handler.__name__
    )


def form(
    path: str, handler: Handler, *, needs: Needs | None = None, token: bool = True, at: Threads = "writing"
) -> Route:
    """What a form is sent to: only with a token that this site gave to this browser, unless it changes nothing but that browser's own look.

    `at`: whose threads it waits for; `outside` are those that wait for others' servers, `reply` those of replies.
    """
    return Route(path, _Form(handler, needs, token=token, at=at), methods=["POST"], name=handler.__name__)


class _Page:
    def __init__(self, handler: Handler, needs: Needs | None, *, kept: bool, about: str | None, outside: bool) -> None:
        assert not (needs and kept), "what only some may see is kept for nobody"  # noqa: S101  of the list of routes
        assert kept or not about, "only what is kept is about something"  # noqa: S101  as above
        self.needs, self._handler, self._kept, self._about = needs, handler, kept, about
        self._outside = outside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        site: Site = request.app.state.site
        cookies = Cookies(request, site.https)
        if self._kept and cookies.get("session") is None and cookies.get("reply-session") is None:
            response = await self._from_kept(site, request, cookies)
        else:
            look = partial(_look, site, request, cookies, self._handler, needs=self.needs)
            response = await anyio.to_thread.run_sync(look, limiter=self._threads(site))
        await response(scope, receive, send)

    def make_now(self, request: Request) -> KeptPage | Response:
        """The page as it is made for everybody, packed where it may be kept."""
        site: Site = request.app.state.site
        cookies = Cookies(request, site.https)
        return pack(_look(site, request, cookies, self._handler, needs=None, public=True))

    async def _from_kept(self, site: Site, request: Request, cookies: Cookies) -> Response:
        headers = request.headers
        part = headers.get("hx-request", "") + headers.get("hx-boosted", "")
        key = (request.url.path, request.url.query, cookies.theme, part, str(cookies.unwarned))
        about = request.path_params.get(self._about, self._about) if self._about else None
        await site.fresh.look()
        found = await site.kept.get(key, about=about, make=partial(self._make, site, request))
        return found.answer(headers) if isinstance(found, KeptPage) else found

    async def _make(self, site: Site, request: Request) -> KeptPage | Response:
        """By a process of its own where there are such; lists stand on what this one holds."""
        if self._about and self._about != SHOWN_PAGES and (made := await site.makers.make(request)):
            return made
        return await anyio.to_thread.run_sync(self.make_now, request, limiter=self._threads(site))

    def _threads(self, site: Site) -> anyio.CapacityLimiter:
        if self._outside:
            return site.outside_threads
        return site.list_threads if self._about == SHOWN_PAGES else site.reading_threads


class _Form:
    def __init__(self, handler: Handler, needs: Needs | None, *, token: bool, at: Threads) -> None:
        self.needs, self.token, self._handler = needs, token, handler
        self._at: Threads = at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        site: Site = request.app.state.site
        threads = _threads(site, self._at)
        if threads.statistics().tasks_waiting >= MOST_WAITING:  # before it is read: a flood costs no more than it must
            raise HTTPException(503, CROWDED, {"retry-after": "60"})
        fields = await _read_form(request)
        handler = _checked(self._handler) if self.token else self._handler
        look = partial(_look, site, request, Cookies(request, site.https), handler, needs=self.needs, form=fields)
        response = await anyio.to_thread.run_sync(look, limiter=threads)
        await response(scope, receive, send)


def _threads(site: Site, at: Threads) -> anyio.CapacityLimiter:
    match at:
        case "outside":
            return site.outside_threads
        case "reply":
            return site.reply_threads
        case "writing":
            return site.writing_threads


async def _read_form(request: Request) -> Fields:
    """The fields of a form; files aren't taken this way.

    Raises:
        HTTPException: it is none, too long, or comes in too slowly.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_KIND:
        raise HTTPException(415)
    try:
        async with asyncio.timeout(FORM_SECONDS):
            body = await request.body()
        return Fields(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except TimeoutError as e:
        raise HTTPException(408) from e
    except ValueError as e:  # no UTF-8, or too many fields
        raise HTTPException(400) from e


def _look(
    site: Site,
    request: Request,
    cookies: Cookies,
    handler: Handler,
    *,
    needs: Needs | None,
    public: bool = False,
    form: Fields | None = None,
) -> Response:
    """Answer one request, in a thread."""
    with site.readers.reading(seconds=QUESTION_SECONDS) as connection:
        account, session = (None if public else find_signed_in(site, connection, cookies, DESK)) or NOBODY
        replier, replier_session = (None if public else find_signed_in(site, connection, cookies, REPLIERS)) or NOBODY
        fresh_seed = secrets.token_urlsafe(24)
        seed = None if public else (session.session_id if session else cookies.get("visit") or fresh_seed)
        visit = Visit(
            site=site,
            request=request,
            connection=connection,
            viewer=viewer_of(account),
            account=account,
            session=session,
            replier=replier,
            replier_session=replier_session,
            form=form or Fields(),
            seed=seed,
        )
        response = (needs and needs.refuse(visit)) or handler(visit)
    _set_cookies(visit, response, fresh=seed is fresh_seed)
    return response


def _checked(handler: Handler) -> Handler:
    """Only for a form that this site gave to this browser; any other is refused with 403."""

    def answer(visit: Visit) -> Response:
        given = visit.form.get("csrf", "").encode("ascii", "replace").decode()
        if not hmac.compare_digest(visit.site.sign("form", visit.seed or ""), given):
            raise HTTPException(403, FORM_REFUSED)
        return handler(visit)

    return answer


def _set_cookies(visit: Visit, response: Response, *, fresh: bool) -> None:
    """Bind the forms of a page to the browser that gets it; forget a session that has ended."""
    signing_in = "set-cookie" in response.headers
    if visit.seed and not visit.replier and visit.cookies.get("reply-session") and not signing_in:
        visit.cookies.end(response, "reply-session")
    if fresh and visit.seed and visit.request.method == "GET":
        visit.cookies.set(response, "visit", visit.seed)
    if visit.seed and not visit.session and visit.cookies.get("session") and not signing_in:
        visit.cookies.end(response, "session")
    if visit.seed:
        response.headers.setdefault("cache-control", FOR_ONE)
