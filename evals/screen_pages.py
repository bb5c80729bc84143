"""Pages with and without claims, and what the engine finds in each: what the screen of `bulk` is learnt from and measured on.

    python evals/screen_pages.py LABELS [--part K/N]

Real pages (`article_pages`, `fundus_pages`) as they are; the corpora's texts in page templates, since real pages of conflict are few. Each is
read in full, once; LABELS, JSON lines, keeps of each the sentences that a glance at its bytes finds, and which of them hold a claim. It holds
others' texts: keep it out of the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "evals"))

from corpora import find_shared  # noqa: E402
from page_templates import make_page  # noqa: E402

from harmledger.bulk.glance import find_hits  # noqa: E402
from harmledger.collect.decode import decode_bytes  # noqa: E402
from harmledger.collect.intake import Origin, make_capture  # noqa: E402
from harmledger.domain import Media  # noqa: E402
from harmledger.errors import HarmledgerError  # noqa: E402
from harmledger.pipeline import Reader, load_reader, read_report  # noqa: E402

REAL = ("article_pages", "fundus_pages")
TEXTS = {
    "claims_open": 60, "claims_ar_open": 80, "claims_train": 450, "claims_ar_train": 120, "airwars_syria_reports_en": 114,
    "airwars_syria_reports_ar": 451, "fakes_spans": 410, "gva_reports": 700, "polnear": 500,
}  # fmt: skip
"""Of each corpus so many texts: those with the least hashes of their ids."""
THEN = datetime(2026, 1, 1, tzinfo=UTC)


class Made(NamedTuple):
    """A page of a set."""

    set: str
    id: str
    content: bytes


def load_pages(shared: Path) -> Iterator[Made]:
    """All pages, the same on every run."""
    for name in REAL:
        for row in _rows(shared, name):
            yield Made(name, row["id"], row["html"].encode("utf-8", "replace"))
    for name, most in TEXTS.items():
        chosen = sorted(_rows(shared, name), key=lambda row: zlib.crc32(str(row.get("id")).encode()))[:most]
        for row in chosen:
            if text := row.get("text"):
                number = zlib.crc32(str(row["id"]).encode())
                language = "ar" if "_ar" in name else "en"
                yield Made(name, row["id"], make_page(text, title=row.get("title"), language=language, number=number))


def label_page(page: Made, reader: Reader) -> dict[str, Any]:
    """What the engine finds in it, and which of the sentences of a glance hold it."""
    hits = list(find_hits(page.content, Media.HTML))
    try:
        text = decode_bytes(page.content, where=page.id)
        reading = read_report(
            make_capture(page.content, text, Media.HTML, Origin(source=page.id, fetched=THEN)), reader
        )
    except HarmledgerError as e:
        return {
            "set": page.set,
            "id": page.id,
            "claims": 0,
            "refused": e.what,
            "hits": [[hit, 0] for hit in hits],
            "text": "",
        }
    quotes = [_squeeze(claim.claim.sentence.exact) for claim in reading.claims]
    told = [[hit, int(any(q in s or s in q for q in quotes))] for hit in hits if (s := _squeeze(hit))]
    body = reading.document.text[:4000]
    return {"set": page.set, "id": page.id, "claims": len(quotes), "refused": None, "hits": told, "text": body}


def _squeeze(words: str) -> str:
    return "".join(words.split())


def _rows(shared: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Label all pages, or a part of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--part", default="0/1", help="K/N: every Nth page from the Kth on")
    asked = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("nothing labelled: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
    first, every = map(int, asked.part.split("/"))
    reader = load_reader("encoder")
    with gzip.open(asked.labels, "wt", encoding="utf-8") as out:
        for number, page in enumerate(load_pages(shared)):
            if number % every == first:
                out.write(json.dumps(label_page(page, reader), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
