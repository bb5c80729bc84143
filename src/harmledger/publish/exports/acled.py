"""ACLED's 31 columns, in its order: one row an incident with a day within a month and a point.

Source: ACLED codebook.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from harmledger.domain import ExportedIncident, Harm, MeansKind, VictimKind
from harmledger.publish.exports import codes
from harmledger.publish.exports.sides import CIVILIANS, Inter, belligerents, inter, interaction, main_actor
from harmledger.publish.exports.table import CellType, Table, empty_column, incident_column, join, one

_INTEGER, _NUMBER, _DATE = CellType.INTEGER, CellType.NUMBER, CellType.DATE
_REMOTE, _AGAINST_CIVILIANS, _BATTLES = "Explosions/Remote violence", "Violence against civilians", "Battles"
_SUB_EVENTS = {
    MeansKind.AIRSTRIKE: "Air/drone strike",
    MeansKind.DRONE_STRIKE: "Air/drone strike",
    MeansKind.SHELLING: "Shelling/artillery/missile attack",
    MeansKind.ROCKET_OR_MISSILE: "Shelling/artillery/missile attack",
    MeansKind.BOMB: "Remote explosive/landmine/IED",
    MeansKind.MINE_OR_REMNANT: "Remote explosive/landmine/IED",
    MeansKind.CHEMICAL: "Chemical weapon",
}
"""Of remote violence; other means are an attack on civilians, or an armed clash."""
_ABDUCTION = frozenset((Harm.DETAINED, Harm.MISSING))


def _refuses(incident: ExportedIncident) -> str | None:
    days = codes.span_days(incident)
    if days is None:
        return "its days aren't known"
    if days > codes.LONGEST_MONTH_DAYS:
        return "it can have been on any day of more than a month"
    return None if codes.has_point(incident) else "its place isn't known"


def _events(incident: ExportedIncident) -> tuple[str | None, str | None]:
    """The type and the sub-type; none where neither means nor victims tell."""
    means = incident.means[0] if incident.means else None
    if means and means in _SUB_EVENTS:
        return _REMOTE, _SUB_EVENTS[means]
    kinds = codes.kinds_of(incident)
    if {figure.harm for figure in incident.figures} <= _ABDUCTION:
        return _AGAINST_CIVILIANS, "Abduction/forced disappearance"
    if VictimKind.CIVILIAN in kinds and not kinds & {VictimKind.COMBATANT, VictimKind.MIXED}:
        return _AGAINST_CIVILIANS, "Attack"
    return (_BATTLES, "Armed clash") if VictimKind.COMBATANT in kinds else (None, None)


def _civilians(incident: ExportedIncident) -> bool:
    return bool(codes.kinds_of(incident) & {VictimKind.CIVILIAN, VictimKind.MIXED})


def _targeting(incident: ExportedIncident) -> str | None:
    return (
        "Civilian targeting"
        if codes.kinds_of(incident) == frozenset((VictimKind.CIVILIAN,)) and _events(incident)[0]
        else None
    )


def _actor2(incident: ExportedIncident) -> str | None:
    country = codes.country_of(incident)
    return f"{CIVILIANS} ({country.name})" if _civilians(incident) and country else None


def _inters(incident: ExportedIncident) -> tuple[Inter, Inter]:
    return inter(main_actor(incident), incident), Inter.CIVILIANS if _civilians(incident) else Inter.NONE


def _associates(incident: ExportedIncident) -> str | None:
    return join(actor.name for actor in belligerents(incident)[1:])


def _fatalities(incident: ExportedIncident) -> int | None:
    killed = codes.total(incident, Harm.KILLED)
    if killed is None:
        return 0
    best = codes.best(killed)
    return killed.low if best is None else best


def _notes(incident: ExportedIncident) -> str | None:
    """What the rule makes of each harm, in its own words, and whether the days are supposed; no quote, which could name a victim."""
    whole = [t for t in incident.totals if t.kind is None and t.group is None]
    return join((*(f"{t.harm.value.replace('_', ' ')}: {t.told}" for t in whole), codes.tell_supposed(incident)))


def _timestamp(incident: ExportedIncident) -> int | None:
    last = codes.last_published(incident.documents)
    return int(datetime.combine(last, time(), UTC).timestamp()) if last else None


def _tags(incident: ExportedIncident) -> str:
    grade = incident.grade.grade
    return f"rule={incident.rule.value}" + (f"; proposed grade={grade.value}" if grade else "")


ACLED = Table(
    name="acled",
    about=(
        "ACLED's columns. Keeps one figure of deaths, a day, a point and the actors. Left out are incidents without a day within one month or "
        "without a place. Lost are ranges, injuries, quotes, superseded figures and who says what; a militia can't be told from a rebel group, nor "
        "the scale of a source. The figure is the rule's best estimate, or where it has none its lower bound; 0 means that nobody speaks of deaths, "
        "an empty cell that the rule gives none."
    ),
    columns=(
        incident_column("event_id_cnty", "HL and the first twelve letters of the incident's id; no country's code, so that it stays the same whatever is learned", lambda i: codes.event_id(i.incident_id)),
        incident_column("event_date", "the day; where several are possible the middle one; where no claim says when, of the three up to the first report, as notes say", codes.middle_day, _DATE, "#date+start"),
        incident_column("year", "of that day", lambda i: (d := codes.middle_day(i)) and d.year, _INTEGER),
        incident_column("time_precision", codes.time_precision.__doc__ or "", lambda i: (d := codes.span_days(i)) and codes.time_precision(d), _INTEGER),
        incident_column("disorder_type", "Political violence, where the event's type is known", lambda i: _events(i)[0] and "Political violence"),
        incident_column("event_type", "by the means that most claims name, else by who was harmed; else empty", lambda i: _events(i)[0]),
        incident_column("sub_event_type", "the same, finer", lambda i: _events(i)[1]),
        incident_column("actor1", "whom most claims blame, of those whom the registry knows", lambda i: (a := main_actor(i)) and a.name, hxl="#group+name"),
        incident_column("assoc_actor_1", "others who are blamed: not its opponents", _associates),
        incident_column("inter1", "1 state forces at home, 2 armed group, 8 state forces elsewhere and coalitions, 0 not known", lambda i: int(_inters(i)[0]), _INTEGER),
        incident_column("actor2", "Civilians and their country, where any are among those harmed; else empty", _actor2),
        empty_column("assoc_actor_2", "claims tell no groups of victims that are actors"),
        incident_column("inter2", "7 civilians, else 0", lambda i: int(_inters(i)[1]), _INTEGER),
        incident_column("interaction", "both codes, the smaller first", lambda i: interaction(*_inters(i)), _INTEGER),
        incident_column("civilian_targeting", "Civilian targeting, where all who are said to be harmed are civilians; no word on intent", _targeting),
        incident_column("iso", "ISO 3166-1 numeric, where listed", lambda i: (c := codes.country_of(i)) and c.iso, _INTEGER, "#country+code"),
        incident_column("region", "ACLED's, where the country is listed", lambda i: (c := codes.country_of(i)) and c.acled_region),
        incident_column("country", "its name", lambda i: (c := codes.country_of(i)) and c.name, hxl="#country+name"),
        incident_column("admin1", "first-order division", lambda i: i.place and i.place.admin1, hxl="#adm1+name"),
        empty_column("admin2", "the gazetteer has no finer divisions"),
        empty_column("admin3", "the gazetteer has no finer divisions"),
        incident_column("location", "the place's name in the gazetteer, else its words", lambda i: i.place and (i.place.name or i.place.words), hxl="#loc+name"),
        incident_column("latitude", "of the place", lambda i: i.place and i.place.lat, _NUMBER, "#geo+lat"),
        incident_column("longitude", "of the place", lambda i: i.place and i.place.lon, _NUMBER, "#geo+lon"),
        incident_column("geo_precision", codes.geo_precision.__doc__ or "", lambda i: i.place and codes.geo_precision(i.place), _INTEGER),
        incident_column("source", "outlets of the reports that copy no other", lambda i: join(d.outlet for d in codes.independent(i)), hxl="#meta+source"),
        empty_column("source_scale", "not known of an outlet"),
        incident_column("notes", _notes.__doc__ or "", _notes, hxl="#description"),
        incident_column("fatalities", "the rule's figure of those killed", _fatalities, _INTEGER, "#affected+killed"),
        incident_column("tags", "the rule, and the grade that Airwars' definitions suggest", _tags),
        incident_column("timestamp", "midnight (UTC) of the day on which the latest report came out, in seconds since 1970", _timestamp, _INTEGER),
    ),
    rows_of=one,
    key=("event_id_cnty",),
    refuses=_refuses,
)  # fmt: skip
