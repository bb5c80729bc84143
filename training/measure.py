"""How held-out marked reports come out, by the scorer's own rules: for training runs; the gate is in `evals/`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from training.examples import Marked, make_examples
from training.model import Reader

from harmledger.extract.encoding import EncodedPassage, PieceMaker
from harmledger.extract.heads import Counted, Heads, find_counted, read_pointer
from harmledger.extract.labels import CLASSES, ROLES
from harmledger.text.numerals import parse_count

THRESHOLD = 0.5


def measure(name: str, reader: Reader, maker: PieceMaker, held: list[Marked]) -> None:
    """Print each figure; the words that a role for time points at are not resolved here, so "date" says nothing."""
    sys.path.insert(0, os.environ.get("HARMLEDGER_SHARED", "../shared"))
    from score_claims import score

    reader.eval()
    heads = Heads({k: v.numpy() for k, v in reader.heads.state_dict().items()})
    out = score([(r["claims"], list(read_report(reader, heads, maker, r))) for r in held])
    figures = (f"{k.split(' (')[0]}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in out.items())
    print(f"  {name}:", *figures, flush=True)


def read_report(reader: Reader, heads: Heads, maker: PieceMaker, report: Marked) -> Iterator[dict[str, Any]]:
    """The claims of a report in the scorer's flat form."""
    for example in make_examples(report, maker):
        p = example.passage
        with torch.no_grad():
            hidden = reader.hidden(torch.from_numpy(p.ids)[None])[0].numpy()
        counted = find_counted(heads.tags(hidden), p.core, THRESHOLD)
        if counted:
            yield from _claims(heads, hidden, p, counted, report["text"])


def _claims(
    heads: Heads, hidden: np.ndarray, p: EncodedPassage, counted: list[Counted], text: str
) -> Iterator[dict[str, Any]]:
    first, last = np.array([c.first for c in counted]), np.array([c.last for c in counted])
    query = heads.ask(hidden, first, last)
    classes = heads.classify(query)
    starts, ends = heads.point(hidden, query, first)
    for k, c in enumerate(counted):
        pointed = {role: read_pointer(starts[k, r], ends[k, r], p.sentence).pieces for r, role in enumerate(ROLES)}
        words = {role: at and text[p.spans[at[0]][0] : p.spans[at[1]][1]] for role, at in pointed.items()}
        a, b = p.spans[c.first][0], p.spans[c.last][1]
        parsed = parse_count(text[a:b])
        likeliest = {name: CLASSES[name][int(v[k].argmax())] for name, v in classes.items()}
        yield {
            "honest": True, "start": a, "end": b, "low": parsed and parsed.low, "high": parsed and parsed.high,
            "place_wording": words["place"], "actor_wording": words["actor"], "source_wording": words["source"],
            "earliest": words["when"], "latest": None, "confidence": c.belief, **{k: v and str(v) for k, v in likeliest.items()},
        }  # fmt: skip
