"""A claim as one decides on it: its words marked in the text, each field as the machine read it and as people said.

Comes in: the ledger's records of a claim, and how it stands. Goes out: what the page shows. Nothing is asked of the ledger here but by `look`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from harmledger.domain import (
    Decision,
    Entered,
    Harm,
    MeansKind,
    Polarity,
    Scope,
    Standing,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.extract.screen import find_harm_words
from harmledger.publish.explain import explain_claim
from harmledger.publish.segments import Mark, Segment, cut_segments, widen
from harmledger.review.fields import Fields, entered_fields, read_fields
from harmledger.review.fold import derive_standing, in_effect
from harmledger.review.queue import Waiting, waits_for_second
from harmledger.store import get_claim, get_document
from harmledger.store.decisions import last_of
from harmledger.store.entered import get_entered
from harmledger.web.desk.lists import Sitting
from harmledger.web.desk.told import leads

AROUND = 700
"""Code points of the report on either side of the sentence."""
GLANCE = 200
"""On either side of words that stand elsewhere, in a long line."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A field as it is shown and corrected."""

    name: str
    label: str
    key: str
    """What its words are marked as; several fields may stand on the same."""
    choices: tuple[str, ...] = ()
    kind: str = "text"


ASKED = (
    Asked(name="harm", label="Harm", key="harm", choices=tuple(Harm)),
    Asked(name="low", label="People, at least", key="count", kind="number"),
    Asked(name="high", label="People, at most", key="count", kind="number"),
    Asked(name="kind", label="Who they were", key="victims", choices=tuple(VictimKind)),
    Asked(name="group", label="Group", key="victims", choices=tuple(VictimGroup)),
    Asked(name="scope", label="What is counted", key="scope", choices=tuple(Scope)),
    Asked(name="polarity", label="Said or denied", key="polarity", choices=tuple(Polarity)),
    Asked(name="place", label="Place", key="place"),
    Asked(name="earliest", label="First day", key="when", kind="date"),
    Asked(name="latest", label="Last day", key="when", kind="date"),
    Asked(name="actor", label="Who did it", key="actor"),
    Asked(name="means", label="By what means", key="means", choices=tuple(MeansKind)),
    Asked(name="claimant", label="Who says so", key="claimant"),
)
STATED = frozenset({"harm", "scope", "polarity"})
"""Fields that are never empty."""
MARKED = {
    "count": "how many",
    "victims": "who",
    "place": "place",
    "when": "when",
    "actor": "who did it",
    "means": "means",
    "claimant": "who says so",
}
"""What words are marked as, and the label at them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A stretch of the report, cut where marks begin and end."""

    start: int
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What the page of one claim shows."""

    home: Waiting
    document: Record
    entered: Entered | None
    fields: Fields
    """As the machine read them, or a person entered them."""
    engine: str | None
    confidence: float | None
    standing: Standing
    """As far as this person may know it."""
    history: Sequence[Decision]
    counted: frozenset[str]
    """Which decisions of the history count."""
    blind: bool
    """Others decided, and this person is to decide without knowing how."""
    seen: str
    """The claim's last decision."""
    context: Excerpt | None
    elsewhere: Sequence[Excerpt]
    reasons: dict[str, str]

    @property
    def people(self) -> Fields:
        """The fields that people corrected."""
        return {each.field: each.value for each in self.standing.corrections}


def look(sitting: Sitting, home: Waiting, *, list_name: str) -> ClaimView:
    """A claim for whoever is signed in."""
    connection, claim = sitting.visit.connection, home.claim_id
    entered = get_entered(connection, claim) if home.entered else None
    reasons: dict[str, str] = {}
    if entered:
        document, record, fields = get_document(connection, home.document_id), None, entered_fields(entered)
        quote = (entered.start, entered.end)
    else:
        _, filed = get_claim(connection, claim)
        document = filed.record["document"]
        record = next(each for each in filed.record["claims"] if each["claim_id"] == claim)
        fields, quote = read_fields(record), (record["quote"]["start"], record["quote"]["end"])
        words = find_harm_words(document["text"])
        reasons = explain_claim(filed.record, record, reasons=filed.reasons[claim], harm_words=words)
    blind = is_blind(sitting, home, list_name=list_name)
    history = () if blind else sitting.state.histories.get(claim, ())
    context, elsewhere = _excerpts(document["text"], quote, list(_marks(record)) if record else [])
    return ClaimView(
        home=home,
        document=document,
        entered=entered,
        fields=fields,
        engine=f"{record['by']['engine']} {record['by']['version']}" if record else None,
        confidence=record["confidence"] if record else None,
        standing=derive_standing(claim, ()) if blind else sitting.state.standing(claim, document=home.document_id),
        history=history,
        counted=frozenset(decision.decision_id for decision in in_effect(history)),
        blind=blind,
        seen=last_of(connection, claim),
        context=context,
        elsewhere=elsewhere,
        reasons=reasons,
    )


def is_blind(sitting: Sitting, home: Waiting, *, list_name: str = "") -> bool:
    """Whether a claim waits for this person's own coding, after another's. Leads look at what they rule on, unless they code themselves."""
    if leads(sitting.visit) and list_name != "second":
        return False
    return waits_for_second(home, sitting.state, sitting.visit.me.name)


def verdicts(standing: Standing) -> list[Decision]:
    """The decisions that a lead can let stand."""
    return [
        d for d in standing.in_effect if d.verdict in {Verdict.ACCEPT, Verdict.CORRECT, Verdict.REJECT, Verdict.HOLD}
    ]


# --- the words -------------------------------------------------------------------------------------------------------


def _marks(record: Record) -> Iterable[Mark]:
    """The words of each field, where they stand in the text."""
    claimant = record["attribution"][-1] if record["attribution"] else None
    parts = {name: record[name] for name in MARKED if name != "claimant"} | {"claimant": claimant}
    for name, part in parts.items():
        if part and part["start"] is not None and part["end"] is not None:
            yield Mark(start=part["start"], end=part["end"], key=name, label=MARKED[name])


def _excerpts(
    text: str, quote: tuple[int | None, int | None], marks: Sequence[Mark]
) -> tuple[Excerpt | None, list[Excerpt]]:
    """The sentence in its surroundings, and glances at words that stand elsewhere."""
    start, end = quote
    if start is None or end is None or not text:
        return None, []
    first, last = widen(text, start, end, around=AROUND)
    sentence = Mark(start=start, end=end, key="quote", label="the sentence")
    outside = [mark for mark in marks if not (first <= mark.start and mark.end <= last)]
    glances: dict[tuple[int, int], list[Mark]] = {}
    for mark in outside:
        glances.setdefault(_glance(text, mark), []).append(mark)
    elsewhere = [_excerpt(text, *between, seen) for between, seen in sorted(glances.items())]
    return _excerpt(text, first, last, [sentence, *marks]), elsewhere


def _glance(text: str, mark: Mark) -> tuple[int, int]:
    """The line in which the words stand; of a long one, some whole words on either side."""
    first, last = text.rfind("\n", 0, mark.start) + 1, text.find("\n", mark.end)
    last = len(text) if last < 0 else last
    if mark.start - first > GLANCE:
        first = text.find(" ", mark.start - GLANCE, mark.start) + 1 or mark.start
    if last - mark.end > GLANCE:
        last = text.rfind(" ", mark.end, mark.end + GLANCE)
        last = mark.end if last < 0 else last
    return first, last


def _excerpt(text: str, start: int, end: int, marks: Iterable[Mark]) -> Excerpt:
    return Excerpt(start=start, segments=cut_segments(text, start, end, marks))
