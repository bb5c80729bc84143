"""Places by name: the packaged gazetteer, and after it whatever gazetteers a user has added to a ledger's folder.

`load_gazetteer()` costs nothing: files are read in place, some microseconds a lookup. What a name in a text means is
decided in `resolve.place`; how the packaged file is made stands in `build`, how others are added in `add`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from harmledger.resources.gazetteer.build import PACKAGED, read_reviewed
from harmledger.resources.gazetteer.entry import Closeness, Entry, Namesake, PlaceKind
from harmledger.resources.gazetteer.index import GazetteerFile

__all__ = [
    "OWN_FILE",
    "Closeness",
    "Entry",
    "Gazetteer",
    "Namesake",
    "PlaceKind",
    "common_words",
    "country_adjectives",
    "load_gazetteer",
]

SPELT_BY_EAR = frozenset(
    "SY IQ YE PS LB JO LY SD SS SO EG SA IL TR IR AF PK TN DZ MA MR ML TD DJ ER ET KW AE OM QA BH".split()
)
"""Countries whose names come from Arabic or by way of it."""
OWN_FILE = "gazetteer.sqlite"
"""In a ledger's folder: the gazetteers that its users added."""


class Gazetteer:
    """Finds places by name in several gazetteer files, those named last first."""

    def __init__(self, gazetteers: Sequence[GazetteerFile]) -> None:
        self._files = tuple(reversed(gazetteers))
        self.find = lru_cache(maxsize=16384)(self._find)
        self.find_by_skeleton = lru_cache(maxsize=4096)(self._find_by_skeleton)

    def _find(self, name: str) -> tuple[Namesake, ...]:
        """The places of that name by spelling or, where none is spelt so, by sound."""
        found = (namesake for file in self._files for namesake in file.find(name))
        return tuple(sorted((n for n in found if _may_sound_so(n)), key=lambda n: -n.closeness))

    def _find_by_skeleton(self, name: str) -> tuple[Namesake, ...]:
        """The places whose names have the same consonants: a last resort, to be held against the country in question."""
        return tuple(found for file in self._files for found in file.find_by_skeleton(name))


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The packaged gazetteer, with the places that were added to a ledger's folder."""
    own = folder / OWN_FILE if folder else None
    added = [GazetteerFile(own)] if own and own.is_file() else []
    return Gazetteer([_packaged(), *added])


def _may_sound_so(namesake: Namesake) -> bool:
    """Spelling varies without end where names are carried over from Arabic; elsewhere a name is spelt as it is."""
    return namesake.closeness is Closeness.SPELLING or namesake.entry.country in SPELT_BY_EAR


@cache
def _packaged() -> GazetteerFile:
    return GazetteerFile(Path(str(files(__package__).joinpath(PACKAGED))), immutable=True)


@cache
def country_adjectives() -> dict[str, str]:
    """The adjectives of countries in lower case ("syrian", "السورية"), each with its country's ISO code."""
    rows = read_reviewed("countries.csv")
    return {word.lower(): row["country"] for row in rows for word in row["adjectives"].split("|") if word}


@cache
def common_words() -> frozenset[str]:
    """Words, in lower case, that some place is called by and that mostly mean something else: "police", "Ahmad"."""
    text = files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
