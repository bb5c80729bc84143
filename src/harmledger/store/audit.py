"""The record of what was done with accounts, groups and the site: only ever added to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from harmledger.domain import Audited
from harmledger.ids import audit_head
from harmledger.store.schema_accounts import AUDIT

START = "0" * 64
"""What the first line follows."""


def add_audited(connection: Connection, audited: Audited) -> None:
    """Note one thing that was done or tried."""
    connection.execute(insert(AUDIT), {name: getattr(audited, name) for name in Audited.__slots__})


def list_audited(connection: Connection, *, most: int) -> Sequence[Audited]:
    """What was noted last, the latest first."""
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(most)).mappings()
    return [Audited(**{name: row[name] for name in Audited.__slots__}) for row in rows]


def find_last_done(connection: Connection, what: str) -> dict[str, datetime]:
    """When each last did this, by name."""
    last = select(AUDIT.c.who, func.max(AUDIT.c.when)).where(AUDIT.c.what == what, AUDIT.c.outcome == "done")
    return {who: when for who, when in connection.execute(last.group_by(AUDIT.c.who)) if who}


def walk_audit_heads(connection: Connection, *, after: int = 0, head: str = START) -> Iterator[str]:
    """The head after each line, in order: a line is hashed with the head before it, so that no earlier one changes unseen.

    `after` so many lines, which are known to lead to `head`.
    """
    lines = select(*(AUDIT.c[name] for name in Audited.__slots__)).order_by(AUDIT.c.sequence)
    for row in connection.execute(lines.offset(after)):
        head = audit_head(head, *row)
        yield head
