"""What people say of claims, documents and victims becomes decisions, whoever asks: the command line or the desk.

what was said ─▶ subject and value found (store) ─▶ Said ─▶ Decision, kept in one transaction with its likes
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from harmledger.domain import Agreement, Correction, Decision, OtherClaim, Verdict, Words
from harmledger.errors import BadInput
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.fields import Fields, parse_correction
from harmledger.review.fold import STANDS
from harmledger.store.decisions import get_decision
from harmledger.store.subjects import find_claim, find_subject
from harmledger.text.numerals import parse_count

RESAMPLING_SEED = 2007
"""The same log gives the same interval."""
WORDED = frozenset({"place", "actor", "claimant"})
"""Fields that hold words of the report."""
_PAIRS = (("low", "high"), ("earliest", "latest"))


def parse_said(
    connection: Connection,
    subject: str,
    verdict: Verdict,
    rest: Sequence[str],
    *,
    who: str,
    reason: str,
    replaces: str | None = None,
) -> Said:
    """What was typed as what is to be decided; ids may be cut short.

    Raises:
        BadInput, NotFound: a name or value can't be.
    """
    if verdict is Verdict.UNDO:
        undone = get_decision(connection, subject)
        found, replaces = find_subject(connection, undone.subject), undone.decision_id
    else:
        found = find_subject(connection, subject)
        replaces = replaces and get_decision(connection, replaces).decision_id
    value = _parse_rest(connection, verdict, rest)
    return Said(
        subject=found.id, kind=found.kind, verdict=verdict, who=who, reason=reason, replaces=replaces, value=value
    )


def _parse_rest(connection: Connection, verdict: Verdict, rest: Sequence[str]) -> Correction | OtherClaim | None:
    """What follows a verdict: a field and its value, another claim, or nothing."""
    match verdict, rest:
        case Verdict.CORRECT, [field, *words] if words:
            return parse_correction(field, " ".join(words))
        case ((Verdict.MERGE | Verdict.SPLIT), [other]):
            return OtherClaim(claim_id=find_claim(connection, other))
        case ((Verdict.CORRECT | Verdict.MERGE | Verdict.SPLIT), _):
            remedy = "name a field and its value" if verdict is Verdict.CORRECT else "name one other claim"
            raise BadInput("it is not said what it should be", verdict.value, remedy)
        case _, []:
            return None
        case _:
            raise BadInput("too many words", verdict.value, "put the reason behind --reason")


# --- several fields at once ------------------------------------------------------------------------------------------


def find_corrections(typed: Mapping[str, str], marked: Mapping[str, Words], fields: Fields) -> list[Correction]:
    """What of a claim's fields is to be corrected: the values that were typed and differ, and the words that were marked.

    Words marked as `count` give both bounds. They come in an order in which no bound is ever past the other on the way.

    Raises:
        BadInput: a field can't hold that, or nothing differs.
    """
    parsed = {name: parse_correction(name, said or "none") for name, said in typed.items()}
    parsed |= {each.field: each for name, words in marked.items() for each in _of_words(name, words)}
    changed = {name: each for name, each in parsed.items() if each.value != fields[name]}
    if not changed:
        raise BadInput("nothing was corrected", "the fields", "change what is wrong, or accept it as it is")
    for first, last in _PAIRS:
        if first in changed and last in changed and _is_past(changed[first].value, fields[last]):
            changed = {last: changed[last], **{name: c for name, c in changed.items() if name != last}}
    return list(changed.values())


def _of_words(field: str, words: Words) -> list[Correction]:
    if field in WORDED:
        typed = parse_correction(field, words.exact)
        return [replace(typed, at=words) if typed.value == words.exact else typed]
    if field != "count":
        raise BadInput("no words can be marked for that field", field[:40], "type its value")
    counted = parse_count(words.exact)
    if counted is None:
        raise BadInput("these words tell no number of people", words.exact[:60], "type the least and the most")
    bounds = {"low": counted.low, "high": counted.high}
    return [Correction(field=name, value=value, at=words) for name, value in bounds.items()]


def _is_past(new: object, old: object) -> bool:
    """Whether a new lower bound lies past the old upper one: numbers, or days in ISO form, whose order is that of their letters."""
    return new is not None and old is not None and new > old  # type: ignore[operator]


# --- disputes --------------------------------------------------------------------------------------------------------


def settle(stands: Decision, in_effect: Iterable[Decision], *, kind: SubjectKind, who: str, reason: str) -> list[Said]:
    """What makes one decision stand and those that differ from it count no longer, each with the reason.

    Raises:
        BadInput: there is no reason, or nothing differs from it.
    """
    if not reason.strip():
        raise BadInput("what settles a dispute needs a reason, in words that others can check", stands.subject[:10], "")
    differing = [d for d in in_effect if d.verdict in STANDS and d.verdict is not stands.verdict]
    if not differing:
        raise BadInput("reviewers agree on it", stands.subject[:10], "decide of the claim itself")
    first, *others = differing
    undone = Said(
        subject=stands.subject, kind=kind, verdict=Verdict.UNDO, who=who, reason=reason, replaces=first.decision_id
    )
    ruled = replace(undone, verdict=stands.verdict, value=stands.value)
    return [ruled, *(replace(undone, replaces=each.decision_id) for each in others)]


def link_saids(
    verdict: Verdict, pairs: Iterable[tuple[str, str]], *, kinds: Mapping[str, SubjectKind], who: str, reason: str
) -> list[Said]:
    """Merges or splits of pairs of claims for one reason."""
    return [
        Said(
            subject=one,
            kind=kinds.get(one, SubjectKind.CLAIM),
            verdict=verdict,
            who=who,
            reason=reason,
            value=OtherClaim(claim_id=other),
        )
        for one, other in pairs
    ]


# --- agreement -------------------------------------------------------------------------------------------------------


def measure_reviewers(
    decisions: Sequence[Decision], fields: Mapping[str, Fields], *, between: Collection[str] = ()
) -> list[Agreement]:
    """How far reviewers agree, field by field; nothing where no claim was decided by two of them."""
    import numpy as np  # noqa: PLC0415  of all that people decide with only this needs it

    from harmledger.review.agreement import code_claims, measure_agreement  # noqa: PLC0415

    codings = code_claims(decisions, fields, between=between)
    if not any(len(by) > 1 for by in codings.values()):
        return []
    return measure_agreement(codings, np.random.default_rng(RESAMPLING_SEED))
