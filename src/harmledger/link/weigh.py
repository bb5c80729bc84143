"""Weighs many pairs at once, by `features` and the weights of `compare`.

Comes in: tellings in columns and pairs by place, sorted by the left. Goes out: features and scores in arrays, the same to the last digits as
`compare` gives them pair by pair. What a feature says of two values it says of all pairs that have them, so `compare` itself is asked once for
each two values; only words and reports are worked out here, over all pairs together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Telling
from harmledger.link.columns import PERIOD, Columns, Numbers, Places, spread
from harmledger.link.compare import Weights
from harmledger.link.features import FEATURES, FULL_NAMES, FULL_WORDS, RAREST_WEIGHT, Feature, Known, Pair

Values = NDArray[np.float64]

LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "period": ("days apart", "days shared", "day not known", "same weekday", "other weekday"),
    "published": ("published apart",),
    "spot": ("within both radii", "beyond both radii", "same place", "place not known"),
    "actors": ("same actor", "other actor"),
    "means": ("same means", "other means"),
    "figures": ("same figures", "figures apart"),
    "groups": ("same victims", "other victims"),
    "language": ("other language",),
}
"""Which features ask for what is told, besides words and reports; one that isn't named here or below is asked of every pair by itself."""
PRODUCTS: Mapping[str, tuple[str, str]] = {"same figures at one place": ("same figures", "within both radii")}
"""Features that are the product of two others."""
MOST_KNOWN = 200_000
"""Answers that are remembered of one kind, some 60 MB; then they are forgotten, and asked again."""


def weigh_words(columns: Columns, known: Known) -> Values:
    """The weight of every word of the vocabulary, by its number."""
    words = columns.vocabulary.words
    return np.fromiter(known.rarity.weigh_all(words), np.float64, len(words))


