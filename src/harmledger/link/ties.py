"""The ties within incidents: what each feature says of the pairs that hold together, worked out only as they are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from harmledger.domain import Tie
from harmledger.link.columns import Columns, Places
from harmledger.link.compare import Weights
from harmledger.link.features import FEATURES
from harmledger.link.islands import Scored
from harmledger.link.weigh import Weigher

CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Ties(Iterable[Tie]):
    """Pairs that give their reasons as they are taken, as often as one likes."""

    columns: Columns
    weigher: Weigher
    weights: Weights
    pairs: Scored

    def __len__(self) -> int:
        return self.pairs.left.size

    def __iter__(self) -> Iterator[Tie]:
        for start in range(0, len(self), CHUNK):
            yield from self._tie(self.pairs.at(np.arange(start, min(start + CHUNK, len(self)))))

    def _tie(self, pairs: Scored) -> Iterator[Tie]:
        values = self.weigher.measure(pairs.left, pairs.right)
        weights = np.array([self.weights.features[feature.name] for feature in FEATURES])
        pairs = replace(pairs, score=self.weigher.score(pairs.left, pairs.right))
        told = zip(np.round(values, 4).tolist(), np.round(values * weights, 3).tolist(), strict=True)
        for (left, right, each), (of, adds) in zip(pairs.each(), told, strict=True):
            features = zip(FEATURES, of, adds, strict=True)
            yield Tie(
                left=self.columns.ids[left],
                right=self.columns.ids[right],
                score=each,
                values={f.name: (value, add) for f, value, add in features if value},
            )


def in_order(parts: Iterable[Scored], decided: Sequence[tuple[int, int]], score: float) -> Scored:
    """Scored pairs of several stretches and the decided ones, which have this score, put together in order, each once."""
    put = np.array(sorted(decided), dtype=np.int32).reshape(-1, 2)
    every = [Scored(left=put[:, 0], right=put[:, 1], score=np.full(len(put), score)), *parts]
    left: Places = np.concatenate([part.left for part in every])
    right: Places = np.concatenate([part.right for part in every])
    scored = Scored(left=left, right=right, score=np.concatenate([part.score for part in every]))
    if not len(put):
        return scored
    # of the same pair the decided one stands first, and is the one kept
    _, first = np.unique(left.astype(np.int64) << 32 | right, return_index=True)
    return scored.at(first)
