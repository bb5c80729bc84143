"""What of a page's words changed from one version to another: by sentences, and within a sentence by words.

Comes in: both texts, and which stretches of each are the article's own. Goes out: passages in order. White space alone is no change, and what
stands around the article (menus, related links) isn't looked at. Nothing is skipped: the passages hold every sentence of both texts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harmledger.compare.align import Step, align
from harmledger.domain import ChangeKind, Passage, Span
from harmledger.text.sentences import split_sentences

Record = dict[str, Any]

ALIKE = 0.4
"""From so large a share of their words two sentences are one that was edited; else one is gone and another was added. Set by hand."""
MOST_PAIRED = 400
"""Sentences of both sides, multiplied, that are compared each with each; of more the first goes with the first."""
LONGEST = 10_000
"""Characters of a sentence that is searched for words: what is longer is none, and one of it goes, the other comes."""
_TOKEN = re.compile(r"\w+(?:[.,'’]\w+)*|[^\w\s]")
"""A word with what holds it together (1,200; don't), or one mark."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the article, and its words as they are compared."""

    span: Span
    words: str
    counted: Counter[str]
    """How often each word stands in it; nothing of one too long to be a sentence."""


def list_own(document: Record) -> list[Span]:
    """The stretches of a report's text that are the article's own: all but furniture."""
    whole: list[Record] = [{"role": "body", "start": 0, "end": len(document["text"])}]
    parts: list[Record] = document["parts"] or whole
    return [Span(start=part["start"], end=part["end"]) for part in parts if part["role"] != "furniture"]


def compare_texts(old: str, new: str, *, old_own: Sequence[Span], new_own: Sequence[Span]) -> tuple[Passage, ...]:
    """The passages of both texts side by side, in the order of the newer one; what is gone stands where it stood."""
    before, after = list(_sentences(old, old_own)), list(_sentences(new, new_own))
    steps = align([each.words for each in before], [each.words for each in after])
    return tuple(passage for step in steps for passage in _passages(step, before, after, old, new))


def _sentences(text: str, own: Sequence[Span]) -> Iterator[_Sentence]:
    for stretch in own:
        for start, end in split_sentences(text[stretch.start : stretch.end]):
            span = Span(start=stretch.start + start, end=stretch.start + end)
            words = " ".join(text[span.start : span.end].split())
            yield _Sentence(span, words, Counter(_TOKEN.findall(words) if len(words) <= LONGEST else ()))


def _passages(
    step: Step, before: Sequence[_Sentence], after: Sequence[_Sentence], old: str, new: str
) -> Iterator[Passage]:
    left, right = before[step.old_start : step.old_end], after[step.new_start : step.new_end]
    if step.same:
        for one, other in zip(left, right, strict=True):
            yield Passage(kind=ChangeKind.SAME, old=one.span, new=other.span)
        return
    for one, other in _pair(left, right):
        if one and other:
            yield _edited(one.span, other.span, old, new)
        elif one:
            yield Passage(kind=ChangeKind.GONE, old=one.span, new=None, gone=(one.span,))
        elif other:
            yield Passage(kind=ChangeKind.ADDED, old=None, new=other.span, added=(other.span,))


# --- which sentence became which -------------------------------------------------------------------------------------

_Pairs = list[tuple[_Sentence | None, _Sentence | None]]


def _pair(left: Sequence[_Sentence], right: Sequence[_Sentence]) -> _Pairs:
    """Sentences that were edited beside what they became, in order; the others alone."""
    if len(left) * len(right) > MOST_PAIRED:
        both = min(len(left), len(right))
        alike = [(one, other) if _alike(one, other) >= ALIKE else None for one, other in zip(left, right, strict=False)]
        first: _Pairs = []
        for one, other, pair in zip(left, right, alike, strict=False):
            first += [pair] if pair else [(one, None), (None, other)]
        return first + [(one, None) for one in left[both:]] + [(None, other) for other in right[both:]]
    return _best_pairs(left, right, [[_alike(one, other) for other in right] for one in left])


def _best_pairs(left: Sequence[_Sentence], right: Sequence[_Sentence], alike: Sequence[Sequence[float]]) -> _Pairs:
    """The pairs in order that are most alike in all."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: _Pairs = []
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and best[i][j] == best[i + 1][j]:
            pairs.append((left[i], None))
            i += 1
        elif j < len(right) and best[i][j] == best[i][j + 1]:
            pairs.append((None, right[j]))
            j += 1
        else:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
    return pairs


def _alike(one: _Sentence, other: _Sentence) -> float:
    """The share of the longer sentence's words that stands in the other too."""
    longer = max(one.counted.total(), other.counted.total())
    return (one.counted & other.counted).total() / longer if longer else 0.0


# --- words -----------------------------------------------------------------------------------------------------------


def _edited(old: Span, new: Span, before: str, after: str) -> Passage:
    """A sentence beside what it became, with the words that went and came."""
    left, right = list(_tokens(before, old)), list(_tokens(after, new))
    steps = align([before[t.start : t.end] for t in left], [after[t.start : t.end] for t in right])
    steps = _without_crumbs(steps, right, after)
    gone = [Span(start=left[s.old_start].start, end=left[s.old_end - 1].end) for s in steps if s.old_start < s.old_end]
    added = [
        Span(start=right[s.new_start].start, end=right[s.new_end - 1].end) for s in steps if s.new_start < s.new_end
    ]
    if not gone and not added:  # the same words, but for what parts them
        return Passage(kind=ChangeKind.SAME, old=old, new=new)
    return Passage(kind=ChangeKind.CHANGED, old=old, new=new, gone=tuple(gone), added=tuple(added))


def _tokens(text: str, within: Span) -> Iterator[Span]:
    for found in _TOKEN.finditer(text, within.start, within.end):
        yield Span(start=found.start(), end=found.end())


def _without_crumbs(steps: Sequence[Step], tokens: Sequence[Span], text: str) -> list[Step]:
    """The steps that differ; a lone mark between two of them that stayed the same goes with them: it helps nobody read."""
    differing: list[Step] = []
    for at, step in enumerate(steps):
        if step.same:
            continue
        same = steps[at - 1]  # what differs and what doesn't take turns
        if differing and not any(_is_word(text, tokens[n]) for n in range(same.new_start, same.new_end)):
            last = differing.pop()
            step = Step(last.old_start, step.old_end, last.new_start, step.new_end, same=False)  # noqa: PLW2901  it grows
        differing.append(step)
    return differing


def _is_word(text: str, token: Span) -> bool:
    return text[token.start].isalnum() or text[token.start] == "_"
