"""Claims of all inputs are joined: in windows of days as at once, and as the ledger's own linking does."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from fake_archives import begin, inputs, write_lines
from fakes import load_fake

from harmledger.bulk.linking import link_folder
from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.tables import CLAIMS, DOCUMENTS
from harmledger.bulk.windows import Windows
from harmledger.bulk.work import Worker
from harmledger.link.identity import name_incidents
from harmledger.link.join import Tellings, link_claims

pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")

PLACES = ("Raqqa", "Aleppo", "Idlib", "Homs", "Douma")
MONTHS = ("January", "February", "March", "April", "May", "June")
SOUNDS = ("ba", "dor", "vel", "quin", "tash", "mu", "zer", "lop", "fri", "gant")


def invent(chance: random.Random, count: int) -> str:
    """Words that nobody else has, so that reports share no more than reports do."""
    return " ".join("".join(chance.choices(SOUNDS, k=3)) for _ in range(count))


def tell(n: int, outlet: str) -> str:
    """One of several reports of the same event: what is told of it, in each outlet's own words."""
    place, month, day = PLACES[n % len(PLACES)], MONTHS[n % len(MONTHS)], 1 + (n * 7) % 27
    event, own = random.Random(n), random.Random(f"{n} {outlet}")
    words = f"{2 + n} civilians were killed by Syrian forces in {place} on {month} {day}, 2017, a medic said."
    return f"{outlet} reports from {place}\n\n{words} The bakery of {invent(event, 4).title()} was hit. {invent(own, 25)}.\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder of three inputs: events of half a year, each told by three outlets, one of them copied."""
    folder = tmp_path_factory.mktemp("bulk")
    worker = Worker(begin(folder / "out"), load_fake)
    for outlet in ("Herald", "Courier", "Tribune"):
        texts = [tell(n, outlet) for n in range(24)]
        if outlet != "Tribune":
            texts.append(tell(30, "Wire") + ("" if outlet == "Herald" else "The Courier has this from the wire.\n"))
        path = write_lines(folder / f"{outlet}.jsonl", texts)
        worker.read(inputs(path)[0])
    return Folder(folder / "out")


def members(folder: Folder) -> list[tuple[str, str, str]]:
    rows = read_rows([folder.path / "members" / "members.parquet"])
    return [(row["claim_id"], row["incident_id"], row["original_id"]) for row in rows]


@pytest.mark.parametrize(("days", "overlap"), [(60, 30), (90, 14), (31, 30)])
def test_windows_give_what_comparing_at_once_gives(read: Folder, days: int, overlap: int) -> None:
    """The same incidents, claims and copies, however the days are cut."""
    link_folder(read)
    at_once = members(read)
    link_folder(read, Windows(days=days, overlap_days=overlap))
    assert members(read) == at_once
    assert len({incident for _, incident, _ in at_once}) < len(at_once) / 2


def test_it_joins_as_the_ledger_does(read: Folder) -> None:
    """The incidents are those that linking gives of the same records, under the same ids."""
    link_folder(read)
    claims: dict[str, list[dict[str, object]]] = {}
    for row in read_rows(read.list_parts(CLAIMS)):
        claims.setdefault(row["document_id"], []).append(json.loads(row["record"]))
    ordered = sorted(read.list_done(), key=lambda one: one[1].input)
    documents = [json.loads(row["record"]) for row in read_rows([read.part(DOCUMENTS, one) for one, _ in ordered])]
    linked = link_claims(Tellings({"document": d, "claims": claims[d["document_id"]]} for d in documents))
    expected = {frozenset(one.claims): one.incident_id for one in name_incidents(linked.groups).incidents}
    found: dict[str, set[str]] = {}
    for claim, incident, _ in members(read):
        found.setdefault(incident, set()).add(claim)
    assert {frozenset(claims): incident for incident, claims in found.items()} == expected


def test_copies_count_as_one_source(read: Folder) -> None:
    """Reports of one text over all inputs are told as copies, and an incident's sources without them."""
    joined = link_folder(read)
    copies = list(read_rows([read.path / "copies" / "copies.parquet"]))
    assert joined.copies == len(copies) == 1
    copied = {claim for claim, _, original in members(read) if original == copies[0]["original_id"]}
    incident = next(
        row for row in read_rows([read.path / "incidents" / "incidents.parquet"]) if row["founding_claim"] in copied
    )
    assert (incident["documents"], incident["sources"]) == (2, 1)


def test_the_same_report_twice_is_one(read: Folder, tmp_path: Path) -> None:
    """A report that two inputs hold is linked once."""
    worker = Worker(begin(tmp_path / "out"), load_fake)
    for name in ("a", "b"):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({"id": "x", "text": tell(1, "Herald")}) + "\n")
        worker.read(inputs(path)[0])
    joined = link_folder(Folder(tmp_path / "out"))
    assert (joined.documents, joined.claims, joined.copies) == (1, 1, 0)
