"""The queue of replies: what waits for a moderator, what became public or not; corrections that are a task; the reading queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import ReplyKind, ReplyState
from harmledger.errors import NotFound
from harmledger.replying import finish_source
from harmledger.store.reply_desk import (
    READ_STATES,
    count_corrected,
    count_desk,
    find_behind,
    get_seen,
    list_corrected,
    list_desk,
    list_seen_sources,
)
from harmledger.web.desk.reply_words import HOLDS, KINDS, STATES
from harmledger.web.desk.told import address, leads
from harmledger.web.home import parse_page_number
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

ON_A_PAGE = 50
FIRST = (ReplyKind.WITNESS, ReplyKind.OFFICIAL)
"""Kinds that may be asked to come before all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which replies are looked at, as the address says."""

    state: ReplyState
    kind: ReplyKind | None
    first: ReplyKind | None

    def query(self, **more: str | None) -> dict[str, str | None]:
        """The same for an address."""
        return {"kind": self.kind, "first": self.first, **more}


def parse_choice(visit: Visit) -> Choice:
    """What the address, or the form, chooses.

    Raises:
        HTTPException: 400, there is no such state or kind.
    """
    given = visit.form if visit.request.method == "POST" else visit.request.query_params
    try:
        state = ReplyState(given.get("state") or ReplyState.HELD)
        kind, first = (ReplyKind(said) if (said := given.get(name)) else None for name in ("kind", "first"))
    except ValueError as e:
        raise HTTPException(400, "The desk has no such list of replies.") from e
    if state not in READ_STATES or first not in {None, *FIRST}:
        raise HTTPException(400, "The desk has no such list of replies.")
    return Choice(state=state, kind=kind, first=first)


def show_replies(visit: Visit) -> Response:
    """A page of a list."""
    choice, number = parse_choice(visit), parse_page_number(visit)
    found = list_desk(
        visit.connection,
        visit.viewer,
        choice.state,
        kind=choice.kind,
        first=choice.first,
        skipped=(number - 1) * ON_A_PAGE,
        most=ON_A_PAGE + 1,
    )
    return page(
        visit,
        "desk/replies.html",
        choice=choice,
        replies=found[:ON_A_PAGE],
        number=number,
        more=len(found) > ON_A_PAGE,
        ended=visit.request.query_params.get("ended") == "1",
        done=done_words(visit),
        **_around(visit),
    )


def go_on(visit: Visit) -> Response:
    """To the reply that waits behind another; to the list where none does."""
    choice, query = parse_choice(visit), visit.request.query_params
    after = query.get("after", "")[:64]
    found = find_behind(visit.connection, visit.viewer, after, kind=choice.kind, first=choice.first)
    done = {"done": query.get("done"), "what": query.get("what")}
    if found is None:
        return onward(address("/desk/replies", **choice.query(ended="1", **done)))
    return onward(address(f"/desk/replies/{found}", **choice.query(**done)))


def done_words(visit: Visit) -> tuple[str, str] | None:
    """The reply on which was ruled just now, and what was ruled; None where none was, or it can't be seen."""
    query = visit.request.query_params
    what = DONE.get(query.get("what", ""))
    if what is None:
        return None
    try:
        return get_seen(visit.connection, visit.viewer, query.get("done", "")[:64]).reference, what
    except NotFound:
        return None


DONE = {
    "publish": "is public now",
    "refuse": "was refused",
    "spam": "was taken for spam",
    "hold": "waits on",
    "block": "had its writer blocked",
    "unblock": "had its writer unblocked",
}


def show_corrected(visit: Visit) -> Response:
    """Corrections by readers that no decision answered yet, the oldest first."""
    number = parse_page_number(visit)
    found = list_corrected(visit.connection, visit.viewer, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    more, shown = len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    return page(visit, "desk/corrected.html", replies=shown, number=number, more=more, **_around(visit))


def show_sources(visit: Visit) -> Response:
    """Addresses that replies name, to be read by a person; nothing of them is fetched."""
    sources = list_seen_sources(visit.connection, visit.viewer)
    return page(visit, "desk/sources.html", sources=sources, **_around(visit))


def take_source(visit: Visit) -> Response:
    """Take an address off the reading queue."""
    reference: str = visit.request.path_params["id"]
    reply = get_seen(visit.connection, visit.viewer, reference)
    finish_source(visit.site.ledger, reply.reply_id, who=visit.me.name, now=visit.site.now())
    with visit.site.ledger.writing() as writer:
        note(visit, writer, "read source", subject=reply.reference)
    return onward("/desk/replies/sources")


def _around(visit: Visit) -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "states": STATES,
        "holds": HOLDS,
        "first_kinds": FIRST,
        "counts": count_desk(visit.connection, visit.viewer),
        "corrected": count_corrected(visit.connection, visit.viewer),
        "leads": leads(visit),
    }
