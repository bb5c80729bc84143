"""Tells from the opening bytes of a source what it is: JSON lines, a page, plain text, or something that is no report."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from harmledger.errors import BadInput


class Form(StrEnum):
    """What a source holds."""

    LINES = "lines"
    PAGE = "page"
    TEXT = "text"
    MHTML = "mhtml"
    """A page with its pictures in one file."""


_BINARY_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text as .txt and give that"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document",
        "unpack it, or save it as plain text, and give that",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old office document",
        "save it as plain text and give that",
    ),
    (b"{\\rtf", "a rich text document", "save it as plain text and give that"),
    (b"\x89PNG", "a picture (PNG)", "give the report's text"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "give the report's text"),
    (b"GIF8", "a picture (GIF)", "give the report's text"),
    (b"RIFF", "a picture or recording (RIFF)", "give the report's text"),
    (
        b"SQLite format 3\x00",
        "an SQLite database",
        "export its reports as JSON lines and give those",
    ),
    (b"PAR1", "a Parquet file", "export its reports as JSON lines and give those"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it and give what is in it"),
    (b"BZh", "a bzip2 archive", "unpack it and give what is in it"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and give what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and give what is in it"),
    (b"\x7fELF", "a program", "give a report"),
    (b"MZ\x90", "a program", "give a report"),
    (b"WARC/", "a web archive (WARC)", "give the file itself"),
)

_HTML_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(
    rb"<(?:html|head|body|article|main|div|p|h1|section|table|span|br)\b[^<>]*>",
    re.IGNORECASE,
)
_HTML_CLOSING = re.compile(
    rb"</(?:html|head|body|article|main|div|p|h1|section|table|span|a)\s*>",
    re.IGNORECASE,
)
_FEED_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML_OPENING = re.compile(
    rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,30}?content-type:\s*multipart/related",
    re.IGNORECASE,
)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff_form(head: bytes, *, name: str, where: str) -> Form:
    """What a source is, by its opening bytes first and its name second.

    Raises BadInput for what can't hold a report: PDF, pictures, archives, programs, feeds.
    """
    if binary := find_binary(head):
        raise BadInput(f"it is {binary[0]}, not a page or text", where, binary[1])
    bare = head.removeprefix(_BOMS[0]).lstrip()
    name = name.lower().removesuffix(".gz")
    _refuse_feed(bare, where)
    if _MHTML_OPENING.match(bare[:4096]):
        return Form.MHTML
    if _is_lines(bare, name):
        return Form.LINES
    if name.endswith(".json") and bare[:1] in b"[{":
        raise BadInput(
            "it is one JSON document, not reports",
            where,
            "write one report a line, each with a `text`",
        )
    return Form.PAGE if is_page(bare, name) else Form.TEXT


def find_binary(head: bytes) -> tuple[str, str] | None:
    """What can't hold a report, by its opening bytes: what it is, and what to do."""
    return next(((what, remedy) for magic, what, remedy in _BINARY_MAGIC if head.startswith(magic)), None)


def _refuse_feed(bare: bytes, where: str) -> None:
    if _FEED_OPENING.match(bare[:4096]):
        raise BadInput(
            "it is a feed, not a report",
            where,
            "give the pages it points to, or have it watched",
        )


def _is_lines(bare: bytes, name: str) -> bool:
    if name.endswith(_LINES_SUFFIXES):
        return True
    if not bare.startswith(b"{") or name.endswith(_HTML_SUFFIXES):
        return False
    line, newline, _ = bare.partition(b"\n")
    if not newline and len(bare) >= HEAD_BYTES - 8:
        return re.match(rb'\{\s*"[^"]{1,80}"\s*:\s*["\d\[{ntf]', line) is not None
    return _is_report_line(line)


def _is_report_line(line: bytes) -> bool:
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict)


def is_page(bare: bytes, name: str) -> bool:
    """Whether bytes without a byte order mark open as HTML does, or have its tags in them and a name like it."""
    if b"\x00" in bare[:512]:
        bare = bare.replace(b"\x00", b"")
    if _HTML_OPENING.match(bare):
        return True
    marked_up = _HTML_INSIDE.search(bare) is not None
    if name.endswith(_HTML_SUFFIXES):
        return marked_up or _HTML_CLOSING.search(bare) is not None
    return bare.startswith(b"<") and marked_up and _HTML_CLOSING.search(bare) is not None


HEAD_BYTES = 1 << 16
"""How much of a source's opening is looked at."""
