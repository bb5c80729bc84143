"""Who says what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harmledger.domain.words import Words


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
