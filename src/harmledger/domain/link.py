"""Which claims tell of one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from harmledger.domain.extract import Harm, MeansKind, VictimGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point with the radius that its naming leaves open, and the first-order division it lies in."""

    id: str | None
    name: str | None
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many people one claim says came to which harm."""

    harm: Harm
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one report tells of one event: its claims of it taken together."""

    telling_id: str
    """The id of its first claim."""
    document_id: str
    claims: tuple[str, ...]
    language: str | None
    published: date | None
    earliest: date | None
    latest: date | None
    dated: bool
    """Whether the report says the day; else it follows from the publication."""
    spot: Spot | None
    actors: frozenset[str]
    means: frozenset[MeansKind]
    figures: tuple[Figure, ...]
    groups: frozenset[VictimGroup]
    words: frozenset[str]
    """Folded words of the claims' sentences."""
    report_words: frozenset[str]
    """Folded words of the stretches of the report that tell of it: all of it, where it tells of nothing else."""
    names: frozenset[str]
    """Those of these that stand capitalised within a sentence."""
    another: bool
    """Whether the report says that it is another event than the one told before."""
    places: frozenset[str] = frozenset()
    """Folded words that name its places, found on the map or not."""
    weekdays: frozenset[int] = frozenset()
    """Weekdays that the report names where its days can't be told; Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """A claim that can't tell of one event, with the reason."""

    claim_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A report whose text is a copy of an earlier one's."""

    document_id: str
    original_id: str
    shared: float
    """Share of the shorter text's five-word sequences that stand in the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one feature says of a pair: its value, and what it adds to the odds, in words."""

    feature: str
    value: float
    adds: float
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How likely two tellings are of one event, and why."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link that holds an incident together, its reasons in numbers alone: `why` tells them in words."""

    left: str
    right: str
    score: float
    values: Mapping[str, tuple[float, float]]
    """Of each feature that isn't 0 its value, and what it adds to the odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims that tell of one event."""

    incident_id: str
    """Hash of its founding claim, minted once."""
    founding_claim: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Where an incident's id leads on to, since its claims were merged into, or partly split off as, another."""

    incident_id: str
    onward_id: str
    why: str
    """`merged` or `split`."""
