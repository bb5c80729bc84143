"""What can be told of two tellings side by side: a list of features, each with its value from 0 to 1 and its reason in words.

Comes in: two tellings, how rare words are, and whether their reports are copies. A feature that can't be told of a pair is 0 and adds nothing;
how much each weighs is told by `compare`.
"""

from __future__ import annotations

import math
from calendar import day_name
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from harmledger.domain import Figure, Telling
from harmledger.link.rarity import Rarity
from harmledger.link.space import apart_km, beyond_km, days_apart, is_within

FOR, AGAINST, EITHER = 1, -1, 0
FAR_DAYS = 365
"""Apart by more is no less one event than apart by so much."""
FAR_KM = 300.0
SHOWN_WORDS = 6
FEW_DAYS = 3
"""A period of more days may fall on any weekday."""
RAREST_WEIGHT = 8.0
"""About what a word weighs that two of some thousand reports hold."""
FULL_NAMES, FULL_WORDS = 60.0, 150.0
"""A dozen rare names, thirty rare words: what is shared beyond them says no more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing takes beside the two tellings: rarity of words, copies, and the words' weights once counted."""

    rarity: Rarity
    originals: Mapping[str, str]
    totals: dict[tuple[str, str], float]

    def root(self, document_id: str) -> str:
        """The report whose text it is."""
        return self.originals.get(document_id, document_id)


class Pair:
    """Two tellings side by side, with what several features ask."""

    def __init__(self, left: Telling, right: Telling, known: Known) -> None:
        self.left, self.right, self.known = left, right, known

    @cached_property
    def days(self) -> int | None:
        """Days apart; 0 where the periods overlap."""
        return days_apart(self.left, self.right)

    @cached_property
    def figures(self) -> list[tuple[Figure, Figure]]:
        """Figures of the same harm, the largest of each telling."""
        left, right = _largest(self.left.figures), _largest(self.right.figures)
        return [(left[harm], right[harm]) for harm in left if harm in right]

    @cached_property
    def same_language(self) -> bool:
        """Whether their words can be compared."""
        return self.left.language == self.right.language

    def cosine(self, field: str) -> float:
        """How much of what is rare in the words of either stands in both."""
        left: frozenset[str] = getattr(self.left, field)
        right: frozenset[str] = getattr(self.right, field)
        if not left or not right:
            return 0.0
        norm = math.sqrt(self._total(self.left, field) * self._total(self.right, field))
        return self.known.rarity.total(left & right) / norm if norm else 0.0

    def shared(self, field: str) -> frozenset[str]:
        """The words that stand in both."""
        left: frozenset[str] = getattr(self.left, field)
        return left & getattr(self.right, field) if self.same_language else frozenset()

    def _total(self, telling: Telling, field: str) -> float:
        key = (telling.telling_id, field)
        if key not in self.known.totals:
            self.known.totals[key] = self.known.rarity.total(getattr(telling, field))
        return self.known.totals[key]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that can be told of a pair, from 0 to 1, and its wording."""

    name: str
    speaks: int
    """+1 where it can only speak for one event, -1 only against, 0 either way: learning gives it no other sign."""
    measure: Callable[[Pair], float]
    tell: Callable[[Pair], str]


# --- when ------------------------------------------------------------------------------------------------------------


def _days_apart(pair: Pair) -> float:
    return _long(pair.days or 0)


def _long(days: int) -> float:
    """Each time as long says as much again: a day more means much after one, and little after thirty."""
    return min(1.0, math.log1p(days) / math.log1p(FAR_DAYS))


def _day_shared(pair: Pair) -> float:
    """Of the days that either may mean, the share that both may."""
    if pair.days != 0:
        return 0.0
    (a, b), (c, d) = _span(pair.left), _span(pair.right)
    return (min(b, d) - max(a, c) + 1) / (max(b, d) - min(a, c) + 1)


def _span(telling: Telling) -> tuple[int, int]:
    first, last = telling.earliest or date.min, telling.latest or date.max
    return first.toordinal(), last.toordinal()


def _published_apart(pair: Pair) -> float:
    days = _publication_gap(pair)
    return 0.0 if days is None else _long(days)


def _publication_gap(pair: Pair) -> int | None:
    a, b = pair.left.published, pair.right.published
    return abs((a - b).days) if a and b else None


def _tell_days(pair: Pair) -> str:
    told = " and ".join(
        f"{t.earliest}"
        + (f" to {t.latest}" if t.latest != t.earliest else "")
        + ("" if t.dated else " (by its publication)")
        for t in (pair.left, pair.right)
    )
    return f"{told}: {pair.days or 'no'} days apart"


def _same_weekday(pair: Pair) -> float:
    """Where a day isn't known: whether both may mean one weekday."""
    return float(bool(_weekdays(pair.left) & _weekdays(pair.right))) if pair.days is None else 0.0


