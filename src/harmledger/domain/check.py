"""Beside which recorded incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from harmledger.domain.extract import Harm, VictimGroup


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
