"""Decisions for tests: made as people make them, one after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from harmledger.domain import Correction, Decision, OtherClaim, Verdict
from harmledger.review.chain import START
from harmledger.review.decide import Known, Said, SubjectKind, decide

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
FIELDS = {"harm": "killed", "low": 10, "high": 12, "kind": "unknown", "group": None, "scope": "incident"}
FIELDS |= dict.fromkeys(("place", "earliest", "latest", "actor", "means", "claimant")) | {"polarity": "asserted"}
LINKS = (Verdict.MERGE, Verdict.SPLIT)


class Log:
    """A log that grows by what reviewers say."""

    def __init__(self, fields: dict = FIELDS) -> None:
        self.fields = fields
        self.decisions: list[Decision] = []

    def add(self, subject: str, verdict: Verdict, **said) -> Decision:
        said = {"who": "Amal", "reason": "as the report has it", "kind": SubjectKind.CLAIM, **said}
        known = Known(
            head=self.decisions[-1].decision_id if self.decisions else START,
            history=[d for d in self.decisions if d.subject == subject],
            linking=[d for d in self.decisions if d.verdict in LINKS or d.replaces],
            fields=self.fields if said["kind"] is SubjectKind.CLAIM else None,
        )
        now = NOON + timedelta(minutes=len(self.decisions))
        decision = decide(Said(subject=subject, verdict=verdict, **said), known, now=now)
        self.decisions.append(decision)
        return decision

    def correct(self, subject: str, field: str, value: int | str | None, **said) -> Decision:
        return self.add(subject, Verdict.CORRECT, value=Correction(field=field, value=value), **said)

    def link(self, verdict: Verdict, one: str, other: str, **said) -> Decision:
        return self.add(one, verdict, value=OtherClaim(claim_id=other), **said)

    def undo(self, decision: Decision, **said) -> Decision:
        return self.add(decision.subject, Verdict.UNDO, replaces=decision.decision_id, **said)


@st.composite
def logs(draw: st.DrawFn, least: int = 0) -> list[Decision]:
    """Any log: verdicts, corrections and undoing, by several people, of several claims."""
    log = Log()
    for _ in range(draw(st.integers(least, 12))):
        who, subject = draw(st.sampled_from(["Amal", "Bo", "Che"])), draw(st.sampled_from("abc"))
        reason = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip))
        own = [d for d in log.decisions if d.subject == subject]
        match draw(st.sampled_from(["accept", "reject", "hold", "correct", "undo"])):
            case "correct":
                log.correct(subject, "low", draw(st.integers(0, 12)), who=who, reason=reason)
            case "undo":
                replaced = {d.replaces for d in own}
                if own and own[-1].decision_id not in replaced:
                    log.undo(own[-1], who=who, reason=reason)
            case verdict:
                log.add(subject, Verdict(verdict), who=who, reason=reason)
    return log.decisions
