"""Makes a decision of what a reviewer said, or says in one sentence why it can't be one.

Comes in: what was said, of what kind of subject, the time, and the part of the log that it must agree with. Goes out: a Decision that follows
the log's last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from harmledger.domain import Correction, Decision, OtherClaim, Verdict
from harmledger.errors import BadInput, NotFound
from harmledger.review.chain import decision_row, hash_row
from harmledger.review.fields import Fields, check_fields, correct_fields
from harmledger.review.fold import constraints, derive_standing, find_contradiction, in_effect

LONGEST_REASON = 10_000
LONGEST_NAME = 200


class SubjectKind(StrEnum):
    CLAIM = "claim"
    ENTRY = "entered claim"
    DOCUMENT = "document"
    VICTIM = "victim"


_OF_CLAIMS = (Verdict.ACCEPT, Verdict.CORRECT, Verdict.REJECT, Verdict.HOLD, Verdict.MERGE, Verdict.SPLIT)
POSSIBLE: dict[SubjectKind, tuple[Verdict, ...]] = {
    SubjectKind.CLAIM: (*_OF_CLAIMS, Verdict.UNDO),
    SubjectKind.ENTRY: (*_OF_CLAIMS, Verdict.ENTER, Verdict.UNDO),
    SubjectKind.DOCUMENT: (Verdict.NOTHING, Verdict.HOLD, Verdict.UNDO),
    SubjectKind.VICTIM: (
        Verdict.ENTER,
        Verdict.ACCEPT,
        Verdict.REJECT,
        Verdict.HOLD,
        Verdict.RELEASE,
        Verdict.WITHHOLD,
        Verdict.UNDO,
    ),
}
"""What may be decided of what."""
WITHOUT_REASON = frozenset({Verdict.ACCEPT, Verdict.NOTHING, Verdict.ENTER, Verdict.WITHHOLD})
"""Verdicts that may go without a reason; whoever takes back a name needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a reviewer said, before it is a decision."""

    subject: str
    kind: SubjectKind
    verdict: Verdict
    who: str
    reason: str = ""
    replaces: str | None = None
    value: Correction | OtherClaim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a decision must agree with."""

    head: str
    """The log's last decision."""
    history: Sequence[Decision] = ()
    """The subject's decisions so far."""
    linking: Sequence[Decision] = ()
    """Every merge and split, and what undid one; needed where one is added or undone."""
    fields: Fields | None = None
    """What was read or entered, of a claim."""


def decide(said: Said, known: Known, *, now: datetime) -> Decision:
    """The decision that follows the log's last one.

    Raises:
        BadInput: it lacks something, can't be of that subject, or contradicts other decisions.
        NotFound: it replaces what isn't there.
    """
    said = replace(said, who=_check_name(said.who), reason=_check_reason(said))
    _check_verdict(said)
    _check_replaced(said, known.history)
    decision = _chain(said, known.head, now)
    if may_relink(said):
        _check_links([*known.linking, decision])
    if known.fields and (said.verdict is Verdict.CORRECT or said.replaces):
        standing = derive_standing(said.subject, [*known.history, decision])
        check_fields(correct_fields(known.fields, standing.corrections))
    return decision


def may_relink(said: Said) -> bool:
    """Whether it could bring claims together or keep them apart: by itself, or by letting an older decision count again."""
    return said.verdict in {Verdict.MERGE, Verdict.SPLIT} or said.replaces is not None


def _chain(said: Said, head: str, now: datetime) -> Decision:
    decision = Decision(
        decision_id="",
        before=head,
        subject=said.subject,
        verdict=said.verdict,
        reason=said.reason,
        who=said.who,
        when=now.astimezone(UTC),
        replaces=said.replaces,
        value=said.value,
    )
    return replace(decision, decision_id=hash_row(decision_row(decision)))


def check_text(text: str, what: str, longest: int) -> str:
    """A reviewer's words as they are kept: nothing in them is changed but the white space around.

    Raises:
        BadInput: they are too long, or no text at all.
    """
    try:
        text.encode()
    except UnicodeEncodeError as e:
        raise BadInput(f"the {what} isn't text", what, "type it in UTF-8") from e
    if len(text) > longest or "\x00" in text:
        fault = "holds a null character" if "\x00" in text else f"is longer than {longest:,} characters"
        raise BadInput(f"the {what} {fault}", what, "shorten it to what a reader needs")
    return text.strip()


def _check_name(who: str) -> str:
    name = check_text(who, "name", LONGEST_NAME)
    if not name or not name.isprintable():
        raise BadInput("a decision is somebody's", "--by", "give the name that the log should show")
    return name


def _check_reason(said: Said) -> str:
    reason = check_text(said.reason, "reason", LONGEST_REASON)
    if not reason and said.verdict not in WITHOUT_REASON:
        raise BadInput(
            "it needs a reason", said.verdict.value, "say why, in words that others can check, with --reason"
        )
    return reason


def _check_verdict(said: Said) -> None:
    if said.verdict not in POSSIBLE[said.kind]:
        choices = ", ".join(verdict.value for verdict in POSSIBLE[said.kind] if verdict is not Verdict.ENTER)
        what = f"{said.verdict.value} can't be said of one {said.kind.value}"
        raise BadInput(what, said.subject, f"decide one of {choices}")
    _check_value(said)


def _check_value(said: Said) -> None:
    match said.verdict, said.value:
        case (Verdict.CORRECT, Correction()) | (Verdict.MERGE | Verdict.SPLIT, OtherClaim()):
            pass
        case Verdict.CORRECT, _:
            raise BadInput("it is not said what it should be", said.verdict.value, "name a field and its value")
        case ((Verdict.MERGE | Verdict.SPLIT), _):
            raise BadInput("it is not said which claim", said.verdict.value, "name the other claim")
        case _, None:
            pass
        case _:
            raise BadInput("it takes no value", said.verdict.value, "give the verdict alone")
    if isinstance(said.value, OtherClaim) and said.value.claim_id == said.subject:
        raise BadInput("a claim can't be compared with itself", said.subject, "name another claim")


def _check_replaced(said: Said, history: Sequence[Decision]) -> None:
    if said.replaces is None:
        if said.verdict is Verdict.UNDO:
            raise BadInput("it is not said which decision to undo", said.subject, "name a decision of `harmledger log`")
        return
    if said.replaces not in {decision.decision_id for decision in history}:
        raise NotFound("no decision of this subject is called so", said.replaces, "see `harmledger log` for its ids")
    if said.replaces not in {decision.decision_id for decision in in_effect(history)}:
        raise BadInput("that decision no longer counts", said.replaces, "undo the one that replaced it")


def _check_links(linking: Sequence[Decision]) -> None:
    if pair := find_contradiction(constraints(linking)):
        what = f"it would make one incident of {pair[0][:10]} and {pair[1][:10]}, which a decision keeps apart"
        raise BadInput(what, linking[-1].subject, "undo the merge or split that is wrong first")
