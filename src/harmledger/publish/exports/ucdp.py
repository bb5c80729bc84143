"""UCDP GED's 49 columns, in its order: one row an incident with deaths, a day and a point.

Source: UCDP Georeferenced Event Dataset codebook.
"""

from __future__ import annotations

from harmledger.domain import ExportedIncident, Harm, VictimKind
from harmledger.publish.exports import codes
from harmledger.publish.exports.sides import CIVILIANS, gwno_of, main_actor, type_of_violence
from harmledger.publish.exports.table import CellType, Table, empty_column, incident_column, join, one
from harmledger.resources.recorders import get_country

ONE_SIDED = 3
_PRIO_CELLS_A_DEGREE = 2
_PRIO_COLUMNS = 720
_INTEGER, _NUMBER, _DATE = CellType.INTEGER, CellType.NUMBER, CellType.DATE


def _refuses(incident: ExportedIncident) -> str | None:
    days = codes.span_days(incident)
    killed = codes.total(incident, Harm.KILLED)
    if days is None:
        return "its days aren't known"
    if days > codes.LONGEST_YEAR_DAYS:
        return "it can have been on any day of more than a year"
    if not codes.has_point(incident):
        return "its place isn't known"
    if killed is None or not max(killed.low or 0, killed.high or 0, codes.best(killed) or 0):
        return "the rule gives no deaths"
    return None


def _side_b(incident: ExportedIncident) -> str | None:
    return CIVILIANS if type_of_violence(incident) == ONE_SIDED else None


def _dyad(incident: ExportedIncident) -> str | None:
    first, second = main_actor(incident), _side_b(incident)
    return f"{first.name} - {second}" if first and second else None


def _deaths(incident: ExportedIncident) -> tuple[int | None, int | None]:
    """Civilians among the best estimate, and the rest of it."""
    best = codes.best(codes.total(incident, Harm.KILLED))
    if best is None:
        return None, None
    civilians = min(codes.best(codes.total(incident, Harm.KILLED, kind=VictimKind.CIVILIAN)) or 0, best)
    return civilians, best - civilians


def _side_deaths(incident: ExportedIncident) -> int | None:
    return None if _deaths(incident)[0] is None else 0


def _bound(incident: ExportedIncident, end: str) -> int | None:
    killed = codes.total(incident, Harm.KILLED)
    best = codes.best(killed)
    return best if killed is None or getattr(killed, end) is None else getattr(killed, end)


def _where(incident: ExportedIncident) -> str | None:
    return incident.place and (incident.place.name or incident.place.words)


def _wkt(incident: ExportedIncident) -> str | None:
    place = incident.place
    return f"POINT ({place.lon} {place.lat})" if place and codes.has_point(incident) else None


