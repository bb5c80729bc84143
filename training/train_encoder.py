"""Train a reader on marked reports: python -m training.train_encoder minilm --data DIR --out DIR

`minilm` learns English (claims_train); `e5` learns from both languages and is kept for Arabic. Prints the loss and, after some
rounds, how the held-out reports come out. Reproducible on one kind of machine: one seed, one thread count.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from training import own_arabic, own_reports, written
from training.bases import BASES, Pieces
from training.examples import Example, Marked, all_examples, read_marked, split
from training.losses import batch_loss, collate
from training.marks import CORPORA, read_marks
from training.measure import measure
from training.model import Reader

from harmledger.extract.encoding import PieceMaker
from harmledger.extract.words import WordVectors

SEED = 20
BATCH = 8
WARM_UP = 0.06
"""Share of the steps over which the rate rises."""
LAYER_DECAY = 0.9
"""A layer learns by so much of the rate of the one above it."""
HEAD_START = 8
"""The heads begin from nothing: their rate is this many times the encoder's."""
DECAY = 0.01
SETS = {
    "minilm": {"claims_train": 1.0, "marks_en": 0.7, "written_en": 0.7, "own_reports": 1.0},
    "e5": {
        "claims_train": 0.2,
        "claims_ar_train": 1.0,
        "marks_ar": 1.0,
        "own_reports": 0.2,
        "own_arabic": 0.6,
        "written_ar": 1.0,
        "written_en": 0.1,
    },
}
"""What a base learns from, and the share of each set's passages that one round takes."""
OWN_REPORTS = 300
"""Templated ones of each language: they shall teach that names and figures may be any, and not outweigh real reports."""
OWN: dict[str, Callable[[], list[Marked]]] = {
    "own_reports": partial(own_reports.reports, OWN_REPORTS),
    "own_arabic": partial(own_arabic.reports, OWN_REPORTS),
    "written_en": partial(written.reports, "en"),
    "written_ar": partial(written.reports, "ar"),
}


def optimizer_of(reader: Reader, rate: float, decay: float) -> torch.optim.AdamW:
    """Lower layers learn slower; no decay on norms and biases."""
    top = len(reader.encoder.layers)
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, p in reader.named_parameters():
        depth = int(name.split(".")[2]) + 1 if name.startswith("encoder.layers.") else 0
        own = rate * decay ** (top - depth) if name.startswith("encoder.") else rate * HEAD_START
        groups.setdefault((own, 0.0 if p.ndim < 2 else DECAY), []).append(p)
    parts = [{"params": ps, "lr": own, "weight_decay": weight_decay} for (own, weight_decay), ps in groups.items()]
    return torch.optim.AdamW(parts, fused=True)


def train(
    reader: Reader,
    turns: Sequence[Sequence[Example]],
    *,
    rate: float,
    after: Callable[[int], None],
    batch_size: int = BATCH,
    layer_decay: float = LAYER_DECAY,
    teachers: Sequence[Reader] = (),
) -> None:
    """One round over each turn's examples, on the device that the reader is on."""
    optimizer = optimizer_of(reader, rate, layer_decay)
    device = reader.table.device
    steps = 1 + sum(math.ceil(len(examples) / batch_size) for examples in turns)
    warm = max(1, int(steps * WARM_UP))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    for turn, examples in enumerate(turns):
        reader.train()
        begin, total = time.time(), torch.zeros((), device=device)
        for some in shuffled(examples, batch_size):
            loss = batch_loss(reader, collate(some).to(device), teachers)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.detach() * len(some)
        print(
            f"round {turn + 1}/{len(turns)} loss {total.item() / len(examples):.3f} {time.time() - begin:.0f} s",
            flush=True,
        )
        after(turn)


def shuffled(examples: Sequence[Example], batch_size: int) -> Iterator[list[Example]]:
    """Batches in a new order, of passages about as long as one another: padding costs time."""
    order = random.sample(list(examples), len(examples))
    stretch = max(16, 2 * batch_size)
    near = [sorted(order[i : i + stretch], key=lambda e: len(e.passage.ids)) for i in range(0, len(order), stretch)]
    batches = [chunk[i : i + batch_size] for chunk in near for i in range(0, len(chunk), batch_size)]
    yield from random.sample(batches, len(batches))


