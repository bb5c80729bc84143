"""What a language model is to this engine: something with a name that answers a question in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to do, with which words, and the form of the answer."""

    instructions: str
    passage: str
    schema: Mapping[str, Any]
    """JSON Schema that the answer should keep to; nothing relies on its being kept."""


class LanguageModel(Protocol):
    """Answers questions. Where it runs and how it is reached is not known here."""

    @property
    def name(self) -> str:
        """The model's name, as readings carry it."""
        ...

    def answer(self, question: Question) -> str:
        """Its answer in its own words: JSON, if it does as it is told.

        Raises:
            EngineFailed: it can't be reached, or gives no answer.
        """
        ...
