"""Whom recorders would write as the sides of an event, from who is blamed and who was harmed.

Only whom the registry knows becomes a side: "gunmen" and "its aircraft" name nobody. Whom several blame are not each other's opponents, so
none of them is the other side. Nobody's guilt is told by it: a blamed actor is one that some claimant names.
"""

from __future__ import annotations

from enum import IntEnum

from harmledger.domain import BlamedActor, ExportedIncident, MeansKind, VictimKind
from harmledger.publish.exports.codes import country_of, kinds_of
from harmledger.resources.recorders import get_country
from harmledger.resources.registry import ActorKind, load_registry

_OF_A_STATE = frozenset(
    (ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.MINISTRY, ActorKind.POLICE, ActorKind.MILITARY)
)
_AIMED = frozenset((MeansKind.EXECUTION, MeansKind.SHOOTING, MeansKind.GROUND_ATTACK))
"""Means by which people are harmed whom somebody sees."""
CIVILIANS = "Civilians"


class Inter(IntEnum):
    """ACLED's codes for kinds of actors."""

    NONE = 0
    STATE_FORCES = 1
    REBEL_GROUP = 2
    CIVILIANS = 7
    EXTERNAL_FORCES = 8


def is_state(actor: BlamedActor) -> bool:
    """Whether the registry has it as a state's, or a coalition of states."""
    return kind_of(actor) in _OF_A_STATE | {ActorKind.COALITION}


def kind_of(actor: BlamedActor) -> ActorKind | None:
    """What the registry says that it is."""
    entry = load_registry().get(actor.actor_id) if actor.actor_id else None
    return entry and entry.kind


def home_of(actor: BlamedActor) -> str | None:
    """The state whose it is."""
    entry = load_registry().get(actor.actor_id) if actor.actor_id else None
    return entry.countries[0] if entry and entry.countries and entry.kind in _OF_A_STATE else None


def gwno_of(actor: BlamedActor | None) -> int | None:
    """Gleditsch and Ward's number of the state whose it is."""
    home = home_of(actor) if actor else None
    return get_country(home).gwno if home else None


def is_one_sided(incident: ExportedIncident) -> bool:
    """Whether all who were harmed are said to be civilians, by means that are aimed at people."""
    return (
        kinds_of(incident) == frozenset((VictimKind.CIVILIAN,)) and bool(incident.means) and incident.means[0] in _AIMED
    )


def belligerents(incident: ExportedIncident) -> list[BlamedActor]:
    """Those blamed whom the registry knows, most often blamed first."""
    return [actor for actor in incident.actors if actor.actor_id]


def main_actor(incident: ExportedIncident) -> BlamedActor | None:
    """Whom most claims blame."""
    return next(iter(belligerents(incident)), None)


def type_of_violence(incident: ExportedIncident) -> int | None:
    """UCDP's: 3 one-sided, 1 state-based; None where claims don't tell, as they never do of two groups that fight each other."""
    actor = main_actor(incident)
    if actor is None or kind_of(actor) is None:
        return None
    if is_one_sided(incident):
        return 3
    return 1 if is_state(actor) else None


def inter(actor: BlamedActor | None, incident: ExportedIncident) -> Inter:
    """ACLED's code of a blamed actor; a militia can't be told from a rebel group, so an armed group is one."""
    kind = kind_of(actor) if actor else None
    if actor is None or kind is None:
        return Inter.NONE
    if kind is ActorKind.ARMED_GROUP:
        return Inter.REBEL_GROUP
    if kind is ActorKind.COALITION:
        return Inter.EXTERNAL_FORCES
    country = country_of(incident)
    at_home = country is not None and home_of(actor) == country.code
    return (Inter.STATE_FORCES if at_home else Inter.EXTERNAL_FORCES) if kind in _OF_A_STATE else Inter.NONE


def interaction(first: Inter, second: Inter) -> int:
    """ACLED's: both codes, the smaller first, and a lone one with 0 behind it."""
    low, high = sorted((first, second))
    return high * 10 if low is Inter.NONE else low * 10 + high
