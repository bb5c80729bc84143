"""What lists, maps and timelines show of an incident, and what readers choose by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Facet(StrEnum):
    """What incidents are chosen by, beside days and stretches of the earth; the values are the names in addresses."""

    COUNTRY = "country"
    ACTOR = "actor"
    MEANS = "means"
    HARM = "harm"
    GRADE = "grade"
    CLAIMANT = "claimant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that an incident can be chosen by, with the words for it."""

    facet: Facet
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many, by the rule that no claimant's figure is left out of; None is an open end."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The place that an incident's claims name most exactly."""

    place_id: str | None
    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    radius_m: int | None
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIncident:
    """An incident in short: what its public reports say. Worked out anew whenever one of them, or what people decided, changes."""

    incident_id: str
    title: str | None
    """What and where, in nobody's words; names that are withheld are blotted out."""
    where: Whereabouts | None
    earliest: date | None
    latest: date | None
    """The days of the claims that tell them most exactly."""
    killed: People | None
    injured: People | None
    """None where nobody says anything of that."""
    grade: str | None
    terms: tuple[Term, ...]
    claims: int
    reports: int
    copies: int
    """Of the reports, those that copy another one's text."""
    sources: int
    """Reports less copies."""
    first_published: date | None
    last_published: date | None
    documents: tuple[str, ...] = ()
    """The reports; none of them is kept to a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A stretch of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which incidents a reader asks for; by itself: all."""

    since: date | None = None
    until: date | None = None
    terms: tuple[tuple[Facet, str], ...] = ()
    box: Box | None = None
    unplaced: bool = False
    """Only those without a place."""
    undated: bool = False
    """Only those without a day."""

    @property
    def everything(self) -> bool:
        """Whether nothing is chosen."""
        return self == Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownState:
    """How far what is shown has come behind the ledger."""

    version: int
    """Another number whenever anything that is shown changed."""
    made: datetime | None
    """When it last changed; None where nothing was ever shown."""
    behind: int
    """Incidents that changed since, and are shown as they were, or not at all."""
    unread: int
    """Reports that search doesn't find yet."""
