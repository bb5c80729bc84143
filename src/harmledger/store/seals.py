"""Seals: digests of rows that have no hash of their own, kept as a blob each, in a log whose rows name the one before.

A seal holds the rows that no earlier one holds, and those that lawfully changed since. Of a row the last seal counts.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from harmledger.errors import HarmledgerError
from harmledger.ids import document_id, seal_id
from harmledger.prove.ids import START
from harmledger.store import schema as record
from harmledger.store import schema_accounts as accounts
from harmledger.store import schema_fetched as fetched
from harmledger.store import schema_proved as proved
from harmledger.store import schema_replies as replies
from harmledger.store import schema_stamp as stamp
from harmledger.store.blobs import Blobs
from harmledger.store.schema_proved import SEALS

CHAINED = ("before", "made", "rows", "content_id")
"""What a seal's hash is made of, in this order."""
DIGEST_BYTES = 16
"""Of SHA-256: enough that no other row has them by chance; who can change rows at will can make seals as well."""
PACKING = 1
"""Digests are chance, and hardly become smaller."""
ADDED_TO: Sequence[Table] = (
    record.DOCUMENTS, record.CAPTURES, record.TEXTS, record.READINGS, record.CLAIMS, record.STATEMENTS, record.DROPPED,
    record.REFUSALS, record.REFERENCES, record.RECORDED, record.LINKINGS, record.INCIDENTS, record.INCIDENT_CLAIMS,
    record.INCIDENT_POINTERS, record.LINKS, record.ECHOES, record.DECISIONS, record.ENTERED, record.VICTIMS,
    record.TOLD, record.TELLINGS, record.LINKED, record.WITHHELD, record.CHANGES,
    fetched.PROVENANCES, fetched.FETCHES, accounts.AUDIT, proved.FORGOTTEN, stamp.STAMP_ROOTS, stamp.STAMP_LEAVES,
)  # fmt: skip
"""Tables whose rows are only ever added: one that differs from its seal, or is missing, was changed."""
CHANGING: Sequence[Table] = (
    accounts.ACCOUNTS, accounts.PASSKEYS, accounts.GROUPS, accounts.MEMBERSHIPS, accounts.DOCUMENT_GROUPS,
    replies.REPLIERS, replies.REPLIER_IDENTITIES, replies.REPLIES, replies.REPLY_EVENTS, replies.REPLY_VERDICTS,
    replies.REPLY_CREDITS, stamp.STAMPS,
)  # fmt: skip
"""Tables whose rows may lawfully change or go: what differs from its seal is told, and proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal of the log."""

    seal_id: str
    before: str
    made: datetime
    rows: int
    content_id: str


def list_seals(connection: Connection) -> list[Seal]:
    """All seals, in order."""
    rows = connection.execute(select(SEALS).order_by(SEALS.c.sequence)).mappings()
    return [_seal(row) for row in rows]


def load_sealed(seals: Iterable[Seal], blobs: Blobs) -> tuple[dict[str, dict[str, bytes]], list[str]]:
    """Of each table its sealed rows' digests by key, and a sentence for each seal whose digests are lost."""
    sealed: dict[str, dict[str, bytes]] = {}
    lost: list[str] = []
    for seal in seals:
        try:
            for table, key, digest in _parse(blobs.get(seal.content_id)):
                sealed.setdefault(table, {})[key] = digest
        except (HarmledgerError, ValueError, OSError) as e:
            lost.append(f"{seal.seal_id} {e}")
    return sealed, lost


def add_seal(connection: Connection, content: bytes, rows: int, *, now: datetime) -> Seal:
    """Keep a seal whose digests lie in the blobs already."""
    before = list_seals(connection)
    row: dict[str, Any] = {
        "before": before[-1].seal_id if before else START,
        "made": now.isoformat(),
        "rows": rows,
        "content_id": document_id(content),
    }
    row["seal_id"] = hash_seal(row)
    connection.execute(insert(SEALS), {**row, "sequence": len(before) + 1})
    return _seal(row)


def hash_seal(row: Mapping[Any, Any]) -> str:
    """The id that a seal's columns make."""
    return seal_id(*(row[name] for name in CHAINED))


def render_digests(rows: Iterable[tuple[str, str, bytes]]) -> bytes:
    """Table, key and digest of rows, as a seal's blob holds them."""
    lines = "".join(f"{table}\t{key}\t{digest.hex()}\n" for table, key, digest in rows)
    return gzip.compress(lines.encode(), PACKING, mtime=0)


def _parse(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    for line in gzip.decompress(content).decode().splitlines():
        table, key, digest = line.split("\t")
        yield table, key, bytes.fromhex(digest)


def _seal(row: Any) -> Seal:
    values = {name: row[name] for name in ("seal_id", "before", "rows", "content_id")}
    return Seal(**values, made=datetime.fromisoformat(row["made"]))
