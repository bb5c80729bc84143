"""The site's cookies: a session of the desk, one of who replies, a visit (what form tokens of those not signed in are bound to), and two choices
of the browser's own: light or dark, and whether warnings stand before graphic texts.

None is readable by scripts, none is sent along by other sites' forms; where the site is reached over https they are only sent so, and bound
to this very host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

Name = Literal["session", "reply-session", "visit", "theme", "warnings"]
THEMES = ("light", "dark")
YEAR_SECONDS = 365 * 24 * 3600
MOST_CHARS = 100


@dataclass(frozen=True, slots=True)
class Cookies:
    """Those of one request, and those that its answer sets."""

    request: HTTPConnection
    https: bool

    def get(self, name: Name) -> str | None:
        """What the browser sent."""
        value = self.request.cookies.get(self._full(name))
        return value if value and len(value) <= MOST_CHARS else None

    def set(self, response: Response, name: Name, value: str, *, seconds: int | None = None) -> None:
        """Let the browser keep it, for its own session or for some time."""
        response.set_cookie(
            self._full(name), value, max_age=seconds, path="/", secure=self.https, httponly=True, samesite="lax"
        )

    def end(self, response: Response, name: Name) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self._full(name), path="/", secure=self.https, httponly=True, samesite="lax")

    @property
    def theme(self) -> str:
        """Light or dark, as chosen; nothing where the system decides."""
        theme = self.get("theme")
        return theme if theme in THEMES else ""

    @property
    def unwarned(self) -> bool:
        """Whether this browser chose to see graphic texts without a warning."""
        return self.get("warnings") == "off"

    def _full(self, name: Name) -> str:
        return f"__Host-{name}" if self.https else name
