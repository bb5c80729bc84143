"""Pages that people saved: MHTML, single-file pages, and folders of browsers."""

from __future__ import annotations

import base64
import gzip
import hashlib
import quopri
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archived import PAGE, URL
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.collect import Limits, open_reports
from harmledger.collect.archives import open_mhtml
from harmledger.collect.archives.saved import find_saved
from harmledger.collect.intake import Intake
from harmledger.domain import Capture, Media, Refused
from harmledger.errors import BadInput

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SAID = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
MHTML = (
    f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: =?utf-8?Q?Shelling?=\r\nDate: Wed, 4 Mar 2026 05:06:07 +0000\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--XX--\"\r\n\r\n\r\n"
).encode()  # fmt: skip
CSS = b"----XX--\r\nContent-Type: text/css\r\nContent-Location: cid:a\r\n\r\np { color: red }\r\n"


def part(body: bytes, coding: str, **fields: str) -> bytes:
    said = {"Content-Type": "text/html", "Content-Transfer-Encoding": coding, "Content-Location": URL, **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
    return b"----XX--\r\n" + head.encode() + b"\r\n" + body + b"\r\n"


def mhtml(*parts: bytes) -> bytes:
    return MHTML + b"".join(parts) + b"----XX----\r\n"


QP = quopri.encodestring(PAGE, quotetabs=True)


@pytest.fixture
def take(tmp_path: Path):
    def read(content: bytes, name: str = "a.mhtml", limits: Limits | None = None) -> list[Capture | Refused]:
        path = tmp_path / name
        path.write_bytes(content)
        return list(open_reports([str(path)], now=lambda: NOON, limits=limits))

    return read


@pytest.mark.parametrize(
    "content",
    [
        mhtml(part(QP, "quoted-printable"), CSS),
        mhtml(CSS, part(QP, "Quoted-Printable")),
        mhtml(part(base64.encodebytes(PAGE), "base64")),
        mhtml(part(PAGE, "8bit")),
        mhtml(part(PAGE, "binary")).replace(b"\r\n", b"\n"),
        mhtml(part(QP, "quoted-printable")).replace(b"----XX----\r\n", b""),
        mhtml(part(b"<p>An advertisement.</p>", "8bit", Content_ID="<2>"), part(QP, "quoted-printable", Content_ID="<1>")).replace(
            b'type="text/html";', b'type="text/html"; start="<1>";'
        ),
    ],
)  # fmt: skip
def test_mhtml(take, content):
    """The page of the file comes with its address and its moment, whatever it is coded in; the whole file is kept beside it."""
    (capture,) = take(content)
    assert isinstance(capture, Capture)
    assert capture.content.strip() == PAGE
    assert (capture.source, capture.fetched, capture.media) == (URL, SAID, Media.HTML)
    assert capture.given.captured == date(2026, 3, 4)
    assert capture.provenance.status == 0
    kept = gzip.decompress(capture.provenance.records)
    assert content in kept
    assert b"saved-by: <Saved by Blink>\r\n" in kept
    assert b"urn:sha256:" + hashlib.sha256(content).hexdigest().encode() in kept


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (mhtml(CSS), "holds no page"),
        (mhtml(part(b" ", "8bit")), "page is empty"),
        (mhtml(part(QP, "x-uuencode")), "coded in a way"),
        (mhtml(part(b"abc", "base64")), "damaged"),
        (MHTML.replace(b"boundary=", b"bound="), "where its parts begin"),
        (MHTML.replace(b'"--XX--"', b'"' + b"x" * 5000 + b'"'), "where its parts begin"),
    ],
)
def test_mhtml_refused(take, content, says):
    """A file without a page that can be read is refused in words."""
    (refused,) = take(content)
    assert isinstance(refused, Refused)
    assert says in refused.message


def test_mhtml_without_address(take):
    """A file that says no address of the web is from where it lies."""
    (capture,) = take(mhtml(part(PAGE, "8bit")).replace(URL.encode(), b"cid:1"))
    assert capture.source.endswith("a.mhtml")


def test_too_large(take):
    """Neither the file nor its page may be larger than such are."""
    content = mhtml(part(PAGE, "8bit"))
    for limits in (Limits(saved_page_bytes=300), Limits(report_bytes=300)):
        (refused,) = take(content, limits=limits)
        assert isinstance(refused, Refused)


SINGLE = f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Wed Mar 04 2026 06:06:07 GMT+0100 (Central European Standard Time)\n-->"
CHROME = f"<!DOCTYPE html>\n<!-- saved from url=({len(URL):04d}){URL} -->\n"


@pytest.mark.parametrize(
    ("top", "url", "when"),
    [
        (SINGLE, URL, SAID),
        (SINGLE.replace("Wed Mar", "Wed Foo"), URL, None),
        (CHROME, URL, None),
        (CHROME.replace("(0", "(1"), None, None),
        (CHROME.replace(URL, "about:internet"), None, None),
        (SINGLE.replace("https", "javascript"), None, None),
        (" " * 9000 + CHROME, None, None),
        ("", None, None),
    ],
)
def test_comment(top, url, when):
    """The comment that SingleFile or a browser writes at a page's top says where it is from, and SingleFile's when; others say nothing."""
    saved = find_saved(top + PAGE.decode())
    assert (saved and saved.url, saved and saved.when) == (url, when)


def test_single_file(take):
    """A saved page's source is its address; what is kept says where it was read from, and that only a comment says so."""
    content = SINGLE.encode() + PAGE
    (capture,) = take(content, "page.html")
    assert (capture.source, capture.fetched, capture.content) == (URL, SAID, content)
    kept = gzip.decompress(capture.provenance.records)
    assert b"address-and-time-stated-by: a comment in the page" in kept
    assert b"page.html" in kept
    assert capture.provenance.by == "SingleFile"


def test_comment_without_time(take):
    """Of a page whose comment says no time, the time it was read in is kept."""
    (capture,) = take(CHROME.encode() + PAGE, "page.htm")
    assert (capture.source, capture.fetched) == (URL, NOON)


@pytest.mark.parametrize("beside", ["page_files", "page.files", "page-Dateien", "page_fichiers"])
def test_folder_of_a_browser(tmp_path: Path, beside: str):
    """What a browser puts into a folder beside a page is no report of its own."""
    (tmp_path / "page.html").write_bytes(CHROME.encode() + PAGE)
    (tmp_path / beside).mkdir()
    (tmp_path / beside / "frame.html").write_bytes(PAGE)
    (tmp_path / beside / "data.txt").write_bytes(b"Nine people were killed.")
    (capture,) = open_reports([str(tmp_path)], now=lambda: NOON)
    assert isinstance(capture, Capture)
    assert capture.source == URL


def test_folder_of_that_name(tmp_path: Path):
    """A folder that is only called so is read."""
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "a.txt").write_bytes(b"Nine people were killed.")
    assert len(list(open_reports([str(tmp_path)], now=lambda: NOON))) == 1


@given(st.binary(max_size=300), st.integers(0, 1200), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_anything_goes(rubbish: bytes, at: int, cut: int):
    """Whatever is changed in a file, a page comes of it or a refusal."""
    content = mhtml(part(QP, "quoted-printable"), CSS)
    try:
        taken = open_mhtml(content[:at] + rubbish + content[at + cut :], "a.mhtml", Intake(lambda: NOON, Limits()))
    except BadInput as e:
        taken = e
    assert isinstance(taken, Capture) or "a.mhtml" in str(taken)
