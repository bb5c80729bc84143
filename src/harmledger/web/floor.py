"""The floor that every request stands on: headers that bind the browser, hosts, sizes, rates, and where forms may come from.

Plain ASGI, outermost first in `app.py`. Whatever fails further in is noted here and answered without its inner workings.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harmledger.web.respond import failure
from harmledger.web.site import Site
from harmledger.web.visit import address_of

MOST_BODY_BYTES = 256 * 1024
"""The longest form: a decision with its reason is a few kilobytes."""
SAFE = ("GET", "HEAD", "OPTIONS")
UNCOUNTED = "/static/"
_LOG = logging.getLogger("harmledger.web")

_SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",  # MapLibre draws icons and tiles into these
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY = "; ".join(_SOURCES)
HEADERS = (
    ("content-security-policy", CONTENT_SECURITY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
)
HTTPS_ONLY = ("strict-transport-security", "max-age=31536000")


class Hardened:
    """Sets the headers on every answer, and answers what nobody else did."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = [(n.encode(), v.encode()) for n, v in (*HEADERS, *([HTTPS_ONLY] if https else []))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_on(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._with(message["headers"])}
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception:  # whatever it is, the visitor gets a page and the log the reason
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            if started:
                raise
            await failure(Request(scope), 500)(scope, receive, send_on)

    def _with(self, headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """A route's own header of the same name stands."""
        set_already = {name for name, _ in headers}
        return [*headers, *(pair for pair in self._headers if pair[0] not in set_already)]


class Measured:
    """Counts what an address asks, and refuses what is too much; files that pages refer to aren't counted."""

    def __init__(self, app: ASGIApp, *, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(UNCOUNTED):
            request = Request(scope)
            address = self._site.hide(address_of(request))
            rates = self._site.rates
            if not rates.may_read(address) or (scope["method"] not in SAFE and not rates.may_send(address)):
                await failure(request, 429, retry_after="60")(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SameOrigin:
    """Lets nothing be changed by other sites' pages: browsers say where a request comes from."""

    def __init__(self, app: ASGIApp, *, site: Site) -> None:
        self._app = app
        self._outside = urlsplit(site.config.site_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._is_ours(Request(scope)):
            await failure(Request(scope), 403, "Forms are only taken from this site's own pages.")(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, request: Request) -> bool:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        origin = request.headers.get("origin")
        return origin is None or urlsplit(origin).netloc in {request.headers.get("host"), self._outside} - {"", None}
