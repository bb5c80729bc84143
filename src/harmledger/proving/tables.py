"""The database itself: its schema, its pages, every cell of every row, and what rows name in other tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Table, inspect

from harmledger.domain import Finding
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store.database import current_revision
from harmledger.store.raw_rows import count_rows, find_dangling, find_structural
from harmledger.store.schema import REVISIONS
from harmledger.store.schema_proved import METADATA

_SCHEMA, _PAGES, _CELLS, _REFERENCES = Teller("schema"), Teller("database"), Teller("rows"), Teller("references")


def list_tables() -> Sequence[Table]:
    """All tables of a ledger, those that others name first."""
    return METADATA.sorted_tables


def check_schema(looking: Looking) -> Iterator[Finding]:
    """Whether the tables are those of this version, with the columns that belong to them."""
    where, connection = looking.ledger.where, looking.connection
    if (found := current_revision(connection)) != REVISIONS[-1]:
        yield _SCHEMA.fails(
            "schema", str(found), where, f"this version works on {REVISIONS[-1]}", "open it by any verb"
        )
    seen = inspect(connection)
    there = set(seen.get_table_names())
    for table in list_tables():
        if table.name not in there:
            yield _SCHEMA.fails("table", table.name, where, "it is missing", FROM_BACKUP)
            continue
        columns = {column["name"] for column in seen.get_columns(table.name)}
        for column in sorted({c.name for c in table.columns} ^ columns):
            yield _SCHEMA.fails(
                "column", f"{table.name}.{column}", where, "it is missing, or one too many", FROM_BACKUP
            )


def check_database(looking: Looking) -> Iterator[Finding]:
    """What SQLite itself finds wrong with the file; of PostgreSQL nothing is asked, which watches over its own."""
    for told in find_structural(looking.connection):
        yield _PAGES.fails("database", looking.ledger.where, looking.ledger.where, told.replace("\n", " "), FROM_BACKUP)


def check_cells(looking: Looking) -> Iterator[Finding]:
    """Whether every cell of every row holds what its column may."""
    tables = list_tables()
    for number, table in enumerate(tables):
        looking.watch("rows", number, len(tables))
        walked = 0
        for row in looking.rows(table):
            walked += 1
            if row.broken:
                yield _CELLS.fails("row", row.key, table.name, row.broken, FROM_BACKUP)
        if (counted := count_rows(looking.connection, table)) != walked:
            what = f"an index tells of {counted} rows, and {walked} are there"
            yield _CELLS.fails("table", table.name, looking.ledger.where, what, FROM_BACKUP)


def check_references(looking: Looking) -> Iterator[Finding]:
    """Whether whatever a row names in another table is there."""
    for table in list_tables():
        for column, named, other in find_dangling(looking.connection, table):
            what = f"{table.name}.{column} names it, and {other} hasn't got it"
            yield _REFERENCES.fails("row", named, other, what, FROM_BACKUP)
