"""How English newspapers name times.

Names of months that are ordinary words or first names ("may", "march", "April") count only with a capital and with a day, a
year or a preposition beside them; a bare number is a year only after a word that makes it one ("in 2014").
"""

from __future__ import annotations

from functools import cache

from harmledger.text.dates.english_sense import (
    MONTHS,
    NUMBERS,
    parse_ago,
    parse_day_month,
    parse_day_only,
    parse_decade,
    parse_month,
    parse_numeric,
    parse_season,
    parse_stage_unit,
    parse_stretch,
    parse_told,
    parse_told_shift,
    parse_turned_weekday,
    parse_unit_turn,
    parse_weekday,
    parse_within,
    parse_year,
    parse_years,
)
from harmledger.text.dates.grammar import Grammar, Rule, words_gate
from harmledger.text.dates.meaning import (
    Calendar,
    Hijri,
    Overnight,
    Shift,
    Then,
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


def _both_cases(names: tuple[str, ...]) -> str:
    return "|".join(f"{name.capitalize()}|{name.upper()}" for name in names)


_FULL_MONTH = f"(?:{_both_cases(MONTHS)})"
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
_NUMBER = rf"(?:\d{{1,3}}|(?i:{'|'.join(NUMBERS)}|few|several|(?:a\s+)?couple\s+of|a\s+few))"
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
    return Grammar(_rules(), words_gate(_WEAK, (*_STRONG, *NUMBERS), rf"[12]?\d|{_HIJRI_MONTH}"))


# --- rules, most particular first ------------------------------------------------------------------------------------


def _rules() -> tuple[Rule, ...]:
    return (
        *_number_rules(),
        *_date_rules(),
        *_day_rules(),
        *_relative_rules(),
        *_unit_rules(),
        *_weekday_rules(),
        *_bare_rules(),
    )


def _number_rules() -> tuple[Rule, ...]:
    return (
        Rule(
            "iso",
            r"(?P<y>(?:1[89]|20)\d\d)(?P<s1>[-/.])(?P<m>\d\d?)(?P<s2>[-/.])(?P<d>\d\d?)(?![\d/]|[-.:]\d)",
            parse_numeric,
        ),
        Rule(
            "numeric",
            r"(?<![\d.,/-])(?P<d>\d\d?)(?P<s1>[-/.])(?P<m>\d\d?)(?P<s2>[-/.])(?P<y>(?:1[89]|20)\d\d|\d\d)(?![\d/]|[-.:]\d)",
            parse_numeric,
        ),
        Rule(
            "dashed",
            rf"(?P<d1>{_DAY})-(?P<m>{_FULL_MONTH}|{_SHORT_MONTH})-(?P<y>(?:1[89]|20)\d\d|\d\d)(?!\d)",
            parse_day_month,
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
            parse_day_month,
        ),
        Rule(
            "month_day",
            rf"{before}(?P<m>{_MONTH})\s*(?:the\s+)?(?P<d1>{_DAY}){_ORDINAL}"
            rf"(?:(?:\s*(?:-|–|—|to|until|through)\s*(?P<d2>{_DAY}){_ORDINAL}(?!\s+{_MONTH}))"
            rf"|(?:\s*(?:and|or|&)\s*(?P<d3>{_DAY}){_ORDINAL}{closed}))?{year}",
            parse_day_month,
        ),
        Rule("hijri", rf"(?:{_DAY}{_ORDINAL}\s+(?:of\s+)?)?{_HIJRI_MONTH},?\s+1[34]\d\d\b", lambda _: Hijri()),
        Rule(
            "month_year",
            rf"(?P<stage>{_STAGE})?(?P<m>{_MONTH})(?:\s*[,،]\s*|\s+)(?:of\s+)?(?:the\s+year\s+)?"
            rf"(?:(?P<y>{_YEAR})|(?P<turn>(?:last|this|next|that|the\s+same)\s+year)\b)",
            parse_month,
        ),
        Rule("turned_month", rf"(?P<turn>last|this|next|past|Last|This|Next)\s+(?P<m>{_FULL_MONTH})\b", parse_month),
        Rule("stage_month", rf"(?P<stage>{_STAGE}|[Mm]id-?)(?P<m>{_FULL_MONTH})\b", parse_month),
        Rule("season", rf"(?P<stage>{_STAGE})?(?P<season>{_SEASON})\s+(?:of\s+)?(?P<y>{_YEAR})", parse_season),
        Rule("years", r"(?P<y1>(?:1[89]|20)\d\d)\s*[-–—]\s*(?P<y>(?:1[89]|20)\d\d|\d\d)(?![\d-])", parse_years),
        Rule("decade", r"(?:the\s+)?(?:early\s+|late\s+|mid-?)?(?P<y>(?:1[89]|20)\d0)[’']?s\b", parse_decade),
    )


def _day_rules() -> tuple[Rule, ...]:
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
            lambda p: Calendar(weekday=parse_weekday(p["wd"])),
        ),
        Rule("overnight", r"(?i:overnight)\b", lambda _: Overnight()),
        Rule("last_night", r"(?i:(?:late\s+)?last\s+(?:night|evening))\b", lambda _: Shift(unit=Unit.DAY, by=-1)),
    )


