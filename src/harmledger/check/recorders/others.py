"""The events of UCDP GED, ACLED and Iraq Body Count, by the columns of their tables.

Source: UCDP GED codebook; ACLED codebook; Iraq Body Count, incident table.
"""

from __future__ import annotations

from datetime import timedelta

from harmledger.check.recorders.cells import Row, days, figure, people, point, required, text
from harmledger.domain import Harm, RecordedFigure, RecordedIncident

_UCDP_RADIUS_M = {"1": 2000, "2": 25_000, "3": 30_000, "4": 60_000, "5": 60_000, "6": 250_000, "7": 250_000}
_ACLED_RADIUS_M = {"1": 5000, "2": 20_000, "3": 60_000}
"""By the recorders' codes for how exact a point is (where_prec, geo_precision)."""
_IBC_RADIUS_M = 30_000
"""It gives names of places and no points; the reach only serves where a copy adds points."""
_ACLED_MARGIN_DAYS = {"1": 0, "2": 3, "3": 15}
"""time_precision: a day, a week around it, a month around it."""


def parse_ucdp(row: Row) -> RecordedIncident:
    """One event of UCDP GED; its range is low to high of all deaths, whoever died."""
    earliest, latest = days(row, ("date_start",), ("date_end",))
    lat, lon = point(row, "latitude", "longitude")
    accuracy = text(row, "where_prec")
    return RecordedIncident(
        code=required(row, "id"),
        earliest=earliest,
        latest=latest,
        place=text(row, "where_coordinates", "where_description"),
        admin1=text(row, "adm_1"),
        country=text(row, "country"),
        lat=lat,
        lon=lon,
        accuracy=accuracy,
        radius_m=_UCDP_RADIUS_M.get(accuracy or "", 30_000),
        belligerents=tuple(filter(None, (text(row, "side_a"), text(row, "side_b")))),
        grade=_clarity(text(row, "event_clarity")),
        figures=tuple(figure(row, "low", "high", harm=Harm.KILLED)),
    )


def _clarity(code: str | None) -> str | None:
    return code and f"event_clarity {code}"


def parse_acled(row: Row) -> RecordedIncident:
    """One event of ACLED; its one figure is a conservative one, so both ends of the range."""
    earliest, _ = days(row, ("event_date",), ())
    lat, lon = point(row, "latitude", "longitude")
    accuracy, fatalities = text(row, "geo_precision"), people(row, "fatalities")
    margin = timedelta(days=_ACLED_MARGIN_DAYS.get(text(row, "time_precision") or "1", 0))
    return RecordedIncident(
        code=required(row, "event_id_cnty"),
        earliest=earliest - margin,
        latest=earliest + margin,
        place=text(row, "location"),
        admin1=text(row, "admin1"),
        country=text(row, "country"),
        lat=lat,
        lon=lon,
        accuracy=accuracy,
        radius_m=_ACLED_RADIUS_M.get(accuracy or "", 20_000),
        belligerents=tuple(filter(None, (text(row, "actor1"), text(row, "actor2")))),
        means=text(row, "sub_event_type"),
        figures=() if fatalities is None else (RecordedFigure(harm=Harm.KILLED, low=fatalities, high=fatalities),),
    )


def parse_ibc(row: Row) -> RecordedIncident:
    """One incident of Iraq Body Count, whose columns differ a little from release to release."""
    earliest, latest = days(row, ("date", "start date"), ("end date", "date_end"))
    lat, lon = point(row, "latitude", "longitude")
    return RecordedIncident(
        code=text(row, "code", "ibc code", "ibc_code") or f"{earliest} {required(row, 'place', 'location')}",
        earliest=earliest,
        latest=latest,
        place=text(row, "place", "location"),
        country="Iraq",
        lat=lat,
        lon=lon,
        radius_m=_IBC_RADIUS_M,
        belligerents=tuple(filter(None, (text(row, "killers"),))),
        means=text(row, "weapons"),
        grade=text(row, "status"),
        figures=(
            *figure(row, *_first(row, _IBC_DEATHS), harm=Harm.KILLED),
            *figure(row, *_first(row, _IBC_INJURIES), harm=Harm.INJURED),
        ),
    )


_IBC_DEATHS = (
    ("minimum deaths", "maximum deaths"),
    ("deaths_min", "deaths_max"),
    ("min deaths", "max deaths"),
    ("reported minimum", "reported maximum"),
)
_IBC_INJURIES = (
    ("minimum injuries", "maximum injuries"),
    ("injuries_min", "injuries_max"),
    ("min injuries", "max injuries"),
)


def _first(row: Row, pairs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    return next((pair for pair in pairs if pair[0] in row), pairs[0])
