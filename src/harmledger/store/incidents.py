"""Incidents in the ledger: what stands now, what a linking changes, and an incident with its claims.

Rows are only ever added, and only where something changed: of a claim, a pair or a report the row of the latest linking stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, func, insert, select
from sqlalchemy import Row as DatabaseRow

from harmledger.domain import Echo, Incident, Pointer, Replaced, Tie
from harmledger.errors import Inconsistent, NotFound
from harmledger.ids import plain
from harmledger.publish.record import Record
from harmledger.store.lookup import MOST_NAMED, begins, get_claims, only
from harmledger.store.rows import Row
from harmledger.store.schema import ECHOES, INCIDENT_CLAIMS, INCIDENT_POINTERS, INCIDENTS, LINKINGS, LINKS

SAME_SCORE = 0.005
"""A score that moved by less, since words grew more common elsewhere, is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIncidents:
    """What the last linking left: all incidents ever minted, in that order, with the claims they hold now; or some of them, whole."""

    linking: int
    """0 where nothing has been linked."""
    decisions: int
    """How many of the log's it knew."""
    incidents: tuple[Incident, ...]
    incident_of: Mapping[str, str]
    """Of each linked claim its incident."""
    originals: Mapping[str, str]
    """Of each copy its original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a linking found, to be kept."""

    incidents: Sequence[Incident]
    pointers: Sequence[Pointer]
    links: Iterable[Tie]
    echoes: Sequence[Echo]
    weights: str
    decisions: int = 0
    """How many the log held when the claims were looked at."""


def get_known_incidents(connection: Connection) -> KnownIncidents:
    """What stands now."""
    of = {r.claim_id: r.incident_id for r in connection.execute(_latest(INCIDENT_CLAIMS, "claim_id")) if r.incident_id}
    held: dict[str, list[str]] = {}
    for claim, incident in of.items():
        held.setdefault(incident, []).append(claim)
    minted = connection.execute(select(INCIDENTS).order_by(INCIDENTS.c.linking, INCIDENTS.c.position)).all()
    return KnownIncidents(
        linking=last_linking(connection),
        decisions=last_decisions(connection),
        incidents=tuple(_incident(row, held.get(row.incident_id, ())) for row in minted),
        incident_of=of,
        originals={
            r.document_id: r.original_id for r in connection.execute(_latest(ECHOES, "document_id")) if r.original_id
        },
    )


def last_linking(connection: Connection) -> int:
    """The number of the last linking; 0 where nothing has been linked."""
    return connection.execute(select(func.max(LINKINGS.c.linking))).scalar() or 0


def last_decisions(connection: Connection) -> int:
    """How many of the log's decisions the last linking knew."""
    return connection.execute(select(func.max(LINKINGS.c.decisions))).scalar() or 0


def get_some_incidents(connection: Connection, wanted: Iterable[str], originals: Mapping[str, str]) -> KnownIncidents:
    """These incidents alone, as far as they were ever minted; with these copies."""
    ids = set(wanted)
    held: dict[str, list[str]] = {}
    moved = _rows(connection, select(INCIDENT_CLAIMS.c.claim_id), INCIDENT_CLAIMS.c.incident_id, ids)
    of = {c: i for c, i in find_homes(connection, {row.claim_id for row in moved}).items() if i in ids}
    for claim, incident in of.items():
        held.setdefault(incident, []).append(claim)
    minted = sorted(
        _rows(connection, select(INCIDENTS), INCIDENTS.c.incident_id, ids), key=lambda r: (r.linking, r.position)
    )
    return KnownIncidents(
        linking=last_linking(connection),
        decisions=last_decisions(connection),
        incidents=tuple(_incident(row, held.get(row.incident_id, ())) for row in minted),
        incident_of=of,
        originals=originals,
    )


