"""Whether labels changed since somebody looked, without reading them."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from harmledger.store.schema_replies import REPLY_LABELS


def mark_labels(connection: Connection) -> tuple[int, str]:
    """How many labels there are, and when the last was set: another mark, other labels."""
    number, last = connection.execute(
        select(func.count(), func.max(REPLY_LABELS.c.when)).select_from(REPLY_LABELS)
    ).one()
    return number, str(last)
