"""What goes out: an incident with all that its exports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from harmledger.domain.extract import By, Certainty, MeansKind
from harmledger.domain.reconcile import ClaimedFigure, ProposedGrade, Responsibility, RollUp, Rule
from harmledger.domain.resolve import PeriodPrecision, PlacePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPlace:
    """Where it was: the finest place that a claim names, and how exact that is."""

    words: str
    name: str | None
    gazetteer: str | None
    id: str | None
    country: str | None
    """ISO 3166-1 alpha-2."""
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    radius_m: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDocument:
    """A report that tells of it; its text stays in the ledger."""

    document_id: str
    title: str | None
    outlet: str | None
    published: date | None
    language: str | None
    copy_of: str | None
    """The document whose text it repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The sentence that a claim stands on, where it stands in the report's clean text."""

    claim_id: str
    document_id: str
    exact: str | None
    """None where quotes are left out."""
    prefix: str | None
    suffix: str | None
    start: int | None
    """None where the document has no text: a PDF, a post, a photograph."""
    end: int | None
    by: By | None
    """What read it; None where a person did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlamedActor:
    """Somebody who is said to have done it, by any claimant or by itself."""

    actor_id: str | None
    name: str
    certainty: Certainty | None
    admits: bool
    denies: bool
    claims: int
    """How many claims and statements say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedIncident:
    """One incident, ready for export under a rule."""

    incident_id: str
    old_ids: tuple[str, ...]
    """Incidents that were merged into it."""
    earliest: date | None
    latest: date | None
    date_precision: PeriodPrecision | None
    supposed: tuple[date, date] | None
    """Where no claim says when: the days shortly before its first report came out, as far as that day is known."""
    place: ExportedPlace | None
    means: tuple[MeansKind, ...]
    """The one that most claims name first."""
    actors: tuple[BlamedActor, ...]
    """Most often blamed first."""
    figures: tuple[ClaimedFigure, ...]
    totals: tuple[RollUp, ...]
    """What the rule makes of the figures, by harm, kind and group."""
    responsibility: tuple[Responsibility, ...]
    grade: ProposedGrade
    documents: tuple[ExportedDocument, ...]
    quotes: tuple[Quoted, ...]
    rule: Rule
    read_by: tuple[By, ...]
