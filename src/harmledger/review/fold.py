"""What follows from the decisions: the state of every subject is a fold over the log, and nothing else.

Comes in: decisions in the order of the log. Goes out: who stands how, and which claims belong together. A decision that another one in effect
replaces doesn't count; so an undone undo counts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from harmledger.classes import Classes
from harmledger.domain import Constraints, Correction, Decision, OtherClaim, Standing, Verdict

STANDS = frozenset({Verdict.ACCEPT, Verdict.CORRECT, Verdict.REJECT, Verdict.HOLD, Verdict.NOTHING})
"""Verdicts that say how a subject stands; the others link, enter, release or undo."""
DECIDED = STANDS - {Verdict.HOLD}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The decisions of each subject, in the order of the log."""

    histories: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict[str, tuple[Decision, ...]])

    def standing(self, subject: str, *, document: str | None = None) -> Standing:
        """How a subject stands; a machine's claim that nobody decided stands as its document, where a person found nothing in that."""
        standing = derive_standing(subject, self.histories.get(subject, ()))
        if document is None or standing.verdict is not None or self.was_entered(subject):
            return standing
        return derive_standing(subject, (*self.histories.get(document, ()), *standing.in_effect))

    def is_released(self, victim: str) -> bool:
        """Whether a victim's names may be shown: entered, released last, and not rejected."""
        counted = in_effect(self.histories.get(victim, ()))
        shown = [d.verdict for d in counted if d.verdict in {Verdict.RELEASE, Verdict.WITHHOLD}]
        return shown[-1:] == [Verdict.RELEASE] and self.is_entered(victim)

    def is_entered(self, subject: str) -> bool:
        """Whether what a person wrote down still counts: neither undone nor rejected."""
        return self.was_entered(subject) and self.standing(subject).verdict is not Verdict.REJECT

    def was_entered(self, subject: str) -> bool:
        """Whether a person wrote it down, and nobody took that back."""
        return any(d.verdict is Verdict.ENTER for d in in_effect(self.histories.get(subject, ())))


def fold(decisions: Iterable[Decision], onto: State | None = None) -> State:
    """The state after these decisions, from an earlier state or from nothing."""
    histories: dict[str, list[Decision]] = {}
    for decision in decisions:
        histories.setdefault(decision.subject, []).append(decision)
    known = (onto or State()).histories
    added = {subject: (*known.get(subject, ()), *new) for subject, new in histories.items()}
    return State(histories=MappingProxyType({**known, **added}))


def in_effect(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those that count: not replaced by a later one that counts itself."""
    replaced: set[str] = set()
    counted: list[Decision] = []
    for decision in reversed(decisions):
        if decision.decision_id in replaced:
            continue
        if decision.replaces:
            replaced.add(decision.replaces)
        counted.append(decision)
    return tuple(reversed(counted))


def derive_standing(subject: str, history: Sequence[Decision]) -> Standing:
    """What its own decisions make of a subject."""
    counted = in_effect(history)
    verdicts = [decision for decision in counted if decision.verdict in STANDS]
    corrections = {d.value.field: d.value for d in counted if isinstance(d.value, Correction)}
    return Standing(
        subject=subject,
        verdict=verdicts[-1].verdict if verdicts else None,
        corrections=tuple(corrections[name] for name in sorted(corrections)),
        disputed=len(set({d.who: d.verdict for d in verdicts}.values())) > 1,
        in_effect=counted,
    )


def constraints(decisions: Sequence[Decision]) -> Constraints:
    """The pairs that must and that can't be of one incident; of a pair that was merged and split, what was said last."""
    last: dict[tuple[str, str], Verdict] = {}
    for decision in in_effect(decisions):
        if isinstance(decision.value, OtherClaim):
            last[_pair(decision.subject, decision.value.claim_id)] = decision.verdict
    return Constraints(
        must_link=frozenset(pair for pair, verdict in last.items() if verdict is Verdict.MERGE),
        cannot_link=frozenset(pair for pair, verdict in last.items() if verdict is Verdict.SPLIT),
    )


def find_contradiction(pairs: Constraints) -> tuple[str, str] | None:
    """Two claims that were split, though merges chain them together; None where all can hold."""
    merged = Classes(pairs.must_link)
    return next((pair for pair in sorted(pairs.cannot_link) if merged.are_one(*pair)), None)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
