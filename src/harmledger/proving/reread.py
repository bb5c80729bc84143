"""Claims against the engine that read them: kept texts are read again, where this is the engine and version that read them.

What another version read can't be read again here, and is told so. Texts are taken as they were cleaned then.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from harmledger.domain import Document, DroppedPart, Finding, Part, PartRole, Published, PublishedFrom
from harmledger.errors import HarmledgerError
from harmledger.pipeline import Reader, load_reader
from harmledger.prove.row import Cells
from harmledger.proving.looking import Looking, Teller
from harmledger.resolve.claims import resolve_reading
from harmledger.store.schema import CLAIMS, READINGS

_TELL = Teller("reread")
_REMOTE = frozenset({"llm"})
"""Engines that ask somebody else, who may answer otherwise each time."""


def check_reread(looking: Looking) -> Iterator[Finding]:
    """Whether this engine reads the same claims in the same texts again: in all, or in as many as are asked for, drawn by chance."""
    if looking.reread is None:
        return
    gone = looking.gone
    readings = [r.cells for r in looking.rows(READINGS) if not r.broken and r.cells["reading_id"] not in gone.ids]
    engines = Counter((cells["engine"], cells["version"]) for cells in readings)
    readers: dict[tuple[str, str], Reader] = {}
    for (engine, version), times in sorted(engines.items()):
        reader = _load(engine, looking)
        if isinstance(reader, Reader) and reader.engine.by.version == version:
            readers[engine, version] = reader
        else:
            here = f"; here is {reader.engine.by.version}" if isinstance(reader, Reader) else ""
            what = f"{times} readings by it can't be read again here{here}"
            yield _TELL.tells("engine", f"{engine} {version}", READINGS.name, what, "read them again by that version")
    mine = [cells for cells in readings if (cells["engine"], cells["version"]) in readers]
    chosen = mine if not looking.reread else random.sample(mine, min(looking.reread, len(mine)))
    for number, cells in enumerate(chosen):
        looking.watch("reread", number, len(chosen))
        yield from _reread(looking, cells, readers[cells["engine"], cells["version"]])


def _load(engine: str, looking: Looking) -> Reader | None:
    if engine in _REMOTE:
        return None
    try:
        return load_reader(engine, looking.ledger.folder)
    except HarmledgerError:
        return None


def _reread(looking: Looking, cells: Cells, reader: Reader) -> Iterator[Finding]:
    reading = cells["reading_id"]
    text = looking.texts.get(cells["text_id"])
    if text is None:
        return
    before = set(looking.connection.execute(select(CLAIMS.c.claim_id).where(CLAIMS.c.reading_id == reading)).scalars())
    document = parse_document(cells["record"], text)
    anew = resolve_reading(document, reader.engine.extract(document), registry=reader.registry, places=reader.places)
    now = {claim.claim_id for claim in anew.claims}
    by = f"reading {reading}"
    for claim in sorted(before - now):
        what = "the engine that read it doesn't read it again in the same text"
        yield _TELL.fails("claim", claim, by, what, "look whether the reading, the model or the machine is another")
    for claim in sorted(now - before):
        what = "the engine that read its text reads it now, and didn't then"
        yield _TELL.fails("claim", claim, by, what, "look whether the reading, the model or the machine is another")


def parse_document(record: Mapping[str, Any], text: str) -> Document:
    """A kept document's record as the engine was given it; where it came from is no matter to engines."""
    parts: Sequence[Mapping[str, Any]] = record["parts"]
    basis = record["published_from"]
    days = {
        name: day and date.fromisoformat(day)
        for name, day in (
            ("day", record["published"]),
            ("earliest", record["published_earliest"]),
            ("latest", record["published_latest"]),
        )
    }
    return Document(
        document_id=record["document_id"],
        capture_id="",
        source="",
        fetched=datetime.min.replace(tzinfo=UTC),
        **{name: record[name] for name in ("id", "title", "author", "publisher", "language")},
        published=Published(**days, basis=None if basis is None else PublishedFrom(basis)),
        text=text,
        parts=tuple(Part(role=PartRole(p["role"]), kind=p["kind"], start=p["start"], end=p["end"]) for p in parts),
        dropped=tuple(DroppedPart(role=p["role"], chars=p["chars"]) for p in record["dropped"]),
    )
