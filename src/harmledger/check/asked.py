"""What of a claim can be set beside a recorded incident, from the claim record of a report.

Comes in: the record that `read` gives, from a file or a ledger. Goes out: one Asked a claim, in the record's order. What the record doesn't say
is None; a claim without a day of its own is dated by its report's publication, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from harmledger.check.names import NamedIn, name_words
from harmledger.text.dates import find_dates
from harmledger.text.dates.meaning import Calendar, Since, Span, Until
from harmledger.text.iso import parse_day
from harmledger.text.transliterate import is_arabic

Record = Mapping[str, Any]

LONGEST_DATING_DAYS = 31
"""A stretch of more days than a month dates nothing."""
WIDEST_PLACE_M = 100_000
"""A wider place is a country or a quarter of one: it tells no incident from another."""
REPORTED_WITHIN_DAYS = 14
"""How long before its publication a report's event may lie: of the dated reports learnt from, nine in ten tell of the two weeks before."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim as a question to a recorder: when, where, who, what, how many."""

    claim_id: str
    harm: str
    group: str | None
    low: int | None
    high: int | None
    scope: str
    polarity: str
    place: str | None
    """The report's words, and the gazetteer's name for them."""
    place_names: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_m: int | None
    admin1: str | None
    earliest: date | None
    latest: date | None
    """The days that the claim itself says; both None where it says none that can be told."""
    year_is_told: bool
    """Whether the claim's own words or the report's publication give the year; else it was taken from elsewhere in the text."""
    month: int | None
    day: int | None
    """Of a day whose year isn't told ("August 28")."""
    weekday: int | None
    """Monday is 0; of words such as "Friday", where the week isn't known."""
    published_earliest: date | None
    published_latest: date | None
    actor_id: str | None
    actor: str | None
    means: str | None
    named: NamedIn
    """Places that the report's words may name."""
    beside: tuple[tuple[str, str | None, int | None, int | None], ...] = ()
    """Harm, group, low and high of the report's other claims of the same place and time."""

    @property
    def is_placed(self) -> bool:
        """Whether it names a place finer than a country."""
        if self.lat is None:
            return any(name[:1].isupper() or is_arabic(name) for word in self.place_names for name in word.split())
        return (self.radius_m or 0) <= WIDEST_PLACE_M

    @property
    def is_dated(self) -> bool:
        """Whether its own days, or its report's, lie within a month."""
        if self.earliest:
            return self.year_is_told and _is_short(self.earliest, self.latest)
        return _is_short(self.published_earliest, self.published_latest)

    @property
    def window(self) -> tuple[date | None, date | None]:
        """Between which days a recorded incident may lie."""
        if self.earliest and not self.year_is_told:
            return self.earliest, None
        if self.earliest and self.latest:
            return self.earliest, self.latest
        first = self.earliest or self.published_earliest
        if first and not self.earliest and self.is_dated:
            first -= timedelta(days=REPORTED_WITHIN_DAYS)
        return first, self.latest or self.published_latest


def ask_record(record: Record) -> list[Asked]:
    """The claims of one report as questions, in its order."""
    document, claims = record["document"], record["claims"]
    named_in_report = name_words(document["text"])
    return [_ask(claim, document, named_in_report, tuple(_beside(claim, claims))) for claim in claims]


def _ask(claim: Record, document: Record, named: frozenset[str], beside: tuple[Any, ...]) -> Asked:
    place, when, victims = _part(claim, "place"), _part(claim, "when"), _part(claim, "victims")
    actor = _part(claim, "actor")
    year_is_told = bool(_YEAR.search(when.get("exact", ""))) or document["published_from"] is not None
    month, day, weekday = _undated(when, year_is_told=year_is_told)
    return Asked(
        claim_id=claim["claim_id"],
        harm=claim["harm"],
        group=victims.get("group"),
        low=claim["count"]["low"],
        high=claim["count"]["high"],
        scope=claim["scope"],
        polarity=claim["polarity"],
        place=place.get("exact"),
        place_names=tuple(dict.fromkeys(filter(None, (place.get("exact"), place.get("name"))))),
        lat=place.get("lat"),
        lon=place.get("lon"),
        radius_m=place.get("radius_m"),
        admin1=place.get("admin1"),
        earliest=parse_day(when.get("earliest")),
        latest=parse_day(when.get("latest")),
        year_is_told=year_is_told,
        month=month,
        day=day,
        weekday=weekday,
        published_earliest=parse_day(document["published_earliest"] or document["published"]),
        published_latest=parse_day(document["published_latest"]),
        actor_id=actor.get("id"),
        actor=actor.get("name"),
        means=_part(claim, "means").get("kind"),
        named=NamedIn(sentence=name_words(claim["quote"]["exact"]), report=named),
        beside=beside,
    )


def _beside(claim: Record, claims: list[Record]) -> Iterator[tuple[str, str | None, int | None, int | None]]:
    def where_and_when(each: Record) -> tuple[object, ...]:
        place, when = _part(each, "place"), _part(each, "when")
        return place.get("id") or place.get("exact"), when.get("earliest"), when.get("latest")

    for other in claims:
        if other["claim_id"] != claim["claim_id"] and where_and_when(other) == where_and_when(claim):
            group = _part(other, "victims").get("group")
            yield other["harm"], group, other["count"]["low"], other["count"]["high"]


def _part(claim: Record, name: str) -> Record:
    """A field of the record; an empty one where nothing is stated."""
    return claim[name] or {}


def _is_short(first: date | None, last: date | None) -> bool:
    return bool(first and last and (last - first).days <= LONGEST_DATING_DAYS)


def _undated(when: Record, *, year_is_told: bool) -> tuple[int | None, int | None, int | None]:
    """Month and day, or the weekday, of words whose year or week can't be told."""
    if not when or (year_is_told and (when.get("earliest") or when.get("latest"))):
        return None, None, None
    for dated in find_dates(when["exact"]):
        match dated.meaning:
            case Calendar() as named:
                pass
            case Span(first=Calendar() as named) | Since(first=Calendar() as named) | Until(last=Calendar() as named):
                pass
            case _:
                continue
        return (named.month, named.day, None) if named.month and named.day else (None, None, named.weekday)
    return None, None, None
