"""What becomes of an incident's figures: side by side by claimant, superseded ones kept, rolled up by a named rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harmledger.domain.extract import Certainty, Harm, Hedge, Polarity, Scope, VictimGroup, VictimKind
from harmledger.domain.resolve import SpeakerType
from harmledger.domain.review import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who says a figure: the innermost source, or the outlet that speaks in its own voice."""

    key: str
    """What makes two mentions one claimant: the registry's slug, else the folded name, else the outlet."""
    name: str
    type: SpeakerType
    """`media` where the outlet speaks for itself."""


class Superseded(StrEnum):
    """Why a figure is no longer its claimant's last word."""

    LATER = "later figure"
    """The same claimant gave another one on a later day."""
    CORRECTED = "correction"
    """The outlet corrected it."""
    RETRACTED = "retraction"
    """The outlet took it back."""
    VERSION = "later version of the page"
    """The page was found changed: what it says now stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedFigure:
    """One figure of an incident as it stands: what was read or entered, with people's corrections in effect."""

    claim_id: str
    """Of the claim, or the entry, that it stands on: there are its words."""
    document_id: str
    origin_id: str
    """The document that this one copies, else itself: two figures of one origin are one source."""
    outlet: str | None
    quote: str
    harm: Harm
    low: int | None
    high: int | None
    hedge: Hedge | None
    """None where a person gave the bounds."""
    counted: str | None
    """The counted words ("dozens of people"); None where a person gave the bounds."""
    kind: VictimKind
    group: VictimGroup | None
    scope: Scope
    polarity: Polarity
    claimant: Claimant
    said: date | None
    """The last day on which it can have been said, else the day of publication."""
    actor_id: str | None
    actor: str | None
    """Who is blamed, as named in the registry, else in the report's words."""
    certainty: Certainty | None
    standing: Verdict | None
    """What people made of the claim; None where nobody decided."""
    by_hand: bool
    """Whether a person entered or corrected it; what the machine read stands in the claim."""
    superseded_by: str | None = None
    """The claim that replaced it; None where it was taken back, or by words that name no figure."""
    superseded: Superseded | None = None


class Stance(StrEnum):
    """How somebody stands to the question who did it."""

    BLAMES = "blames"
    ADMITS = "admits"
    DENIES = "denies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who blames whom, who admits, who denies; on which claims or statements it stands."""

    stance: Stance
    by: str
    """The claimant, or the actor that admits or denies."""
    actor_id: str | None
    actor: str | None
    """Of whom it is said; None where that isn't told."""
    certainty: Certainty | None
    on: tuple[str, ...]
    """Ids of claims and statements."""


class Rule(StrEnum):
    """The named ways from several claimants' figures to one range."""

    RANGE = "range"
    """The lowest to the highest that any claimant's last word gives (Every Casualty: report the range)."""
    SOURCE_PRIORITY = "source-priority"
    """Only the claimants of the type that stands first in the named order of types."""
    MAJORITY = "majority"
    """What more than half of the independent claimants say."""
    DEFER = "defer"
    """Where claimants differ no figure stands: it is unconfirmed."""
    PENDING = "pending"
    """No figure until people have accepted the claims that it stands on."""
    ASK_SOURCES = "ask-sources"
    """No figure where claimants differ; says whom to ask what."""
    CONSERVATIVE = "conservative"
    """ACLED's: the most conservative figure."""
    BEST_LOW_HIGH = "best-low-high"
    """UCDP's: a best estimate between a low and a high one."""
    AIRWARS = "airwars"
    """Lowest to highest of those harmed as civilians, with the grade proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A figure that a roll-up did not use, with the reason."""

    claim_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """What a rule makes of an incident's figures for one harm and group of people; the figures themselves stand beside it."""

    rule: Rule
    harm: Harm
    kind: VictimKind | None
    """None: all people, whoever they were; combatants who are counted apart stand apart."""
    group: VictimGroup | None
    low: int | None
    best: int | None
    """Only where the rule has one."""
    high: int | None
    used: tuple[str, ...]
    """The claims that it stands on."""
    left_out: tuple[LeftOut, ...]
    told: str
    """In words: what the rule made of them, and where it gives no figure, why."""


class Grade(StrEnum):
    """Airwars' grades of an incident."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedGrade:
    """The grade that Airwars' definitions suggest, and why; people set grades, no machine does."""

    grade: Grade | None
    """None where the definitions fit nothing that is known."""
    reason: str
    sources: int
    """Independent ones; how credible each is, people judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """An incident's figures side by side."""

    incident_id: str
    figures: tuple[ClaimedFigure, ...]
    """By harm, people and claimant, over time; superseded ones among them."""
    responsibility: tuple[Responsibility, ...]
    grade: ProposedGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where a named model puts a total 95 times of 100."""

    model: str
    told: str
    """What the model takes for granted, in words."""
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Many incidents' roll-ups of one harm taken together: the sums of what is claimed, and beside them named models."""

    rule: Rule
    harm: Harm
    incidents: int
    """Those that have a figure by this rule."""
    without: int
    """Those that speak of this harm and have none."""
    low: int
    """Sum of the minima; an incident whose low end is open adds nothing."""
    high: int
    """Sum of the maxima; an incident whose high end is open adds its low end."""
    open_above: int
    """Incidents whose high end is open: the sum may be higher by any number."""
    models: tuple[Interval, ...]
