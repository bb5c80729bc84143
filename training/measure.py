"""How held-out marked reports come out, by the scorer's own rules: for training runs; the gate is in `evals/`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import torch
from training.examples import Marked
from training.model import Reader

from harmledger.extract.counted import read_count
from harmledger.extract.encoder import Page, propose
from harmledger.extract.encoding import PieceMaker
from harmledger.extract.heads import Heads
from harmledger.extract.model import Model


def measure(name: str, reader: Reader, maker: PieceMaker, held: list[Marked]) -> None:
    """Print each figure; the words that a role for time points at are not resolved here, so "date" says nothing."""
    sys.path.insert(0, os.environ.get("HARMLEDGER_SHARED", "../shared"))
    from score_claims import score

    model = as_it_ships(reader.eval(), maker)
    out = score([(r["claims"], list(read_report(model, r["text"]))) for r in held])
    figures = (f"{k.split(' (')[0]}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in out.items())
    print(f"  {name}:", *figures, flush=True)


def as_it_ships(reader: Reader, maker: PieceMaker) -> Model:
    """The reader in the form that the engine takes."""

    def run(inputs: dict[str, Any]) -> list[Any]:
        with torch.no_grad():
            return [reader.encoder(torch.from_numpy(inputs["words"])).numpy()]

    heads = Heads({k: v.numpy() for k, v in reader.heads.state_dict().items()})
    return Model(maker=maker, words=reader.pieces.words, run=run, heads=heads, confidence={})


def read_report(model: Model, text: str) -> Iterator[dict[str, Any]]:
    """The claims of a report in the scorer's flat form."""
    for p in propose(Page.of(text), model):
        words = {role: at and text[slice(*at)] for role, at in p.roles.items()}
        count = read_count(text, (0, len(text)), (p.start, p.end))
        yield {
            "honest": True, "start": p.start, "end": p.end, "low": count and count.low, "high": count and count.high,
            "place_wording": words["place"], "actor_wording": words["actor"], "source_wording": words["source"],
            "earliest": words["when"], "latest": None, "confidence": p.belief,
            **{k: v and str(v) for k, v in p.classes.items()},
        }  # fmt: skip
