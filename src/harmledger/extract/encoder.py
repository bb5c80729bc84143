"""The encoder engine: passages worth reading go once through a small model; rules read numbers, means and who speaks.

In comes a Document; out come its claims and statements, with the passages looked at in vain and why. The model is loaded on
first use. Nothing here looks anything up in the world: places, days and names are resolved later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import numpy as np
import onnxruntime as ort

from harmledger import __version__
from harmledger.domain import By, Document, Extraction, PartRole, Statement
from harmledger.errors import EngineFailed
from harmledger.extract.assemble import Proposal, assemble
from harmledger.extract.encoding import EncodedPassage, encode, split_pieces
from harmledger.extract.heads import Counted, Heads, find_counted, read_pointer
from harmledger.extract.labels import CLASSES, ROLES
from harmledger.extract.passages import Span, pack, select
from harmledger.extract.screen import find_harm_words, mark_sentences
from harmledger.extract.statements import find_statements
from harmledger.resources.packaged import read_packaged
from harmledger.text.sentences import split_sentences

THRESHOLD = 0.5
"""Least belief of the tags in the beginning of a counted expression; chosen on held-out reports of the training set."""
MODEL = "minilm-claims-1"
LANGUAGES = frozenset({"en"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A document's text cut for reading: its sentences, and which of them hold a harm word."""

    text: str
    sentences: list[Span]
    hits: list[bool]


class EncoderEngine:
    """Claims by a small encoder and rules; statements by rules."""

    languages = LANGUAGES

    @property
    def by(self) -> By:
        return By(engine="encoder", version=__version__, models=(MODEL,))

    def extract(self, document: Document) -> Extraction:
        """All claims and statements of the document, in the order of their counts.

        Raises:
            EngineFailed: the model is missing.
        """
        page = _cut(document)
        if not any(page.hits):
            return Extraction(claims=(), statements=(), dropped=(), by=self.by)
        claims, dropped = assemble(page.text, page.sentences, list(self._propose(page)))
        return Extraction(claims=claims, statements=_state(page), dropped=dropped, by=self.by)

    def _propose(self, page: _Page) -> Iterator[Proposal]:
        chosen = select(page.hits)
        pieces = dict(zip(chosen, split_pieces(page.text, [page.sentences[i] for i in chosen]), strict=True))
        for passage in pack(chosen, {i: len(p.ids) for i, p in pieces.items()}):
            yield from self._read(encode(passage, pieces))

    def _read(self, passage: EncodedPassage) -> Iterator[Proposal]:
        hidden = self._encode(passage)
        counted = find_counted(self._heads.tags(hidden), passage.core, THRESHOLD)
        if counted:
            yield from _proposals(self._heads, passage, hidden, counted)

    def _encode(self, passage: EncodedPassage) -> np.ndarray:
        (hidden,) = self._session.run(None, {"ids": passage.ids[None]})
        return hidden[0]

    @cached_property
    def _session(self) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return ort.InferenceSession(_model_file("encoder.onnx"), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _heads(self) -> Heads:
        arrays = np.load(BytesIO(_model_file("heads.npz")), allow_pickle=False)
        return Heads({name: arrays[name].astype(np.float32) for name in arrays.files})


def _model_file(name: str) -> bytes:
    try:
        return read_packaged(f"encoder/{name}")
    except OSError as missing:
        raise EngineFailed("the model is missing", name, "reinstall harmledger") from missing


def _cut(document: Document) -> _Page:
    text = document.text
    harm_words = find_harm_words(text)
    if not harm_words:
        return _Page(text=text, sentences=[], hits=[])
    sentences = [span for stretch in _own_words(document) for span in split_sentences(text, *stretch)]
    return _Page(text=text, sentences=sentences, hits=mark_sentences(sentences, harm_words))


def _own_words(document: Document) -> Iterator[Span]:
    """The stretches of the text that are the article's own, by part; furniture gives no claim."""
    for part in document.parts:
        if part.role is not PartRole.FURNITURE:
            yield part.start, part.end


def _state(page: _Page) -> tuple[Statement, ...]:
    return find_statements(page.text, page.sentences)


def _proposals(
    heads: Heads, passage: EncodedPassage, hidden: np.ndarray, counted: Sequence[Counted]
) -> Iterator[Proposal]:
    first, last = np.array([c.first for c in counted]), np.array([c.last for c in counted])
    query = heads.ask(hidden, first, last)
    classes = heads.classify(query)
    starts, ends = heads.point(hidden, query, first)
    for k, c in enumerate(counted):
        likeliest = {name: int(values[k].argmax()) for name, values in classes.items()}
        pointed = {role: read_pointer(starts[k, r], ends[k, r], passage.sentence) for r, role in enumerate(ROLES)}
        yield Proposal(
            start=passage.spans[c.first][0],
            end=passage.spans[c.last][1],
            belief=c.belief,
            classes={name: CLASSES[name][i] for name, i in likeliest.items()},
            beliefs={name: float(classes[name][k, i]) for name, i in likeliest.items()},
            roles={
                role: p.pieces and (passage.spans[p.pieces[0]][0], passage.spans[p.pieces[1]][1])
                for role, p in pointed.items()
            },
            role_beliefs={role: p.belief for role, p in pointed.items()},
        )