class Weigher:
    """Measures pairs of these tellings. `rarities` are the weights of all words of the vocabulary, where they were worked out before."""

    def __init__(self, columns: Columns, known: Known, weights: Weights, rarities: Values | None = None) -> None:
        self._columns, self._known, self._weights = columns, known, weights
        self._rarity = weigh_words(columns, known) if rarities is None else rarities
        self._scratch = np.zeros(len(columns.vocabulary))
        self._totals: dict[str, Values] = {}
        self._answers: dict[str, dict[int, Sequence[float]]] = {}
        self._alone: dict[tuple[str, int], Telling] = {}
        roots: dict[str, int] = {}
        names = [known.root(document) for document in columns.values("document")]
        self._roots = np.array([roots.setdefault(name, len(roots)) for name in names], dtype=np.int64)

    def score(self, left: Places, right: Places) -> Values:
        """How likely the two of each pair are of one event."""
        weights = self._weights.features
        odds = np.full(left.size, self._weights.intercept)
        for name, values in self._measure(left, right, frozenset(name for name in weights if weights[name])):
            odds += weights[name] * values
        return 1 / (1 + np.exp(-np.clip(odds, -50.0, 50.0)))

    def measure(self, left: Places, right: Places) -> Values:
        """All features of each pair, in their order."""
        names = [feature.name for feature in FEATURES]
        values = dict(self._measure(left, right, frozenset(names)))
        return np.column_stack([values[name] for name in names])

    def _measure(self, left: Places, right: Places, wanted: frozenset[str]) -> Iterator[tuple[str, Values]]:
        """The wanted features of each pair."""
        factors = {factor for product in wanted & PRODUCTS.keys() for factor in PRODUCTS[product]}
        known: dict[str, Values] = {}
        pairs = _Pairs(left, right, {})
        for attribute, names in LOOKS_AT.items():
            if not (wanted | factors).isdisjoint(names):
                known.update(zip(names, self._ask(attribute, left, right).T, strict=True))
        for name in (feature.name for feature in FEATURES if feature.name in wanted):
            if name in known:
                yield name, known[name]
            elif name in PRODUCTS:
                one, other = PRODUCTS[name]
                yield name, known[one] * known[other]
            elif name in OVER_ALL:
                yield name, OVER_ALL[name](self, pairs)
            else:
                yield name, self._ask_each(name, left, right)

    # --- what is asked of `compare` ---

    def _ask(self, attribute: str, left: Places, right: Places) -> Values:
        """Ask the features that look at one thing told, once for each two values of it that meet, whichever comes first."""
        column, values = self._columns.column(attribute), len(self._columns.values(attribute))
        a, b = column[left], column[right]
        codes = np.minimum(a, b).astype(np.int64) * values + np.maximum(a, b)
        distinct, inverse = np.unique(codes, return_inverse=True)
        known = self._answers.setdefault(attribute, {})
        if len(known) > MOST_KNOWN:
            known.clear()
        features = [_BY_NAME[name] for name in LOOKS_AT[attribute]]
        for code in distinct.tolist():
            if code not in known:
                pair = Pair(self._only(attribute, code // values), self._only(attribute, code % values), self._known)
                known[code] = [feature.measure(pair) for feature in features]
        answers = np.array([known[code] for code in distinct.tolist()], dtype=np.float64)
        return answers.reshape(-1, len(features))[inverse]

    def _only(self, attribute: str, number: int) -> Telling:
        """A telling that tells this alone."""
        key = (attribute, number)
        if key not in self._alone:
            value = self._columns.values(attribute)[number]
            told = dict(zip(PERIOD, value, strict=True)) if attribute == "period" else {attribute: value}
            self._alone[key] = replace(_BLANK, **told)
        return self._alone[key]

    def _ask_each(self, name: str, left: Places, right: Places) -> Values:
        """Ask a feature of every pair: slow, and right for whatever it may look at."""
        pairs = (
            Pair(self._columns[int(a)], self._columns[int(b)], self._known) for a, b in zip(left, right, strict=True)
        )
        measured = (_BY_NAME[name].measure(pair) for pair in pairs)
        return np.fromiter(measured, np.float64, left.size)

    # --- words and reports ---

    def cosine(self, wording: str, pairs: _Pairs) -> Values:
        """How much of what is rare in the words of either stands in both; 0 between languages."""
        total = self._total(wording)
        norms = np.sqrt(total[pairs.left] * total[pairs.right])
        shared = self._common(wording, pairs).squares
        return np.divide(shared, norms, out=np.zeros(pairs.left.size), where=norms > 0)

    def weight(self, wording: str, full: float, pairs: _Pairs) -> Values:
        """How much both share altogether, up to what is full; 0 between languages."""
        return np.minimum(1.0, self._common(wording, pairs).weights / full)

    def rarest(self, pairs: _Pairs) -> Values:
        """How rare the rarest word is that both reports have; 0 between languages."""
        return np.minimum(1.0, self._common("report_words", pairs).rarest / RAREST_WEIGHT)

    def same_report(self, pairs: _Pairs) -> Values:
        """Whether one report tells both."""
        document = self._columns.column("document")
        return (document[pairs.left] == document[pairs.right]).astype(np.float64)

    def says_another(self, pairs: _Pairs) -> Values:
        """Whether one report tells both and says that one is another."""
        another = np.array(self._columns.values("another"), dtype=bool)[self._columns.column("another")]
        return self.same_report(pairs) * (another[pairs.left] | another[pairs.right])

    def copies(self, pairs: _Pairs) -> Values:
        """Whether their reports, two, are copies of one text."""
        document = self._columns.column("document")
        a, b = document[pairs.left], document[pairs.right]
        return ((self._roots[a] == self._roots[b]) & (a != b)).astype(np.float64)

    def _total(self, wording: str) -> Values:
        """Of each telling the squares of its words' weights together."""
        if wording not in self._totals:
            words, starts = self._columns.rows(wording)
            squares = self._rarity**2
            self._totals[wording] = _over_rows(np.add, squares[words], np.diff(starts))
        return self._totals[wording]

    def _common(self, wording: str, pairs: _Pairs) -> _Common:
        """What both have of such words, where they are of one language; looked up once."""
        if wording not in pairs.common:
            language = self._columns.column("language")
            same = np.flatnonzero(language[pairs.left] == language[pairs.right])
            found, sizes = self._look_up_all(wording, pairs.left[same], pairs.right[same])
            rows = np.zeros((3, pairs.left.size))
            rows[0, same] = _over_rows(np.add, found**2, sizes)
            rows[1, same] = _over_rows(np.add, found, sizes)
            rows[2, same] = _over_rows(np.maximum, found, sizes)
            pairs.common[wording] = _Common(*rows)
        return pairs.common[wording]

    def _look_up_all(self, wording: str, left: Places, right: Places) -> tuple[Values, Places]:
        """The weights of the right one's words that the left one has too, pair after pair, and how many words each right one has; each left looked up once."""
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
        return found, sizes

    def _look_up(self, own: Numbers, others: Numbers, found: Values) -> None:
        """Of each of the others its weight where it is among one's own, else 0."""
        self._scratch[own] = self._rarity[own]
        np.take(self._scratch, others, out=found)
        self._scratch[own] = 0.0


@dataclass(frozen=True, slots=True)
class _Common:
    """Of each pair the weights of the words that both have: their squares together, they together, the largest."""

    squares: Values
    weights: Values
    rarest: Values


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs by place, and what of their words was looked up."""

    left: Places
    right: Places
    common: dict[str, _Common]


def _over_rows(over: np.ufunc, numbers: Values, sizes: Places) -> Values:
    """The sums, or the largest, of stretches of these sizes; of an empty one 0."""
    found = np.zeros(sizes.size)
    filled = sizes > 0
    if numbers.size:
        found[filled] = over.reduceat(numbers, (np.cumsum(sizes) - sizes)[filled])
    return found


OVER_ALL: Mapping[str, Callable[[Weigher, _Pairs], Values]] = {
    "words for the places": lambda w, p: w.cosine("places", p),
    "rare words of the claims": lambda w, p: w.cosine("words", p),
    "rare words of the reports": lambda w, p: w.cosine("report_words", p),
    "names": lambda w, p: w.cosine("names", p),
    "weight of names": lambda w, p: w.weight("names", FULL_NAMES, p),
    "weight of words": lambda w, p: w.weight("report_words", FULL_WORDS, p),
    "rarest word in common": Weigher.rarest,
    "one report": Weigher.same_report,
    "one report says another": Weigher.says_another,
    "copies of one text": Weigher.copies,
}

_BY_NAME: Mapping[str, Feature] = {feature.name: feature for feature in FEATURES}
_BLANK = Telling(
    telling_id="", document_id="", claims=(), language=None, published=None, earliest=None, latest=None, dated=False,
    spot=None, actors=frozenset(), means=frozenset(), figures=(), groups=frozenset(), words=frozenset(),
    report_words=frozenset(), names=frozenset(), another=False, places=frozenset(), weekdays=frozenset(),
)  # fmt: skip