def _other_weekday(pair: Pair) -> float:
    left, right = _weekdays(pair.left), _weekdays(pair.right)
    return float(pair.days is None and bool(left and right and not left & right))


def _weekdays(telling: Telling) -> frozenset[int]:
    """The weekdays that a telling may mean: those it names, or those of its days where they are few."""
    if telling.earliest is None or telling.latest is None:
        return telling.weekdays
    days = min(FEW_DAYS, (telling.latest - telling.earliest).days + 1)
    return frozenset((telling.earliest.weekday() + n) % 7 for n in range(days))


def _tell_weekdays(pair: Pair) -> str:
    told = (", ".join(day_name[day] for day in sorted(_weekdays(t))) or "not stated" for t in (pair.left, pair.right))
    return " / ".join(told)


# --- where -----------------------------------------------------------------------------------------------------------


def _within_radii(pair: Pair) -> float:
    """The finer both places are, the more it means that they meet."""
    a, b = pair.left.spot, pair.right.spot
    return 1 / (1 + (a.radius_km + b.radius_km) / 20) if a and b and is_within(a, b) else 0.0


def _beyond_radii(pair: Pair) -> float:
    a, b = pair.left.spot, pair.right.spot
    if not a or not b or is_within(a, b):
        return 0.0
    return min(1.0, math.log1p(beyond_km(a, b)) / math.log1p(FAR_KM))


def _same_place(pair: Pair) -> float:
    a, b = pair.left.spot, pair.right.spot
    return float(bool(a and b and a.id and a.id == b.id))


def _tell_distance(pair: Pair) -> str:
    a, b = pair.left.spot, pair.right.spot
    if not a or not b:
        return "a place isn't known"
    return (
        f"{a.name} and {b.name}: {apart_km(a, b):.0f} km apart, known to within {a.radius_km:g} and {b.radius_km:g} km"
    )


# --- who, by what, how many ------------------------------------------------------------------------------------------


def _one_shared(field: str) -> Callable[[Pair], float]:
    return lambda pair: float(bool(getattr(pair.left, field) & getattr(pair.right, field)))


def _both_differ(field: str) -> Callable[[Pair], float]:
    def differ(pair: Pair) -> float:
        left, right = getattr(pair.left, field), getattr(pair.right, field)
        return float(bool(left and right and not left & right))

    return differ


def _tell_both(field: str) -> Callable[[Pair], str]:
    def tell(pair: Pair) -> str:
        return " / ".join(", ".join(sorted(getattr(t, field))) or "not stated" for t in (pair.left, pair.right))

    return tell


def _largest(figures: Iterable[Figure]) -> dict[str, Figure]:
    largest: dict[str, Figure] = {}
    for figure in figures:
        known = largest.get(figure.harm)
        if known is None or _size(figure) > _size(known):
            largest[figure.harm] = figure
    return largest


def _size(figure: Figure) -> int:
    return figure.low if figure.low is not None else figure.high or 0


def _same_figures(pair: Pair) -> float:
    """Equal figures, the more telling the larger they are: "one killed" is of half of all events."""
    return max((min(1.0, math.log2(1 + _size(a)) / 5) for a, b in pair.figures if _size(a) == _size(b)), default=0.0)


def _same_figures_there(pair: Pair) -> float:
    """Equal figures at one place."""
    a, b = pair.left.spot, pair.right.spot
    return _same_figures(pair) * _within_radii(pair) if a and b else 0.0


def _figures_apart(pair: Pair) -> float:
    """The mean of how many times one figure is the other, where their bounds leave no common number."""
    if not pair.figures:
        return 0.0
    apart = [0.0 if _compatible(a, b) else abs(math.log((1 + _size(a)) / (1 + _size(b)))) for a, b in pair.figures]
    return min(1.0, sum(apart) / len(apart) / math.log(10))


def _compatible(a: Figure, b: Figure) -> bool:
    return (a.low or 0) <= (math.inf if b.high is None else b.high) and (b.low or 0) <= (
        math.inf if a.high is None else a.high
    )


def _tell_figures(pair: Pair) -> str:
    return (
        ", ".join(f"{_bounds(a)} and {_bounds(b)} {a.harm.value.replace('_', ' ')}" for a, b in pair.figures)
        or "no figures of one harm"
    )