def _priogrid(incident: ExportedIncident) -> int | None:
    """The half-degree cell, numbered from the south-west."""
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    row, column = (int((place.lat + 90) * _PRIO_CELLS_A_DEGREE), int((place.lon + 180) * _PRIO_CELLS_A_DEGREE))
    return min(row, _PRIO_COLUMNS // 2 - 1) * _PRIO_COLUMNS + min(column, _PRIO_COLUMNS - 1) + 1


def _country_id(incident: ExportedIncident) -> int | None:
    place = incident.place
    return get_country(place.country).gwno if place and place.country else None


def _status(incident: ExportedIncident) -> str:
    checked = "accepted by people" if codes.is_accepted(incident) else "not reviewed"
    return join((checked, f"rule {incident.rule.value}", codes.tell_supposed(incident))) or checked


def _article(incident: ExportedIncident) -> str | None:
    told = (
        join((d.outlet, d.published and d.published.isoformat(), d.title), by=",") for d in codes.independent(incident)
    )
    return join((each and f'"{each}"' for each in told), by=";")


def _claimants(incident: ExportedIncident) -> str | None:
    return join(figure.claimant.name for figure in incident.figures)


_UCDPS_OWN = "UCDP's own number"

UCDP = Table(
    name="ucdp",
    about=(
        "UCDP GED's columns. Keeps deaths, days, the place and who says so. Left out are incidents without deaths, without a day within one year "
        "or without a place: UCDP has no such events. Lost are injuries, quotes, superseded figures and all other harm; UCDP's numbers for "
        "conflicts, dyads and actors are empty, since nobody there coded these events."
    ),
    columns=(
        incident_column("id", "the incident's id as a number that stays the same", lambda i: codes.event_number(i.incident_id), _INTEGER),
        incident_column("relid", "the incident's whole id in the ledger", lambda i: i.incident_id),
        incident_column("year", "of the first day", lambda i: (d := codes.find_days(i)) and d[0].year, _INTEGER),
        empty_column("active_year", "whether the conflict reached 25 deaths that year is UCDP's to count", _INTEGER),
        incident_column("code_status", "whether people accepted the claims that the figures stand on, the rule, and whether the days are supposed from publication", _status),
        incident_column(
            "type_of_violence",
            "3 one-sided where all harmed are said to be civilians, by shooting, execution or a ground attack; else 1 state-based where most blame a state's forces; else empty, since claims don't tell who fought whom",
            type_of_violence,
            _INTEGER,
        ),
        empty_column("conflict_dset_id", _UCDPS_OWN, _INTEGER),
        empty_column("conflict_new_id", _UCDPS_OWN, _INTEGER),
        empty_column("conflict_name", "UCDP's own name"),
        empty_column("dyad_dset_id", _UCDPS_OWN, _INTEGER),
        empty_column("dyad_new_id", _UCDPS_OWN, _INTEGER),
        incident_column("dyad_name", "both sides, where it is one-sided", _dyad),
        empty_column("side_a_dset_id", _UCDPS_OWN, _INTEGER),
        empty_column("side_a_new_id", _UCDPS_OWN, _INTEGER),
        incident_column("side_a", "whom most claims blame, of those whom the registry knows", lambda i: (a := main_actor(i)) and a.name, hxl="#group+name"),
        empty_column("side_b_dset_id", _UCDPS_OWN, _INTEGER),
        empty_column("side_b_new_id", _UCDPS_OWN, _INTEGER),
        incident_column("side_b", "Civilians where it is one-sided; else empty: others who are blamed are no opponents", _side_b),
        incident_column("number_of_sources", "reports that copy no other", lambda i: len(codes.independent(i)), _INTEGER, "#meta+sources+num"),
        incident_column("source_article", "outlet, day and title of each of these", _article, hxl="#meta+source"),
        incident_column("source_office", "the outlets", lambda i: join(d.outlet for d in codes.independent(i))),
        incident_column("source_date", "their days", lambda i: join(d.published and d.published.isoformat() for d in codes.independent(i))),
        incident_column("source_headline", "their titles", lambda i: join(d.title for d in codes.independent(i))),
        incident_column("source_original", "whom the outlets quote: the claimants", _claimants),
        incident_column("where_prec", codes.where_prec.__doc__ or "", lambda i: i.place and codes.where_prec(i.place), _INTEGER),
        incident_column("where_coordinates", "the place's name in the gazetteer, else its words", _where, hxl="#loc+name"),
        incident_column("where_description", "the report's words for it", lambda i: i.place and i.place.words),
        incident_column("adm_1", "first-order division", lambda i: i.place and i.place.admin1, hxl="#adm1+name"),
        empty_column("adm_2", "the gazetteer has no second-order divisions"),
        incident_column("latitude", "of the place", lambda i: i.place and i.place.lat, _NUMBER, "#geo+lat"),
        incident_column("longitude", "of the place", lambda i: i.place and i.place.lon, _NUMBER, "#geo+lon"),
        incident_column("geom_wkt", "the point as well-known text", _wkt),
        incident_column("priogrid_gid", "PRIO-GRID's half-degree cell", _priogrid, _INTEGER),
        incident_column("country", "its name", lambda i: (c := codes.country_of(i)) and c.name, hxl="#country+name"),
        incident_column("country_id", "Gleditsch and Ward's number, where listed", _country_id, _INTEGER),
        incident_column("region", "UCDP's, where the country is listed", lambda i: (c := codes.country_of(i)) and c.ucdp_region),
        incident_column("event_clarity", "always 1: claims that count several events are in no incident", lambda _: 1, _INTEGER),
        incident_column("date_prec", codes.date_prec.__doc__ or "", lambda i: (d := codes.span_days(i)) and codes.date_prec(d), _INTEGER),
        incident_column("date_start", "the first day on which it can have been; where no claim says when, two days before the first report, as code_status says", lambda i: (d := codes.find_days(i)) and d[0], _DATE, "#date+start"),
        incident_column("date_end", "the last", lambda i: (d := codes.find_days(i)) and d[1], _DATE, "#date+end"),
        incident_column("deaths_a", "0: to which side the dead belonged isn't told; they are in deaths_unknown", _side_deaths, _INTEGER),
        incident_column("deaths_b", "0, as deaths_a", _side_deaths, _INTEGER),
        incident_column("deaths_civilians", "the best estimate of those said to be civilians", lambda i: _deaths(i)[0], _INTEGER),
        incident_column("deaths_unknown", "the rest of the best estimate", lambda i: _deaths(i)[1], _INTEGER),
        incident_column("best", "the rule's best estimate; empty where it has none and the bounds differ", lambda i: codes.best(codes.total(i, Harm.KILLED)), _INTEGER, "#affected+killed"),
        incident_column("high", "the rule's upper bound", lambda i: _bound(i, "high"), _INTEGER, "#affected+killed+max"),
        incident_column("low", "its lower bound", lambda i: _bound(i, "low"), _INTEGER, "#affected+killed+min"),
        incident_column("gwnoa", "Gleditsch and Ward's number of the state of side a", lambda i: gwno_of(main_actor(i)), _INTEGER),
        empty_column("gwnob", "side b is no state", _INTEGER),
    ),
    rows_of=one,
    key=("id",),
    refuses=_refuses,
)  # fmt: skip
