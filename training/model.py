"""The encoder and its heads, as they are trained: tags on pieces, classes and pointers of counted expressions.

Word vectors stay as the base has them, in the 4-bit numbers that ship; everything above them learns.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn
from training.bases import INNER, WIDTH, Base, Pieces

from harmledger.extract.labels import BUCKETS, JUDGED, MENTIONS, ROLES, TAGS
from harmledger.extract.passages import MAX_TOKENS

HEADS, POSITIONS = 12, MAX_TOKENS
QUERY, KEY = 256, 64
EPSILON = 1e-12


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """From word vectors (passages × pieces × WIDTH) to hidden states of the same shape."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.place = nn.Embedding(POSITIONS, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=EPSILON), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, words: Tensor, mask: Tensor | None = None) -> Tensor:
        """`mask`: true (passages × 1 × 1 × pieces) for pieces that are there."""
        x = self.drop(self.norm(words + self.place.weight[: words.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Heads(nn.Module):
    """Tags for pieces; for a counted expression a query, from it classes, and a pointer (start, end, or none) for each role."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, TAGS)
        self.query = nn.Linear(3 * WIDTH, QUERY)
        self.mention = nn.Linear(QUERY, len(MENTIONS))
        self.classes = nn.ModuleDict({name: nn.Linear(QUERY, len(values)) for name, values in JUDGED.items()})
        self.start_query, self.end_query = nn.Linear(QUERY, len(ROLES) * KEY), nn.Linear(QUERY, len(ROLES) * KEY)
        self.start_key, self.end_key = nn.Linear(WIDTH, len(ROLES) * KEY), nn.Linear(WIDTH, len(ROLES) * KEY)
        self.none = nn.Linear(QUERY, len(ROLES))
        self.distance = nn.Parameter(torch.zeros(len(ROLES), len(BUCKETS) + 1))

    def ask(self, hidden: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Queries (claims × QUERY) of counted expressions: in which passage (of passages × pieces × WIDTH) each stands, its first and last piece."""
        total = torch.cat([torch.zeros_like(hidden[:, :1]), hidden.cumsum(1)], 1)
        mean = (total[row, last + 1] - total[row, first]) / (last + 1 - first)[:, None]
        return nn.functional.gelu(self.query(self.drop(torch.cat([hidden[row, first], hidden[row, last], mean], -1))))

    def point(self, hidden: Tensor, query: Tensor, row: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of starts (claims × roles × (pieces + 1), the last for "not stated") and of ends (claims × roles × pieces)."""
        starts = self._match(self.start_query(query), self.start_key(hidden), row)
        ends = self._match(self.end_query(query), self.end_key(hidden), row)
        away = torch.arange(hidden.shape[1], device=hidden.device)[None, :] - first[:, None]
        bounds = torch.tensor(BUCKETS, device=hidden.device)
        starts = starts + self.distance[:, torch.bucketize(away, bounds, right=True)].transpose(0, 1)
        return torch.cat([starts, self.none(query)[:, :, None]], -1), ends

    @staticmethod
    def _match(queries: Tensor, keys: Tensor, row: Tensor) -> Tensor:
        by_role = lambda x: x.unflatten(-1, (len(ROLES), KEY))  # noqa: E731
        return torch.einsum("crk,cprk->crp", by_role(queries), by_role(keys)[row]) / math.sqrt(KEY)


class Reader(nn.Module):
    """Encoder and heads over the vectors of word pieces."""

    def __init__(self, pieces: Pieces, layers: int) -> None:
        super().__init__()
        self.pieces = pieces
        self.encoder, self.heads = Encoder(layers), Heads()
        table = torch.from_numpy(pieces.words.unpack(np.arange(len(pieces.words.scales))))
        self.register_buffer("table", table, persistent=False)

    def hidden(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        return self.encoder(self.table[ids], mask)

    def fill(self, base: Base) -> None:
        """Begin with the lowest layers of the base: the upper ones serve its own task most."""
        with torch.no_grad():
            self.encoder.place.weight.copy_(torch.from_numpy(base.places[:POSITIONS]))
            self.encoder.norm.weight.copy_(torch.from_numpy(base.norm[0]))
            self.encoder.norm.bias.copy_(torch.from_numpy(base.norm[1]))
            for layer, given in zip(self.encoder.layers, base.layers[: len(self.encoder.layers)], strict=True):
                layer.load_state_dict({name: torch.from_numpy(value) for name, value in given.items()})
