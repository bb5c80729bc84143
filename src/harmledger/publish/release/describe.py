"""What stands beside a release's tables: datapackage.json, the data dictionary, the citation, the checksums.

Source: Frictionless Data Package and Table Schema, version 1; Citation File Format 1.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harmledger.domain import Rule
from harmledger.publish.exports import geojson
from harmledger.publish.exports.own import OWN
from harmledger.publish.exports.table import Column, Table

ABOUT = (
    "Who says what about harm to people in armed conflict: incidents, the figures of every claimant, and the words they stand on. Nothing is rated "
    "true or false; proposed grades are for people to set."
)
NOBODY = "The keepers of this ledger"
MEDIA = {"csv": "text/csv", "geojson": "application/geo+json"}
"""Forms that the package describes. Parquet files hold the same rows as the CSV of their name, with their types in themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release is called, and by whom and under what rule it was made."""

    version: str
    rule: Rule
    made: datetime
    program: str
    """Name and version of what made it."""
    by: str | None = None
    quotes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file of a release: where it lies in it, and its bytes' size and SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def form(self) -> str:
        """Its suffix."""
        return self.path.rpartition(".")[2]


def render_datapackage(released: Released, files: Sequence[DataFile]) -> str:
    """The package's description, with the schema of each table."""
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "harm-claims",
        "title": "Claims of harm, by incident",
        "description": f"{ABOUT} Figures by the rule {released.rule.value}.",
        "version": released.version,
        "created": released.made.isoformat(),
        "contributors": [{"title": released.by or NOBODY, "role": "publisher"}],
        "sources": [{"title": released.program}],
        "resources": [_resource(file) for file in files if file.form in MEDIA],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(file: DataFile) -> dict[str, Any]:
    table = _table_of(file)
    name = file.path.rpartition("/")[2].replace(".", "-").replace("_", "-")
    described: dict[str, Any] = {
        "name": name.removesuffix("-csv"),
        "path": file.path,
        "format": file.form,
        "mediatype": MEDIA[file.form],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "description": table.about if table else geojson.ABOUT,
    }
    if table is None:
        return described
    return {**described, "profile": "tabular-data-resource", "encoding": "utf-8", "schema": render_schema(table)}


def render_schema(table: Table[Any]) -> dict[str, Any]:
    """The table's Table Schema."""
    keys = [
        {
            "fields": list(r.columns),
            "reference": {"resource": r.table.replace("_", "-"), "fields": list(r.there)},
        }
        for r in table.references
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    return {**schema, "foreignKeys": keys, "missingValues": [""]} if keys else {**schema, "missingValues": [""]}


def _field(column: Column[Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    about = {"description": column.about} if column.about else {}
    return {"name": column.name, "type": column.type.value, **about, **({"constraints": limits} if limits else {})}


def _table_of(file: DataFile) -> Table[Any] | None:
    stem = file.path.rpartition("/")[2].partition(".")[0]
    return next((t for t in OWN if t.name == stem), None) if file.form != "geojson" else None


def render_dictionary(released: Released) -> str:
    """Every table and column in words."""
    lines = ["# Data dictionary", "", ABOUT, "", f"Figures by the rule `{released.rule.value}`."]
    if not released.quotes:
        lines.append("The reports' sentences are left out.")
    lines += [
        "Parquet files, where there are any, hold the same rows as the CSV files of their names.",
        "In the CSV files text that begins like a formula has an apostrophe before it: take one off to have the exact words.",
        "",
    ]
    for table in OWN:
        lines += [f"## {table.name}", "", table.about, "", *render_columns(table), ""]
    lines += ["## incidents.geojson", "", geojson.ABOUT]
    return "\n".join(lines) + "\n"


def render_columns(table: Table[Any]) -> Iterator[str]:
    """The columns of a table as a table in Markdown."""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        choices = f" ({', '.join(column.choices)})" if column.choices else ""
        yield f"| `{column.name}` | {column.type.value} | {' '.join(f'{column.about}{choices}'.split())} |"


def render_citation(released: Released) -> str:
    """CITATION.cff."""
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite this data set with its version.",
        "type: dataset",
        "title: Claims of harm, by incident",
        f"version: {_quoted(released.version)}",
        f"date-released: {released.made:%Y-%m-%d}",
        "authors:",
        f"  - name: {_quoted(released.by or NOBODY)}",
        f"abstract: {_quoted(f'{ABOUT} Figures by the rule {released.rule.value}; made by {released.program}.')}",
    ]
    return "\n".join(lines) + "\n"


def render_checksums(files: Sequence[DataFile]) -> str:
    """As `sha256sum` writes and checks them."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def _quoted(words: str) -> str:
    """A string of YAML: JSON's strings are."""
    return json.dumps(words, ensure_ascii=False)
