"""Who may use a route: a role, and for what can't be taken back, a password given a short while ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Role
from harmledger.web.respond import onward, safe_path, wants_json
from harmledger.web.visit import Visit

FRESH = timedelta(minutes=15)
"""How long a password that was given counts for what can't be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a route asks of its visitor; stands beside the route in `app.py`."""

    role: Role
    fresh: bool = False

    def refuse(self, visit: Visit) -> Response | None:
        """Nothing where the visitor may pass; else the way to what is missing.

        Raises:
            HTTPException: 401 or 403, where no way leads there.
        """
        if visit.account is None or visit.session is None:
            return _ask(visit, "/sign-in", 401)
        if not visit.account.role.covers(self.role):
            raise HTTPException(403)
        if self.fresh and visit.site.now() - visit.session.proved > FRESH:
            return _ask(visit, "/prove", 401)
        return None


def needs(role: Role, *, fresh: bool = False) -> Needs:
    """Only for this role and those above it; `fresh`: only within a quarter of an hour after the password was given."""
    return Needs(role=role, fresh=fresh)


def _ask(visit: Visit, where: str, status: int) -> Response:
    """To a page that asks, and from there back to the page that was meant; programs are told."""
    if wants_json(visit.request):
        raise HTTPException(status)
    if visit.request.method in {"GET", "HEAD"}:
        back = str(visit.request.url.path) + (f"?{visit.request.url.query}" if visit.request.url.query else "")
    else:
        back = visit.form.get("next", "/")
    return onward(f"{where}?next={quote(safe_path(back), safe='')}")
