"""When a report that states no day of publication was published, by what it tells.

A text comes in, with the bounds already known; the likeliest day and its bounds go out, or only bounds where the text names no
year. A report that says "today, Saturday 6 November" names its day. Else it was published on the first day that fits: not
before the latest event it tells, and on or after the weekday on which somebody is said to have spoken; six days more at the
latest, since by then that weekday would name another day. The day a page was fetched bounds, and is never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from harmledger.domain import Published, PublishedFrom
from harmledger.resolve.period import Anchors, dates_of, full_date_hint, resolve_meaning
from harmledger.text.dates import DateKind, DateWords
from harmledger.text.dates.calendar import add_days, make_day, weekday_on_or_after
from harmledger.text.dates.meaning import Calendar, Turn

Range = tuple[int, int]
"""Offsets of a stretch of text, half-open."""

LATER_DAYS = 6
"""After a weekday was named, the days on which it still means the same day."""

_CLAUSE = 70
"""Code points before words of time in which a verb decides whether they are past, to come, or the time of a saying."""
_STAMP_CHARS = 60
_STAMP_LETTERS = 22
"""Letters that may stand beside a date in a line that only stamps the report (a place, a section)."""
_TO_COME = re.compile(
    r"(?:\b(?:will|would|shall|plan(?:s|ned)|scheduled|slated|due\s+(?:on|in|to\s+be|for)|expect(?:s|ed)|set\s+(?:for|to)|going\s+to|"
    r"upcoming|deadline|ahead\s+of|سوف|المقرر|المقبل|القادم)\b[^.;!?\n]*|\b(?:by|until|till|بحلول|حتى)\s+)$"
)
_BACKGROUND = re.compile(
    r"\b(?:agree(?:d|ment)|cease-?fire|truce|deal|treaty|accord|resolution|signed|began|begun|start(?:ed|ing)?|launched|broke\s+out|"
    r"outbreak|founded|established|took\s+office|came\s+to\s+power|born|anniversary|uprising|"
    r"(?:file|handout)\s+(?:photo|picture|image)\w*|photo(?:graph)?s?|picture[ds]?|(?:still|satellite)\s+images?|image\s+(?:taken|grab)|"
    r"(?:video|frame|screen)\s*-?(?:grab\w*|shot|still)|footage\s+(?:taken|shot|filmed)|is\s+seen|are\s+seen|seen\s+(?:here|on|in)|"
    r"اتفاق\w*|الاتفاق\w*|هدنة|وقف|توقيع|قرار|اندلاع|تأسيس|بدء|بداية|انطلاق|تدخل\w*|ذكرى)\b"
)
_EVENT_KINDS = frozenset({DateKind.DAY, DateKind.DAY_OF_YEAR, DateKind.SPAN})
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|announces|reported|reports|added|stated|confirmed|according\s+to|statement|briefing|"
    r"news\s+conference|declared|warned|condemned|denied|claimed|wrote|tweeted|spokes\w+|قال(?:ت)?|أعلن(?:ت)?|ذكر(?:ت)?|أفاد(?:ت)?|"
    r"أكد(?:ت)?|صرح(?:ت)?|نقل(?:ت)?|بيان)\b[^.;!?\n]*$"
)
_SAID_AFTER = re.compile(r"[,\s]*(?:that\b|in\s+a\s+statement|(?:the\s+)?[\w\s]{0,30}\bsaid\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clue:
    """Words of time with what they say about the day of publication."""

    words: DateWords
    first: date | None
    last: date | None
    background: bool
    """Told as what lies behind the news (an agreement, the start of a war): not before it, but perhaps years later."""


def infer_published(
    text: str, published: Published, events: Sequence[date] = (), skip: Sequence[Range] = ()
) -> Published:
    """When the report was published; a day that is stated stays as it is.

    Args:
        text: the clean text.
        published: what is known; its `latest` (the day of the fetch) bounds what is inferred.
        events: days of events that the report tells, where the caller knows them already.
        skip: stretches that are none of the report's own words (furniture), whose dates say nothing of it.
    """
    if published.day is not None:
        return published
    clues = _dated(list(_clues(text, skip)), published)
    today = _named_today(clues, published)
    if today:
        return _inferred(today, today, published)
    stamp = next((clue.last for clue in clues if _is_stamp(text, clue, published)), None)
    if stamp:
        return _inferred(stamp, add_days(stamp, LATER_DAYS), published)
    told = [clue.last for clue in clues if _is_event(clue, published) and clue.last]
    latest_told = max((*told, *(day for day in events if _is_past(day, published))), default=None)
    if latest_told is None:
        return replace(published, earliest=_earliest(clues, published))
    return _first_fitting(latest_told, _weekdays_said(text, clues), published)


# --- clues -----------------------------------------------------------------------------------------------------------


def _clues(text: str, skip: Sequence[Range]) -> Iterator[_Clue]:
    for words in dates_of(text):
        if any(start <= words.start < end for start, end in skip) or _is_to_come(text, words):
            continue
        anchors = Anchors(written=None, year_from=full_date_hint(text, words.start))
        first, last = resolve_meaning(words.meaning, anchors)
        yield _Clue(words=words, first=first, last=last, background=_is_background(text, words))


def _is_to_come(text: str, words: DateWords) -> bool:
    """Whether the clause speaks of a time that is still to come, or only bounds one."""
    if words.kind is DateKind.UNTIL or (isinstance(words.meaning, Calendar) and words.meaning.turn is Turn.NEXT):
        return True
    return _TO_COME.search(text, max(0, words.start - _CLAUSE), words.start) is not None


def _is_background(text: str, words: DateWords) -> bool:
    """A day given with its year in a clause about something that began or was agreed then."""
    if words.kind is DateKind.SINCE:
        return True
    near = text[max(0, words.start - _CLAUSE) : words.end]
    return words.kind is DateKind.DAY and _BACKGROUND.search(near) is not None


def _is_event(clue: _Clue, published: Published) -> bool:
    """A day told as news; a full date that is the day of the fetch is the page's own clock."""
    if clue.last is None or clue.words.kind not in _EVENT_KINDS or clue.background:
        return False
    of_fetch = clue.words.kind is DateKind.DAY and clue.last == published.latest
    return not of_fetch and _is_past(clue.last, published)