def find_homes(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """Of each of these claims that is in an incident, that incident."""
    rows = _rows(connection, select(INCIDENT_CLAIMS), INCIDENT_CLAIMS.c.claim_id, claims)
    last = {row.claim_id: row.incident_id for row in sorted(rows, key=lambda row: row.linking)}
    return {claim: incident for claim, incident in last.items() if incident}


def find_echoes_of(connection: Connection, documents: Iterable[str]) -> dict[str, Echo]:
    """Of each of these documents that is a copy, what it is a copy of."""
    rows = _rows(connection, select(ECHOES), ECHOES.c.document_id, documents)
    last = {row.document_id: row for row in sorted(rows, key=lambda row: row.linking)}
    return {
        document: Echo(document_id=document, original_id=row.original_id, shared=row.shared)
        for document, row in last.items()
        if row.original_id
    }


def find_copies_of(connection: Connection, originals: Iterable[str]) -> set[str]:
    """The documents that are copies of these now."""
    wanted = set(originals)
    ever = {row.document_id for row in _rows(connection, select(ECHOES), ECHOES.c.original_id, wanted)}
    return {d for d, echo in find_echoes_of(connection, ever).items() if echo.original_id in wanted}


def count_standing(connection: Connection) -> tuple[int, int, int]:
    """How many claims the last linking put into how many incidents, and how many reports are copies."""
    last = select(LINKINGS.c.claims, LINKINGS.c.incidents).order_by(LINKINGS.c.linking.desc()).limit(1)
    row = connection.execute(last).first()
    copies = _latest(ECHOES, "document_id").subquery()
    copied = connection.execute(select(func.count()).where(copies.c.original_id.is_not(None))).scalar() or 0
    return (row.claims, row.incidents, copied) if row else (0, 0, 0)


def _incident(row: DatabaseRow[Any], claims: Sequence[str]) -> Incident:
    return Incident(incident_id=row.incident_id, founding_claim=row.founding_claim, claims=tuple(claims))


def _rows(
    connection: Connection, question: Select[Any], column: Column[str], wanted: Iterable[str]
) -> Iterator[DatabaseRow[Any]]:
    """The rows in which a column is one of many values, so many at a time as may be asked for."""
    values = sorted(set(wanted))
    for start in range(0, len(values), MOST_NAMED):
        yield from connection.execute(question.where(column.in_(values[start : start + MOST_NAMED])))


def keep_linking(connection: Connection, before: KnownIncidents, change: Change, *, filed: datetime) -> int:
    """Add what changed since `before`, which may be some of what stands if the change is of these alone; gives the linking's number.

    Raises:
        Inconsistent: another linking was kept since `before` was looked up.
    """
    last = last_linking(connection)
    if last != before.linking:
        raise Inconsistent("somebody else linked meanwhile", "the ledger's incidents", "run `harmledger link` again")
    every = {"linking": last + 1}
    claims = {claim: i.incident_id for i in change.incidents for claim in i.claims}
    connection.execute(
        insert(LINKINGS), [{**every, "filed": filed, **_totals(connection, before, change, len(claims))}]
    )
    _add(connection, INCIDENTS, every, _minted(before, change.incidents))
    _add(connection, INCIDENT_CLAIMS, every, _moved(before, claims))
    _add(connection, INCIDENT_POINTERS, every, ({**_plain(p)} for p in change.pointers))
    links = iter(change.links)
    while some := list(islice(links, MOST_NAMED)):
        _add(connection, LINKS, every, _new_links(connection, some))
    _add(connection, ECHOES, every, _new_echoes(before, change.echoes))
    return last + 1


def _totals(connection: Connection, before: KnownIncidents, change: Change, claims: int) -> Row:
    """What stands after the change: what stood, less what is looked at here, and that anew."""
    stood, incidents, _ = count_standing(connection)
    holding = sum(bool(incident.claims) for incident in before.incidents)
    return {
        "weights": change.weights,
        "decisions": change.decisions,
        "claims": stood - len(before.incident_of) + claims,
        "incidents": incidents - holding + len(change.incidents),
    }


def _minted(before: KnownIncidents, incidents: Iterable[Incident]) -> Iterator[Row]:
    known = {incident.incident_id for incident in before.incidents}
    for position, new in enumerate(i for i in incidents if i.incident_id not in known):
        yield {"incident_id": new.incident_id, "founding_claim": new.founding_claim, "position": position}


def _moved(before: KnownIncidents, claims: Mapping[str, str]) -> Iterator[Row]:
    for claim, incident in claims.items():
        if before.incident_of.get(claim) != incident:
            yield {"claim_id": claim, "incident_id": incident}
    yield from ({"claim_id": claim, "incident_id": None} for claim in before.incident_of if claim not in claims)


def _new_links(connection: Connection, links: Sequence[Tie]) -> Iterator[Row]:
    rows = _rows(connection, select(LINKS), LINKS.c.left_claim, (link.left for link in links))
    known = {(row.left_claim, row.right_claim): row.score for row in sorted(rows, key=lambda row: row.linking)}
    for link in links:
        if abs(known.get((link.left, link.right), -1.0) - link.score) >= SAME_SCORE:
            score = round(link.score, 4)
            yield {"left_claim": link.left, "right_claim": link.right, "score": score, "reasons": dict(link.values)}


def _new_echoes(before: KnownIncidents, echoes: Iterable[Echo]) -> Iterator[Row]:
    found = {echo.document_id: echo for echo in echoes}
    for echo in found.values():
        if before.originals.get(echo.document_id) != echo.original_id:
            yield {**_plain(echo)}
    for document in before.originals:
        if document not in found:
            yield {"document_id": document, "original_id": None, "shared": 0.0}


def _plain(value: Pointer | Echo) -> Row:
    row = plain(value)
    assert isinstance(row, dict)  # noqa: S101  a dataclass is one
    return dict(row)


def _add(connection: Connection, table: Table, every: Row, rows: Iterable[Row]) -> None:
    all_rows = [{**every, **row} for row in rows]
    if all_rows:
        connection.execute(insert(table), all_rows)


def _latest(table: Table, *keys: str) -> Select[tuple[object, ...]]:
    """Of each key the row of the last linking that touched it."""
    columns = [table.c[key] for key in keys]
    last = select(*columns, func.max(table.c.linking).label("last")).group_by(*columns).subquery()
    same = and_(table.c.linking == last.c["last"], *(table.c[key] == last.c[key] for key in keys))
    return select(table).join(last, same)


def linked_now() -> ColumnElement[bool]:
    """Of a row of `incident_claims`: no later linking moved the claim."""
    later = INCIDENT_CLAIMS.alias()
    return ~exists().where(later.c.claim_id == INCIDENT_CLAIMS.c.claim_id, later.c.linking > INCIDENT_CLAIMS.c.linking)


# --- one incident ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledIncident:
    """An incident with its claims' records, each beside its document's, and where its id leads on to."""

    incident: Incident
    claims: tuple[tuple[Record, Record], ...]
    """(document, claim), as first published."""
    originals: Mapping[str, str]
    pointers: tuple[Pointer, ...] = ()
    rejected: tuple[tuple[Record, Record], ...] = ()
    """Of an incident as it stands: what people took out of it, marked so."""
    replaced: Mapping[str, Replaced] = field(default_factory=dict[str, Replaced])
    """Of an incident as it stands: its reports of which a later version of the page stands, and which that is."""


def list_incidents(connection: Connection, standing: KnownIncidents) -> Iterator[FiledIncident]:
    """All incidents that hold claims, in the order they were minted."""
    pointers = _current_pointers(connection, standing)
    for incident in standing.incidents:
        if incident.claims:
            yield _filed(connection, standing, incident, pointers)


def get_incident(connection: Connection, standing: KnownIncidents, wanted: str) -> tuple[list[str], FiledIncident]:
    """The incident whose id begins so, or where that id leads on to by mergers: the ids passed on the way, and the incident.

    Raises:
        NotFound: there is none, or its claims are all gone.
        BadInput: there are several.
    """
    found = connection.execute(select(INCIDENTS.c.incident_id).where(begins(INCIDENTS.c.incident_id, wanted))).scalars()
    at = only(set(found), wanted, "incident", listed="incidents")
    by_id = {incident.incident_id: incident for incident in standing.incidents}
    pointers = _current_pointers(connection, standing)
    passed: list[str] = []
    while not by_id[at].claims:
        onward = next((p.onward_id for p in pointers.get(at, ()) if p.onward_id not in passed), None)
        if onward is None:
            raise NotFound(
                "the incident holds no claims any longer", at, "list what there is with `harmledger incidents`"
            )
        passed.append(at)
        at = onward
    return passed, _filed(connection, standing, by_id[at], pointers)


def list_old_ids(connection: Connection, standing: KnownIncidents) -> dict[str, tuple[str, ...]]:
    """Of each incident that holds claims the ids that mergers lead on to it, as first minted."""
    onward = {
        at: pointers[0].onward_id
        for at, pointers in _current_pointers(connection, standing).items()
        if pointers[0].why == "merged"
    }
    found: dict[str, list[str]] = {}
    for incident in standing.incidents:
        if not incident.claims and (at := _follow(incident.incident_id, onward)):
            found.setdefault(at, []).append(incident.incident_id)
    return {at: tuple(old) for at, old in found.items()}


def _follow(at: str, onward: Mapping[str, str]) -> str | None:
    """Where an id leads in the end; None where it leads nowhere, or in a circle."""
    passed: set[str] = set()
    while at in onward:
        if at in passed:
            return None
        passed.add(at)
        at = onward[at]
    return at if passed else None


def _current_pointers(connection: Connection, standing: KnownIncidents) -> dict[str, list[Pointer]]:
    """The last pointers of each id; an incident that holds claims again is merged into none."""
    holding = {incident.incident_id for incident in standing.incidents if incident.claims}
    pointers: dict[str, list[Pointer]] = {}
    for row in connection.execute(select(INCIDENT_POINTERS).order_by(INCIDENT_POINTERS.c.linking.desc())):
        if not (row.why == "merged" and row.incident_id in holding):
            pointer = Pointer(incident_id=row.incident_id, onward_id=row.onward_id, why=row.why)
            pointers.setdefault(row.incident_id, []).append(pointer)
    return pointers


def _filed(
    connection: Connection, standing: KnownIncidents, incident: Incident, pointers: Mapping[str, Sequence[Pointer]]
) -> FiledIncident:
    claims = get_claims(connection, incident.claims)
    claims.sort(key=lambda pair: (pair[0]["published"] or "9", pair[0]["document_id"], pair[1]["count"]["start"]))
    onward = tuple(pointers.get(incident.incident_id, ()))
    return FiledIncident(incident=incident, claims=tuple(claims), originals=standing.originals, pointers=onward)
