"""The encoder engine: passages worth reading go once through a small model; rules read numbers, means and who speaks.

In comes a Document; out come its claims and statements, with the passages looked at in vain and why. A language's model is
loaded on first use. Nothing here looks anything up in the world: places, days and names are resolved later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from harmledger import __version__
from harmledger.domain import By, Document, Extraction, Hedge, PartRole, Statement
from harmledger.extract.assemble import Proposal, assemble
from harmledger.extract.candidates import Candidate, find_candidates
from harmledger.extract.confidence import be_confident
from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.heads import Counted, Floats, Heads, agree, find_counted, read_pointer
from harmledger.extract.labels import CLASSES, ROLES
from harmledger.extract.model import Model, load_model
from harmledger.extract.passages import Span, pack, select
from harmledger.extract.screen import find_harm_words, screen
from harmledger.extract.statements import find_statements
from harmledger.text.numerals import parse_count
from harmledger.text.sentences import split_sentences

COUNTED = 0.5
"""Least belief that a number's expression counts people harmed."""
TAGGED = 0.5
"""Least belief of the tags in the beginning of words that are no number's expression: names, mostly."""
AGREEMENT = np.array([{"victims": 0.0}.get(role, 0.0) for role in ROLES], dtype=np.float32)
"""How much a claim's pointers are drawn to those of its sentence's other claims, by role; chosen on held-out reports."""
MODELS = {"en": "minilm-claims-2", "ar": "e5-claims-ar-1"}
"""By language the model that reads it; a text in no known language is tried with the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document's text cut for reading: its sentences, and which of them hold a harm word."""

    text: str
    sentences: list[Span]
    hits: list[bool]


class EncoderEngine:
    """Claims by a small encoder for each language and rules; statements by rules."""

    languages = frozenset(MODELS)

    def __init__(self) -> None:
        self._models: dict[str, Model] = {}

    @property
    def by(self) -> By:
        return By(engine="encoder", version=__version__, models=tuple(MODELS.values()))

    def extract(self, document: Document) -> Extraction:
        """All claims and statements of the document, in the order of their counts.

        Raises:
            EngineFailed: the model is missing.
        """
        page = cut(document)
        language = document.language if document.language in MODELS else next(iter(MODELS))
        by = By(engine="encoder", version=__version__, models=(MODELS[language],))
        if not any(page.hits):
            return Extraction(claims=(), statements=(), dropped=(), by=by)
        model = self._model(language)
        weigh = partial(be_confident, weights=model.confidence)
        claims, dropped = assemble(page.text, page.sentences, list(propose(page, model)), weigh)
        return Extraction(claims=claims, statements=_state(page), dropped=dropped, by=by)

    def _model(self, language: str) -> Model:
        if language not in self._models:
            self._models[language] = load_model(language)
        return self._models[language]


def propose(page: Page, model: Model) -> Iterator[Proposal]:
    """Counted expressions of a page as the model sees them, passage by passage."""
    chosen = select(page.hits)
    pieces = dict(zip(chosen, model.maker.split(page.text, [page.sentences[i] for i in chosen]), strict=True))
    for passage in pack(chosen, {i: len(p.ids) for i, p in pieces.items()}):
        yield from _read(page, model, model.maker.encode(passage, pieces))


def _read(page: Page, model: Model, passage: EncodedPassage) -> Iterator[Proposal]:
    hidden = model.hidden(passage.ids)
    candidates = [c for c in find_candidates(page.text, page.sentences, passage) if c.first >= passage.core]
    tagged = [_tagged(c, passage) for c in find_counted(model.heads.tags(hidden), passage.core, TAGGED)]
    beside = _beside(page.text, tagged, candidates)
    every = [*(c for c, _ in beside), *(c for c in candidates if not any(_touch(c, b) for b, _ in beside))]
    if every:
        beliefs = [b for _, b in beside]
        yield from _proposals(model.heads, passage, hidden, (every, beliefs))


