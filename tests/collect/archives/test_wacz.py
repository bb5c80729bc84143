"""Packaged web archives: read, held to their digests, and refused where they are traps."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archived import OPENING, OTHER, PAGE, each_gzip, record, response, wacz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.collect import Limits, open_reports
from harmledger.domain import Capture, Refused

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
WARC = each_gzip([OPENING, response()])
FIRST = "archive/a.warc.gz"


@pytest.fixture
def take(tmp_path: Path):
    def read(content: bytes, limits: Limits | None = None, name: str = "a.wacz") -> list[Capture | Refused]:
        path = tmp_path / name
        path.write_bytes(content)
        return list(open_reports([str(path)], now=lambda: NOON, limits=limits))

    return read


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("name", ["a.wacz", "renamed.zip"])
def test_read(take, packing, name):
    """Its WARCs are read in the order of their names, whatever it is called."""
    content = wacz({"archive/b.warc": response(OTHER, number=2), FIRST: WARC}, packing=packing)
    first, second = take(content, name=name)
    assert (first.content, second.content) == (PAGE, OTHER)
    assert f"{name}/archive/a.warc.gz".encode() in gzip.decompress(first.provenance.records)


def test_named_again_within(take):
    """A page that is named again is looked up in a WARC that isn't packed in its package."""
    again = record(
        "revisit",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        WARC_Target_URI="https://x.example/",
        WARC_Refers_To="<urn:uuid:1>",
    )
    first, second = take(wacz({FIRST: WARC + each_gzip([again])}))
    assert isinstance(second, Capture)
    assert (second.source, second.content) == ("https://x.example/", first.content)


def test_changed_warc(take):
    """A WARC that isn't what the package's digest was made of is refused whole; the others are read."""
    content = wacz({FIRST: WARC, "archive/b.warc": response(OTHER)}, hashes={FIRST: "sha256:" + "0" * 64})
    refused, captured = take(content)
    assert isinstance(refused, Refused)
    assert (refused.kind, refused.source.endswith(FIRST)) == ("Inconsistent", True)
    assert isinstance(captured, Capture)


def test_changed_list(take):
    """Where the list of digests itself isn't what was packed, nothing is read."""
    (refused,) = take(wacz({FIRST: WARC}, digest="sha256:" + "0" * 64))
    assert isinstance(refused, Refused)
    assert refused.kind == "Inconsistent"


def test_without_digests(take, caplog):
    """A package that states no digests is read, and that is told."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(FIRST, WARC)
    (captured,) = take(out.getvalue())
    assert isinstance(captured, Capture)
    assert "states no digests" in caplog.text


def named(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, WARC)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (named("word/document.xml"), "ZIP archive or an office document"),
        (named("a.wacz", "b.wacz"), "package of packages"),
        (named("../../archive/a.warc.gz", "/archive/a.warc.gz"), "ZIP archive or an office document"),
        (wacz({FIRST: WARC})[:-30], "damaged"),
        (wacz({"archive/a.warc": b"0" * 50_000_000}, packing=zipfile.ZIP_DEFLATED), "more than any web archive"),
        (b"PK\x03\x04archive/a.warc", "damaged"),
    ],
)
def test_refused(take, content, says):
    """What is no package, or a trap, is refused in words."""
    (refused,) = take(content)
    assert isinstance(refused, Refused)
    assert says in refused.message


def test_two_of_one_name(take):
    """A package that holds two files of one name shows different things to different readers: it is refused."""
    with pytest.warns(UserWarning, match="Duplicate"):
        content = named(FIRST, FIRST)
    (refused,) = take(content)
    assert isinstance(refused, Refused)
    assert refused.kind == "Inconsistent"


def test_too_many_files(take):
    """A package of more files than packages have is refused before any is read."""
    (refused,) = take(named("a", "b", FIRST), Limits(package_entries=2))
    assert isinstance(refused, Refused)
    assert "more than 2 files" in refused.message


@pytest.mark.parametrize(
    "said", [b"[" * 100_000, b"{", b"\xff", b'{"resources": 7}', b'{"resources": [7, {"path": 1, "hash": []}]}', b"[]"]
)
def test_odd_lists(take, said):
    """Whatever a package says of itself is taken for what it is, or refused; nothing breaks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", said)
        package.writestr(FIRST, WARC)
    (taken,) = take(out.getvalue())
    assert isinstance(taken, Capture) or "JSON" in taken.message


@given(at=st.integers(0, len(WARC) - 1), other=st.integers(1, 255))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte(take, at, other):
    """Whatever byte of a WARC is changed, the package's digest tells, and nothing of it is read."""
    content = bytearray(wacz({FIRST: WARC}))
    content[content.index(WARC) + at] ^= other
    assert [taken.kind for taken in take(bytes(content)) if isinstance(taken, Refused)] == ["Inconsistent"]


@given(at=st.integers(0, 2000), rubbish=st.binary(min_size=1, max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_goes(take, at, rubbish):
    """Whatever is changed in a package, something comes of it that says where it is from."""
    content = wacz({FIRST: WARC})
    taken = take(content[:at] + rubbish + content[at + len(rubbish) :])
    assert all(each.source for each in taken)
    assert taken
