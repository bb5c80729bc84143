"""What a counted expression says: how many people, as bounds, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.domain import Hedge


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCount:
    """How many people a wording means; None is an open end."""

    low: int | None
    high: int | None
    hedge: Hedge


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """Words of a text that could count people, from their hedge to the end of the number, and what they mean."""

    start: int
    end: int
    count: ParsedCount


EXACTLY_ONE = ParsedCount(low=1, high=1, hedge=Hedge.ARTICLE)


def bound(number: int, hedge: Hedge) -> ParsedCount:
    """A number under a hedge, as bounds.

    >>> bound(20, Hedge.MORE_THAN).low
    21
    """
    match hedge:
        case Hedge.AT_LEAST | Hedge.VAGUE:
            return ParsedCount(low=number, high=None, hedge=hedge)
        case Hedge.MORE_THAN:
            return ParsedCount(low=number + 1, high=None, hedge=hedge)
        case Hedge.AT_MOST:
            return ParsedCount(low=None, high=number, hedge=hedge)
        case _:
            return ParsedCount(low=number, high=number, hedge=hedge)
