"""Word vectors in blocks of 4-bit numbers: a quarter of the size of 16-bit ones, unpacked for the pieces of one passage.

A block holds 32 numbers of a vector as a scale and 32 nibbles n: each number is scale × (n − 8). The first sixteen stand in the
low halves of the bytes, the others in the high halves (the layout known as Q4_0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_ZERO = 8
"""The nibble that stands for nought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """Scales (pieces × blocks) and nibbles (pieces × blocks × 16) of all pieces."""

    scales: NDArray[np.float16]
    nibbles: NDArray[np.uint8]

    def unpack(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of pieces, a row each."""
        halves = self.nibbles[ids]
        numbers = np.concatenate([halves & 15, halves >> 4], -1).astype(np.float32) - _ZERO
        return (numbers * self.scales[ids].astype(np.float32)[..., None]).reshape(len(ids), -1)

    @classmethod
    def pack(cls, vectors: NDArray[np.float32]) -> WordVectors:
        """The nearest vectors that blocks can hold: the largest number of a block is met exactly."""
        blocks = vectors.reshape(len(vectors), -1, BLOCK)
        largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)
        scales = (largest / -_ZERO).astype(np.float16)
        safe = np.where(scales == 0, 1, scales).astype(np.float32)
        numbers = np.clip(np.rint(blocks / safe) + _ZERO, 0, 15).astype(np.uint8)
        half = BLOCK // 2
        nibbles = (numbers[..., :half] | numbers[..., half:] << 4).astype(np.uint8)
        return cls(scales=scales[..., 0], nibbles=nibbles)
