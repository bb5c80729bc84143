"""What is new of incidents, the latest first, as one viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, select

from harmledger.domain import Decision, Verdict, Viewer
from harmledger.review.chain import parse_decision
from harmledger.store.access import may_see
from harmledger.store.incidents import linked_now
from harmledger.store.listed import may_see_decision
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.schema import CLAIMS, DECISIONS, INCIDENT_CLAIMS, INCIDENTS, LINKINGS
from harmledger.store.schema_shown import SHOWN
from harmledger.store.seen import select_all

CHANGING = (Verdict.CORRECT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT, Verdict.ENTER, Verdict.UNDO)
"""Decisions after which the record says something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsOfIncident:
    """An incident that is new, or that claims came to or left."""

    incident_id: str
    changed: datetime
    is_new: bool
    title: str | None
    """By what and where, as its public reports have it; None where nothing public is worked out of it."""
    country: str | None
    earliest: date | None
    latest: date | None
    claims: int
    reports: int


def list_news(connection: Connection, viewer: Viewer, *, most: int) -> list[NewsOfIncident]:
    """Incidents by when they last changed."""
    return _news(connection.execute(_latest(viewer), {"most": most}).mappings())


def list_briefs(connection: Connection, viewer: Viewer, incidents: Sequence[str]) -> list[NewsOfIncident]:
    """The same of these incidents."""
    if not incidents:
        return []
    return _news(connection.execute(_named(viewer), {"incidents": list(incidents)}).mappings())


def _news(rows: Iterable[RowMapping]) -> list[NewsOfIncident]:
    names = [name for name in NewsOfIncident.__slots__ if name != "is_new"]
    return [NewsOfIncident(**{n: row[n] for n in names}, is_new=row["minted"] == row["last"]) for row in rows]


@lru_cache(maxsize=MOST_VIEWERS)
def _latest(viewer: Viewer) -> Select[Any]:
    standing = _standing(viewer)
    last = func.max(INCIDENT_CLAIMS.c.linking)
    return _told(standing.order_by(last.desc(), INCIDENT_CLAIMS.c.incident_id).limit(bindparam("most")))


@lru_cache(maxsize=MOST_VIEWERS)
def _named(viewer: Viewer) -> Select[Any]:
    named = INCIDENT_CLAIMS.c.incident_id.in_(bindparam("incidents", expanding=True))
    return _told(_standing(viewer).where(named))


def _standing(viewer: Viewer) -> Select[Any]:
    """A claim stands by the linking that moved it last; so an incident's last linking is its claims' last."""
    return (
        select_all(
            INCIDENT_CLAIMS.c.incident_id,
            func.max(INCIDENT_CLAIMS.c.linking).label("last"),
            func.min(CLAIMS.c.country).label("country"),
            func.min(CLAIMS.c.earliest).label("earliest"),
            func.max(CLAIMS.c.latest).label("latest"),
            func.count(CLAIMS.c.claim_id.distinct()).label("claims"),
            func.count(CLAIMS.c.document_id.distinct()).label("reports"),
        )
        .join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
        .where(INCIDENT_CLAIMS.c.incident_id.is_not(None), linked_now(), may_see(viewer, CLAIMS.c.document_id))
        .group_by(INCIDENT_CLAIMS.c.incident_id)
    )


def _told(standing: Select[Any]) -> Select[Any]:
    of = standing.subquery()
    minted, changed = INCIDENTS.c.linking.label("minted"), LINKINGS.c.filed.label("changed")
    told: list[ColumnElement[Any]] = [*of.c, minted, changed, SHOWN.c.title]
    columns = (
        select(*told)
        .join(INCIDENTS, INCIDENTS.c.incident_id == of.c.incident_id)
        .join(LINKINGS, LINKINGS.c.linking == of.c["last"])
        .outerjoin(SHOWN, SHOWN.c.incident_id == of.c.incident_id)
    )
    return columns.order_by(of.c["last"].desc(), of.c.incident_id)


def list_changing_decisions(connection: Connection, viewer: Viewer, *, most: int) -> list[Decision]:
    """Decisions on claims that changed what the record says, the latest first."""
    of = DECISIONS.c
    changing = select(DECISIONS).where(of.verdict.in_(CHANGING), may_see_decision(viewer))
    rows = connection.execute(changing.order_by(of.sequence.desc()).limit(most)).mappings()
    return [parse_decision(row) for row in rows]
