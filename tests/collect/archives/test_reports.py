"""Reports of a WARC: which records are some, what is kept beside them, and what is refused."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import brotli
import pytest
from archived import (
    APART,
    HEAD,
    MOVED,
    OPENING,
    OTHER,
    PACKINGS,
    PAGE,
    PICTURE,
    REQUEST,
    URL,
    each_gzip,
    record,
    response,
)
from backports import zstd

from harmledger.collect import Limits, open_reports
from harmledger.domain import Capture, Media, Refused

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def take(tmp_path: Path):
    def read(content: bytes, limits: Limits | None = None) -> list[Capture | Refused]:
        path = tmp_path / "a.warc"
        path.write_bytes(content)
        return list(open_reports([str(path)], now=lambda: NOON, limits=limits))

    return read


def sha1(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()  # noqa: S324


def payload(declared: str, body: bytes) -> bytes:
    return response(body, head=HEAD.replace(b"\r\n\r\n", f"\r\n{declared}\r\n\r\n".encode()))


def chunks(body: bytes, size: int = 100) -> bytes:
    cut = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%X;x=y\r\n%s\r\n" % (len(each), each) for each in cut) + b"0\r\n\r\n"


def test_a_page(take):
    """A page is captured with its address, its moment, its bytes, and the day that bounds its publication."""
    (capture,) = take(each_gzip([OPENING, MOVED, response(WARC_IP_Address="192.0.2.7"), PICTURE]))
    assert isinstance(capture, Capture)
    assert (capture.source, capture.content, capture.media) == (URL, PAGE, Media.HTML)
    assert capture.fetched == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert capture.given.captured == date(2026, 3, 4)
    came = capture.provenance
    assert came
    assert (came.url, came.status, came.address, came.by) == (URL, 200, "192.0.2.7", "Crawler/3.1")


@pytest.mark.parametrize("packing", PACKINGS)
def test_kept_as_it_stood(take, packing):
    """Beside the page are kept its record, its request and what wrote the archive, byte for byte as they stood, each in a member of its own."""
    page = response(WARC_Concurrent_To="<urn:uuid:101>", X_Odd=" kept  as it is", version="1.0")
    (capture,) = take(PACKINGS[packing]([OPENING, REQUEST, page, PICTURE]))
    assert capture.provenance
    kept = gzip.decompress(capture.provenance.records)
    assert kept.startswith(OPENING + page + REQUEST)
    assert b"read-from: " in kept[len(OPENING + page + REQUEST) :]
    assert capture.provenance.records.startswith(each_gzip([OPENING])[:4])


def test_where_it_was_found(take):
    """The archive and the offset stand in the record of metadata."""
    (capture,) = take(each_gzip([OPENING, response()]))
    noted = gzip.decompress(capture.provenance.records).rpartition(b"WARC-Type: metadata")[2]
    assert b"a.warc\r\n" in noted
    assert b"offset: %d\r\n" % len(each_gzip([OPENING])) in noted


@pytest.mark.parametrize("after", [False, True])
def test_its_request(take, after):
    """A request is kept with its answer whether it stands before or after it; another page's isn't."""
    beside, mine = "<urn:uuid:1>", response()
    request = record("request", b"GET / HTTP/1.1\r\n\r\n", number=5, WARC_Concurrent_To=beside)
    other = record("request", b"GET /other HTTP/1.1\r\n\r\n", number=6, WARC_Concurrent_To="<urn:uuid:999>")
    (capture,) = take(b"".join([other, mine, request] if after else [other, request, mine]))
    kept = gzip.decompress(capture.provenance.records)
    assert request in kept
    assert other not in kept


@pytest.mark.parametrize(
    ("packed", "is_read"),
    [
        (payload("Content-Encoding: gzip", gzip.compress(PAGE)), True),
        (payload("Content-Encoding: gzip", PAGE), True),
        (payload("Content-Encoding: deflate", zlib.compress(PAGE)), True),
        (payload("Content-Encoding: deflate", zlib.compress(PAGE)[2:-4]), True),
        (payload("Content-Encoding: br", brotli.compress(PAGE)), True),
        (payload("Content-Encoding: br", PAGE), True),
        (payload("Content-Encoding: zstd", zstd.compress(PAGE)), True),
        (payload("Content-Encoding: gzip, gzip", gzip.compress(gzip.compress(PAGE))), True),
        (payload("Transfer-Encoding: chunked", chunks(PAGE)), True),
        (payload("Transfer-Encoding: chunked", PAGE), True),
        (payload("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunks(gzip.compress(PAGE))), True),
        (payload("Content-Encoding: x, y, z, gzip", gzip.compress(PAGE)), False),
        (payload("Content-Encoding: rot13", PAGE), False),
        (payload("Content-Encoding: gzip", gzip.compress(PAGE)[:-9]), False),
        (payload("Content-Encoding: br", brotli.compress(PAGE)[:-9]), False),
        (payload("Content-Encoding: gzip", gzip.compress(b" " * 30_000_000)), False),
        (payload("Content-Encoding: br", brotli.compress(b" " * 30_000_000)), False),
        (payload("Content-Encoding: zstd", zstd.compress(b" " * 30_000_000)), False),
    ],
)
def test_unpacked(take, packed, is_read):
    """A page is read as it was before it was cut up and packed; what can't be undone, or is a bomb, is refused."""
    (taken,) = take(packed)
    if is_read:
        assert isinstance(taken, Capture)
        assert taken.content == PAGE
        assert taken.document_id == hashlib.sha256(PAGE).hexdigest()
    else:
        assert isinstance(taken, Refused)
        assert taken.kind == "BadInput"


