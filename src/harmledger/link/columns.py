"""Many tellings in little room: words as numbers in one long row, all else that repeats kept once.

Comes in: tellings, in the order of filing. Goes out: any of them whole again, columns of numbers that blocking and weighing work on, and in how
many reports each word stands. The rows of words are most of it: they may be kept elsewhere than in memory, and some tellings taken apart.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Telling

Numbers = NDArray[np.int32]
Places = NDArray[np.signedinteger[Any]]
"""Whole numbers: places of tellings or of words."""

WORDINGS = ("words", "report_words", "names", "places")
"""Of a telling: its sets of words."""
ATTRIBUTES: Mapping[str, Callable[[Telling], Hashable]] = {
    "document": lambda t: t.document_id,
    "language": lambda t: t.language,
    "published": lambda t: t.published,
    "period": lambda t: (t.earliest, t.latest, t.dated, t.weekdays),
    "spot": lambda t: t.spot,
    "actors": lambda t: t.actors,
    "means": lambda t: t.means,
    "figures": lambda t: t.figures,
    "groups": lambda t: t.groups,
    "another": lambda t: t.another,
}
"""All else that is told: each value is kept once, under a number."""

PERIOD = ("earliest", "latest", "dated", "weekdays")


class Rows(Protocol):
    """Rows of numbers of different lengths, by place."""

    def add(self, numbers: Sequence[int]) -> object:
        """One more row."""
        ...

    def row(self, index: int) -> Iterable[int]:
        """One of them."""
        ...

    def take(self, places: Places) -> tuple[Numbers, Places]:
        """The rows at these places, one after the other, and how long each is."""
        ...


class Columns(Sequence[Telling]):
    """Tellings by their places; as a sequence it gives each whole again. `keep` makes what rows of words are kept in."""

    def __init__(self, tellings: Iterable[Telling] = (), keep: Callable[[], Rows] | None = None) -> None:
        self.ids: list[str] = []
        self.claims: list[tuple[str, ...]] = []
        self.vocabulary = Vocabulary()
        self._kept = {name: _Kept() for name in ATTRIBUTES}
        self._rows: dict[str, Rows] = {name: (keep or _Rows)() for name in WORDINGS}
        self._counted: set[int] = set()
        """Words of the report at hand."""
        for telling in tellings:
            self.add(telling)

    def add(self, telling: Telling) -> None:
        """Put one at the end; not once columns were looked at."""
        rows = {name: self.vocabulary.number(sorted(getattr(telling, name))) for name in WORDINGS}
        self._count(telling.document_id, rows["report_words"])
        self.ids.append(telling.telling_id)
        self.claims.append(telling.claims)
        for name, get in ATTRIBUTES.items():
            self._kept[name].add(get(telling))
        for name in WORDINGS:
            self._rows[name].add(rows[name])

    def column(self, attribute: str) -> Numbers:
        """Of each telling the number of its value."""
        return self._kept[attribute].column()

    def values(self, attribute: str) -> Sequence[Any]:
        """The values by their numbers."""
        return self._kept[attribute].values

    def rows(self, wording: str) -> tuple[Numbers, Places]:
        """The words of all tellings by number, one telling's after the other's, and where each begins; one more place than tellings."""
        rows = self._rows[wording]
        if isinstance(rows, _Rows):
            return rows.view()
        words, sizes = rows.take(np.arange(len(self)))
        return words, np.append(0, np.cumsum(sizes))

    def rows_of(self, wording: str, places: Places) -> tuple[Numbers, Places]:
        """The words of these tellings by number, one telling's after the other's, and how many each has."""
        return self._rows[wording].take(places)

    def at(self, places: Places) -> Columns:
        """These tellings alone, in memory, under the same numbers of words; not to be added to."""
        some = Columns()
        some.vocabulary = self.vocabulary
        some.ids = [self.ids[place] for place in places.tolist()]
        some.claims = [self.claims[place] for place in places.tolist()]
        some._kept = {name: kept.at(places) for name, kept in self._kept.items()}
        some._rows = {name: _Rows.of(*rows.take(places)) for name, rows in self._rows.items()}
        return some

    @property
    def reports(self) -> int:
        """How many reports they are of."""
        return len(self._kept["document"].values)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Telling: ...
    @overload
    def __getitem__(self, index: slice) -> list[Telling]: ...
    def __getitem__(self, index: int | slice) -> Telling | list[Telling]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        value = {name: kept.values[kept.numbers[index]] for name, kept in self._kept.items()}
        value |= {name: self.vocabulary.spell(rows.row(index)) for name, rows in self._rows.items()}
        value |= dict(zip(PERIOD, value.pop("period"), strict=True))
        document = value.pop("document")
        return Telling(telling_id=self.ids[index], claims=self.claims[index], document_id=document, **value)

    def _count(self, document: str, words: Sequence[int]) -> None:
        """Count a report's words, each once however many of its tellings have it."""
        kept = self._kept["document"]
        number = kept.number_of(document)
        if number is None:
            self._counted = set()
        elif number != kept.numbers[-1]:
            told = (i for i, n in enumerate(kept.numbers) if n == number)
            self._counted = {word for i in told for word in self._rows["report_words"].row(i)}
        self.vocabulary.count(word for word in words if word not in self._counted)
        self._counted.update(words)


