"""What independent recorders count, beside an incident: which of their incidents its claims most likely speak of.

Of a recorder's data only its own code, the days, ranges, grade, licence and citation are shown: their terms forbid more. Bounded in reports and claims, and
kept until what the incident's claims ask or the data sets change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from harmledger.check import Asked, Recorded, ask_record, check_claims, find_window
from harmledger.domain import Candidate, Checked, Harm, Match, RecordedIncident, ReferenceSet
from harmledger.publish.record import Record
from harmledger.resources.registry import load_registry
from harmledger.store import FiledIncident, load_incidents
from harmledger.store.references import list_current
from harmledger.web.visit import Visit

MOST_SETS, MOST_REPORTS, MOST_CLAIMS = 6, 8, 24
SHOWN = 3
"""Recorded incidents named for one data set."""
MOST_KEPT = 2048

Key = tuple[tuple[Asked, ...], tuple[str, ...]]
"""All that it depends on: decisions of others leave it kept."""


class _Found:
    """What was found last, the oldest forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, list[Record]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> list[Record] | None:
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Key, found: list[Record]) -> None:
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


_FOUND = _Found()


def find_beside(visit: Visit, filed: FiledIncident, reports: Sequence[Record]) -> list[Record]:
    """For each data set of the ledger what it most likely records of the incident."""
    current = list_current(visit.connection)[:MOST_SETS]
    if not current:
        return []
    asked = _ask(filed, reports)
    key = (tuple(asked), tuple(reference.reference_id for reference in current))
    found = _FOUND.get(key)
    if found is None:
        found = [_beside(visit, reference, asked) for reference in current]
        _FOUND.keep(key, found)
    return found


def _ask(filed: FiledIncident, reports: Sequence[Record]) -> list[Asked]:
    """The incident's own claims as questions, of reports that copy no other."""
    own = {claim["claim_id"] for _, claim in filed.claims}
    independent = [r for r in reports if r["document"]["document_id"] not in filed.originals]
    asked = (each for report in independent[:MOST_REPORTS] for each in ask_record(report))
    return [each for each in asked if each.claim_id in own and each.scope == "incident"][:MOST_CLAIMS]


def _beside(visit: Visit, reference: ReferenceSet, asked: Sequence[Asked]) -> Record:
    first, last = find_window(asked)
    recorded = Recorded(load_incidents(visit.connection, reference, earliest=first, latest=last))
    checked = check_claims(asked, recorded, load_registry())
    candidates = _rank(checked)
    return {
        "name": reference.name,
        "recorder": reference.recorder,
        "licence": reference.licence,
        "citation": reference.citation,
        "asked": len(asked),
        "match": _match(checked, candidates).value,
        "candidates": [_shown(each, weight, checked) for each, weight in candidates[:SHOWN]],
    }


def _rank(checked: Iterable[Checked]) -> list[tuple[RecordedIncident, float]]:
    """Recorded incidents by how likely the claims together speak of them."""
    weights: dict[str, float] = {}
    incidents: dict[str, RecordedIncident] = {}
    for candidate in _candidates(checked):
        code = candidate.incident.code
        incidents[code] = candidate.incident
        weights[code] = weights.get(code, 0.0) + candidate.share
    return sorted(
        ((incidents[code], weight) for code, weight in weights.items()), key=lambda each: (-each[1], each[0].code)
    )


def _candidates(checked: Iterable[Checked]) -> Iterable[Candidate]:
    return (candidate for each in checked for candidate in each.candidates)


def _match(checked: Sequence[Checked], ranked: Sequence[tuple[RecordedIncident, float]]) -> Match:
    """One, where every claim that fits any clearly fits the same."""
    if not ranked:
        return Match.NONE
    clear = [each for each in checked if each.candidates]
    same = all(each.match is Match.ONE and each.candidates[0].incident.code == ranked[0][0].code for each in clear)
    return Match.ONE if same else Match.SEVERAL


def _shown(incident: RecordedIncident, _weight: float, checked: Iterable[Checked]) -> Record:
    fitting = sum(any(c.incident.code == incident.code for c in each.candidates) for each in checked)
    figures = [f for f in incident.figures if f.group is None and (f.low, f.high) != (None, None)]
    return {
        "code": incident.code,
        "earliest": incident.earliest.isoformat(),
        "latest": incident.latest.isoformat(),
        "grade": incident.grade,
        "figures": [
            {"harm": harm.value.replace("_", " "), "low": f.low, "high": f.high}
            for harm in Harm
            for f in figures
            if f.harm is harm
        ],
        "fitting": fitting,
    }
