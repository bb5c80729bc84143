"""What speaks for a recorded incident being the one that a claim tells of: a list of features, each with its reason in words.

Comes in: a question and an incident. Goes out: for each feature that says anything, how far it holds (0 to 1) and why. What a feature weighs
is no matter of this module (see `score`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp

from harmledger.check.actors import Family, family_of, is_kin, rank_belligerents, sides_of
from harmledger.check.asked import Asked
from harmledger.check.block import REACH_KM, days_from_anniversary, incident_keys
from harmledger.check.figures import compare_figures, find_figure, render_range
from harmledger.check.geometry import direction_agreement, find_direction
from harmledger.check.means import agrees, strike_kinds
from harmledger.check.names import ONE_IN_OTHER, SAME, likeness
from harmledger.domain import RecordedIncident
from harmledger.geo import distance_km
from harmledger.resources.registry import Registry

Found = tuple[float, str] | None
Feature = Callable[["Beside"], Found]


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim beside a recorded incident."""

    asked: Asked
    incident: RecordedIncident
    family: Family
    """The incident's belligerents, as the registry knows them."""
    sides: frozenset[str]
    """Of whom the claim blames; empty where it blames nobody known."""


def put_beside(asked: Asked, incident: RecordedIncident, registry: Registry) -> Beside:
    """The pair that features look at."""
    sides = sides_of(asked.actor_id, registry) if asked.actor_id else frozenset[str]()
    return Beside(asked, incident, family_of(incident.belligerents, registry), sides)


def find_evidence(beside: Beside) -> Iterator[tuple[str, float, str]]:
    """Name, value and reason of each feature that says anything, in the list's order."""
    for name, feature in FEATURES:
        if found := feature(beside):
            yield name, *found


# --- when ------------------------------------------------------------------------------------------------------------


def same_day(beside: Beside) -> Found:
    """The claim's own day, or one of its few days."""
    gap = _gap(beside)
    if gap is None:
        return None
    told = _span(beside.asked)
    words = f"{gap} day{'s' * (gap != 1)} off the day" if gap else "among the days" if told else "the day"
    return exp(-gap) / (1 + told / 7), f"recorded on {_days(beside.incident)}, {words} that the claim tells"


def day_without_year(beside: Beside) -> Found:
    """A day of an unknown year ("August 28")."""
    asked, incident = beside.asked, beside.incident
    if not (asked.month and asked.day):
        return None
    gap = days_from_anniversary(incident, asked.month, asked.day)
    return exp(-gap), f"recorded on {_days(incident)}; the claim says the day without a year"


def same_weekday(beside: Beside) -> Found:
    """A weekday of an unknown week ("Friday")."""
    asked, incident = beside.asked, beside.incident
    if asked.weekday is None or incident.earliest != incident.latest:
        return None
    same = incident.earliest.weekday() == asked.weekday
    return (1.0, f"{incident.earliest:%d %B %Y} was the weekday that the claim tells") if same else None


def before_publication(beside: Beside) -> Found:
    """How shortly before the report's publication, where the claim has no day of its own."""
    asked, incident = beside.asked, beside.incident
    if asked.earliest or not (asked.is_dated and asked.published_earliest):
        return None
    gap = (asked.published_earliest - incident.latest).days
    days = max(0, gap)
    return (
        exp(-days / 3),
        f"recorded {days} day{'s' * (days != 1)} before the report's earliest publication day; the claim has none of its own",
    )


def before_capture(beside: Beside) -> Found:
    """How shortly before somebody fetched a report that has no day at all: kept reports are mostly fetched within the year."""
    asked, incident = beside.asked, beside.incident
    if asked.earliest or asked.is_dated or asked.published_latest is None:
        return None
    years = max(0, (asked.published_latest - incident.latest).days) / 365.25
    return exp(-years), f"recorded {years:.1f} years before the day by which the report was out"


