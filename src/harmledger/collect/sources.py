"""From the sources a user names to Captures, in the order given; what can't be read stands in its place as a Refused.

Takes paths of pages, texts, `.jsonl` and `.jsonl.gz`, web archives and saved pages, folders of these, and `-`. Judges by content before name.
Doesn't clean, date or translate anything. Addresses on the web are left to who fetches; without one they are refused.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from harmledger.collect.archives import (
    Archive,
    find_saved,
    is_beside_page,
    is_wacz,
    is_warc,
    keep_saved,
    open_mhtml,
    open_wacz,
    open_warc,
)
from harmledger.collect.decode import decode_bytes
from harmledger.collect.intake import Intake, Origin, TakePage, make_capture, refuse
from harmledger.collect.limits import MB, Limits
from harmledger.collect.lines import find_id, parse_line
from harmledger.collect.sniff import HEAD_BYTES, Form, sniff_form
from harmledger.collect.streams import (
    GZIP_MAGIC,
    BoundedGunzip,
    FullReads,
    Line,
    read_lines,
)
from harmledger.domain import Capture, Media, Refused
from harmledger.errors import BadInput, HarmledgerError, SourceFailed

STDIN = "-"
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BESIDE_PAGES = re.compile(
    r"\.(css|m?js|map|json|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm)", re.IGNORECASE
)
"""In a folder, files that a browser saves beside a page, which nobody means as reports."""


def open_reports(
    sources: Sequence[str],
    *,
    now: Callable[[], datetime],
    limits: Limits | None = None,
    take_page: TakePage | None = None,
) -> Iterator[Capture | Refused]:
    """Each report of each source, lazily and in the order given; a folder's files come sorted by path, addresses by `take_page`.

    At most one report is in memory at a time. Nothing is raised for a bad source: it gives a Refused and the rest is read on.
    """
    intake = Intake(now, limits or Limits(), take_page)
    for source in sources:
        yield from _open_source(source, intake)


def _open_source(source: str, intake: Intake) -> Iterator[Capture | Refused]:
    try:
        if source == STDIN:
            yield from open_stream(FullReads(sys.stdin.buffer), source, intake)
        elif _URL.match(source):
            yield _take_page(source, intake)
        elif _is_folder(source):
            yield from _open_folder(source, intake)
        else:
            yield from _open_file(source, intake)
    except HarmledgerError as e:
        yield refuse(e, source)


def _take_page(url: str, intake: Intake) -> Capture | Refused:
    if intake.take_page is None:
        raise SourceFailed("nothing is fetched from the web here", url, "save the page and give the file")
    return intake.take_page(url)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except ValueError:  # a NUL in the path: opening it says so
        return False


def _open_folder(folder: str, intake: Intake) -> Iterator[Capture | Refused]:
    paths = _find_files(folder)
    if not paths:
        raise BadInput(
            "the folder holds no files to read",
            folder,
            "give a folder of pages, texts or .jsonl files",
        )
    for path in paths:
        yield from _open_source(path, intake)


def _find_files(folder: str) -> list[str]:
    """Files below a folder, sorted; hidden ones, links to folders and what browsers save beside pages are left out."""
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        beside = frozenset(files)
        folders[:] = [f for f in folders if not f.startswith(".") and not is_beside_page(f, beside)]
        found += (str(Path(here, f)) for f in files if _may_be_report(Path(here, f)))
    return sorted(found)


def _may_be_report(path: Path) -> bool:
    if path.name.startswith(".") or _BESIDE_PAGES.fullmatch(path.suffix):
        return False
    return path.is_file() or path.is_symlink()


def _open_file(path: str, intake: Intake) -> Iterator[Capture | Refused]:
    try:
        with Path(path).open("rb", buffering=0) as file:
            yield from open_stream(file if file.seekable() else FullReads(file), path, intake)
    except FileNotFoundError as e:
        raise SourceFailed("there is no such file", path, "check the path") from e
    except PermissionError as e:
        raise SourceFailed("the file may not be read", path, "check its permissions") from e
    except (OSError, ValueError) as e:
        raise SourceFailed(f"the file can't be read ({e})", path, "check the path and the disk") from e


def open_stream(
    raw: io.RawIOBase, source: str, intake: Intake, *, path: Path | None = None
) -> Iterator[Capture | Refused]:
    """Each report of an open file, which lies at `path` where its source isn't one.

    Raises:
        BadInput: it holds none, or is nothing that can be read.
    """
    stream: io.BufferedReader = io.BufferedReader(raw, HEAD_BYTES)
    head = stream.peek(HEAD_BYTES)
    if is_warc(head):
        reopen = (path or Path(source)).open if raw.seekable() and source != STDIN else None
        yield from open_warc(Archive(source, stream, reopen and partial(reopen, "rb")), intake)
        return
    if is_wacz(head, source) and raw.seekable() and source != STDIN:
        yield from open_wacz(source, intake, path=path)
        return
    if head[:2] == GZIP_MAGIC:
        gunzip = BoundedGunzip(stream, where=source, limits=intake.limits)
        stream = io.BufferedReader(FullReads(gunzip), HEAD_BYTES)
    form = sniff_form(stream.peek(HEAD_BYTES), name=source, where=source)
    match form:
        case Form.LINES:
            yield from _open_lines(stream, source, intake)
        case Form.MHTML:
            content = _read_whole(stream, source, intake.limits.saved_page_bytes)
            yield open_mhtml(content, source, intake)
        case Form.PAGE | Form.TEXT:
            yield _open_whole(stream, source, form, intake)


def _open_whole(stream: io.BufferedReader, source: str, form: Form, intake: Intake) -> Capture:
    content = _read_whole(stream, source, intake.limits.report_bytes)
    if not content.strip():
        raise BadInput("it is empty", source, "give a page or text with words in it")
    text = decode_bytes(content, where=source)
    if form is Form.PAGE and (saved := find_saved(text)):
        return keep_saved(content, text, saved, path=source, intake=intake)
    media = Media.HTML if form is Form.PAGE else Media.TEXT
    return make_capture(content, text, media, Origin(source=source, fetched=intake.now()))


def _read_whole(stream: io.BufferedReader, source: str, limit_bytes: int) -> bytes:
    content = stream.read(limit_bytes + 1)
    if len(content) > limit_bytes:
        raise BadInput(
            f"it is longer than {limit_bytes // MB} MB",
            source,
            "cut it into single reports and give those",
        )
    return content


def _open_lines(stream: io.BufferedReader, source: str, intake: Intake) -> Iterator[Capture | Refused]:
    number, any_report = 0, False
    try:
        for line in read_lines(stream, longest_bytes=intake.limits.report_bytes):
            number = line.number
            if line.content.strip():
                any_report = True
                yield _open_line(line, f"{source}:{number}", intake)
    except HarmledgerError as e:
        yield refuse(e, f"{source}:{number + 1}")
        return
    if not any_report:
        raise BadInput("it is empty", source, "give a .jsonl with one report a line")


def _open_line(line: Line, where: str, intake: Intake) -> Capture | Refused:
    try:
        if not line.whole:
            limit_mb = intake.limits.report_bytes // MB
            raise BadInput(
                f"the line is longer than {limit_mb} MB",
                where,
                "cut it into single reports, one a line",
            )
        report = parse_line(line.content, where=where)
    except BadInput as e:
        return refuse(e, where, find_id(line.content))
    origin = Origin(source=where, fetched=intake.now(), given=report.given)
    return make_capture(line.content, report.text, Media.LINE, origin)
