"""How English newspapers name times.

Names of months that are ordinary words or first names ("may", "march", "April") count only with a capital and with a day, a
year or a preposition beside them; a bare number is a year only after a word that makes it one ("in 2014").
"""

from __future__ import annotations

import re
from functools import cache

from harmledger.text.dates.grammar import Grammar, Pieces, Rule, days_between, named_day, words_gate
from harmledger.text.dates.meaning import (
    Calendar,
    Hijri,
    Meaning,
    Overnight,
    Season,
    Shift,
    Span,
    Stage,
    Stretch,
    Then,
    Turn,
    Unit,
    Vague,
)

TRIGGERS = (
    *("day", "hour", "week", "month", "year", "night", "morning", "evening", "afternoon", "decade", "recent"),
    *(
        "summer",
        "winter",
        "spring",
        "autumn",
        "midday",
        "19",
        "20",
        "14",
        "/0",
        "/1",
        "/2",
        "on the ",
        "since then",
        "tomorrow",
    ),
)
"""Every expression holds one of these, in small, capital-first or all capital letters, or one of `MONTH_TRIGGERS`."""

MONTH_TRIGGERS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Capital-first or all capital only."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_WEEKDAY_NUMBERS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "twenty": 20, "thirty": 30}
_FEW = frozenset({"few", "several", "some", "many"})


def _both_cases(names: tuple[str, ...]) -> str:
    return "|".join(f"{name.capitalize()}|{name.upper()}" for name in names)


_FULL_MONTH = f"(?:{_both_cases(_MONTHS)})"
_SHORT_MONTH = (
    f"(?:{_both_cases(('jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sept', 'sep', 'oct', 'nov', 'dec'))})"
)
_MONTH = rf"(?:{_FULL_MONTH}|{_SHORT_MONTH}(?![a-z])\.?)"
_PLAIN_MONTH = f"(?:{_both_cases(('january', 'february', 'july', 'september', 'october', 'november', 'december'))})"
_WEEKDAY = "(?:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[,.:]\d)"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b)?"
_PEOPLE = (
    "people|persons|civilians|men|women|children|soldiers|militants|fighters|terrorists|rebels|troops|others|families|"
    "refugees|residents|dead|killed|wounded|injured|policemen|homes|houses|members|km|metres|meters|miles"
)
_YEAR = rf"(?:1[89]|20)\d\d(?!\d|[.,]\d|\s*%|[-\s](?:{_PEOPLE})\b)"
_TO = r"\s*(?:-|–|—|to|until|till|through|and|&)\s*"
_DATE_GAP = r"(?:\s*[,،]\s*|\s+)(?:(?:of|in)\s+)?"
_PART = (
    r"(?:\s+(?:early\s+|late\s+|in\s+the\s+)?(?:morning|afternoon|evening|night|midday|noon)\b"
    r"|\s+at\s+(?:dawn|noon|midday|midnight|night)\b|\s+dawn\b)?"
)
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?|(?:GMT|local\s+time))\s+(?:on\s+)?)?"
_NUMBER = rf"(?:\d{{1,3}}|(?i:{'|'.join(_NUMBERS)}|few|several|(?:a\s+)?couple\s+of|a\s+few))"
_UNIT = "(?:hour|day|week|month|year|decade)"
_STAGE = (
    r"(?:(?:the\s+)?(?:very\s+)?(?:early|late|mid|middle|beginning|start|end|first\s+half|second\s+half|turn|outset|eve)"
    r"(?:[-\s]+(?:(?:of|in|on)\s+)?(?:the\s+)?))"
)
_SEASON = "(?:spring|summer|autumn|winter|fall|Spring|Summer|Autumn|Winter|Fall)"
_HIJRI_MONTH = (
    r"(?:Muharram|Safar|Rabi[ʿ’'` -]*(?:al[- ])?(?:[aA]ww?al|[tT]hani|[aA]khir|I{1,2})|Jumada[- ]\w+(?:[- ]\w+)?|Rajab|"
    r"Sha[ʿ’'`]?ban|Rama[dz]h?an|Shaww?al|Dh?u[ʿ’'` -]*al[- ][QHqh][iʿ’'`a-z]+)"
)

