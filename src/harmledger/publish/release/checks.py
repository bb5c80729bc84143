"""What must hold before anything is released; every fault in one sentence.

Comes in: incidents, one after another, and how to look up a report's clean text. Goes out: faults. An id that two rows share, a row that
refers to none, a quote that isn't in its report, a total that can't be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harmledger.domain import ClaimedFigure, ExportedIncident, Quoted, RollUp
from harmledger.publish.exports.codes import event_id, event_number
from harmledger.publish.exports.own import OWN
from harmledger.publish.exports.table import Row, Table

TextOf = Callable[[str], str | None]
"""The clean text of a document; None where it has none."""


class Checks:
    """Holds each incident to what must hold, and against those before it."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._seen: set[tuple[str, object]] = set()

    def check(self, incident: ExportedIncident) -> Iterator[str]:
        """Its faults."""
        at = incident.incident_id[:10]
        for fault in self._faults(incident):
            yield f"incident {at}: {fault}"

    def _faults(self, incident: ExportedIncident) -> Iterator[str]:
        rows: dict[str, list[Row]] = {table.name: list(table.rows(incident)) for table in OWN}
        for table in OWN:
            yield from self._doubled(table, rows[table.name])
            yield from _dangling(table, rows)
        yield from self._doubled_codes(incident)
        for total in incident.totals:
            yield from _impossible(total, incident)
        for quoted in incident.quotes:
            yield from self._misquoted(quoted)
        yield from _superseded_by_none(incident.figures)

    def _doubled(self, table: Table[object], rows: list[Row]) -> Iterator[str]:
        for key in _cells(table, rows, table.key):
            if self._is_doubled(table.name, key):
                yield f"two rows of {table.name} have the key {', '.join(str(part)[:10] for part in key)}"

    def _doubled_codes(self, incident: ExportedIncident) -> Iterator[str]:
        """Short ids of other recorders' columns: two incidents must not share one."""
        ids = (incident.incident_id, *incident.old_ids)
        for what, code in (("number", event_number(incident.incident_id)), *(("code", event_id(one)) for one in ids)):
            if self._is_doubled(what, code):
                yield f"another incident has the {what} {code}"

    def _is_doubled(self, what: str, key: object) -> bool:
        doubled = (what, key) in self._seen
        self._seen.add((what, key))
        return doubled

    def _misquoted(self, quoted: Quoted) -> Iterator[str]:
        if quoted.exact is None or quoted.start is None or quoted.end is None:
            return
        text = self._text_of(quoted.document_id)
        if text is None or text[quoted.start : quoted.end] != quoted.exact:
            yield f"the quote of claim {quoted.claim_id[:10]} isn't in its report"


def _dangling(table: Table[object], rows: dict[str, list[Row]]) -> Iterator[str]:
    tables = {each.name: each for each in OWN}
    for reference in table.references:
        there = set(_cells(tables[reference.table], rows[reference.table], reference.there))
        for cells in _cells(table, rows[table.name], reference.columns):
            if cells not in there:
                yield f"a row of {table.name} refers to no row of {reference.table} ({', '.join(str(c)[:10] for c in cells)})"


def _cells(table: Table[object], rows: list[Row], names: tuple[str, ...]) -> list[Row]:
    at = [table.names.index(name) for name in names]
    return [tuple(row[position] for position in at) for row in rows]


def _impossible(total: RollUp, incident: ExportedIncident) -> Iterator[str]:
    stated = [bound for bound in (total.low, total.best, total.high) if bound is not None]
    named = f"the total of {total.harm.value}"
    if stated != sorted(stated) or any(bound < 0 for bound in stated):
        yield f"{named} runs from {total.low} over {total.best} to {total.high}"
    claims = {figure.claim_id for figure in incident.figures}
    for claim in (*total.used, *(left.claim_id for left in total.left_out)):
        if claim not in claims:
            yield f"{named} stands on claim {claim[:10]}, which isn't there"


def _superseded_by_none(figures: tuple[ClaimedFigure, ...]) -> Iterator[str]:
    claims = {figure.claim_id for figure in figures}
    for figure in figures:
        if figure.superseded_by and figure.superseded_by not in claims:
            yield f"claim {figure.claim_id[:10]} is superseded by {figure.superseded_by[:10]}, which isn't there"