def load(name: str, data: Path) -> list[Marked]:
    """The reports of a set."""
    if name in OWN:
        return OWN[name]()
    return read_marks(name, data) if name in CORPORA else read_marked(data / f"{name}.jsonl.gz")


def turns_of(sets: dict[str, list[Example]], shares: dict[str, float], rounds: int) -> list[list[Example]]:
    """What each round learns from: of every set its share, drawn anew."""
    return [
        [e for name, examples in sets.items() for e in random.sample(examples, round(len(examples) * shares[name]))]
        for _ in range(rounds)
    ]


def save(reader: Reader, folder: Path) -> None:
    """What `training.export` takes: the weights, the word vectors they were trained over, the pieces."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"scales": reader.pieces.words.scales, "nibbles": reader.pieces.words.nibbles}
    vectors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in words.items()}
    torch.save({"state": reader.state_dict(), "layers": len(reader.encoder.layers), **vectors}, folder / "reader.pt")
    reader.pieces.tokenizer.save(str(folder / "tokenizer.json"))


def begin(name: str, layers: int, sets: dict[str, list[Marked]]) -> Reader:
    """A reader over the lowest layers of a base, with the pieces that the sets hold."""
    base = BASES[name]([r["text"] for reports in sets.values() for r in reports])
    reader = Reader(base.pieces, layers)
    reader.fill(base)
    return reader


def resume(folder: Path, kept: Sequence[int] | None = None) -> Reader:
    """A reader as `save` left it, or only some of its layers: it goes on learning over the same pieces and word vectors."""
    saved = torch.load(folder / "reader.pt", weights_only=True)
    kept = range(saved["layers"]) if kept is None else kept
    words = WordVectors(scales=saved["scales"].numpy(), nibbles=saved["nibbles"].numpy())
    reader = Reader(Pieces(tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")), words=words), len(kept))
    reader.load_state_dict(dict(_thinned(saved["state"], kept)))
    return reader


def _thinned(state: dict[str, Tensor], kept: Sequence[int]) -> Iterator[tuple[str, Tensor]]:
    """The weights without the layers that are not kept, the others numbered anew."""
    for name, weight in state.items():
        layer = re.fullmatch(r"(encoder\.layers\.)(\d+)(\..*)", name)
        if layer is None:
            yield name, weight
        elif int(layer[2]) in kept:
            yield f"{layer[1]}{kept.index(int(layer[2]))}{layer[3]}", weight


def main() -> None:
    args = _parse()
    random.seed(args.seed), np.random.seed(args.seed), torch.manual_seed(args.seed)
    shares = SETS[args.base]
    sets = {name: load(name, args.data) for name in shares}
    reader = resume(args.start, args.kept) if args.start else begin(args.base, args.layers, sets)
    maker = PieceMaker(reader.pieces.tokenizer)
    halves = {name: split(reports, hold=args.hold and name not in {*OWN, *CORPORA}) for name, reports in sets.items()}
    examples = {name: all_examples(learned, maker) for name, (learned, _) in halves.items()}
    for name, own in examples.items():
        print(f"{name}: {len(own)} passages of {sum(len(e.passage.ids) for e in own)} pieces", flush=True)

    def after(turn: int) -> None:
        if args.hold and (turn % args.every == args.every - 1 or turn == args.rounds - 1):
            for name, (_, held) in halves.items():
                if held:
                    measure(name, reader.cpu(), maker, held)
            reader.to(args.device)

    reader.to(args.device)
    teachers = [resume(folder).to(args.device).eval() for folder in args.teachers]
    turns = turns_of(examples, shares, args.rounds)
    train(
        reader,
        turns,
        rate=args.rate,
        after=after,
        batch_size=args.batch,
        layer_decay=args.layer_decay,
        teachers=teachers,
    )
    save(reader.cpu(), args.out)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", choices=BASES)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="go on from what an earlier run wrote")
    parser.add_argument("--kept", type=int, nargs="+", help="which layers of --start to go on with (all)")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--layer-decay", type=float, default=LAYER_DECAY)
    parser.add_argument("--batch", type=int, default=BATCH, help="passages a step")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument(
        "--teachers", type=Path, nargs="*", default=[], help="what earlier runs wrote over the same pieces"
    )
    parser.add_argument("--hold", action="store_true", help="keep every tenth report aside and measure on those")
    parser.add_argument("--every", type=int, default=4, help="measure after so many rounds")
    return parser.parse_args()


if __name__ == "__main__":
    main()
