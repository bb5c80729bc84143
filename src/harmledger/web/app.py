"""The site: every route and every layer that a request passes, in one list each. Read this first.

request ─▶ MIDDLEWARE, outermost first ─▶ route ─▶ its guard ─▶ handler(Visit) ─▶ Response
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harmledger.config import Config
from harmledger.domain import Role
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound, SourceFailed
from harmledger.store.api_tokens import LEAST_ROLE
from harmledger.web.account import (
    begin_two_step,
    change_password,
    confirm_two_step,
    end_others,
    end_two_step,
    renew_recovery,
    show_account,
    show_two_step,
)
from harmledger.web.api import routes as api
from harmledger.web.api.replies_feed import show_replies_feed
from harmledger.web.assets import send_asset
from harmledger.web.desk.routes import ROUTES as DESK
from harmledger.web.floor import MOST_BODY_BYTES, Hardened, Measured, SameOrigin
from harmledger.web.front import routes as front
from harmledger.web.front.current import keep_current
from harmledger.web.guards import needs
from harmledger.web.home import choose_theme
from harmledger.web.invite import set_password, show_set_password
from harmledger.web.known import routes as known
from harmledger.web.makers import Makers
from harmledger.web.own_passkeys import drop_passkey, keep_passkey, show_new_passkey
from harmledger.web.own_tokens import end_own_token, make_own_token
from harmledger.web.record import ROUTES as RECORD
from harmledger.web.replies.behind import Chores
from harmledger.web.replies.learning import LEARN_EVERY_SECONDS, learn_anew
from harmledger.web.replies.letters import send_letters
from harmledger.web.replies.routes import ROUTES as REPLIES
from harmledger.web.respond import failure
from harmledger.web.routes import form, page
from harmledger.web.sign_in import (
    prove,
    prove_by_passkey,
    show_prove,
    show_sign_in,
    sign_in,
    sign_in_by_passkey,
    sign_out,
)
from harmledger.web.site import Site, open_site

PAUSE_SECONDS = 0.5
"""Between two looks at whether what is shown is behind the record."""
CHORES_SECONDS = 5.0
"""Between two looks at whether a filter elsewhere is to be told of something, or what was kept long enough has to go."""
_LOG = logging.getLogger("harmledger.web")

ROUTES: tuple[BaseRoute, ...] = (
    # public
    *front.ROUTES,
    form("/theme", choose_theme, token=False),
    *RECORD,  # incidents, reports, claims
    # signing in
    page("/sign-in", show_sign_in),
    form("/sign-in", sign_in),
    form("/sign-in/passkey", sign_in_by_passkey),
    form("/sign-out", sign_out),
    page("/prove", show_prove, needs=needs(Role.READER)),
    form("/prove", prove, needs=needs(Role.READER)),
    form("/prove/passkey", prove_by_passkey, needs=needs(Role.READER)),
    page("/set-password/{token}", show_set_password),
    form("/set-password/{token}", set_password),
    # who replies
    page("/replies/feed.atom", show_replies_feed, kept=True),
    *REPLIES,
    # one's own account
    page("/account", show_account, needs=needs(Role.READER)),
    form("/account/password", change_password, needs=needs(Role.READER, fresh=True)),
    form("/account/sessions", end_others, needs=needs(Role.READER)),
    form("/account/two-step/begin", begin_two_step, needs=needs(Role.READER, fresh=True)),
    page("/account/two-step", show_two_step, needs=needs(Role.READER, fresh=True)),
    form("/account/two-step", confirm_two_step, needs=needs(Role.READER, fresh=True)),
    form("/account/two-step/end", end_two_step, needs=needs(Role.READER, fresh=True)),
    page("/account/passkeys", show_new_passkey, needs=needs(Role.READER, fresh=True)),
    form("/account/passkeys", keep_passkey, needs=needs(Role.READER, fresh=True)),
    form("/account/passkeys/remove", drop_passkey, needs=needs(Role.READER, fresh=True)),
    form("/account/tokens", make_own_token, needs=needs(LEAST_ROLE, fresh=True)),
    form("/account/tokens/end", end_own_token, needs=needs(Role.READER)),
    form("/account/recovery", renew_recovery, needs=needs(Role.READER, fresh=True)),
    # for programs
    *api.ROUTES,
    # names, method, data
    *known.ROUTES,
    # the review desk
    *DESK,
    # files
    Route("/static/{name:path}", send_asset, methods=["GET"]),
)

NAV = (*front.NAV, *known.NAV)
"""(address, words) of each entry of the navigation."""


def make_app(config: Config, *, now: Callable[[], datetime] | None = None, makers: int = 0) -> Starlette:
    """The site on the ledger that the settings name. `makers`: processes beside it that make pages, while it is served.

    Raises:
        HarmledgerError: the ledger isn't there, or can't be opened.
    """
    beside = Makers(config, processes=makers, open_app=make_app)
    site = open_site(config, now=now or _utc_now, makers=beside)
    app = Starlette(routes=ROUTES, middleware=_middleware(site), exception_handlers=_FAILURES, lifespan=_until_stopped)
    app.state.site, app.state.nav = site, NAV
    return app


def _middleware(site: Site) -> list[Middleware]:
    return [
        Middleware(Hardened, https=site.https),
        Middleware(TrustedHostMiddleware, allowed_hosts=site.hosts, www_redirect=False),
        Middleware(Measured, site=site),
        Middleware(SameOrigin, site=site),
        Middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BODY_BYTES),
    ]


@asynccontextmanager
async def _until_stopped(app: Starlette) -> AsyncGenerator[None]:
    """While it is served, tasks bring up what is shown, send letters and learn, so that no page waits for any of it."""
    site: Site = app.state.site
    site.makers.start()
    always = (_bring_up_always, _send_always, _learn_always, _keep_replies_always)
    tasks = [asyncio.create_task(task(site)) for task in always]
    site.made.behind_pages = True
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        site.close()


async def _bring_up_always(site: Site) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(keep_current, site)
        except HarmledgerError as e:  # somebody writes for long, or the server is away: it is tried again
            _LOG.warning("what is shown couldn't be brought up: %s", e)
        await asyncio.sleep(PAUSE_SECONDS)


async def _send_always(site: Site) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(send_letters, site)
        except HarmledgerError as e:  # the ledger can't be written now: letters wait in it
            _LOG.warning("letters couldn't be sent: %s", e)
        await asyncio.sleep(PAUSE_SECONDS)


async def _learn_always(site: Site) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(learn_anew, site)
        except HarmledgerError as e:  # the ledger can't be read now: what was learnt before goes on judging
            _LOG.warning("nothing could be learnt from moderators: %s", e)
        await asyncio.sleep(LEARN_EVERY_SECONDS)


async def _keep_replies_always(site: Site) -> None:
    chores = Chores(site)
    while True:
        try:
            await anyio.to_thread.run_sync(chores.do)
        except HarmledgerError as e:  # as above
            _LOG.warning("what is done for replies behind the pages has to wait: %s", e)
        await asyncio.sleep(CHORES_SECONDS)


def _utc_now() -> datetime:
    return datetime.now(UTC)


# --- what goes wrong -------------------------------------------------------------------------------------------------

_STATUS: dict[type[HarmledgerError], int] = {
    BadInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Inconsistent: 409,
    SourceFailed: 503,
}
_TOLD = (BadInput, NotFound, Inconsistent)
"""Errors whose sentence is for visitors; others name files and causes that are for who runs the site."""


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  starlette calls it for those alone
    own = error.detail if error.detail != HTTPException(error.status_code).detail else None
    headers = {name.lower().replace("-", "_"): value for name, value in (error.headers or {}).items()}
    return failure(request, error.status_code, own, **headers)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HarmledgerError)  # noqa: S101  as above
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    told = f"{error.what[:1].upper()}{error.what[1:]}." if isinstance(error, _TOLD) else None
    return failure(request, status, told)


_FAILURES = {HTTPException: _refused, HarmledgerError: _failed}