def _gap(beside: Beside) -> int | None:
    asked, incident = beside.asked, beside.incident
    if asked.earliest is None or asked.latest is None or not asked.year_is_told:
        return None
    if incident.latest < asked.earliest:
        return (asked.earliest - incident.latest).days
    return max(0, (incident.earliest - asked.latest).days)


def _span(asked: Asked) -> int:
    return (asked.latest - asked.earliest).days if asked.earliest and asked.latest else 0


def _days(incident: RecordedIncident) -> str:
    first, last = incident.earliest, incident.latest
    return first.isoformat() if first == last else f"{first} to {last}"


# --- where -----------------------------------------------------------------------------------------------------------


def within_reach(beside: Beside) -> Found:
    """The distance against both radii: a claim of a region fits all within it, one of a village only what is there."""
    km = _km(beside)
    if km is None:
        return None
    reach = ((beside.asked.radius_m or 0) + beside.incident.radius_m) / 1000
    return exp(-((km / max(reach, 1)) ** 2) / 2), f"{km:.0f} km apart; both places together reach {reach:.0f} km"


def near(beside: Beside) -> Found:
    """The distance itself: of several within reach the nearer is likelier."""
    km = _km(beside)
    scale = max(_NEAR_KM, (beside.asked.radius_m or 0) / 2000)
    return None if km is None else (1 / (1 + km / scale), f"{km:.0f} km apart")


def too_far(beside: Beside) -> Found:
    """Beyond both places' reach: another place, unless one of the points is wrong."""
    km = _km(beside)
    reach = ((beside.asked.radius_m or 0) + beside.incident.radius_m) / 1000 + REACH_KM
    return (min(1.0, (km - reach) / _FAR_KM), f"{km:.0f} km apart, beyond both places") if km and km > reach else None


def in_direction(beside: Beside) -> Found:
    """It lies on the side that the words say: "south of the city", "the northern countryside"."""
    asked, incident, km = beside.asked, beside.incident, _km(beside)
    wanted = find_direction(asked.place or "")
    if (
        km is None
        or not wanted
        or asked.lat is None
        or asked.lon is None
        or incident.lat is None
        or incident.lon is None
    ):
        return None
    agreement = direction_agreement(wanted, asked.lat, asked.lon, incident.lat, incident.lon)
    far_enough = min(1.0, km / _NEAR_KM)
    return (agreement * far_enough, f"it lies on the side that “{asked.place}” says") if agreement > 0 else None


def same_name(beside: Beside) -> Found:
    """The claim's place and the recorded one, by sound and by consonants, in Latin and Arabic letters."""
    asked, theirs = beside.asked, _names(beside.incident)
    alike = likeness(asked.place_names, theirs) if asked.place_names and theirs else 0.0
    if alike == SAME and find_direction(asked.place or ""):
        alike = ONE_IN_OTHER  # "south of the city" is not the city
    return (alike, f"“{asked.place}” and “{theirs[0]}” {_how_alike(alike)}") if alike else None


def named_in_sentence(beside: Beside) -> Found:
    """The recorded place's name stands in the claim's sentence."""
    return _named(beside, beside.asked.named.sentence, "the claim's sentence")


def named_in_report(beside: Beside) -> Found:
    """The recorded place's name stands somewhere in the report."""
    return _named(beside, beside.asked.named.report, "the report")


def same_division(beside: Beside) -> Found:
    """The first-order division."""
    ours, theirs = beside.asked.admin1, beside.incident.admin1
    alike = likeness([ours], [theirs]) if ours and theirs else 0.0
    return (1.0, f"both in {ours}") if alike > 0.7 else None


_FAR_KM = 30.0
"""So far beyond reach no slip of a gazetteer between namesakes of one countryside explains it."""
_NEAR_KM = 5.0
"""Points of one town by two gazetteers differ by a few kilometres; within a wider claimed area its middle is no likelier than half its reach."""


def _km(beside: Beside) -> float | None:
    asked, incident = beside.asked, beside.incident
    if asked.lat is None or asked.lon is None or incident.lat is None or incident.lon is None:
        return None
    return distance_km(asked.lat, asked.lon, incident.lat, incident.lon)


