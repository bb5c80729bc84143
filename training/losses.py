"""What training minimises: the losses of a batch of passages, over tensors made once for all passages together.

In come examples; out comes one number. Everything is computed for a whole batch at a time, so that an accelerator has work to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn
from training.examples import Example, MarkedClaim
from training.model import Heads, Reader

from harmledger.extract.labels import JUDGED, ROLES

TAG_WEIGHT, MENTION_WEIGHT, POINTER_WEIGHT = 2.0, 6.0, 0.7
FEWEST = 8
"""Losses are means over so many claims at least: a batch with one claim must not shout."""
LEARNT_FROM_TEACHERS = 1.0
"""How much a teacher's opinion counts beside the marks."""
UNLIKELY = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Passages as tensors. Rows of `asked`: passage, first and last piece, mention. Rows of `claims`: passage, first and last piece, classes."""

    ids: Tensor
    there: Tensor
    labels: Tensor
    asked: Tensor
    claims: Tensor
    answered: Tensor
    """Rows: claim, role; of each role that the marks tell something of."""
    starts: Tensor
    """Pieces that right answers begin at, a row for each of `answered`; the passages' width for "not stated", -1 for no further answer."""
    ends: Tensor

    def to(self, device: torch.device) -> Batch:
        return Batch(**{f.name: getattr(self, f.name).to(device, non_blocking=True) for f in fields(self)})


def collate(examples: Sequence[Example]) -> Batch:
    """The batch of some passages."""
    width = max(len(e.passage.ids) for e in examples)
    ids, labels = torch.zeros(len(examples), width, dtype=torch.long), torch.full((len(examples), width), -100)
    there = torch.zeros(len(examples), width, dtype=torch.bool)
    for i, e in enumerate(examples):
        n = len(e.passage.ids)
        ids[i, :n], there[i, :n], labels[i, :n] = torch.from_numpy(e.passage.ids), True, torch.from_numpy(e.labels)
    asked = [(i, *c) for i, e in enumerate(examples) for c in e.candidates]
    claims = [(i, c) for i, e in enumerate(examples) for c in e.claims]
    answers = [(k, r, told) for k, (_, c) in enumerate(claims) for r, told in _told(c, width)]
    most = max((len(told) for _, _, told in answers), default=1)
    padded = torch.tensor(
        [[*told, *[(-1, -1)] * (most - len(told))] for _, _, told in answers], dtype=torch.long
    ).reshape(-1, most, 2)
    return Batch(
        ids=ids,
        there=there,
        labels=labels,
        asked=torch.tensor(asked, dtype=torch.long).reshape(-1, 4),
        claims=torch.tensor([(i, c.first, c.last, *c.classes) for i, c in claims], dtype=torch.long).reshape(
            -1, 3 + len(JUDGED)
        ),
        answered=torch.tensor([(k, r) for k, r, _ in answers], dtype=torch.long).reshape(-1, 2),
        starts=padded[..., 0],
        ends=padded[..., 1],
    )


def _told(claim: MarkedClaim, width: int) -> list[tuple[int, list[tuple[int, int]]]]:
    """By role the right answers of a claim; what is unknown teaches nothing."""
    told = ((r, claim.answers[role]) for r, role in enumerate(ROLES))
    return [(r, answers or [(width, -1)]) for r, answers in told if answers is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a reader thinks of a batch, as log-probabilities."""

    tags: Tensor
    mentions: Tensor
    classes: dict[str, Tensor]
    starts: Tensor
    ends: Tensor


def opinion(reader: Reader, batch: Batch) -> Opinion:
    """Tags of every piece, mentions of what is asked, classes and pointers of the claims."""
    heads: Heads = reader.heads
    hidden = reader.hidden(batch.ids, batch.there[:, None, None, :])
    dropped = heads.drop(hidden)
    row, first, last = batch.claims[:, :3].T
    query = heads.ask(hidden, row, first, last)
    starts, ends = heads.point(dropped, query, row, first)
    outside = ~batch.there[row][:, None, :]
    ends = ends.masked_fill(outside, UNLIKELY)
    starts = torch.cat([starts[..., :-1].masked_fill(outside, UNLIKELY), starts[..., -1:]], -1)
    asked = heads.mention(heads.drop(heads.ask(hidden, *batch.asked[:, :3].T)))
    return Opinion(
        tags=heads.tags(dropped).log_softmax(-1),
        mentions=asked.log_softmax(-1),
        classes={name: heads.classes[name](heads.drop(query)).log_softmax(-1) for name in JUDGED},
        starts=starts.log_softmax(-1),
        ends=ends.log_softmax(-1),
    )


def batch_loss(reader: Reader, batch: Batch, teachers: Sequence[Reader] = ()) -> Tensor:
    """The mean loss of tags over pieces, of mentions over what is asked, of classes and pointers over claims."""
    own = opinion(reader, batch)
    loss = marks_loss(own, batch)
    if not teachers:
        return loss
    with torch.no_grad():
        taught = [opinion(teacher, batch) for teacher in teachers]
    return loss + LEARNT_FROM_TEACHERS * sum(teacher_loss(own, t, batch) for t in taught) / len(taught)


def marks_loss(own: Opinion, batch: Batch) -> Tensor:
    """How far an opinion is from the marks."""
    tags = nn.functional.nll_loss(own.tags.flatten(0, 1), batch.labels.flatten(), ignore_index=-100)
    mentions = nn.functional.nll_loss(own.mentions, batch.asked[:, 3], reduction="sum") / max(FEWEST, len(batch.asked))
    classes = sum(
        nn.functional.nll_loss(own.classes[name], batch.claims[:, 3 + n], reduction="sum")
        for n, name in enumerate(JUDGED)
    )
    return (
        TAG_WEIGHT * tags
        + MENTION_WEIGHT * mentions
        + (classes + pointer_loss(own, batch)) / max(FEWEST, len(batch.claims))
    )


def pointer_loss(own: Opinion, batch: Batch) -> Tensor:
    """Any of a role's right answers will do; "not stated" has no end."""
    claim, role = batch.answered.T
    starts = own.starts[claim, role].gather(1, batch.starts.clamp(min=0))
    ends = own.ends[claim, role].gather(1, batch.ends.clamp(min=0))
    nowhere = batch.ends < 0
    right = (starts + ends.masked_fill(nowhere, 0.0)).masked_fill(batch.starts < 0, UNLIKELY)
    weight = torch.where(nowhere[:, 0], 1.0, POINTER_WEIGHT)
    return -(right.logsumexp(1) * weight).sum()


def teacher_loss(own: Opinion, taught: Opinion, batch: Batch) -> Tensor:
    """How far an opinion is from another's, weighed as the marks are."""
    tags = _apart(own.tags, taught.tags)[batch.there].mean()
    mentions = _apart(own.mentions, taught.mentions).sum() / max(FEWEST, len(batch.asked))
    claims = sum(_apart(own.classes[name], taught.classes[name]).sum() for name in JUDGED)
    claims = claims + _apart(own.starts, taught.starts).sum() + POINTER_WEIGHT * _apart(own.ends, taught.ends).sum()
    return TAG_WEIGHT * tags + MENTION_WEIGHT * mentions + claims / max(FEWEST, len(batch.claims))


def _apart(own: Tensor, taught: Tensor) -> Tensor:
    return nn.functional.kl_div(own, taught, reduction="none", log_target=True).sum(-1)
