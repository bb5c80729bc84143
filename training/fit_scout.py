"""Learn the scout by which `bulk` passes over pages, from what the engine finds in pages, and write it into the package.

    python evals/screen_pages.py LABELS     # reads some thousand pages in full: an hour on two slow cores
    python training/fit_scout.py LABELS…

A logistic regression over hashed words (`harmledger.bulk.scout`), a sentence an example: does the engine find a claim in it? The least score that is
worth reading a page for keeps all but a few in a thousand pages with claims, each scored by a scout that wasn't learnt from it: five parts, copies of
one text in one part.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "evals"))

from harmledger.bulk.scout import COLUMNS, Scout, hash_features, render_scout  # noqa: E402
from harmledger.link.copies import Text, find_copies, originals, take_print  # noqa: E402

TARGET = ROOT / "src/harmledger/resources/scout.npz"
CARD = ROOT / "src/harmledger/resources/scout.toml"
PARTS = 5
HELD = ("claims_open", "claims_ar_open")
"""Measured on, never learnt from."""
ROUNDS, RATE, PULL = 10, 0.3, 1e-3
MISSED_COSTS = 3.0
"""How many times as much a missed claim weighs as a page read in vain."""
KEPT = 0.998
"""Of the pages with claims, as the least score is set; the floor is .995."""
LICENCES = {
    "article_pages": "MIT", "fundus_pages": "MIT", "polnear": "texts others', marks of the corpus", "fakes_spans": "texts others'",
    "gva_reports": "texts others'", "claims_train": "marks ours, texts others'", "claims_ar_train": "marks ours, texts others'",
    "airwars_syria_reports_en": "texts others', none stated", "airwars_syria_reports_ar": "texts others', none stated",
}  # fmt: skip


class Page(NamedTuple):
    """A labelled page."""

    set: str
    id: str
    hits: list[tuple[list[int], int]]
    claims: int
    refused: str | None
    part: int


def load_labels(paths: Iterable[Path]) -> list[Page]:
    """The pages, each in one of the parts; copies of one text in the same."""
    rows: list[dict[str, Any]] = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += map(json.loads, lines)
    texts = [Text(document_id=f"{row['set']} {row['id']}", published=None, text=row["text"]) for row in rows]
    original = originals(find_copies([take_print(text) for text in texts]))
    return [_page(row, original) for row in rows]


def _page(row: dict[str, Any], original: dict[str, str]) -> Page:
    name = f"{row['set']} {row['id']}"
    part = zlib.crc32(original.get(name, name).encode()) % PARTS
    hits = [(hash_features(sentence), is_claim) for sentence, is_claim in row["hits"]]
    return Page(row["set"], row["id"], hits, row["claims"], row["refused"], part)


def fit(pages: Iterable[Page], seed: int = 0) -> Scout:
    """Weights by steps that shrink for columns often seen (AdaGrad); the same on every run."""
    hits = [hit for page in pages if page.set not in HELD for hit in page.hits]
    order = np.random.default_rng(seed)
    weights, seen, bias = np.zeros(COLUMNS, np.float32), np.full(COLUMNS, 1e-2, np.float32), 0.0
    for _ in range(ROUNDS):
        for i in order.permutation(len(hits)):
            columns, is_claim = hits[i]
            likely = 1 / (1 + np.exp(-(bias + float(weights[columns].sum()))))
            slope = (likely - is_claim) * (MISSED_COSTS if is_claim else 1.0)
            seen[columns] += slope * slope
            weights[columns] -= RATE * (slope / np.sqrt(seen[columns]) + PULL * weights[columns])
            bias -= 0.01 * slope
    return Scout(weights.astype(np.float16).astype(np.float32), float(bias), 0.0)


def score_unseen(pages: Sequence[Page]) -> list[float]:
    """Each page's best sentence, by a scout that learnt from none of its part."""
    scouts = fit_parts(pages)
    return [best(page, scouts[page.part]) for page in pages]


def fit_parts(pages: Sequence[Page]) -> list[Scout]:
    """For each part a scout that learnt from none of it."""
    return [fit((page for page in pages if page.part != part), part) for part in range(PARTS)]


def best(page: Page, scout: Scout) -> float:
    """The score of a page's best sentence; none: minus infinity."""
    return max((scout.bias + float(scout.weights[columns].sum()) for columns, _ in page.hits), default=-np.inf)


def main() -> None:
    """Fit, set the least score, write both, and the card."""
    pages = load_labels(map(Path, sys.argv[1:]))
    scores = np.array(score_unseen(pages))
    with_claims = np.array([page.claims > 0 and bool(page.hits) for page in pages])
    least = float(np.quantile(scores[with_claims], 1 - KEPT, method="lower"))
    tell(pages, scores, least)
    scout = fit(pages)
    TARGET.write_bytes(render_scout(Scout(scout.weights, scout.bias, least)))
    CARD.write_text(render_card(pages, least), "utf-8")
    print(f"least score {least:.2f}; {TARGET.stat().st_size:,} bytes")


def tell(pages: Sequence[Page], scores: Any, least: float) -> None:
    """By set, how many pages with claims stay, and how many without are read in vain."""
    for name in dict.fromkeys(page.set for page in pages):
        of = [i for i, page in enumerate(pages) if page.set == name]
        has = [i for i in of if pages[i].claims]
        kept = sum(scores[i] >= least for i in has)
        vain = sum(scores[i] >= least for i in of if not pages[i].claims)
        print(f"{name}: {kept} of {len(has)} pages with claims stay, {vain} of {len(of) - len(has)} others")
    everything = [i for i, page in enumerate(pages) if page.claims]
    print(f"all: {sum(scores[i] >= least for i in everything)} of {len(everything)} pages with claims stay")


def render_card(pages: Sequence[Page], least: float) -> str:
    """What the scout was made of."""
    lines = [
        "# The scout of `harmledger bulk` (scout.npz): made by training/fit_scout.py.",
        "# Hashed word weights; no text can be read back from them.",
        f'made = "{datetime.now(UTC).date()}"',
        'task = "does the engine find a claim in this sentence"',
        'labels = "the encoder engine\'s own claims on these pages"',
        f"least = {least:.3f}",
        "",
        "[sets]",
    ]
    for name in dict.fromkeys(page.set for page in pages if page.set not in HELD):
        count = sum(page.set == name for page in pages)
        lines.append(f'{name} = "{count} pages; {LICENCES.get(name, "none stated")}"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
