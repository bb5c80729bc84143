"""Datelines: the place and day that a report states of itself before it begins, and the day it was published.

Comes in: a text, or one of its lines. Goes out: where its dateline ends, and the day it states. A day that the story
tells of ("On October 10, 2023, …") is none; what "on Wednesday" means is left to later stages. Reads English and Arabic
month names and numerals of both scripts; of two readings of 04/05/2017 the day comes first, as most of the press writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice

from harmledger.domain import Part, PartRole

STAMP_CHARS = 110
"""Longest line that is nothing but a date with its labels, clock times and place of issue."""

STAMP_LETTERS = 14
"""Letters that may stand beside date, times and labels in such a line (a place, an edition)."""

LABEL_SEARCH_CHARS = 4000
"""How far from either end of a text a labelled date ("Published: …", "Last update: …") is looked for."""

CENTURY_TURN = 50
"""Two-digit years up to this are of this century."""

_MONTH_NAMES = (
    ("january", "jan", "يناير", "كانون الثاني", "جانفي"),
    ("february", "feb", "فبراير", "شباط", "فيفري"),
    ("march", "mar", "مارس", "اذار"),
    ("april", "apr", "ابريل", "نيسان", "افريل"),
    ("may", "مايو", "ايار", "ماي"),
    ("june", "jun", "يونيو", "حزيران", "جوان"),
    ("july", "jul", "يوليو", "تموز", "جويلية"),
    ("august", "aug", "اغسطس", "اب", "اوت"),
    ("september", "sept", "sep", "سبتمبر", "ايلول"),
    ("october", "oct", "اكتوبر", "تشرين الاول"),
    ("november", "nov", "نوفمبر", "تشرين الثاني"),
    ("december", "dec", "ديسمبر", "كانون الاول"),
)
_DIGIT = re.compile(r"\d")
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_ALEFS = str.maketrans("أإآٱ", "اااا")
_MONTH = (
    "(?:"
    + "|".join(sorted((name.replace(" ", r"\s?") for name in _MONTHS), key=len, reverse=True))
    + r")(?![^\W\d_])\.?"
)
_GAP = r"[\s,،/.-]{1,3}"
_DATE = re.compile(
    rf"(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}|\s?)(?:of\s|من\s)?(?P<m1>{_MONTH})(?:\s?[/(]\s?{_MONTH}\)?)?(?:{_GAP}|\s?)(?:عام\s|of\s)?(?P<y1>\d{{4}}|'?\d{{2}}(?=\s*(?:--|\(|$)))(?!\d)"
    rf"|(?<!\w)(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP})(?P<y2>\d{{4}})(?!\d)"
    r"|(?<![\d/.-])(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})(?![\d/-])"
    r"|(?<![\d/.-])(?P<d4>\d{1,2})(?P<s4>[-/.])(?P<m4>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d)",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|(?:ال)?(?:اثنين|احد|ثلاثاء|اربعاء|خميس|جمعه|جمعة|سبت)\b"
)
_LABEL = (
    r"(?:first |last |originally )?(?:published|posted|updated|modified|created|issued|released|update|edited)(?: on| at| by)?"
    r"|publication date|publish date|date(?: of publication| published)?|date and time"
    r"|(?:تاريخ )?(?:ال)?نشر(?:ت)?(?: في| بتاريخ)?|تاريخ(?: النشر| الاضافة| الخبر)?|(?:اخر )?تحديث(?: في)?|بتاريخ|اضيف(?: في| بتاريخ)?|تم النشر(?: في)?"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?|\b\d{3,4}(?=\s?(?:[ap]m|gmt|hrs?|hours)\b)"
_ZONE = r"\b(?:gmt|utc|ksa|est|edt|cet|cest|bst|ist|pst|pdt|eet|eest|msk|uk|us|local time|[ap]\.?m\.?|hrs?|hours|h|ص|م|صباحا|مساء|بتوقيت)(?![^\W\d_])"
_STAMP_WORDS = re.compile(rf"(?:{_WEEKDAY}|{_LABEL}|{_CLOCK}|{_ZONE})", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:Last [Uu]pdated?|LAST UPDATED?|last updated?|Last [Mm]odified|last modified|Updated|UPDATED|Update(?=\s?:)"
    r"|First published|Published|PUBLISHED|Posted|POSTED|Created|CREATED|Publication [Dd]ate|Date [Pp]ublished"
    r"|اخر تحديث|تحديث(?=\s?:)|تاريخ النشر|نشرت?(?= في\s?:)|تم النشر)(?!\w)(?:\s(?:on|at|في|يوم)(?!\w))?"
)
"""Capitals make the label: "a list posted on May 3" is none."""

_UPDATE = ("pdate", "PDATE", "odified", "تحديث")
_BRIDGE = re.compile(
    rf"[\s:،,|–—-]{{0,4}}(?:(?:{_WEEKDAY})[\s,،]{{0,3}})?(?:(?:{_CLOCK})[\s,،|-]{{1,3}})?", re.IGNORECASE
)
_TEXT_START = re.compile(rf"[\s\W]*(?:(?:{_LABEL})\s?:?\s)?(?:(?:{_WEEKDAY})[\s,،]*)?(?=\d|{_MONTH})", re.IGNORECASE)
_AFTER_STAMP = re.compile(
    rf"(?:[\s,،|@-]*(?:{_CLOCK})(?:\s?{_ZONE})?)?(?:\s+by\s(?:[A-Z][\w'-]*\s){{1,5}}?(?=\s|$))?[\s\-–—:|.]*",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"(?:on|in|by|since|during|at|until|till|before|after|from|of|early|late|around|about|shortly|just|some|the|في|منذ|خلال|قبل|بعد|حتي|حتى)\b",
    re.IGNORECASE,
)
"""How a line begins that tells when something happened."""

_CLOCK_AFTER = re.compile(rf"[\s,|-]*(?:{_CLOCK}|\d{{6}}\b)(?:\s?{_ZONE})?\s*", re.IGNORECASE)
_DASH = re.compile(r"--+|[–—-]")
_DASHES_TRIED = 4
"""Hyphens that a place's and an agency's names may hold before the dateline's own dash, plus one."""
_AGENCY = re.compile(r"\s?\([^()]{2,40}\)$|\s?,\s?[A-Z]{2,6}$")
_DAY = re.compile(
    rf"[,\s]+(?:(?:{_WEEKDAY})[,\s]*)?(?:{_DATE.pattern}|\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}})$", re.IGNORECASE
)
_PLACE_WORD = r"(?:[A-Z][\w'’`.\-]*|[‘'’](?:[A-Z]|a)\w+|(?:al|el|ar|as|ash|at|az|an|ad)-\w+)"
_PLACE_NAME = rf"{_PLACE_WORD}(?:\s(?:(?:of|the|de|la|du|and|bin|near)\s)?{_PLACE_WORD}){{0,4}}"
_PLACE = re.compile(rf"{_PLACE_NAME}(?:\s?[/,]\s?{_PLACE_NAME}){{0,3}}(?:\s?\([A-Z][\w ]{{2,25}}\))?\s?,?")
_PLACED_ARABIC = re.compile(
    r"[^\W\d_]+(?:[ /][^\W\d_]+){0,3}[ /]?\s?(?:\([^()]{2,30}\)|[-–—/،]\s?(?:سانا|رويترز|وكالات|وفا|الأناضول|[أا] ف ب|د ب أ|شينخوا|سبوتنيك|[اأ]ورينت نت|عنب بلدي|نورث برس|خاص))\s?[-–—:]\s?(?=\S)"
)


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, date]]:
    """Full dates (day, month and year) in a stretch of text, with where they stand."""
    end = len(text) if end is None else end
    for match in _DATE.finditer(text[start:end].translate(_ALEFS)):
        day = _day_of(match)
        if day:
            yield start + match.start(), start + match.end(), day


