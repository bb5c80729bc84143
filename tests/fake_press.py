"""A press that reports made-up events, filed without an engine; and what linking made of them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from fake_tellings import IDLIB, RAQQA, Record, claim, report
from sqlalchemy import Table, func, insert, select

from harmledger.linking import Outcome, link_ledger
from harmledger.store import Ledger, get_known_incidents
from harmledger.store.schema import CAPTURES, CLAIMS, DOCUMENTS, READINGS, TEXTS

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = "Hamdan Zarqan Rumaila Khansa Salma Idris Farid Naji Basma Qadir Lutfi Mahir Rasha Tamim Wafa Zuhair".split()
PLAIN = "medics said shells fell on houses near bridge where families queued before noon and rescuers dug until evening".split()


def press(count: int, seed: int) -> list[Record]:
    """Reports of made-up events in two cities over two months: several tell each, some copy, some round up, some give no day."""
    chance = random.Random(seed)
    events = [
        (
            chance.choice([RAQQA, IDLIB]),
            datetime(2017, 5, 1, tzinfo=UTC) + timedelta(days=chance.randrange(60)),
            chance.sample(NAMES, 3),
            chance.randrange(1, 40),
        )
        for _ in range(count // 4)
    ]
    records: list[Record] = []
    for n in range(count):
        if records and chance.random() < 0.15:
            records.append(copy(records[chance.randrange(len(records))], f"{seed}-{n}"))
            continue
        told = chance.sample(events, 1 if chance.random() < 0.8 else 2)
        records.append(
            report(
                f"{seed}-{n}",
                *(tell(chance, hashed(seed, n, k), *event) for k, event in enumerate(told)),
                published=f"{told[0][1]:%Y-%m-%d}",
            )
        )
    return records


def hashed(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def tell(chance: random.Random, name: str, place: Record, day: datetime, names: list[str], killed: int) -> Record:
    words = chance.sample(PLAIN, 9)
    text = f"In {place['name']} {killed} people were killed when {' '.join(words)}, {names[0]} told {names[1]} and {names[2]} ({name})."
    return claim(
        name, text, place=place, day=f"{day:%Y-%m-%d}" if chance.random() < 0.8 else None, low=killed, high=killed
    )


def copy(original: Record, name: str) -> Record:
    claims = [
        {**each, "claim_id": hashed(name, k), "quote": dict(each["quote"])} for k, each in enumerate(original["claims"])
    ]
    return report(name, *claims, published=original["document"]["published"], text=original["document"]["text"])


def file(ledger: Ledger, records: Iterable[Record]) -> None:
    """File reports as a reading leaves them, as far as linking looks at them."""
    with ledger.writing() as connection:
        for record in records:
            _file_one(connection, record)


def _file_one(connection: object, record: Record) -> None:
    document, text = dict(record["document"]), record["document"]["text"]
    name, reading = document["document_id"], f"{document['document_id']} {record.get('again', '')}"
    if not record.get("again"):
        put(connection, DOCUMENTS, document_id=name, media="plain", bytes=1, filed=NOW)
        put(connection, CAPTURES, capture_id=name, document_id=name, source="by hand", fetched=NOW)
    put(connection, TEXTS, text_id=reading, text=text)
    del document["text"]
    put(
        connection,
        READINGS,
        reading_id=reading,
        document_id=name,
        text_id=reading,
        engine="e",
        version="1",
        filed=NOW,
        record=document,
    )
    for position, each in enumerate(record["claims"]):
        put(
            connection, CLAIMS, claim_id=each["claim_id"], reading_id=reading, document_id=name, position=position,
            harm=each["harm"], scope=each["scope"], polarity="asserted", confidence=0.9, record=each, reasons=[],
        )  # fmt: skip


def put(connection: object, table: Table, **row: object) -> None:
    connection.execute(insert(table), row)


def link(ledger: Ledger, **more: bool) -> Outcome:
    return link_ledger(ledger, now=lambda: NOW, **more)


def groups(ledger: Ledger) -> set[frozenset[str]]:
    with ledger.reading() as connection:
        return {frozenset(i.claims) for i in get_known_incidents(connection).incidents if i.claims}


def echoes(ledger: Ledger) -> dict[str, str]:
    with ledger.reading() as connection:
        return dict(get_known_incidents(connection).originals)


def rows(ledger: Ledger, table: Table) -> int:
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()
