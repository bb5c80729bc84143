"""A row is one line, the same from either database, and comes back as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.prove.row import CellKind, check_cell, digest_row, parse_row, render_key, render_row

KINDS = {"text": CellKind.TEXT, "whole": CellKind.WHOLE, "number": CellKind.NUMBER, "yes": CellKind.YES_NO,
         "day": CellKind.DAY, "moment": CellKind.MOMENT, "bytes": CellKind.BYTES, "json": CellKind.JSON}  # fmt: skip
ROWS = st.fixed_dictionaries({
    "text": st.none() | st.text(),
    "whole": st.none() | st.integers(-(2**62), 2**62),
    "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "yes": st.none() | st.booleans(),
    "day": st.none() | st.dates(),
    "moment": st.none() | st.datetimes(timezones=st.just(UTC)),
    "bytes": st.none() | st.binary(),
    "json": st.dictionaries(st.text(), st.lists(st.integers() | st.text())),
})  # fmt: skip


@given(ROWS)
def test_a_line_comes_back_as_the_row_it_was(row: dict[str, Any]) -> None:
    """Every kind of cell, of any value, survives."""
    line = render_row(row)
    assert parse_row(line, KINDS) == row
    assert "\n" not in line


@given(ROWS, ROWS)
def test_only_the_same_rows_have_the_same_digest(one: dict[str, Any], other: dict[str, Any]) -> None:
    """A digest follows from what is in a row, and not from the order of its columns."""
    assert (digest_row(one) == digest_row(other)) is (render_row(one) == render_row(other))
    assert digest_row(dict(reversed(one.items()))) == digest_row(one)


def test_a_moment_is_the_same_in_any_zone() -> None:
    """What a server gives in another zone is the moment that was kept."""
    there = datetime(2024, 3, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert render_row({"at": there}) == render_row({"at": datetime(2024, 3, 1, 12, tzinfo=UTC)})


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        (CellKind.DAY, "2024-03-01", date(2024, 3, 1)),
        (CellKind.MOMENT, "2024-03-01 12:00:00.000000", datetime(2024, 3, 1, 12, tzinfo=UTC)),
        (CellKind.JSON, '{"a": [1]}', {"a": [1]}),
        (CellKind.YES_NO, 1, True),
        (CellKind.NUMBER, 2, 2.0),
        (CellKind.TEXT, None, None),
    ],
)
def test_cells_are_read_as_sqlite_keeps_them(kind: CellKind, cell: object, read: object) -> None:
    """SQLite keeps days, moments and JSON as text, and numbers as it likes."""
    assert check_cell(cell, kind) == read


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (CellKind.DAY, "2024-02-30"),
        (CellKind.MOMENT, "2024-03-01 12:00:0x"),
        (CellKind.JSON, '{"a": [1}'),
        (CellKind.YES_NO, 2),
        (CellKind.NUMBER, "2"),
        (CellKind.TEXT, b"\xff"),
        (CellKind.WHOLE, 1.5),
        (CellKind.BYTES, "text"),
    ],
)
def test_what_a_column_cannot_hold_is_told(kind: CellKind, cell: object) -> None:
    """SQLite keeps anything in any column; nothing is taken for granted."""
    with pytest.raises(ValueError, match=r"."):
        check_cell(cell, kind)


@pytest.mark.parametrize("line", ["[]", '{"text": null}', "{", '{"other": 1}'])
def test_a_line_of_another_table_is_refused(line: str) -> None:
    """Columns are all there, and no others."""
    with pytest.raises(ValueError, match=r"."):
        parse_row(line, KINDS)


def test_a_key_is_told_in_one_line() -> None:
    """By the cells of the key, in its order."""
    assert render_key({"b": date(2024, 3, 1), "a": "x", "c": 1}, ["a", "b"]) == "x 2024-03-01"