_WEAK = (
    "the in of to and for on by from as at over during between through throughout before after around its his their until till "
    "a an since within back just only less than"
).split()
_STRONG = (
    "jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun spring summer autumn winter fall "
    "earl late mid very beginning start end first second turn outset eve last this next past coming previous preceding following current "
    "that same yesterday today tonight tomorrow overnight hour day night evening afternoon morning week month year decade recent more few "
    "several couple then"
).split()
"""Every expression begins with a number, a month of the Islamic calendar or one of these, perhaps after some of the weak words."""


@cache
def english() -> Grammar:
    """The grammar, built on first use."""
    return Grammar(_rules(), words_gate(_WEAK, (*_STRONG, *_NUMBERS), rf"[12]?\d|{_HIJRI_MONTH}"))


# --- rules, most particular first ------------------------------------------------------------------------------------


def _rules() -> tuple[Rule, ...]:
    return (*_number_rules(), *_date_rules(), *_relative_rules(), *_weekday_rules(), *_bare_rules())


def _number_rules() -> tuple[Rule, ...]:
    return (
        Rule(
            "iso",
            r"(?P<y>(?:1[89]|20)\d\d)(?P<s1>[-/.])(?P<m>\d\d?)(?P<s2>[-/.])(?P<d>\d\d?)(?![\d/]|[-.:]\d)",
            _numeric,
        ),
        Rule(
            "numeric",
            r"(?<![\d.,/-])(?P<d>\d\d?)(?P<s1>[-/.])(?P<m>\d\d?)(?P<s2>[-/.])(?P<y>(?:1[89]|20)\d\d|\d\d)(?![\d/]|[-.:]\d)",
            _numeric,
        ),
        Rule(
            "dashed",
            rf"(?P<d1>{_DAY})-(?P<m>{_FULL_MONTH}|{_SHORT_MONTH})-(?P<y>(?:1[89]|20)\d\d|\d\d)(?!\d)",
            _day_month,
        ),
    )


def _date_rules() -> tuple[Rule, ...]:
    before = rf"(?:(?P<wd>{_ANY_WEEKDAY})(?:\s*[,،]\s*|\s+)(?:(?:on|the)\s+)*)?"
    year = rf"(?:{_DATE_GAP}(?P<y>{_YEAR})|,?\s+(?P<turn>(?:of\s+)?(?:last|this)\s+year))?"
    closed = r"(?=\s*(?:[,.;)]|$)|,?\s+(?:1[89]|20)\d\d|\s+(?:in|at|on|near|by|when|which|that|after|as)\b)"
    return (
        Rule(
            "day_month",
            rf"{before}(?:the\s+)?(?P<d1>{_DAY}){_ORDINAL}(?:{_TO}(?:the\s+)?(?P<d2>{_DAY}){_ORDINAL})?"
            rf"\s+(?:day\s+)?(?:of\s+)?(?P<m>{_MONTH})(?![a-z]){year}",
            _day_month,
        ),
        Rule(
            "month_day",
            rf"{before}(?P<m>{_MONTH})\s*(?:the\s+)?(?P<d1>{_DAY}){_ORDINAL}"
            rf"(?:(?:\s*(?:-|–|—|to|until|through)\s*(?P<d2>{_DAY}){_ORDINAL}(?!\s+{_MONTH}))"
            rf"|(?:\s*(?:and|or|&)\s*(?P<d3>{_DAY}){_ORDINAL}{closed}))?{year}",
            _day_month,
        ),
        Rule("hijri", rf"(?:{_DAY}{_ORDINAL}\s+(?:of\s+)?)?{_HIJRI_MONTH},?\s+1[34]\d\d\b", lambda _: Hijri()),
        Rule(
            "month_year",
            rf"(?P<stage>{_STAGE})?(?P<m>{_MONTH})(?:\s*[,،]\s*|\s+)(?:of\s+)?(?:the\s+year\s+)?"
            rf"(?:(?P<y>{_YEAR})|(?P<turn>(?:last|this|next|that|the\s+same)\s+year)\b)",
            _month,
        ),
        Rule("turned_month", rf"(?P<turn>last|this|next|past|Last|This|Next)\s+(?P<m>{_FULL_MONTH})\b", _month),
        Rule("stage_month", rf"(?P<stage>{_STAGE}|[Mm]id-?)(?P<m>{_FULL_MONTH})\b", _month),
        Rule("season", rf"(?P<stage>{_STAGE})?(?P<season>{_SEASON})\s+(?:of\s+)?(?P<y>{_YEAR})", _season),
        Rule("years", r"(?P<y1>(?:1[89]|20)\d\d)\s*[-–—]\s*(?P<y>(?:1[89]|20)\d\d|\d\d)(?![\d-])", _years),
        Rule("decade", r"(?:the\s+)?(?:early\s+|late\s+|mid-?)?(?P<y>(?:1[89]|20)\d0)[’']?s\b", _decade),
    )


