"""Our own flat tables, which join by their ids: incidents, totals, figures by claimant, claims, who blames whom, reports, old ids.

They keep all but the reports' texts, the reasons of the reading and of the linking, and people's log, which stay in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from harmledger.domain import (
    ClaimedFigure,
    ExportedDocument,
    ExportedIncident,
    Grade,
    Harm,
    Hedge,
    MeansKind,
    PeriodPrecision,
    PlacePrecision,
    Polarity,
    Quoted,
    Responsibility,
    RollUp,
    Rule,
    Scope,
    SpeakerType,
    Stance,
    Superseded,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.publish.exports import codes
from harmledger.publish.exports.table import CellType, Column, Reference, Table, incident_column, join, one

_INTEGER, _NUMBER, _DATE, _BOOLEAN = CellType.INTEGER, CellType.NUMBER, CellType.DATE, CellType.BOOLEAN


def _values(kinds: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(kind.value for kind in kinds)


def _by(incident: ExportedIncident) -> str | None:
    return join(" ".join((by.engine, by.version, *by.models)) for by in incident.read_by)


def _bounds(harm: Harm, kind: VictimKind | None = None) -> Iterator[Column[ExportedIncident]]:
    whom = f"{kind.value}s {harm.value}" if kind else harm.value
    name = f"{kind.value}s_{harm.value}" if kind else harm.value
    hxl = "" if kind else f"#affected+{harm.value}"

    def total(incident: ExportedIncident) -> RollUp | None:
        return codes.total(incident, harm, kind=kind)

    yield incident_column(
        f"{name}_low",
        f"{whom}: the rule's lower bound",
        lambda i: (t := total(i)) and t.low,
        _INTEGER,
        hxl and f"{hxl}+min",
    )
    yield incident_column(
        f"{name}_best",
        f"{whom}: its best estimate, where it has one",
        lambda i: (t := total(i)) and t.best,
        _INTEGER,
        hxl,
    )
    yield incident_column(f"{name}_high", f"{whom}: its upper bound", lambda i: (t := total(i)) and t.high, _INTEGER, hxl and f"{hxl}+max")  # fmt: skip


INCIDENTS = Table(
    name="incidents",
    about="One row an incident: where, when, by what means, who is blamed, how many by the rule. Only its main figures; the others are in totals.",
    columns=(
        Column(name="incident_id", about="minted once from its founding claim", get=lambda i: i.incident_id, hxl="#event+code", required=True),
        incident_column("earliest", "the first day on which it can have been", lambda i: i.earliest, _DATE, "#date+start"),
        incident_column("latest", "the last", lambda i: i.latest, _DATE, "#date+end"),
        Column(name="date_precision", about="how exactly the words say when", get=lambda i: i.date_precision and i.date_precision.value, choices=_values(PeriodPrecision)),
        incident_column("place_name", "the finest place that a claim names, by the gazetteer's name", lambda i: i.place and i.place.name, hxl="#loc+name"),
        incident_column("place_words", "the report's words for it", lambda i: i.place and i.place.words),
        incident_column("gazetteer", "which one knows it", lambda i: i.place and i.place.gazetteer),
        incident_column("place_id", "its id there", lambda i: i.place and i.place.id, hxl="#loc+code"),
        incident_column("admin1", "first-order division", lambda i: i.place and i.place.admin1, hxl="#adm1+name"),
        incident_column("country", "ISO 3166-1 alpha-2", lambda i: i.place and i.place.country, hxl="#country+code"),
        incident_column("country_name", "", lambda i: (c := codes.country_of(i)) and c.name, hxl="#country+name"),
        incident_column("lat", "WGS 84", lambda i: i.place and i.place.lat, _NUMBER, "#geo+lat"),
        incident_column("lon", "WGS 84", lambda i: i.place and i.place.lon, _NUMBER, "#geo+lon"),
        Column(name="place_precision", about="Airwars' list, finest first", get=lambda i: i.place and i.place.precision.value, choices=_values(PlacePrecision)),
        incident_column("radius_m", "metres around the point within which it can have been", lambda i: i.place and i.place.radius_m, _INTEGER),
        Column(name="means", about="the one that most claims name", get=lambda i: i.means[0].value if i.means else None, choices=_values(MeansKind)),
        incident_column("blamed", "everybody who is blamed, most often first", lambda i: join(a.name for a in i.actors), hxl="#group+name"),
        *_bounds(Harm.KILLED),
        *_bounds(Harm.KILLED, VictimKind.CIVILIAN),
        *_bounds(Harm.INJURED),
        Column(name="rule", about="which made the figures", get=lambda i: i.rule.value, choices=_values(Rule), required=True),
        Column(name="proposed_grade", about="what Airwars' definitions suggest; a person must set it", get=lambda i: i.grade.grade and i.grade.grade.value, choices=_values(Grade)),
        incident_column("proposed_because", "why", lambda i: i.grade.reason),
        incident_column("sources", "reports that copy no other", lambda i: len(codes.independent(i)), _INTEGER, "#meta+sources+num"),
        incident_column("copies", "reports that repeat another one's text", lambda i: len(i.documents) - len(codes.independent(i)), _INTEGER),
        incident_column("claims", "how many tell of it", lambda i: len(i.quotes), _INTEGER),
        incident_column("accepted", "whether people accepted every claim that the figures of those killed stand on", codes.is_accepted, _BOOLEAN),
        incident_column("engines", "what read the reports: engine, version, models", _by),
    ),
    rows_of=one,
    key=("incident_id",),
)  # fmt: skip


_OF_INCIDENT = Reference(columns=("incident_id",), table="incidents", there=("incident_id",))
_OF_DOCUMENT = Reference(
    columns=("incident_id", "document_id"), table="documents", there=("incident_id", "document_id")
)
_OF_CLAIM = Reference(columns=("claim_id",), table="claims", there=("claim_id",))
_Total = tuple[ExportedIncident, RollUp]
_Figure = tuple[ExportedIncident, ClaimedFigure]
_Claim = tuple[ExportedIncident, Quoted]
_Stance = tuple[ExportedIncident, int, Responsibility]
_Document = tuple[ExportedIncident, ExportedDocument]
_Old = tuple[ExportedIncident, str]
ALL = "all"
"""Stands for people of every kind or group, so that it can be part of a key."""


def _totals(incident: ExportedIncident) -> Iterator[_Total]:
    return ((incident, total) for total in incident.totals)


TOTALS: Table[_Total] = Table(
    name="totals",
    about="One row an incident, harm, kind and group of people: what the rule makes of the figures, and in words how.",
    columns=(
        Column(name="incident_id", about="of the incident", get=lambda t: t[0].incident_id, required=True),
        Column(name="harm", about="", get=lambda t: t[1].harm.value, choices=_values(Harm), required=True),
        Column(name="kind", about="of people; all: whoever they were", get=lambda t: t[1].kind.value if t[1].kind else ALL, choices=(ALL, *_values(VictimKind)), required=True),
        Column(name="group", about="of people", get=lambda t: t[1].group.value if t[1].group else ALL, choices=(ALL, *_values(VictimGroup)), required=True),
        Column(name="low", about="the rule's lower bound", get=lambda t: t[1].low, type=_INTEGER, hxl="#affected+min"),
        Column(name="best", about="its best estimate, where it has one", get=lambda t: t[1].best, type=_INTEGER, hxl="#affected"),
        Column(name="high", about="its upper bound", get=lambda t: t[1].high, type=_INTEGER, hxl="#affected+max"),
        Column(name="rule", about="which made them", get=lambda t: t[1].rule.value, choices=_values(Rule), required=True),
        Column(name="used", about="ids of the claims that they stand on", get=lambda t: join(t[1].used)),
        Column(name="left_out", about="how many figures the rule did not use", get=lambda t: len(t[1].left_out), type=_INTEGER),
        Column(name="told", about="what the rule made of the figures, in words", get=lambda t: t[1].told),
    ),
    rows_of=_totals,
    key=("incident_id", "harm", "kind", "group"),
    references=(_OF_INCIDENT,),
)  # fmt: skip


def _figures(incident: ExportedIncident) -> Iterator[_Figure]:
    return ((incident, figure) for figure in incident.figures)


FIGURES: Table[_Figure] = Table(
    name="figures",
    about="One row a figure by claimant, superseded ones among them: who says how many, when, and what people made of it.",
    columns=(
        Column(name="claim_id", about="of the claim that it stands on, read or entered", get=lambda f: f[1].claim_id, required=True),
        Column(name="incident_id", about="of the incident", get=lambda f: f[0].incident_id, required=True),
        Column(name="document_id", about="of the report", get=lambda f: f[1].document_id, required=True),
        Column(name="origin_id", about="of the report that this one copies, else its own", get=lambda f: f[1].origin_id),
        Column(name="outlet", about="", get=lambda f: f[1].outlet, hxl="#meta+source"),
        Column(name="claimant_id", about="what makes two mentions one claimant", get=lambda f: f[1].claimant.key),
        Column(name="claimant", about="who says so: the innermost source, else the outlet", get=lambda f: f[1].claimant.name),
        Column(name="claimant_type", about="", get=lambda f: f[1].claimant.type.value, choices=_values(SpeakerType)),
        Column(name="said", about="the last day on which it can have been said", get=lambda f: f[1].said, type=_DATE, hxl="#date+reported"),
        Column(name="harm", about="", get=lambda f: f[1].harm.value, choices=_values(Harm), required=True),
        Column(name="kind", about="of people", get=lambda f: f[1].kind.value, choices=_values(VictimKind)),
        Column(name="group", about="of people; empty: nobody says", get=lambda f: f[1].group and f[1].group.value, choices=_values(VictimGroup)),
        Column(name="low", about="lower bound; empty: open", get=lambda f: f[1].low, type=_INTEGER, hxl="#affected+min"),
        Column(name="high", about="upper bound; empty: open", get=lambda f: f[1].high, type=_INTEGER, hxl="#affected+max"),
        Column(name="hedge", about="how the words bound it; empty where a person gave the bounds", get=lambda f: f[1].hedge and f[1].hedge.value, choices=_values(Hedge)),
        Column(name="scope", about="whether it counts the whole incident", get=lambda f: f[1].scope.value, choices=_values(Scope)),
        Column(name="polarity", about="whether it is asserted, denied or questioned", get=lambda f: f[1].polarity.value, choices=_values(Polarity)),
        Column(name="blamed", about="who is said to have done it", get=lambda f: f[1].actor, hxl="#group+name"),
        Column(name="blamed_id", about="the registry's name for them", get=lambda f: f[1].actor_id),
        Column(name="certainty", about="how surely", get=lambda f: f[1].certainty and f[1].certainty.value),
        Column(name="decided", about="what people made of the claim; empty where nobody decided", get=lambda f: f[1].standing and f[1].standing.value, choices=_values(Verdict)),
        Column(name="by_hand", about="whether a person entered or corrected it", get=lambda f: f[1].by_hand, type=_BOOLEAN),
        Column(name="superseded", about="why it is no longer its claimant's last word", get=lambda f: f[1].superseded and f[1].superseded.value, choices=_values(Superseded)),
        Column(name="superseded_by", about="the claim that replaced it", get=lambda f: f[1].superseded_by),
    ),
    rows_of=_figures,
    key=("claim_id",),
    references=(_OF_INCIDENT, _OF_DOCUMENT, _OF_CLAIM),
)  # fmt: skip


def _claims(incident: ExportedIncident) -> Iterator[_Claim]:
    return ((incident, quoted) for quoted in incident.quotes)


CLAIMS: Table[_Claim] = Table(
    name="claims",
    about="One row a claim: the sentence that it stands on, by its words and its place in the report's clean text. Quotes name people; leave them out with --no-quotes.",
    columns=(
        Column(name="claim_id", about="hash of what was read", get=lambda c: c[1].claim_id, required=True),
        Column(name="incident_id", about="of the incident", get=lambda c: c[0].incident_id, required=True),
        Column(name="document_id", about="of the report", get=lambda c: c[1].document_id, required=True),
        Column(name="quote", about="the sentence", get=lambda c: c[1].exact),
        Column(name="start", about="where it begins in the report's clean text, in code points", get=lambda c: c[1].start, type=_INTEGER),
        Column(name="end", about="where it ends", get=lambda c: c[1].end, type=_INTEGER),
        Column(name="engine", about="what read it; empty where a person did", get=lambda c: c[1].by and c[1].by.engine),
        Column(name="engine_version", about="", get=lambda c: c[1].by and c[1].by.version),
        Column(name="models", about="", get=lambda c: c[1].by and join(c[1].by.models)),
    ),
    rows_of=_claims,
    key=("claim_id",),
    references=(_OF_INCIDENT, _OF_DOCUMENT),
)  # fmt: skip


def _stances(incident: ExportedIncident) -> Iterator[_Stance]:
    return ((incident, number, stance) for number, stance in enumerate(incident.responsibility, 1))


RESPONSIBILITY: Table[_Stance] = Table(
    name="responsibility",
    about="One row a stance: who blames whom, who admits, who denies.",
    columns=(
        Column(name="incident_id", about="of the incident", get=lambda s: s[0].incident_id, required=True),
        Column(name="number", about="within the incident", get=lambda s: s[1], type=_INTEGER, required=True),
        Column(name="stance", about="", get=lambda s: s[2].stance.value, choices=_values(Stance)),
        Column(name="by", about="the claimant, or the actor that admits or denies", get=lambda s: s[2].by),
        Column(name="actor_id", about="the registry's name for whom it is about", get=lambda s: s[2].actor_id),
        Column(name="actor", about="whom it is about; empty where that isn't told", get=lambda s: s[2].actor, hxl="#group+name"),
        Column(name="certainty", about="how surely", get=lambda s: s[2].certainty and s[2].certainty.value),
        Column(name="stands_on", about="ids of claims and statements", get=lambda s: join(s[2].on)),
    ),
    rows_of=_stances,
    key=("incident_id", "number"),
    references=(_OF_INCIDENT,),
)  # fmt: skip


def _documents(incident: ExportedIncident) -> Iterator[_Document]:
    return ((incident, document) for document in incident.documents)


DOCUMENTS: Table[_Document] = Table(
    name="documents",
    about="One row an incident and report that tells of it. The reports' texts stay in the ledger: they are their outlets'.",
    columns=(
        Column(name="incident_id", about="of the incident", get=lambda d: d[0].incident_id, required=True),
        Column(name="document_id", about="SHA-256 of its bytes", get=lambda d: d[1].document_id, required=True),
        Column(name="title", about="", get=lambda d: d[1].title),
        Column(name="outlet", about="", get=lambda d: d[1].outlet, hxl="#meta+source"),
        Column(name="published", about="", get=lambda d: d[1].published, type=_DATE, hxl="#date+published"),
        Column(name="language", about="ISO 639-1", get=lambda d: d[1].language),
        Column(name="copy_of", about="the report whose text it repeats", get=lambda d: d[1].copy_of),
    ),
    rows_of=_documents,
    key=("incident_id", "document_id"),
    references=(_OF_INCIDENT,),
)  # fmt: skip


def _old_ids(incident: ExportedIncident) -> Iterator[_Old]:
    return ((incident, old) for old in incident.old_ids)


OLD_IDS: Table[_Old] = Table(
    name="old_ids",
    about="One row an id that no longer holds an incident, and the incident that it was merged into.",
    columns=(
        Column(name="old_id", about="of an incident of earlier releases", get=lambda o: o[1], required=True),
        Column(name="incident_id", about="where it leads", get=lambda o: o[0].incident_id, required=True),
    ),
    rows_of=_old_ids,
    key=("old_id",),
    references=(_OF_INCIDENT,),
)
OWN: tuple[Table[Any], ...] = (INCIDENTS, DOCUMENTS, CLAIMS, TOTALS, FIGURES, RESPONSIBILITY, OLD_IDS)
"""In an order in which no row comes before one that it refers to."""
