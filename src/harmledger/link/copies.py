"""Copies of one wire text: reports that share most of their sequences of five words.

Candidates come by MinHash in bands, so the cost grows with the number of reports; each is then checked on the sequences themselves, against the
shorter text, since outlets cut what they copy. A copy belongs to the earliest text that it shares, never to a chain of others.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import Echo
from harmledger.text.wording import find_words

SHINGLE_WORDS = 5
LEAST_SHINGLES = 20
"""Shorter texts say the same by chance."""
COPY_SHARE = 0.6
"""Of the shorter text's sequences: a copy keeps most of them however it is cut. Set by hand: no open set says which reports are copies."""
BANDS, ROWS = 32, 3
"""Texts that share half of all their sequences meet in a band 98 times of 100, a quarter 40 times."""
SEED = 20240229
CROWDED = 200
"""Of one band at most so many earlier texts are looked at: the first ones are the originals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A report's words for comparing."""

    document_id: str
    published: date | None
    text: str


def find_echoes(texts: Sequence[Text]) -> list[Echo]:
    """The copies among the reports, each with its original: the first published, else the first given."""
    order = sorted(range(len(texts)), key=lambda i: (texts[i].published or date.max, i))
    shingles: dict[str, NDArray[np.uint64]] = {}
    bands: defaultdict[tuple[int, bytes], list[str]] = defaultdict(list)
    echoes: list[Echo] = []
    for text in (texts[i] for i in order):
        own = shingle(text.text)
        if own.size < LEAST_SHINGLES or text.document_id in shingles:
            continue
        keys = list(_bands(own))
        met = dict.fromkeys(other for key in keys for other in bands[key][:CROWDED])
        best = max(((_shared(own, shingles[o]), o) for o in met), default=(0.0, ""), key=lambda found: found[0])
        if best[0] >= COPY_SHARE:
            echoes.append(Echo(document_id=text.document_id, original_id=best[1], shared=round(best[0], 3)))
            continue
        shingles[text.document_id] = own
        for key in keys:
            bands[key].append(text.document_id)
    return echoes


def shingle(text: str) -> NDArray[np.uint64]:
    """The hashes of all sequences of five words."""
    words = [word.fold.encode() for word in find_words(text)]
    runs = {zlib.crc32(b" ".join(words[i : i + SHINGLE_WORDS])) for i in range(len(words) - SHINGLE_WORDS + 1)}
    return np.sort(np.fromiter(runs, dtype=np.uint64, count=len(runs)))


def _bands(shingles: NDArray[np.uint64]) -> Iterator[tuple[int, bytes]]:
    """The least of the hashes under many orders, a few of them together: equal in texts that share much."""
    # 64-bit products wrap around, which is what mixes them; the high half is the well-mixed one
    least = ((shingles[:, None] * _FACTORS + _TERMS) >> np.uint64(32)).min(axis=0).reshape(BANDS, ROWS)
    return ((band, row.tobytes()) for band, row in enumerate(least))


def _draw() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The orders, the same on every run."""
    drawn = np.random.default_rng(SEED).integers(1, 2**63, size=(2, BANDS * ROWS), dtype=np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


_FACTORS, _TERMS = _draw()


def _shared(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    return np.intersect1d(a, b, assume_unique=True).size / min(a.size, b.size)


def originals(echoes: Iterable[Echo]) -> dict[str, str]:
    """Of each copy its original."""
    return {echo.document_id: echo.original_id for echo in echoes}