def _names(incident: RecordedIncident) -> list[str]:
    return [name for name in (incident.place, incident.place_local) if name]


def _how_alike(alike: float) -> str:
    return "are one name" if alike == 1 else "have the same consonants" if alike > 0.7 else "share a word"


def _named(beside: Beside, words: frozenset[str], where: str) -> Found:
    names = _names(beside.incident)
    return (1.0, f"“{names[0]}” is named in {where}") if names and incident_keys(beside.incident) & words else None


# --- who, what, how many ---------------------------------------------------------------------------------------------


def same_actor(beside: Beside) -> Found:
    """Whom the claim blames is among the recorded belligerents, the likelier the earlier the recorder names it."""
    rank = rank_belligerents(beside.sides, beside.family)
    return None if rank is None else (1 / (1 + rank), f"both name {beside.family[rank].name}")


def other_actor(beside: Beside) -> Found:
    """Whom the claim blames is not among them."""
    if not (beside.sides and beside.family) or is_kin(beside.sides, beside.family):
        return None
    theirs = ", ".join(dict.fromkeys(member.name for member in beside.family))
    return 1.0, f"the claim names {beside.asked.actor}, the recorder {theirs}"


def figure_fits(beside: Beside) -> Found:
    """The claim's figure lies within the recorded range, the more telling the larger it is."""
    asked = beside.asked
    figure = find_figure(beside.incident, asked.harm, asked.group)
    close = figure and compare_figures(asked.low, asked.high, figure)
    if not (figure and close):
        return None
    return close, f"the claim's figure beside the recorded {render_range(figure)} {asked.harm}"


def figure_is_far(beside: Beside) -> Found:
    """The figure is several times as large or as small."""
    asked = beside.asked
    figure = find_figure(beside.incident, asked.harm, asked.group)
    if figure is None or (asked.scope == "part" and asked.group is None):
        return None
    close = compare_figures(asked.low, asked.high, figure)
    return (
        None
        if close >= 0.5
        else (1 - 2 * close, f"the recorded {render_range(figure)} {asked.harm} is far from the claim's figure")
    )


def figures_beside_fit(beside: Beside) -> Found:
    """What the report says of others harmed at the same place and time fits too."""
    fits: list[float] = []
    for harm, group, low, high in beside.asked.beside:
        if figure := find_figure(beside.incident, harm, group):
            fits.append(compare_figures(low, high, figure))
    return (
        (
            sum(fits) / len(fits),
            f"of the report's other figures for that place and time, {len(fits)} can be set beside the recorded ones",
        )
        if fits and any(fits)
        else None
    )


def same_means(beside: Beside) -> Found:
    """The strike type goes with the claim's means."""
    return _means(beside, wanted=True)


def other_means(beside: Beside) -> Found:
    """It doesn't."""
    return _means(beside, wanted=False)


def _means(beside: Beside, *, wanted: bool) -> Found:
    ours, theirs = beside.asked.means, beside.incident.means
    if not (ours and theirs and strike_kinds(theirs)) or agrees(ours, theirs) is not wanted:
        return None
    return 1.0, f"{ours} {'goes' if wanted else 'does not go'} with the recorded “{theirs}”"


FEATURES: tuple[tuple[str, Feature], ...] = (
    ("same day", same_day),
    ("day without year", day_without_year),
    ("same weekday", same_weekday),
    ("before publication", before_publication),
    ("before capture", before_capture),
    ("within reach", within_reach),
    ("near", near),
    ("too far", too_far),
    ("in direction", in_direction),
    ("same name", same_name),
    ("named in sentence", named_in_sentence),
    ("named in report", named_in_report),
    ("same division", same_division),
    ("same actor", same_actor),
    ("other actor", other_actor),
    ("figure fits", figure_fits),
    ("figure is far", figure_is_far),
    ("figures beside fit", figures_beside_fit),
    ("same means", same_means),
    ("other means", other_means),
)
"""All that is looked at, in the order in which it is told."""
