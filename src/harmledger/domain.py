"""Every noun of the walk from a report to its claims, in the order the data takes.

All values are frozen: a value is its content, and identity is a hash of it (see `ids`). `None` means "not stated".
Offsets count Unicode code points in the document's clean text, half-open, and ``text[start:end] == exact`` always.
Nothing here reads, decides or stores.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# --- words -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The exact words of a document that a value stands on."""

    exact: str
    start: int
    end: int


# --- collect: what came in -------------------------------------------------------------------------------------------


class Media(StrEnum):
    """The form a report came in."""

    HTML = "html"
    TEXT = "text"
    LINE = "line"
    """One line of a `.jsonl` file of reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the giver of a report says of it beside its text; each field may be missing."""

    id: str | None = None
    title: str | None = None
    published: date | None = None
    captured: date | None = None
    """The day it was fetched: no report is published after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetch of a report, with its bytes as they came."""

    capture_id: str
    document_id: str
    """SHA-256 of `content`: the same bytes fetched elsewhere are another capture of the same document."""
    source: str
    """Path, `-`, or path and line of a `.jsonl` (`reports.jsonl:12`)."""
    fetched: datetime
    content: bytes
    media: Media
    text: str
    """The decoded content: HTML source, plain text, or a line's own `text`."""
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A source, or one report of it, that could not be taken in; stands in its place in the output."""

    source: str
    id: str | None
    kind: str
    """Name of the error's class, such as `BadInput`."""
    message: str
    """One sentence: what was wrong, where, what to do."""


# --- read: the clean document ----------------------------------------------------------------------------------------


class PartRole(StrEnum):
    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    DATELINE = "dateline"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the clean text and what it is; parts are contiguous and cover the text."""

    role: PartRole
    kind: str | None
    """What kind of furniture (`reply form`, `share bar`, …); None for the article's own words."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedPart:
    """Something that a page had and the clean text has not, named and counted."""

    role: str
    chars: int


class PublishedFrom(StrEnum):
    GIVEN = "given"
    PAGE = "page"
    TEXT = "text"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a report was published: the likeliest day, how it is known, and its bounds."""

    day: date | None = None
    basis: PublishedFrom | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read: clean text with its parts named, and what its page says of itself."""

    document_id: str
    capture_id: str
    source: str
    fetched: datetime
    id: str | None
    title: str | None
    author: str | None
    publisher: str | None
    language: str | None
    """ISO 639-1."""
    published: Published
    text: str
    parts: tuple[Part, ...]
    dropped: tuple[DroppedPart, ...]


# --- extract: who says what ------------------------------------------------------------------------------------------


class Hedge(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    RANGE = "range"
    ABOUT = "about"
    VAGUE = "vague"
    ARTICLE = "article"
    NAMES = "names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people, as bounds; None is an open end."""

    words: Words
    low: int | None
    high: int | None
    hedge: Hedge


class Harm(StrEnum):
    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    DETAINED = "detained"
    DISPLACED = "displaced"


class VictimKind(StrEnum):
    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class VictimGroup(StrEnum):
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    ELDERLY = "elderly"
    FAMILY = "family"
    HEALTH_WORKERS = "health workers"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid workers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Victims:
    words: Words
    kind: VictimKind
    group: VictimGroup | None


class Scope(StrEnum):
    INCIDENT = "incident"
    PART = "part"
    CUMULATIVE = "cumulative"


class MeansKind(StrEnum):
    AIRSTRIKE = "airstrike"
    DRONE_STRIKE = "drone strike"
    SHELLING = "shelling"
    ROCKET_OR_MISSILE = "rocket or missile"
    SHOOTING = "shooting"
    BOMB = "bomb"
    MINE_OR_REMNANT = "mine or remnant"
    CHEMICAL = "chemical"
    GROUND_ATTACK = "ground attack"
    EXECUTION = "execution"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    words: Words
    kind: MeansKind


class Certainty(StrEnum):
    STATED = "stated"
    SUSPECTED = "suspected"
    CLAIMED = "claimed"
    """By the actor itself."""
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamed:
    """The words for who is said to have done it."""

    words: Words
    certainty: Certainty


class Polarity(StrEnum):
    ASSERTED = "asserted"
    DENIED = "denied"
    QUESTIONED = "questioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The words for somebody who says something, and the words of saying."""

    words: Words
    cue: Words | None
    said: Words | None
    """The words for when it was said ("on Wednesday")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """What made a reading."""

    engine: str
    version: str
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One mention of a number of people harmed, each value tied to its words; places, dates and names not yet resolved."""

    sentence: Words
    count: Count
    harm: Harm
    victims: Victims | None
    scope: Scope
    part_of: int | None
    """Index, among the claims of the same reading, of the figure that this one is a part of."""
    place: Words | None
    when: Words | None
    actor: Blamed | None
    means: Means | None
    attribution: tuple[Source, ...]
    """Outermost first; the innermost is the claimant; empty when the outlet says it in its own voice."""
    polarity: Polarity
    confidence: float
    reasons: tuple[str, ...] = ()
    """Why it was read so, for `explain`: rule and score names, one a line."""


class StatementKind(StrEnum):
    CONDEMN = "condemn"
    DENY = "deny"
    ACCUSE = "accuse"
    ADMIT = "admit"
    CALL_FOR = "call_for"
    EXPRESS_CONCERN = "express_concern"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a speaker says that is no count."""

    sentence: Words
    speaker: Source
    kind: StatementKind
    target: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A passage that was looked at and gave nothing, with the reason."""

    words: Words
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was found in one document by one engine."""

    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    dropped: tuple[Dropped, ...]
    by: By


# --- resolve: which place, when, who ---------------------------------------------------------------------------------


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


# --- link: which claims tell of one event ----------------------------------------------------------------------------


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