def _is_past(day: date, published: Published) -> bool:
    return published.latest is None or day <= published.latest


def _dated(clues: Sequence[_Clue], published: Published) -> list[_Clue]:
    """The same clues; a day without year gets the only year that lies between the bounds and fits its weekday."""
    earliest, latest = _earliest(clues, published), published.latest
    if earliest is None or latest is None:
        return list(clues)
    return [_with_only_year(clue, earliest, latest) for clue in clues]


def _with_only_year(clue: _Clue, earliest: date, latest: date) -> _Clue:
    named = clue.words.meaning
    if clue.last is not None or not isinstance(named, Calendar) or named.month is None or named.day is None:
        return clue
    days = [make_day(year, named.month, named.day) for year in range(earliest.year, latest.year + 1)]
    fitting = [day for day in days if day and earliest <= day <= latest and named.weekday in (None, day.weekday())]
    return replace(clue, first=fitting[0], last=fitting[0]) if len(fitting) == 1 else clue


def _earliest(clues: Sequence[_Clue], published: Published) -> date | None:
    """Not before any day, month or year that the text tells of as past."""
    firsts = [clue.first for clue in clues if clue.first and _is_past(clue.first, published)]
    return max((*firsts, *((published.earliest,) if published.earliest else ())), default=None)


# --- the day ---------------------------------------------------------------------------------------------------------


def _named_today(clues: Sequence[_Clue], published: Published) -> date | None:
    """The day that the text itself calls today (or the one after the day it calls yesterday)."""
    weekday = _today_weekday(clues)
    for clue in clues:
        named = clue.words.meaning
        if isinstance(named, Calendar) and named.today_shift is not None and named.day is not None and clue.last:
            day = add_days(clue.last, -named.today_shift)
            if _is_past(day, published) and weekday in (None, day.weekday()):
                return day
    return None


def _today_weekday(clues: Sequence[_Clue]) -> int | None:
    """The weekday that the text first calls today, where it gives no date with it."""
    for clue in clues:
        named = clue.words.meaning
        if (
            isinstance(named, Calendar)
            and named.today_shift is not None
            and named.weekday is not None
            and not named.day
        ):
            return (named.weekday - named.today_shift) % 7
    return None


def _is_stamp(text: str, clue: _Clue, published: Published) -> bool:
    """A full date on a line that says little else."""
    if clue.words.kind is not DateKind.DAY or not _is_event(clue, published):
        return False
    start = text.rfind("\n", max(0, clue.words.start - _STAMP_CHARS), clue.words.start)
    start = start if start >= 0 or clue.words.start > _STAMP_CHARS else 0
    end = text.find("\n", clue.words.end, clue.words.end + _STAMP_CHARS)
    end = end if end >= 0 or clue.words.end + _STAMP_CHARS < len(text) else len(text)
    if start < 0 or end < 0:
        return False
    return sum(map(str.isalpha, text[start : clue.words.start] + text[clue.words.end : end])) <= _STAMP_LETTERS


def _weekdays_said(text: str, clues: Sequence[_Clue]) -> set[int]:
    """The weekday called today; else those on which somebody is said to have spoken; else all that are named."""
    today = _today_weekday(clues)
    if today is not None:
        return {today}
    named = [c.words for c in clues if c.words.kind is DateKind.WEEKDAY]
    said = {_weekday(words) for words in named if _is_said(text, words)}
    return said or {_weekday(words) for words in named}


def _is_said(text: str, words: DateWords) -> bool:
    before = _SAYING.search(text, max(0, words.start - _CLAUSE), words.start)
    return before is not None or _SAID_AFTER.match(text, words.end) is not None


def _weekday(words: DateWords) -> int:
    return words.meaning.weekday or 0 if isinstance(words.meaning, Calendar) else 0


def _first_fitting(told: date, weekdays: set[int], published: Published) -> Published:
    """The first day on or after the latest event told by which each of the weekdays has come."""
    day = max((weekday_on_or_after(weekday, told) for weekday in weekdays), default=told)
    return _inferred(day, add_days(day, LATER_DAYS), published)


def _inferred(day: date, latest: date, published: Published) -> Published:
    """That day and bound, held to what is known."""
    if published.latest is not None:
        day, latest = min(day, published.latest), min(latest, published.latest)
    return Published(day=day, basis=PublishedFrom.INFERRED, earliest=day, latest=latest)
