"""Fit the weights by which `check` ranks recorded incidents, and write them into the package.

    python training/fit_check.py

A conditional logit: of all incidents that a report's claims may speak of, how likely is the one it was coded into? An incident's score is that of its
best claim. Learnt on the reports in the open half (by their ids' hash) of `airwars_syria_reports_en` and `_ar`; the other half is for measuring
(`evals/check.py`). The penalty pulls towards weights set by hand, so that rare features keep a sensible weight.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "evals"))

from check import load_recorded  # noqa: E402
from corpora import find_shared, is_held, load_rows, read_rows  # noqa: E402

from harmledger.check import ask_record  # noqa: E402
from harmledger.check.features import FEATURES, find_evidence, put_beside  # noqa: E402
from harmledger.resources.registry import load_registry  # noqa: E402

TARGET = ROOT / "src/harmledger/resources/check.toml"
CORPORA = ("airwars_syria_reports_en", "airwars_syria_reports_ar")
BY_HAND = {
    "same day": 4.0, "day without year": 3.0, "same weekday": 0.7, "before publication": 3.0, "before capture": 2.0, "within reach": 2.0,
    "near": 2.0, "too far": -6.0, "in direction": 2.0, "same name": 2.5, "named in sentence": 1.5, "named in report": 1.0, "same division": 0.5,
    "same actor": 1.5, "other actor": -1.5, "figure fits": 2.0, "figure is far": -1.0, "figures beside fit": 1.0, "same means": 0.5,
    "other means": -0.5,
}  # fmt: skip
BY_HAND_ALONE = ("too far",)
"""Not learnt: the reports learnt from have no claims of places where nothing was recorded, which this keeps from a match."""
PENALTY = 0.02
"""Of a weight's squared distance to the one set by hand; of 0.005 to 0.1 all give the same first ranks on the half learnt from, give or take a report."""
STEPS, RATE = 400, 0.5
KEPT = 0.97
"""The least score keeps this share of the right incidents among the candidates."""
CLEAR_SHARE = 0.6
"""From this share on an incident stands alone: set by hand, a little more than all others together."""
NAMES = [name for name, _ in FEATURES]
Example = tuple[Any, Any, Any]
"""Feature rows, the incident (an index) of each, and which incidents are right."""


def main() -> None:
    """Fit and write."""
    shared = find_shared()
    if shared is None:
        raise SystemExit("not fitted: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
    examples = [e for corpus in CORPORA for e in _examples(shared, corpus)]
    weights = _fit(examples)
    scores = [max(_scores(e, weights)[0][i] for i in np.flatnonzero(e[2])) for e in examples]
    least = float(np.quantile(scores, 1 - KEPT))
    first = float(np.mean([e[2][int(np.argmax(_scores(e, weights)[0]))] for e in examples]))
    TARGET.write_text(_render(weights, least, first, len(examples)), encoding="utf-8")
    print(
        f"{len(examples)} reports learnt from, the right incident first for {first:.2f} of them; least score {least:.2f}"
    )


def _examples(shared: Path, corpus: str) -> list[Example]:
    recorded, registry = load_recorded(shared), load_registry()
    rows = [row for row in load_rows(shared, corpus) if not is_held(row)]
    found = []
    for row, record in zip(rows, read_rows(rows), strict=True):
        if "error" in record:
            continue
        right = {gold["code"] for gold in row["gold"]}
        if example := _example(record, right, recorded, registry):
            found.append(example)
    return found


def _example(record: Any, right: set[str], recorded: Any, registry: Any) -> Example | None:
    codes: dict[str, int] = {}
    rows, of = [], []
    for asked in ask_record(record):
        for incident in recorded.find(asked):
            values = {name: value for name, value, _ in find_evidence(put_beside(asked, incident, registry))}
            rows.append([values.get(name, 0.0) for name in NAMES])
            of.append(codes.setdefault(incident.code, len(codes)))
    is_right = np.array([code in right for code in codes])
    return (np.array(rows), np.array(of), is_right) if is_right.any() else None


def _fit(examples: list[Example]) -> Any:
    by_hand = np.array([BY_HAND[name] for name in NAMES])
    weights = by_hand.copy()
    for _ in range(STEPS):
        gradient = sum(_gradient(example, weights) for example in examples) / len(examples)
        weights += RATE * (gradient - PENALTY * (weights - by_hand))
        weights = np.where([name in BY_HAND_ALONE for name in NAMES], by_hand, weights)
        weights = np.where(by_hand > 0, np.maximum(weights, 0), np.minimum(weights, 0))
    return weights


def _scores(example: Example, weights: Any) -> tuple[Any, Any]:
    """Each incident's best score, and the row that gave it."""
    rows, of, _ = example
    scores = rows @ weights
    order = np.lexsort((scores, of))
    best = order[np.append(np.flatnonzero(np.diff(of[order])), len(order) - 1)]
    return scores[best], best


def _gradient(example: Example, weights: Any) -> Any:
    scores, best = _scores(example, weights)
    rows, right = example[0][best], example[2]
    likely = np.exp(scores - scores.max())
    wanted = likely * right
    return (wanted / wanted.sum() - likely / likely.sum()) @ rows


def _render(weights: Any, least: float, first: float, reports: int) -> str:
    return "\n".join((
        "# What speaks for a recorded incident being the one that a claim tells of, and what each feature weighs (log-odds at its full value).",
        "# source: fitted by training/fit_check.py, a conditional logit with a penalty towards weights set by hand",
        f"# learnt on: {reports} reports of the open halves of airwars_syria_reports_en and _ar against airwars_syria_incidents; first for {first:.2f}",
        f"# set by hand, not learnt: {', '.join(BY_HAND_ALONE)}",
        "# licence: CC0-1.0",
        f"# date: {datetime.now(UTC):%Y-%m-%d}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in zip(NAMES, weights, strict=True)),
        "",
        "[limits]",
        f"least_score = {least:.2f}",
        f"clear_share = {CLEAR_SHARE}",
        "",
    ))  # fmt: skip


if __name__ == "__main__":
    main()
