"""One flipped bit anywhere in the store: `verify` names what holds it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proved import find_failing, make_proved, open_proved
from sqlalchemy import Table

from harmledger.errors import HarmledgerError
from harmledger.prove.row import render_row
from harmledger.proving.tables import list_tables
from harmledger.proving.verify import CHECKS
from harmledger.store.ledger import BLOBS, DATABASE
from harmledger.store.raw_rows import key_names, walk_rows
from harmledger.store.schema_proved import FORGOTTEN, SEALS
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_TERMS
from harmledger.store.seals import ADDED_TO

FLIPS = 24
"""Of bits in the database's file: each is looked at whole."""
QUICK = [
    check.name for check in CHECKS if check.name not in {"shown", "search", "reread", "schema", "blobs", "records"}
]
"""Checks of rows alone, which are held against changed cells by the hundred."""
LISTS = (SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed ledger that is only copied."""
    return make_proved(tmp_path_factory.mktemp("proved"))


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "ledger"))


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def read_all(at: Path) -> dict[str, list[str]]:
    """Every row of every table, as it can be read."""
    ledger = open_proved(at)
    with ledger.reading() as connection:
        read = {t.name: sorted(render_row(row.cells) for row in walk_rows(connection, t)) for t in list_tables()}
    ledger.close()
    return read


def test_a_whole_ledger_holds(copied: Path) -> None:
    """Nothing fails in a ledger that nobody changed: no check cries wolf."""
    assert find_failing(copied) == []


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_flipped_bit_in_kept_bytes_is_named(copied: Path, chance: random.Random) -> None:
    """Whichever bit of whichever kept file is flipped, that file is named by its id and place."""
    paths = sorted((copied / BLOBS).glob("??/*"))
    path = chance.choice(paths)
    bit = chance.randrange(8 * path.stat().st_size)
    flip(path, bit)
    found = find_failing(copied, only=["blobs"])
    flip(path, bit)
    blob = path.parent.name + path.name
    assert [(finding.id, finding.where) for finding in found] == [(blob, f"{BLOBS}/{path.parent.name}/{path.name}")]


def changes(at: Path, table: Table) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Of each column of a table a statement that changes it in the first row, and that row."""
    with closing(sqlite3.connect(at / DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY {", ".join(_quote(table))} LIMIT 1').fetchone()  # noqa: S608  names are the schema's
    for column in table.columns if row else ():
        yield column.name, _changed(row[column.name], 1 << 10 if column.primary_key else 1), dict(row)


def _quote(table: Table) -> list[str]:
    return [f'"{name}"' for name in key_names(table)]


def _changed(value: object, bit: int) -> Any:
    """One bit of a value flipped, as far as its type has bits; of a key such that no other row has it."""
    match value:
        case None:
            return "2001-01-01"
        case int():
            return value ^ bit
        case float():
            return value + 0.125
        case bytes():
            return bytes([value[0] ^ 1, *value[1:]])
        case str() if value:
            return value[:-1] + chr(ord(value[-1]) ^ 1)
        case _:
            return "x"


def change_cell(at: Path, table: Table, column: str, value: object, row: dict[str, Any]) -> None:
    """As somebody does who goes round the ledger, whatever the table allows."""
    keys = key_names(table)
    where = " AND ".join(f'"{name}" = ?' for name in keys)
    with closing(sqlite3.connect(at / DATABASE)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        statement = f'UPDATE "{table.name}" SET "{column}" = ? WHERE {where}'  # noqa: S608  as above
        connection.execute(statement, [value, *(row[name] for name in keys)])
        connection.commit()


@pytest.mark.parametrize("table", [t for t in (*ADDED_TO, SEALS) if t is not FORGOTTEN], ids=lambda table: table.name)
def test_a_changed_cell_of_a_sealed_row_is_named(whole: Path, tmp_path: Path, table: Table) -> None:
    """Whichever column of a sealed table is changed in one row, its table, and its key or an id that it holds, are named."""
    if table.name == "echoes":
        pytest.skip("no report of this ledger is a copy of another")
    tried = 0
    for column, value, row in changes(whole, table):
        at = Path(shutil.copytree(whole, tmp_path / f"{table.name}-{column}"))
        change_cell(at, table, column, value, row)
        named = {str(cell) for cell in row.values()} | {str(value)}
        found = find_failing(at, only=QUICK)
        assert any({finding.id, *finding.id.split(" ")} & named or finding.where == table.name for finding in found), (
            column,
            list(map(str, found)),
        )
        tried += 1
    assert tried == len(table.columns)


@pytest.mark.parametrize("table", LISTS, ids=lambda table: table.name)
def test_a_changed_cell_of_what_lists_show_is_named(whole: Path, tmp_path: Path, table: Table) -> None:
    """What lists show is worked out anew and compared: whichever cell is changed, the incident or the choice is named."""
    for column, value, row in changes(whole, table):
        if (table.name, column) == ("shown_facets", "label"):
            continue  # a label is shown beside what it names, and is no figure
        at = Path(shutil.copytree(whole, tmp_path / f"{table.name}-{column}"))
        change_cell(at, table, column, value, row)
        assert find_failing(at, only=["shown", "rows"]), column


def test_a_row_that_is_taken_away_is_named(whole: Path, tmp_path: Path) -> None:
    """A sealed row that is gone is named by its key."""
    for table in ADDED_TO:
        for _, _, row in list(changes(whole, table))[:1]:
            at = Path(shutil.copytree(whole, tmp_path / table.name))
            keys = key_names(table)
            with closing(sqlite3.connect(at / DATABASE)) as connection:
                where = " AND ".join(f'"{name}" = ?' for name in keys)
                connection.execute(f'DELETE FROM "{table.name}" WHERE {where}', [row[name] for name in keys])  # noqa: S608  as above
                connection.commit()
            key = " ".join(str(row[name]) for name in keys)
            assert (table.name, key) in {(f.where, f.id) for f in find_failing(at, only=["seals"])}


@pytest.mark.parametrize("seed", range(FLIPS))
def test_a_flipped_bit_of_the_database_is_told_or_changes_nothing(whole: Path, tmp_path: Path, seed: int) -> None:
    """A bit of SQLite's file that is flipped either fails, or lies where nothing is read from: every row is as it was."""
    at = Path(shutil.copytree(whole, tmp_path / "ledger"))
    path = at / DATABASE
    flip(path, random.Random(seed).randrange(8 * path.stat().st_size))
    try:
        if find_failing(at):
            return
    except HarmledgerError as e:
        assert str(at) in str(e)  # noqa: PT017  it can't even be opened, and is told by its name
        return
    assert read_all(at) == read_all(whole)