def _bounds(figure: Figure) -> str:
    match figure.low, figure.high:
        case low, None:
            return f"{low or 0} or more"
        case None, high:
            return f"up to {high}"
        case low, high:
            return f"{low}" if low == high else f"{low}–{high}"


# --- in which words --------------------------------------------------------------------------------------------------


def _cosine(field: str) -> Callable[[Pair], float]:
    return lambda pair: pair.cosine(field) if pair.same_language else 0.0


def _weight_of(field: str, full: float) -> Callable[[Pair], float]:
    """How much is shared altogether, however much more either says: a report years later still names the victim."""
    return lambda pair: min(1.0, sum(map(pair.known.rarity.weigh, pair.shared(field))) / full)


def _rarest(pair: Pair) -> float:
    return min(1.0, max(map(pair.known.rarity.weigh, pair.shared("report_words")), default=0.0) / RAREST_WEIGHT)


def _tell_words(field: str) -> Callable[[Pair], str]:
    def tell(pair: Pair) -> str:
        shared: list[str] = sorted(getattr(pair.left, field) & getattr(pair.right, field))
        rarest = sorted(shared, key=pair.known.rarity.weigh, reverse=True)[:SHOWN_WORDS]
        return f"{len(shared)} words in common, rarest {', '.join(rarest)}" if rarest else "no words in common"

    return tell


def _same_report(pair: Pair) -> float:
    return float(pair.left.document_id == pair.right.document_id)


def _says_another(pair: Pair) -> float:
    return float(pair.left.document_id == pair.right.document_id and (pair.left.another or pair.right.another))


def _copies(pair: Pair) -> float:
    same = pair.known.root(pair.left.document_id) == pair.known.root(pair.right.document_id)
    return float(same and pair.left.document_id != pair.right.document_id)


def _languages(pair: Pair) -> float:
    return float(not pair.same_language)


FEATURES: tuple[Feature, ...] = (
    Feature("days apart", AGAINST, _days_apart, _tell_days),
    Feature("days shared", FOR, _day_shared, _tell_days),
    Feature("day not known", EITHER, lambda p: float(p.days is None), lambda _: "of one the day isn't known"),
    Feature("same weekday", FOR, _same_weekday, _tell_weekdays),
    Feature("other weekday", AGAINST, _other_weekday, _tell_weekdays),
    Feature("published apart", AGAINST, _published_apart, lambda p: f"published {_publication_gap(p)} days apart"),
    Feature("within both radii", FOR, _within_radii, _tell_distance),
    Feature("beyond both radii", AGAINST, _beyond_radii, _tell_distance),
    Feature("same place", FOR, _same_place, _tell_distance),
    Feature(
        "place not known",
        EITHER,
        lambda p: float(not p.left.spot or not p.right.spot),
        lambda _: "of one the place isn't known",
    ),
    Feature("words for the places", FOR, _cosine("places"), _tell_words("places")),
    Feature("same actor", FOR, _one_shared("actors"), _tell_both("actors")),
    Feature("other actor", AGAINST, _both_differ("actors"), _tell_both("actors")),
    Feature("same means", FOR, _one_shared("means"), _tell_both("means")),
    Feature("other means", AGAINST, _both_differ("means"), _tell_both("means")),
    Feature("same figures", FOR, _same_figures, _tell_figures),
    Feature("same figures at one place", FOR, _same_figures_there, _tell_figures),
    Feature("figures apart", AGAINST, _figures_apart, _tell_figures),
    Feature("same victims", FOR, _one_shared("groups"), _tell_both("groups")),
    Feature("other victims", AGAINST, _both_differ("groups"), _tell_both("groups")),
    Feature("rare words of the claims", FOR, _cosine("words"), _tell_words("words")),
    Feature("rare words of the reports", FOR, _cosine("report_words"), _tell_words("report_words")),
    Feature("names", FOR, _cosine("names"), _tell_words("names")),
    Feature("weight of names", FOR, _weight_of("names", FULL_NAMES), _tell_words("names")),
    Feature("weight of words", FOR, _weight_of("report_words", FULL_WORDS), _tell_words("report_words")),
    Feature("rarest word in common", FOR, _rarest, _tell_words("report_words")),
    Feature("one report", AGAINST, _same_report, lambda _: "one report tells them apart"),
    Feature("one report says another", AGAINST, _says_another, lambda _: "the report says that it is another"),
    Feature("copies of one text", FOR, _copies, lambda _: "their reports are copies of one text"),
    Feature("other language", EITHER, _languages, lambda p: f"{p.left.language} and {p.right.language}"),
)
