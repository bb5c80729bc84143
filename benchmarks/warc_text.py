"""From a WARC to clean text, side by side: how many pages a second, ours beside trafilatura over warcio, and readers of records alone.

    python benchmarks/warc_text.py [--rounds N]

Reads `article_pages` from the shared data beside the checkout, or from HARMLEDGER_SHARED, and makes one WARC of them in gzip, record by record,
with pictures and requests between the pages as crawlers write them. Says so and stops where they aren't there.

Each round runs every way once, in an order that changes, over the same file; docs/s is CPU time of one core. The ratio is of the same round, and its
interval a bootstrap over rounds.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from harmledger.collect import Limits, open_reports
from harmledger.collect.archives.records import Record, iter_records
from harmledger.domain import Capture, Exchange
from harmledger.errors import HarmledgerError
from harmledger.publish.warc import render_records
from harmledger.read import read_document

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 4, tzinfo=UTC)
REQUEST = b"GET / HTTP/1.1\r\nHost: press.example\r\n\r\n"
PICTURE = random.Random(0).randbytes(30_000)
"""Of each page; pictures are most of a crawl, and no reader should spend time on them."""


def main() -> int:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    pages = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared")) / "data" / "article_pages.jsonl.gz"
    if not pages.exists():
        print(f"skipped: no pages at {pages} (set HARMLEDGER_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        count = write_warc(path, pages)
        print(f"{count} pages, {path.stat().st_size / 1e6:.1f} MB packed, {rounds} rounds")
        compare("clean text", {"harmledger": text_ours, "trafilatura over warcio": text_peer}, path, count, rounds)
        compare("records, pages' bytes only", dict(find_readers()), path, count, rounds)
    return 0


def write_warc(path: Path, pages: Path) -> int:
    with gzip.open(pages, "rt", encoding="utf-8") as lines, path.open("wb") as file:
        for number, line in enumerate(lines, 1):
            html = json.loads(line)["html"].encode()
            address = f"https://press.example/{number}"
            exchanges = [
                exchange(f"{address}.png", b"image/png", PICTURE),
                exchange(address, b"text/html; charset=utf-8", html),
            ]
            file.write(render_records(exchanges, by="benchmark", metadata={}))
        return number


def exchange(url: str, media: bytes, payload: bytes) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + media + b"\r\n\r\n"
    return Exchange(url=url, request=REQUEST, head=head, payload=payload, address="192.0.2.1", started=NOW)


# --- clean text ------------------------------------------------------------------------------------------------------


def text_ours(path: Path) -> int:
    """What `harmledger read` does up to the clean text: digests checked, records kept, parts named."""
    done = 0
    for capture in open_reports([str(path)], now=lambda: NOW, limits=Limits()):
        if isinstance(capture, Capture):
            try:
                done += bool(read_document(capture).text)
            except HarmledgerError:  # a page in another language
                done += 1
    return done


def text_peer(path: Path) -> int:
    """What one writes with the two libraries: default settings, metadata as ours."""
    import trafilatura

    done = 0
    for content in pages_of_warcio(path):
        trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
        done += 1
    return done


# --- records ---------------------------------------------------------------------------------------------------------


def find_readers() -> Iterator[tuple[str, Callable[[Path], int]]]:
    yield "harmledger", lambda path: sum(1 for _ in pages_of_ours(path))
    yield "warcio", lambda path: sum(1 for _ in pages_of_warcio(path))
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        return
    yield "fastwarc", lambda path: sum(1 for _ in pages_of_fastwarc(path))


def pages_of_ours(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for item in iter_records(io.BufferedReader(file), limits=Limits()):  # pyright: ignore[reportArgumentType]
            if isinstance(item, Record) and item.kind == "response" and b"text/html" in item.peek(2000):
                yield item.block()


def pages_of_warcio(path: Path) -> Iterator[bytes]:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response" and "text/html" in (record.http_headers.get_header("Content-Type") or ""):
                yield record.content_stream().read()


def pages_of_fastwarc(path: Path) -> Iterator[bytes]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            if "text/html" in (record.http_content_type or ""):
                yield record.reader.read()


# --- measuring -------------------------------------------------------------------------------------------------------


def compare(what: str, ways: dict[str, Callable[[Path], int]], path: Path, count: int, rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name in sorted(ways, key=lambda name: hash((name, number))):
            began = time.process_time()
            assert ways[name](path) == count, f"{name} found other pages"
            if number:  # the first round loads what is loaded once
                took[name].append(time.process_time() - began)
    ours, *peers = ways
    print(f"\n{what}")
    for name in ways:
        line = f"  {name:26} {count / statistics.median(took[name]):8,.0f} docs/s"
        if name in peers:
            ratios = [theirs / own for theirs, own in zip(took[name], took[ours], strict=True)]
            low, high = interval(ratios)
            line += f"   ours is {statistics.median(ratios):.2f} times as fast (95 % of {low:.2f} to {high:.2f})"
        print(line)


def interval(ratios: list[float]) -> tuple[float, float]:
    rng = random.Random(0)
    medians = sorted(statistics.median(rng.choices(ratios, k=len(ratios))) for _ in range(2000))
    return medians[50], medians[-51]


if __name__ == "__main__":
    sys.exit(main())
