"""Learn how much each feature of a pair of tellings weighs, and write the weights that harmledger ships.

    python training/fit_linking.py

Learns on one half of the events of each open set (the other half is for `evals/linking.py`), from pairs of tellings that blocking finds. Two reports of one event
have one pair of tellings that is of it: the likeliest by the weights so far, so learning goes a few rounds; nothing is known of their other pairs. Two reports of no common event have none.
A logistic regression, its weights drawn towards 0, fitted by Newton's method; the threshold is the middle one of those
that do about best, by the mean of pair F1 and B-cubed over reports, on the same half. Writes `resources/linking/weights.json` and the background of common words beside it.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "evals"))

from corpora import find_shared  # noqa: E402
from link_corpora import SHOOTINGS, STRIKES, Case, halve, load_cases, nearest_tellings, whole_tellings  # noqa: E402
from link_measures import b_cubed, pair_f1  # noqa: E402

from harmledger.domain import Telling  # noqa: E402
from harmledger.link.cluster import cluster  # noqa: E402
from harmledger.link.compare import measure  # noqa: E402
from harmledger.link.features import FEATURES  # noqa: E402
from harmledger.link.join import WORTH_KEEPING, Tellings  # noqa: E402
from harmledger.link.pairs import find_pairs  # noqa: E402
from harmledger.link.rarity import load_background  # noqa: E402

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
ROUNDS = 4
"""By then the likeliest pairs are the same as the round before, but for a few."""
COMMON = 0.02
"""A word of the background stands in at least this share of a set's reports."""
THRESHOLDS = [n / 40 for n in range(4, 30)]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Tellings of one set, their reports' events, and the measured pairs."""

    name: str
    tellings: list[Telling]
    report: list[int]
    """Of each telling its report."""
    events: list[frozenset[str]]
    """Of each report its coded events."""
    coded: frozenset[int]
    """Tellings that are the nearest of their report to a coded event, where the coding says where and when it was."""
    pairs: list[tuple[int, int]]
    values: Matrix

    def learnable(self, odds: Matrix) -> tuple[NDArray[np.bool_], Matrix]:
        """Pairs of which the coding says something, and which of them are of one event by it."""
        same = np.zeros(len(self.pairs))
        same[list(self._likeliest(odds).values())] = 1.0
        return np.array(
            [bool(of_one) or self._is_apart(*pair) for pair, of_one in zip(self.pairs, same, strict=True)]
        ), same

    def _likeliest(self, odds: Matrix) -> dict[tuple[int, int], int]:
        """Of each two reports of one event the pair of tellings that is most likely of it."""
        best: dict[tuple[int, int], int] = {}
        for n, (a, b) in enumerate(self.pairs):
            reports = self.report[a], self.report[b]
            if reports[0] != reports[1] and self.events[reports[0]] & self.events[reports[1]]:
                best[reports] = max(best.get(reports, n), n, key=lambda k: odds[k])
        return best

    def _is_apart(self, a: int, b: int) -> bool:
        """Two reports of no common event; in one report the telling that was coded and any other."""
        if self.report[a] == self.report[b]:
            return a in self.coded or b in self.coded
        return not self.events[self.report[a]] & self.events[self.report[b]]


