"""What a package says of itself."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from datetime import UTC, datetime

import pytest
import surt

from harmledger.publish.wacz import (
    BLOCK_LINES,
    Described,
    IndexEntry,
    PackedFile,
    PageEntry,
    index_key,
    render_datapackage,
    render_index,
    render_package_digest,
    render_pages,
)

NOW = datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://press.example/war/report",
        "http://www.press.example/War/Report/",
        "https://www2.press.example:443/a?b=2&a=1",
        "http://press.example:8080/",
        "http://press.example",
        "http://127.0.0.1:8799/page.html",
        "https://press.example/a?",
        "https://user:secret@press.example/a#part",
        "https://press.example/caf%C3%A9",
    ],
)
def test_keys(url: str):
    """Addresses are sorted as other tools sort them."""
    assert index_key(url) == surt.surt(url)


@pytest.mark.parametrize("url", ["file:///a b.txt", "urn:sha256:00", "cid:1"])
def test_keys_of_no_web(url: str):
    """What is no address of the web is its own key, without spaces."""
    assert index_key(url) == url.replace(" ", "%20")


def entry(number: int) -> IndexEntry:
    url = f"https://press.example/{number:05d}"
    return IndexEntry(
        url=url, date=NOW, media="text/html", status=200, digest="sha256:0", offset=number * 10, length=10
    )


def test_index_in_blocks():
    """Each block of the index stands where the list of blocks says, is what its digest was made of, and begins with the line that is named."""
    packed, listed = render_index(map(entry, reversed(range(2 * BLOCK_LINES + 1))))
    meta, *blocks = listed.decode().splitlines()
    assert json.loads(meta.removeprefix("!meta 0 ")) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    assert len(blocks) == 3
    for block in blocks:
        key, _, said = block.partition("{")
        where = json.loads("{" + said)
        content = packed[where["offset"] : where["offset"] + where["length"]]
        assert where["digest"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert zlib.decompress(content, 31).decode().startswith(key)
    lines = gzip.decompress(packed).decode().splitlines()
    assert lines == sorted(lines)
    assert lines[7].startswith("example,press)/00007 20260304050607 {")
    assert json.loads(lines[7].partition("{")[1] + lines[7].partition("{")[2])["offset"] == "70"


def test_pages():
    """Pages are told by their titles, or where there is none by their addresses."""
    pages = [
        PageEntry(id="1", url="https://a.example/", date=NOW, title=None),
        PageEntry(id="2", url="https://b.example/", date=NOW, title="قصف\n"),
    ]
    head, *lines = map(json.loads, render_pages(pages).decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert [(line["title"], line["ts"]) for line in lines] == [
        ("https://a.example/", "2026-03-04T05:06:07Z"),
        ("قصف\n", "2026-03-04T05:06:07Z"),
    ]


def test_digests():
    """The package lists each file with its digest, and the digest of the list stands beside it."""
    described = Described(title="t", description="d", created=NOW, software="s", main=None)
    content = render_datapackage(described, [PackedFile(path="archive/A.warc.gz", sha256="ab", size=3)])
    said = json.loads(content)
    assert said["resources"] == [{"name": "a.warc.gz", "path": "archive/A.warc.gz", "hash": "sha256:ab", "bytes": 3}]
    assert (said["wacz_version"], said["created"]) == ("1.1.1", "2026-03-04T05:06:07Z")
    assert json.loads(render_package_digest(content))["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
