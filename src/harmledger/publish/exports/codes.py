"""What recorders code, from what claims say: how exact a place and a day are, figures of a rule, sources.

Source: UCDP GED codebook; ACLED codebook; Airwars' researchers' columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from harmledger.domain import (
    TAKEN_OUT,
    ExportedDocument,
    ExportedIncident,
    ExportedPlace,
    Harm,
    PlacePrecision,
    RollUp,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.resources.recorders import Country, get_country

_POINT = frozenset(
    (
        PlacePrecision.EXACT,
        PlacePrecision.LANDMARK,
        PlacePrecision.STREET,
        PlacePrecision.NEIGHBOURHOOD,
        PlacePrecision.VILLAGE,
        PlacePrecision.TOWN,
        PlacePrecision.CITY,
    )
)
"""At most a city's reach, which both UCDP and ACLED take for a known point."""
_AREA = frozenset((PlacePrecision.SUBDISTRICT, PlacePrecision.DISTRICT))
LONGEST_WEEK_DAYS = 7
LONGEST_MONTH_DAYS = 31
LONGEST_YEAR_DAYS = 366


def where_prec(place: ExportedPlace) -> int:
    """UCDP's: 1 a known point, 3 a second-order division, 4 a first-order one, 5 another named stretch of land, 6 a country."""
    if place.precision in _POINT:
        return 1
    if place.precision in _AREA:
        return 3
    if place.precision is PlacePrecision.PROVINCE:
        return 4 if place.admin1 else 5
    return 6


def geo_precision(place: ExportedPlace) -> int:
    """ACLED's: 1 a town, 2 part of a region, 3 a larger region."""
    if place.precision in _POINT:
        return 1
    return 2 if place.precision in _AREA else 3


def find_days(incident: ExportedIncident) -> tuple[date, date] | None:
    """The first and the last day on which it can have been: as claims state them, else those supposed from the first report's publication."""
    if incident.earliest and incident.latest:
        return incident.earliest, incident.latest
    return incident.supposed


def tell_supposed(incident: ExportedIncident) -> str | None:
    """That the days are no claim's, where they aren't."""
    stated = incident.earliest and incident.latest
    return None if stated or not incident.supposed else "days supposed from publication"


def span_days(incident: ExportedIncident) -> int | None:
    """From the first to the last day on which it can have been, both counted; None where either isn't known."""
    days = find_days(incident)
    return days and (days[1] - days[0]).days + 1


def date_prec(days: int) -> int:
    """UCDP's: 1 a day, 2 two to six, 3 a week, 4 up to a month, 5 up to a year."""
    if days < LONGEST_WEEK_DAYS:
        return 1 if days == 1 else 2
    if days == LONGEST_WEEK_DAYS:
        return 3
    return 4 if days <= LONGEST_MONTH_DAYS else 5


def time_precision(days: int) -> int:
    """ACLED's: 1 a day, 2 a week, 3 a month."""
    if days == 1:
        return 1
    return 2 if days <= LONGEST_WEEK_DAYS else 3


def middle_day(incident: ExportedIncident) -> date | None:
    """The day in the middle, which ACLED writes where only a week or a month is known."""
    days = find_days(incident)
    return days and days[0] + (days[1] - days[0]) // 2


def country_of(incident: ExportedIncident) -> Country | None:
    """The country it was in."""
    return get_country(incident.place.country) if incident.place and incident.place.country else None


def has_point(incident: ExportedIncident) -> bool:
    """Whether it has coordinates and a country."""
    place = incident.place
    return place is not None and place.lat is not None and place.lon is not None and place.country is not None


def total(
    incident: ExportedIncident, harm: Harm, *, kind: VictimKind | None = None, group: VictimGroup | None = None
) -> RollUp | None:
    """What the rule makes of the figures for one harm and group; None where there are none."""
    return next((t for t in incident.totals if (t.harm, t.kind, t.group) == (harm, kind, group)), None)


def best(figure: RollUp | None) -> int | None:
    """The rule's best estimate; where it has none, the bounds where they agree."""
    if figure is None or figure.best is not None:
        return figure and figure.best
    return figure.low if figure.low == figure.high else None


def kinds_of(incident: ExportedIncident) -> frozenset[VictimKind]:
    """Who was harmed, as anybody asserts."""
    standing = (f for f in incident.figures if f.polarity == "asserted" and f.standing not in TAKEN_OUT)
    return frozenset(figure.kind for figure in standing)


def independent(incident: ExportedIncident) -> list[ExportedDocument]:
    """The reports that aren't copies of another one of them."""
    here = {document.document_id for document in incident.documents}
    return [document for document in incident.documents if document.copy_of not in here]


def is_accepted(incident: ExportedIncident) -> bool:
    """Whether people accepted every claim that the figures of those killed stand on."""
    killed = total(incident, Harm.KILLED)
    standing = {figure.claim_id: figure.standing for figure in incident.figures}
    return bool(killed and killed.used) and all(
        standing.get(claim) in {Verdict.ACCEPT, Verdict.CORRECT} for claim in (killed.used if killed else ())
    )


def event_id(incident_id: str, *, letters: int = 12) -> str:
    """A short id that stays the same whatever is learned of the incident."""
    return f"HL{incident_id[:letters].upper()}"


def event_number(incident_id: str) -> int:
    """The same as a number that a double holds exactly (52 bits)."""
    return int(incident_id[:13], 16)


def last_published(documents: Iterable[ExportedDocument]) -> date | None:
    """When the latest report came out."""
    return max((d.published for d in documents if d.published), default=None)
