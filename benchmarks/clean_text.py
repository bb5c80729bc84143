"""Clean text of pages, side by side: quality, speed and leaks of `read_page` and of the libraries that could stand in its place.

    python benchmarks/clean_text.py [--pages N]

Reads `article_pages` (181 pages with their article text) and `fundus_pages` (98 news pages of 40 countries with text, title, authors and
day) from the shared data beside the checkout, or from HARMLEDGER_SHARED; says so and stops where they aren't there. Prints, for each tool
that is installed:

- docs/s, in CPU time of one core, and the same for parsing the page alone;
- F1 of the article-extraction benchmark: shingles of 4 tokens, counts normalised a page, F1 of mean precision and mean recall
  (https://github.com/scrapinghub/article-extraction-benchmark), and the mean of the pages' own F1;
- how many of a WordPress-like page's reply form, caption and related links leak into the text.

For `read_page` also: the share of pages with the right day, title and authors, and how much of the shown text was dropped as what.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import logging
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from harmledger.domain import PartRole
from harmledger.read.html import Page, read_page

Tool = Callable[[str], str]
ROOT = Path(__file__).resolve().parent.parent
SHINGLE_TOKENS = 4
TOKEN = re.compile(r"\w+")
LEAK_PAGE = ROOT / "tests" / "read" / "pages" / "blog.html"
LEAKS = {
    "reply form": "Your email address will not be published",
    "sign-in bar": "You are commenting using your account",
    "caption": "Rescuers search a house in Jasim",
    "related": "Four killed in Nawa market shelling",
}


def main() -> None:
    """Prints one table a data set."""
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--pages", type=int, default=None, help="only so many pages of each set")
    only = parser.parse_args().pages
    shared = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared")) / "data"
    if not (shared / "article_pages.jsonl.gz").exists():
        print(f"skipped: no pages in {shared} (set HARMLEDGER_SHARED)")
        return
    tools = dict(load_tools())
    for name in ("article_pages", "fundus_pages"):
        compare(name, load_pages(shared / f"{name}.jsonl.gz")[:only], tools)


def load_pages(path: Path) -> list[dict[str, Any]]:
    """The pages of a set, with their gold."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# --- tools -----------------------------------------------------------------------------------------------------------


def load_tools() -> Iterable[tuple[str, Tool]]:
    """The tools that are installed, ours first."""
    yield "harmledger read_page", lambda html: body_of(read_page(html))
    for name, module, make in PEERS:
        try:
            yield name, make(importlib.import_module(module))
        except ImportError:
            print(f"not installed, left out: {name}", file=sys.stderr)


def body_of(page: Page) -> str:
    """The article's paragraphs, which is what the gold texts hold."""
    return "\n".join(page.text[p.start : p.end] for p in page.parts if p.role in (PartRole.BODY, PartRole.DATELINE))


def _trafilatura(**options: bool) -> Callable[[Any], Tool]:
    return lambda module: lambda html: module.extract(html, include_comments=False, **options) or ""


def _resiliparse(module: Any) -> Tool:
    return lambda html: module.extract_plain_text(html, main_content=True, comments=False, alt_texts=False)


def _readability(module: Any) -> Tool:
    fromstring = importlib.import_module("lxml.html").fromstring

    def extract(html: str) -> str:
        summary = module.Document(html).summary(html_partial=True)
        return "\n".join(fromstring(summary).itertext()) if summary else ""

    return extract


def _newspaper(module: Any) -> Tool:
    def extract(html: str) -> str:
        article = module.Article("http://localhost/")
        article.set_html(html)
        article.parse()
        return article.text

    return extract


PEERS: tuple[tuple[str, str, Callable[[Any], Tool]], ...] = (
    ("trafilatura fast", "trafilatura", _trafilatura(fast=True)),
    ("trafilatura default", "trafilatura", _trafilatura()),
    ("trafilatura precision", "trafilatura", _trafilatura(favor_precision=True)),
    ("trafilatura fast precision", "trafilatura", _trafilatura(fast=True, favor_precision=True)),
    ("trafilatura fast recall", "trafilatura", _trafilatura(fast=True, favor_recall=True)),
    ("resiliparse main text", "resiliparse.extract.html2text", _resiliparse),
    ("readability-lxml", "readability", _readability),
    ("newspaper4k", "newspaper", _newspaper),
    ("parse alone: lxml", "lxml.html", lambda module: lambda html: str(module.fromstring(html.encode()).tag)[:0]),
    (
        "parse alone: selectolax",
        "selectolax.lexbor",
        lambda module: lambda html: str(module.LexborHTMLParser(html))[:0],
    ),
)


