"""The exact words that values stand on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The exact words of a document that a value stands on."""

    exact: str
    start: int
    end: int
