"""How the site is known at instances that visitors named: what it was given there, sealed by whoever keeps it. Bounded, and for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from harmledger.store.replies import shred_deleted
from harmledger.store.schema_replies import INSTANCE_APPS

APP_FOR = timedelta(days=90)
"""Then an instance is asked anew: what it gave may be gone there, or its name another's."""
MOST_APPS = 500
"""Whoever names thousands of instances drives out others' and no more: these are asked anew."""


def find_app(connection: Connection, app_id: str, *, now: datetime) -> str | None:
    """What is kept of one, sealed."""
    mine = select(INSTANCE_APPS.c.sealed).where(INSTANCE_APPS.c.app_id == app_id, INSTANCE_APPS.c.made > now - APP_FOR)
    return connection.execute(mine).scalar()


def keep_app(connection: Connection, app_id: str, sealed: str, *, now: datetime) -> None:
    """Keep one in place of what was kept of it before; the one not used for longest goes where there are too many."""
    forget_app(connection, app_id)
    row = {"app_id": app_id, "sealed": sealed, "made": now, "used": now}
    connection.execute(insert(INSTANCE_APPS), row)
    last_used = select(INSTANCE_APPS.c.app_id).order_by(INSTANCE_APPS.c.used.desc(), INSTANCE_APPS.c.app_id)
    too_many = connection.execute(last_used.offset(MOST_APPS).limit(MOST_APPS)).scalars().all()
    connection.execute(delete(INSTANCE_APPS).where(INSTANCE_APPS.c.app_id.in_(too_many)))


def touch_app(connection: Connection, app_id: str, *, now: datetime) -> None:
    """Note that one was used."""
    connection.execute(update(INSTANCE_APPS).where(INSTANCE_APPS.c.app_id == app_id).values(used=now))


def forget_app(connection: Connection, app_id: str) -> None:
    """Forget one."""
    shred_deleted(connection)
    connection.execute(delete(INSTANCE_APPS).where(INSTANCE_APPS.c.app_id == app_id))
