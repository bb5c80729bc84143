"""What changed from one version of a page to the next, in words and as a record.

Comes in: a Comparison. Goes out: a sentence for each claim that changed, plain values for programs, and text for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harmledger.domain import ChangeKind, ClaimChange, Comparison, FieldChange, Passage
from harmledger.ids import plain
from harmledger.publish.record import Record
from harmledger.publish.wording import isolate_words, render_plain

NO_WORD = "No word of the article changed: only its markup, or what stands around it."
OTHER_READERS = "The two versions were read by different engines: what differs in the claims may be the engines' doing."
FIELD_WORDS = {
    "figure": "the figure",
    "harm": "the harm",
    "victims": "who was harmed",
    "scope": "what is counted",
    "place": "the place",
    "when": "the day",
    "actor": "who is blamed",
    "means": "the weapon",
    "attribution": "who says so",
    "polarity": "whether it is said or denied",
}
_UNSAID = {"attribution": "the outlet itself", "actor": "nobody"}


def render_change(change: ClaimChange) -> str:
    """One claim's change in a sentence.

    >>> render_change(ClaimChange(kind=ChangeKind.GONE, old="a", new=None, harm="killed", figure="12", old_span=None, new_span=None))
    'Gone: 12 killed.'
    """
    told = f"{change.figure} {change.harm.replace('_', ' ')}"
    match change.kind:
        case ChangeKind.CHANGED:
            return f"{told}: {'; '.join(map(render_field, change.fields))}."
        case ChangeKind.SAME:
            return f"As before: {told}."
        case _:
            return f"{change.kind.value.capitalize()}: {told}."


def render_field(field: FieldChange) -> str:
    """What of a claim was said, and what is said now."""
    unsaid = _UNSAID.get(field.field, "not stated")
    return f"{FIELD_WORDS[field.field]} was {field.before or unsaid}, now {field.after or unsaid}"


def comparison_record(compared: Comparison) -> Record:
    """Two versions side by side, for programs: spans in code points of either clean text, and no words of them."""
    differing = [passage for passage in compared.passages if passage.kind is not ChangeKind.SAME]
    claims: Any = [{**_plain(change), "told": render_change(change)} for change in compared.changed_claims]
    return {
        "older": compared.older,
        "newer": compared.newer,
        "words_changed": compared.words_changed,
        "same_reader": compared.same_reader,
        "passages": [_plain(passage) for passage in differing],
        "claims": claims,
        "claims_same": len(compared.claims) - len(claims),
    }


def _plain(value: ClaimChange | Passage) -> Record:
    record: Any = plain(value)
    return record


def render_comparison(compared: Comparison, old: str, new: str) -> Iterator[str]:
    """The same for a terminal, a line each: first claims, then words; `-` before what is gone, `+` before what came."""
    if not compared.same_reader:
        yield OTHER_READERS
    changed = compared.changed_claims
    yield from (f"  {_safe(render_change(change))}" for change in changed)
    if not changed:
        yield "  No claim changed."
    if not compared.words_changed:
        yield f"  {NO_WORD}"
    for passage in compared.passages:
        if passage.kind is not ChangeKind.SAME:
            yield from (f"  - {_safe(old[s.start : s.end])}" for s in [passage.old] if s)
            yield from (f"  + {_safe(new[s.start : s.end])}" for s in [passage.new] if s)


def _safe(text: str) -> str:
    return isolate_words(render_plain(text))