def _relative_rules() -> tuple[Rule, ...]:
    return (
        Rule("two_days_back", r"(?i:the\s+day\s+before\s+yesterday)\b", lambda _: Shift(unit=Unit.DAY, by=-2)),
        Rule("yesterday", rf"(?i:(?:early\s+|late\s+)?yesterday)\b{_PART}", lambda _: Shift(unit=Unit.DAY, by=-1)),
        Rule(
            "today",
            rf"(?:(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+)?today\b|(?<!\w )Today\b|TODAY\b|(?i:tonight)\b){_PART}"
            r"|(?:(?i:earlier\s+|later\s+|early\s+)?(?i:this)\s+(?i:morning|afternoon|evening)\b)",
            lambda _: Shift(unit=Unit.DAY, by=0),
        ),
        Rule("tomorrow", rf"(?i:tomorrow)\b{_PART}", lambda _: Shift(unit=Unit.DAY, by=1)),
        Rule(
            "weekday_night",
            rf"(?i:overnight)\s+(?:(?:on|into)\s+)?(?P<wd>{_WEEKDAY})\b",
            lambda p: Calendar(weekday=_weekday(p["wd"])),
        ),
        Rule("overnight", r"(?i:overnight)\b", lambda _: Overnight()),
        Rule("last_night", r"(?i:(?:late\s+)?last\s+(?:night|evening))\b", lambda _: Shift(unit=Unit.DAY, by=-1)),
        Rule("ago", rf"(?P<n>{_NUMBER})[-\s]+(?P<u>{_UNIT})s?\s+ago\b", _ago),
        Rule(
            "told_shift",
            rf"(?P<n>{_NUMBER})\s+(?P<u>{_UNIT})s?\s+(?P<way>earlier|later|prior|before(?=\s*(?:[,.;\n]|$))|after(?=\s*(?:[,.;\n]|$)))\b",
            _told_shift,
        ),
        Rule(
            "told",
            r"(?i:(?:earlier\s+|later\s+|early\s+|late\s+)?(?:on\s+)?(?P<turn>(?:the|that)\s+(?:very\s+)?same|that|(?:the\s+)?same|the\s+previous|the\s+preceding|"
            r"the\s+following|the\s+next)\s+(?P<u>day|night|evening|afternoon|morning|week|month|year))\b(?!-)",
            _told,
        ),
        Rule("day_before", r"(?i:the\s+day\s+(?P<way>before|after))(?=\s*(?:[,.;\n]|$))", _told_shift),
        Rule(
            "stretch",
            rf"(?i:(?:the\s+)?(?:past|last|previous)\s+(?:(?P<n>{_NUMBER})\s+)?(?P<u>hours|days|weeks|months|years|decade))\b",
            _stretch,
        ),
        Rule("past_unit", r"(?i:(?:the\s+)?past\s+(?:one\s+)?(?P<u>hour|day|week|year|decade))\b", _stretch),
        Rule("over_unit", r"(?i:(?:during|over|in)\s+(?P<core>the\s+last\s+(?P<u>week|month|year)))\b", _stretch),
        Rule("since_then", r"[Ss]ince\s+(?P<core>then)\b", lambda _: Then()),
        Rule(
            "within",
            rf"(?i:(?:with)?in\s+(?P<core>(?:just\s+|only\s+|less\s+than\s+)?(?P<n>{_NUMBER})\s+(?P<u>hours|days)))\b",
            _within,
        ),
        Rule(
            "unit_turn",
            rf"(?i:(?P<stage>(?:earlier|later)\s+(?:in\s+|on\s+)?|{_STAGE})?(?P<turn>the\s+current|last|this|next|past|the\s+past|current|the\s+coming|in\s+the)"
            r"\s+(?P<u>weekend|week|month|year|summer|winter|spring|autumn|fall))\b(?!\s+old|-)",
            _unit_turn,
        ),
        Rule(
            "stage_unit",
            r"(?i:(?P<stage>the\s+(?:beginning|start)\s+of\s+|earlier\s+in\s+)the\s+(?P<u>week|month|year))\b",
            _stage_unit,
        ),
        Rule(
            "vague",
            r"(?i:(?:in|over|during)\s+(?P<core>(?:the\s+)?(?:more\s+)?recent\s+(?:hours|days|weeks|months|years|times)))\b",
            lambda _: Vague(),
        ),
    )