def _tagged(counted: Counted, passage: EncodedPassage) -> tuple[Candidate, float]:
    span = (passage.spans[counted.first][0], passage.spans[counted.last][1])
    return Candidate(span=span, first=counted.first, last=counted.last), counted.belief


def _beside(
    text: str, tagged: Sequence[tuple[Candidate, float]], candidates: Sequence[Candidate]
) -> list[tuple[Candidate, float]]:
    """The tagged spans that stand for themselves: no candidate touches them, or they name persons from before one on."""
    return [
        (c, belief)
        for c, belief in tagged
        if not (touching := [o for o in candidates if _touch(c, o)]) or _names(text, c, touching[0])
    ]


def _names(text: str, tagged: Candidate, first: Candidate) -> bool:
    """Whether a tagged span is a list of names that began before the first candidate in it ("Sami Harb and his wife")."""
    if tagged.span[0] >= first.span[0]:
        return False
    parsed = parse_count(text[slice(*tagged.span)])
    return parsed is not None and parsed.hedge is Hedge.NAMES


def _touch(a: Candidate, b: Candidate) -> bool:
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]


def cut(document: Document) -> Page:
    """The document's own words in sentences; none where no harm word stands."""
    text = document.text
    if not find_harm_words(text):
        return Page(text=text, sentences=[], hits=[])
    sentences = [span for stretch in _own_words(document) for span in split_sentences(text, *stretch)]
    return Page(text=text, sentences=sentences, hits=screen(text, sentences))


def _own_words(document: Document) -> Iterator[Span]:
    """The stretches of the text that are the article's own, by part; furniture gives no claim."""
    for part in document.parts:
        if part.role is not PartRole.FURNITURE:
            yield part.start, part.end


def _state(page: Page) -> tuple[Statement, ...]:
    return find_statements(page.text, page.sentences)


def _proposals(
    heads: Heads, passage: EncodedPassage, hidden: Floats, found: tuple[Sequence[Candidate], Sequence[float]]
) -> Iterator[Proposal]:
    """Those that tell of harm; `found` are candidates, and the tags' belief in as many of the first as were tagged."""
    every, tagged = found
    query = heads.ask(hidden, np.array([c.first for c in every]), np.array([c.last for c in every]))
    mention = heads.mention(query)
    beliefs = [*tagged, *(1 - float(m[0]) for m in mention[len(tagged) :])]
    kept = [k for k, belief in enumerate(beliefs) if belief >= (TAGGED if k < len(tagged) else COUNTED)]
    if kept:
        chosen = [(every[k], beliefs[k]) for k in kept]
        yield from _judged(heads, passage, hidden, (chosen, query[kept], mention[kept]))


Chosen = tuple[Sequence[tuple[Candidate, float]], Floats, Floats]
"""Counted expressions with the belief in each, their queries, and how they were harmed."""


def _judged(heads: Heads, passage: EncodedPassage, hidden: Floats, found: Chosen) -> Iterator[Proposal]:
    chosen, query, mention = found
    classes = {"harm": mention[:, 1:] / mention[:, 1:].sum(1, keepdims=True), **heads.classify(query)}
    first = np.array([c.first for c, _ in chosen])
    starts, ends = heads.point(hidden, query, first)
    starts = agree(starts, passage.sentence[first], AGREEMENT)
    for k, (c, belief) in enumerate(chosen):
        likeliest = {name: int(values[k].argmax()) for name, values in classes.items()}
        pointed = {role: read_pointer(starts[k, r], ends[k, r], passage.sentence) for r, role in enumerate(ROLES)}
        yield Proposal(
            start=c.span[0],
            end=c.span[1],
            belief=belief,
            classes={name: CLASSES[name][i] for name, i in likeliest.items()},
            beliefs={name: float(classes[name][k, i]) for name, i in likeliest.items()},
            roles={
                role: p.pieces and (passage.spans[p.pieces[0]][0], passage.spans[p.pieces[1]][1])
                for role, p in pointed.items()
            },
            role_beliefs={role: p.belief for role, p in pointed.items()},
        )
