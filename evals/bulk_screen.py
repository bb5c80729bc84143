"""What `bulk`'s screen loses against reading everything: of pages in which the engine finds a claim, how many it passes, and how many others it has read.

    python evals/screen_pages.py LABELS     # reads some thousand pages in full: an hour on two slow cores
    python evals/bulk_screen.py LABELS…

Pages that the scout learnt from are scored by one that didn't (five parts, copies of one text in one part); the least score is the packaged one. Real
pages are `article_pages` and `fundus_pages`; the others are corpora's texts in page templates. Exits non-zero below the floor.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "evals"), str(ROOT)]

from corpora import find_shared  # noqa: E402
from intervals import wilson  # noqa: E402
from screen_pages import load_pages  # noqa: E402
from training.fit_scout import Page, fit_parts, load_labels  # noqa: E402

from harmledger.bulk.article import find_own  # noqa: E402
from harmledger.bulk.glance import OTHER_LANGUAGE, find_hits, glance  # noqa: E402
from harmledger.bulk.scout import Scout, load_scout  # noqa: E402
from harmledger.domain import Media  # noqa: E402

FLOOR = 0.995
"""Of all pages with claims, and of those of either kind."""
REAL = ("article_pages", "fundus_pages")


def main() -> int:
    """Print every figure; 0 where the floor holds."""
    shared = find_shared()
    if shared is None or len(sys.argv) < 2:
        print(
            "bulk screen skipped: no corpora (set HARMLEDGER_SHARED), or no labels (evals/screen_pages.py makes them)"
        )
        return 0
    pages = load_labels(map(Path, sys.argv[1:]))
    contents = {(page.set, page.id): page.content for page in load_pages(shared)}
    scouts, least = fit_parts(pages), load_scout().least
    passed = [passes(contents[page.set, page.id], scouts[page.part], least) for page in pages]
    for name in dict.fromkeys(page.set for page in pages):
        show(
            name,
            [page for page in pages if page.set == name],
            [p for page, p in zip(pages, passed, strict=True) if page.set == name],
        )
    whole = show("all", pages, passed)
    real = [(page, p) for page, p in zip(pages, passed, strict=True) if page.set in REAL]
    own = show("real pages", [page for page, _ in real], [p for _, p in real])
    print("the floor holds" if min(whole, own) >= FLOOR else f"BELOW the floor of {FLOOR}")
    return int(min(whole, own) < FLOOR)


def passes(content: bytes, scout: Scout, least: float) -> bool:
    """Whether a page would be read by this scout."""
    if glance(content, Media.HTML) == OTHER_LANGUAGE:
        return False
    promising = [hit for hit in find_hits(content, Media.HTML) if scout.score(hit) >= least]
    return bool(promising and find_own(content, promising))


def show(name: str, pages: Sequence[Page], passed: Sequence[bool]) -> float:
    """One line; gives the recall."""
    kept = [p for page, p in zip(pages, passed, strict=True) if page.claims]
    vain = [p for page, p in zip(pages, passed, strict=True) if not page.claims]
    recall = sum(kept) / len(kept) if kept else 1.0
    low, high = wilson(sum(kept), len(kept))
    print(
        f"{name:28} {sum(kept):5} of {len(kept):5} pages with claims pass ({recall:.4f}, {low:.4f} to {high:.4f}); {sum(vain):4} of {len(vain):4} others"
    )
    return recall


if __name__ == "__main__":
    sys.exit(main())
