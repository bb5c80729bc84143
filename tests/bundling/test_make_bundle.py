"""Bundles: evidence as it was kept, in a package that other programs open, and nothing in it that may not be shown."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from archived import OPENING, REQUEST, each_gzip, response
from fakes import FIXED_NOW, fixed_now, load_fake
from warcio.archiveiterator import ArchiveIterator
from worlds import REVIEWER, VICTIM, make_world

from harmledger.bundling import BundleAsked, OfNamed, make_bundle
from harmledger.collect import open_reports
from harmledger.domain import Capture
from harmledger.errors import Inconsistent, NotAllowed, NotFound
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.store import Ledger, get_known_incidents, get_ledger, list_reports, open_ledger
from harmledger.store.access import close_document
from harmledger.store.groups import add_group

PAGE = (
    b"<html lang='en'><head><title>Market hit</title></head><body><article><h1>Market hit</h1><p>%d civilians were killed by Syrian forces "
    b"in Raqqa on May 5, 2017, a medic said. The stalls of the market burnt until the evening, and nobody came to help.</p></article></body></html>"
)
URLS = ["https://press.example/market", "https://other.example/raqqa"]


def warc() -> bytes:
    """Two pages, one packed and in chunks, as a crawler kept them."""
    packed = gzip.compress(PAGE % 8, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    first = response(PAGE % 7, WARC_Target_URI=URLS[0], WARC_Date="2018-08-30T01:02:03Z")
    second = response(chunked, head=head, number=2, WARC_Target_URI=URLS[1], WARC_Date="2018-08-30T04:05:06Z")
    return each_gzip([OPENING, REQUEST, first, second])


@pytest.fixture
def ledger(tmp_path: Path):
    """Two pages from an archive, and a text from a file, of one event."""
    (tmp_path / "a.warc.gz").write_bytes(warc())
    (tmp_path / "b.txt").write_bytes(
        b"Town shelled\n\n7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a nurse said.\n"
    )
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now)
    sources = [str(tmp_path / name) for name in ("a.warc.gz", "b.txt")]
    read = list(read_reports(sources, load=partial(load_fake, "1"), now=fixed_now, keeper=ledger))
    assert len(read) == 3
    link_ledger(ledger, now=fixed_now)
    yield ledger
    ledger.close()


def bundle(ledger: Ledger, out: Path, **said: Any):
    asked = BundleAsked(**{"incidents": [], "made": FIXED_NOW, **said})
    with ledger.reading() as connection:
        return make_bundle(ledger, connection, asked, out)


def lines(path: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as package:
        return [json.loads(line) for line in package.read(name).decode().splitlines()]


def test_records_as_kept(ledger: Ledger, tmp_path: Path):
    """The records in a bundle are those that the ledger keeps, byte for byte, and each report's is found by what stands beside."""
    bundled = bundle(ledger, out := tmp_path / "b.wacz")
    assert (bundled.reports, bundled.captures, bundled.from_files) == (3, 3, 1)
    evidence = lines(out, "harmledger/evidence.jsonl")
    with zipfile.ZipFile(out) as package:
        content = package.read("archive/data.warc.gz")
    web = [each for each in evidence if each["records_sha256"]]
    assert sorted(each["source"] for each in web) == sorted(URLS)
    for each in web:
        records = content[each["offset"] : each["offset"] + each["length"]]
        assert hashlib.sha256(records).hexdigest() == each["records_sha256"]
        assert records == ledger.blobs.get(each["records_sha256"])


def test_read_back(ledger: Ledger, tmp_path: Path):
    """A bundle gives back the very documents and captures that it was made of."""
    bundle(ledger, out := tmp_path / "b.wacz")
    back = [taken for taken in open_reports([str(out)], now=fixed_now) if isinstance(taken, Capture)]
    kept = {(each["document_id"], each["capture_id"]) for each in lines(out, "harmledger/evidence.jsonl")}
    web = {(each.document_id, each.capture_id) for each in back if each.source in URLS}
    assert web < kept
    assert {each.document_id for each in back} == {document for document, _ in kept}


