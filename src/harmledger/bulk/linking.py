"""Joins the claims of a bulk folder into incidents, over all its inputs: copies first, then window after window of days, then groups.

What each report tells is kept beside the tables (`told/`), so that it is told once however often one links. Words are counted, and copies found, over
the whole set; pairs are compared within a window, which overlaps the next; groups are made of all pairs together. Without windows all is compared at
once, which a million claims fit into six gigabytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from harmledger.bulk.parts import Folder, read_rows, write_table
from harmledger.bulk.tables import CLAIMS, COPIES, DOCUMENTS, INCIDENTS, MEMBERS, TOLD, Row
from harmledger.domain import Constraints, Echo, Incident
from harmledger.errors import BadInput
from harmledger.link.compare import Weights, load_weights
from harmledger.link.copies import Print, find_copies, originals
from harmledger.link.identity import name_incidents
from harmledger.link.islands import Scored, cluster_islands
from harmledger.link.join import Among, Tellings, Watch, score_pairs, unwatched
from harmledger.link.marks import find_reach
from harmledger.link.told import Told, parse_told, render_shingles, render_told, tell
from harmledger.link.weigh import Weigher
from harmledger.publish.wording import render_json

TOLD_FORM = "1"
"""Part of the names of `told/`: to be counted up with `link.told.TOLD_BY`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Stretches of days that are compared each by itself; without days all is one."""

    days: int = 0
    overlap_days: int = 30
    """How far apart in days two reports of one event may lie; the longest stated period that is blocked by each of its days has 10."""

    def __post_init__(self) -> None:
        if self.days and self.overlap_days >= self.days:
            raise BadInput(
                f"windows of {self.days} days can't overlap by {self.overlap_days}",
                "--window-days",
                "make the windows longer than their overlap",
            )

    def cut(self, first: date, last: date) -> list[tuple[date, date]]:
        """Windows from the first day to the last, each with its overlap."""
        if not self.days:
            return [(first, last)]
        step, size = timedelta(self.days - self.overlap_days), timedelta(self.days)
        starts = range((last - first).days // step.days + 1)
        return [(first + n * step, first + n * step + size) for n in starts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What linking came to, in numbers."""

    documents: int
    claims: int
    incidents: int
    copies: int
    left_out: int
    """Claims that count several events."""


@dataclass(slots=True)
class _All:
    """What is known over the whole set: of each report one line, of each telling its claims."""

    documents: list[str] = field(default_factory=list[str])
    tellings: dict[str, int] = field(default_factory=dict[str, int])
    claims: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    published: list[date] = field(default_factory=list[date])
    home: list[int] = field(default_factory=list[int])
    """Of each telling its report, by place."""
    words: Counter[str] = field(default_factory=Counter[str])
    prints: list[Print] = field(default_factory=list[Print])
    first: date = date.max
    last: date = date.min
    reports: int = 0
    left_out: int = 0

    def add(self, told: Told) -> None:
        """One more report."""
        self.documents.append(told.print.document_id)
        self.prints.append(told.print)
        self.left_out += len(told.unlinked)
        self.reports += bool(told.tellings)
        self.words.update(told.words)
        for telling in told.tellings:
            self.tellings[telling.telling_id] = len(self.claims)
            self.claims.append(telling.claims)
            self.published.append(telling.published or date.max)
            self.home.append(len(self.documents) - 1)
        if reach := find_reach(told):
            self.first, self.last = min(self.first, reach.earliest), max(self.last, reach.latest)


def link_folder(folder: Folder, windows: Windows | None = None, watch: Watch = unwatched) -> Joined:
    """Join all claims of the folder, and write its incidents, their claims, and the copies.

    Raises:
        NotFound: nothing was read into it.
        BadInput: it holds no claims.
    """
    folder.settings()
    tell_folder(folder, watch)
    everything = _All()
    for told in load_told(folder):
        everything.add(told)
    if not everything.claims:
        raise BadInput("it holds no claims to link", str(folder.path), "read archives into it first")
    watch("copies looked for among", 0, len(everything.prints))
    echoes = find_copies(everything.prints)
    everything.prints = []
    groups = _group(everything, _score_windows(folder, everything, echoes, windows or Windows(), watch), load_weights())
    named = name_incidents([_ordered(everything, group) for group in groups])
    return _write(folder, everything, named.incidents, echoes)


def tell_folder(folder: Folder, watch: Watch = unwatched) -> None:
    """Keep what each report tells, of inputs that it isn't kept of yet."""
    done = folder.list_done()
    for number, (input_id, _) in enumerate(done, 1):
        path = _told_path(folder, input_id)
        if not path.is_file() or path.stat().st_mtime_ns < folder.part(CLAIMS, input_id).stat().st_mtime_ns:
            write_table(TOLD, path, _tell_input(folder, input_id))
        watch("telling inputs", number, len(done))


