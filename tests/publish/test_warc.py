from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from harmledger.domain import Exchange
from harmledger.publish.warc import (
    render_address,
    render_fields,
    render_moment,
    render_opening,
    render_records,
    render_resource,
)

NOW = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
REQUEST = b"GET /war/report HTTP/1.1\r\nHost: press.example\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
PAGE = gzip.compress(b"<html><p>Shelling killed two people in the port.</p></html>", mtime=0)


def exchange(**other: object) -> Exchange:
    stated = {"url": "https://press.example/war/report", "request": REQUEST, "head": HEAD, "payload": PAGE}
    return Exchange(**{**stated, "address": "192.0.2.7", "started": NOW, **other})  # pyright: ignore[reportArgumentType]


MOVED = exchange(
    url="http://press.example/old",
    request=b"GET /old HTTP/1.1\r\nHost: press.example\r\n\r\n",
    head=b"HTTP/1.1 301 Moved\r\nLocation: https://press.example/war/report\r\nContent-Length: 0\r\n\r\n",
    payload=b"",
)


def records_of(content: bytes) -> list[tuple[str, str | None, bytes]]:
    """By warcio, which checks every digest and raises where one fails."""
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        record.raw_stream.read()
    found = ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    return [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read()) for r in found]


def fields_of(content: bytes) -> list[dict[str, str]]:
    found = ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    return [dict(r.rec_headers.headers) for r in found]


def test_records_each_hop():
    """Every hop gives its answer and its request, and the capture one record of metadata, with digests that another program checks."""
    records = records_of(render_records([MOVED, exchange()], by="harmledger 9", metadata={"fetched-for": "watch"}))
    assert [(kind, url) for kind, url, _ in records] == [
        ("response", MOVED.url),
        ("request", MOVED.url),
        ("response", "https://press.example/war/report"),
        ("request", "https://press.example/war/report"),
        ("metadata", "https://press.example/war/report"),
    ]
    assert records[3][2] == REQUEST
    assert records[4][2] == b"software: harmledger 9\r\nfetched-for: watch\r\n"


def test_payload_as_it_came():
    """The payload stands as it came, still packed; only the head fields that say how it was cut up for its way are renamed."""
    answer = records_of(render_records([exchange()], by="harmledger 9", metadata={}))[0][2]
    assert answer == HEAD.replace(b"Transfer-", b"X-Archive-Orig-Transfer-") + PAGE


@pytest.mark.parametrize(("stated", "kept"), [(str(len(PAGE)), True), ("7", False), ("", False)])
def test_length_that_holds(stated: str, kept: bool):
    """A length is stated to readers only where it is the payload's."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {stated}\r\n\r\n".encode()
    answer = records_of(render_records([exchange(head=head)], by="harmledger 9", metadata={}))[0][2]
    assert answer.startswith(b"HTTP/1.1 200 OK\r\nContent-Length" if kept else b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Con")


def test_same_bytes():
    """The same fetch gives the same bytes; another moment gives other record ids."""
    once, again = (render_records([MOVED, exchange()], by="h", metadata={}) for _ in range(2))
    later = render_records([exchange(started=NOW + timedelta(seconds=1))], by="h", metadata={})
    assert once == again
    assert not {f["WARC-Record-ID"] for f in fields_of(once)} & {f["WARC-Record-ID"] for f in fields_of(later)}


def test_own_members():
    """Each record is a gzip member of its own, with no time in its head: it can be cut out and read alone."""
    content = render_records([MOVED, exchange()], by="h", metadata={})
    found = ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    starts = [found.offset for record in found if record.raw_stream.read() is not None]
    assert len(starts) == 5
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        assert content[start + 4 : start + 8] == b"\0\0\0\0"
        assert gzip.decompress(content[start:end]).startswith(b"WARC/1.1\r\n")


def test_file_as_resource():
    """What came without an exchange is a resource record, with what is known of it beside it."""
    content = render_opening("x.warc.gz", {"software": "h"}, date=NOW) + render_resource(
        b"A report.", url="file:///reports/a b.txt", media="text/plain", date=NOW, metadata={"kept": "from a file"}
    )
    assert [kind for kind, _, _ in records_of(content)] == ["warcinfo", "resource", "metadata"]
    opening, resource, metadata = fields_of(content)
    assert opening["WARC-Filename"] == "x.warc.gz"
    assert resource["WARC-Target-URI"] == "file:///reports/a%20b.txt"
    assert metadata["WARC-Concurrent-To"] == resource["WARC-Record-ID"]


@pytest.mark.parametrize("address", ["example.org", "", "192.0.2.7\r\nWARC-Type: metadata", "proxy"])
def test_address_is_one(address: str):
    """What is no network address is not stated as one."""
    assert "WARC-IP-Address" not in fields_of(render_records([exchange(address=address)], by="h", metadata={}))[0]


@given(url=st.text(), name=st.text(), value=st.text())
def test_nothing_breaks_out(url: str, name: str, value: str):
    """Whatever an address or a value holds, there are as many records and fields as were written."""
    hostile = exchange(url=f"http://press.example/{url}")
    records = records_of(render_records([hostile], by="h", metadata={"x" + name: value}))
    assert [kind for kind, _, _ in records] == ["response", "request", "metadata"]
    assert records[-1][2].count(b"\n") == 2


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 60, tzinfo=UTC), "2026-01-02T03:04:05.000060Z"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=3))), "2026-01-02T00:04:05Z"),
    ],
)
def test_moments(moment: datetime, written: str):
    """Moments are written in UTC, as finely as they are known."""
    assert render_moment(moment) == written


def test_fields_on_one_line():
    """A value with line ends can't become two."""
    assert render_fields({"a b": "c\r\nd: e"}) == b"a-b: c d: e\r\n"
    assert render_address("http://a.example/\r\n<x>") == "http://a.example/%0D%0A%3Cx%3E"