@pytest.mark.parametrize(
    ("digest", "contents"),
    [
        ("WARC-Block-Digest", HEAD + PAGE),
        ("WARC-Payload-Digest", PAGE),
    ],
)
@pytest.mark.parametrize("write", [sha1, lambda content: f"sha256:{hashlib.sha256(content).hexdigest()}"])
def test_digests(take, digest, contents, write):
    """A page that isn't what its digests were made of is refused as changed; one that is, is read."""
    good, bad = response(**{digest: write(contents)}), response(OTHER, **{digest: write(contents)}, number=2)
    captured, refused = take(good + bad)
    assert isinstance(captured, Capture)
    assert isinstance(refused, Refused)
    assert refused.kind == "Inconsistent"
    assert "digest" in refused.message
    assert f"at byte {len(good)}" in refused.source


def test_payload_digests_of_others(take):
    """Crawlers make a payload's digest before or after they undo its chunks and packing: each is taken."""
    packed = gzip.compress(PAGE)
    for of in (chunks(packed), packed, PAGE):
        head = HEAD.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
        (taken,) = take(response(chunks(packed), head=head, WARC_Payload_Digest=sha1(of)))
        assert isinstance(taken, Capture)


def test_unknown_digest_is_told(take, caplog):
    """A digest of an unknown kind is told to be unchecked."""
    (taken,) = take(response(WARC_Payload_Digest="blake9:abc"))
    assert isinstance(taken, Capture)
    assert "unchecked (1)" in caplog.text


REVISIT_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def revisit(**fields: str) -> bytes:
    return record("revisit", REVISIT_HEAD, number=9, **{"WARC-Date": "2026-04-01T00:00:00Z", **fields})


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(
    "names",
    [
        {"WARC-Payload-Digest": sha1(PAGE), "WARC-Target-URI": "https://press.example/again"},
        {"WARC-Refers-To": "<urn:uuid:1>", "WARC-Target-URI": "https://press.example/again"},
        {"WARC-Refers-To-Target-URI": URL, "WARC-Target-URI": "https://press.example/again"},
        {},
    ],
)
def test_named_again(take, packing, names):
    """A page that is named again without its bytes gets those it was first kept with, at its own moment and address; both records are kept."""
    first, again = response(WARC_Payload_Digest=sha1(PAGE)), revisit(**names)
    capture, second = take(PACKINGS[packing]([OPENING, first, PICTURE, again]))
    if packing not in APART and "dictionary" not in packing:
        assert isinstance(second, Refused)
        assert "revisit" in second.message
        return
    assert isinstance(second, Capture)
    assert second.content == capture.content
    assert second.source == names.get("WARC-Target-URI", URL)
    assert second.fetched == datetime(2026, 4, 1, tzinfo=UTC)
    kept = gzip.decompress(second.provenance.records)
    assert first in kept
    assert again in kept


