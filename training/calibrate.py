"""Fit how sure a claim is: python -m training.calibrate en --data DIR [--write]

With the model as it is installed, trained with --hold, the held-out reports are read; a logistic regression over the beliefs of
`extract.confidence` learns how often count, harm and kind are right. Prints the calibration error, of halves each fitted on the other.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from training.examples import Marked, read_marked, split

from harmledger.domain import Count
from harmledger.extract.assemble import Proposal
from harmledger.extract.confidence import BIAS, FEATURES, features
from harmledger.extract.counted import read_count
from harmledger.extract.encoder import Page, propose
from harmledger.extract.model import Model, load_model

SETS = {"en": "claims_train", "ar": "claims_ar_train"}
RIDGE = {"en": 1.0, "ar": 3.0}
"""How much the weights are drawn towards nought: there are few held-out claims in Arabic."""
STEPS = 30
FILES = Path(__file__).parents[1] / "src/harmledger/resources/encoder"
RIGHT = ("harm", "low", "high", "kind")


def rows(model: Model, reports: Sequence[Marked]) -> Iterator[list[tuple[list[float], bool]]]:
    """For each report its claims' features, and whether count, harm and kind are right; optional marks count nowhere."""
    sys.path.insert(0, os.environ.get("HARMLEDGER_SHARED", "../shared"))
    from score_claims import agrees, match

    for report in reports:
        text = report["text"]
        proposals = propose(Page.of(text), model)
        found = [(p, c) for p in proposals if (c := read_count(text, (0, len(text)), (p.start, p.end)))]
        flat = [_flat(p, c) for p, c in found]
        pairs = match(report["claims"], flat)
        right = {id(f): all(agrees(k, f, g) for k in RIGHT) for g, f in pairs}
        optional = {id(f) for g, f in pairs if g.get("optional")}
        yield [
            ([1.0, *features(p, c).values()], right.get(id(f), False))
            for (p, c), f in zip(found, flat, strict=True)
            if id(f) not in optional
        ]


def _flat(p: Proposal, c: Count) -> dict:
    return {
        "start": c.words.start, "end": c.words.end, "low": c.low, "high": c.high,
        "harm": str(p.classes["harm"]), "kind": str(p.classes["kind"]),
    }  # fmt: skip


def fit(data: Sequence[tuple[list[float], bool]], strength: float) -> np.ndarray:
    """Logistic regression by Newton's method, the weights (not the bias) drawn towards nought."""
    x, y = np.array([f for f, _ in data]), np.array([r for _, r in data], dtype=float)
    ridge = np.diag([0.0, *[strength] * len(FEATURES)])
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (y - p) - ridge @ w)
    return w


def error(data: Sequence[tuple[list[float], bool]], w: np.ndarray) -> float:
    """The scorer's calibration error, in ten bins."""
    p = np.array([1 / (1 + np.exp(-np.dot(f, w))) for f, _ in data])
    y = np.array([r for _, r in data], dtype=float)
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(p)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=SETS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    reports = read_marked(args.data / f"{SETS[args.language]}.jsonl.gz")
    per_report = list(rows(load_model(args.language), split(reports, hold=True)[1]))
    halves = [[row for k, found in enumerate(per_report) if k % 2 == half for row in found] for half in (0, 1)]
    print(f"{sum(map(len, halves))} claims, {np.mean([r for h in halves for _, r in h]):.3f} right;", end=" ")
    print("calibration error", *(f"{error(halves[1 - k], fit(halves[k], RIDGE[args.language])):.3f}" for k in (0, 1)))
    weights = dict(
        zip(
            (BIAS, *FEATURES),
            (round(float(x), 3) for x in fit([*halves[0], *halves[1]], RIDGE[args.language])),
            strict=True,
        )
    )
    print(weights)
    if args.write:
        (FILES / args.language / "confidence.json").write_text(json.dumps(weights) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
