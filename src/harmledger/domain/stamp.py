"""Trusted time: what is stamped, by whom, and what a stamp says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LeafKind(StrEnum):
    """What a leaf under a stamped root stands for."""

    PREVIOUS = "previous"
    """The root before: roots are a chain, so that the last stamp dates every earlier one too."""
    DECISIONS = "decisions"
    """The head of the decisions' log."""
    AUDIT = "audit"
    """The head of the record of what was done with accounts and the site."""
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One thing that a stamped root covers, by its hashes alone: a leaf tells nothing of what is in it."""

    kind: LeafKind
    subject: str
    """The capture's id, or the head or root that it is."""
    document_id: str | None = None
    """Of a capture: SHA-256 of its bytes."""
    record_id: str | None = None
    """Of a capture that came over the web: SHA-256 of its WARC records."""
    entries: int | None = None
    """Of a log's head: how many entries it had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The Merkle root over what was new when it was made."""

    root: str
    made: datetime
    """By this machine's clock."""
    leaves: int
    alone: bool
    """Whether it covers one capture alone, for evidence that must stand by itself."""


class StampKind(StrEnum):
    """How time is attested."""

    RFC3161 = "rfc3161"
    """A time-stamping authority signs."""
    OPENTIMESTAMPS = "opentimestamps"
    """A calendar puts it into Bitcoin's chain of blocks."""


class StampState(StrEnum):
    """How far a stamp has come."""

    WANTED = "wanted"
    """Nobody was asked yet, or the run was stopped while asking."""
    FAILED = "failed"
    """What came was nothing, or wrong; the next run asks again."""
    PENDING = "pending"
    """A calendar took it, and hasn't told the block yet."""
    HELD = "held"
    """The authority's token was checked and is kept; or the calendar told a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One root attested by one authority, or what became of asking it."""

    root: str
    kind: StampKind
    authority: str
    """Its address."""
    state: StampState
    asked: datetime
    """When it was last asked, by this machine's clock."""
    content_id: str | None = None
    """SHA-256 of the token as it came, or of the proof as an .ots file; it lies in blobs under it."""
    anchors_id: str | None = None
    """SHA-256 of the root certificates that the token was checked against, in PEM; they lie in blobs under it."""
    time: datetime | None = None
    """What the token says: the root existed by then. A block's time is its header's, which only a check against headers tells."""
    height: int | None = None
    """Of the block that a calendar names."""
    message: str | None = None
    """Why it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What an authority's token says, once it was checked."""

    time: datetime
    signer: str
    """The authority's name in its certificate."""
    serial: int
    policy: str
    anchors: bytes
    """The root certificates that it was checked against, in PEM."""
    given: bool
    """Whether the user vouches for them; else they came with the token, and nobody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block that a proof ends in, as far as the headers at hand tell."""

    height: int
    time: datetime
    """As its miner set it: right within some two hours."""
    hash: str
    difficulty: float
    """How hard it was to make, in times the first block's."""
    after: int
    """How many blocks follow it without a gap, of those that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Existed:
    """In short, for readers: by when a capture is known to have existed, and who says so."""

    capture_id: str
    time: datetime
    kind: StampKind
    authority: str
    """The host that it was asked at: the rest of an address may be a secret between it and the ledger's keeper."""
