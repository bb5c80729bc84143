"""What the ledger holds of the web, and what could not be had: counts and lists over the log of fetches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from harmledger.addresses import name_host
from harmledger.domain import FetchOutcome
from harmledger.store.fetches import COLUMNS, Attempt, parse_attempt
from harmledger.store.schema import CAPTURES, DOCUMENTS, READINGS, REFUSALS
from harmledger.store.schema_fetched import FETCHES, PROVENANCES

MOST_LAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much a ledger holds."""

    documents: int
    captures: int
    from_web: int
    """Captures that came over the web, with the records of how."""
    by_media: dict[str, int]
    unread: int
    """Documents that nothing has read yet, or that couldn't be read."""
    refused: int
    """Sources and reports that couldn't be taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What came of the addresses at one host."""

    host: str
    brought: int
    failed: dict[FetchOutcome, int]
    """By the last attempt at each address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchStatus:
    """The log of fetches, summed up; an address counts by its last attempt."""

    attempts: int
    addresses: int
    outcomes: dict[FetchOutcome, int] = field(default_factory=dict)
    hosts: tuple[Host, ...] = ()
    last: tuple[Attempt, ...] = ()


def count_held(connection: Connection) -> Held:
    """How much the ledger holds, and how it came."""
    media = connection.execute(select(DOCUMENTS.c.media, func.count()).group_by(DOCUMENTS.c.media))
    unread = DOCUMENTS.c.document_id.not_in(select(READINGS.c.document_id))
    return Held(
        documents=_count(connection, DOCUMENTS.c.document_id),
        captures=_count(connection, CAPTURES.c.capture_id),
        from_web=_count(connection, PROVENANCES.c.capture_id),
        by_media={str(name): int(number) for name, number in media},
        unread=connection.execute(select(func.count()).select_from(DOCUMENTS).where(unread)).scalar_one(),
        refused=_count(connection, REFUSALS.c.refusal_id),
    )


def sum_up_fetches(connection: Connection) -> FetchStatus:
    """What became of all addresses that were asked for, together and by host."""
    outcomes: Counter[FetchOutcome] = Counter()
    hosts: dict[str, Counter[FetchOutcome]] = {}
    for row in connection.execute(_latest(FETCHES.c.url, FETCHES.c.outcome)):
        outcome = FetchOutcome(row.outcome)
        outcomes[outcome] += 1
        hosts.setdefault(name_host(row.url), Counter())[outcome] += 1
    newest = select(*COLUMNS).order_by(FETCHES.c.sequence.desc()).limit(MOST_LAST)
    return FetchStatus(
        attempts=_count(connection, FETCHES.c.sequence),
        addresses=outcomes.total(),
        outcomes=dict(outcomes.most_common()),
        hosts=tuple(sorted(map(_host, hosts, hosts.values()), key=lambda one: (-sum(one.failed.values()), one.host))),
        last=tuple(map(parse_attempt, connection.execute(newest).mappings())),
    )


def list_failed(connection: Connection, host: str | None = None) -> Iterator[Attempt]:
    """The last attempt at each address that couldn't be had, in the order of their addresses; all of them, or those at one host."""
    brought = [outcome.value for outcome in FetchOutcome if outcome.brought]
    failed = _latest(*COLUMNS).where(FETCHES.c.outcome.not_in(brought)).order_by(FETCHES.c.url)
    for row in connection.execute(failed).mappings():
        if host is None or name_host(row["url"]) == host.lower():
            yield parse_attempt(row)


def _host(host: str, outcomes: Counter[FetchOutcome]) -> Host:
    failed = {outcome: number for outcome, number in outcomes.most_common() if not outcome.brought}
    return Host(host=host, brought=outcomes.total() - sum(failed.values()), failed=failed)


def _latest(*columns: ColumnElement[Any]) -> Select[Any]:
    newest = select(func.max(FETCHES.c.sequence)).group_by(FETCHES.c.url)
    return select(*columns).where(FETCHES.c.sequence.in_(newest))


def _count(connection: Connection, column: ColumnElement[Any]) -> int:
    return connection.execute(select(func.count(column))).scalar_one()
