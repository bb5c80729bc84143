"""From a table's rows to people by the lists they are on; what isn't deduplicated is refused.

Comes in: a header (an id, then a column a list) and a row a person, whose cells are 0 or 1, or the list's own record id. Goes out: how many
people are on which lists. Names and ids stay behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from harmledger.domain import Overlap, VictimLists
from harmledger.errors import BadInput

T = TypeVar("T")

LEAST_LISTS = 3
"""Of two lists nothing tells whether they depend on one another."""
MOST_LISTS = 6
"""2 to the power of 15 models of pairs; seven lists have two million, and mostly empty overlaps."""
LEAST_SHARED = 7
"""With fewer people on two lists or more, totals are badly biased. Source: Robson and Regier (1964), Sample Size in Petersen Mark–Recapture
Experiments, who ask for seven recaptures."""
SHOWN_CHARS = 40
_ABSENT = frozenset({"", "0"})
_REMEDY = "give a line a person, an id first, then a column a list with 0 or 1 or the list's own record id"


def count_lists(header: Sequence[str], rows: Sequence[Sequence[str]], where: str) -> VictimLists:
    """How many people are on which lists.

    Raises:
        BadInput: fewer than three lists or more than six, a person twice or on no list, one record with two people, a row that is none.
    """
    names = _name_lists(header, where)
    _check_shape(rows, len(header), where)
    _check_once((row[0].strip() for row in rows), "one person's id", where)
    for place, name in enumerate(names, 1):
        _check_list(name, [row[place].strip() for row in rows], where)
    return VictimLists(names=names, overlaps=tuple(_count_overlaps(rows, where)))


def check_overlap(lists: VictimLists, where: str) -> None:
    """Refuse lists that share too few people to tell anything of those on none.

    Raises:
        BadInput: one list shares nobody with any other, or all of them share fewer than seven.
    """
    shared = [overlap for overlap in lists.overlaps if len(overlap.lists) > 1]
    people = sum(overlap.people for overlap in shared)
    if people < LEAST_SHARED:
        raise BadInput(
            f"only {people} of {lists.people} people are on two lists or more, and fewer than {LEAST_SHARED} tell nothing of those on none",
            where,
            "look for more matches among the lists, or say how many are named and no more",
        )
    joined = {place for overlap in shared for place in overlap.lists}
    for place, name in enumerate(lists.names):
        if place not in joined:
            raise BadInput(
                f"the list {_shown(name)} shares nobody with any other, so it tells nothing of those on none",
                where,
                "leave it out, or match it with the others first",
            )


def _name_lists(header: Sequence[str], where: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in header[1:])
    if len(names) < LEAST_LISTS:
        raise BadInput(f"it has {len(names)} lists, and a total needs at least {LEAST_LISTS}", where, _REMEDY)
    if len(names) > MOST_LISTS:
        raise BadInput(
            f"it has {len(names)} lists, and more than {MOST_LISTS} overlap too thinly to be modelled",
            where,
            "join the smallest lists into one",
        )
    if not all(names) or len(set(names)) < len(names):
        raise BadInput("two lists have one name, or one has none", where, "name each column after its list")
    return names


def _check_shape(rows: Sequence[Sequence[str]], columns: int, where: str) -> None:
    if not rows:
        raise BadInput("it names nobody", where, _REMEDY)
    for number, row in _numbered(rows):
        if len(row) != columns:
            raise BadInput(f"line {number} has {len(row)} cells and the header {columns}", where, _REMEDY)
        if not row[0].strip():
            raise BadInput(f"line {number} has no id", where, _REMEDY)


def _check_list(name: str, cells: list[str], where: str) -> None:
    """A column of 0 and 1 says who is on the list; any other holds the list's record ids, each of one person."""
    present = [cell for cell in cells if cell not in _ABSENT]
    if not present:
        raise BadInput(f"nobody is on the list {_shown(name)}", where, "leave it out")
    if set(present) != {"1"}:
        _check_once(cells, f"one record of the list {_shown(name)}", where)


def _check_once(cells: Iterable[str], what: str, where: str) -> None:
    """No value stands in two lines: a person who is there twice would count as two of whom no list shares one."""
    first: dict[str, int] = {}
    for number, cell in _numbered(cells):
        if cell in _ABSENT:
            continue
        if cell in first:
            raise BadInput(
                f"it isn't deduplicated: lines {first[cell]} and {number} have {what}",
                where,
                "find out whether they are one person, and give each person one line",
            )
        first[cell] = number


def _count_overlaps(rows: Sequence[Sequence[str]], where: str) -> Iterator[Overlap]:
    counted: Counter[tuple[int, ...]] = Counter()
    for number, row in _numbered(rows):
        on = tuple(place for place, cell in enumerate(row[1:]) if cell.strip() not in _ABSENT)
        if not on:
            raise BadInput(
                f"line {number} is a person on no list",
                where,
                "leave out whom no list names: that is what is estimated",
            )
        counted[on] += 1
    for on, people in sorted(counted.items()):
        yield Overlap(lists=on, people=people)


def _numbered(rows: Iterable[T]) -> Iterator[tuple[int, T]]:
    """With the number of the line, after the header."""
    return enumerate(rows, 2)


def _shown(name: str) -> str:
    return name if len(name) <= SHOWN_CHARS else f"{name[:SHOWN_CHARS]}…"
