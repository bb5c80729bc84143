"""Learn the spam model that ships, from replies written for this project, and write it into the package.

    python training/fit_spam.py

The thresholds come from scores of lines that weren't learnt from (five parts, each line with all its fillings in one). The model is the same on every run.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from training.own_replies import read_replies  # noqa: E402

from harmledger.domain import SpamDecision  # noqa: E402
from harmledger.reply.learn import Texts, fit, score_unseen, set_thresholds  # noqa: E402
from harmledger.reply.model import COLUMNS, SpamModel, count_whole, dump_model  # noqa: E402

TARGET = ROOT / "src/harmledger/resources/spam/start.npz"
NAME = "start-1"
PULL = 0.2
"""Towards nothing: more than `learn` has, since lines are filled several times over."""


def blank() -> SpamModel:
    """A model that knows nothing and is sure of nothing."""
    weights = np.zeros(COLUMNS, dtype=np.float32)
    return SpamModel(name=NAME, weights=weights, bias=0.0, ham_below=0.2, spam_from=0.95)


def fit_start() -> SpamModel:
    """The model that ships."""
    replies = read_replies("start")
    texts = Texts.of([count_whole(reply.text) for reply in replies])
    is_spam = np.array([reply.label is SpamDecision.SPAM for reply in replies])
    unseen = score_unseen(blank(), texts, is_spam, [reply.line for reply in replies], PULL)
    return set_thresholds(fit(blank(), texts, is_spam, PULL), unseen, is_spam)


def main() -> None:
    """Fit and write."""
    model = fit_start()
    data = dump_model(model)
    TARGET.write_bytes(data)
    print(f"{model.name}: {len(data):,} bytes; no spam below {model.ham_below:.3f}, spam from {model.spam_from:.3f}")


if __name__ == "__main__":
    main()
