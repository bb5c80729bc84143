"""Weighs many pairs at once, by the features and weights of `compare`.

Comes in: tellings in columns and pairs by place, sorted by the left. Goes out: features and scores in arrays, the same to the last digits as
`compare` gives them pair by pair. What a feature says of two values it says of all pairs that have them, so `compare` itself is asked once for
each two values; only words and reports are worked out here, over all pairs together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Telling
from harmledger.link.columns import Columns, Numbers, Places, spread
from harmledger.link.compare import FEATURES, Feature, Known, Pair, Weights

Values = NDArray[np.float64]

LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "days apart": ("period",),
    "days shared": ("period",),
    "day not known": ("period",),
    "published apart": ("published",),
    "within both radii": ("spot",),
    "beyond both radii": ("spot",),
    "same place": ("spot",),
    "place not known": ("spot",),
    "same actor": ("actors",),
    "other actor": ("actors",),
    "same means": ("means",),
    "other means": ("means",),
    "same figures": ("figures",),
    "same figures at one place": ("figures", "spot"),
    "figures apart": ("figures",),
    "same victims": ("groups",),
    "other victims": ("groups",),
    "other language": ("language",),
}
"""What each feature asks of a telling, besides words and reports; one that isn't named here or below is asked of every pair by itself."""
MOST_KNOWN = 1_000_000
"""Answers that are remembered of one kind, some 150 MB; then they are forgotten, and asked again."""


