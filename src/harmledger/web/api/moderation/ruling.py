"""What moderators' programs do: rule on a reply, let its writer reply again, take an address off the reading queue.

Each is done by the function by which the desk does it, and noted with the token in the transaction that does it. What is said a second time, since
the answer got lost, is answered in the same way and done once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import ModeratorVerdict, RefusalReason, Reply, Ruling
from harmledger.errors import NotAllowed
from harmledger.replying import is_repeated, is_unblocking_repeated, rule_on, unblock_within
from harmledger.replying.moderating import LONGEST_WORDS
from harmledger.store.database import told_plainly
from harmledger.store.repliers import get_replier
from harmledger.store.replies import finish_source
from harmledger.store.reply_desk import find_source, get_seen
from harmledger.web.api.body import Field
from harmledger.web.api.moderation.shapes import show_whole
from harmledger.web.api.params import Asked
from harmledger.web.api.questions import answer
from harmledger.web.api.schemas import MOMENT, TEXT, shape
from harmledger.web.desk.told import leads, sentence
from harmledger.web.noted import note
from harmledger.web.visit import Visit

REASONS = [reason.value for reason in RefusalReason if reason is not RefusalReason.BLOCKED]
"""That a writer is blocked follows by itself, and is chosen by nobody."""
RULING = (
    Field(
        name="verdict",
        about="what is decided; `block` is of its writer, and for leads alone",
        schema={"type": "string", "enum": [verdict.value for verdict in ModeratorVerdict]},
        needed=True,
    ),
    Field(
        name="version",
        about="the `version` of the reply that was looked at",
        schema={"type": "integer", "minimum": 1, "maximum": 999_999_999},
        needed=True,
    ),
    Field(name="reason", about="why it is refused; only with `refuse`, and needed there", schema={"type": "string", "enum": REASONS}),
    Field(
        name="words",
        about="told to the writer where it is refused; needed for the reason `other`, and for `block`",
        schema={"type": "string", "maxLength": LONGEST_WORDS},
    ),
    Field(
        name="publish_witness",
        about="that a witness account is to be public, which a lead says in so many words; only with `publish`",
        schema={"type": "boolean"},
    ),
)  # fmt: skip
DONE_SOURCE = shape(
    "An address that is off the reading queue.", reference=TEXT, address=TEXT, done=MOMENT, done_by=TEXT
)
Write = Callable[[Connection, Reply], bool]
"""Does it, and tells whether that is news."""


def rule(visit: Visit, asked: Asked) -> Response:
    """Publish, refuse, spam, hold, block."""
    ruling = _read_ruling(visit, asked)

    def write(writer: Connection, reply: Reply) -> bool:
        if is_repeated(writer, reply, ruling):
            return False
        rule_on(writer, reply.reply_id, ruling, now=visit.site.now())
        return True

    return _do(visit, asked, f"reply {ruling.verdict}", write)


def unblock(visit: Visit, asked: Asked) -> Response:
    """Take replies of its writer again."""
    if not leads(visit):
        raise HTTPException(403, "Leads alone let a blocked writer reply again.")

    def write(writer: Connection, reply: Reply) -> bool:
        blocked = reply.replier_id and get_replier(writer, reply.replier_id).blocked
        if not blocked and is_unblocking_repeated(writer, reply, visit.me.name):
            return False
        unblock_within(writer, reply.reply_id, who=visit.me.name, now=visit.site.now())
        return True

    return _do(visit, asked, "reply unblock", write)


def finish(visit: Visit, asked: Asked) -> Response:
    """Take an address off the reading queue; whoever took it off before has done so."""
    now, ledger = visit.site.now(), visit.site.ledger
    with told_plainly(ledger.where), ledger.writing() as writer:
        reply = get_seen(writer, visit.viewer, asked["id"])
        source = find_source(writer, reply.reply_id)
        if source and source.done is None:
            finish_source(writer, reply.reply_id, who=visit.me.name, now=now)
            note(visit, writer, "read source", subject=reply.reference)
            source = find_source(writer, reply.reply_id)
    if source is None or source.done is None:
        raise HTTPException(404)
    done = {"done": source.done.isoformat(), "done_by": source.done_by}
    return answer(visit, {"reference": reply.reference, "address": source.url, **done})


def _read_ruling(visit: Visit, asked: Asked) -> Ruling:
    """What the body says.

    Raises:
        HTTPException: 400, it says what doesn't go together; 403, it is for leads.
    """
    verdict = ModeratorVerdict(asked["verdict"])
    for name, of in (("reason", ModeratorVerdict.REFUSE), ("publish_witness", ModeratorVerdict.PUBLISH)):
        if name in asked and verdict is not of:
            raise HTTPException(400, f"`{name}` goes with `{of}` alone.")
    if verdict is ModeratorVerdict.BLOCK and not leads(visit):
        raise HTTPException(403, "Leads alone block a writer.")
    return Ruling(
        verdict=verdict,
        who=visit.me.name,
        is_lead=leads(visit),
        reason=RefusalReason(asked["reason"]) if "reason" in asked else None,
        words=asked.get("words", ""),
        publish_witness=asked.get("publish_witness", False),
        version=asked["version"],
    )


def _do(visit: Visit, asked: Asked, what: str, write: Write) -> Response:
    """Do it and note it, both or neither, and answer with the reply as it stands then."""
    ledger = visit.site.ledger
    try:
        with told_plainly(ledger.where), ledger.writing() as writer:
            reply = get_seen(writer, visit.viewer, asked["id"])
            if write(writer, reply):
                note(visit, writer, what, subject=reply.reference)
            stands: dict[str, Any] = show_whole(visit, writer, get_seen(writer, visit.viewer, reply.reference))
    except NotAllowed as e:
        raise HTTPException(403, sentence(e)) from e
    return answer(visit, stands)
