"""Web archives for tests, record by record; the reports in them are invented."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable

from backports import zstd

URL = "https://press.example/war/report"
WHEN = "2026-03-04T05:06:07Z"
PAGE = (
    b"<!DOCTYPE html><html lang='en'><head><title>Shelling of the port</title></head><body><article><h1>Shelling of the port</h1>"
    b"<p>Seven civilians were killed when shells hit the port on Thursday, the governor said.</p>"
    b"<p>Nobody knows who fired the shells, and the ministry has not answered.</p></article></body></html>"
)
OTHER = PAGE.replace(b"Seven", b"Nine")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def record(kind: str, block: bytes, *, version: str = "1.1", number: int = 1, **fields: str) -> bytes:
    """One record as it stands; underscores of field names are dashes."""
    said = {"WARC-Record-ID": f"<urn:uuid:{number}>", "WARC-Target-URI": URL, "WARC-Date": WHEN}
    said |= {name.replace("_", "-"): value for name, value in fields.items()}
    if kind in {"response", "revisit"}:
        said.setdefault("Content-Type", "application/http; msgtype=response")
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    head = f"WARC/{version}\r\nWARC-Type: {kind}\r\n{lines}Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(body: bytes = PAGE, *, head: bytes = HEAD, **fields: object) -> bytes:
    """A page that a server answered with."""
    return record("response", head + body, **fields)  # pyright: ignore[reportArgumentType]


OPENING = record("warcinfo", b"software: Crawler/3.1\r\n", number=100, WARC_Target_URI="")
REQUEST = record("request", b"GET /war/report HTTP/1.1\r\nHost: press.example\r\n\r\n", number=101)
PICTURE = record("response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", number=102)
MOVED = record("response", b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n", number=103)


def _each_zstd(records: Iterable[bytes]) -> bytes:
    checked = {zstd.CompressionParameter.checksum_flag: 1}
    return b"".join(zstd.compress(each, options=checked) for each in records)


def _with_dictionary(records: Iterable[bytes], *, packed: bool) -> bytes:
    records = list(records)
    dictionary = zstd.train_dict(records * 40, 1000)
    content = zstd.compress(dictionary.dict_content) if packed else dictionary.dict_content
    frames = (zstd.compress(each, zstd_dict=dictionary) for each in records)
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content + b"".join(frames)


def each_gzip(records: Iterable[bytes]) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip, record by record": each_gzip,
    "gzip, as a whole": lambda records: gzip.compress(b"".join(records), mtime=0),
    "gzip, cut anywhere": lambda records: each_gzip(_cut(b"".join(records), 700)),
    "zstd, record by record": _each_zstd,
    "zstd, as a whole": lambda records: zstd.compress(b"".join(records)),
    "zstd with a dictionary": lambda records: _with_dictionary(records, packed=False),
    "zstd with a packed dictionary": lambda records: _with_dictionary(records, packed=True),
}
APART = ("plain", "gzip, record by record", "zstd, record by record", "zstd with a dictionary")
"""Packings in which a record can be found again by its offset."""


def _cut(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


def wacz(
    warcs: dict[str, bytes],
    *,
    packing: int = zipfile.ZIP_STORED,
    hashes: dict[str, str] | None = None,
    digest: str | None = None,
) -> bytes:
    """A package of WARCs; `hashes` and `digest` are stated in the place of the true ones."""
    out = io.BytesIO()
    stated = {path: f"sha256:{hashlib.sha256(content).hexdigest()}" for path, content in warcs.items()} | (hashes or {})
    resources = [{"name": path, "path": path, "hash": digest_of, "bytes": 1} for path, digest_of in stated.items()]
    said = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    with zipfile.ZipFile(out, "w", packing) as package:
        for path, content in warcs.items():
            package.writestr(path, content)
        package.writestr("datapackage.json", said)
        whole = digest or f"sha256:{hashlib.sha256(said).hexdigest()}"
        package.writestr("datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": whole}))
    return out.getvalue()