def _weekday_rules() -> tuple[Rule, ...]:
    return (
        Rule(
            "weekday",
            rf"{_CLOCK}(?:(?i:early|late)\s+(?:on\s+)?|(?i:last|this|next|past|coming)\s+night\s+)?"
            rf"(?P<turn>(?i:last|this|next|past|coming|that|the\s+same|the\s+following|the\s+previous)\s+)?"
            rf"(?P<wd>{_WEEKDAY})\b{_PART}(?P<week>,?\s+(?:of\s+)?(?:last|this|next)\s+week\b)?",
            _turned_weekday,
        ),
    )


def _bare_rules() -> tuple[Rule, ...]:
    cue = r"(?i:in|since|by|until|till|from|to|during|of|between|through|and|before|after|for|throughout|around|to\s+the|as)"
    event = r"(?=\s+[a-z])"
    return (
        Rule(
            "cued_year",
            rf"(?:(?i:in|since|until|till|during|throughout|year|early|late|mid|summer|winter|spring|autumn|fall)[-\s]+(?:the\s+)?(?:year\s+)?"
            rf"|(?i:of|from|to|and|between|through|before|after|by)\s+(?:the\s+year\s+)?(?=(?:19[3-9]|20[0-4])\d)(?!\d\d00))"
            rf"(?P<core>(?P<stage>{_STAGE})?(?P<y>{_YEAR})(?!\s*(?:[-–]\s*\d|meters|km|{_UNIT}s)))",
            _year,
        ),
        Rule("stage_year", rf"(?P<stage>{_STAGE})(?:the\s+)?(?:year\s+)?(?P<y>{_YEAR})", _year),
        Rule("the_year", rf"(?:[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Aa])\s+(?P<core>(?P<y>{_YEAR})){event}", _year),
        Rule(
            "weekend",
            r"(?i:over|during|at|on|throughout)\s+(?P<core>(?i:the\s+weekend))\b",
            lambda _: Shift(unit=Unit.WEEKEND, by=0),
        ),
        Rule("listed_month", rf"(?<!\w )(?P<m>{_FULL_MONTH})(?=\s*:)", _month),
        Rule("plain_month", rf"(?P<m>{_PLAIN_MONTH})\b", _month),
        Rule(
            "cued_month",
            rf"{cue}\s+(?:the\s+)?(?P<core>(?P<m>{_FULL_MONTH}))\b(?!\s+[A-Z]|-|[,،]?\s+(?:the\s+)?(?:of\s+)?(?:{_YEAR}|{_DAY}|last\s+year|this\s+year))",
            _month,
        ),
        Rule(
            "day_only",
            rf"(?i:on)\s+(?P<core>the\s+(?P<d1>{_DAY})(?:st|nd|rd|th)(?=\s*(?:[,.;)\n]|$)|\s+of\s+this\s+month\b)(?:\s+of\s+this\s+month)?)",
            _day_only,
        ),
    )


