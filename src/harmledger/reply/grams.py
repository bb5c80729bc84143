"""A text as numbers: which runs of one to five signs it has, hashed into so many columns, and how it is made.

Comes in: a text. Goes out: columns and how often each occurs. The same on any machine: nothing depends on Python's own hashes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmledger.reply.normal import Plain

COLUMNS = 1 << 15
"""Of 2**13 to 2**17 (`evals/spam.py --columns`) this is the least that measures as the most does."""
LONGEST_GRAM = 5
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
STEPS = (0, 1, 2, 4, 8)
"""Counts are told apart up to these."""

Columns = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """One text's columns, each once and in order, and how often they occur."""

    columns: Columns
    counts: Values


def count_grams(text: str, traits: Sequence[str] = ()) -> Counted:
    """Count the runs of signs in a plain text, its ends marked, and what else is said of it."""
    signs = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    grams = [*_roll(signs), np.array([zlib.crc32(trait.encode()) % COLUMNS for trait in traits], dtype=np.int64)]
    columns, counts = np.unique(np.concatenate(grams), return_counts=True)
    return Counted(columns, counts.astype(np.float64))


def describe(raw: str, plain: Plain) -> list[str]:
    """How a text is made, in words that its letters don't tell: links, hidden signs, mixed scripts, shouting."""
    letters = sum(c.isalpha() for c in raw[: len(plain.text)])
    shouted = sum(c.isupper() for c in raw[: len(plain.text)])
    links = plain.text.count("http") + plain.text.count("www.")
    return [
        f"links {_step(links)}",
        f"hidden {_step(plain.hidden)}",
        f"mixed {_step(plain.mixed)}",
        f"shouted {letters > 20 and shouted > letters / 3}",
    ]


def _step(count: int) -> int:
    return max(step for step in STEPS if step <= count)


def _roll(signs: NDArray[np.uint64]) -> Iterator[Columns]:
    """The column of every run, the shorter runs first; 64-bit products wrap around, on purpose."""
    hashes = np.zeros(signs.size + 1, dtype=np.uint64)
    for length in range(1, min(LONGEST_GRAM, signs.size) + 1):
        hashes = (hashes[:-1] + np.uint64(length)) * MULTIPLIER + signs[length - 1 :]
        mixed = (hashes ^ (hashes >> np.uint64(29))) * MULTIPLIER
        yield (mixed >> np.uint64(40)).astype(np.int64) % COLUMNS