def test_index_leads_to_pages(ledger: Ledger, tmp_path: Path):
    """By the index each page is replayed byte for byte, by a reader of WARC that isn't ours."""
    bundle(ledger, out := tmp_path / "b.wacz")
    with zipfile.ZipFile(out) as package:
        index, content = (
            gzip.decompress(package.read("indexes/index.cdx.gz")).decode(),
            package.read("archive/data.warc.gz"),
        )
    found = {}
    for line in index.splitlines():
        said = json.loads(line[line.index("{") :])
        piece = content[int(said["offset"]) : int(said["offset"]) + int(said["length"])]
        entry = next(ArchiveIterator(io.BytesIO(piece)))
        assert entry.rec_headers.get_header("WARC-Target-URI") == said["url"]
        found[said["url"]] = entry.content_stream().read()
    assert found[URLS[0]] == PAGE % 7
    assert found[URLS[1]] == PAGE % 8
    assert len(found) == 3


def test_holds_for_others(ledger: Ledger, tmp_path: Path):
    """Webrecorder's validator finds a bundle valid, and warcio every digest in it right."""
    bundle(ledger, out := tmp_path / "b.wacz")
    tool = Path(sys.executable).with_name("wacz")
    said = subprocess.run([tool, "validate", "-f", out], capture_output=True, text=True, check=False)
    assert "Validation succeeded" in said.stdout, said.stdout + said.stderr
    with zipfile.ZipFile(out) as package:
        (tmp_path / "data.warc.gz").write_bytes(package.read("archive/data.warc.gz"))
    said = subprocess.run(
        [tool.with_name("warcio"), "check", tmp_path / "data.warc.gz"], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, "")


def test_files_begin_where_replay_tools_look(ledger: Ledger, tmp_path: Path):
    """A file's own head has fields of its own only where its entry in the directory has some: ReplayWeb.page looks nowhere else."""
    bundle(ledger, out := tmp_path / "b.wacz")
    with zipfile.ZipFile(out) as package:
        entries = package.infolist()
    content = out.read_bytes()
    for entry in entries:
        assert entry.compress_type == zipfile.ZIP_STORED
        name, extra = struct.unpack_from("<HH", content, entry.header_offset + 26)
        assert entry.extra or not extra, entry.filename
        assert content[entry.header_offset + 30 :][:name].decode() == entry.filename


def test_same_bytes(ledger: Ledger, tmp_path: Path):
    """The same ledger and moment give the same bundle."""
    for name in ("a.wacz", "b.wacz"):
        bundle(ledger, tmp_path / name)
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()


def test_file_says_so(ledger: Ledger, tmp_path: Path):
    """What came as a file is told to have come without request and answer."""
    bundle(ledger, out := tmp_path / "b.wacz")
    with zipfile.ZipFile(out) as package:
        content = gzip.decompress(package.read("archive/data.warc.gz"))
    assert b"WARC-Type: resource" in content
    assert b"there was no request and no answer to keep" in content


def test_one_of_several(tmp_path: Path):
    """A bundle of one incident holds its own reports and no other's."""
    ledger = get_ledger(make_world(tmp_path), now=fixed_now)
    with ledger.reading() as connection:
        known = get_known_incidents(connection)
    chosen = max((each for each in known.incidents if each.claims), key=lambda each: len(each.claims)).incident_id
    bundled = bundle(ledger, out := tmp_path / "b.wacz", incidents=[chosen[:12]], named=OfNamed.INCLUDE)
    (told,) = lines(out, "harmledger/incidents.jsonl")
    assert told["incident_id"] == chosen
    assert bundled.incidents == 1
    assert {each["document_id"] for each in lines(out, "harmledger/evidence.jsonl")} == {
        d["document_id"] for d in told["documents"]
    }
    ledger.close()


@pytest.fixture
def world(tmp_path: Path):
    ledger = get_ledger(make_world(tmp_path), now=fixed_now)
    yield ledger
    ledger.close()


