"""Claims as they are compared: each with its sentence, its report and its incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.store.desk import Queued, get_queued
from harmledger.store.desk_incidents import find_incidents_of
from harmledger.web.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A claim, and the incident that it is of."""

    claim: Queued
    incident_id: str | None


def find_sides(visit: Visit, claims: Sequence[str]) -> dict[str, Side]:
    """Those of these claims that may be seen."""
    homes = find_incidents_of(visit.connection, list(claims)) if claims else {}
    found = get_queued(visit.connection, visit.viewer, claims)
    return {each.waiting.claim_id: Side(claim=each, incident_id=homes.get(each.waiting.claim_id)) for each in found}
