"""One request as handlers see it: who asks, with what form, on which view of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response

from harmledger.domain import Account, ApiToken, Replier, ReplierSession, Role, Session, Viewer
from harmledger.standing import StandingClaims
from harmledger.web.cookies import Cookies
from harmledger.web.site import Site

Fields = ImmutableMultiDict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request."""

    site: Site
    request: Request
    connection: Connection
    """Reads the ledger as it stood when the request began. To write, take `site.ledger.writing()`."""
    viewer: Viewer
    """For whom the ledger is asked: every question about documents, claims or incidents carries it."""
    account: Account | None
    session: Session | None
    replier: Replier | None = None
    """Who is signed in to reply; nobody on a kept page, and apart from the desk's account: one browser may have both."""
    replier_session: ReplierSession | None = None
    form: Fields
    seed: str | None
    """What this browser's form tokens are bound to; None on a kept page, which everybody gets and which can hold no token."""
    token: ApiToken | None = None
    """By which a program asks for the account; such a visit has no session, and its cookies were never looked at."""

    @property
    def for_everybody(self) -> bool:
        """Whether the answer is the same for all who aren't signed in, and may be kept."""
        return self.seed is None and self.account is None

    @property
    def me(self) -> Account:
        """Whoever is signed in, on a page that needs somebody."""
        assert self.account is not None  # noqa: S101  the route's guard let nobody else in
        return self.account

    @property
    def reviews(self) -> bool:
        """Whether the visitor is one who decides."""
        return self.account is not None and self.account.role.covers(Role.REVIEWER)

    def stands(self) -> StandingClaims:
        """How claims stand; what people decided is kept at hand, so that this costs one short question."""
        decided = self.site.decided.read(self.connection)
        return StandingClaims(self.connection, self.site.ledger.folder, decided=decided, viewer=self.viewer)

    @property
    def cookies(self) -> Cookies:
        """The site's cookies in this request."""
        return Cookies(self.request, self.site.https)

    @property
    def address(self) -> str:
        """Where the request comes from, hidden."""
        return self.site.hide(address_of(self.request))


Handler = Callable[[Visit], Response]
"""Plain, not async: it runs in a thread."""


def address_of(request: Request) -> str:
    """The network address as the server has it, or the proxy that the server was told to trust."""
    return request.client.host if request.client else "nowhere"
