"""The log of what was forgotten: tombstones, each naming the one before by its hash; what is gone, and what may not come in again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, func, insert, select

from harmledger.domain import Forgotten, Held
from harmledger.ids import forgotten_id, plain
from harmledger.prove.ids import START
from harmledger.store.schema_proved import FORGOTTEN

DOCUMENT, LIFTED = "document", "lifted"
STONE = "forgotten"
"""Stands in addresses of what was forgotten, behind the host."""
CHAINED = ("before", "kind", "subject", "basis", "reason", "who", "when", "held")
"""What a tombstone's hash is made of, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """All that tombstones stand for."""

    ids: frozenset[str] = frozenset()
    """Of whatever lost its words or its row."""
    sequences: frozenset[int] = frozenset()
    decisions: dict[str, str] = field(default_factory=dict[str, str])
    """Of each decision that lost words the hash of what is left."""
    blobs: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()
    """Documents that may come in again, with their captures and bytes."""


def add_forgotten(
    connection: Connection, kind: str, subject: str, *, said: dict[str, str], held: Held, now: datetime
) -> Forgotten:
    """Keep a tombstone; `said`: basis, reason and who."""
    last = connection.execute(select(FORGOTTEN).order_by(FORGOTTEN.c.sequence.desc()).limit(1)).mappings().first()
    row: dict[str, Any] = {
        "before": last["forgotten_id"] if last else START,
        "kind": kind,
        "subject": subject,
        **said,
        "when": now.isoformat(),
        "held": json.dumps(plain(held), sort_keys=True),
    }
    row["forgotten_id"] = hash_forgotten(row)
    connection.execute(insert(FORGOTTEN), {**row, "sequence": (last["sequence"] if last else 0) + 1})
    return parse_forgotten(row)


def hash_forgotten(row: Any) -> str:
    """The id that a tombstone's columns make."""
    return forgotten_id(*(row[name] for name in CHAINED))


def list_forgotten(connection: Connection) -> list[Forgotten]:
    """All tombstones, in order."""
    return [parse_forgotten(row) for row in connection.execute(_IN_ORDER).mappings()]


def find_tombstone(connection: Connection, subject: str) -> Forgotten | None:
    """The last tombstone of a document or a victim; None where there is none, or where it was lifted."""
    of = _IN_ORDER.where(FORGOTTEN.c.subject == subject)
    found = [parse_forgotten(row) for row in connection.execute(of).mappings()]
    return found[-1] if found and found[-1].kind != LIFTED else None


def find_barred(connection: Connection, document: str, text: str | None) -> Forgotten | None:
    """The tombstone for which a document may not come in again: its own, or that of one with the same clean text."""
    if not connection.execute(select(func.count()).select_from(FORGOTTEN)).scalar_one():
        return None
    if own := find_tombstone(connection, document):
        return own
    stones = {stone.subject: stone for stone in list_forgotten(connection)}
    return next((s for s in stones.values() if s.kind == DOCUMENT and text in s.held.texts), None)


def strip_source(source: str, capture: str) -> str:
    """Of an address its host, of a file nothing; and the beginning of the capture's id, by which it is told apart."""
    parts = urlsplit(source) if source.startswith(("http://", "https://")) else None
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/" if parts else ""
    return f"{host}#{STONE}-{capture[:10]}"


def load_gone(connection: Connection) -> Gone:
    """What tombstones stand for, all together."""
    stones = list_forgotten(connection)
    last = {stone.subject: stone.kind for stone in stones}
    held = [stone.held for stone in stones]
    named = ("documents", "captures", "texts", "readings", "claims", "statements", "entered", "blobs")
    return Gone(
        ids=frozenset(each for h in held for name in named for each in getattr(h, name)),
        sequences=frozenset(each for h in held for each in h.sequences),
        decisions={decision: left for h in held for decision, left in h.decisions},
        blobs=frozenset(each for h in held for each in h.blobs),
        lifted=frozenset(
            each
            for stone in stones
            if last[stone.subject] == LIFTED
            for each in (stone.subject, *stone.held.captures, *stone.held.blobs)
        ),
    )


def parse_forgotten(row: RowMapping | dict[str, Any]) -> Forgotten:
    """A row as a tombstone."""
    held: dict[str, Any] = json.loads(row["held"])
    pairs = tuple((str(decision), str(left)) for decision, left in held.pop("decisions"))
    values = {name: row[name] for name in ("forgotten_id", "before", "kind", "subject", "basis", "reason", "who")}
    lists = {name: tuple(ids) for name, ids in held.items()}
    return Forgotten(**values, when=datetime.fromisoformat(row["when"]), held=Held(**lists, decisions=pairs))


_IN_ORDER = select(FORGOTTEN).order_by(FORGOTTEN.c.sequence)