def test_named_again_of_another_archive(take):
    """A page that is named again and stands in no record of this archive is refused; a picture is passed over."""
    refused, captured = take(revisit() + response(number=3) + revisit(**{"WARC-Target-URI": "https://x.example/"})[:0])
    assert isinstance(refused, Refused)
    assert "first kept in" in refused.message
    assert isinstance(captured, Capture)


def test_passed_over_is_counted(take, caplog):
    """What is no report is counted in one line, not refused one by one."""
    robots = response(
        b"User-agent: *", head=HEAD.replace(b"html", b"plain"), **{"WARC-Target-URI": "https://a.example/robots.txt"}
    )
    (capture,) = take(each_gzip([OPENING, MOVED, PICTURE, PICTURE, robots, response(b"  "), response()]))
    assert isinstance(capture, Capture)
    (line,) = caplog.messages
    assert "reports (1)" in line
    assert "other files (3)" in line
    assert "errors (1)" in line
    assert "empty (1)" in line


def test_no_reports(take):
    """An archive without reports is refused as a whole, with what is in it."""
    (refused,) = take(each_gzip([OPENING, PICTURE]))
    assert isinstance(refused, Refused)
    assert "holds no reports" in refused.message


def test_files_kept_as_resources(take):
    """A page or a text that was kept as a file is a report too; a crawler's own notes are none."""
    page = record("resource", PAGE, number=1, Content_Type="text/html")
    text = record(
        "resource", b"Two people were killed.", number=2, Content_Type="text/plain", WARC_Target_URI="file:///a.txt"
    )
    notes = record(
        "resource", b"--depth 3", number=3, Content_Type="text/plain", WARC_Target_URI="metadata://x/args.txt"
    )
    first, second = take(page + text + notes)
    assert (first.media, second.media) == (Media.HTML, Media.TEXT)
    assert second.source == "file:///a.txt"
    assert first.provenance.status == 0


@pytest.mark.parametrize("date", ["", "yesterday", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_no_moment(take, date):
    """A page whose record doesn't say when it was fetched is refused; the next one is read."""
    refused, captured = take(response(**{"WARC-Date": date}) + response(OTHER, number=2))
    assert isinstance(refused, Refused)
    assert "when it was fetched" in refused.message
    assert isinstance(captured, Capture)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-04T05:06:07.123456789Z", datetime(2026, 3, 4, 5, 6, 7, 123456, tzinfo=UTC)),
        ("2026-03-04T05:06:07+02:00", datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC)),
    ],
)
def test_moments(take, written, read):
    """Moments are read as coarse and as fine as WARC/1.1 lets them be written."""
    (capture,) = take(response(**{"WARC-Date": written}))
    assert capture.fetched == read


def test_declared_encoding(take):
    """A page is decoded as its server declared it."""
    arabic = "<html><body><p>قتل سبعة مدنيين في قصف على الميناء يوم الخميس</p></body></html>"
    (capture,) = take(response(arabic.encode("cp1256"), head=HEAD.replace(b"utf-8", b"windows-1256")))
    assert capture.text == arabic


def test_too_long(take):
    """A page longer than a report may be is refused without being held, and the next one is read."""
    limits = Limits(report_bytes=100_000)
    refused, captured = take(response(PAGE + b" " * 200_000) + response(OTHER, number=2), limits)
    assert isinstance(refused, Refused)
    assert "longer than" in refused.message
    assert isinstance(captured, Capture)


def test_most_records(take):
    """Only so many records of an archive are looked at."""
    pages = each_gzip(response(PAGE, number=n) for n in range(5))
    assert len(take(pages, Limits(archive_records=3))) == 3


def test_from_a_pipe(monkeypatch):
    """An archive comes over standard input too."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(each_gzip([OPENING, response()]))))
    (capture,) = open_reports(["-"], now=lambda: NOON)
    assert isinstance(capture, Capture)
    assert capture.source == URL


@pytest.mark.parametrize("url", ["https://a.example/\x00", "https://a.example/é", "<https://press.example/war/report>"])
def test_odd_addresses(take, url):
    """An address comes as text that can be kept."""
    (capture,) = take(response(**{"WARC-Target-URI": url}))
    assert "\x00" not in capture.source
    assert not capture.source.startswith("<")
