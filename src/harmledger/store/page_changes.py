"""What changed at pages, kept for lists: the feed, the API and the page of changes ask for it newest first.

Nothing here is a source: `projecting` makes it of readings and fetches, and makes it again where one of the versions is read anew. A change is
told to those alone who may see both versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, insert, select

from harmledger.domain import PageChange, Viewer
from harmledger.store.access import may_see
from harmledger.store.schema_shown import PAGE_CHANGES

MOST_VIEWERS = 64


def keep_page_changes(connection: Connection, changes: Iterable[PageChange]) -> None:
    """Put these in the place of what was kept of the same fetches."""
    for change in changes:
        same = and_(PAGE_CHANGES.c.page_id == change.page_id, PAGE_CHANGES.c.since == change.since)
        connection.execute(delete(PAGE_CHANGES).where(same))
        row = {
            "page_id": change.page_id,
            "since": change.since,
            "older_id": change.older,
            "newer_id": change.newer,
            "words_changed": change.words_changed,
            "claims_changed": len(change.claims),
            "told": list(change.claims),
        }
        connection.execute(insert(PAGE_CHANGES), row)


def list_page_changes(connection: Connection, viewer: Viewer, *, most: int) -> list[PageChange]:
    """Changes of pages by which a claim changed, the latest first."""
    return _parse(connection.execute(_latest(viewer), {"most": most}))


def list_changes_to(connection: Connection, viewer: Viewer, document: str) -> list[PageChange]:
    """The changes that led to a version, the first first."""
    return _parse(connection.execute(_of_document(viewer), {"document": document}))


def _parse(rows: Iterable[Any]) -> list[PageChange]:
    return [
        PageChange(
            page_id=row.page_id,
            older=row.older_id,
            newer=row.newer_id,
            since=row.since,
            words_changed=row.words_changed,
            claims=tuple(row.told),
        )
        for row in rows
    ]


@lru_cache(maxsize=MOST_VIEWERS)
def _latest(viewer: Viewer) -> Select[Any]:
    of = PAGE_CHANGES.c
    changed = _seen(viewer).where(of.claims_changed > 0)
    return changed.order_by(of.since.desc(), of.page_id).limit(bindparam("most"))


@lru_cache(maxsize=MOST_VIEWERS)
def _of_document(viewer: Viewer) -> Select[Any]:
    of = PAGE_CHANGES.c
    return _seen(viewer).where(of.newer_id == bindparam("document")).order_by(of.since, of.page_id)


def _seen(viewer: Viewer) -> Select[Any]:
    of = PAGE_CHANGES.c
    return select(PAGE_CHANGES).where(may_see(viewer, of.older_id), may_see(viewer, of.newer_id))
