"""What the desk asks of incidents: which claims one holds, which others are near it, which pairs are doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select

from harmledger.domain import Viewer
from harmledger.store.access import may_see
from harmledger.store.incidents import linked_now
from harmledger.store.lookup import begins
from harmledger.store.overview import MOST_VIEWERS
from harmledger.store.schema import (
    CLAIMS,
    DECISIONS,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENT_POINTERS,
    INCIDENTS,
    LINKINGS,
    LINKS,
    READINGS,
)

MOST_STEPS = 50
"""Mergers that an old id is followed through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two claims, each the first of its report's telling, of which it is doubtful whether they tell of one event."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]
    """In words, what counts most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another incident that could be the same one."""

    incident_id: str
    title: str | None
    earliest: date | None
    latest: date | None
    claims: int


def find_incident(connection: Connection, wanted: str) -> str | None:
    """Where an incident's whole id leads: itself where it holds claims, or what it was merged into; None where nowhere."""
    at, passed = wanted, {wanted}
    for _ in range(MOST_STEPS):
        if connection.execute(_HOLDS, {"incident": at}).first():
            return at
        onward = next((o for o in connection.execute(_ONWARD, {"incident": at}).scalars() if o not in passed), None)
        if onward is None:
            return None
        passed.add(onward)
        at = onward
    return None


def list_members(connection: Connection, incident: str) -> list[str]:
    """The claims that an incident holds now, the founding claim first."""
    founding = connection.execute(select(INCIDENTS.c.founding_claim).where(INCIDENTS.c.incident_id == incident))
    first = founding.scalar()
    found = sorted(connection.execute(_HOLDS, {"incident": incident}).scalars())
    return sorted(found, key=lambda claim: claim != first)


def find_incidents_of(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    """Of each of these claims the incident that holds it now."""
    wanted = select(INCIDENT_CLAIMS.c.claim_id, INCIDENT_CLAIMS.c.incident_id).where(linked_now())
    rows = connection.execute(wanted.where(INCIDENT_CLAIMS.c.claim_id.in_(claims)))
    return {row.claim_id: row.incident_id for row in rows if row.incident_id}


def list_proposals(connection: Connection, viewer: Viewer, *, near: float, within: float, most: int) -> list[Proposal]:
    """Pairs whose score is close to a threshold and of which nobody decided, the most doubtful first."""
    asked = {"near": near, "least": near - within, "most_likely": near + within, "most": most}
    rows = connection.execute(_proposals(viewer), asked)
    return [
        Proposal(left=row.left_claim, right=row.right_claim, score=row.score, reasons=_told(row.reasons))
        for row in rows
    ]


def _told(reasons: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """What speaks for one event and against it: of each feature the ledger keeps its value and what it adds."""
    heaviest = sorted(((adds, name) for name, (_, adds) in reasons.items() if adds), key=lambda each: -abs(each[0]))
    return tuple(f"{'for' if adds > 0 else 'against'}: {name}" for adds, name in heaviest)


def count_unlinked_decisions(connection: Connection) -> int:
    """How many merges, splits and what took decisions back came since the claims were linked last."""
    known = connection.execute(select(func.max(LINKINGS.c.decisions))).scalar() or 0
    since = select(DECISIONS.c.verdict, DECISIONS.c.replaces).order_by(DECISIONS.c.sequence).offset(known)
    return sum(row.verdict in {"merge", "split"} or bool(row.replaces) for row in connection.execute(since))


def search_incidents(
    connection: Connection, *, words: str, day: date | None, country: str | None, most: int
) -> list[Near]:
    """Incidents whose id begins so, or that tell of a day, or whose reports' titles or places hold these words; the latest first.

    Asks for nobody in particular: only for who sees every document.
    """
    wanted: list[ColumnElement[bool]] = []
    if day:
        margin = timedelta(days=1)
        wanted.append(and_(CLAIMS.c.earliest <= day + margin, CLAIMS.c.latest >= day - margin))
    if country:
        wanted.append(CLAIMS.c.country == country)
    if words:
        place = CLAIMS.c.record["place"]["name"].as_string()
        says = [READINGS.c.title.icontains(words, autoescape=True), place.icontains(words, autoescape=True)]
        wanted.append(or_(begins(INCIDENT_CLAIMS.c.incident_id, words), *says))
    if not wanted:
        return []
    rows = connection.execute(_overviews().where(*wanted).limit(most))
    return [_near(row) for row in rows]


def _near(row: Any) -> Near:
    return Near(
        incident_id=row.incident_id, title=row.title, earliest=row.earliest, latest=row.latest, claims=row.claims
    )


def _overviews() -> Select[Any, Any, Any, Any, int]:
    return (
        select(
            INCIDENT_CLAIMS.c.incident_id,
            func.min(READINGS.c.title).label("title"),
            func.min(CLAIMS.c.earliest).label("earliest"),
            func.max(CLAIMS.c.latest).label("latest"),
            func.count(CLAIMS.c.claim_id.distinct()).label("claims"),
        )
        .join(CLAIMS, CLAIMS.c.claim_id == INCIDENT_CLAIMS.c.claim_id)
        .join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
        .where(linked_now(), INCIDENT_CLAIMS.c.incident_id.is_not(None))
        .group_by(INCIDENT_CLAIMS.c.incident_id)
        .order_by(func.max(CLAIMS.c.latest).desc(), INCIDENT_CLAIMS.c.incident_id)
    )


_HOLDS = select(INCIDENT_CLAIMS.c.claim_id).where(INCIDENT_CLAIMS.c.incident_id == bindparam("incident"), linked_now())
_ONWARD = (
    select(INCIDENT_POINTERS.c.onward_id)
    .where(INCIDENT_POINTERS.c.incident_id == bindparam("incident"))
    .order_by(INCIDENT_POINTERS.c.linking.desc(), INCIDENT_POINTERS.c.why)
)


@lru_cache(maxsize=MOST_VIEWERS)
def _proposals(viewer: Viewer) -> Select[Any]:
    later = LINKS.alias("later")
    same = and_(later.c.left_claim == LINKS.c.left_claim, later.c.right_claim == LINKS.c.right_claim)
    is_old = exists().where(same, later.c.linking > LINKS.c.linking)
    ends = (LINKS.c.left_claim, LINKS.c.right_claim)
    decided = exists().where(
        DECISIONS.c.verdict.in_(("merge", "split")),
        or_(
            *(and_(DECISIONS.c.subject == one, DECISIONS.c.value.contains(other)) for one, other in (ends, ends[::-1]))
        ),
    )
    between = LINKS.c.score.between(bindparam("least"), bindparam("most_likely"))
    seen = (_is_seen(viewer, end) for end in ends)
    doubt = func.abs(LINKS.c.score - bindparam("near"))
    return select(LINKS).where(between, ~is_old, ~decided, *seen).order_by(doubt, *ends).limit(bindparam("most"))


def _is_seen(viewer: Viewer, claim: ColumnElement[str]) -> ColumnElement[bool]:
    read, typed = CLAIMS.alias(), ENTERED.alias()
    return or_(
        exists().where(read.c.claim_id == claim, may_see(viewer, read.c.document_id)),
        exists().where(typed.c.entry_id == claim, may_see(viewer, typed.c.document_id)),
    )
