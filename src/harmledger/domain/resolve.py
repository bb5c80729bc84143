"""Which place, when, who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harmledger.domain.extract import By, Certainty, Claim, Dropped, Statement
from harmledger.domain.read import Document
from harmledger.domain.words import Words


class PlacePrecision(StrEnum):
    """Airwars' list, finest first."""

    EXACT = "exact location"
    LANDMARK = "nearby landmark"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood/area"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    PROVINCE = "province/governorate"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words for a place and, where it was found in a gazetteer, which one; else only the words."""

    words: Words
    name: str | None = None
    gazetteer: str | None = None
    id: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = PlacePrecision.UNASSIGNED
    radius_m: int | None = None


class PeriodPrecision(StrEnum):
    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    LONGER = "longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day to the last, both included; None where the words leave it open."""

    words: Words
    earliest: date | None
    latest: date | None
    precision: PeriodPrecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    words: Words
    id: str | None
    """The registry's slug."""
    name: str | None
    certainty: Certainty


class SpeakerType(StrEnum):
    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed group"
    MONITOR = "monitor"
    MEDICAL = "medical"
    MEDIA = "media"
    WITNESS = "witness"
    ANONYMOUS = "anonymous"
    INTERNATIONAL = "international organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Between which days something was said."""

    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A source whose words have been resolved: who that is, for whom they speak, what kind of source it is."""

    words: Words
    id: str | None
    name: str | None
    role: str | None
    organisation: str | None
    cue: Words | None
    said: Said | None
    type: SpeakerType


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedClaim:
    """A claim with its place, period, actor and speakers looked up; `claim` keeps what was read."""

    claim_id: str
    part_of: str | None
    claim: Claim
    place: Place | None
    when: Period | None
    actor: Actor | None
    attribution: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedStatement:
    statement_id: str
    statement: Statement
    speaker: Speaker
    target: Speaker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document read by one engine: what `read` gives for a report."""

    document: Document
    claims: tuple[ResolvedClaim, ...]
    statements: tuple[ResolvedStatement, ...]
    dropped: tuple[Dropped, ...]
    by: By
