"""From a model's drafts to proposals: each wording is looked up in the report's own words, and what isn't there is not believed.

In come the drafts of one passage; out go proposals tied to offsets, each with what was checked, and what was refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harmledger.domain import Document, Dropped, Harm, PartRole, Words
from harmledger.extract.assemble import Proposal
from harmledger.extract.labels import ROLES
from harmledger.extract.llm.answer import Draft, Unusable, show
from harmledger.extract.llm.passages import Passage, Span
from harmledger.extract.llm.quotes import find_quote, gap, whole_number

FOUND, MADE_UP = 1.0, 0.0
"""What a proposal's `role_beliefs` say of a wording that stands in the report, and of one that doesn't."""
SAID_TWICE = "the model gives this count twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What wordings are looked up in: a document's text, less its furniture."""

    text: str
    furniture: tuple[Span, ...]

    @classmethod
    def of(cls, document: Document) -> Ground:
        aside = (p for p in document.parts if p.role is PartRole.FURNITURE)
        return cls(text=document.text, furniture=tuple((p.start, p.end) for p in aside))

    def find(self, quote: str) -> Iterator[Span]:
        """Every place where the words stand."""
        return (s for s in find_quote(self.text, quote) if not any(f[0] < s[1] and s[0] < f[1] for f in self.furniture))

    def words(self, span: Span) -> Words:
        return Words(exact=self.text[span[0] : span[1]], start=span[0], end=span[1])


def verify(drafts: Sequence[Draft | Unusable], passage: Passage, ground: Ground) -> Iterator[Proposal | Dropped]:
    """For each draft a proposal, or why there is none, in the model's order."""
    taken: set[tuple[int, Harm]] = set()
    for draft in drafts:
        if isinstance(draft, Unusable):
            yield _drop(draft, draft.reason, passage, ground)
            continue
        span = _find_count(draft, passage, ground, taken)
        if span is None:
            yield _drop(draft, _why_not(draft, ground), passage, ground)
        elif (span[0], draft.classes["harm"]) in taken:
            yield Dropped(words=ground.words(span), reason=SAID_TWICE)
        else:
            taken.add((span[0], draft.classes["harm"]))
            yield _propose(draft, span, ground)


def _find_count(draft: Draft, passage: Passage, ground: Ground, taken: set[tuple[int, Harm]]) -> Span | None:
    """Where the count stands: in the sentence named or nearest to it, there where no other claim of that harm stands."""
    first, last = passage.span
    named = passage.core.get(draft.sentence or 0, passage.span)
    spans = [whole_number(ground.text, s, _line(passage, s)) for s in ground.find(draft.count) if first <= s[0] < last]
    harm = draft.classes["harm"]
    return min(spans, key=lambda s: (gap(s, named), (s[0], harm) in taken, s), default=None)


def _line(passage: Passage, span: Span) -> Span:
    """The numbered sentence in which a span begins."""
    return [line for line in passage.core.values() if line[0] <= span[0]][-1]


def _why_not(draft: Draft, ground: Ground) -> str:
    elsewhere = next(ground.find(draft.count), None)
    where = "not in the text" if elsewhere is None else "not in the sentences asked about"
    return f"the model's count {show(draft.count)} is {where}"


def _drop(draft: Draft | Unusable, reason: str, passage: Passage, ground: Ground) -> Dropped:
    """Tied to the sentence that the model names, else to the whole passage: its own words stand nowhere."""
    return Dropped(words=ground.words(passage.core.get(draft.sentence or 0, passage.span)), reason=reason)


def _propose(draft: Draft, span: Span, ground: Ground) -> Proposal:
    roles = {role: _nearest(draft.quotes.get(role), span, ground) for role in ROLES}
    found = {role: MADE_UP if roles[role] is None else FOUND for role in draft.quotes}
    return Proposal(
        start=span[0],
        end=span[1],
        belief=FOUND,
        classes=draft.classes,
        beliefs={},
        roles=roles,
        role_beliefs=found,
        reasons=tuple(_reasons(draft, found)),
    )


def _nearest(quote: str | None, to: Span, ground: Ground) -> Span | None:
    """The place of a wording that is nearest to the count."""
    return None if quote is None else min(ground.find(quote), key=lambda span: gap(span, to), default=None)


def _reasons(draft: Draft, found: dict[str, float]) -> Iterator[str]:
    yield f"count: quoted {show(draft.count)}, in the text"
    for role, quote in draft.quotes.items():
        yield f"{role}: quoted {show(quote)}, {'in the text' if found[role] == FOUND else 'not in the text: left out'}"
    for name, member in draft.classes.items():
        yield f"{name}: the model says {member or 'nothing'}"
