"""The encoder and its heads, as they are trained: a few layers of MiniLM, tags on pieces, classes and pointers of counted expressions."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from harmledger.extract.labels import BUCKETS, CLASSES, ROLES, TAGS

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
QUERY, KEY = 256, 64


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-1, -2) * (1 / math.sqrt(WIDTH // HEADS)) + mask).softmax(-1)
        x = self.norm1(x + self.drop(self.out((weights @ v).transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden = (1 - mask)[:, None, None, :] * -1e4
        x = self.drop(self.norm(self.word(ids) + self.place.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, hidden)
        return x


class Heads(nn.Module):
    """Tags for pieces; for a counted expression a query, from it classes, and a pointer (start, end, or none) for each role."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, TAGS)
        self.query = nn.Linear(3 * WIDTH, QUERY)
        self.classes = nn.ModuleDict({name: nn.Linear(QUERY, len(values)) for name, values in CLASSES.items()})
        self.start_query, self.end_query = nn.Linear(QUERY, len(ROLES) * KEY), nn.Linear(QUERY, len(ROLES) * KEY)
        self.start_key, self.end_key = nn.Linear(WIDTH, len(ROLES) * KEY), nn.Linear(WIDTH, len(ROLES) * KEY)
        self.none = nn.Linear(QUERY, len(ROLES))
        self.distance = nn.Parameter(torch.zeros(len(ROLES), len(BUCKETS) + 1))

    def ask(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Queries (claims × QUERY) of counted expressions, given one passage's hidden states (pieces × WIDTH)."""
        total = torch.cat([torch.zeros_like(hidden[:1]), hidden.cumsum(0)])
        mean = (total[last + 1] - total[first]) / (last + 1 - first)[:, None]
        return nn.functional.gelu(self.query(self.drop(torch.cat([hidden[first], hidden[last], mean], -1))))

    def point(self, hidden: Tensor, query: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of starts (claims × roles × (pieces + 1), the last for "not stated") and of ends (claims × roles × pieces)."""
        claims, pieces = len(query), len(hidden)
        shape = lambda x, n: x.reshape(n, len(ROLES), KEY).transpose(0, 1)  # noqa: E731
        scale = 1 / math.sqrt(KEY)
        starts = (
            shape(self.start_query(query), claims) @ shape(self.start_key(hidden), pieces).transpose(1, 2)
        ) * scale
        ends = (shape(self.end_query(query), claims) @ shape(self.end_key(hidden), pieces).transpose(1, 2)) * scale
        away = torch.arange(pieces)[None, :] - first[:, None]
        starts = starts + self.distance[:, torch.bucketize(away, torch.tensor(BUCKETS), right=True)]
        starts = torch.cat([starts, self.none(query).T[:, :, None]], -1)
        return starts.transpose(0, 1), ends.transpose(0, 1)


class Reader(nn.Module):
    def __init__(self, layers: int) -> None:
        super().__init__()
        self.encoder, self.heads = Encoder(layers), Heads()


def load_minilm(encoder: Encoder, weights: Path, keep: tuple[int, ...]) -> None:
    """Fill the encoder with MiniLM's layers `keep`; the constant token type is added to the positions."""
    given = load_file(weights)
    with torch.no_grad():
        encoder.word.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.place.weight.copy_(
            given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
        )
        for kind in ("weight", "bias"):
            getattr(encoder.norm, kind).copy_(given[f"embeddings.LayerNorm.{kind}"])
            for layer, number in zip(encoder.layers, keep, strict=True):
                base = f"encoder.layer.{number}."
                parts = [given[f"{base}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(getattr(layer, ours), kind).copy_(given[f"{base}{theirs}.{kind}"])
