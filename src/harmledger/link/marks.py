"""By what a report is found again that may tell of the same event as another, or be its copy.

Comes in: what a report tells. Goes out: the days it reaches, and marks, which are hashes of the words and places that blocking may look at, and
of the bands that copies share. Whatever blocking brings together overlaps in days or shares a mark; which pairs that are is blocking's to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from harmledger.domain import Telling
from harmledger.link.block import FINE_KM, LONGEST_DAYS, rarest_words
from harmledger.link.copies import find_bands
from harmledger.link.rarity import Rarity
from harmledger.link.told import Told


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reach:
    """The first and the last day that a report tells of."""

    earliest: date
    latest: date


def find_reach(told: Told) -> Reach | None:
    """From the first to the last day of its tellings; where none is known the publication's."""
    days = [day for telling in told.tellings for day in _days(telling)]
    return Reach(earliest=min(days), latest=max(days)) if days else None


def mark_report(told: Told) -> set[int]:
    """All its marks."""
    return mark_words(told) | mark_text(told)


def mark_words(told: Told) -> set[int]:
    """Marks of the words and places that its tellings may meet others by."""
    return {_mark(what) for telling in told.tellings for what in _meeting(telling)}


def mark_rare(told: Iterable[Told], rarity: Rarity) -> set[int]:
    """Marks of the words and places by which blocking may bring these together with others whatever the day."""
    tellings = [telling for each in told for telling in each.tellings]
    places = {_mark(place) for telling in tellings for place in _fine_place(telling)}
    return places | {_mark(word) for telling in tellings for word in rarest_words(telling, rarity)}


def mark_text(told: Told) -> set[int]:
    """Marks that copies of its text are likely to share."""
    return set(find_bands(told.print.shingles).tolist())


def _days(telling: Telling) -> Iterator[date]:
    """A long period is blocked by its first day alone."""
    first = telling.earliest or telling.published
    if first:
        yield first
    if telling.earliest and telling.latest and (telling.latest - telling.earliest).days <= LONGEST_DAYS:
        yield telling.latest


def _meeting(telling: Telling) -> Iterator[str]:
    yield from telling.names | telling.words | telling.places
    yield from _fine_place(telling)


def _fine_place(telling: Telling) -> Iterator[str]:
    if telling.spot and telling.spot.radius_km <= FINE_KM:
        yield str(telling.spot.id or telling.spot.name)


@lru_cache(maxsize=200_000)
def _mark(what: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(what.encode(errors="surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