def main() -> int:
    """Learn and write; 0 where there is something to learn from."""
    shared = find_shared()
    if shared is None:
        print("nothing learnt: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    learnt = {name: halve(load_cases(shared, name))[0] for name in (SHOOTINGS, *STRIKES)}
    write_background(learnt.values())
    lessons = [prepare(name, cases) for name, cases in learnt.items()]
    weights = learn(lessons)
    threshold, found = choose_threshold(lessons, weights)
    for name, value in zip(("intercept", *(f.name for f in FEATURES)), weights, strict=True):
        print(f"  {value:8.3f}  {name}")
    print(f"threshold {threshold}: {found}")
    write_weights(weights, threshold, lessons)
    return 0


def prepare(name: str, cases: Sequence[Case]) -> Lesson:
    """The pairs of a set that blocking finds, measured, as `harmledger link` tells them."""
    told = Tellings(case.record for case in cases)
    place = {case.record["document"]["document_id"]: n for n, case in enumerate(cases)}
    report = [place[telling.document_id] for telling in told.all]
    pairs = list(find_pairs(told.all, told.known.rarity))
    return Lesson(
        name=name,
        tellings=list(told.all),
        report=report,
        events=[case.events for case in cases],
        coded=nearest_tellings(cases, told.all, report),
        pairs=pairs,
        values=np.array([measure(told.pair(a, b)) for a, b in pairs]),
    )


def learn(lessons: Sequence[Lesson]) -> Matrix:
    """Intercept and weights: from each feature's sense to weights under which the likeliest pairs stay the same."""
    weights = np.array([0.0, *(float(f.speaks) for f in FEATURES)])
    for _ in range(ROUNDS):
        weights = fit(lessons, weights)
    return weights


def fit(lessons: Iterable[Lesson], before: Matrix) -> Matrix:
    """Intercept and weights; a feature whose weight comes out against its sense is left at 0, and the others are fitted anew."""
    x, y, mass = (np.concatenate(columns) for columns in zip(*(_taught(each, before) for each in lessons), strict=True))
    sense = np.array([f.speaks for f in FEATURES])
    kept = np.ones(len(FEATURES), dtype=bool)
    while True:
        weights = np.zeros(len(FEATURES) + 1)
        weights[np.concatenate([[True], kept])] = _fit_kept(x[:, kept], y, mass)
        wrong = weights[1:] * sense < 0
        if not wrong.any():
            return weights
        kept &= ~wrong


def _taught(lesson: Lesson, before: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """The values of the pairs that teach something, which are of one event, and how much each counts."""
    known, same = lesson.learnable(lesson.values @ before[1:])
    count = int(known.sum())
    return lesson.values[known], same[known], np.full(count, MASS / count**EVENNESS)


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
    """The middle one of the thresholds with the best mean of both measures over the sets, each by the root of its reports; and what it reaches there."""
    reached: dict[float, dict[str, tuple[float, float]]] = {}
    for threshold in THRESHOLDS:
        reached[threshold] = {lesson.name: reach(lesson, weights, threshold) for lesson in lessons}
    size = {lesson.name: math.sqrt(len(lesson.events)) for lesson in lessons}
    means = {
        t: sum(size[name] * sum(both) / 2 for name, both in found.items()) / sum(size.values())
        for t, found in reached.items()
    }
    good = [t for t in THRESHOLDS if means[t] >= max(means.values()) - FLAT]
    chosen = good[len(good) // 2]
    return chosen, reached[chosen]


def reach(lesson: Lesson, weights: Matrix, threshold: float) -> tuple[float, float]:
    """Pair F1 and B-cubed F1 of the reports."""
    p = 1 / (1 + np.exp(-(weights[0] + lesson.values @ weights[1:])))
    scores = {pair: float(score) for pair, score in zip(lesson.pairs, p, strict=True) if score >= WORTH_KEEPING}
    groups = cluster(len(lesson.tellings), scores, threshold=threshold)
    group_of = {index: n for n, group in enumerate(groups) for index in group}
    held: list[set[int]] = [set() for _ in lesson.events]
    for index, report in enumerate(lesson.report):
        held[report].add(group_of[index])
    found = [frozenset(groups) for groups in held]
    return pair_f1(found, lesson.events).f1, b_cubed(found, lesson.events).f1


def write_background(sets: Iterable[Sequence[Case]]) -> None:
    """The common words of all sets, with the share of reports that hold them: of each word the set where it is commonest."""
    share: dict[str, float] = {}
    for cases in sets:
        tellings = whole_tellings(cases)
        holding = Counter(word for telling in tellings for word in telling.report_words)
        for word, reports in holding.items():
            if reports >= COMMON * len(tellings):
                share[word] = max(share.get(word, 0.0), round(reports / len(tellings), 3))
    head = "# word, share of news reports that hold it; counted by training/fit_linking.py over the halves that weights are learnt on\n"
    lines = (f"{word}\t{share[word]}\n" for word in sorted(share))
    (FOLDER / "words.tsv").write_text(head + "".join(lines), encoding="utf-8")
    load_background.cache_clear()


def write_weights(weights: Matrix, threshold: float, lessons: Sequence[Lesson]) -> None:
    """The weights as data, with how they were learned."""
    told = ", ".join(_describe(lesson, weights) for lesson in lessons)
    data = {
        "learned": f"logistic regression (ridge {RIDGE:g}) by training/fit_linking.py on half of the events of each set: {told}; the threshold is the middle one of the best there",
        "intercept": round(float(weights[0]), 3),
        "threshold": threshold,
        "features": {f.name: round(float(value), 3) for f, value in zip(FEATURES, weights[1:], strict=True)},
    }
    Path(FOLDER / "weights.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _describe(lesson: Lesson, weights: Matrix) -> str:
    known, same = lesson.learnable(lesson.values @ weights[1:])
    return f"{int(known.sum())} pairs of {lesson.name} ({int(same.sum())} of one event)"


if __name__ == "__main__":
    sys.exit(main())
