"""A page that a browser saved with its pictures in one file (MHTML, `.mht`): its main part as a Capture, the whole file kept beside it.

Comes in: the file. Goes out: a Capture, or BadInput. Unpacks no other part.

Source: RFC 2557; Chromium's third_party/blink/renderer/platform/mhtml.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

from harmledger.collect.archives.moments import parse_mail_moment
from harmledger.collect.archives.saved import Page, Saved, capture_saved
from harmledger.collect.decode import decode_bytes, keepable
from harmledger.collect.intake import Intake
from harmledger.collect.limits import MB
from harmledger.domain import Capture
from harmledger.errors import BadInput

HEAD_BYTES = 64 * 1024
"""Of the file's head, and of a part's; browsers write 500."""
MOST_PARTS = 20_000
"""A page with more pictures than a browser would draw."""
BOUNDARY_CHARS = 200
"""RFC 2046 allows 70."""
PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESSES = ("http://", "https://")
_REMEDY = 'save the page anew, or as "HTML only", and give that'


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the file."""

    head: Message
    body: memoryview


def open_mhtml(content: bytes, path: str, intake: Intake) -> Capture:
    """The page of the file; its source is the address that the file says it is from, else its path.

    Raises:
        BadInput: there is no page in it, or it is damaged.
    """
    head = _parse_head(content[:HEAD_BYTES])
    page = _find_page(content, head, path)
    body = _undo_transfer(page, path)
    most = intake.limits.report_bytes
    if len(body) > most:
        raise BadInput(f"its page is longer than {most // MB} MB", path, "cut it into single reports and give those")
    if not body.strip():
        raise BadInput("its page is empty", path, _REMEDY)
    text = decode_bytes(body, where=path, declared=_charset(page.head))
    saved = Saved(url=_address(head, page) or path, when=_moment(head), by=_text(head, "From") or "a browser")
    said = {"read-from": path, "address-and-time-stated-by": "the head of the file"}
    return capture_saved(Page(body, text, content), saved, said=said, intake=intake)


def _parse_head(opening: bytes) -> Message:
    """The fields to the first empty line; one that is broken is left out."""
    ends = [at for end in (b"\r\n\r\n", b"\n\n") if (at := opening.find(end)) >= 0]
    return BytesHeaderParser().parsebytes(opening[: min(ends, default=len(opening))] + b"\n\n")


def _find_page(content: bytes, head: Message, path: str) -> _Part:
    """The part that the file says is the page's, else the first that is one."""
    boundary = _parameter(head, "boundary")
    if not boundary or len(boundary) > BOUNDARY_CHARS:
        raise BadInput("it doesn't say where its parts begin", path, _REMEDY)
    start, first = _parameter(head, "start"), None
    for count, part in enumerate(_parts(content, boundary.encode(errors="replace"))):
        if count >= MOST_PARTS:
            break
        if part.head.get_content_type() not in PAGES:
            continue
        if not start or _field(part.head, "Content-ID") == start.strip():
            return part
        first = first or part
    if first is None:
        raise BadInput("it holds no page", path, _REMEDY)
    return first


def _parts(content: bytes, boundary: bytes) -> Iterator[_Part]:
    view, mark = memoryview(content), b"\n--" + boundary
    at = content.find(mark)
    while at >= 0:
        start = content.find(b"\n", at + len(mark))
        if start < 0 or content[at + len(mark) : at + len(mark) + 2] == b"--":
            return
        end = content.find(mark, start)
        stop = end if end >= 0 else len(content)
        yield _cut_part(content, view, start + 1, stop)
        at = end


def _cut_part(content: bytes, view: memoryview, start: int, stop: int) -> _Part:
    opening = content[start : min(stop, start + HEAD_BYTES)]
    ends = [at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := opening.find(end)) >= 0]
    head = min(ends, default=len(opening))
    stop -= content[stop - 1 : stop] == b"\r"
    return _Part(_parse_head(opening[:head]), view[start + head : max(stop, start + head)])


def _undo_transfer(part: _Part, path: str) -> bytes:
    coding = _field(part.head, "Content-Transfer-Encoding").lower()
    try:
        match coding:
            case "quoted-printable":
                return binascii.a2b_qp(part.body)
            case "base64":
                return binascii.a2b_base64(part.body)
            case "" | "7bit" | "8bit" | "binary":
                return bytes(part.body)
            case _:
                raise BadInput(f"its page is coded in a way that isn't known ({coding[:20]!r})", path, _REMEDY)
    except binascii.Error as e:
        raise BadInput(f"its page is damaged ({e})", path, _REMEDY) from e


def _address(head: Message, page: _Part) -> str | None:
    """Where the page is from, on the web."""
    stated = (
        _text(page.head, "Content-Location"),
        _text(head, "Snapshot-Content-Location"),
        _text(head, "Content-Location"),
    )
    return next((url for url in stated if url and url.lower().startswith(_ADDRESSES) and " " not in url), None)


def _moment(head: Message) -> datetime | None:
    return parse_mail_moment(_text(head, "Date") or "")


def _charset(head: Message) -> str | None:
    return _parameter(head, "charset")


def _parameter(head: Message, name: str) -> str | None:
    """A parameter of the content type."""
    try:
        found = head.get_param(name)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    value = found[2] if isinstance(found, tuple) else found
    return value if isinstance(value, str) else None


def _field(head: Message, name: str) -> str:
    """A field as it stands; empty where there is none."""
    return str(head.get(name, "")).strip()


def _text(head: Message, name: str) -> str | None:
    """A field's words, decoded, on one line."""
    value = head.get(name)
    if value is None:
        return None
    try:
        value = str(make_header(decode_header(value)))
    except (ValueError, LookupError, binascii.Error):
        value = str(value)
    return keepable(" ".join(value.split())[:HEAD_BYTES])
