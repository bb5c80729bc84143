"""The encoder engine: passages worth reading go once through a small model; rules read numbers, means and who speaks.

In comes a Document; out come its claims and statements, with the passages looked at in vain and why. A language's model is
loaded on first use. Nothing here looks anything up in the world: places, days and names are resolved later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from harmledger import __version__
from harmledger.domain import By, Document, Extraction, Part, PartRole, Statement
from harmledger.extract.assemble import Proposal, assemble
from harmledger.extract.confidence import be_confident
from harmledger.extract.judge import View, find_promising, judge
from harmledger.extract.model import Model, load_model
from harmledger.extract.passages import Span, pack, select
from harmledger.extract.screen import screen, tells_of_harm
from harmledger.extract.statements import find_statements
from harmledger.text.sentences import split_sentences

MODELS = {"en": "minilm-claims-4", "ar": "e5-claims-ar-3"}
"""By language the model that reads it; a text in no known language is tried with the first."""


SPARSE = 0.25
"""Of a report with fewer hits among its sentences, they are first read alone: most such reports tell of other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document's text cut for reading: its sentences, and which of them hold a harm word."""

    text: str
    sentences: list[Span]
    hits: list[bool]
    asides: frozenset[int] = frozenset()
    """Sentences of captions, by index."""

    @classmethod
    def of(cls, text: str) -> Page:
        """A text that is all its own words, without captions or furniture."""
        sentences = split_sentences(text)
        return cls(text=text, sentences=sentences, hits=screen(text, sentences))


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
            return Extraction(claims=(), statements=_state(page), dropped=(), by=by)
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
    hits = _scout(page, model) if sum(page.hits) < SPARSE * len(page.hits) else page.hits
    for view in _views(page, model, select(hits, page.asides)):
        yield from judge(view)


def _scout(page: Page, model: Model) -> list[bool]:
    """The hits that promise something when they are read without their neighbours."""
    alone = [i for i, hit in enumerate(page.hits) if hit]
    promising = {i for view in _views(page, model, alone) for i in find_promising(view)}
    return [i in promising for i in range(len(page.hits))]


def _views(page: Page, model: Model, chosen: Sequence[int]) -> Iterator[View]:
    """The chosen sentences, encoded passage by passage."""
    pieces = dict(zip(chosen, model.maker.split(page.text, [page.sentences[i] for i in chosen]), strict=True))
    for passage in pack(chosen, {i: len(p.ids) for i, p in pieces.items()}):
        encoded = model.maker.encode(passage, pieces)
        yield View(page.text, page.sentences, encoded, model.hidden(encoded.ids), model.heads)


def cut(document: Document) -> Page:
    """The document's own words in sentences; none where no word stands that tells of harm by itself."""
    text = document.text
    if not tells_of_harm(text):
        return Page(text=text, sentences=[], hits=[])
    told = [(span, part.role) for part in _own_words(document) for span in split_sentences(text, part.start, part.end)]
    sentences = [span for span, _ in told]
    captions = frozenset(i for i, (_, role) in enumerate(told) if role is PartRole.CAPTION)
    return Page(text=text, sentences=sentences, hits=screen(text, sentences), asides=captions)


def _own_words(document: Document) -> Iterator[Part]:
    """The parts of the text that are the article's own; furniture gives no claim."""
    return (part for part in document.parts if part.role is not PartRole.FURNITURE)


def _state(page: Page) -> tuple[Statement, ...]:
    return find_statements(page.text, page.sentences)
