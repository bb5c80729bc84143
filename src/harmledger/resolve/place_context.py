"""What a text as a whole says of where it speaks of: its countries, and the places that need no telling apart."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from harmledger.geo import flat_km
from harmledger.resolve.place_mentions import FindsPlaces, Mention, find_mentions
from harmledger.resolve.place_words import FORCES
from harmledger.resources.gazetteer import AT_WAR, Closeness, Entry, PlaceKind, country_adjectives, read_reviewed
from harmledger.text.transliterate import is_arabic

MAX_SURVEYED = 60_000
"""Code points of a text that are looked over: ten thousand words; longer texts repeat themselves."""
IN_COUNTRY, COUNTRY, ADJECTIVE, ACTING, TOWN, SEAT = 2.0, 1.0, 0.7, 0.15, 1.0, 0.3
"""What a mention counts for its country: "in Syria", "Syria", "Syrian", "Russian warplanes", a place, a seat of power."""
SEATS = frozenset("Washington Moscow Ankara Tehran London Paris Beijing Brussels Geneva New-York Riyadh Doha".split())
"""Capitals that in war reports mostly stand for a government or a dateline."""
KNOWN_PEOPLE = 100_000
"""Outside of countries at war a smaller town's name is more likely a chance likeness."""
MAIN_SHARE = 0.5
"""A text is about a country when at least half of what it says of countries is."""
_IN = re.compile(
    r"\b(?:in|across|inside|into|northern|southern|eastern|western|central)\s+(?:the\s+)?$|(?:في|داخل)\s+$"
)
_NEXT = re.compile(r"\W{0,3}([\w.]+)")
_ADJECTIVE = re.compile(r"[A-Z][a-z]+|(?<![\u0621-\u0652])ال[\u0621-\u0652]+ي(?:ة|ين|ون)?")
_TOWN_KINDS = frozenset(
    {PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK}
)
_SETTLED = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text's countries by weight, and the places it surely names, with their offsets."""

    countries: Mapping[str, float]
    places: Sequence[tuple[int, Entry]]

    def share(self, country: str | None) -> float:
        """How much of what the text says of countries is about this one, 0 to 1."""
        total = sum(self.countries.values())
        return self.countries.get(country, 0.0) / total if total and country else 0.0

    def neighbours(self, entry: Entry, km: float) -> float:
        """1 if the text names another place within so many kilometres, less the farther it is."""
        near = min(
            (flat_km(entry.lat, entry.lon, other.lat, other.lon) for _, other in self.places if other.id != entry.id),
            default=math.inf,
        )
        return max(0.0, 1.0 - near / (2 * km)) if near < 2 * km else 0.0

    def last_of(self, noun: PlaceKind, *, before: int) -> Entry | None:
        """The place of that kind that was named last: what "the city" means."""
        kinds = _SETTLED if noun in (PlaceKind.CITY, PlaceKind.TOWN) else {noun}
        earlier = [entry for start, entry in self.places if start < before and entry.kind in kinds]
        return earlier[-1] if earlier else None

    def main_country(self) -> str | None:
        """The country that most of the text is about, if there is one: what "the country" means."""
        country = max(self.countries, key=lambda code: self.countries[code], default=None)
        return country if self.share(country) >= MAIN_SHARE else None


def survey(text: str, gazetteer: FindsPlaces) -> Surroundings:
    """Look a text over for the countries and places it names."""
    head = text[:MAX_SURVEYED]
    mentions = list(find_mentions(head, gazetteer=gazetteer))
    countries: dict[str, float] = defaultdict(float)
    for mention in mentions:
        _weigh(mention, head, countries)
    for match in _ADJECTIVE.finditer(head):
        if country := country_adjectives().get(match.group().lower()):
            countries[country] += _adjective_weight(head, match.end())
    if is_arabic(head[:2000]):
        for match in _arabic_names()[0].finditer(head):
            countries[_arabic_names()[1][match.group(1)]] += COUNTRY
    return Surroundings(countries=dict(countries), places=_sure_places(mentions, countries))


@cache
def _arabic_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of countries and provinces as Arabic writes them, and each one's country."""
    names: dict[str, str] = {}
    for file in ("divisions.csv", "countries.csv"):
        for row in read_reviewed(file):
            names |= {name: row["country"] for name in row["aliases"].split("|") if is_arabic(name)}
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\u0621-\u0652])[وفبل]{{0,2}}({longest_first})(?![\u0621-\u0652])"), names


def _weigh(mention: Mention, text: str, countries: dict[str, float]) -> None:
    """Add to the country that a mention surely lies in."""
    spelt = [n.entry for n in mention.namesakes if n.closeness is Closeness.SPELLING]
    states = [entry for entry in spelt if entry.kind is PlaceKind.COUNTRY]
    if states and states[0].country:
        before = text[max(0, mention.words.start - 20) : mention.words.start]
        countries[states[0].country] += IN_COUNTRY if _IN.search(before) else _state_weight(text, mention.words.end)
    elif country := _only(entry.country for entry in spelt) or _only(e.country for e in spelt if e.country in AT_WAR):
        known = country in AT_WAR or max(entry.population for entry in spelt) >= KNOWN_PEOPLE
        countries[country] += TOWN if known and mention.words.exact not in SEATS else SEAT


def _only(countries: Iterable[str | None]) -> str | None:
    """The one country that all of them are; None where they differ or there is none."""
    distinct = set(countries)
    return distinct.pop() if len(distinct) == 1 else None


def _state_weight(text: str, end: int) -> float:
    return COUNTRY if _adjective_weight(text, end) == ADJECTIVE else ACTING


def _adjective_weight(text: str, end: int) -> float:
    """What "Russian" counts: little before "warplanes"."""
    after = _NEXT.match(text, end)
    word = after.group(1).lower().partition("-")[0] if after else ""
    return ACTING if word in FORCES else ADJECTIVE


def _sure_places(mentions: Sequence[Mention], countries: Mapping[str, float]) -> list[tuple[int, Entry]]:
    """For each mention the namesake in the country that the text speaks of most."""
    places: list[tuple[int, Entry]] = []
    for mention in mentions:
        entries = [
            n.entry for n in mention.namesakes if n.entry.kind in _TOWN_KINDS or n.entry.kind is PlaceKind.PROVINCE
        ]
        if entries:
            best = max(
                entries, key=lambda entry: (countries.get(entry.country or "", 0.0), entry.kind != PlaceKind.PROVINCE)
            )
            places.append((mention.words.start, best))
    return places
