"""The language-model engine, step by step: cut, ask, take the answer apart, look up every quote, assemble.

In comes a Document; out come its claims and statements, with what the model said in vain and why. Numbers, means, attribution and statements
are read by the same rules as for every engine; places, days and names are resolved later.
"""

from __future__ import annotations

from collections.abc import Iterator

from harmledger import __version__
from harmledger.domain import By, Count, Document, Dropped, Extraction
from harmledger.extract.assemble import Proposal, assemble
from harmledger.extract.llm.answer import parse_answer
from harmledger.extract.llm.model import LanguageModel
from harmledger.extract.llm.passages import Passage, cut_passages, find_sentences
from harmledger.extract.llm.question import ask_about
from harmledger.extract.llm.verify import Ground, verify
from harmledger.extract.statements import find_statements

CONFIDENCE = 0.7
"""Confidence of a claim whose every quote stands in the text. NOT calibrated: it was chosen, not measured, since every model differs; it orders the
claims of one reading by how much of them was made up, and is to be compared with no other engine's."""


class LlmEngine:
    """Claims by a language model that is made to quote, held to the report's words; statements by rules."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def by(self) -> By:
        return By(engine="llm", version=__version__, models=(self._model.name,))

    def extract(self, document: Document) -> Extraction:
        """All claims and statements of the document, in the order of their counts.

        Raises:
            EngineFailed: the model can't be reached, or its answer can't be read.
        """
        sentences = find_sentences(document)
        passages = list(cut_passages(document.text, sentences))
        if not passages:
            return Extraction(claims=(), statements=(), dropped=(), by=self.by)
        ground = Ground.of(document)
        found = [v for passage in passages for v in self._read(passage, ground)]
        proposals = [v for v in found if isinstance(v, Proposal)]
        claims, numberless = assemble(document.text, sentences, proposals, weigh_quotes)
        refused = (v for v in found if isinstance(v, Dropped))
        statements = find_statements(document.text, sentences)
        return Extraction(claims=claims, statements=statements, dropped=(*refused, *numberless), by=self.by)

    def _read(self, passage: Passage, ground: Ground) -> Iterator[Proposal | Dropped]:
        answer = self._model.answer(ask_about(ground.text, passage))
        return verify(parse_answer(answer, self._model.name), passage, ground)


def weigh_quotes(proposal: Proposal, _count: Count) -> float:
    """`CONFIDENCE` times the share of the wordings quoted, the count's among them, that stand in the text."""
    checks = [proposal.belief, *proposal.role_beliefs.values()]
    return round(CONFIDENCE * sum(checks) / len(checks), 3)
