"""What a check of the ledger finds: what no longer holds, and what is worth telling though it breaks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Finding", "Forgotten", "Held", "Weight"]


class Weight(StrEnum):
    """What a finding says of the ledger."""

    FAILS = "fails"
    """Something isn't what was kept: the check ends with 1."""
    TOLD = "told"
    """Worth knowing, and nothing is lost or altered by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found, named so that it can be gone to."""

    check: str
    """The check's name, as `--only` takes it: blobs, texts, decisions, timestamps…"""
    kind: str
    """What it is about, in the ledger's words: blob, capture, claim, decision, a table's name…"""
    id: str
    """The thing's own id, whole; of a row without one, its key."""
    where: str
    """Where it lies: a file in the ledger's folder, or a table."""
    what: str
    """What is wrong, without a full stop."""
    remedy: str
    """What to do about it, without a full stop."""
    weight: Weight = Weight.FAILS

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.where}): {self.what}; {self.remedy}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What went when something was forgotten, by id; and of log rows that had to lose words the hash of what is left."""

    documents: tuple[str, ...] = ()
    captures: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    """Documents' bytes and their WARC records."""
    texts: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    sequences: tuple[int, ...] = ()
    """The readings' numbers."""
    claims: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    """Claims and victims that people entered."""
    decisions: tuple[tuple[str, str], ...] = ()
    """Id and hash of what is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """That something was forgotten: the tombstone."""

    forgotten_id: str
    before: str
    kind: str
    """document, or lifted: it may come in again."""
    subject: str
    basis: str
    """The law or the request."""
    reason: str
    who: str
    when: datetime
    held: Held
