"""Gazetteer files: SQLite, one row a place and one row for each key that finds it. Nothing here is about words in a text.

A file is read as it lies: nothing is loaded at start, a lookup costs some microseconds, and several processes may read it
at once. The packaged file is opened as immutable, so it may lie on a read-only disk. A connection belongs to the process
and thread that opened it: after a fork, or in another thread, a new one is opened.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from harmledger.errors import SourceFailed
from harmledger.resources.gazetteer.entry import Closeness, Entry, Namesake, PlaceKind
from harmledger.text.transliterate import fold_name, skeleton_key, skeleton_of, sound_key

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
  place INTEGER PRIMARY KEY, gazetteer TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, country TEXT, admin1 TEXT,
  lat INTEGER NOT NULL, lon INTEGER NOT NULL, kind INTEGER NOT NULL, population INTEGER NOT NULL, radius_m INTEGER
);
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name (key TEXT, place INTEGER, folds TEXT NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skeleton (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
"""A source is a file that was added, with the rows it gave. Degrees are stored as whole hundred-thousandths (about a metre); `folds` are a key's spellings, one a line."""
FORMAT = "1"
OWN_FILE = "gazetteer.sqlite"
"""In a ledger's folder: the gazetteers that its users added."""
SPELT_BY_EAR = frozenset(
    "SY IQ YE PS LB JO LY SD SS SO EG SA IL TR IR AF PK TN DZ MA MR ML TD DJ ER ET KW AE OM QA BH".split()
)
"""Countries whose names come from Arabic or by way of it: there spelling varies without end, elsewhere hardly."""
WAIT_S = 60
"""How long a writer waits for another to be done."""
_REMEDY = "give a folder that can be written in, or remove the damaged file"
MICRO = 100_000
MIN_SKELETON = 3
"""Names of fewer consonants have too many namesakes to be known by these alone."""
_BY_NAME = """
SELECT gazetteer, id, p.name, country, admin1, lat, lon, kind, population, radius_m, folds
FROM name n JOIN place p USING (place) WHERE n.key = ? ORDER BY population DESC, place LIMIT 64"""
_BY_SKELETON = """
SELECT gazetteer, id, p.name, country, admin1, lat, lon, kind, population, radius_m
FROM skeleton s JOIN place p USING (place) WHERE s.key = ? ORDER BY population DESC, place LIMIT 64"""
"""There are hundreds of San Josés: beyond the 64 most peopled no report means them without saying where."""


class GazetteerFile:
    """One gazetteer file, open for reading. Raises SourceFailed at the first lookup if it is no gazetteer."""

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        self.path = path
        self._immutable = immutable
        self._open = threading.local()

    def find(self, name: str) -> Iterator[Namesake]:
        """The places of that name, by spelling or sound, the most peopled first."""
        key, fold = sound_key(name), fold_name(name)
        for *columns, folds in self._rows(_BY_NAME, key) if key else ():
            close = Closeness.SPELLING if fold in folds.split("\n") else Closeness.SOUND
            namesake = Namesake(entry=_entry(columns), closeness=close)
            if close is Closeness.SPELLING or namesake.entry.country in SPELT_BY_EAR:
                yield namesake

    def find_by_skeleton(self, name: str) -> Iterator[Namesake]:
        """The places whose names have the same consonants, if these are enough to tell."""
        key = skeleton_key(name)
        for columns in self._rows(_BY_SKELETON, key) if len(key) >= MIN_SKELETON else ():
            yield Namesake(entry=_entry(columns), closeness=Closeness.SKELETON)

    def _rows(self, query: str, key: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(query, (key,)).fetchall()
        except sqlite3.Error as error:
            raise SourceFailed(
                f"no gazetteer can be read from it ({error})", str(self.path), "add its source anew"
            ) from error

    def _connection(self) -> sqlite3.Connection:
        if getattr(self._open, "process", None) != os.getpid():
            mode = "mode=ro&immutable=1" if self._immutable else "mode=ro"
            self._open.connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?{mode}", uri=True)
            self._open.process = os.getpid()
        return self._open.connection


class GazetteerWriter:
    """Writes places into a new or existing gazetteer file; the caller commits by leaving the `with` block without error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source: str | None = None

    def __enter__(self) -> Self:
        try:
            self._connection = sqlite3.connect(self._path, isolation_level=None, timeout=WAIT_S)
            self._connection.executescript(SCHEMA)
            self._connection.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (FORMAT,))
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise SourceFailed(f"no gazetteer can be written there ({error})", str(self._path), _REMEDY) from error
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        with closing(self._connection):
            if self._source and not kind:
                self._connection.execute("UPDATE source SET last = ? WHERE name = ?", (self._last(), self._source))
            self._connection.execute("ROLLBACK" if kind else "COMMIT")

    def begin(self, source: str) -> None:
        """All that is added from here on is from that source; what it gave before is dropped."""
        before = self._connection.execute("SELECT first, last FROM source WHERE name = ?", (source,)).fetchone()
        if before:
            self._connection.execute("DELETE FROM name WHERE place BETWEEN ? AND ?", before)
            self._connection.execute("DELETE FROM skeleton WHERE place BETWEEN ? AND ?", before)
            self._connection.execute("DELETE FROM place WHERE place BETWEEN ? AND ?", before)
        first = self._last() + 1
        self._connection.execute("INSERT OR REPLACE INTO source VALUES (?,?,?)", (source, first, first))
        self._source = source

    def _last(self) -> int:
        rows = self._connection.execute("SELECT max(place) FROM place UNION SELECT max(last) FROM source").fetchall()
        return max(row[0] or 0 for row in rows)

    def add(self, entry: Entry, names: Iterable[str], *, by_skeleton: bool) -> None:
        """Keep one place with all its names; `by_skeleton` lets its consonants find it too."""
        lat, lon = round(entry.lat * MICRO), round(entry.lon * MICRO)
        row = (entry.gazetteer, entry.id, entry.name, entry.country, entry.admin1, lat, lon, int(entry.kind))
        place = self._connection.execute(
            "INSERT INTO place VALUES (NULL,?,?,?,?,?,?,?,?,?,?)", (*row, entry.population, entry.radius_m)
        ).lastrowid
        folds: dict[str, set[str]] = {}
        for name in (entry.name, *names):
            folds.setdefault(sound_key(name), set()).add(fold_name(name))
        folds.pop("", None)
        rows = [(key, place, "\n".join(sorted(spellings))) for key, spellings in folds.items()]
        self._connection.executemany("INSERT INTO name VALUES (?,?,?)", rows)
        if by_skeleton:
            keys = {skeleton_of(key) for key in folds}
            short = [(key, place) for key in keys if len(key) >= MIN_SKELETON]
            self._connection.executemany("INSERT INTO skeleton VALUES (?,?)", short)

    def note(self, key: str, value: str) -> None:
        """Write down a fact about the file itself: source, licence, date."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (key, value))


def compact(path: Path) -> None:
    """Give back the room that a gazetteer file doesn't use."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


def _entry(columns: Sequence[Any]) -> Entry:
    gazetteer, id_, name, country, admin1, lat, lon, kind, population, radius_m = columns
    return Entry(
        gazetteer=gazetteer, id=id_, name=name, country=country, admin1=admin1, lat=lat / MICRO, lon=lon / MICRO,
        kind=PlaceKind(kind), population=population, radius_m=radius_m,
    )  # fmt: skip
