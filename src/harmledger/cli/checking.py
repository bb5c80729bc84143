"""`harmledger reference` and `harmledger check`: recorders' data sets in, and claims set beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
from sqlalchemy import Connection

from harmledger.check import Recorded, ask_record, check_claims, find_window
from harmledger.check.recorders import RECORDERS, Recorder, find_recorder, name_columns
from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import made
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.cli.showing import looking
from harmledger.collect.recorded import RecordedFile, Row, hash_content, open_recorded
from harmledger.config import Config
from harmledger.domain import Checked, RecordedIncident, ReferenceSet, Refused
from harmledger.errors import BadInput, NotFound
from harmledger.ids import reference_id
from harmledger.pipeline import load_reader, read_reports
from harmledger.publish.checked import render_check, render_checked
from harmledger.publish.record import Record, render_record, render_refused
from harmledger.publish.wording import render_json, render_plain
from harmledger.resources.registry import load_registry
from harmledger.standing import StandingClaims
from harmledger.store import (
    add_reference,
    find_added,
    get_reference,
    get_report,
    list_references,
    load_incidents,
)

PROGRESS_ROWS = 1000
TOLD_ROWS = 20
"""So many bad rows are told one by one; the others are counted."""


def add_recorded(name: str, file: str, folder: str, *, licence: str | None, citation: str | None) -> int:
    """Add a recorder's file to the ledger under a name; gives how many rows were passed over."""
    path = Path(file)
    content = hash_content(path)
    with open_recorded(path, name_columns) as opened:
        recorder = _recognise(opened, file)
        terms = licence or recorder.licence, citation or recorder.citation
        reference = ReferenceSet(
            reference_id=reference_id(name, content, *terms),
            name=name,
            recorder=recorder.id,
            content_id=content,
            licence=terms[0],
            citation=terms[1],
            added=utc_now(),
        )
        return _add(reference, _Rows(opened, recorder), folder)


def list_recorded(folder: str) -> None:
    """Every version of every data set: a line each with licence and citation."""
    with looking(folder) as connection:
        listed = list_references(connection)
    if not listed:
        tell(f"{folder} holds no data sets; add one with `harmledger reference add NAME FILE`")
    for each in listed:
        reference = each.reference
        standing = "current" if each.is_current else "replaced"
        write(
            f"{render_plain(reference.name)}  {reference.recorder}, {each.incidents:,} incidents, added {reference.added:%Y-%m-%d}, {standing}\n"
        )
        write(
            f"  version {reference.reference_id[:10]} · licence: {render_plain(reference.licence)}\n  {render_plain(reference.citation)}\n"
        )


def check_and_print(report: str, against: str, *, config: Config, form: str) -> int:
    """Set each claim of a report beside the data set of that name; gives how many reports couldn't be read."""
    with looking(config.ledger) as connection:
        reference = get_reference(connection, against)
        found = list(_find_records(report, config, connection))
        asked = [[] if isinstance(each, Refused) else ask_record(each) for each in found]
        first, last = find_window(claim for claims in asked for claim in claims)
        recorded = Recorded(load_incidents(connection, reference, earliest=first, latest=last))
    registry = load_registry()
    for each, claims in zip(found, asked, strict=True):
        if isinstance(each, Refused):
            _print_refused(each, form)
        else:
            _print(each, check_claims(claims, recorded, registry), reference, form)
    return sum(isinstance(each, Refused) for each in found)


def _recognise(opened: RecordedFile, file: str) -> Recorder:
    if not opened.columns:
        raise BadInput("none of its rows can be read", file, "give a recorder's table with its header and rows")
    recorder = find_recorder(opened.columns)
    if recorder is None:
        known = ", ".join(each.name for each in RECORDERS)
        raise BadInput(
            f"its columns are none of a known recorder ({known})", file, "give one of their tables with its header"
        )
    return recorder


def _add(reference: ReferenceSet, rows: _Rows, folder: str) -> int:
    with made(folder) as ledger:
        if listed := find_added(ledger, reference):
            tell(f"{reference.name} holds these {listed.incidents:,} incidents already; nothing added")
            return 0
        added = add_reference(ledger, reference, rows.incidents())
    rows.sum_up()
    tell(
        f"{added:,} incidents of {rows.recorder.name} added to {folder} as {reference.name}; licence: {reference.licence}; cite as: {reference.citation}"
    )
    return rows.failed


class _Rows:
    """A file's rows as incidents; one that is none is told in a sentence, and the others go on."""

    def __init__(self, opened: RecordedFile, recorder: Recorder) -> None:
        self.opened, self.recorder = opened, recorder
        self.failed = 0
        self._watched = sys.stderr.isatty()

    def incidents(self) -> Iterator[RecordedIncident]:
        for number, row in enumerate(self.opened.rows(), 1):
            if self._watched and number % PROGRESS_ROWS == 0:
                click.echo(f"\r{number:,} rows\r", nl=False, err=True)
            if incident := self._parse(row):
                yield incident

    def sum_up(self) -> None:
        if self.failed > TOLD_ROWS:
            tell(f"{self.failed - TOLD_ROWS:,} more rows were passed over")

    def _parse(self, row: Row | Refused) -> RecordedIncident | None:
        if isinstance(row, Refused):
            return self._pass_over(row.message)
        try:
            return self.recorder.parse(row)
        except BadInput as e:
            return self._pass_over(str(e))

    def _pass_over(self, sentence: str) -> None:
        self.failed += 1
        if self.failed <= TOLD_ROWS:
            tell(sentence)


def _find_records(report: str, config: Config, connection: Connection) -> Iterator[Record | Refused]:
    """The claim records of a file's reports, or of the document of that id in the ledger."""
    if report == "-" or Path(report).exists():
        results = read_reports(
            [report],
            load=partial(load_reader, config.engine, Path(config.ledger), config.endpoint),
            now=utc_now,
            jobs=config.jobs,
        )
        yield from (each if isinstance(each, Refused) else render_record(each) for each in results)
        return
    try:
        yield StandingClaims(connection, Path(config.ledger)).report(get_report(connection, report).record)
    except NotFound as e:
        raise NotFound(
            "it is neither a file nor a document of the ledger", report, "give a path, or see `harmledger show`"
        ) from e


def _print(record: Record, checked: list[Checked], reference: ReferenceSet, form: str) -> None:
    if form == "jsonl":
        write(render_json(render_checked(record, checked, reference)) + "\n")
    else:
        write(render_check(record, checked, reference, width=terminal_width(), color=is_colored()) + "\n")


def _print_refused(refused: Refused, form: str) -> None:
    tell(refused.message)
    if form == "jsonl":
        write(render_json(render_refused(refused)) + "\n")
