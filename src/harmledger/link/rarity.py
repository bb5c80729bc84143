"""How rare a word is: what two reports share by it.

Counted over the reports at hand, upon a background of `BACKGROUND_REPORTS` news reports, so that a ledger of ten reports knows common words too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from harmledger.domain import Telling
from harmledger.resources.packaged import read_packaged_text

BACKGROUND_REPORTS = 500
"""The background weighs as much as so many reports: by a few thousand, the ledger's own words count alone."""
UNSEEN = 0.5
"""Reports that a word nobody has seen is taken to stand in."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many reports each word stands."""

    reports: int
    holding: Mapping[str, int]
    background: Mapping[str, float]
    _weighed: dict[str, float] = field(default_factory=dict[str, float], compare=False, repr=False)

    def weigh(self, word: str) -> float:
        """The logarithm of how seldom a report holds the word, at least 0; worked out once."""
        weight = self._weighed.get(word)
        if weight is None:
            weight = self._weighed[word] = self._weigh(word)
        return weight

    def weigh_all(self, words: Iterable[str]) -> Iterator[float]:
        """The weights of many words, which are not remembered: of millions that takes more memory than they do."""
        return map(self._weigh, words)

    def _weigh(self, word: str) -> float:
        of = self.reports + BACKGROUND_REPORTS
        having = self.holding.get(word, 0) + BACKGROUND_REPORTS * self.background.get(word, 0.0) + UNSEEN
        return max(0.0, math.log(of / having))

    def total(self, words: Iterable[str]) -> float:
        """The weight of several words together, each squared, as a cosine takes it; in one order always, so that sums are the same."""
        return math.fsum(self.weigh(word) ** 2 for word in words)


def count_words(tellings: Iterable[Telling], background: Mapping[str, float]) -> Rarity:
    """The rarity of words over the reports of these tellings, each report once."""
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for telling in tellings:
        reports[telling.document_id] |= telling.report_words
    holding = Counter(word for words in reports.values() for word in words)
    return Rarity(len(reports), holding, background)


@cache
def load_background() -> Mapping[str, float]:
    """The share of news reports that hold a word, for words that stand in one of fifty or more."""
    lines = (
        line.split("\t") for line in read_packaged_text("linking/words.tsv").splitlines() if not line.startswith("#")
    )
    return {word: float(share) for word, share in lines}
