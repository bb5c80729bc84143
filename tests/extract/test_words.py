"""Word vectors in blocks of 4-bit numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harmledger.extract.words import BLOCK, WordVectors

VECTORS = arrays(np.float32, (3, 2 * BLOCK), elements=st.floats(-2, 2, width=16))


@given(VECTORS)
def test_unpacked_numbers_are_near_the_packed_ones(vectors: np.ndarray) -> None:
    """No number is off by more than the step of its block, an eighth of the block's largest."""
    unpacked = WordVectors.pack(vectors).unpack(np.arange(3))
    steps = np.abs(vectors.reshape(3, -1, BLOCK)).max(-1, keepdims=True) / 8
    off = np.abs(unpacked - vectors).reshape(3, -1, BLOCK)
    assert (off <= steps * 1.01 + 1e-6).all()


@given(VECTORS)
def test_packing_twice_changes_nothing(vectors: np.ndarray) -> None:
    """What has been packed once is packed exactly: training and shipping see the same vectors."""
    once = WordVectors.pack(vectors).unpack(np.arange(3))
    assert np.allclose(WordVectors.pack(once).unpack(np.arange(3)), once, atol=1e-3, rtol=1e-2)


def test_rows_come_in_the_order_asked_for() -> None:
    """Pieces give their own vectors, in order and as often as they are asked for."""
    words = WordVectors.pack(np.arange(4 * BLOCK, dtype=np.float32).reshape(4, BLOCK))
    assert np.array_equal(words.unpack(np.array([2, 0, 2])), words.unpack(np.arange(4))[[2, 0, 2]])
