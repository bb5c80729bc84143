"""What the gate measures beyond reading: how well claims are linked into incidents, and how often checking names the right recorded incident.

Reports come in with their records, as read for the gate; figures with their intervals go out. Linking is measured on the half of the events that its weights
weren't learnt on; of `gva_reports`, to save the time of reading, on a third of that half's shootings. `linking.py` and `check.py` measure all of it, and beside baselines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from check import CORPUS as CHECKED
from check import load_recorded, rank_records
from corpora import Row, load_rows, read_rows
from link_corpora import SHOOTINGS, STRIKES, Case, halve, make_cases
from link_measures import Sets, beside, f1
from linking import group_claims
from measures import Docs, Figure, resample

from harmledger.resources.registry import load_registry

THIRD = 3
PAIRS, ITEMS = "reports linked: pair F1", "reports linked: B-cubed"
FIRST, THREE = "right incident first", "right incident among three"


def measure_shootings(shared: Path) -> list[Figure]:
    """Linking, on a third of the measuring half of `gva_reports`, read now."""
    rows = [row for row in load_rows(shared, SHOOTINGS) if _is_of_the_third(row)]
    return link_figures(SHOOTINGS, make_cases(rows, read_rows(rows)))


def measure_strikes(shared: Path, corpus: str, rows: Sequence[Row], records: Sequence[Row]) -> list[Figure]:
    """Linking on one of the sets of strikes, and checking on the one in English; nothing on any other set."""
    if corpus not in STRIKES:
        return []
    figures = link_figures(corpus, halve(make_cases(rows, records))[1])
    return [*figures, *check_figures(shared, rows, records)] if corpus == CHECKED else figures


def link_figures(corpus: str, cases: Sequence[Case]) -> list[Figure]:
    """Pair F1 and B-cubed over reports, claim by claim as `harmledger link` joins them."""
    docs = count_beside(group_claims(cases), [case.events for case in cases])
    return resample(corpus, docs, link_scores, {PAIRS: sum(right for _, _, right in docs) // 2, ITEMS: len(docs)})


def count_beside(found: Sets, gold: Sets) -> list[tuple[int, int, int]]:
    """Of each report how many others are rightly beside it, how many are beside it, and how many should be."""
    ours, right = beside(found), beside(gold)
    return [(len(a & b) - 1, len(a) - 1, len(b) - 1) for a, b in zip(ours, right, strict=True)]


def link_scores(docs: Docs) -> dict[str, float]:
    """Both measures, over any sample of reports."""
    hits, found, right = (sum(column) for column in zip(*docs, strict=True))
    precision = sum((hit + 1) / (of + 1) for hit, of, _ in docs) / len(docs)
    recall = sum((hit + 1) / (of + 1) for hit, _, of in docs) / len(docs)
    return {
        PAIRS: f1(hits / found if found else 1.0, hits / right if right else 1.0),
        ITEMS: f1(precision, recall),
    }


def check_figures(shared: Path, rows: Sequence[Row], records: Sequence[Row]) -> list[Figure]:
    """How often the right incident comes first, or among three, of the reports that name a place and can be dated."""
    ranked = [each for each in rank_records(rows, records, load_recorded(shared), load_registry()) if each.counts]
    ranks = [each.rank or len(ranked) for each in ranked]

    def scores(docs: Docs) -> dict[str, float]:
        return {
            FIRST: sum(rank == 1 for rank in docs) / len(docs),
            THREE: sum(rank <= THIRD for rank in docs) / len(docs),
        }

    return resample(CHECKED, ranks, scores, {FIRST: len(ranks), THREE: len(ranks)})


def _is_of_the_third(row: Row) -> bool:
    """By the hash of the shooting's name: first the half to measure on, as `halve` takes it, then a third of it."""
    digest = hashlib.sha256(str(row["incident"]).encode()).digest()
    return digest[0] % 2 == 1 and digest[1] % THIRD == 0
