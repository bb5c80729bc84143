"""Airwars' researchers' columns, in their order, and three of our own behind them: one row an incident.

Source: Airwars, methodology note and data dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from harmledger.domain import (
    TAKEN_OUT,
    BlamedActor,
    ClaimedFigure,
    ExportedIncident,
    Harm,
    MeansKind,
    PlacePrecision,
    Polarity,
    RollUp,
    VictimGroup,
    VictimKind,
)
from harmledger.publish.exports import codes
from harmledger.publish.exports.sides import belligerents
from harmledger.publish.exports.table import Cell, CellType, Column, Table, empty_column, incident_column, join, one

MOST_BELLIGERENTS = 5
"""Groups of belligerents' columns: as many as the fullest of the 7,299 incidents in Syria that Airwars publishes has."""
_INTEGER, _NUMBER, _DATE = CellType.INTEGER, CellType.NUMBER, CellType.DATE
_ARABIC = re.compile("[\u0600-\u06ff]")
_STRIKES = {
    MeansKind.AIRSTRIKE: "Airstrike",
    MeansKind.DRONE_STRIKE: "Drone Strike",
    MeansKind.SHELLING: "Artillery",
    MeansKind.ROCKET_OR_MISSILE: "Airstrike and/or Artillery",
    MeansKind.GROUND_ATTACK: "Ground operation",
    MeansKind.SHOOTING: "Ground operation",
    MeansKind.EXECUTION: "Ground operation",
}
_SMALL_ARMS = frozenset((MeansKind.SHOOTING, MeansKind.EXECUTION))
_UNTOLD = frozenset((MeansKind.OTHER, MeansKind.GROUND_ATTACK, MeansKind.CHEMICAL))

Of = tuple[VictimKind | None, VictimGroup | None]
CATEGORIES: dict[str, tuple[Of, str]] = {
    "civilian_non_combatants": ((VictimKind.CIVILIAN, None), "said to be civilians"),
    "children": ((None, VictimGroup.CHILDREN), "children"),
    "women": ((None, VictimGroup.WOMEN), "women"),
    "men": ((None, VictimGroup.MEN), "men"),
    "journalists": ((None, VictimGroup.JOURNALISTS), "journalists"),
    "healthcare_personnel": ((None, VictimGroup.HEALTH_WORKERS), "health workers"),
    "other_protected_persons": ((None, VictimGroup.AID_WORKERS), "aid workers"),
    "belligerents": ((VictimKind.COMBATANT, None), "said to be combatants"),
    "undetermined": ((VictimKind.UNKNOWN, None), "of whom nobody says what they were"),
}


def _means(incident: ExportedIncident) -> MeansKind | None:
    return incident.means[0] if incident.means else None


def _strike_status(incident: ExportedIncident) -> str | None:
    actors = belligerents(incident)
    if any(actor.admits for actor in actors):
        return "Declared strike"
    if len(actors) > 1:
        return "Contested strike"
    return "Single source claim" if len(codes.independent(incident)) == 1 else "Likely strike"


def _cause(incident: ExportedIncident) -> str | None:
    means = _means(incident)
    if means is None or means in _UNTOLD:
        return None
    return "small_arms_and_light_weapons" if means in _SMALL_ARMS else "heavy_weapons_and_explosive_munitions"


def _reported(incident: ExportedIncident) -> str:
    """Yes unless all who are said to be harmed are said to be combatants."""
    return "no" if codes.kinds_of(incident) == frozenset((VictimKind.COMBATANT,)) else "yes"


def _arabic(incident: ExportedIncident) -> str | None:
    words = incident.place.words if incident.place else ""
    return words if _ARABIC.search(words) else None


def _date_type(incident: ExportedIncident) -> str | None:
    days = codes.span_days(incident)
    return None if days is None else "date" if days == 1 else "date_range"


def _date_end(incident: ExportedIncident) -> Cell:
    return incident.latest if incident.latest != incident.earliest else None


def _accuracy(incident: ExportedIncident) -> str:
    precision = incident.place.precision if incident.place else PlacePrecision.UNASSIGNED
    return re.sub("[^a-z]+", "_", precision.value)


def _country(incident: ExportedIncident) -> str | None:
    country = codes.country_of(incident)
    return country and country.name


# --- figures ---------------------------------------------------------------------------------------------------------


def _figures() -> Iterator[Column[ExportedIncident]]:
    for name, (of, whom) in CATEGORIES.items():
        for harm in (Harm.KILLED, Harm.INJURED):
            for end, bound in (("low", "min"), ("high", "max")):
                about = f"{whom}, {harm.value}: the rule's {'lower' if end == 'low' else 'upper'} bound"
                hxl = f"#affected+{harm.value}+{bound}" if name == "civilian_non_combatants" else ""
                yield incident_column(f"{name}_{harm.value}_{bound}", about, _bound(harm, of, end), _INTEGER, hxl)


def _bound(harm: Harm, of: Of, end: str) -> Callable[[ExportedIncident], int | None]:
    kind, group = of

    def get(incident: ExportedIncident) -> int | None:
        figure: RollUp | None = codes.total(incident, harm, kind=kind, group=group)
        return getattr(figure, end) if figure else None

    return get


# --- belligerents ----------------------------------------------------------------------------------------------------


