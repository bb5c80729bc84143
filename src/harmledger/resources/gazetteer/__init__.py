"""Places by name: the packaged gazetteer, and before it whatever gazetteers a user has added to a ledger's folder.

`load_gazetteer()` costs nothing: files are read in place, some microseconds a lookup. What a name in a text means is
decided in `resolve.place`; how the packaged file is made stands in `build`, how others are added in `add`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from harmledger.resources.gazetteer.entry import Closeness, Entry, Namesake, PlaceKind
from harmledger.resources.gazetteer.index import OWN_FILE, GazetteerFile
from harmledger.resources.gazetteer.reviewed import AT_WAR, PACKAGED, common_words, country_adjectives, read_reviewed

__all__ = [
    "AT_WAR",
    "OWN_FILE",
    "Closeness",
    "Entry",
    "Gazetteer",
    "Namesake",
    "PlaceKind",
    "common_words",
    "country_adjectives",
    "load_gazetteer",
    "read_reviewed",
]


class Gazetteer:
    """Finds places by name in several gazetteer files; a place that two of them have is the earlier one's."""

    def __init__(self, gazetteers: Sequence[GazetteerFile]) -> None:
        self._files = tuple(gazetteers)
        self._find: Callable[[str], tuple[Namesake, ...]] = lru_cache(maxsize=16384)(self._look_up)
        self._find_by_skeleton: Callable[[str], tuple[Namesake, ...]] = lru_cache(maxsize=4096)(self._look_up_skeleton)

    def find(self, name: str) -> tuple[Namesake, ...]:
        """The places of that name, those spelt so first, then those that only sound so."""
        return self._find(name)

    def find_by_skeleton(self, name: str) -> tuple[Namesake, ...]:
        """The places whose names have the same consonants: a last resort, to be held against the country in question."""
        return self._find_by_skeleton(name)

    def _look_up(self, name: str) -> tuple[Namesake, ...]:
        found = _distinct(namesake for file in self._files for namesake in file.find(name))
        return tuple(sorted(found, key=lambda namesake: -namesake.closeness))

    def _look_up_skeleton(self, name: str) -> tuple[Namesake, ...]:
        return tuple(_distinct(namesake for file in self._files for namesake in file.find_by_skeleton(name)))


def _distinct(namesakes: Iterable[Namesake]) -> Iterator[Namesake]:
    seen: set[tuple[str, str]] = set()
    for namesake in namesakes:
        identity = (namesake.entry.gazetteer, namesake.entry.id)
        if identity not in seen:
            seen.add(identity)
            yield namesake


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The packaged gazetteer, and before it the places that were added to a ledger's folder."""
    own = folder / OWN_FILE if folder else None
    added = [GazetteerFile(own)] if own and own.is_file() else []
    return Gazetteer([*added, _packaged()])


@cache
def _packaged() -> GazetteerFile:
    return GazetteerFile(Path(str(files("harmledger.resources.gazetteer").joinpath(PACKAGED))), immutable=True)
