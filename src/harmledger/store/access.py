"""Who may see which documents: one condition that every question of the site about documents, claims or incidents carries.

A document that is in no group is public. One that is in groups is seen by their members, and by those who see everything; so is all that
stands on it: claims, quotes, figures of incidents, and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, exists, or_, select, true

from harmledger.domain import Viewer
from harmledger.errors import NotFound
from harmledger.store.adding import add_new
from harmledger.store.changes import note_change
from harmledger.store.schema import CLAIMS, DOCUMENTS, READINGS
from harmledger.store.schema_accounts import DOCUMENT_GROUPS, GROUPS, MEMBERSHIPS
from harmledger.store.shown import forget_shown
from harmledger.store.touched import list_versions_beside, touch_documents


def may_see(viewer: Viewer, document: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a document may be seen; `document` is a column of document ids of the question asked."""
    if viewer.sees_all:
        return true()
    closed = exists().where(DOCUMENT_GROUPS.c.document_id == document)
    if viewer.account_id is None:
        return ~closed
    member = and_(MEMBERSHIPS.c.group_id == DOCUMENT_GROUPS.c.group_id, MEMBERSHIPS.c.account_id == viewer.account_id)
    opened = exists().where(DOCUMENT_GROUPS.c.document_id == document, member)
    return or_(~closed, opened)


def may_see_claim(viewer: Viewer, claim: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a claim may be seen: its document may. `claim` is a column of claim ids."""
    own = CLAIMS.alias()
    return exists().where(own.c.claim_id == claim, may_see(viewer, own.c.document_id))


def sees_document(connection: Connection, viewer: Viewer, document: str) -> bool:
    """Whether this document is there and may be seen; the answer is the same for one that isn't there and one that is closed."""
    wanted = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id == document)
    return connection.execute(wanted.where(may_see(viewer, DOCUMENTS.c.document_id))).scalar() is not None


def find_seen(connection: Connection, viewer: Viewer, documents: Iterable[str]) -> set[str]:
    """Those of some documents, few enough for a page, that are there and may be seen."""
    return set(connection.execute(_which_are_seen(viewer), {"ids": sorted(documents)}).scalars())


@lru_cache(maxsize=64)
def _which_are_seen(viewer: Viewer) -> Select[Any]:
    named = DOCUMENTS.c.document_id.in_(bindparam("ids", expanding=True))
    return select(DOCUMENTS.c.document_id).where(named, may_see(viewer, DOCUMENTS.c.document_id))


def list_closed(connection: Connection, group: str, *, most: int, skipped: int = 0) -> list[tuple[str, str | None]]:
    """The documents that a group keeps, each with the title of its last reading; the latest read first."""
    later = READINGS.alias("later")
    is_old = exists().where(later.c.document_id == READINGS.c.document_id, later.c.sequence > READINGS.c.sequence)
    read = select(READINGS.c.document_id, READINGS.c.title).where(~is_old)
    kept = read.join(DOCUMENT_GROUPS, DOCUMENT_GROUPS.c.document_id == READINGS.c.document_id)
    mine = kept.where(DOCUMENT_GROUPS.c.group_id == group)
    found = connection.execute(mine.order_by(READINGS.c.sequence.desc()).limit(most).offset(skipped))
    return [(row.document_id, row.title) for row in found]


def list_keepers(connection: Connection, document: str) -> list[str]:
    """The names of the groups that keep a document; of one in none, everybody sees it."""
    named = select(GROUPS.c.name).join(DOCUMENT_GROUPS, DOCUMENT_GROUPS.c.group_id == GROUPS.c.group_id)
    mine = named.where(DOCUMENT_GROUPS.c.document_id == document).order_by(GROUPS.c.name)
    return list(connection.execute(mine).scalars())


def close_document(connection: Connection, document: str, group: str) -> bool:
    """Let only the group's members see a document; tells whether that is new. Its incidents are shown again once they are worked out anew.

    Raises:
        NotFound: there is no such document.
    """
    if not sees_document(connection, Viewer(sees_all=True), document):
        raise NotFound("no document in the ledger is called so", document, "give its whole id")
    note_change(connection, "close-document", document)
    forget_shown(connection, touch_documents(connection, [document]))
    touch_documents(connection, list_versions_beside(connection, [document]))
    return add_new(connection, DOCUMENT_GROUPS, {"document_id": document, "group_id": group})


def open_document(connection: Connection, document: str, group: str) -> bool:
    """Take a document out of a group; in none, everybody sees it. Tells whether it was in it."""
    note_change(connection, "open-document", document)
    same = and_(DOCUMENT_GROUPS.c.document_id == document, DOCUMENT_GROUPS.c.group_id == group)
    touch_documents(connection, {document, *list_versions_beside(connection, [document])})
    return connection.execute(delete(DOCUMENT_GROUPS).where(same)).rowcount == 1
