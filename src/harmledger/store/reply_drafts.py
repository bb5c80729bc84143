"""What somebody typed before signing in: kept for a day, found by the browser that typed it alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from harmledger.store.replies import shred_deleted
from harmledger.store.reply_erasing import DRAFT_FOR
from harmledger.store.schema_replies import REPLY_DRAFTS


def keep_draft(connection: Connection, draft_id: str, body: Mapping[str, Any], *, now: datetime) -> None:
    """Keep what was typed in place of what the same browser typed there before; drafts of more than a day ago go."""
    drop_draft(connection, draft_id)
    connection.execute(delete(REPLY_DRAFTS).where(REPLY_DRAFTS.c.made <= now - DRAFT_FOR))
    connection.execute(insert(REPLY_DRAFTS), {"draft_id": draft_id, "body": dict(body), "made": now})


def find_draft(connection: Connection, draft_id: str, *, now: datetime) -> Mapping[str, Any] | None:
    """What was typed; None where nothing was, or too long ago."""
    mine = REPLY_DRAFTS.c.draft_id == draft_id
    return connection.execute(select(REPLY_DRAFTS.c.body).where(mine, REPLY_DRAFTS.c.made > now - DRAFT_FOR)).scalar()


def drop_draft(connection: Connection, draft_id: str) -> None:
    """Forget it."""
    shred_deleted(connection)
    connection.execute(delete(REPLY_DRAFTS).where(REPLY_DRAFTS.c.draft_id == draft_id))