def _relative_rules() -> tuple[Rule, ...]:
    return (
        Rule("ago", rf"(?P<n>{_NUMBER})[-\s]+(?P<u>{_UNIT})s?\s+ago\b", parse_ago),
        Rule(
            "told_shift",
            rf"(?P<n>{_NUMBER})\s+(?P<u>{_UNIT})s?\s+(?P<way>earlier|later|prior|before(?=\s*(?:[,.;\n]|$))|after(?=\s*(?:[,.;\n]|$)))\b",
            parse_told_shift,
        ),
        Rule(
            "told",
            r"(?i:(?:earlier\s+|later\s+|early\s+|late\s+)?(?:on\s+)?(?P<turn>(?:the|that)\s+(?:very\s+)?same|that|(?:the\s+)?same|the\s+previous|the\s+preceding|"
            r"the\s+following|the\s+next)\s+(?P<u>day|night|evening|afternoon|morning|week|month|year))\b(?!-)",
            parse_told,
        ),
        Rule("day_before", r"(?i:the\s+day\s+(?P<way>before|after))(?=\s*(?:[,.;\n]|$))", parse_told_shift),
        Rule(
            "stretch",
            rf"(?i:(?:the\s+)?(?:past|last|previous)\s+(?:(?P<n>{_NUMBER})\s+)?(?P<u>hours|days|weeks|months|years|decade))\b",
            parse_stretch,
        ),
        Rule("past_unit", r"(?i:(?:the\s+)?past\s+(?:one\s+)?(?P<u>hour|day|week|year|decade))\b", parse_stretch),
        Rule("over_unit", r"(?i:(?:during|over|in)\s+(?P<core>the\s+last\s+(?P<u>week|month|year)))\b", parse_stretch),
    )


def _unit_rules() -> tuple[Rule, ...]:
    return (
        Rule("since_then", r"[Ss]ince\s+(?P<core>then)\b", lambda _: Then()),
        Rule(
            "within",
            rf"(?i:(?:with)?in\s+(?P<core>(?:just\s+|only\s+|less\s+than\s+)?(?P<n>{_NUMBER})\s+(?P<u>hours|days)))\b",
            parse_within,
        ),
        Rule(
            "unit_turn",
            rf"(?i:(?P<stage>(?:earlier|later)\s+(?:in\s+|on\s+)?|{_STAGE})?(?P<turn>the\s+current|last|this|next|past|the\s+past|current|the\s+coming|in\s+the)"
            r"\s+(?P<u>weekend|week|month|year|summer|winter|spring|autumn|fall))\b(?!\s+old|-)",
            parse_unit_turn,
        ),
        Rule(
            "stage_unit",
            r"(?i:(?P<stage>the\s+(?:beginning|start)\s+of\s+|earlier\s+in\s+)the\s+(?P<u>week|month|year))\b",
            parse_stage_unit,
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
            parse_turned_weekday,
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
            parse_year,
        ),
        Rule("stage_year", rf"(?P<stage>{_STAGE})(?:the\s+)?(?:year\s+)?(?P<y>{_YEAR})", parse_year),
        Rule("the_year", rf"(?:[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Aa])\s+(?P<core>(?P<y>{_YEAR})){event}", parse_year),
        Rule(
            "weekend",
            r"(?i:over|during|at|on|throughout)\s+(?P<core>(?i:the\s+weekend))\b",
            lambda _: Shift(unit=Unit.WEEKEND, by=0),
        ),
        Rule("listed_month", rf"(?<!\w )(?P<m>{_FULL_MONTH})(?=\s*:)", parse_month),
        Rule("plain_month", rf"(?P<m>{_PLAIN_MONTH})\b", parse_month),
        Rule(
            "cued_month",
            rf"{cue}\s+(?:the\s+)?(?P<core>(?P<m>{_FULL_MONTH}))\b(?!\s+[A-Z]|-|[,،]?\s+(?:the\s+)?(?:of\s+)?(?:{_YEAR}|{_DAY}|last\s+year|this\s+year))",
            parse_month,
        ),
        Rule(
            "day_only",
            rf"(?i:on)\s+(?P<core>the\s+(?P<d1>{_DAY})(?:st|nd|rd|th)(?=\s*(?:[,.;)\n]|$)|\s+of\s+this\s+month\b)(?:\s+of\s+this\s+month)?)",
            parse_day_only,
        ),
    )
