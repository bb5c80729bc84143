"""What a packaged web archive (WACZ) says of itself: its index, its pages, its files and their digests.

Comes in: values. Goes out: the bytes of each file. The WARC, and the ZIP around it all, are written elsewhere.

Source: https://specs.webrecorder.net/wacz/1.1.1/ and https://specs.webrecorder.net/cdxj/0.1.0/
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harmledger.publish.warc import pack_record, render_address, render_moment

WACZ_VERSION = "1.1.1"
WARC_PATH = "archive/data.warc.gz"
INDEX_PATH = "indexes/index.cdx.gz"
INDEX_BLOCKS_PATH = "indexes/index.idx"
PAGES_PATH = "pages/pages.jsonl"
DATAPACKAGE_PATH = "datapackage.json"
DIGEST_PATH = "datapackage-digest.json"
BLOCK_LINES = 3000
"""Lines of an index that are packed together, as Webrecorder's own tools do: a reader unpacks one block to find an address."""
_PARTS = re.compile(r"https?://(?:[^/@?#]*@)?(?:www\d*\.)?(\[[^\]]*\]|[^/:?#]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?")
_DEFAULT_PORTS = {"", "80", "443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """Where a record stands in the WARC, and what is in it."""

    url: str
    date: datetime
    media: str
    status: int | None
    digest: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A page to begin at."""

    id: str
    url: str
    date: datetime
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of the package."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a package as a whole is."""

    title: str
    description: str
    created: datetime
    software: str
    main: PageEntry | None


def render_index(entries: Iterable[IndexEntry]) -> tuple[bytes, bytes]:
    """The index in packed blocks (ZipNum), and the list of them by their first lines."""
    lines = sorted(map(_index_line, entries))
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": INDEX_PATH.rpartition("/")[2]})
    packed, blocks = bytearray(), [f"!meta 0 {meta}\n"]
    for start in range(0, len(lines), BLOCK_LINES):
        block = pack_record("".join(lines[start : start + BLOCK_LINES]).encode(errors="replace"))
        where = {"offset": len(packed), "length": len(block), "digest": f"sha256:{hashlib.sha256(block).hexdigest()}"}
        blocks.append(f"{lines[start].partition('{')[0]}{json.dumps(where)}\n")
        packed += block
    return bytes(packed), "".join(blocks).encode(errors="replace")


def render_pages(pages: Iterable[PageEntry]) -> bytes:
    """The pages to begin at, a line each."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    listed = [{"id": p.id, "url": p.url, "ts": _seconds(p.date), "title": p.title or p.url} for p in pages]
    return "".join(f"{_json(line)}\n" for line in (head, *listed)).encode(errors="replace")


def render_datapackage(described: Described, files: Sequence[PackedFile]) -> bytes:
    """What the package is, and each of its files with its digest."""
    main = described.main
    said: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": described.title,
        "description": described.description,
        "created": _seconds(described.created),
        "software": described.software,
        **({"mainPageUrl": main.url, "mainPageDate": _seconds(main.date)} if main else {}),
        "resources": [
            {"name": f.path.rpartition("/")[2].lower(), "path": f.path, "hash": f"sha256:{f.sha256}", "bytes": f.size}
            for f in files
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def render_package_digest(datapackage: bytes) -> bytes:
    """The digest of what the package says of itself: who keeps it apart, or signs it, holds the whole package by it."""
    digest = {"path": DATAPACKAGE_PATH, "hash": f"sha256:{hashlib.sha256(datapackage).hexdigest()}"}
    return (json.dumps(digest, indent=2) + "\n").encode()


def index_key(url: str) -> str:
    """An address as indexes sort it: the host from its end, what servers don't tell apart made the same (SURT)."""
    found = _PARTS.fullmatch(render_address(url).partition("#")[0].lower())
    if found is None:
        return render_address(url)
    host, port, path, query = found[1].rstrip("."), found[2] or "", found[3] or "/", found[4]
    turned = ",".join(reversed(host.split(".")))
    port = "" if port in _DEFAULT_PORTS else f":{port}"
    asked = "?" + "&".join(sorted(query.split("&"))) if query else ""
    return f"{turned}{port}){path if path == '/' else path.rstrip('/') or '/'}{asked}"


def _index_line(entry: IndexEntry) -> str:
    said = {
        "url": render_address(entry.url),
        "mime": entry.media,
        **({"status": str(entry.status)} if entry.status else {}),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": WARC_PATH.rpartition("/")[2],
    }
    return f"{index_key(entry.url)} {entry.date.astimezone(UTC):%Y%m%d%H%M%S} {_json(said)}\n"


def _seconds(moment: datetime) -> str:
    """A moment to the second, as Webrecorder's tools write and expect it."""
    return render_moment(moment.replace(microsecond=0))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