def test_names_are_refused(world: Ledger, tmp_path: Path):
    """Where a report holds a withheld name nothing is written unless the user says what becomes of it, and the refusal names how."""
    with pytest.raises(NotAllowed, match="--named leave-out"):
        bundle(world, tmp_path / "b.wacz")
    assert not (tmp_path / "b.wacz").exists()


def test_names_are_left_out(world: Ledger, tmp_path: Path):
    """With leave-out no byte of the bundle holds the name, and what is missing is told; with include only the evidence holds it."""
    last = VICTIM.split()[-1]
    out, everything = tmp_path / "out.wacz", tmp_path / "in.wacz"
    assert bundle(world, out, named=OfNamed.LEAVE_OUT).named == 1
    assert bundle(world, everything, named=OfNamed.INCLUDE).named == 0
    for path, holds in ((out, False), (everything, True)):
        with zipfile.ZipFile(path) as package:
            archive, others = (
                package.read("archive/data.warc.gz"),
                [n for n in package.namelist() if not n.endswith(".gz")],
            )
            assert (last.encode() in gzip.decompress(archive)) is holds
            assert not any(last.encode() in package.read(name) for name in others)
    assert "1 reports are left out: they hold names" in lines_of(out)


def lines_of(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return json.loads(package.read("datapackage.json"))["description"]


def test_closed_are_left_out(world: Ledger, tmp_path: Path):
    """A closed report is in no public bundle, nor its claims; with --closed it is, with who decided."""
    with world.reading() as connection:
        filed = sorted(list_reports(connection), key=lambda each: each.record["document"]["id"])
    closed = filed[1].record["document"]["document_id"]
    with world.writing() as connection:
        group = add_group(connection, "Desk", now=FIXED_NOW)
        close_document(connection, closed, group.group_id)
    public, whole = tmp_path / "p.wacz", tmp_path / "w.wacz"
    assert bundle(world, public, named=OfNamed.LEAVE_OUT).closed == 1
    assert bundle(world, whole, named=OfNamed.LEAVE_OUT, closed=True).closed == 0
    for path, holds in ((public, False), (whole, True)):
        with zipfile.ZipFile(path) as package:
            told, archive = (
                package.read("harmledger/incidents.jsonl"),
                gzip.decompress(package.read("archive/data.warc.gz")),
            )
        assert (closed.encode() in told) is holds
        assert (b"White Helmets" in archive) is holds
        assert (REVIEWER.encode() in told) is holds
    assert b"a reviewer" in zipfile.ZipFile(public).read("harmledger/incidents.jsonl")


def test_changed_evidence(ledger: Ledger, tmp_path: Path):
    """What was changed in the ledger since isn't bundled."""
    bundle(ledger, out := tmp_path / "b.wacz")
    blob = next(each["records_sha256"] for each in lines(out, "harmledger/evidence.jsonl") if each["records_sha256"])
    path = ledger.blobs.path(blob)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(Inconsistent):
        bundle(ledger, tmp_path / "c.wacz")
    assert not (tmp_path / "c.wacz").exists()


def test_nothing_to_bundle(tmp_path: Path):
    """Where nothing is linked there is nothing to bundle, and that is said."""
    ledger = open_ledger(tmp_path / "ledger", now=lambda: datetime(2024, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound, match="harmledger link"):
        bundle(ledger, tmp_path / "b.wacz")
    ledger.close()


def test_saved_page_replays(tmp_path: Path):
    """A page that somebody saved stands in the index under the address it says it is from."""
    url = "https://press.example/saved"
    top = f"<!DOCTYPE html>\n<!-- saved from url=({len(url):04d}){url} -->\n".encode()
    (tmp_path / "page.html").write_bytes(top + PAGE % 7)
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now)
    list(read_reports([str(tmp_path / "page.html")], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger))
    link_ledger(ledger, now=fixed_now)
    bundle(ledger, out := tmp_path / "b.wacz")
    pages = lines(out, "pages/pages.jsonl")
    assert pages[1]["url"] == url
    (back,) = open_reports([str(out)], now=fixed_now)
    assert isinstance(back, Capture)
    assert (back.source, back.content) == (url, top + PAGE % 7)
    ledger.close()
