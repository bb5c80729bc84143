"""Copies of one wire text: reports that share most of their sequences of five words.

Candidates come by MinHash in bands, so the cost grows with the number of reports; each is then checked on the sequences themselves, against the
shorter text, since outlets cut what they copy. A copy belongs to the earliest text that it shares, never to a chain of others.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Echo
from harmledger.text.wording import find_words

Shingles = NDArray[np.uint32]
Bands = NDArray[np.int64]

SHINGLE_WORDS = 5
LEAST_SHINGLES = 20
"""Shorter texts say the same by chance."""
COPY_SHARE = 0.6
"""Of the shorter text's sequences: a copy keeps most of them however it is cut. Set by hand: no open set says which reports are copies."""
BANDS, ROWS = 32, 3
"""Texts that share half of all their sequences meet in a band 98 times of 100, a quarter 40 times."""
SEED = 20240229
LAST = datetime.max.replace(tzinfo=UTC)
NONE: Shingles = np.empty(0, dtype=np.uint32)
CROWDED = 200
"""Of one band at most so many earlier texts are looked at: the first ones are the originals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A report's words for comparing."""

    document_id: str
    published: date | None
    text: str
    fetched: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What is left of a report's text to know its copies by."""

    document_id: str
    published: date | None
    shingles: Shingles
    fetched: datetime | None = None
    """The first time; of reports published on one day the one fetched first comes first."""


def take_print(text: Text) -> Print:
    """The print of a text."""
    shingles = shingle(text.text)
    return Print(document_id=text.document_id, published=text.published, shingles=shingles, fetched=text.fetched)


class Printed(Protocol):
    """A print, wherever its sequences are kept."""

    @property
    def document_id(self) -> str: ...
    @property
    def published(self) -> date | None: ...
    @property
    def fetched(self) -> datetime | None: ...
    @property
    def shingles(self) -> Shingles: ...


def find_copies(prints: Sequence[Printed]) -> list[Echo]:
    """The copies among reports, each with its original: the first published, else the first fetched, else the first given."""
    order = sorted(range(len(prints)), key=lambda i: (prints[i].published or date.max, prints[i].fetched or LAST, i))
    named = {prints[i].document_id: i for i in reversed(order) if prints[i].shingles.size >= LEAST_SHINGLES}
    chosen = [prints[i] for i in order if named.get(prints[i].document_id) == i]
    bands: defaultdict[int, list[Printed]] = defaultdict(list)
    echoes: list[Echo] = []
    for own, keys in zip(chosen, _shared_bands(chosen), strict=True):
        met = {other.document_id: other for key in keys for other in bands[key]}
        shingles = own.shingles if met else NONE
        best = max(
            ((share_of(shingles, o.shingles), o.document_id) for o in met.values()),
            default=(0.0, ""),
            key=lambda found: found[0],
        )
        if best[0] >= COPY_SHARE:
            echoes.append(Echo(document_id=own.document_id, original_id=best[1], shared=round(best[0], 3)))
            continue
        for key in keys:
            if len(bands[key]) < CROWDED:
                bands[key].append(own)
    return echoes


def shingle(text: str) -> Shingles:
    """The hashes of all sequences of five words."""
    words = [word.fold.encode() for word in find_words(text)]
    runs = {zlib.crc32(b" ".join(words[i : i + SHINGLE_WORDS])) for i in range(len(words) - SHINGLE_WORDS + 1)}
    return np.sort(np.fromiter(runs, dtype=np.uint32, count=len(runs)))


def share_of(one: Shingles, other: Shingles) -> float:
    """Which share of the shorter text's sequences stands in the other; nothing of a text too short to have any."""
    shorter = min(one.size, other.size)
    return np.intersect1d(one, other, assume_unique=True).size / shorter if shorter else 0.0


def find_bands(shingles: Shingles) -> Bands:
    """The least of the hashes under many orders, a few of them together: equal in texts that share much. None of a text too short."""
    if shingles.size < LEAST_SHINGLES:
        return np.empty(0, dtype=np.int64)
    # 64-bit products wrap around, which is what mixes them; the high half is the well-mixed one
    hashes = shingles[:, None].astype(np.uint64) * _FACTORS + _TERMS
    least = (hashes >> np.uint64(32)).min(axis=0).reshape(BANDS, ROWS)
    mixed = (least * _MIX).sum(axis=1, dtype=np.uint64) + np.arange(BANDS, dtype=np.uint64)
    return (mixed * _MIX[0]).view(np.int64)


def _shared_bands(prints: Sequence[Printed]) -> Iterator[list[int]]:
    """Of each text the bands that another has too: the only ones worth remembering. Looked for band by band, in some 300 bytes a text."""
    bands = np.empty((BANDS, len(prints)), dtype=np.int64)
    for n, own in enumerate(prints):
        bands[:, n] = find_bands(own.shingles)
    shared = np.empty(bands.shape, dtype=np.bool_)
    for band, own in zip(bands, shared, strict=True):
        order = np.argsort(band)
        same = band[order[1:]] == band[order[:-1]]
        own[order] = np.append(same, False) | np.append(False, same)
    return (bands[shared[:, n], n].tolist() for n in range(len(prints)))


def _draw() -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """The orders, the same on every run."""
    drawn = np.random.default_rng(SEED).integers(1, 2**63, size=(2, BANDS * ROWS), dtype=np.uint64)
    return drawn[0] | np.uint64(1), drawn[1], drawn[0, :ROWS] * np.uint64(2) + np.uint64(1)


_FACTORS, _TERMS, _MIX = _draw()


def originals(echoes: Iterable[Echo]) -> dict[str, str]:
    """Of each copy its original."""
    return {echo.document_id: echo.original_id for echo in echoes}
