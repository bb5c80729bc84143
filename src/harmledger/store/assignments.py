"""Which claims and documents were given to whom: one assignment a subject, which ends by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from harmledger.store.schema_accounts import ACCOUNTS, ASSIGNMENTS

COUNTS = timedelta(days=14)
"""What was given so long ago is anybody's again: who is away or forgets holds up nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A subject that a lead gave to a reviewer."""

    subject: str
    document_id: str
    account_id: str
    name: str
    """The reviewer's."""
    given: datetime


def assign(connection: Connection, subjects: Mapping[str, str], account: str, *, given_by: str, now: datetime) -> None:
    """Give subjects, each with its document, to an account; whoever had one before has it no longer."""
    take_back(connection, subjects)
    common = {"account_id": account, "given_by": given_by, "given": now}
    rows = [{"subject": subject, "document_id": document, **common} for subject, document in subjects.items()]
    if rows:
        connection.execute(insert(ASSIGNMENTS), rows)


def take_back(connection: Connection, subjects: Iterable[str]) -> int:
    """Let these be anybody's; how many were somebody's."""
    return connection.execute(delete(ASSIGNMENTS).where(ASSIGNMENTS.c.subject.in_(list(subjects)))).rowcount


def list_assignments(connection: Connection, *, now: datetime) -> dict[str, Assignment]:
    """Those that count, by their subjects."""
    named = select(ASSIGNMENTS, ACCOUNTS.c.name).join(ACCOUNTS, ACCOUNTS.c.account_id == ASSIGNMENTS.c.account_id)
    rows = connection.execute(named.where(ASSIGNMENTS.c.given > now - COUNTS, ACCOUNTS.c.disabled.is_(None))).mappings()
    return {row["subject"]: Assignment(**{name: row[name] for name in Assignment.__slots__}) for row in rows}
