"""What is measured on which corpus: figures with their 95 % interval over documents.

A figure is a share from 0 to 1, the more the better, but for the calibration error.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora import Row, learnt_from, load_measure, load_rows, read_rows

RESAMPLES = 400
"""Of documents, with replacement: the interval's ends move by less than 0.005 with more."""
SEED = 7

CLAIM_SETS = ("claims_open", "claims_ar_open")
CORPORA = ("fakes_spans", "airwars_syria_reports_en", "airwars_gaza_narratives", "airwars_syria_reports_ar")
TRAIN_SETS = ("claims_train", "claims_ar_train")
LESS_IS_BETTER = frozenset({"calibration error"})

CLAIM_MEASURES = {
    "mention F1": "f1",
    "precision": "precision",
    "recall": "recall",
    "low": "low",
    "high": "high",
    "harm": "harm",
    "kind": "kind",
    "group where stated": "group where stated",
    "scope": "scope",
    "place where stated": "place where stated",
    "date where stated": "date where stated",
    "actor where stated": "actor where stated",
    "means where stated": "means where stated",
    "source where stated": "source where stated",
    "polarity": "polarity",
    "whole claim F1": "whole claim f1 (count, harm, kind, scope, source)",
    "calibration error": "calibration error (count, harm, kind right)",
}
"""Our name of a measure → the measuring program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured share with its interval over documents; `of` is how many gold items it is a share of, where it is one."""

    corpus: str
    measure: str
    value: float
    low: float
    high: float
    of: int | None = None


Docs = list[Any]
Scores = Callable[[Docs], dict[str, float]]


def read_corpus(shared: Path, corpus: str) -> tuple[list[Row], list[Row]]:
    """The reports of a corpus that nothing was learnt from, and their records, read now."""
    rows = [row for row in load_rows(shared, corpus) if str(row.get("id")) not in learnt_from()]
    records = read_rows(rows)
    if len(records) != len(rows):
        raise SystemExit(f"{corpus}: {len(rows)} reports given, {len(records)} records came out")
    return rows, records


def measure_corpus(shared: Path, corpus: str, rows: Sequence[Row], records: Sequence[Row]) -> list[Figure]:
    """All figures of reading one corpus."""
    if corpus in CLAIM_SETS + TRAIN_SETS:
        return _claim_figures(shared, corpus, rows, records)
    return _corpus_figures(shared, corpus, rows, records)


def _claim_figures(shared: Path, corpus: str, rows: Sequence[Row], records: Sequence[Row]) -> list[Figure]:
    program = load_measure(shared, "score_claims")

    def scores(docs: Docs) -> dict[str, float]:
        every = program.score(docs)
        return {ours: every[theirs] for ours, theirs in CLAIM_MEASURES.items() if theirs in every}

    docs: Docs = program.paired(rows, records)
    gold = program.score(docs)["gold"]
    return resample(corpus, docs, scores, {name: gold for name in CLAIM_MEASURES if "stated" not in name})


def _corpus_figures(shared: Path, corpus: str, rows: Sequence[Row], records: Sequence[Row]) -> list[Figure]:
    flat = load_measure(shared, "score_claims").flat
    program = load_measure(shared, "score_corpora")
    kind = program.fakes if "spans" in rows[0] else program.airwars if "gold" in rows[0] else program.gaza
    docs: Docs = [
        (_slim(row, program.numbers), [flat(c) for c in record.get("claims") or []])
        for row, record in zip(rows, records, strict=True)
    ]

    def scores(sample: Docs) -> dict[str, float]:
        return {what: right / total if total else 0.0 for what, right, total, _ in kind(sample)}

    return resample(corpus, docs, scores, {what: total for what, _, total, _ in kind(docs)})


def _slim(row: Row, numbers: Callable[[str], set[int]]) -> Row:
    """The row with only the numbers of its text: they are all that the measure looks at, and it looks often."""
    return {**row, "text": " ".join(str(n) for n in sorted(numbers(row["text"])))}


def resample(corpus: str, docs: Docs, scores: Scores, of: dict[str, int]) -> list[Figure]:
    """Each score of the documents with its interval over them."""
    chance = random.Random(SEED)
    samples = [scores([docs[chance.randrange(len(docs))] for _ in docs]) for _ in range(RESAMPLES)]
    return [
        Figure(corpus=corpus, measure=name, value=value, low=low, high=high, of=of.get(name))
        for name, value in scores(docs).items()
        for low, high in [_middle([s[name] for s in samples if name in s])]
    ]


def _middle(values: list[float]) -> tuple[float, float]:
    """The ends of the middle 95 %."""
    ranked = sorted(values)
    return ranked[int(0.025 * len(ranked))], ranked[min(int(0.975 * len(ranked)), len(ranked) - 1)]
