"""`harmledger recapture`: from a table of victims on several lists to totals side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.collect.victims import read_victims
from harmledger.publish.recaptured import recaptured_record, render_recaptured
from harmledger.publish.wording import render_json
from harmledger.reconcile.recapture import count_lists, estimate_total


def recapture_and_print(file: str, *, form: str, seed: int) -> None:
    """Estimate from a table of victims, and print both models."""
    lists = count_lists(*read_victims(Path(file)), file)
    found = estimate_total(lists, np.random.default_rng(seed), where=file)
    if form == "jsonl":
        write(render_json(recaptured_record(found, seed=seed)) + "\n")
    else:
        write(render_recaptured(found, seed=seed, width=terminal_width(), color=is_colored()))
