"""The encoder's heads at work: from hidden states of a passage to counted expressions, their classes and what they point at.

Plain matrix products over weights that come in as arrays; the sums are those of the training's own heads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmledger.extract.labels import BUCKETS, JUDGED, ROLES

Floats = NDArray[np.float32]
KEY = 64
"""Width of a role's keys."""
LONGEST_ANSWER = 24
"""Pieces in the longest wording that a role points at: 99 of 100 in the training set are shorter."""
LENGTH_COST = 0.2
"""What each further piece of an answer costs its end: the heads score ends apart from starts. Chosen on held-out reports."""
LONGEST_COUNT = 90
"""Pieces in the longest counted expression: lists of names run long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A counted expression by its first and last piece, with the tags' own belief in it."""

    first: int
    last: int
    belief: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """The pieces a role points at, or none, and the belief in that."""

    pieces: tuple[int, int] | None
    belief: float


class Heads:
    """Tags, classes and pointers over hidden states (pieces × width) of one passage."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._w = weights

    def tags(self, hidden: Floats) -> Floats:
        """Probabilities of each tag (outside, inside, first with a harm) for each piece."""
        return _softmax(self._linear("tags", hidden))

    def ask(self, hidden: Floats, first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
        """A query for each counted expression."""
        total = np.concatenate([np.zeros_like(hidden[:1]), hidden.cumsum(0)])
        mean = (total[last + 1] - total[first]) / (last + 1 - first)[:, None].astype(np.float32)
        return _gelu(self._linear("query", np.concatenate([hidden[first], hidden[last], mean], -1)))

    def mention(self, query: Floats) -> Floats:
        """Probabilities, a row a query, of no harm and of each harm."""
        return _softmax(self._linear("mention", query))

    def classify(self, query: Floats) -> dict[str, Floats]:
        """Probabilities of each class of each closed set, a row a query."""
        return {name: _softmax(self._linear(f"classes.{name}", query)) for name in JUDGED}

    def point(self, hidden: Floats, query: Floats, first: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Probabilities of starts (queries × roles × (pieces + 1), the last for "not stated"), and scores of ends."""
        starts = self._match("start", hidden, query)
        away = np.arange(len(hidden))[None, :] - first[:, None]
        bucket = np.searchsorted(np.array(BUCKETS), away, side="right")
        starts = starts + self._w["distance"][:, bucket].transpose(1, 0, 2)
        none = self._linear("none", query)[:, :, None]
        return _softmax(np.concatenate([starts, none], -1)), self._match("end", hidden, query)

    def _match(self, which: str, hidden: Floats, query: Floats) -> Floats:
        q = self._linear(f"{which}_query", query).reshape(len(query), len(ROLES), KEY)
        k = self._linear(f"{which}_key", hidden).reshape(len(hidden), len(ROLES), KEY)
        return np.einsum("qrd,prd->qrp", q, k, optimize=True) / math.sqrt(KEY)

    def _linear(self, name: str, x: Floats) -> Floats:
        return x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]


def find_counted(tags: Floats, core: int, threshold: float) -> list[Counted]:
    """Counted expressions from the tags of a passage's pieces, from its core on, none overlapping."""
    firsts = tags[:, 2:].sum(1)
    found: list[Counted] = []
    at = core
    while at < len(tags):
        if firsts[at] < threshold:
            at += 1
            continue
        last = at
        while last + 1 < len(tags) and last - at < LONGEST_COUNT and _runs_on(tags[last + 1], firsts[last + 1]):
            last += 1
        found.append(Counted(first=at, last=last, belief=float(firsts[at])))
        at = last + 1
    return found


def _runs_on(tags: Floats, first: float) -> bool:
    return bool(tags[1] > tags[0] and tags[1] > first)


def soften(starts: Floats, share: Floats) -> Floats:
    """Starts less sure of themselves, by a share for each role (0: as they are, 1: all alike)."""
    softer = starts ** (1 - share[None, :, None])
    return softer / softer.sum(-1, keepdims=True)


def agree(starts: Floats, groups: NDArray[np.int64], share: Floats) -> Floats:
    """Each query's starts drawn towards those of its group (a sentence's claims), by a share for each role."""
    together = groups[:, None] == groups[None, :]
    mean = np.einsum("qg,grp->qrp", together / together.sum(1, keepdims=True), starts)
    part = share[None, :, None]
    return ((1 - part) * starts + part * mean).astype(np.float32)


def read_pointer(starts: Floats, ends: Floats, sentence: NDArray[np.int64]) -> Pointed:
    """What one role of one query points at: the likeliest start where "not stated" is not likelier, and its best end."""
    none = float(starts[-1])
    if none >= 0.5:
        return Pointed(pieces=None, belief=none)
    first = int(starts[:-1].argmax())
    stop = first + 1
    while stop < len(sentence) and stop - first < LONGEST_ANSWER and sentence[stop] == sentence[first]:
        stop += 1
    scores = ends[first:stop] - LENGTH_COST * np.arange(stop - first)
    return Pointed(pieces=(first, first + int(scores.argmax())), belief=float(starts[first]))


def _softmax(x: Floats) -> Floats:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _gelu(x: Floats) -> Floats:
    """The exact form, by an approximation of erf good to 1.5e-7 (Abramowitz and Stegun 7.1.26)."""
    z = np.abs(x) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return (0.5 * x * (1 + erf)).astype(np.float32)
