"""Incidents in short, as they are kept: rows replaced whole, and the counts of what they are chosen by kept beside them.

In comes what `projecting` worked out of public documents. Rows of an incident go at once where one of its documents is closed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, Text, bindparam, delete, func, insert, select, update
from sqlalchemy import Row as SqlRow

from harmledger.domain import Facet, Incident, People, ShownIncident, Term, Whereabouts
from harmledger.publish.record import Record
from harmledger.store.adding import add_new
from harmledger.store.incidents import FiledIncident, find_echoes_of
from harmledger.store.lookup import get_claims
from harmledger.store.schema import INCIDENT_CLAIMS, INCIDENTS
from harmledger.store.schema_accounts import DOCUMENT_GROUPS
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_TERMS

UNDATED = "0000-00-00"
_PLACE = ("place_id", "country", "admin1", "lat", "lon", "radius_m", "precision")
_PLAIN = ("title", "grade", "claims", "reports", "copies", "sources", "first_published", "last_published")


def keep_shown(connection: Connection, touched: Sequence[str], shown: Sequence[ShownIncident]) -> bool:
    """Put these in the place of what was kept of the touched ones; of a touched one that isn't among them nothing is shown.

    Tells whether anything is shown otherwise now: most decisions change nothing that a list shows.
    """
    before = _rows_of(connection, touched)
    counts = _forget(connection, touched)
    labels: dict[tuple[str, str], str] = {}
    for each in shown:
        for term in each.terms:
            counts[term.facet.value, term.value] += 1
            labels[term.facet.value, term.value] = term.label
    for table, rows in _rows_for(shown).items():
        if rows:
            connection.execute(insert(table), rows)
    _count(connection, counts, labels)
    return before != _rows_of(connection, touched)


def find_differing(connection: Connection, incidents: Sequence[str], shown: Sequence[ShownIncident]) -> list[str]:
    """Those of some incidents of which other rows are kept than these give."""
    kept: set[tuple[Any, ...]] = set()
    made: set[tuple[Any, ...]] = set()
    for table, rows in _rows_for(shown).items():
        names, place = [column.name for column in table.columns], list(table.columns).index(table.c.incident_id)
        made |= {(row["incident_id"], table.name, *(row[name] for name in names)) for row in rows}
        of = select(table).where(table.c.incident_id.in_(incidents))
        kept |= {(row[place], table.name, *row) for row in connection.execute(of)}
    return sorted({row[0] for row in kept ^ made})


def find_miscounted(connection: Connection) -> list[tuple[str, str]]:
    """Facets' values that are counted otherwise than incidents have them."""
    counted = select(SHOWN_TERMS.c.facet, SHOWN_TERMS.c.value, func.count().label("times"))
    there = {
        (r.facet, r.value): r.times
        for r in connection.execute(counted.group_by(SHOWN_TERMS.c.facet, SHOWN_TERMS.c.value))
    }
    kept = {(r.facet, r.value): r.incidents for r in connection.execute(select(SHOWN_FACETS))}
    return sorted({key for key, _ in there.items() ^ kept.items()})


def _rows_for(shown: Sequence[ShownIncident]) -> dict[Table, list[dict[str, Any]]]:
    """The rows that are kept of incidents."""
    terms = [
        {"facet": term.facet.value, "value": term.value, "incident_id": s.incident_id}
        for s in shown
        for term in s.terms
    ]
    documents = [{"incident_id": s.incident_id, "document_id": d} for s in shown for d in s.documents]
    return {SHOWN: [_row(s) for s in shown], SHOWN_TERMS: terms, SHOWN_DOCUMENTS: documents}


def _rows_of(connection: Connection, incidents: Sequence[str]) -> list[set[tuple[Any, ...]]]:
    """All that is kept of some incidents."""
    tables = (SHOWN, SHOWN_TERMS, SHOWN_DOCUMENTS)
    questions = (select(table).where(table.c.incident_id.in_(incidents)) for table in tables)
    return [{tuple(row) for row in connection.execute(question)} for question in questions]


def forget_shown(connection: Connection, touched: Sequence[str]) -> None:
    """Show nothing of these any longer, and count them nowhere."""
    _count(connection, _forget(connection, touched), {})