class Weigher:
    """Measures pairs of these tellings."""

    def __init__(self, columns: Columns, known: Known, weights: Weights) -> None:
        self._columns, self._known, self._weights = columns, known, weights
        self._squares = np.fromiter(
            (known.rarity.weigh(word) ** 2 for word in columns.vocabulary.words), np.float64, len(columns.vocabulary)
        )
        self._scratch = np.zeros(len(columns.vocabulary))
        self._totals: dict[str, Values] = {}
        self._answers: dict[str, dict[int, float]] = {}
        roots: dict[str, int] = {}
        names = [known.root(document) for document in columns.values("document")]
        self._roots = np.array([roots.setdefault(name, len(roots)) for name in names], dtype=np.int64)

    def score(self, left: Places, right: Places) -> Values:
        """How likely the two of each pair are of one event."""
        odds = np.full(left.size, self._weights.intercept)
        for feature in FEATURES:
            weight = self._weights.features[feature.name]
            if weight:
                odds += weight * self.measure(feature, left, right)
        return 1 / (1 + np.exp(-np.clip(odds, -50.0, 50.0)))

    def measure(self, feature: Feature, left: Places, right: Places) -> Values:
        """One feature of each pair."""
        if feature.name in _OVER_ALL:
            return _OVER_ALL[feature.name](self, left, right)
        if feature.name in LOOKS_AT:
            return self._ask(feature, LOOKS_AT[feature.name], left, right)
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        measured = (feature.measure(Pair(self._columns[a], self._columns[b], self._known)) for a, b in pairs)
        return np.fromiter(measured, np.float64, left.size)

    # --- what is asked of `compare` ---

    def _ask(self, feature: Feature, attributes: Sequence[str], left: Places, right: Places) -> Values:
        """Ask a feature once for each two values that meet."""
        codes = np.zeros(left.size, dtype=np.int64)
        for name in attributes:
            column, values = self._columns.column(name), len(self._columns.values(name))
            codes = (codes * values + column[left]) * values + column[right]
        distinct, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
        known = self._answers.setdefault(feature.name, {})
        if len(known) > MOST_KNOWN:
            known.clear()
        answers = np.empty(distinct.size)
        for n, (code, at) in enumerate(zip(distinct.tolist(), first.tolist(), strict=True)):
            answer = known.get(code)
            if answer is None:
                answer = known[code] = self._ask_of(feature, attributes, int(left[at]), int(right[at]))
            answers[n] = answer
        return answers[inverse]

    def _ask_of(self, feature: Feature, attributes: Sequence[str], left: int, right: int) -> float:
        one, other = ({k: v for n in attributes for k, v in self._told(n, i).items()} for i in (left, right))
        return feature.measure(Pair(replace(_BLANK, **one), replace(_BLANK, **other), self._known))

    def _told(self, attribute: str, index: int) -> dict[str, Any]:
        value = self._columns.values(attribute)[self._columns.column(attribute)[index]]
        if attribute == "period":
            return dict(zip(("earliest", "latest", "dated"), value, strict=True))
        return {attribute: value}

    # --- words and reports ---

    def cosine(self, wording: str, left: Places, right: Places) -> Values:
        """How much of what is rare in the words of either stands in both; 0 between languages."""
        language = self._columns.column("language")
        values = np.zeros(left.size)
        same = np.flatnonzero(language[left] == language[right])
        values[same] = self._shared(wording, left[same], right[same])
        total = self._total(wording)
        norms = np.sqrt(total[left] * total[right])
        return np.divide(values, norms, out=np.zeros(left.size), where=norms > 0)

    def caseless(self, left: Places, right: Places) -> Values:
        """The words of the reports where neither has names."""
        _, starts = self._columns.rows("names")
        named = np.diff(starts) > 0
        values = np.zeros(left.size)
        at = np.flatnonzero(~(named[left] | named[right]))
        values[at] = self.cosine("report_words", left[at], right[at])
        return values

    def same_report(self, left: Places, right: Places) -> Values:
        """Whether one report tells both."""
        document = self._columns.column("document")
        return (document[left] == document[right]).astype(np.float64)

    def says_another(self, left: Places, right: Places) -> Values:
        """Whether one report tells both and says that one is another."""
        another = np.array(self._columns.values("another"), dtype=bool)[self._columns.column("another")]
        return self.same_report(left, right) * (another[left] | another[right])

    def copies(self, left: Places, right: Places) -> Values:
        """Whether their reports, two, are copies of one text."""
        document = self._columns.column("document")
        a, b = document[left], document[right]
        return ((self._roots[a] == self._roots[b]) & (a != b)).astype(np.float64)

    def _total(self, wording: str) -> Values:
        """Of each telling the squares of its words' weights together."""
        if wording not in self._totals:
            words, starts = self._columns.rows(wording)
            self._totals[wording] = _sum_rows(self._squares[words], np.diff(starts))
        return self._totals[wording]

    def _shared(self, wording: str, left: Places, right: Places) -> Values:
        """Of each pair the squares of the weights of the words that both have, together; lefts in order, each looked up once."""
        words, starts = self._columns.rows(wording)
        sizes = starts[right + 1] - starts[right]
        others = words[spread(starts[right], sizes)]
        ends = np.cumsum(sizes)
        found = np.empty(others.size)
        at = 0
        for last in np.append(np.flatnonzero(left[1:] != left[:-1]), left.size - 1) if left.size else ():
            own, end = words[starts[left[last]] : starts[left[last] + 1]], ends[last]
            self._look_up(own, others[at:end], found[at:end])
            at = end
        return _sum_rows(found, sizes)

    def _look_up(self, own: Numbers, others: Numbers, found: Values) -> None:
        """Of each of the others the square of its weight where it is among one's own, else 0."""
        self._scratch[own] = self._squares[own]
        np.take(self._scratch, others, out=found)
        self._scratch[own] = 0.0


def _sum_rows(numbers: Values, sizes: Places) -> Values:
    """The sums of stretches of these sizes; of an empty one 0."""
    sums = np.zeros(sizes.size)
    filled = sizes > 0
    if numbers.size:
        sums[filled] = np.add.reduceat(numbers, (np.cumsum(sizes) - sizes)[filled])
    return sums


_OVER_ALL: Mapping[str, Callable[[Weigher, Places, Places], Values]] = {
    "rare words of the claims": lambda w, a, b: w.cosine("words", a, b),
    "rare words of the reports": lambda w, a, b: w.cosine("report_words", a, b),
    "names": lambda w, a, b: w.cosine("names", a, b),
    "words without capitals": Weigher.caseless,
    "one report": Weigher.same_report,
    "one report says another": Weigher.says_another,
    "copies of one text": Weigher.copies,
}

_BLANK = Telling(
    telling_id="", document_id="", claims=(), language=None, published=None, earliest=None, latest=None, dated=False,
    spot=None, actors=frozenset(), means=frozenset(), figures=(), groups=frozenset(), words=frozenset(),
    report_words=frozenset(), names=frozenset(), another=False,
)  # fmt: skip
