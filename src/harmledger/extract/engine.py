"""An engine reads a document and gives its claims and statements, with what it looked at in vain.

Engines are replaceable: whatever has `extract` and says what it is (`by`) is one.
"""

from __future__ import annotations

from typing import Protocol

from harmledger.domain import By, Document, Extraction


class Engine(Protocol):
    """Finds who says what in one document."""

    @property
    def by(self) -> By:
        """What it is: name, version and models; every reading carries it."""
        ...

    def extract(self, document: Document) -> Extraction:
        """All claims and statements of the document, in the order of their counts.

        Raises:
            EngineFailed: its model is missing or broke on this document.
        """
        ...