def closed_among(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Those of some documents that are kept to groups."""
    wanted = set(documents)
    return set(connection.execute(select(DOCUMENT_GROUPS.c.document_id).distinct()).scalars()) & wanted


def get_filed(connection: Connection, incidents: Sequence[str]) -> list[FiledIncident]:
    """Some incidents with the claims that they hold now; what holds none is left out. Asks for no others, however many there are."""
    of = INCIDENT_CLAIMS
    ever = select(of.c.claim_id).where(of.c.incident_id.in_(incidents))
    rows = connection.execute(select(of).where(of.c.claim_id.in_(ever)).order_by(of.c.linking))
    now = {row.claim_id: row.incident_id for row in rows}
    held: dict[str, list[str]] = {}
    for claim, incident in now.items():
        held.setdefault(incident or "", []).append(claim)
    founding = select(INCIDENTS).where(INCIDENTS.c.incident_id.in_(incidents))
    found = [row for row in connection.execute(founding).all() if row.incident_id in held]
    members = [claim for row in found for claim in held[row.incident_id]]
    pairs = {claim["claim_id"]: (document, claim) for document, claim in get_claims(connection, members)}
    echoes = find_echoes_of(connection, {document["document_id"] for document, _ in pairs.values()})
    originals = {document: echo.original_id for document, echo in echoes.items()}
    return [_filed(row, held[row.incident_id], pairs, originals) for row in found]


def parse_shown(row: Mapping[Any, Any], terms: Sequence[Term] = ()) -> ShownIncident:
    """A row as an incident in short; the documents that it stands on aren't looked up."""
    values: dict[str, Any] = {name: row[name] for name in ("incident_id", "earliest", "latest", *_PLAIN)}
    where = Whereabouts(name=row["place"], **{name: row[name] for name in _PLACE}) if row["precision"] else None
    harmed: dict[str, Any] = {
        harm: People(low=row[f"{harm}_low"], high=row[f"{harm}_high"]) if row[harm] else None
        for harm in ("killed", "injured")
    }
    return ShownIncident(**values, **harmed, where=where, terms=tuple(terms))


def list_terms(connection: Connection, incidents: Sequence[str]) -> dict[str, list[Term]]:
    """What each of some incidents can be chosen by."""
    same = (SHOWN_FACETS.c.facet == SHOWN_TERMS.c.facet) & (SHOWN_FACETS.c.value == SHOWN_TERMS.c.value)
    found: dict[str, list[Term]] = {}
    wanted = select(SHOWN_TERMS, SHOWN_FACETS.c.label).join(SHOWN_FACETS, same)
    rows = connection.execute(wanted.where(SHOWN_TERMS.c.incident_id.in_(incidents)).order_by(SHOWN_FACETS.c.label))
    for row in rows:
        term = Term(facet=Facet(row.facet), value=row.value, label=row.label)
        found.setdefault(row.incident_id, []).append(term)
    return found


def _filed(
    row: SqlRow[Any], claims: Sequence[str], pairs: Mapping[str, tuple[Record, Record]], originals: Mapping[str, str]
) -> FiledIncident:
    """One incident of those whose claims and copies were asked for together."""
    own = tuple(pairs[claim] for claim in claims if claim in pairs)
    copies = {d["document_id"]: originals[d["document_id"]] for d, _ in own if d["document_id"] in originals}
    incident = Incident(incident_id=row.incident_id, founding_claim=row.founding_claim, claims=tuple(claims))
    return FiledIncident(incident=incident, claims=own, originals=copies)


def _forget(connection: Connection, touched: Sequence[str]) -> Counter[tuple[str, str]]:
    """Take rows away; what has to be added to the counts."""
    wanted = select(SHOWN_TERMS.c.facet, SHOWN_TERMS.c.value).where(SHOWN_TERMS.c.incident_id.in_(touched))
    counts: Counter[tuple[str, str]] = Counter()
    for row in connection.execute(wanted):
        counts[row.facet, row.value] -= 1
    for table in (SHOWN, SHOWN_TERMS, SHOWN_DOCUMENTS):
        connection.execute(delete(table).where(table.c.incident_id.in_(touched)))
    return counts


def _count(connection: Connection, counts: Counter[tuple[str, str]], labels: Mapping[tuple[str, str], str]) -> None:
    """Counts follow; a value that nothing has any longer goes."""
    for (facet, value), label in labels.items():
        add_new(connection, SHOWN_FACETS, {"facet": facet, "value": value, "label": label, "incidents": 0})
    changes = [{"f": f, "v": v, "by": by, "words": labels.get((f, v))} for (f, v), by in counts.items() if by]
    if changes:
        connection.execute(_MORE, changes)
        connection.execute(delete(SHOWN_FACETS).where(SHOWN_FACETS.c.incidents <= 0))


_WORDS: ColumnElement[str | None] = bindparam("words", type_=Text)
_MORE = (
    update(SHOWN_FACETS)
    .where(SHOWN_FACETS.c.facet == bindparam("f"), SHOWN_FACETS.c.value == bindparam("v"))
    .values(incidents=SHOWN_FACETS.c.incidents + bindparam("by"), label=func.coalesce(_WORDS, SHOWN_FACETS.c.label))
)


def _row(shown: ShownIncident) -> dict[str, Any]:
    where = shown.where
    row: dict[str, Any] = {name: getattr(shown, name) for name in ("incident_id", "earliest", "latest", *_PLAIN)}
    row |= {name: where and getattr(where, name) for name in _PLACE} | {"place": where and where.name}
    for harm, people in (("killed", shown.killed), ("injured", shown.injured)):
        row |= {harm: people and 1, f"{harm}_low": people and people.low, f"{harm}_high": people and people.high}
    return {**row, "order_key": f"{shown.earliest or UNDATED} {shown.incident_id}"}
