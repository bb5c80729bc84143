"""A bundle is written: one WARC of every capture's records as they were kept, what others need to find their way in it, and digests of it all."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import IO, Protocol, Self

from harmledger import __version__
from harmledger.bundling.choose import Chosen
from harmledger.collect import Limits
from harmledger.collect.archives.answers import media_type_of, parse_head
from harmledger.collect.archives.moments import parse_moment
from harmledger.collect.archives.records import Record as WarcRecord
from harmledger.collect.archives.records import iter_records
from harmledger.domain import Media
from harmledger.errors import Inconsistent
from harmledger.publish import wacz
from harmledger.publish.record import Record
from harmledger.publish.wacz import Described, IndexEntry, PackedFile, PageEntry
from harmledger.publish.warc import render_address, render_digest, render_opening, render_resource
from harmledger.publish.wording import render_json
from harmledger.store.evidence import Evidence

INCIDENTS_PATH = "harmledger/incidents.jsonl"
EVIDENCE_PATH = "harmledger/evidence.jsonl"
SOFTWARE = f"harmledger/{__version__}"
_MEDIA = {Media.HTML: "text/html", Media.TEXT: "text/plain", Media.LINE: "application/json"}
LOOK_THERE = b"hl\0\0"
"""An empty field beside a file's entry in the package's directory. A file that may become large has a field for its size at its own beginning, and
ReplayWeb.page looks for fields there only where it finds one in the directory too; else it takes the field for the file's first bytes.
"""
_INDEXED = frozenset({"response", "resource", "revisit"})
_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")


class Blobs(Protocol):
    """Whoever keeps captured bytes."""

    def get(self, blob: str) -> bytes: ...


def write_package(
    archive: zipfile.ZipFile, blobs: Blobs, chosen: Chosen, evidence: Sequence[Evidence], *, made: datetime
) -> None:
    """Write every file of the package; one capture's records are in memory at a time.

    Raises:
        NotFound, Inconsistent: what the ledger keeps is missing, or was changed.
    """
    package = _Package(archive, made)
    entries: list[IndexEntry] = []
    where: list[Record] = []
    with package.open(wacz.WARC_PATH) as warc:
        warc.write(render_opening(wacz.WARC_PATH.rpartition("/")[2], _opening(), date=made))
        for each in evidence:
            records, found = _records_of(each, blobs), warc.size
            warc.write(records)
            entries += _index(records, found, each.capture_id)
            where.append(_tell_evidence(each, found, len(records)))
    pages = [
        PageEntry(
            id=e.capture_id, url=render_address(_address(e)), date=e.fetched, title=chosen.titles.get(e.document_id)
        )
        for e in evidence
    ]
    index, blocks = wacz.render_index(entries)
    package.add(wacz.INDEX_PATH, index)
    package.add(wacz.INDEX_BLOCKS_PATH, blocks)
    package.add(wacz.PAGES_PATH, wacz.render_pages(pages))
    package.add(INCIDENTS_PATH, _lines(chosen.told))
    package.add(EVIDENCE_PATH, _lines(where))
    datapackage = wacz.render_datapackage(_describe(chosen, pages, made), package.files)
    package.add(wacz.DATAPACKAGE_PATH, datapackage)
    package.add(wacz.DIGEST_PATH, wacz.render_package_digest(datapackage))


def _records_of(each: Evidence, blobs: Blobs) -> bytes:
    """A capture's records as they were kept; of one that came as a file, its bytes as a record, which says so."""
    if each.record_id:
        return blobs.get(each.record_id)
    content = blobs.get(each.document_id)
    told = {"software": SOFTWARE, "capture": each.capture_id, "source": each.source}
    told["kept-as"] = "a file that was read in: there was no request and no answer to keep"
    media = _MEDIA[each.media]
    return render_resource(content, url=_address(each), media=media, date=each.fetched, metadata=told)


def _address(each: Evidence) -> str:
    """Where a capture is from, as an address: of a file, its path."""
    address = each.url or each.source
    return address if _ADDRESS.match(address) else f"file:///{address.lstrip('/')}"


