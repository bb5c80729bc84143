"""Which ids are of victims, for those who show decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from harmledger.store.schema import VICTIMS


def list_victim_ids(connection: Connection, subjects: Sequence[str]) -> frozenset[str]:
    """Those of these ids that are a victim's."""
    of = select(VICTIMS.c.victim_id).where(VICTIMS.c.victim_id.in_(subjects))
    return frozenset(connection.execute(of).scalars())
