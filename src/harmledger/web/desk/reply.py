"""One reply beside what it is about: moderators rule on it here, and never change a word of it, nor a figure.

Reviewers publish, refuse, call it spam, let it wait. Leads alone block a writer, and let a witness account be public. Who wrote it is shown by
pseudonym: no page of the desk has an address of anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import ModeratorVerdict, RefusalReason, Reply, Ruling
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed
from harmledger.replying import rule_on, unblock_within
from harmledger.store.database import told_plainly
from harmledger.store.reply_desk import get_seen
from harmledger.web.desk.replies import done_words, parse_choice
from harmledger.web.desk.reply_view import look
from harmledger.web.desk.reply_words import HOLDS, KINDS, REFUSALS, STATES
from harmledger.web.desk.told import address, leads, sentence, status_of
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

TAKEN = {each.value: each for each in ModeratorVerdict if each is not ModeratorVerdict.BLOCK}
MOST_VERSIONS = 9
"""Digits."""


def show_reply(visit: Visit) -> Response:
    """The page of one reply."""
    return _show(visit)


def rule_reply(visit: Visit) -> Response:
    """Publish, refuse, spam, hold."""
    verdict = TAKEN.get(visit.form.get("verdict", ""))
    if verdict is None:
        raise HTTPException(400, "Choose what to decide.")
    return _rule(visit, _ruling(visit, verdict), verdict.value)


def publish_witness(visit: Visit) -> Response:
    """A lead says in so many words that a witness account is to be public."""
    ruling = _ruling(visit, ModeratorVerdict.PUBLISH, publish_witness=visit.form.get("sure") == "yes")
    return _rule(visit, ruling, "publish")


def block_writer(visit: Visit) -> Response:
    """Take no reply of its writer any longer, or again."""
    if visit.form.get("do") == "unblock":
        return _keep(visit, "unblock", _unblock(visit))
    return _rule(visit, _ruling(visit, ModeratorVerdict.BLOCK), "block")


def _ruling(visit: Visit, verdict: ModeratorVerdict, *, publish_witness: bool = False) -> Ruling:
    """What the form says.

    Raises:
        HTTPException: 400, it says what no form of ours does.
    """
    form = visit.form
    version, why = form.get("version", ""), form.get("why", "")
    if not (version.isascii() and version.isdecimal() and len(version) <= MOST_VERSIONS):
        raise HTTPException(400, "This form doesn't say which version of the reply was looked at.")
    try:
        reason = RefusalReason(why) if why and verdict is ModeratorVerdict.REFUSE else None
    except ValueError as e:
        raise HTTPException(400, "There is no such reason.") from e
    if reason is RefusalReason.BLOCKED:
        raise HTTPException(400, "There is no such reason.")
    return Ruling(
        verdict=verdict,
        who=visit.me.name,
        is_lead=leads(visit),
        reason=reason,
        words=form.get("reason", ""),
        publish_witness=publish_witness,
        version=int(version),
    )


def _rule(visit: Visit, ruling: Ruling, what: str) -> Response:
    def write(writer: Connection, reply: Reply) -> None:
        rule_on(writer, reply.reply_id, ruling, now=visit.site.now())

    return _keep(visit, what, write)


def _unblock(visit: Visit) -> Callable[[Connection, Reply], None]:
    def write(writer: Connection, reply: Reply) -> None:
        unblock_within(writer, reply.reply_id, who=visit.me.name, now=visit.site.now())

    return write


def _keep(visit: Visit, what: str, write: Callable[[Connection, Reply], None]) -> Response:
    """Do it and note it, both or neither; what can't be done comes back with all that was typed."""
    reply, choice, ledger = _get(visit), parse_choice(visit), visit.site.ledger
    try:
        with told_plainly(ledger.where), ledger.writing() as writer:
            write(writer, reply)
            note(visit, writer, f"reply {what}", subject=reply.reference)
    except (BadInput, Inconsistent, NotAllowed) as e:
        return _show(visit, wrong=e)
    query = choice.query(after=reply.reference, done=reply.reference, what=what)
    return onward(address("/desk/replies/next", **query))


def _get(visit: Visit) -> Reply:
    return get_seen(visit.connection, visit.viewer, visit.request.path_params["id"])


def _show(visit: Visit, *, wrong: HarmledgerError | None = None) -> Response:
    status = 403 if isinstance(wrong, NotAllowed) else status_of(wrong) if wrong else 200
    form = visit.form
    return page(
        visit,
        "desk/reply.html",
        status=status,
        view=look(visit, _get(visit)),
        choice=parse_choice(visit),
        done=None if wrong else done_words(visit),
        kinds=KINDS,
        states=STATES,
        holds=HOLDS,
        refusals=REFUSALS,
        wrong=sentence(wrong) if wrong else "",
        typed={name: form.get(name, "") for name in ("why", "reason", "verdict", "do")},
        leads=leads(visit),
    )
