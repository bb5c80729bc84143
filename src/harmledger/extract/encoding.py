"""A passage as the encoder takes it: word pieces with the place of each in the document.

In come sentences of a text; out go ids, and for every piece the span of the document it stands on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from harmledger.extract.passages import MAX_TOKENS, Passage, Span

_NOWHERE = (0, 0)
"""The span of a mark."""
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

    def stretches(self, sentences: Sequence[Span]) -> list[Span]:
        """The document's sentences that the passage holds, context included, in order."""
        return [sentences[i] for i in dict.fromkeys(int(i) for i in self.sentence if i >= 0)]


class PieceMaker:
    """The word pieces that an encoder was trained with, and its marks: for the beginning, for an end or a gap."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._begin = self._mark("[CLS]", "<s>")
        self._gap = self._mark("[SEP]", "</s>")

    @classmethod
    def load(cls, saved: str) -> PieceMaker:
        """From the text of a tokenizer file."""
        return cls(Tokenizer.from_str(saved))

    def _mark(self, *names: str) -> int:
        return next(i for name in names if (i := self._tokenizer.token_to_id(name)) is not None)

    def split(self, text: str, sentences: Sequence[Span]) -> list[Pieces]:
        """The word pieces of each sentence."""
        stretches = [text[a : min(b, a + MAX_SENTENCE_CHARS)] for a, b in sentences]
        encoded = self._tokenizer.encode_batch(stretches, add_special_tokens=False)
        return [
            Pieces(ids=e.ids, spans=[_bare(text, a + x, a + y) for x, y in e.offsets])
            for (a, _), e in zip(sentences, encoded, strict=True)
        ]

    def encode(self, passage: Passage, pieces: Mapping[int, Pieces]) -> EncodedPassage:
        """One passage as ids: its sentences in order, a mark where sentences between were left out."""
        ids, spans, sentence, core = [self._begin], [_NOWHERE], [-1], 1
        for k, i in enumerate(passage.sentences):
            gap = [self._gap] if k and passage.sentences[k - 1] != i - 1 else []
            core = len(ids) + len(gap) if k == passage.core else core
            ids += gap + pieces[i].ids
            spans += [_NOWHERE] * len(gap) + pieces[i].spans
            sentence += [-1] * len(gap) + [i] * len(pieces[i].ids)
        room = MAX_TOKENS - 1
        return EncodedPassage(
            ids=np.array([*ids[:room], self._gap]),
            spans=[*spans[:room], _NOWHERE],
            sentence=np.array([*sentence[:room], -1]),
            core=core,
        )


def _bare(text: str, start: int, end: int) -> Span:
    """The span without white space before it, which some pieces hold."""
    while start < end and text[start].isspace():
        start += 1
    return start, end
