"""What is new of incidents, the latest first, as one viewer may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from harmledger.domain import Verdict, Viewer
from harmledger.store.access import may_see
from harmledger.store.listed import may_see_decision
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.schema import CLAIMS, DECISIONS, INCIDENT_CLAIMS, INCIDENTS, LINKINGS, READINGS
from harmledger.store.seen import linked_now

CHANGING = (Verdict.CORRECT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT, Verdict.ENTER, Verdict.UNDO)
"""Decisions after which the record says something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsOfIncident:
    """An incident that is new, or that claims came to or left."""

    incident_id: str
    changed: datetime
    is_new: bool
    title: str | None
    """Of the report that came in first."""
    country: str | None
    earliest: date | None
    latest: date | None
    claims: int
    reports: int


def list_news(connection: Connection, viewer: Viewer, *, most: int) -> list[NewsOfIncident]:
    """Incidents by when they last changed."""
    rows = connection.execute(_news(viewer), {"most": most}).mappings()
    return [
        NewsOfIncident(
            **{name: row[name] for name in NewsOfIncident.__slots__ if name != "is_new"},
            is_new=row["minted"] == row["last"],
        )
        for row in rows
    ]


@lru_cache(maxsize=MOST_VIEWERS)
def _news(viewer: Viewer) -> Select[Any]:
    """A claim stands by the linking that moved it last; so an incident's last linking is its claims' last."""
    standing = (
        select(
            INCIDENT_CLAIMS.c.incident_id,
            func.max(INCIDENT_CLAIMS.c.linking).label("last"),
            func.min(READINGS.c.sequence).label("first"),
            func.min(CLAIMS.c.country).label("country"),
            func.min(CLAIMS.c.earliest).label("earliest"),
            func.max(CLAIMS.c.latest).label("latest"),
            func.count(CLAIMS.c.claim_id.distinct()).label("claims"),
            func.count(CLAIMS.c.document_id.distinct()).label("reports"),
        )
        .join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
        .join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
        .where(INCIDENT_CLAIMS.c.incident_id.is_not(None), linked_now(), may_see(viewer, CLAIMS.c.document_id))
        .group_by(INCIDENT_CLAIMS.c.incident_id)
        .order_by(func.max(INCIDENT_CLAIMS.c.linking).desc(), INCIDENT_CLAIMS.c.incident_id)
        .limit(bindparam("most"))
        .subquery()
    )
    of = standing.c
    columns = (
        select(standing, INCIDENTS.c.linking.label("minted"), LINKINGS.c.filed.label("changed"), READINGS.c.title)
        .join(INCIDENTS, INCIDENTS.c.incident_id == of.incident_id)
        .join(LINKINGS, LINKINGS.c.linking == of["last"])
        .join(READINGS, READINGS.c.sequence == of.first)
    )
    return columns.order_by(of["last"].desc(), of.incident_id)


def list_changing_decisions(connection: Connection, viewer: Viewer, *, most: int) -> list[Row[Any]]:
    """Decisions on claims that changed what the record says, the latest first."""
    of = DECISIONS.c
    changing = select(DECISIONS).where(of.verdict.in_(CHANGING), may_see_decision(viewer))
    return list(connection.execute(changing.order_by(of.sequence.desc()).limit(most)).all())