def _belligerents() -> Iterator[Column[ExportedIncident]]:
    for n in range(MOST_BELLIGERENTS):
        prefix = f"belligerent_{n + 1}"
        yield incident_column(
            f"{prefix}_name",
            "who is blamed, of those whom the registry knows",
            _of(n, lambda _, a: a.name),
            hxl="#group+name" if not n else "",
        )
        yield incident_column(
            f"{prefix}_type",
            "known where it says that it struck, else suspected",
            _of(n, lambda _, a: "known" if a.admits else "suspected"),
        )
        yield incident_column(
            f"{prefix}_assessment",
            "credible where it counts dead itself who were no combatants, non_credible where it denies, else empty: not known whether it looked into it",
            _of(n, _assessment),
        )
        yield incident_column(
            f"{prefix}_deaths_conceded_min",
            "the fewest that it says itself were killed, combatants aside",
            _of(n, lambda i, a: _conceded(i, a)[0]),
            _INTEGER,
        )
        yield incident_column(f"{prefix}_deaths_conceded_max", "the most", _of(n, lambda i, a: _conceded(i, a)[1]), _INTEGER)  # fmt: skip


def _of(n: int, get: Callable[[ExportedIncident, BlamedActor], Cell]) -> Callable[[ExportedIncident], Cell]:
    def nth(incident: ExportedIncident) -> Cell:
        actors = belligerents(incident)
        return get(incident, actors[n]) if n < len(actors) else None

    return nth


def _assessment(incident: ExportedIncident, actor: BlamedActor) -> str | None:
    """To admit a strike is not to concede that it harmed civilians."""
    if _conceded(incident, actor) != (None, None):
        return "credible"
    return "non_credible" if actor.denies else None


def _conceded(incident: ExportedIncident, actor: BlamedActor) -> tuple[int | None, int | None]:
    own = [figure for figure in incident.figures if _concedes(figure, actor)]
    bounds = [bound for figure in own for bound in (figure.low, figure.high) if bound is not None]
    return min(bounds, default=None), max(bounds, default=None)


def _concedes(figure: ClaimedFigure, actor: BlamedActor) -> bool:
    """Whether the actor itself counts these dead, and still does."""
    says_so = figure.claimant.key == actor.actor_id and figure.polarity is Polarity.ASSERTED
    stands = figure.superseded is None and figure.standing not in TAKEN_OUT
    return says_so and stands and figure.harm is Harm.KILLED and figure.kind is not VictimKind.COMBATANT


AIRWARS = Table(
    name="airwars",
    about=(
        "Airwars' researchers' columns, and behind them the rule, the proposed grade and why it is proposed. Keeps both bounds of every group, "
        "conceded deaths and every incident, whether its place and day are known or not. Lost are quotes, superseded figures and who says what. "
        "civilian_harm_status is empty: people set grades."
    ),
    columns=(
        incident_column("code", "HL and the first twelve letters of the incident's id", lambda i: codes.event_id(i.incident_id)),
        incident_column("previous_codes", "of incidents that were merged into it", lambda i: join(map(codes.event_id, i.old_ids), by=", ")),
        incident_column("date_type", "date, or date_range", _date_type),
        incident_column("date", "the first day on which it can have been", lambda i: i.earliest, _DATE, "#date+start"),
        incident_column("date_end", "the last, where it is another", _date_end, _DATE, "#date+end"),
        empty_column("local_time", "hours aren't read"),
        incident_column("country_name", "", _country, hxl="#country+name"),
        incident_column("location_name", "the place's name in the gazetteer, else its words", lambda i: i.place and (i.place.name or i.place.words), hxl="#loc+name"),
        incident_column("location_name_arabic", "the report's words for it, where they are Arabic", _arabic),
        incident_column("region", "first-order division", lambda i: i.place and i.place.admin1, hxl="#adm1+name"),
        incident_column("strike_status", "Declared strike where somebody who is blamed admits, Contested strike where several are blamed, Single source claim where one report tells, else Likely strike", _strike_status),
        incident_column("strike_type", "by the means that most claims name; Unknown where nobody says", lambda i: _STRIKES.get(_means(i) or MeansKind.OTHER, "Unknown")),
        incident_column("civilian_harm_reported", _reported.__doc__ or "", _reported),
        empty_column("civilian_harm_status", "people set grades, no machine does; see proposed_civilian_harm_status"),
        incident_column("cause_of_death_injury", "by the means", _cause),
        incident_column("latitude", "of the place", lambda i: i.place and i.place.lat, _NUMBER, "#geo+lat"),
        incident_column("longitude", "of the place", lambda i: i.place and i.place.lon, _NUMBER, "#geo+lon"),
        incident_column("geolocation_accuracy", "Airwars' list, finest first, with _ for what is no letter", _accuracy),
        empty_column("num_victims", "victims' records are withheld", _INTEGER),
        empty_column("num_victims_named", "victims' records are withheld", _INTEGER),
        *_figures(),
        incident_column("num_sources", "reports that copy no other", lambda i: len(codes.independent(i)), _INTEGER, "#meta+sources+num"),
        *_belligerents(),
        incident_column("rule", "which made the figures", lambda i: i.rule.value),
        incident_column("proposed_civilian_harm_status", "the grade that Airwars' definitions suggest; a person must set it", lambda i: i.grade.grade and i.grade.grade.value.capitalize()),
        incident_column("proposed_because", "why", lambda i: i.grade.reason),
    ),
    rows_of=one,
    key=("code",),
)  # fmt: skip
