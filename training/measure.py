"""How held-out marked reports come out, by the scorer's own rules: for training runs; the gate is in `evals/`."""

from __future__ import annotations

import os
import sys
from typing import Any

import numpy as np
import torch
from training.examples import make_examples
from training.model import Reader

from harmledger.extract.heads import Heads, find_counted, read_pointer
from harmledger.extract.labels import CLASSES, ROLES

THRESHOLD = 0.5


def read_report(reader: Reader, heads: Heads, report: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims of a report in the scorer's flat form."""
    found = []
    for example in make_examples(report):
        p = example.passage
        with torch.no_grad():
            hidden = reader.encoder(torch.from_numpy(p.ids)[None], torch.ones(1, len(p.ids)))[0].numpy()
        counted = find_counted(heads.tags(hidden), p.core, THRESHOLD)
        if not counted:
            continue
        first, last = np.array([c.first for c in counted]), np.array([c.last for c in counted])
        query = heads.ask(hidden, first, last)
        classes = heads.classify(query)
        starts, ends = heads.point(hidden, query, first)
        for k, c in enumerate(counted):
            roles = {
                role: words(report, p, read_pointer(starts[k, r], ends[k, r], p.sentence).pieces)
                for r, role in enumerate(ROLES)
            }
            found.append(
                flat_claim(report, p, c, {n: CLASSES[n][int(v[k].argmax())] for n, v in classes.items()}, roles)
            )
    return found


def words(report, p, pieces):
    return None if pieces is None else report["text"][p.spans[pieces[0]][0] : p.spans[pieces[1]][1]]


def flat_claim(report, p, counted, classes, roles):
    start, end = p.spans[counted.first][0], p.spans[counted.last][1]
    low = high = None
    try:
        from harmledger.text.numerals import parse_count

        parsed = parse_count(report["text"][start:end])
        low, high = (parsed.low, parsed.high) if parsed else (None, None)
    except ImportError:
        pass
    return {
        "honest": True,
        "start": start,
        "end": end,
        "low": low,
        "high": high,
        "place_wording": roles["place"],
        "actor_wording": roles["actor"],
        "source_wording": roles["source"],
        "earliest": roles["when"],
        "latest": None,
        "confidence": counted.belief,
        **{k: (v and str(v)) for k, v in classes.items()},
    }


def measure(reader: Reader, held: list[dict[str, Any]]) -> None:
    sys.path.insert(0, os.environ["HARMLEDGER_SHARED"])
    from score_claims import score

    reader.eval()
    heads = Heads({k: v.numpy() for k, v in reader.heads.state_dict().items()})
    out = score([(r["claims"], read_report(reader, heads, r)) for r in held])
    print(
        "  " + " ".join(f"{k.split(' (')[0]}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in out.items()),
        flush=True,
    )