# --- what the pieces of a rule mean ----------------------------------------------------------------------------------


def _numeric(pieces: Pieces) -> Meaning | None:
    """Day before month, as newspapers of the region write, except where the second number can't be a month."""
    day, month, year = int(pieces["d"] or 0), int(pieces["m"] or 0), int(pieces["y"] or 0)
    if pieces["s1"] != pieces["s2"] or (year < 100 and pieces["s1"] != "/"):
        return None
    if month > 12 >= day:
        day, month = month, day
    return named_day(Calendar(year=_whole_year(year), month=month, day=day)) if day > 0 and 0 < month <= 12 else None


def _whole_year(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _day_month(pieces: Pieces) -> Meaning | None:
    year = pieces["y"]
    last = pieces.get("d2") or pieces.get("d3")
    turn = pieces.get("turn")
    named = Calendar(
        year=_whole_year(int(year)) if year else None,
        month=_month_number(pieces["m"]),
        day=int(last or pieces["d1"] or 0),
        weekday=_weekday(pieces.get("wd")) if not last else None,
        year_shift=_year_shift(turn),
    )
    return days_between(int(pieces["d1"] or 0), named) if last else named_day(named)


def _month(pieces: Pieces) -> Meaning | None:
    turn = pieces.get("turn")
    of_year = turn is not None and turn.endswith("year")
    return Calendar(
        year=int(pieces["y"] or 0) if pieces.get("y") else None,
        month=_month_number(pieces["m"]),
        stage=_stage(pieces.get("stage")),
        turn=Turn.TOLD if of_year and _year_shift(turn) is None else _turn(turn) if not of_year else None,
        year_shift=_year_shift(turn) if of_year else None,
    )


def _season(pieces: Pieces) -> Meaning | None:
    return Calendar(year=int(pieces["y"] or 0), season=_season_name(pieces["season"]))


def _years(pieces: Pieces) -> Meaning | None:
    first, last = int(pieces["y1"] or 0), int(pieces["y"] or 0)
    last = last if last > 99 else first // 100 * 100 + last
    return Span(first=Calendar(year=first), last=Calendar(year=last)) if first < last <= first + 100 else None


def _decade(pieces: Pieces) -> Meaning | None:
    first = int(pieces["y"] or 0)
    return Span(first=Calendar(year=first), last=Calendar(year=first + 9))


def _year(pieces: Pieces) -> Meaning | None:
    return Calendar(year=int(pieces["y"] or 0), stage=_stage(pieces.get("stage")))


def _day_only(pieces: Pieces) -> Meaning | None:
    return Calendar(day=int(pieces["d1"] or 0))


def _turned_weekday(pieces: Pieces) -> Meaning | None:
    week = (pieces["week"] or "").split()
    return Calendar(
        weekday=_weekday(pieces["wd"]),
        turn=_turn((pieces["turn"] or "").strip() or None),
        week_shift={"last": -1, "this": 0, "next": 1}[week[-2]] if week else None,
    )


def _ago(pieces: Pieces) -> Meaning | None:
    count, unit = _count(pieces["n"]), _unit(pieces["u"])
    if count is None:
        return Vague()
    return Shift(unit=Unit.DAY, by=-(count // 24)) if unit is Unit.HOUR else Shift(unit=unit, by=-count)


def _told_shift(pieces: Pieces) -> Meaning | None:
    count = _count(pieces.get("n") or "one")
    sign = 1 if pieces["way"] in ("later", "after") else -1
    unit = _unit(pieces.get("u") or "day")
    if count is None:
        return Vague()
    by = sign * (count // 24) if unit is Unit.HOUR else sign * count
    return Shift(unit=Unit.DAY if unit is Unit.HOUR else unit, by=by, told=True)


def _told(pieces: Pieces) -> Meaning | None:
    turn, unit = (pieces["turn"] or "").lower(), (pieces["u"] or "").lower()
    by = -1 if turn.endswith(("previous", "preceding")) else 1 if turn.endswith(("following", "next")) else 0
    return Shift(unit=_unit(unit) if unit in ("week", "month", "year") else Unit.DAY, by=by, told=True)


def _stretch(pieces: Pieces) -> Meaning | None:
    words, unit = pieces.get("n"), _unit(pieces["u"])
    one = not (pieces["u"] or "").lower().endswith("s")
    return Stretch(unit=unit, count=1 if one and not words else _count(words) if words else None)


def _within(pieces: Pieces) -> Meaning | None:
    count = _count(pieces["n"])
    return Stretch(unit=_unit(pieces["u"]), count=count) if count else Vague()


def _unit_turn(pieces: Pieces) -> Meaning | None:
    turn, unit = (pieces["turn"] or "").lower(), (pieces["u"] or "").lower()
    stage = _stage(pieces["stage"])
    if turn == "in the":
        return (
            None
            if stage is not Stage.SO_FAR or unit not in ("week", "month", "year")
            else Shift(unit=Unit(unit), by=0, stage=stage)
        )
    by = _shift(turn)
    if unit not in ("week", "weekend", "month", "year"):
        return Calendar(season=_season_name(unit), turn=_turn(turn.split()[-1]))
    return Shift(unit=Unit(unit), by=by, stage=stage)


def _stage_unit(pieces: Pieces) -> Meaning | None:
    return Shift(unit=_unit(pieces["u"]), by=0, stage=_stage(pieces["stage"]))


# --- single words ----------------------------------------------------------------------------------------------------


def _month_number(word: str | None) -> int:
    return _MONTH_NUMBERS[(word or "").lower()[:3]]


def _weekday(word: str | None) -> int | None:
    return _WEEKDAY_NUMBERS[word.lower()[:3]] if word else None


def _unit(word: str | None) -> Unit:
    return Unit((word or "").lower().rstrip("s"))


def _season_name(word: str | None) -> Season:
    name = (word or "").lower()
    return Season.AUTUMN if name == "fall" else Season(name)


def _shift(turn: str) -> int:
    word = turn.rsplit(maxsplit=1)[-1]
    return -1 if word in ("last", "past", "previous") else 1 if word in ("next", "coming") else 0


def _turn(word: str | None) -> Turn | None:
    if word is None:
        return None
    last = word.lower().split()[-1]
    return {
        "last": Turn.LAST,
        "past": Turn.LAST,
        "this": Turn.THIS,
        "current": Turn.THIS,
        "next": Turn.NEXT,
        "coming": Turn.NEXT,
    }.get(last, Turn.TOLD)


def _year_shift(turn: str | None) -> int | None:
    return {"last": -1, "this": 0, "next": 1}.get(turn.split()[-2]) if turn else None


def _stage(words: str | None) -> Stage | None:
    for name, stage in _STAGES:
        if words and re.search(name, words, re.IGNORECASE):
            return stage
    return None


_STAGES = (
    ("earlier", Stage.SO_FAR),
    ("later", Stage.LATE),
    ("early|first", Stage.EARLY),
    ("mid", Stage.MID),
    ("late|second", Stage.LATE),
    ("beginning|start|turn|outset|eve", Stage.START),
    ("end", Stage.END),
)


def _count(words: str | None) -> int | None:
    """How many, or None for "a few"."""
    last = [word for word in (words or "").lower().split() if word != "of"]
    if not last or last[-1] in _FEW:
        return None
    return int(last[-1]) if last[-1].isdecimal() else _NUMBERS.get(last[-1])
