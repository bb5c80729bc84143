"""A page that was fetched becomes a capture of what it holds, beside records of how it came."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hostile_web import HostileWeb, packed, page, redirect
from warcio.archiveiterator import ArchiveIterator

from harmledger.collect.web import capture_page, latest_day
from harmledger.domain import Asked, Capture, Fetched, Media
from harmledger.errors import BadInput
from harmledger.ids import document_id

ARABIC = "<html><body><p>قتل شخصان في غارة جوية على سوق في الرقة، بحسب سكان.</p></body></html>"
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def served() -> Iterator[HostileWeb]:
    with HostileWeb() as opened:
        yield opened


@pytest.fixture
def web(served: HostileWeb) -> HostileWeb:
    served.clear()
    return served


def fetched(web: HostileWeb, url: str = "https://news.example/") -> Fetched:
    result = web.fetcher(now=lambda: NOW).fetch(Asked(url=url))
    assert isinstance(result, Fetched), result
    return result


def captured(web: HostileWeb, url: str = "https://news.example/") -> Capture:
    return capture_page(fetched(web, url), by="a test")


def test_a_capture_is_of_what_was_unpacked(web: HostileWeb) -> None:
    """Its id is the hash of the words, however they were packed; its source is the address that was asked for, without a fragment."""
    web["https://news.example/a"] = redirect("https://www.news.example/a")
    web["https://www.news.example/a"] = packed(ARABIC.encode())
    capture = captured(web, "https://news.example/a#top")
    assert capture.document_id == document_id(ARABIC.encode())
    assert (capture.source, capture.fetched, capture.media, capture.text) == ("https://news.example/a", NOW, Media.HTML, ARABIC)  # fmt: skip
    assert capture.provenance is not None
    assert (capture.provenance.url, capture.provenance.status) == ("https://www.news.example/a", 200)


def test_how_it_came_opens_in_other_programs(web: HostileWeb) -> None:
    """Every hop's answer and request, and what is known of the whole, as a web archive that warcio reads."""
    web["https://news.example/a"] = redirect("/b")
    web["https://news.example/b"] = packed(ARABIC.encode())
    capture = captured(web, "https://news.example/a#top")
    assert capture.provenance is not None
    records = list(_records(capture.provenance.records))
    kinds = [(kind, url) for kind, url, _ in records]
    assert kinds == [
        ("response", "https://news.example/a"),
        ("request", "https://news.example/a"),
        ("response", "https://news.example/b"),
        ("request", "https://news.example/b"),
        ("metadata", "https://news.example/b"),
    ]
    assert gzip.decompress(records[2][2]) == ARABIC.encode()
    assert f"unpacked-sha256: {capture.document_id}".encode() in records[-1][2]
    assert b"asked-for: https://news.example/a" in records[-1][2]


def _records(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        yield record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ARABIC.encode(), "text/html"),
        (ARABIC.encode("cp1256"), "text/html; charset=windows-1256"),
        (ARABIC.encode(), "text/html; charset=windows-1256"),
        (ARABIC.encode("utf-8-sig"), "text/html; charset=windows-1256"),
        (ARABIC.encode("utf-16"), "text/html; charset=utf-8"),
        (ARABIC.replace("<body>", '<meta charset="windows-1256"><body>').encode("cp1256"), "text/html"),
        (ARABIC.encode("cp1256"), "text/html; charset=nonsense"),
        (ARABIC.encode("iso8859_6"), "text/html; charset=iso-8859-6"),
        (ARABIC.encode("cp1256"), "text/html; charset=unicode_escape"),
        (ARABIC.encode("cp1256"), "text/html; charset=hex"),
    ],
    ids=[
        "none said",
        "said",
        "said wrongly",
        "a mark",
        "another mark",
        "the page says",
        "nonsense",
        "another",
        "another language",
        "no text",
    ],
)
def test_a_page_is_decoded_by_mark_content_head_and_meta(web: HostileWeb, content: bytes, kind: str) -> None:
    """What the content proves weighs more than what its head says of it."""
    web["https://news.example/"] = page(content, kind=kind)
    assert captured(web).text.replace('<meta charset="windows-1256">', "") == ARABIC


def test_a_text_is_a_text(web: HostileWeb) -> None:
    """By what it holds, not by what it is said to be."""
    web["https://news.example/"] = page("Two people were killed in Homs on Monday, a medic said.")
    assert captured(web).media is Media.TEXT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<rss version='2.0'><channel/></rss>", "a feed"),
        (b'{"text": "Two people were killed."}\n', "data"),
        (gzip.compress(ARABIC.encode()), "packed file"),
        (b"a\0b\0c\x01\x02\x03\x04\x05\x06\x07 and more of that", "binary"),
    ],
)
def test_what_is_no_report_is_refused(web: HostileWeb, content: bytes, says: str) -> None:
    """In one sentence that names the address."""
    web["https://news.example/"] = page(content, kind="application/octet-stream")
    with pytest.raises(BadInput, match=says) as caught:
        capture_page(fetched(web), by="a test")
    assert str(caught.value).startswith("https://news.example/: ")


@pytest.mark.parametrize(
    ("fetched", "day"),
    [
        (datetime(2024, 3, 1, 9, 59, tzinfo=UTC), date(2024, 3, 1)),
        (datetime(2024, 3, 1, 10, 0, tzinfo=UTC), date(2024, 3, 2)),
    ],
)
def test_no_page_bears_a_later_day_than_where_days_begin_first(fetched: datetime, day: date) -> None:
    """A report of tomorrow morning in the Pacific isn't from the future."""
    assert latest_day(fetched) == day
