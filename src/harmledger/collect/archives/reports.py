"""The reports of a WARC: each page that a server answered with, or that was kept as a file, as a Capture; what is damaged, Refused in its place.

Pictures, styles, redirects and errors are no reports: they are counted, and told in one line. A page that an archive names again without its
bytes (`revisit`) is looked up where it stands. Digests are checked of all that is taken.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from harmledger.collect.archives.answers import Head, charset_of, content_of, media_type_of, parse_head, undo_chunks
from harmledger.collect.archives.codecs import Damaged
from harmledger.collect.archives.digests import holds, new_hash
from harmledger.collect.archives.evidence import (
    COMPANION_BYTES,
    COMPANIONS,
    Around,
    Found,
    Kept,
    keep_record,
    render_kept,
)
from harmledger.collect.archives.moments import parse_moment
from harmledger.collect.archives.records import HEAD_BYTES, Damage, Record, iter_records
from harmledger.collect.decode import decode_bytes, keepable
from harmledger.collect.intake import Intake, Origin, latest_day, make_capture, pass_over, refuse
from harmledger.collect.limits import MB
from harmledger.collect.sniff import is_page
from harmledger.domain import Capture, Given, Media, Provenance, Refused
from harmledger.errors import BadInput, HarmledgerError, Inconsistent

PAGES = frozenset({"text/html", "application/xhtml+xml"})
PLAIN = "text/plain"
MOST_REMEMBERED = 1_000_000
"""Pages that a later `revisit` may name; 100 MB of memory."""
_URL_CHARS = 16_000
_FOR_MACHINES = re.compile(r"(?i)^https?://[^/]+/(?:robots|ads|app-ads|security|humans|llms)\.txt(?:\?|$)")
_OF_REPORTS = re.compile(r"(?i)(?:https?|ftp|file)://")
"""Crawlers keep their own notes under addresses of other kinds (`metadata:`, `urn:`)."""
_LOG = logging.getLogger("harmledger.collect")

_OTHER_KIND = "no pages (requests, notes and the like)"
_OTHER_MEDIA = "pictures, styles, scripts and other files"
_OTHER_STATUS = "redirects and errors"
_EMPTY = "empty"
_REVISIT_OF_OTHER = "named again, of what is no page"


@dataclass(frozen=True, slots=True)
class Archive:
    """One WARC to read."""

    name: str
    raw: io.BufferedReader[Any]
    reopen: Callable[[], io.BufferedReader[Any]] | None = None
    """Opens it anew, where that can be done: for pages that are named again."""
    sha256: str | None = None


@dataclass(slots=True)
class _Passage:
    """An archive while it is read."""

    archive: Archive
    intake: Intake
    around: Around = field(default_factory=Around)
    passed: Counter[str] = field(default_factory=Counter[str])
    reports: int = 0
    refused: int = 0
    stood: dict[str, int] = field(default_factory=dict[str, int])
    """Where a page stands, by its record's id, its digest and its address."""

    def found(self, record: Record) -> Found:
        return Found(archive=self.archive.name, offset=record.offset, apart=record.apart, sha256=self.archive.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A record that holds a page, and the page."""

    record: Kept
    found: Found
    content: bytes
    media: Media
    charset: str | None
    status: int
    companions: list[Kept] = field(default_factory=list[Kept])
    original: Kept | None = None
    """The record that has the bytes, where this one only names them."""


def open_warc(archive: Archive, intake: Intake) -> Iterator[Capture | Refused]:
    """Each report of the archive, in its order; at most two records are in memory."""
    passage = _Passage(archive, intake)
    waiting: _Page | None = None
    for item in _up_to_most(iter_records(archive.raw, limits=intake.limits), intake.limits.archive_records):
        noted = _read_companion(item)
        if noted and waiting and noted.goes_with(waiting.record):
            waiting.companions.append(noted)
            continue
        if waiting:
            yield _capture(waiting, passage)
        taken = passage.around.add(noted) if noted else _take(item, passage)
        waiting = taken if isinstance(taken, _Page) else None
        if isinstance(taken, Refused):
            passage.refused += 1
            yield taken
    if waiting:
        yield _capture(waiting, passage)
    _tell_passed(passage)


def _up_to_most(items: Iterator[Record | Damage], most: int) -> Iterator[Record | Damage]:
    """So many of them, and word of it where there are more."""
    yield from islice(items, most)
    if (more := next(items, None)) is not None:
        yield Damage(more.offset, f"it has more than {most:,} records, and the rest wasn't read")


def _tell_passed(passage: _Passage) -> None:
    passed = ", ".join(f"{what} ({count:,})" for what, count in passage.passed.most_common())
    if not passage.reports and not passage.refused:
        what = f"it holds no reports ({passed or 'nothing at all'})"
        raise BadInput(what, passage.archive.name, "give an archive with pages in it")
    if passed:
        _LOG.warning("%s: reports (%d); passed over: %s", passage.archive.name, passage.reports, passed)


def _take(item: Record | Damage, passage: _Passage) -> _Page | Refused | None:
    """What a record gives: a page, a refusal, or nothing but a count."""
    if isinstance(item, Damage):
        where = f"{passage.archive.name}, near byte {item.offset}"
        return refuse(BadInput(item.what, where, "look into how the archive was made, or get it again"), where)
    try:
        match item.kind:
            case "response" | "resource":
                return _take_page(item, passage)
            case "revisit":
                return _take_revisit(item, passage)
            case _:
                passage.passed[_OTHER_KIND] += 1
    except HarmledgerError as e:
        return refuse(e, passage.found(item).where)
    except Damaged:
        pass  # the next item tells where and what
    return None


def _read_companion(item: Record | Damage) -> Kept | None:
    """A request or a note, which may go with an answer, or what says who writes the archive."""
    if isinstance(item, Damage) or item.kind not in COMPANIONS or item.length > COMPANION_BYTES:
        return None
    try:
        return keep_record(item, item.block())
    except Damaged:
        return None  # the next item tells where and what


# --- pages -----------------------------------------------------------------------------------------------------------


def _take_page(record: Record, passage: _Passage) -> _Page | None:
    """The page of a response or a resource, if it is one.

    Raises:
        BadInput: it is one, and can't be read.
        Inconsistent: it isn't what its digests are of.
        Damaged: the record isn't whole.
    """
    head, declared = _declared(record)
    no_report = _no_report(record, head, declared)
    if no_report:
        passage.passed[no_report] += 1
        return None
    found = passage.found(record)
    where = f"{found.where} ({record.url[:200]})"
    _check_size(record, passage, where)
    kept = keep_record(record, block := record.block())
    page = _read_page(kept, block, found=found, passage=passage)
    if not page.content.strip():
        passage.passed[_EMPTY] += 1
        return None
    if record.apart and len(passage.stood) < MOST_REMEMBERED:
        names = (record.id, record.fields.find("warc-payload-digest"), record.url)
        passage.stood.update({name: record.offset for name in names if name})
    page.companions.extend(passage.around.companions(kept))
    return page


def _declared(record: Record) -> tuple[Head | None, str]:
    """The head of what a server answered, and the media type that is declared."""
    stated = record.fields.find("content-type")
    if record.kind == "resource":
        return None, media_type_of(stated)
    head = parse_head(record.peek(HEAD_BYTES))
    return head, head.media_type if head else ""


def _no_report(record: Record, head: Head | None, declared: str) -> str | None:
    """Why a record is passed over."""
    if record.kind == "response":
        if head is None:
            return _OTHER_KIND
        if head.status != 200:
            return _OTHER_STATUS
    if not declared and head:
        return None if is_page(record.peek(HEAD_BYTES)[head.length :], "") else _OTHER_MEDIA
    if not _OF_REPORTS.match(record.url):
        return _OTHER_KIND
    is_report = declared in PAGES or (declared == PLAIN and not _FOR_MACHINES.match(record.url))
    return None if is_report else _OTHER_MEDIA


def _check_size(record: Record, passage: _Passage, where: str) -> None:
    most = passage.intake.limits.report_bytes
    if record.length > most + HEAD_BYTES:
        raise BadInput(f"it is longer than {most // MB} MB", where, "cut it into single reports and give those")
    if len(record.url) > _URL_CHARS:
        raise BadInput("its address is longer than addresses are", where, "look into how the archive was made")


def _read_page(kept: Kept, block: bytes, *, found: Found, passage: _Passage) -> _Page:
    head = parse_head(block) if kept.kind != "resource" else None
    stated = (head.fields if head else kept.fields).find("content-type")
    body = block[head.length :] if head else block
    whole = undo_chunks(body, head) if head else body
    try:
        content = content_of(whole, head, passage.intake.limits) if head else whole
    except Damaged as e:
        raise BadInput(str(e), f"{found.where} ({kept.url[:200]})", "look into how the archive was made") from e
    _check_digests(kept, block, (body, whole, content), found, passage)
    media = Media.TEXT if media_type_of(stated) == PLAIN and not is_page(content[:HEAD_BYTES], "") else Media.HTML
    return _Page(
        record=kept,
        found=found,
        content=content,
        media=media,
        charset=charset_of(stated),
        status=head.status if head else 0,
    )


def _check_digests(kept: Kept, block: bytes, payloads: tuple[bytes, ...], found: Found, passage: _Passage) -> None:
    """Hold a record to its own digests; crawlers disagree on whether a payload's is made before or after it is put together and unpacked.

    Raises:
        Inconsistent: one doesn't hold.
    """
    for name, contents in (("block", (block,)), ("payload", payloads)):
        digest = kept.fields.find(f"warc-{name}-digest")
        if digest and new_hash(digest) is None:
            passage.passed["digests of a kind that isn't known, unchecked"] += 1
        if holds(digest, contents) is False:
            what = f"its bytes are not those that its {name} digest was made of: it was changed or damaged"
            raise Inconsistent(what, f"{found.where} ({kept.url[:200]})", "get the archive again from where it is kept")


# --- pages that are named again --------------------------------------------------------------------------------------


def _take_revisit(record: Record, passage: _Passage) -> _Page | None:
    """The page that a record names without its bytes.

    Raises:
        BadInput: it isn't in this archive.
        Damaged: the record isn't whole.
    """
    found = passage.found(record)
    opening = parse_head(record.peek(HEAD_BYTES))
    kept = keep_record(record, record.block() if record.length <= COMPANION_BYTES else b"")
    page = _find_original(kept, passage)
    if page:
        companions = passage.around.companions(kept)
        return _Page(
            record=kept,
            found=found,
            content=page.content,
            media=page.media,
            charset=page.charset,
            status=page.status,
            companions=companions,
            original=page.record,
        )
    if opening and opening.media_type in PAGES and opening.status in {200, 304}:
        what = "it names a page again (revisit) whose bytes aren't in this archive, or can't be looked up in it"
        raise BadInput(what, f"{found.where} ({kept.url[:200]})", "give the archive that the page was first kept in")
    passage.passed[_REVISIT_OF_OTHER] += 1
    return None


def _find_original(kept: Kept, passage: _Passage) -> _Page | None:
    fields = kept.fields
    digest = fields.find("warc-payload-digest")
    names = (fields.find("warc-refers-to"), digest, fields.find("warc-refers-to-target-uri"), kept.url)
    offset = next((passage.stood[name] for name in names if name and name in passage.stood), None)
    if offset is None or passage.archive.reopen is None:
        return None
    with closing(passage.archive.reopen()) as raw:
        record = next(iter_records(raw, limits=passage.intake.limits, start=offset), None)
        if not isinstance(record, Record):
            return None
        block = record.block()
        page = _read_page(keep_record(record, block), block, found=passage.found(record), passage=passage)
    theirs = page.record.fields.find("warc-payload-digest")
    return None if digest and theirs and digest != theirs else page


# --- captures --------------------------------------------------------------------------------------------------------


def _capture(page: _Page, passage: _Passage) -> Capture | Refused:
    look = passage.intake.glance
    if look and (reason := look(page.content, page.media, page.charset)):
        passage.reports += 1
        return pass_over(reason, page.record.url or page.found.where)
    where = f"{page.found.where} ({page.record.url[:200]})"
    try:
        stated = page.record.fields.find("warc-date") or ""
        fetched = parse_moment(stated)
        if fetched is None:
            what = f'it doesn\'t say when it was fetched ("{stated[:40]}")'
            raise BadInput(what, where, "look into how the archive was made")
        text = decode_bytes(page.content, where=where, declared=page.charset)
        url = keepable(page.record.url)
        origin = Origin(
            source=url or page.found.where,
            fetched=fetched,
            given=Given(captured=latest_day(fetched)),
            provenance=_provenance(page, url, passage),
        )
    except HarmledgerError as e:
        passage.refused += 1
        return refuse(e, page.found.where)
    passage.reports += 1
    return make_capture(page.content, text, page.media, origin)


def _provenance(page: _Page, url: str, passage: _Passage) -> Provenance:
    opening = passage.around.opening
    records = [*filter(None, (opening, page.original)), page.record, *page.companions]
    cut = page.record.fields.find("warc-truncated")
    metadata = page.found.fields() | ({"cut-short-by-crawler": cut} if cut else {})
    return Provenance(
        records=render_kept(records, page.record, read=passage.intake.now(), metadata=metadata),
        url=url,
        status=page.status,
        address=(page.record.fields.find("warc-ip-address") or "")[:64] or None,
        by=keepable(passage.around.written_by)[:500],
    )
