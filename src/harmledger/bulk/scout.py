"""How likely a sentence with a word of harm holds a claim: a linear score over its words, word pairs and what stands near a number.

Comes in: a sentence. Goes out: a score, higher the likelier. Learnt from what the engine itself finds (`training/fit_scout.py`), so that a page
whose best sentence promises nothing needn't be read; says nothing of what the claim is.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harmledger.resources.packaged import read_packaged

COLUMNS = 1 << 15
"""Hashed features: more made no difference on 4,000 pages."""
STEM_CHARS = 9
"""Of a word: endings tell nothing."""
NEAR_WORDS = 5
"""How far a word may stand from a number to be taken together with it."""
WEIGHTS = "scout.npz"

_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*")
_NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
    forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens scores several many
    واحد اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر عشرات مئات آلاف عدد""".split()
)
_NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Scout:
    """The weights, and the least score of a page's best sentence that is worth reading the page for."""

    weights: NDArray[np.float32]
    bias: float
    least: float

    def score(self, sentence: str) -> float:
        """How likely it holds a claim, as log odds of the set it was learnt from."""
        return self.bias + float(self.weights[hash_features(sentence)].sum())


def hash_features(sentence: str) -> list[int]:
    """The columns of a sentence's features, ascending, each once."""
    words = [_fold(word) for word in _WORD.findall(sentence)]
    found = set(words)
    last_number = -NEAR_WORDS - 1
    for i, word in enumerate(words):
        if i:
            found.add(f"{words[i - 1]} {word}")
        if i > 1:
            found.add(f"{words[i - 2]} . {word}")
        if word == _NUMBER:
            found.update(f"{near} ~" for near in words[max(0, i - NEAR_WORDS) : i])
            last_number = i
        elif i - last_number <= NEAR_WORDS:
            found.add(f"~ {word}")
    return sorted({zlib.crc32(feature.encode()) % COLUMNS for feature in found})


def _fold(word: str) -> str:
    if word[0].isdigit():
        return _NUMBER
    low = word.lower()
    return _NUMBER if low in _NUMBERS else low[:STEM_CHARS]


@cache
def load_scout() -> Scout:
    """The scout that is packaged."""
    return parse_scout(read_packaged(WEIGHTS))


def parse_scout(content: bytes) -> Scout:
    """The scout of a file's bytes."""
    arrays: Any = np.load(io.BytesIO(content), allow_pickle=False)
    return Scout(arrays["weights"].astype(np.float32), float(arrays["bias"]), float(arrays["least"]))


def render_scout(scout: Scout) -> bytes:
    """The file's bytes: half precision is enough, and most weights are nothing."""
    out = io.BytesIO()
    np.savez_compressed(
        out, weights=scout.weights.astype(np.float16), bias=np.float32(scout.bias), least=np.float32(scout.least)
    )
    return out.getvalue()
