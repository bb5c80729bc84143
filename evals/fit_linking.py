"""Learn how much each feature of a pair of tellings weighs, and write the weights that harmledger ships.

    python evals/fit_linking.py

Learns on one half of the events of each open set (the other half is for `linking.py`): pairs that blocking finds, each set weighing the same.
A logistic regression, its weights drawn towards 0, fitted by Newton's method; the threshold is the middle one of those
that do about best, by the mean of pair F1 and B-cubed, on the same half. Writes `resources/linking/weights.json` and the background of common words beside it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpora import ROOT, find_shared
from link_corpora import SHOOTINGS, STRIKES, Case, coded_tellings, halve, load_cases, whole_tellings
from link_measures import b_cubed, pair_f1
from numpy.typing import NDArray

from harmledger.domain import Telling
from harmledger.link.block import find_pairs
from harmledger.link.cluster import cluster
from harmledger.link.compare import FEATURES, Known, Pair, measure
from harmledger.link.copies import Text, find_echoes, originals
from harmledger.link.join import WORTH_KEEPING
from harmledger.link.rarity import count_words, load_background

FOLDER = ROOT / "src/harmledger/resources/linking"
RIDGE = 2.0
"""How strongly weights are drawn to 0, in pairs."""
EVENNESS = 0.15
"""0: every pair counts alike; 1: every set counts alike, and few pairs weigh much."""
MASS = 10000.0**EVENNESS
"""Of a set of 10,000 pairs each pair weighs 1."""
FLAT = 0.01
"""Thresholds whose mean of all figures is this near to the best are as good: which of them is best is chance."""
STEPS = 30
COMMON = 0.02
"""A word of the background stands in at least this share of a set's reports."""
THRESHOLDS = [n / 40 for n in range(4, 30)]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Tellings of one set, their events, and the measured pairs."""

    name: str
    tellings: list[Telling]
    events: list[frozenset[str]]
    pairs: list[tuple[int, int]]
    values: Matrix

    @property
    def same(self) -> Matrix:
        """Which pairs are of one event."""
        return np.array([float(bool(self.events[a] & self.events[b])) for a, b in self.pairs])

    @property
    def known(self) -> NDArray[np.bool_]:
        """Pairs of which the coding says something: both coded, or two tellings of one report of which one was coded."""
        return np.array(
            [
                bool(self.events[a] and self.events[b])
                or (
                    self.tellings[a].document_id == self.tellings[b].document_id
                    and bool(self.events[a] or self.events[b])
                )
                for a, b in self.pairs
            ]
        )


def main() -> int:
    """Learn and write; 0 where there is something to learn from."""
    shared = find_shared()
    if shared is None:
        print("nothing learnt: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    learnt = {name: halve(load_cases(shared, name))[0] for name in (SHOOTINGS, *STRIKES)}
    write_background(learnt.values())
    lessons = [prepare(name, cases) for name, cases in learnt.items()]
    weights = fit(lessons)
    threshold, found = choose_threshold(lessons, weights)
    for name, value in zip(("intercept", *(f.name for f in FEATURES)), weights, strict=True):
        print(f"  {value:8.3f}  {name}")
    print(f"threshold {threshold}: {found}")
    write_weights(weights, threshold, lessons)
    return 0


def prepare(name: str, cases: Sequence[Case]) -> Lesson:
    """The pairs of a set that blocking finds, measured."""
    if name == SHOOTINGS:
        tellings, events = whole_tellings(cases), [case.events for case in cases]
    else:
        tellings, events = coded_tellings(cases)
    rarity = count_words(tellings, load_background())
    echoes = find_echoes(
        [
            Text(document_id=c.record["document"]["document_id"], published=None, text=c.record["document"]["text"])
            for c in cases
        ]
    )
    known = Known(rarity, originals(echoes), {})
    pairs = list(find_pairs(tellings, rarity))
    values = np.array([measure(Pair(tellings[a], tellings[b], known)) for a, b in pairs])
    return Lesson(name, tellings, events, pairs, values)


def fit(lessons: Iterable[Lesson]) -> Matrix:
    """Intercept and weights; a feature whose weight comes out against its sense is left at 0, and the others are fitted anew."""
    lessons = list(lessons)
    x = np.concatenate([lesson.values[lesson.known] for lesson in lessons])
    y = np.concatenate([lesson.same[lesson.known] for lesson in lessons])
    mass = np.concatenate(
        [np.full(int(lesson.known.sum()), MASS / lesson.known.sum() ** EVENNESS) for lesson in lessons]
    )
    sense = np.array([f.speaks for f in FEATURES])
    kept = np.ones(len(FEATURES), dtype=bool)
    while True:
        weights = np.zeros(len(FEATURES) + 1)
        weights[np.concatenate([[True], kept])] = _fit_kept(x[:, kept], y, mass)
        wrong = weights[1:] * sense < 0
        if not wrong.any():
            return weights
        kept &= ~wrong


def _fit_kept(x: Matrix, y: Matrix, mass: Matrix) -> Matrix:
    x = np.column_stack([np.ones(len(x)), x])
    drawn = np.diag([0.0, *[RIDGE] * (x.shape[1] - 1)])
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (mass * (p - y)) + drawn @ weights
        curvature = (x * (mass * p * (1 - p))[:, None]).T @ x + drawn
        weights -= np.linalg.solve(curvature + 1e-9 * np.eye(len(weights)), gradient)
    return weights


def choose_threshold(lessons: Sequence[Lesson], weights: Matrix) -> tuple[float, dict[str, tuple[float, float]]]:
    """The middle one of the thresholds with the best mean of both measures over the sets, and what it reaches there."""
    reached: dict[float, dict[str, tuple[float, float]]] = {}
    for threshold in THRESHOLDS:
        reached[threshold] = {lesson.name: reach(lesson, weights, threshold) for lesson in lessons}
    means = {t: sum(sum(pair) for pair in reached[t].values()) / (2 * len(lessons)) for t in THRESHOLDS}
    good = [t for t in THRESHOLDS if means[t] >= max(means.values()) - FLAT]
    chosen = good[len(good) // 2]
    return chosen, reached[chosen]


def reach(lesson: Lesson, weights: Matrix, threshold: float) -> tuple[float, float]:
    """Pair F1 and B-cubed F1 of the coded tellings."""
    p = 1 / (1 + np.exp(-(weights[0] + lesson.values @ weights[1:])))
    scores = {pair: float(score) for pair, score in zip(lesson.pairs, p, strict=True) if score >= WORTH_KEEPING}
    groups = cluster(len(lesson.tellings), scores, threshold=threshold)
    found = {index: n for n, group in enumerate(groups) for index in group}
    coded = [n for n, events in enumerate(lesson.events) if events]
    ours, gold = [frozenset([found[n]]) for n in coded], [lesson.events[n] for n in coded]
    return pair_f1(ours, gold).f1, b_cubed(ours, gold).f1


def write_background(sets: Iterable[Sequence[Case]]) -> None:
    """The common words of all sets, with the share of reports that hold them: of each word the set where it is commonest."""
    share: dict[str, float] = {}
    for cases in sets:
        tellings = whole_tellings(cases)
        holding = Counter(word for telling in tellings for word in telling.report_words)
        for word, reports in holding.items():
            if reports >= COMMON * len(tellings):
                share[word] = max(share.get(word, 0.0), round(reports / len(tellings), 3))
    head = "# word, share of news reports that hold it; counted by evals/fit_linking.py over the halves that weights are learnt on\n"
    lines = (f"{word}\t{share[word]}\n" for word in sorted(share))
    (FOLDER / "words.tsv").write_text(head + "".join(lines), encoding="utf-8")
    load_background.cache_clear()


def write_weights(weights: Matrix, threshold: float, lessons: Sequence[Lesson]) -> None:
    """The weights as data, with how they were learned."""
    told = ", ".join(
        f"{int(lesson.known.sum())} pairs of {lesson.name} ({int(lesson.same[lesson.known].sum())} of one event)"
        for lesson in lessons
    )
    data = {
        "learned": f"logistic regression (ridge {RIDGE:g}) by evals/fit_linking.py on half of the events of each set: {told}; the threshold is the middle one of the best there",
        "intercept": round(float(weights[0]), 3),
        "threshold": threshold,
        "features": {f.name: round(float(value), 3) for f, value in zip(FEATURES, weights[1:], strict=True)},
    }
    Path(FOLDER / "weights.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
