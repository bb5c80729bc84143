"""Incidents in short, a page at a time, as one viewer may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select, true

from harmledger.domain import PUBLIC, Viewer
from harmledger.store.access import may_see
from harmledger.store.incidents import linked_now
from harmledger.store.schema import CLAIMS, INCIDENT_CLAIMS, INCIDENTS, READINGS
from harmledger.store.schema_accounts import DOCUMENT_GROUPS

MOST_VIEWERS = 64
"""Accounts for whom a question is kept ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a list says of an incident; of claims that the viewer may not see, nothing."""

    incident_id: str
    claims: int
    reports: int
    country: str | None
    earliest: date | None
    latest: date | None
    title: str | None
    """Of the report that came in first."""


def list_overviews(connection: Connection, viewer: Viewer, *, most: int, skipped: int = 0) -> Sequence[Overview]:
    """Incidents, the one minted last first."""
    rows = connection.execute(_question(viewer), {"most": most, "skipped": skipped}).mappings()
    return [Overview(**{name: row[name] for name in Overview.__slots__}) for row in rows]


def list_beyond_public(connection: Connection, viewer: Viewer, *, most: int) -> Sequence[Overview]:
    """Incidents of which documents kept to groups tell that this viewer may see: their figures aren't among those that the public sees."""
    if viewer == PUBLIC:
        return []
    rows = connection.execute(_question(viewer, beyond=True), {"most": most, "skipped": 0}).mappings()
    return [Overview(**{name: row[name] for name in Overview.__slots__}) for row in rows]


@lru_cache(maxsize=MOST_VIEWERS)
def _question(viewer: Viewer, *, beyond: bool = False) -> Select[Any]:
    """Built once a viewer: building it takes longer than SQLite takes to answer it."""
    of = and_(INCIDENT_CLAIMS.c.incident_id == INCIDENTS.c.incident_id, linked_now())
    counted = (
        select(
            INCIDENTS.c.incident_id,
            INCIDENTS.c.linking,
            INCIDENTS.c.position,
            func.count(CLAIMS.c.claim_id.distinct()).label("claims"),
            func.count(CLAIMS.c.document_id.distinct()).label("reports"),
            func.min(CLAIMS.c.country).label("country"),
            func.min(CLAIMS.c.earliest).label("earliest"),
            func.max(CLAIMS.c.latest).label("latest"),
            func.min(READINGS.c.sequence).label("first"),
        )
        .select_from(INCIDENTS)
        .join(INCIDENT_CLAIMS, of)
        .join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
        .join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
        .where(may_see(viewer, CLAIMS.c.document_id), _closed_too(viewer) if beyond else true())
        .group_by(INCIDENTS.c.linking, INCIDENTS.c.position, INCIDENTS.c.incident_id)
        .order_by(INCIDENTS.c.linking.desc(), INCIDENTS.c.position.desc())
        .limit(bindparam("most"))
        .offset(bindparam("skipped"))
        .subquery()
    )
    titled = select(counted, READINGS.c.title).join(READINGS, READINGS.c.sequence == counted.c.first)
    return titled.order_by(counted.c.linking.desc(), counted.c.position.desc())


def _closed_too(viewer: Viewer) -> ColumnElement[bool]:
    """A document that is kept to a group, and may be seen, tells of the incident."""
    claims, kept = CLAIMS.alias(), INCIDENT_CLAIMS.alias()
    closed = select(DOCUMENT_GROUPS.c.document_id)
    told = select(kept.c.incident_id).join(claims, claims.c.claim_id == kept.c.claim_id)
    seen = told.where(claims.c.document_id.in_(closed), may_see(viewer, claims.c.document_id))
    return INCIDENTS.c.incident_id.in_(seen)
