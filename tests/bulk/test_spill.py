"""Rows that lie on disk come back as they were put there, by themselves or several together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.bulk.spill import Spill

ROWS = st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=8), max_size=12)


@given(ROWS, st.data())
def test_rows_come_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[int]], data: st.DataObject) -> None:
    """Whichever are asked for, in whatever order, and more may be added after."""
    spill = Spill(np.int32, tmp_path_factory.getbasetemp())
    for n, row in enumerate(rows):
        assert spill.add(row) == n
        assert spill.row(n).tolist() == row
    wanted = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20)) if rows else []
    numbers, sizes = spill.take(np.array(wanted, dtype=np.int64))
    assert numbers.tolist() == [number for n in wanted for number in rows[n]]
    assert sizes.tolist() == [len(rows[n]) for n in wanted]
    assert len(spill) == len(rows)


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """The file has no name while it is there."""
    spill = Spill(np.uint32, tmp_path)
    spill.add([1, 2, 3])
    assert not list(tmp_path.iterdir())
