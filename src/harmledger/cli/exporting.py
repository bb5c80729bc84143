"""`harmledger export`: incidents out of the ledger, in the shapes that researchers' tools read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from harmledger.cli import tell
from harmledger.cli.printing import write
from harmledger.cli.showing import looking
from harmledger.domain import ExportedIncident, Rule
from harmledger.errors import BadInput, NotFound
from harmledger.exporting import export_incidents
from harmledger.publish.exports.formats import FORMATS, Format
from harmledger.publish.exports.geojson import render_geojson
from harmledger.publish.exports.jsonld import render_jsonld
from harmledger.publish.exports.sheets import open_sheet
from harmledger.publish.exports.table import Table
from harmledger.store import get_known_incidents
from harmledger.store.exported import write_sqlite
from harmledger.store.files import fill_sheets, writing_to

STDOUT = "-"
PROGRESS_INCIDENTS = 100
_RENDERERS = {"geojson": render_geojson, "jsonld": render_jsonld}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an export was asked for."""

    form: Format
    rule: Rule
    out: str = STDOUT
    table: str | None = None
    hxl: bool = False
    quotes: bool = True


def parse_asked(form: str, rule: str | None, *, out: str, table: str | None, hxl: bool, no_quotes: bool) -> Asked:
    """What the options of `harmledger export` ask for.

    Raises:
        BadInput: they don't go together.
    """
    chosen = FORMATS[form]
    if hxl and not chosen.takes_hxl:
        takers = ", ".join(each.name for each in FORMATS.values() if each.takes_hxl)
        raise BadInput("it has no second header row", form, f"take --hxl with one of {takers}")
    if table and not (len(chosen.tables) > 1 and form != "sqlite"):
        raise BadInput("it has no tables to choose from", form, "leave out --table")
    named = Rule(rule) if rule else chosen.rule
    return Asked(form=chosen, rule=named, out=out, table=table, hxl=hxl, quotes=not no_quotes)


def export_and_tell(folder: str, asked: Asked) -> None:
    """Write the export, and tell how many incidents are in it and why others aren't."""
    tables = _choose(asked)
    left_out: Counter[str] = Counter()
    with looking(folder) as connection:
        if not get_known_incidents(connection).linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        incidents = counted(export_incidents(connection, Path(folder), asked.rule, quotes=asked.quotes))
        written = _Written()
        _write(asked, tables, written.count(_with_place(incidents, tables, left_out)))
    for reason, number in sorted(left_out.items()):
        tell(f"{number} incident{'s' * (number != 1)} left out: {reason}")
    tell(f"{written.number} incidents as {asked.form.name}, by the rule {asked.rule.value}")


def counted(incidents: Iterable[ExportedIncident]) -> Iterator[ExportedIncident]:
    """The incidents, with how many are done on stderr where a person watches."""
    watched = sys.stderr.isatty()
    for number, incident in enumerate(incidents, 1):
        if watched and number % PROGRESS_INCIDENTS == 0:
            click.echo(f"\r{number:,} incidents\r", nl=False, err=True)
        yield incident


class _Written:
    def __init__(self) -> None:
        self.number = 0

    def count(self, incidents: Iterable[ExportedIncident]) -> Iterator[ExportedIncident]:
        for incident in incidents:
            self.number += 1
            yield incident


def _choose(asked: Asked) -> tuple[Table[Any], ...]:
    """The tables that are to be written."""
    tables = asked.form.tables
    if asked.table:
        found = tuple(table for table in tables if table.name == asked.table)
        if not found:
            names = ", ".join(table.name for table in tables)
            raise BadInput(f"{asked.form.name} has no such table", asked.table, f"name one of {names}")
        tables = found
    if asked.out == STDOUT and asked.form.is_file:
        raise BadInput("it is no text to print", asked.form.name, "name a file or folder with --out")
    if asked.out == STDOUT and len(tables) > 1:
        names = ", ".join(table.name for table in tables)
        raise BadInput(
            f"it has {len(tables)} tables", asked.form.name, f"name a folder with --out, or one of {names} with --table"
        )
    return tables


def _with_place(
    incidents: Iterable[ExportedIncident], tables: tuple[Table[Any], ...], left_out: Counter[str]
) -> Iterator[ExportedIncident]:
    """Those that the format has a place for; the others are counted by their reason."""
    for incident in incidents:
        reason = next((why for table in tables if (why := table.refuses(incident))), None)
        if reason:
            left_out[reason] += 1
        else:
            yield incident


def _write(asked: Asked, tables: tuple[Table[Any], ...], incidents: Iterator[ExportedIncident]) -> None:
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")
    if asked.form.name == "sqlite":
        write_sqlite(Path(asked.out), tables, incidents)
    elif asked.form.tables:
        _write_tables(asked, tables, incidents)
    else:
        _write_text(_RENDERERS[asked.form.name](incidents), asked.out)


def _write_text(pieces: Iterator[str], out: str) -> None:
    if out == STDOUT:
        for piece in pieces:
            write(piece)
        return
    with writing_to(Path(out)) as file:
        for piece in pieces:
            file.write(piece.encode(errors="replace"))


def _write_tables(asked: Asked, tables: tuple[Table[Any], ...], incidents: Iterator[ExportedIncident]) -> None:
    suffix = "parquet" if asked.form.name == "parquet" else "csv"
    sheets = [open_sheet(table, suffix, hxl=asked.hxl) for table in tables]
    if asked.out == STDOUT:
        for incident in incidents:
            write(sheets[0].add(incident).decode())
        write(sheets[0].finish().decode())
    elif len(tables) == 1:
        fill_sheets({Path(asked.out): sheets[0]}, incidents)
    else:
        paths = (Path(asked.out, f"{table.name}.{suffix}") for table in tables)
        fill_sheets(dict(zip(paths, sheets, strict=True)), incidents)
