"""The ways by which one person signs in: another is added by who is signed in and proves it, and one is taken away.

Two proofs are asked for. The session must be an hour old at most, so that a browser left open somewhere hands nobody's name to a passer-by; and
the new way is proved as in signing in, in the same browser, begun by a form of this site: no other page adds somebody else's account to a visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.config import Provider
from harmledger.errors import BadInput, NotAllowed
from harmledger.mail import parse_address
from harmledger.store.replier_joining import drop_identity, join_identity
from harmledger.store.replier_sessions import list_identities, set_notify
from harmledger.web.replies.guard import SIGN_IN, for_repliers
from harmledger.web.respond import onward, page
from harmledger.web.visit import Handler, Visit

FRESH = timedelta(hours=1)
MAIL = "mail"
WAYS = "/replies/me/ways"
OTHERS = "This was begun by somebody else, or you were signed out meanwhile. Begin anew."
DONE = {"joined": "From now on you can sign in that way as well.", "dropped": "It is no way of yours any longer."}
NO_ADDRESS = "This is no e-mail address. Write it as name@example.org."


def freshly(handler: Handler) -> Handler:
    """Only for who signed in within the hour; others are asked to do so again."""

    def answer(visit: Visit) -> Response:
        session = visit.replier_session
        if session is None or visit.site.now() - session.made > FRESH:
            return onward(f"{SIGN_IN}?next={quote(WAYS, safe='')}")
        return handler(visit)

    answer.__name__ = handler.__name__
    return for_repliers(answer)


def show_ways(visit: Visit) -> Response:
    """How one signs in, and how else one could."""
    return _ways(visit)


def drop_way(visit: Visit) -> Response:
    """Take one away."""
    try:
        with visit.site.ledger.writing() as writer:
            drop_identity(writer, _me(visit), visit.form.get("way", ""))
    except BadInput as e:
        return _ways(visit, wrong=f"{e.what[:1].upper()}{e.what[1:]}.")
    return onward(f"{WAYS}?done=dropped")


def join(visit: Visit, *, whose: str, provider: str, subject_hash: str, address: str | None = None) -> Response:
    """Add a way that was proved, to who began it and is signed in still; where an address is told, letters go there from now on."""
    if visit.replier is None or visit.replier.replier_id != whose:
        return page(visit, "replies/refused.html", status=403, why=OTHERS, next=WAYS)
    site = visit.site
    try:
        with site.ledger.writing() as writer:
            join_identity(writer, whose, subject_hash, provider=provider, now=site.now())
            if address:
                set_notify(writer, whose, subject_hash, address)
    except NotAllowed as e:
        return _ways(
            visit, wrong=f"{e.what[:1].upper()}{e.what[1:]}. {e.remedy[:1].upper()}{e.remedy[1:]}.", status=409
        )
    return onward("/replies/me?done=mails" if address else f"{WAYS}?done=joined")


def ask_for_joining_link(visit: Visit, send: Callable[[Visit, str], bool]) -> Response:
    """Send a link to an address that becomes a way of signing in, and where letters go."""
    try:
        address = parse_address(visit.form.get("address", ""))
    except BadInput:
        return _ways(visit, wrong=NO_ADDRESS)
    if not send(visit, address):
        return _ways(visit, wrong="Too many tries from here. Wait an hour.", status=429)
    return page(visit, "replies/link_sent.html", next=WAYS, joins=True)


def _me(visit: Visit) -> str:
    if visit.replier is None:
        raise HTTPException(401)
    return visit.replier.replier_id


def _ways(visit: Visit, *, wrong: str = "", status: int = 400) -> Response:
    configured = visit.site.providers.configured
    mine = [
        (one["subject_hash"], _label(one["provider"], configured.get(one["provider"])), bool(one["address"]))
        for one in list_identities(visit.connection, _me(visit))
    ]
    return page(
        visit,
        "replies/ways.html",
        status=status if wrong else 200,
        wrong=wrong,
        notice=DONE.get(visit.request.query_params.get("done", "")),
        mine=mine,
        providers=list(configured.values()),
    )


def _label(name: str, provider: Provider | None) -> str:
    if name == MAIL:
        return "a link by e-mail"
    return provider.label if provider else name
