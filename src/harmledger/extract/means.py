"""The words for how people were harmed: which kinds a stretch of text speaks of, and of a claim's kind the nearest words.

In come a text and a span of it; out go kinds, or the word or words that say one, none where the text has none.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from harmledger.domain import Means, MeansKind, Words
from harmledger.resources.packaged import read_packaged_text

Span = tuple[int, int]
REACH = 1500
"""Characters before or after a claim within which its means may stand: 98 of 100 in the training set do."""


def find_means(text: str, sentence: Span, kind: MeansKind) -> Means | None:
    """The means of a kind that is told nearest to a sentence, within it first; None where no word says it."""
    patterns = _patterns()
    for pattern in (patterns[kind.value], patterns["any"]):
        for start, end in (sentence, (max(0, sentence[0] - REACH), sentence[0]), (sentence[1], sentence[1] + REACH)):
            matches = [m.span() for m in pattern.finditer(text, start, min(end, len(text)))]
            if matches:
                a, b = matches[-1] if end == sentence[0] else matches[0]
                return Means(words=Words(exact=text[a:b], start=a, end=b), kind=kind)
    return None


def told_means(text: str, span: Span) -> set[MeansKind]:
    """The kinds whose own words stand in a span."""
    patterns = _patterns()
    return {kind for kind in MeansKind if patterns[kind.value].search(text, *span)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """For each kind a pattern of its word beginnings, to the end of the word."""
    lexicon = tomllib.loads(read_packaged_text("means.toml"))
    return {kind: re.compile(_alternatives(stems), re.IGNORECASE) for kind, stems in lexicon.items()}


def _alternatives(stems: list[str]) -> str:
    longest_first = sorted(stems, key=len, reverse=True)
    return r"(?<![^\W_])[وفبلك]{0,2}(?:ال)?(?:" + "|".join(re.escape(s.strip()) for s in longest_first) + r")\w{0,12}"
