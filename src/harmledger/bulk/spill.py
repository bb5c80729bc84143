"""What linking holds of very many reports on disk and not in memory: rows of numbers, and prints whose sequences are such rows.

Files have no name and are gone with the process, however it ends.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harmledger.link.columns import Places
from harmledger.link.copies import Shingles

Row = NDArray[Any]
BUFFER = 1_000_000
"""Bytes that are written together."""


class Spill:
    """Rows of whole numbers of one kind, of different lengths, by place; in memory is where each begins, eight bytes a row."""

    def __init__(self, kind: type[np.integer[Any]], folder: Path) -> None:
        self._kind = np.dtype(kind)
        self._file = tempfile.TemporaryFile(dir=folder, buffering=BUFFER)  # noqa: SIM115  closed with the spill
        self._starts = array("q", [0])

    def add(self, numbers: Sequence[int] | Row) -> int:
        """One more row; gives its place."""
        self._file.write(np.asarray(numbers, dtype=self._kind).tobytes())
        self._starts.append(self._starts[-1] + len(numbers))
        return len(self) - 1

    def row(self, index: int) -> Row:
        """One of them."""
        return self._parse(self._read(self._starts[index], self._starts[index + 1]))

    def take(self, places: Places) -> tuple[Row, Places]:
        """The rows at these places, one after the other, and how long each is; neighbours are read together."""
        starts = np.frombuffer(self._starts, dtype=np.int64)
        first = np.flatnonzero(np.append(True, np.diff(places) != 1))[: places.size]
        last = np.append(first[1:], places.size)[: places.size] - 1
        stretches = zip(starts[places[first]].tolist(), starts[places[last] + 1].tolist(), strict=True)
        read = b"".join([self._read(start, end) for start, end in stretches])
        return self._parse(read), self.sizes(places)

    def sizes(self, places: Places) -> Places:
        """How long the rows at these places are."""
        starts = np.frombuffer(self._starts, dtype=np.int64)
        return starts[places + 1] - starts[places]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _parse(self, read: bytes) -> Row:
        return np.frombuffer(read, dtype=self._kind) if read else np.empty(0, dtype=self._kind)

    def _read(self, start: int, end: int) -> bytes:
        self._file.flush()
        at, stop = start * self._kind.itemsize, end * self._kind.itemsize
        parts: list[bytes] = []
        while at < stop:  # the system reads two gigabytes at a time at most
            parts.append(os.pread(self._file.fileno(), stop - at, at))
            at += len(parts[-1])
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class SpiltPrint:
    """A report's print whose sequences are read whenever they are asked for."""

    document_id: str
    published: date | None
    fetched: datetime | None
    spill: Spill
    place: int

    @property
    def shingles(self) -> Shingles:
        """Its sequences."""
        return self.spill.row(self.place)
