"""Independent recorders: whose table it is, by its columns, and each row as a RecordedIncident.

Comes in: rows as mappings of column names in lower case. Goes out: incidents with the recorder's own codes; a row that is none raises BadInput.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from harmledger.check.recorders.airwars import parse_airwars
from harmledger.check.recorders.cells import Row
from harmledger.check.recorders.others import parse_acled, parse_ibc, parse_ucdp
from harmledger.domain import RecordedIncident


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """A recorder whose tables are known: how to tell them, read them and cite them."""

    id: str
    name: str
    licence: str
    """What holds unless the giver says otherwise."""
    citation: str
    marks: tuple[frozenset[str], ...]
    """Columns by which its tables are known; any of these sets will do."""
    parse: Callable[[Row], RecordedIncident]


RECORDERS = (
    Recorder(
        id="ucdp",
        name="UCDP GED",
        licence="CC BY 4.0",
        citation="Uppsala Conflict Data Program, Georeferenced Event Dataset; Sundberg and Melander (2013), Journal of Peace Research 50(4)",
        marks=(frozenset(("id", "date_start", "best", "low", "high", "side_a")),),
        parse=parse_ucdp,
    ),
    Recorder(
        id="acled",
        name="ACLED",
        licence="ACLED's terms of use",
        citation="Armed Conflict Location & Event Data (ACLED); Raleigh, Linke, Hegre and Karlsen (2010), Journal of Peace Research 47(5)",
        marks=(frozenset(("event_id_cnty", "event_date", "fatalities")),),
        parse=parse_acled,
    ),
    Recorder(
        id="airwars",
        name="Airwars",
        licence="none stated",
        citation="Airwars, civilian harm incidents",
        marks=(frozenset(("code", "date", "belligerent")), frozenset(("code", "date", "civilian_harm_status"))),
        parse=parse_airwars,
    ),
    Recorder(
        id="ibc",
        name="Iraq Body Count",
        licence="Iraq Body Count's terms of use",
        citation="Iraq Body Count, documented civilian deaths from violence",
        marks=(
            frozenset(("date", "place", "minimum deaths")),
            frozenset(("date", "place", "deaths_min")),
            frozenset(("ibc code", "start date", "reported minimum")),
        ),
        parse=parse_ibc,
    ),
)
"""The more telling columns first."""
UCDP_COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob".split()
)
"""Some releases of UCDP GED come without a header: a first row of so many cells that begins with a number is an event."""


def find_recorder(columns: Collection[str]) -> Recorder | None:
    """Whose table has these columns."""
    names = frozenset(columns)
    return next((recorder for recorder in RECORDERS if any(marks <= names for marks in recorder.marks)), None)


def name_columns(first: list[str]) -> tuple[list[str], bool]:
    """The columns' names by a table's first row, and whether that row is a header."""
    if len(first) == len(UCDP_COLUMNS) and first[0].strip().isdecimal():
        return list(UCDP_COLUMNS), False
    return [cell.strip().lower().strip('"') for cell in first], True
