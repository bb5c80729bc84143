"""Claim records as CSV, one row a claim.

Comes in: records of `record`. Goes out: text, safe to open in a spreadsheet (see `wording.render_cell`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from harmledger.publish.record import Record
from harmledger.publish.wording import render_cell


def render_csv_header() -> str:
    """The columns' names."""
    return _csv([[*_DOCUMENT_COLUMNS, *CLAIM_COLUMNS]])


def render_csv(record: Record) -> str:
    """One row a claim; a report without claims has none.

    Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it, so that no spreadsheet takes a
    report's words for a formula; take one off to have the exact words, or read the JSON lines, which change nothing.
    """
    return _csv(_rows(record))


_DOCUMENT_COLUMNS = ("document_id", "id", "title", "publisher", "language", "published", "published_from")
CLAIM_COLUMNS: dict[str, tuple[str, ...]] = {
    "claim_id": ("claim_id",),
    "count": ("count", "exact"),
    "low": ("count", "low"),
    "high": ("count", "high"),
    "hedge": ("count", "hedge"),
    "harm": ("harm",),
    "victims": ("victims", "exact"),
    "kind": ("victims", "kind"),
    "group": ("victims", "group"),
    "scope": ("scope",),
    "part_of": ("part_of",),
    "place": ("place", "exact"),
    "place_name": ("place", "name"),
    "place_id": ("place", "id"),
    "country": ("place", "country"),
    "admin1": ("place", "admin1"),
    "lat": ("place", "lat"),
    "lon": ("place", "lon"),
    "place_precision": ("place", "precision"),
    "radius_m": ("place", "radius_m"),
    "when": ("when", "exact"),
    "earliest": ("when", "earliest"),
    "latest": ("when", "latest"),
    "when_precision": ("when", "precision"),
    "actor": ("actor", "exact"),
    "actor_id": ("actor", "id"),
    "actor_name": ("actor", "name"),
    "certainty": ("actor", "certainty"),
    "means": ("means", "kind"),
    "claimant": ("claimant", "exact"),
    "claimant_id": ("claimant", "id"),
    "claimant_name": ("claimant", "name"),
    "claimant_type": ("claimant", "type"),
    "via": ("via",),
    "polarity": ("polarity",),
    "confidence": ("confidence",),
    "engine": ("by", "engine"),
    "engine_version": ("by", "version"),
    "quote": ("quote", "exact"),
    "start": ("count", "start"),
    "end": ("count", "end"),
    "gloss": ("gloss",),
}
"""Each column and where in a claim's record it stands."""


def _rows(record: Record) -> Iterator[list[Any]]:
    document = [record["document"][column] for column in _DOCUMENT_COLUMNS]
    for claim in record["claims"]:
        yield [render_cell(value) for value in (*document, *flatten_claim(claim).values())]


def flatten_claim(claim: Record) -> Record:
    """A claim's record as one row: its columns and their values."""
    speakers: list[Record] = claim["attribution"]
    via = " > ".join(speaker["name"] or speaker["exact"] for speaker in speakers[:-1]) or None
    seen = {**claim, "claimant": speakers[-1] if speakers else None, "via": via}
    return {column: _dig(seen, path) for column, path in CLAIM_COLUMNS.items()}


def _dig(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value[key] if value is not None else None
    return value


def _csv(rows: Iterable[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
