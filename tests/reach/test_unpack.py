"""A body is unpacked to what was packed, or given up before it is more than it may be."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import FetchOutcome
from harmledger.reach import Bounds, Stopped, unpack

BOUNDS = Bounds(most_bytes=5_000_000)
PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "identity": bytes, "": bytes}


@given(st.binary(max_size=5000), st.lists(st.sampled_from([*PACKERS]), max_size=2))
def test_what_is_packed_comes_back(content: bytes, codings: list[str]) -> None:
    """By any of the codings that are asked for, one over another."""
    payload = content
    for coding in codings:
        payload = PACKERS[coding](payload)
    assert unpack(payload, ", ".join(codings), BOUNDS) == content


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
def test_rubbish_breaks_nothing(payload: bytes, codings: str) -> None:
    """It is unpacked, or told as garbled."""
    try:
        unpack(payload, codings, BOUNDS)
    except Stopped as e:
        assert e.outcome in {FetchOutcome.GARBLED, FetchOutcome.BOMB}  # noqa: PT017  either is right


@given(st.integers(1, 200))
def test_what_is_cut_off_is_told(cut: int) -> None:
    """At whatever place, unless nothing is left."""
    packed = gzip.compress(b"Two people were killed, a medic said. " * 20)
    with pytest.raises(Stopped, match=r"ends before|can't be unpacked"):
        unpack(packed[: max(1, len(packed) - cut)], "gzip", BOUNDS)


def test_a_bomb_is_given_up_early() -> None:
    """A hundred megabytes in a hundred kilobytes takes no more memory than a page may have."""
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(Stopped, match=r"200 times|more than") as caught:
        unpack(bomb, "gzip", BOUNDS)
    assert caught.value.outcome in {FetchOutcome.BOMB, FetchOutcome.TOO_LARGE}
    assert tracemalloc.get_traced_memory()[1] < 4 * BOUNDS.most_bytes
    tracemalloc.stop()
