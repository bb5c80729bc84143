"""What came over the web as WARC/1.1 records: the form in which web archives keep evidence, and every replay tool reads it.

Comes in: exchanges as they went over the wire. Goes out: bytes, each record a gzip member of its own, so that one can be taken out without
touching another. The same exchange gives the same bytes: record ids are hashes of the record, and no clock is asked.

Source: ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from harmledger.domain import Exchange

GZIP_LEVEL = 6
"""Pages take 0.6 % more room than at 9, and three fifths of the time."""
_GZIP_WINDOW = 31
"""zlib's window bits for a gzip member; the head it writes holds no time and no name."""
_UNDONE = re.compile(rb"(?im)^(transfer-encoding|trailer)(?=[ \t]*:)")
"""Head fields that say how a body was cut up for its way, which its payload in the record is no longer."""
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\S*)")
_ORIGINAL = b"X-Archive-Orig-"
"""What crawlers set before a head field that no longer holds of the payload."""
_UNWRITABLE = re.compile(r"[^\x21-\x7e]|[<>]")
"""What would end a head field, or the address in it, or stands in no address as written by RFC 3986."""
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one record is of."""

    kind: str
    """`response`, `request`, `resource`, `metadata` or `warcinfo`."""
    date: datetime
    media: str
    """The type of the block."""
    block: bytes
    payload: bytes | None = None
    """The part of the block that has a digest of its own."""
    url: str | None = None
    address: str | None = None
    beside: str | None = None
    """The id of the record that it was kept together with."""
    name: str | None = None
    """Of the file that a `warcinfo` opens."""


def render_records(exchanges: Sequence[Exchange], *, by: str, metadata: Mapping[str, str]) -> bytes:
    """The records of one capture: for each exchange the answer and its request, in the order they went, then one of metadata on the last answer.

    `by` is the program and version that fetched; `metadata` are further fields of the last record, written in their order.
    """
    records: list[bytes] = []
    answer: str | None = None
    for exchange in exchanges:
        answer, rendered = _render_exchange(exchange)
        records += rendered
    if exchanges:
        last = exchanges[-1]
        records.append(render_metadata({"software": by, **metadata}, url=last.url, date=last.started, beside=answer))
    return b"".join(map(pack_record, records))


def render_resource(content: bytes, *, url: str, media: str, date: datetime, metadata: Mapping[str, str]) -> bytes:
    """The records of something that came without its exchange, such as a file: its bytes, and what is known of them."""
    entry = Entry(kind="resource", date=date, media=media, block=content, payload=content, url=url)
    record_id, record = render_record(entry)
    return pack_record(record) + pack_record(render_metadata(metadata, url=url, date=date, beside=record_id))


def render_opening(name: str, fields: Mapping[str, str], *, date: datetime) -> bytes:
    """The record that a WARC file opens with: what made it, and by which standard."""
    block = render_fields({**fields, "format": "WARC File Format 1.1"})
    entry = Entry(kind="warcinfo", date=date, media="application/warc-fields", block=block, name=name)
    return pack_record(render_record(entry)[1])


def render_metadata(fields: Mapping[str, str], *, url: str, date: datetime, beside: str | None) -> bytes:
    """A record of what is known of another, not packed."""
    block = render_fields(fields)
    entry = Entry(kind="metadata", date=date, media="application/warc-fields", block=block, url=url, beside=beside)
    return render_record(entry)[1]


def render_record(entry: Entry) -> tuple[str, bytes]:
    """One record, not packed, and the id it has: a hash of all it says."""
    fields = {
        "WARC-Type": entry.kind,
        "WARC-Target-URI": entry.url and render_address(entry.url),
        "WARC-Date": render_moment(entry.date),
        "WARC-IP-Address": _network_address(entry.address),
        "WARC-Concurrent-To": entry.beside,
        "WARC-Filename": entry.name and _one_line(entry.name),
        "WARC-Block-Digest": render_digest(entry.block),
        "WARC-Payload-Digest": None if entry.payload is None else render_digest(entry.payload),
        "Content-Type": _one_line(entry.media),
        "Content-Length": str(len(entry.block)),
    }
    stated = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    record_id = f"<{uuid5(NAMESPACE_URL, hashlib.sha256(_encode(stated)).hexdigest()).urn}>"
    head = f"WARC/1.1\r\nWARC-Record-ID: {record_id}\r\n{stated}\r\n"
    return record_id, _encode(head) + entry.block + b"\r\n\r\n"


def pack_record(record: bytes) -> bytes:
    """A record as one gzip member, the same on every run."""
    member = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return member.compress(record) + member.flush()


def render_fields(fields: Mapping[str, str]) -> bytes:
    """Named values as `application/warc-fields`, one a line; line ends within a value become spaces."""
    return _encode("".join(f"{_NO_TOKEN.sub('-', name)}: {_one_line(value)}\r\n" for name, value in fields.items()))


def render_digest(content: bytes) -> str:
    """SHA-256 as WARC writes it, in the hexadecimal digits that `sha256sum` gives too."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def render_moment(moment: datetime) -> str:
    """A moment in UTC, to the microsecond where it has any; one without a zone is taken as UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.replace(tzinfo=None).isoformat() + "Z"


def render_address(url: str) -> str:
    """An address that can stand in a head field: whatever else is in it is escaped, as UTF-8."""
    return _UNWRITABLE.sub(lambda c: "".join(f"%{byte:02X}" for byte in _encode(c[0])), url)


def _render_exchange(exchange: Exchange) -> tuple[str, list[bytes]]:
    """The id of the answer's record, and the answer and its request."""
    head = _settle_head(exchange.head, len(exchange.payload))
    record_id, answer = render_record(_entry_of(exchange, "response", head + exchange.payload))
    _, asked = render_record(_entry_of(exchange, "request", exchange.request, beside=record_id))
    return record_id, [answer, asked]


def _entry_of(exchange: Exchange, kind: str, block: bytes, *, beside: str | None = None) -> Entry:
    return Entry(
        kind=kind,
        date=exchange.started,
        media=f"application/http; msgtype={kind}",
        block=block,
        payload=exchange.payload if kind == "response" else None,
        url=exchange.url,
        address=exchange.address,
        beside=beside,
    )


def _settle_head(head: bytes, length: int) -> bytes:
    """The answer's head with the fields renamed that don't hold of the payload: how it was cut up, and a length it hasn't."""
    head = _UNDONE.sub(lambda field: _ORIGINAL + field[0], head)
    return _LENGTH.sub(lambda field: field[0] if field[1] == str(length).encode() else _ORIGINAL + field[0], head)


def _network_address(address: str | None) -> str | None:
    """The address as numbers; what is none is left out, since readers refuse it."""
    try:
        return str(ipaddress.ip_address(address)) if address else None
    except ValueError:
        return None


def _encode(text: str) -> bytes:
    return text.encode(errors="replace")


def _one_line(value: str) -> str:
    return _LINE_ENDS.sub(" ", value).strip()