def _day_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    form = next(form for form in "1234" if groups[f"y{form}"])
    year, month, day = _year(groups[f"y{form}"]), _month(groups[f"m{form}"]), int(groups[f"d{form}"])
    if month > 12 >= day:
        month, day = day, month
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _year(wording: str) -> int:
    number = int(wording.strip("'"))
    if number > 99:
        return number
    return number + (2000 if number <= CENTURY_TURN else 1900)


def _month(wording: str) -> int:
    if wording.isdecimal():
        return int(wording)
    name = " ".join(wording.rstrip(".").casefold().split())
    return _MONTHS.get(name) or _MONTHS[name.replace("تشرين", "تشرين ").replace("كانون", "كانون ").replace("  ", " ")]


def is_stamp(line: str) -> bool:
    """Nothing but a date, with clock times, labels and perhaps a place of issue around it."""
    if len(line) > STAMP_CHARS or not _DIGIT.search(line) or _TELLING.match(line):
        return False
    folded = line.translate(_ALEFS)
    rest, dates = _DATE.subn(" ", folded)
    if not dates:
        return False
    rest = _STAMP_WORDS.sub(" ", rest)
    letters = sum(c.isalpha() for c in rest)
    return letters <= STAMP_LETTERS and sum(c.isdigit() for c in rest) <= 4