def load_told(folder: Folder, within: tuple[date, date] | None = None) -> Iterator[Told]:
    """What the reports tell, each once, in the order of their inputs' names; `within`: those that reach into these days, or tell no day."""
    seen: set[str] = set()
    ordered = sorted(folder.list_done(), key=lambda one: one[1].input)
    for input_id, _ in ordered:
        for row in read_rows([_told_path(folder, input_id)]):
            if row["document_id"] in seen:
                continue
            seen.add(row["document_id"])
            if within is None or _reaches(row, within):
                yield parse_told(json.loads(row["record"]), row["document_id"], row["shingles"])


def _tell_input(folder: Folder, input_id: str) -> Iterator[Row]:
    claims: dict[str, list[Row]] = {}
    for row in read_rows([folder.part(CLAIMS, input_id)], ["document_id", "record"]):
        claims.setdefault(row["document_id"], []).append(json.loads(row["record"]))
    for row in read_rows([folder.part(DOCUMENTS, input_id)], ["document_id", "record"], rows=100):
        if own := claims.pop(row["document_id"], None):  # the same bytes twice in one input are one report
            told = tell({"document": json.loads(row["record"]), "claims": _unique(own)})
            yield _told_row(told)


def _unique(claims: Iterable[Row]) -> list[Row]:
    return list({claim["claim_id"]: claim for claim in claims}.values())


def _told_row(told: Told) -> Row:
    reach = find_reach(told)
    return {
        "document_id": told.print.document_id,
        "earliest": reach and reach.earliest,
        "latest": reach and reach.latest,
        "record": render_json(render_told(told)),
        "shingles": render_shingles(told),
    }


def _told_path(folder: Folder, input_id: str) -> Path:
    return folder.path / TOLD.name / f"{input_id}-{TOLD_FORM}.parquet"


def _reaches(row: Row, within: tuple[date, date]) -> bool:
    first, last = row["earliest"], row["latest"]
    return first is None or (first <= within[1] and last >= within[0])


# --- windows ---------------------------------------------------------------------------------------------------------


def _score_windows(folder: Folder, everything: _All, echoes: Sequence[Echo], windows: Windows, watch: Watch) -> Scored:
    """The pairs worth keeping of all windows, each once, by place among all tellings."""
    among = Among(reports=everything.reports, holding=everything.words, echoes=echoes)
    weights = load_weights()
    found: list[Scored] = []
    stretches = windows.cut(everything.first, everything.last) if everything.first <= everything.last else [None]
    for stretch in stretches:
        tellings = Tellings.of_told(load_told(folder, stretch), Constraints(), among)
        if len(tellings.all) > 1:
            scored = score_pairs(
                tellings, range(len(tellings.all)), Weigher(tellings.all, tellings.known, weights), watch
            )
            place = np.array([everything.tellings[one] for one in tellings.all.ids], dtype=np.int64)
            found.append(Scored(left=place[scored.left], right=place[scored.right], score=scored.score))
    return _each_once(found)


def _each_once(found: Sequence[Scored]) -> Scored:
    left = np.concatenate([part.left for part in found]) if found else np.empty(0, np.int64)
    right = np.concatenate([part.right for part in found]) if found else np.empty(0, np.int64)
    score = np.concatenate([part.score for part in found]) if found else np.empty(0)
    _, first = np.unique(left << 32 | right, return_index=True)
    return Scored(left=left, right=right, score=score).at(first)


def _group(everything: _All, scored: Scored, weights: Weights) -> list[list[int]]:
    return cluster_islands(len(everything.claims), scored, threshold=weights.threshold, must=(), cannot=())


def _ordered(everything: _All, group: Sequence[int]) -> tuple[str, ...]:
    """A group's claims: of the first published telling first, of one day of the first read."""
    return tuple(
        claim
        for place in sorted(group, key=lambda one: (everything.published[one], one))
        for claim in everything.claims[place]
    )


# --- what is written -------------------------------------------------------------------------------------------------


def _write(folder: Folder, everything: _All, incidents: Sequence[Incident], echoes: Sequence[Echo]) -> Joined:
    document_of = {
        claim: everything.documents[everything.home[place]]
        for place, claims in enumerate(everything.claims)
        for claim in claims
    }
    original = originals(echoes)
    members = [
        {
            "claim_id": claim,
            "incident_id": incident.incident_id,
            "document_id": (document := document_of[claim]),
            "original_id": original.get(document, document),
        }
        for incident in incidents
        for claim in incident.claims
    ]
    rows = [_incident_row(incident, document_of, original) for incident in incidents]
    copies = [
        {"document_id": echo.document_id, "original_id": echo.original_id, "shared": echo.shared} for echo in echoes
    ]
    for table, written in ((INCIDENTS, rows), (MEMBERS, members), (COPIES, copies)):
        write_table(table, folder.path / table.name / f"{table.name}.parquet", written)
    return Joined(
        documents=len(everything.documents),
        claims=len(members),
        incidents=len(incidents),
        copies=len(copies),
        left_out=everything.left_out,
    )


def _incident_row(incident: Incident, document_of: dict[str, str], original: dict[str, str]) -> Row:
    documents = {document_of[claim] for claim in incident.claims}
    return {
        "incident_id": incident.incident_id,
        "founding_claim": incident.founding_claim,
        "claims": len(incident.claims),
        "documents": len(documents),
        "sources": len({original.get(document, document) for document in documents}),
    }
