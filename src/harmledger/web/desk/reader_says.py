"""What readers say of a claim or a report, beside it; and the decision that answers one of them.

A reply changes nothing by itself: a person decides, and says which replies led to it. Those are credited in the transaction that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from harmledger.domain import Decision, Reply
from harmledger.replying import credit_within
from harmledger.store.reply_desk import find_credited, list_corrections
from harmledger.web.noted import note
from harmledger.web.visit import Visit

MOST_ANSWERED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A correction beside what it corrects."""

    reply: Reply
    credited: bool
    chosen: bool
    """Whether the next decision answers it, unless the reviewer says otherwise."""


def list_said(visit: Visit, *, document: str, claim: str | None = None) -> list[Said]:
    """The corrections of a claim; without one, those of a report that no claim stands on. One that the address names is chosen."""
    found = list_corrections(visit.connection, visit.viewer, document=document, claim=claim)
    credited = find_credited(visit.connection, [each.reply_id for each in found]) if found else frozenset[str]()
    chosen = {visit.request.query_params.get("reply", ""), *visit.form.getlist("because")}
    return [Said(reply=each, credited=each.reply_id in credited, chosen=each.reference in chosen) for each in found]


def parse_because(visit: Visit, *, document: str, claim: str | None = None) -> list[Reply]:
    """The replies that the form says the decision answers.

    Raises:
        HTTPException: 400, one of them isn't beside it.
    """
    wanted = dict.fromkeys(visit.form.getlist("because"))
    if not wanted:
        return []
    known = {
        each.reference: each
        for each in list_corrections(visit.connection, visit.viewer, document=document, claim=claim)
    }
    if len(wanted) > MOST_ANSWERED or not wanted.keys() <= known.keys():
        raise HTTPException(400, "A reply that this was to answer isn't here any longer. Load the page again.")
    return [known[reference] for reference in wanted]


def credit_all(visit: Visit, writer: Connection, replies: Sequence[Reply], decisions: Sequence[Decision]) -> None:
    """Note, in the transaction that decides, which replies led to it."""
    for reply in replies:
        for decision in decisions:
            credit_within(writer, reply.reply_id, decision.decision_id, who=visit.me.name, now=visit.site.now())
        note(visit, writer, "reply credit", subject=reply.reference)
