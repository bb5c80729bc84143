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


# --- review: what people decide --------------------------------------------------------------------------------------


class Verdict(StrEnum):
    ACCEPT = "accept"
    """The claim stands as it is shown, with the corrections in effect."""
    CORRECT = "correct"
    """It stands, but one field of it says something else."""
    REJECT = "reject"
    HOLD = "hold"
    """Something must be found out first."""
    MERGE = "merge"
    """Speaks of the same incident as another claim."""
    SPLIT = "split"
    """Speaks of another incident than that claim."""
    NOTHING = "nothing"
    """Of a document: a person read it, and nothing in it belongs into the ledger."""
    ENTER = "enter"
    """A person wrote this down: a claim or a victim that no machine gave."""
    RELEASE = "release"
    """Of a victim: the names may be shown."""
    WITHHOLD = "withhold"
    UNDO = "undo"
    """The decision that it replaces never counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one field of a claim says in truth; None is "not stated"."""

    field: str
    value: int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherClaim:
    """The claim that another one is merged with, or split from."""

    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided of a claim, a document or a victim; never changed, only followed by others."""

    decision_id: str
    """Hash of all that follows."""
    before: str
    """The decision before it in the log; zeros for the first."""
    subject: str
    verdict: Verdict
    reason: str
    who: str
    when: datetime
    replaces: str | None
    """A decision of the same subject that no longer counts."""
    value: Correction | OtherClaim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a subject stands after all decisions: what counts of them, and what follows from it."""

    subject: str
    verdict: Verdict | None
    """The last of accept, correct, reject, hold and nothing; None where nobody has decided."""
    corrections: tuple[Correction, ...]
    """The last one of each field, by field."""
    disputed: bool
    """Reviewers' verdicts differ, and nobody's decision replaced the other's."""
    in_effect: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Pairs of claims that people said to speak of one incident, and of two; the smaller id first."""

    must_link: frozenset[tuple[str, str]] = frozenset()
    cannot_link: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A claim that a person wrote down: the machine missed it, or it stands in a PDF, a post or a photograph.

    Who entered it, when and why is in the log.
    """

    entry_id: str
    document_id: str
    quote: str
    start: int | None
    """Where the quote begins in the document's text; None where the document has none."""
    end: int | None
    harm: Harm
    low: int | None
    high: int | None
    kind: VictimKind
    group: VictimGroup | None
    scope: Scope
    polarity: Polarity
    place: str | None
    earliest: date | None
    latest: date | None
    actor: str | None
    means: MeansKind | None
    claimant: str | None
    """None where the outlet says it in its own voice."""


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """A person whom a report names; withheld until somebody releases it, and held again by whoever withholds it."""

    victim_id: str
    salt: str
    """Chance, hashed with the rest: without it whoever guesses a name could prove the guess by the id."""
    document_id: str
    quote: str
    start: int | None
    end: int | None
    names: tuple[str, ...]
    """Every spelling that is known, the report's own first."""
    age: str | None
    """In years, or as the report has it ("infant", "about 40")."""
    sex: Sex
    status: VictimKind
    claims: tuple[str, ...]
    """Ids of the claims that count this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far reviewers agree on one field, by Krippendorff's alpha: 1 is always, 0 as often as by chance."""

    field: str
    metric: str
    alpha: float | None
    """None where it can't be told: nothing was coded twice, or all values are the same."""
    units: int
    """Claims that two or more reviewers coded."""
    equal: int
    """Of these, on how many all said the same."""


# --- check: beside which recorded incident --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFigure:
    """How many people a recorder counts, for one harm and group; None is an open or unstated end."""

    harm: Harm
    group: VictimGroup | None = None
    """None: all whom the recorder counts as its incident's victims."""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a belligerent is to an incident and makes of it, by the recorder's own codes."""

    belligerent: str
    role: str | None = None
    """`suspected` or `known`."""
    assessment: str | None = None
    """The belligerent's own, such as `credible` or `non_credible`."""
    conceded_low: int | None = None
    conceded_high: int | None = None
    """Deaths that it conceded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedIncident:
    """One incident of an independent recorder's data set, in our shape and with the recorder's codes; never a claim."""

    code: str
    earliest: date
    latest: date
    place: str | None = None
    place_local: str | None = None
    """The same in the country's own script."""
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy: str | None = None
    """The recorder's code for how exact the point is."""
    radius_m: int
    """What that code is taken to mean."""
    belligerents: tuple[str, ...] = ()
    means: str | None = None
    grade: str | None = None
    figures: tuple[RecordedFigure, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSet:
    """One version of a recorder's data set in a ledger."""

    reference_id: str
    """Hash of its name, content, licence and citation."""
    name: str
    recorder: str
    """`airwars`, `ucdp`, `acled` or `ibc`."""
    content_id: str
    """SHA-256 of the file's uncompressed bytes."""
    licence: str
    citation: str
    added: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One feature of a claim beside a recorded incident: how far it holds, what that weighs, and why, in words."""

    feature: str
    value: float
    weight: float
    reason: str


class Lies(StrEnum):
    """Where a claim's figure lies beside a recorder's range; no judgement on either."""

    WITHIN = "within"
    ABOVE = "above"
    BELOW = "below"
    NO_FIGURE = "no figure"
    """The recorder gives none for this harm, or the claim none that can be set beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A recorded incident that a claim may speak of."""

    incident: RecordedIncident
    score: float
    """Sum of the evidence's weights times values."""
    share: float
    """How likely it is beside the other candidates, if it is one of them."""
    evidence: tuple[Evidence, ...]
    figure: RecordedFigure | None
    """The recorder's figure for the claim's harm and group."""
    lies: Lies


class Match(StrEnum):
    ONE = "one"
    SEVERAL = "several possible"
    NONE = "no match"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim beside a reference set: the incidents it may speak of, the likeliest first."""

    claim_id: str
    match: Match
    candidates: tuple[Candidate, ...]
    """Empty where nothing recorded fits."""
    note: str
    """In words: why there is none, or why there are several."""


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