# --- comparing -------------------------------------------------------------------------------------------------------


def compare(name: str, pages: list[dict[str, Any]], tools: dict[str, Tool]) -> None:
    """Prints the table of one set."""
    print(f"\n{name}: {len(pages)} pages\n{'tool':28}{'docs/s':>8}{'F1':>8}{'page F1':>9}{'P':>7}{'R':>7}  leaks")
    leak_page = LEAK_PAGE.read_text(encoding="utf-8")
    for tool_name, tool in tools.items():
        tool(pages[0]["html"])
        started = time.process_time()
        texts = [run(tool, page["html"]) for page in pages]
        speed = len(pages) / (time.process_time() - started)
        if tool_name.startswith("parse alone"):
            print(f"{tool_name:28}{speed:8.0f}")
            continue
        f1, page_f1, precision, recall = score([page["body"] for page in pages], texts)
        text = run(tool, leak_page)
        leaks = ", ".join(kind for kind, words in LEAKS.items() if words in text) or "none"
        print(f"{tool_name:28}{speed:8.0f}{f1:8.4f}{page_f1:9.4f}{precision:7.3f}{recall:7.3f}  {leaks}")
    describe([read_page(page["html"]) for page in pages], pages)


def run(tool: Tool, html: str) -> str:
    """A tool's text; none where it fails."""
    try:
        return tool(html)
    except Exception as error:  # noqa: BLE001 - a peer's failure on one page is a page it got wrong
        print(f"failed: {type(error).__name__}", file=sys.stderr)
        return ""


def describe(read: list[Page], pages: list[dict[str, Any]]) -> None:
    """Prints what `read_page` said of the pages beside their text."""
    dropped, parts = Counter[str](), Counter[str]()
    for page in read:
        dropped.update({d.role: d.chars for d in page.dropped})
        for part in page.parts:
            parts[part.role] += part.end - part.start
    shown = dropped.total() + parts.total()
    print("of the text shown: " + ", ".join(f"{k} {v / shown:.1%}" for k, v in parts.most_common()))
    print("dropped: " + ", ".join(f"{k} {v / shown:.1%}" for k, v in dropped.most_common()))
    if "title" in pages[0]:
        right = Counter[str]()
        for page, gold in zip(read, pages, strict=True):
            right["title"] += same_words(page.title, gold["title"])
            right["day"] += str(page.published) == str(gold["published"])[:10]
            right["authors"] += {fold(a) for a in (page.author or "").split(", ")} - {""} == {
                fold(a) for a in (gold["authors"] or ())
            }
        print("right: " + ", ".join(f"{k} {v}/{len(read)}" for k, v in right.items()))


def same_words(ours: str | None, gold: str | None) -> bool:
    """Whether two titles say the same."""
    return fold(ours or "") == fold(gold or "")


def fold(words: str) -> str:
    """Words without case, marks and spacing."""
    return " ".join(TOKEN.findall(words.casefold()))


def score(golds: list[str], texts: list[str]) -> tuple[float, float, float, float]:
    """F1 of mean precision and recall, mean F1 of the pages, mean precision, mean recall."""
    rows = [score_page(gold, text) for gold, text in zip(golds, texts, strict=True)]
    precision = sum(p for p, _ in rows) / len(rows)
    recall = sum(r for _, r in rows) / len(rows)
    return harmonic(precision, recall), sum(harmonic(p, r) for p, r in rows) / len(rows), precision, recall


def score_page(gold: str, text: str) -> tuple[float, float]:
    """Precision and recall of one page's shingles."""
    wanted, found = shingles(gold), shingles(text)
    common = (wanted & found).total()
    return (common / found.total() if found else 1.0), (common / wanted.total() if wanted else 1.0)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of tokens stands in a text."""
    tokens = TOKEN.findall(text)
    if not tokens:
        return Counter()
    starts = range(max(1, len(tokens) - SHINGLE_TOKENS + 1))
    return Counter(tuple(tokens[i : i + SHINGLE_TOKENS]) for i in starts)


def harmonic(a: float, b: float) -> float:
    """F1 of precision and recall."""
    return 2 * a * b / (a + b) if a + b else 0.0


if __name__ == "__main__":
    main()