class Vocabulary(Mapping[str, int]):
    """Words by number; as a mapping it gives of each word how many reports hold it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._holding = array("i")

    def number(self, words: Iterable[str]) -> list[int]:
        """The numbers of words; a new word gets the next."""
        numbers = self._numbers
        found: list[int] = []
        for word in words:
            number = numbers.get(word)
            if number is None:
                number = numbers[word] = len(self.words)
                self.words.append(word)
                self._holding.append(0)
            found.append(number)
        return found

    def spell(self, numbers: Iterable[int]) -> frozenset[str]:
        """The words of these numbers."""
        words = self.words
        return frozenset([words[number] for number in numbers])

    def count(self, numbers: Iterable[int]) -> None:
        """One more report holds each."""
        for number in numbers:
            self._holding[number] += 1

    def __getitem__(self, word: str) -> int:
        return self._holding[self._numbers[word]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)


class _Kept:
    """One attribute of all tellings: its values, each once, and of each telling the value's number."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.numbers = array("i")
        self._number: dict[Hashable, int] = {}

    def add(self, value: Hashable) -> None:
        number = self._number.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        self.numbers.append(number)

    def number_of(self, value: Hashable) -> int | None:
        return self._number.get(value)

    def at(self, places: Places) -> _Kept:
        """The attribute of some tellings; values in the order they had, so that of any two the same comes first."""
        distinct, numbers = np.unique(self.column()[places], return_inverse=True)
        some = _Kept()
        some.values = [self.values[number] for number in distinct.tolist()]
        some.numbers = array("i", numbers.astype(np.int32).tobytes())
        return some

    def column(self) -> Numbers:
        return np.frombuffer(self.numbers, dtype=np.int32) if self.numbers else np.empty(0, dtype=np.int32)


class _Rows:
    """Rows of different lengths, one after the other."""

    def __init__(self) -> None:
        self.numbers = array("i")
        self.starts = array("q", [0])

    @classmethod
    def of(cls, numbers: Numbers, sizes: Places) -> _Rows:
        rows = cls()
        rows.numbers.frombytes(numbers.astype(np.int32).tobytes())
        rows.starts.frombytes(np.cumsum(sizes, dtype=np.int64).tobytes())
        return rows

    def add(self, numbers: Sequence[int]) -> None:
        self.numbers.extend(numbers)
        self.starts.append(len(self.numbers))

    def row(self, index: int) -> array[int]:
        return self.numbers[self.starts[index] : self.starts[index + 1]]

    def take(self, places: Places) -> tuple[Numbers, Places]:
        numbers, starts = self.view()
        sizes = starts[places + 1] - starts[places]
        return numbers[spread(starts[places], sizes)], sizes

    def view(self) -> tuple[Numbers, Places]:
        numbers = np.frombuffer(self.numbers, dtype=np.int32) if self.numbers else np.empty(0, dtype=np.int32)
        return numbers, np.frombuffer(self.starts, dtype=np.int64)


def spread(starts: Places, sizes: Places) -> Places:
    """The places of many stretches, one stretch after the other."""
    shift = starts - (np.cumsum(sizes) - sizes)
    return np.arange(int(sizes.sum()), dtype=np.int64) + np.repeat(shift, sizes)
