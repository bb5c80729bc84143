"""Joins the claims of a bulk folder into incidents, over all its inputs: copies first, then pairs, then groups.

What each report tells is kept beside the tables (`told/`), so that it is told once however often one links. While linking, words and prints, which are
most of what is told, lie on disk (`spill`), and are read for what is compared at the moment (`windows`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from harmledger.bulk.parts import Folder, read_rows, write_table
from harmledger.bulk.spill import Spill, SpiltPrint
from harmledger.bulk.tables import CLAIMS, COPIES, DOCUMENTS, INCIDENTS, MEMBERS, TOLD, Row, Table
from harmledger.bulk.windows import Windows, score_in_windows
from harmledger.domain import Echo, Incident
from harmledger.errors import BadInput
from harmledger.link.columns import Columns
from harmledger.link.compare import load_weights
from harmledger.link.copies import find_copies, originals
from harmledger.link.features import Known
from harmledger.link.identity import name_incidents
from harmledger.link.islands import cluster_islands
from harmledger.link.join import Watch, gather_claims, unwatched
from harmledger.link.rarity import Rarity, load_background
from harmledger.link.told import Told, parse_told, render_shingles, render_told, tell
from harmledger.publish.wording import render_json

TOLD_FORM = "1"
"""Part of the names of `told/`: to be counted up with `link.told.TOLD_BY`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What linking came to, in numbers."""

    documents: int
    claims: int
    incidents: int
    copies: int
    left_out: int
    """Claims that count several events."""


class _All:
    """All that the reports tell, with their words and prints on disk."""

    def __init__(self, folder: Folder) -> None:
        self.columns = Columns(keep=lambda: Spill(np.int32, folder.path))
        self.prints: list[SpiltPrint] = []
        self.documents = self.left_out = 0
        self._shingles = Spill(np.uint32, folder.path)

    def add(self, told: Told) -> None:
        """One more report."""
        own = told.print
        place = self._shingles.add(own.shingles)
        self.prints.append(SpiltPrint(own.document_id, own.published, own.fetched, self._shingles, place))
        self.documents += 1
        self.left_out += len(told.unlinked)
        for telling in told.tellings:
            self.columns.add(telling)


def link_folder(folder: Folder, windows: Windows | None = None, watch: Watch = unwatched) -> Joined:
    """Join all claims of the folder, and write its incidents, their claims, and the copies.

    Raises:
        NotFound: nothing was read into it.
        BadInput: it holds no claims.
    """
    folder.settings()
    tell_folder(folder, watch)
    everything = _All(folder)
    for told in load_told(folder):
        everything.add(told)
    if not len(everything.columns):
        raise BadInput("it holds no claims to link", str(folder.path), "read archives into it first")
    watch("copies looked for among", 0, len(everything.prints))
    echoes = find_copies(everything.prints)
    everything.prints.clear()
    columns = everything.columns
    known = Known(Rarity(columns.reports, columns.vocabulary, load_background()), originals(echoes), {})
    scored = score_in_windows(columns, known, windows=windows or Windows(), folder=folder.path, watch=watch)
    groups = cluster_islands(len(columns), scored, threshold=load_weights().threshold, must=(), cannot=())
    return _write(folder, everything, [gather_claims(columns, group) for group in groups], echoes)


def tell_folder(folder: Folder, watch: Watch = unwatched) -> None:
    """Keep what each report tells, of inputs that it isn't kept of yet."""
    done = folder.list_done()
    for number, (input_id, _) in enumerate(done, 1):
        path = _told_path(folder, input_id)
        if not path.is_file() or path.stat().st_mtime_ns < folder.part(CLAIMS, input_id).stat().st_mtime_ns:
            keep_told(folder, input_id, _tell_input(folder, input_id))
        watch("telling inputs", number, len(done))


def keep_told(folder: Folder, input_id: str, told: Iterable[Told]) -> None:
    """Keep what an input's reports tell."""
    write_table(TOLD, _told_path(folder, input_id), map(_told_row, told))


def load_told(folder: Folder) -> Iterator[Told]:
    """What the reports tell, each once, in the order of their inputs' names."""
    seen: set[str] = set()
    ordered = sorted(folder.list_done(), key=lambda one: one[1].input)
    for input_id, _ in ordered:
        for row in read_rows([_told_path(folder, input_id)]):
            if row["document_id"] not in seen:
                seen.add(row["document_id"])
                yield parse_told(json.loads(row["record"]), row["document_id"], row["shingles"])


def _tell_input(folder: Folder, input_id: str) -> Iterator[Told]:
    claims: dict[str, list[Row]] = {}
    for row in read_rows([folder.part(CLAIMS, input_id)], ["document_id", "record"]):
        claims.setdefault(row["document_id"], []).append(json.loads(row["record"]))
    for row in read_rows([folder.part(DOCUMENTS, input_id)], ["document_id", "record"], rows=100):
        if own := claims.pop(row["document_id"], None):  # the same bytes twice in one input are one report
            yield tell({"document": json.loads(row["record"]), "claims": _unique(own)})


def _unique(claims: Iterable[Row]) -> list[Row]:
    return list({claim["claim_id"]: claim for claim in claims}.values())


def _told_row(told: Told) -> Row:
    return {
        "document_id": told.print.document_id,
        "record": render_json(render_told(told)),
        "shingles": render_shingles(told),
    }


def _told_path(folder: Folder, input_id: str) -> Path:
    return folder.path / TOLD.name / f"{input_id}-{TOLD_FORM}.parquet"


# --- what is written -------------------------------------------------------------------------------------------------


def _write(folder: Folder, everything: _All, groups: Sequence[tuple[str, ...]], echoes: Sequence[Echo]) -> Joined:
    columns, original = everything.columns, originals(echoes)
    documents, home = columns.values("document"), columns.column("document").tolist()
    document_of = {claim: documents[home[place]] for place, claims in enumerate(columns.claims) for claim in claims}
    incidents = name_incidents(groups).incidents
    written: dict[Table, Iterable[Row]] = {
        INCIDENTS: (_incident_row(incident, document_of, original) for incident in incidents),
        MEMBERS: _member_rows(incidents, document_of, original),
        COPIES: (
            {"document_id": echo.document_id, "original_id": echo.original_id, "shared": echo.shared} for echo in echoes
        ),
    }
    for table, rows in written.items():
        write_table(table, folder.path / table.name / f"{table.name}.parquet", rows)
    return Joined(
        documents=everything.documents,
        claims=len(document_of),
        incidents=len(incidents),
        copies=len(echoes),
        left_out=everything.left_out,
    )


def _member_rows(incidents: Iterable[Incident], document_of: dict[str, str], original: dict[str, str]) -> Iterator[Row]:
    for incident in incidents:
        for claim in incident.claims:
            yield {
                "claim_id": claim,
                "incident_id": incident.incident_id,
                "document_id": (document := document_of[claim]),
                "original_id": original.get(document, document),
            }


def _incident_row(incident: Incident, document_of: dict[str, str], original: dict[str, str]) -> Row:
    documents = {document_of[claim] for claim in incident.claims}
    return {
        "incident_id": incident.incident_id,
        "founding_claim": incident.founding_claim,
        "claims": len(incident.claims),
        "documents": len(documents),
        "sources": len({original.get(document, document) for document in documents}),
    }