def _index(records: bytes, start: int, capture: str) -> Iterator[IndexEntry]:
    """Where each record that holds a page stands in the whole.

    Raises:
        Inconsistent: they can't be read again.
    """
    starts: list[int] = []
    entries: list[IndexEntry] = []
    for record in iter_records(io.BufferedReader(io.BytesIO(records)), limits=Limits()):
        if not isinstance(record, WarcRecord):
            what = f"its records can't be read again ({record.what})"
            raise Inconsistent(what, capture, "put them back from a copy of the ledger")
        starts.append(record.offset)
        if record.kind in _INDEXED and (entry := _entry(record)):
            entries.append(entry)
    ends = dict(zip(starts, [*starts[1:], len(records)], strict=True))
    for entry in entries:
        yield replace(entry, offset=start + entry.offset, length=ends[entry.offset] - entry.offset)


def _entry(record: WarcRecord) -> IndexEntry | None:
    """A record's line but for where it stands in the whole; none of one that doesn't say when it was made."""
    moment = parse_moment(record.fields.find("warc-date") or "")
    block = record.block()
    head = None if record.kind == "resource" else parse_head(block)
    declared = head.media_type if head else media_type_of(record.fields.find("content-type"))
    digest = record.fields.find("warc-payload-digest") or render_digest(block[head.length if head else 0 :])
    return moment and IndexEntry(
        url=record.url,
        date=moment,
        media="warc/revisit" if record.kind == "revisit" else declared or "unk",
        status=head.status if head else 200 if record.kind == "resource" else None,
        digest=digest,
        offset=record.offset,
        length=0,
    )


def _tell_evidence(each: Evidence, start: int, length: int) -> Record:
    """Which capture of which report stands where in the WARC: what leads from a claim to its evidence."""
    return {
        "document_id": each.document_id,
        "capture_id": each.capture_id,
        "source": each.source,
        "fetched": each.fetched.isoformat(),
        "fetched_by": each.by,
        "kept": "as it came over the web, or as an archive had it" if each.record_id else "as a file",
        "records_sha256": each.record_id,
        "warc": wacz.WARC_PATH,
        "offset": start,
        "length": length,
    }


def _describe(chosen: Chosen, pages: Sequence[PageEntry], made: datetime) -> Described:
    number = len(chosen.told)
    incidents = "one incident" if number == 1 else f"{number:,} incidents"
    left_out = "".join(
        f" {count:,} reports are left out: {why}."
        for count, why in ((chosen.closed, "they are closed"), (chosen.named, "they hold names that are withheld"))
        if count
    )
    return Described(
        title=f"Evidence of {incidents}: {len(chosen.documents):,} reports",
        description=(
            "What reports say of civilian harm, and each report as it was captured. The records in archive/ are those kept at capture, byte for "
            f"byte; {INCIDENTS_PATH} holds claims and decisions, {EVIDENCE_PATH} leads from each report to its records.{left_out}"
        ),
        created=made,
        software=SOFTWARE,
        main=pages[0] if pages else None,
    )


def _opening() -> dict[str, str]:
    return {"software": SOFTWARE, "description": "records of captures, as they were kept"}


def _lines(records: Iterable[Record]) -> bytes:
    return "".join(f"{render_json(record)}\n" for record in records).encode(errors="replace")


@dataclass(slots=True)
class _Package:
    """The package while it is written: everything in it is stored unpacked, so that a part can be read without the rest."""

    archive: zipfile.ZipFile
    made: datetime
    files: list[PackedFile] = field(default_factory=list[PackedFile])

    def add(self, path: str, content: bytes) -> None:
        info = self._info(path)
        info.file_size = len(content)
        with _Hashed(self.archive.open(info, "w"), path, self.files) as file:
            file.write(content)

    @contextmanager
    def open(self, path: str) -> Generator[_Hashed]:
        """A file that may become larger than 4 GB."""
        info = self._info(path)
        with _Hashed(self.archive.open(info, "w", force_zip64=True), path, self.files) as file:
            yield file
        if info.file_size <= zipfile.ZIP64_LIMIT:
            info.extra = LOOK_THERE

    def _info(self, path: str) -> zipfile.ZipInfo:
        made = self.made
        info = zipfile.ZipInfo(path, (made.year, made.month, made.day, made.hour, made.minute, made.second))
        info.external_attr = 0o644 << 16
        return info


class _Hashed:
    """A file of the package that is hashed as it is written, and listed once it is whole."""

    def __init__(self, file: IO[bytes], path: str, files: list[PackedFile]) -> None:
        self._file, self._path, self._files = file, path, files
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._hash.update(content)
        self.size += len(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._files.append(PackedFile(path=self._path, sha256=self._hash.hexdigest(), size=self.size))
