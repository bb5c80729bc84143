"""What a picture of figures shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harmledger.domain.extract import Hedge, Polarity


class Became(StrEnum):
    """What became of a figure."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotMark:
    """One figure of one claimant as a picture shows it; the same figure said again, or copied, is in it."""

    claim_id: str
    """Of the one said first."""
    href: str
    """Its sentence."""
    low: int | None
    high: int | None
    hedge: Hedge | None
    """None where a person gave the bounds."""
    polarity: Polarity
    first: date | None
    last: date | None
    """When it was said, and said again."""
    sources: int
    copies: int
    """Reports that copy another one's text."""
    by_hand: bool
    became: Became
    said_again: tuple[str, ...]
    """All claims that this mark stands for."""
    replaced_by: str | None
    """The claim whose mark it leads on to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """One claimant's figures of one harm to the same people, in the order in which they were said."""

    claimant: str
    claimant_key: str
    type: str
    people: str
    """Whom they count, in words; empty where that isn't told."""
    marks: tuple[PlotMark, ...]
    unnumbered: int
    """Figures without a number, which no picture can show."""
