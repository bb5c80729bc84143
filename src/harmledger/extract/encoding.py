"""A passage as the encoder takes it: word pieces with the place of each in the document.

In come sentences of a text; out go ids, and for every piece the span of the document it stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from harmledger.extract.passages import MAX_TOKENS, Passage, Span
from harmledger.resources.packaged import read_packaged_text

CLS, SEP = 101, 102
"""The encoder's own marks for the beginning, and for the end or a gap between sentences that don't follow one another."""
MAX_SENTENCE_CHARS = 4000
"""A longer "sentence" is cut here before the word pieces are made: no encoder passage holds more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Word pieces of a sentence: their ids, and their spans in the document."""

    ids: list[int]
    spans: list[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPassage:
    """Ids, spans (empty for marks), sentence index of each piece, and the first piece of the passage's core."""

    ids: NDArray[np.int64]
    spans: list[Span]
    sentence: NDArray[np.int64]
    core: int


@cache
def tokenizer() -> Tokenizer:
    """The word-piece tokenizer that the encoder was trained with."""
    data = read_packaged_text("encoder/tokenizer.json")
    made = Tokenizer.from_str(data)
    made.no_truncation()
    made.no_padding()
    return made


def split_pieces(text: str, sentences: Sequence[Span]) -> list[Pieces]:
    """The word pieces of each sentence."""
    stretches = [text[a : min(b, a + MAX_SENTENCE_CHARS)] for a, b in sentences]
    encoded = tokenizer().encode_batch(stretches, add_special_tokens=False)
    return [
        Pieces(ids=e.ids, spans=[(a + x, a + y) for x, y in e.offsets])
        for (a, _), e in zip(sentences, encoded, strict=True)
    ]


def encode(passage: Passage, pieces: Sequence[Pieces]) -> EncodedPassage:
    """One passage as ids: its sentences in order, a mark where sentences between were left out."""
    ids, spans, sentence, core = [CLS], [(0, 0)], [-1], 1
    for k, i in enumerate(passage.sentences):
        if k and passage.sentences[k - 1] != i - 1:
            ids.append(SEP), spans.append((0, 0)), sentence.append(-1)
        if k == passage.core:
            core = len(ids)
        ids += pieces[i].ids
        spans += pieces[i].spans
        sentence += [i] * len(pieces[i].ids)
    ids, spans, sentence = ids[: MAX_TOKENS - 1], spans[: MAX_TOKENS - 1], sentence[: MAX_TOKENS - 1]
    ids.append(SEP), spans.append((0, 0)), sentence.append(-1)
    return EncodedPassage(ids=np.array(ids), spans=spans, sentence=np.array(sentence), core=core)
