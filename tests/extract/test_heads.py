"""The heads' own arithmetic: what tags, beliefs and pointers come to."""

from __future__ import annotations

import math

import numpy as np
import pytest

from harmledger.extract.heads import _gelu, find_counted, read_pointer
from harmledger.extract.labels import TAGS


def tags(*rows: str) -> np.ndarray:
    """Probabilities that say O(utside), I(nside) or F(irst) for each piece."""
    made = np.full((len(rows), TAGS), 0.02)
    for k, row in enumerate(rows):
        made[k, {"O": 0, "I": 1, "F": 2}[row]] = 0.8
    return made


@pytest.mark.parametrize(
    ("rows", "core", "spans"),
    [
        ("OFIIO", 0, [(1, 3)]),
        ("OFIFI", 0, [(1, 2), (3, 4)]),
        ("FIOFI", 2, [(3, 4)]),
        ("OIIO", 0, []),
        ("OOF", 0, [(2, 2)]),
    ],
)
def test_tags_make_spans(rows: str, core: int, spans: list[tuple[int, int]]) -> None:
    """A span begins with a first piece in the core and runs on over inner ones; inner ones alone make none."""
    assert [(c.first, c.last) for c in find_counted(tags(*rows), core, 0.5)] == spans


def test_a_pointer_that_says_not_stated_points_nowhere() -> None:
    """Where "not stated" is likelier than all else, nothing is pointed at, with that belief."""
    pointed = read_pointer(np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0]), np.array([0, 0]))
    assert pointed.pieces is None
    assert pointed.belief == pytest.approx(0.7)


def test_a_pointer_stays_in_its_sentence() -> None:
    """The best end after the start counts, but no end in another sentence."""
    starts, ends = np.array([0.1, 0.7, 0.1, 0.05, 0.05]), np.array([9.0, 1.0, 2.0, 5.0])
    assert read_pointer(starts, ends, np.array([0, 1, 1, 2])).pieces == (1, 2)


def test_gelu_is_the_exact_one() -> None:
    """The approximation is as near as float32 can tell."""
    x = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    assert np.allclose(_gelu(x), exact, atol=1e-6)
