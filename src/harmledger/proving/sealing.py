"""Seals: the digests of rows as they are now, kept so that a later look finds the one that changed.

Only what holds is sealed. Rows that were sealed before and are as they were aren't sealed again, so a seal costs what is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table

from harmledger.domain import Finding
from harmledger.errors import Inconsistent
from harmledger.prove.row import digest_row
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store import Ledger
from harmledger.store.raw_rows import RawRow
from harmledger.store.schema import READINGS
from harmledger.store.schema_replies import REPLIES
from harmledger.store.seals import (
    ADDED_TO,
    CHANGING,
    DIGEST_BYTES,
    Seal,
    add_seal,
    list_seals,
    load_sealed,
    render_digests,
)

_TELL = Teller("seals")
_BY_SEQUENCE = frozenset({"told", "tellings", "linked", READINGS.name})
"""Tables whose key begins with a reading's number."""


def check_seals(looking: Looking) -> Iterator[Finding]:
    """Whether every row that was sealed is as it was."""
    seals = list_seals(looking.connection)
    sealed, lost = load_sealed(seals, looking.ledger.blobs)
    for told in lost:
        own, _, why = told.partition(" ")
        yield _TELL.fails("seal", own, "seals", f"its digests can't be read ({why})", FROM_BACKUP)
    since = f"since it was sealed, last on {seals[-1].made:%Y-%m-%d}" if seals else ""
    if not seals:
        what = "no row is sealed: what has no hash of its own is held to nothing"
        yield _TELL.tells(
            "ledger", looking.ledger.folder.name, "seals", what, "seal it with `harmledger verify --seal`"
        )
    for table in ADDED_TO:
        yield from _compare(looking, table, sealed.get(table.name, {}), since)
    for table in CHANGING:
        for key in _changed(looking, table, sealed.get(table.name, {})):
            what = f"it changed or went {since}, as it may"
            yield _TELL.tells("row", key, table.name, what, "look into the audit if nobody knows of it")


def seal(ledger: Ledger, *, now: datetime) -> Seal | None:
    """Seal what isn't yet; None where all is. To be called when all holds.

    Raises:
        Inconsistent: a row that is sealed already differs from its seal.
    """
    with ledger.reading() as connection:
        looking = Looking(ledger=ledger, connection=connection)
        seals = list_seals(connection)
        sealed, lost = load_sealed(seals, ledger.blobs)
        fresh = [each for table in (*ADDED_TO, *CHANGING) for each in _unsealed(looking, table, sealed)]
    if lost:
        raise Inconsistent("a seal can't be read", lost[0][:64], "see what fails with `harmledger verify`")
    if not fresh:
        return None
    content = render_digests(fresh)
    ledger.keep_bytes(content)
    with ledger.writing() as connection:
        if [each.seal_id for each in list_seals(connection)] != [each.seal_id for each in seals]:
            raise Inconsistent("somebody else sealed meanwhile", str(ledger.folder), "seal again")
        return add_seal(connection, content, len(fresh), now=now)


def _compare(looking: Looking, table: Table, sealed: dict[str, bytes], since: str) -> Iterator[Finding]:
    missing = set(sealed)
    for row in looking.rows(table):
        missing.discard(row.key)
        if row.key in sealed and _digest(row) != sealed[row.key] and not _is_gone(looking, table, row):
            yield _TELL.fails("row", row.key, table.name, f"it was changed {since}", FROM_BACKUP)
    for key in sorted(missing):
        if not _is_gone(looking, table, RawRow(key, {})):
            yield _TELL.fails("row", key, table.name, f"it was taken away {since}", FROM_BACKUP)


def _changed(looking: Looking, table: Table, sealed: dict[str, bytes]) -> Iterator[str]:
    if not sealed:
        return
    now = {_key(table, row): _digest(row) for row in looking.rows(table)}
    yield from (key for key, digest in sealed.items() if key in now and now[key] != digest)
    if table is not REPLIES:
        yield from (key for key in sealed if key not in now)


def _unsealed(looking: Looking, table: Table, sealed: dict[str, dict[str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    known = sealed.get(table.name, {})
    for row in looking.rows(table):
        key, digest = _key(table, row), _digest(row)
        if known.get(key) == digest:
            continue
        if key in known and table in ADDED_TO and not _is_gone(looking, table, row):
            raise Inconsistent("a sealed row was changed", f"{table.name} {key}", "see with `harmledger verify`")
        yield table.name, key, digest


def _key(table: Table, row: RawRow) -> str:
    """A reply's version belongs to its key: another one may say another thing."""
    return f"{row.key} {row.cells['version']}" if table is REPLIES else row.key


def _digest(row: RawRow) -> bytes:
    return digest_row(row.cells)[:DIGEST_BYTES]


def _is_gone(looking: Looking, table: Table, row: RawRow) -> bool:
    """Whether the row is of something that was forgotten, and so lawfully changed or went."""
    gone = looking.gone
    first = row.key.partition(" ")[0]
    if table.name in _BY_SEQUENCE:
        return first.isdecimal() and int(first) in gone.sequences
    named = {*row.key.split(" "), *(str(row.cells.get(name)) for name in _NAMING)}
    return not named.isdisjoint(gone.ids) or not named.isdisjoint(gone.decisions)


_NAMING = ("document_id", "capture_id", "decision_id")
"""Columns by which a row is of a document, of one of its captures, or of a decision about it."""
