"""Whether two replies say the same: hashes of words in a row, of which copies share most.

Comes in: a text. Goes out: a few numbers, the same on every machine; they are kept for a week beside the reply, and tell nobody what it says.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import timedelta

WORDS_IN_A_ROW = 3
MOST_SHINGLES = 16
"""The least of its hashes stand for a text: of two texts that share nine of ten rows of words, they share about as many."""
SHARED = 0.7
"""From this share of its shingles on a text is a copy. A word changed in a reply of thirty leaves nine tenths, another reply of the same kind next
to none; set by what `tests/reply/test_copies.py` writes, not measured on others' replies."""
WITHIN = timedelta(days=7)


def shingle(text: str) -> frozenset[int]:
    """The least hashes of a text's rows of words; of one with few words, the hash of all."""
    words = fold_words(text)
    rows = [words[at : at + WORDS_IN_A_ROW] for at in range(max(1, len(words) - WORDS_IN_A_ROW + 1))]
    return frozenset(sorted({_hash(" ".join(row)) for row in rows})[:MOST_SHINGLES])


def least_shared(shingles: frozenset[int]) -> int:
    """How many of a text's shingles a copy shares at the least."""
    return max(1, -int(-len(shingles) * SHARED // 1))


def fold_words(text: str) -> list[str]:
    """Its words as they are compared: without case, accents, signs that nobody sees, and what parts words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (each for each in plain if unicodedata.category(each) not in {"Mn", "Me", "Cf", "Cc"} or each.isspace())
    return "".join(each if each.isalnum() else " " for each in seen).split()


def _hash(row: str) -> int:
    digest = hashlib.blake2b(row.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