def is_clock(line: str) -> bool:
    """Nothing but a clock time, as beside a date stamp."""
    if len(line) > 40 or not _DIGIT.search(line):
        return False
    rest, clocks = re.subn(_CLOCK, " ", line, flags=re.IGNORECASE)
    return clocks > 0 and not any(c.isalnum() for c in _STAMP_WORDS.sub(" ", rest))


def find_text_stamp(text: str, start: int, end: int) -> int | None:
    """Where the date that opens a text ends: `Mon Jul 18 2016  Two killed …`; None where it opens a sentence."""
    head = text[start : min(end, start + STAMP_CHARS)].translate(_ALEFS)
    opening = _TEXT_START.match(head)
    stamp = _DATE.match(head, opening.end()) if opening else None
    if not stamp or _day_of(stamp) is None:
        return None
    after = _AFTER_STAMP.match(head, stamp.end())
    position = after.end() if after else stamp.end()
    follows = head[position : position + 1]
    separated = any(c in "-–—:|" for c in head[stamp.end() : position]) or "  " in head[stamp.end() : position]
    if follows and not separated and not (follows.isupper() or follows.isdigit() or follows in "\"'“‘«"):
        return None
    return start + position


def holds_date(text: str, start: int, end: int) -> bool:
    """Whether a full date stands in a stretch of text."""
    return next(find_dates(text, start, end), None) is not None


def find_inner_stamp(text: str, start: int, end: int) -> int | None:
    """Where a date with a clock time ends that follows close on a headline: `… 31-08-2014 0742 PM   Militants …`."""
    head = text[start:end].translate(_ALEFS)
    for stamp in _DATE.finditer(head):
        clock = _CLOCK_AFTER.match(head, stamp.end())
        if clock and _day_of(stamp):
            return start + clock.end()
    return None


def find_placed(text: str, start: int, end: int) -> int | None:
    """Where the place dateline that opens a paragraph ends: `ALEPPO, Syria (North Press) – `."""
    head = text[start : min(end, start + STAMP_CHARS)]
    for dash in islice(_DASH.finditer(head), _DASHES_TRIED):
        rest = head[dash.end() :]
        spaced = dash[0] != "-" or rest[:1].isspace()
        if rest.strip() and _is_dateline(head[: dash.start()].rstrip(), spaced=spaced):
            return start + dash.end() + len(rest) - len(rest.lstrip())
    match = _PLACED_ARABIC.match(head)
    return start + match.end() if match else None


def _is_dateline(words: str, *, spaced: bool) -> bool:
    """A place with an agency or a day; a place alone only in capitals and before a dash that stands free."""
    place, agencies = _AGENCY.subn("", words)
    place, days = _DAY.subn("", place)
    if not _PLACE.fullmatch(place) or _TELLING.match(place) or not (spaced or agencies):
        return False
    first = re.split(r"[,/(]", place)[0].strip()
    return bool(agencies or days) or (first.isupper() and len(first) > 2)


def find_published(text: str, parts: Sequence[Part]) -> date | None:
    """The day of publication that the text itself states, in its dateline or by a label; None where it states none."""
    datelines = (part for part in parts if part.role is PartRole.DATELINE)
    stated = next((day for part in datelines for _, _, day in find_dates(text, part.start, part.end)), None)
    return stated or _find_labelled(text)


def _find_labelled(text: str) -> date | None:
    """The first day labelled as that of publication; one labelled as that of an update where there is no other."""
    head = text[:LABEL_SEARCH_CHARS]
    tail = text[max(LABEL_SEARCH_CHARS, len(text) - LABEL_SEARCH_CHARS) :]
    updated: date | None = None
    for stretch in (head, tail):
        for is_update, day in _labelled_days(stretch.translate(_ALEFS)):
            if not is_update:
                return day
            updated = updated or day
    return updated


def _labelled_days(folded: str) -> Iterator[tuple[bool, date]]:
    """The days behind labels, and whether the label is that of an update."""
    for label in _LABELLED.finditer(folded):
        if label.start() and folded[label.start() - 1].isalnum():
            continue
        bridge = _BRIDGE.match(folded, label.end())
        stamp = _DATE.match(folded, bridge.end()) if bridge else None
        day = _day_of(stamp) if stamp else None
        if day:
            yield any(word in label[0] for word in _UPDATE), day
