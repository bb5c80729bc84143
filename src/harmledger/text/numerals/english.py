"""English expressions of how many: figures, number words, vague quantities, ranges and their hedges.

`find_numbers` gives each expression from its hedge to the end of its number, with its bounds.
Whether it counts people is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harmledger.domain import Hedge
from harmledger.text.numerals.counts import CountWords, ParsedCount, bound

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "mln": 1_000_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_WORTH = {**UNITS, **TENS, "fourty": 40}
FEW = 3
"""What "several" and its like mean at the least (the contract's rule for vague words)."""
_GROUPS = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
_SETS = {"couple": 2, "pair": 2, "twin": 2, "twins": 2, "duo": 2, "both": 2, "trio": 3, "triplets": 3, "quartet": 4}

HEDGES: dict[Hedge, str] = {
    Hedge.AT_LEAST: r"at\s+(?:the\s+)?(?:very\s+)?least|least|no(?:t|ne)?\s+(?:fewer|less)\s+than"
    r"|minimum(?:\s+of)?|upwards?\s+of|starting\s+(?:at|from)",
    Hedge.MORE_THAN: r"(?:more|greater|higher)\s+than|over|above|beyond|in\s+excess\s+of|(?:surpass|exceed)(?:es|ed|ing|s)?"
    r"|topp?(?:ed|ing|s)|just\s+over",
    Hedge.AT_MOST: r"up\s*to|as\s+(?:many|high|much)\s+as|at\s+(?:the\s+)?most|maximum(?:\s+of)?|no(?:t)?\s+more\s+than",
    Hedge.ABOUT: r"about|around|nearly|almost|close\s+to|near|approximately|approx\.?|roughly|estimated(?:\s+at)?|circa"
    r"|some(?:\s+odd)?|just\s+(?:under|short\s+of)|~|≈|in\s+the\s+(?:region|order|vicinity)\s+of|average\s+of",
}
_FEWER = r"(?:fewer|less|lower)\s+than|under"
_STRENGTH = (Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.ABOUT)
"""Of two hedges on one number the earlier in this list rules ("an estimated at least 20")."""
_FILLERS = (
    r"well|far|slightly|much|significantly|a\s+little|another|others?|further|additional|extra|just|only|all|exactly|the|these"
    r"|those|its|their|his|her|total(?:\s+of)?|an?|reported(?:ly)?|possibly|perhaps|maybe|now|other"
)

_CARDINAL = rf"(?:(?:{'|'.join(TENS)}|fourty)(?:[-‐–\s](?:{'|'.join(list(UNITS)[1:10])})\b)?|(?:{'|'.join([*list(UNITS)[10:], *list(UNITS)[1:10]])}))\b"
_SCALE = rf"(?:{'|'.join(SCALES)})\b"
_FIGURE = r"(?<![\d.,])(?:\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3}){1,3}(?!\d)|\d{1,12}(?:\.\d{1,2})?(?!\d))"
_PART = r"(?:half(?:\s+of)?(?:\s+an?)?|(?:an?|one|three)\s+quarters?\s+of\s+an?|an?)"
_NUMBER = (
    rf"(?:(?:{_FIGURE}|(?<!\w){_CARDINAL}(?:\s+and\s+an?\s+half)?)(?:[\s-]+{_SCALE}){{0,3}}|(?<!\w)(?:{_PART}[\s-]+)?{_SCALE}(?:\s+{_SCALE}){{0,3}})"
    rf"(?:\s+and\s+an?\s+half|(?:(?<=dred)|(?<=sand)|(?<=lion))(?:(?:,?\s+|\s+and\s+){_CARDINAL}(?:\s+{_SCALE}){{0,3}}){{1,4}})?"
)
_SIZE = r"(?:(?:very\s+)?(?:large|great|big|high|huge|small|growing|significant|considerable|substantial|unknown|undetermined|unspecified|uncertain|untold|certain|limited)\s+|[“\"])?"
_VAGUE = (
    r"(?:(?:several|few|many|couple\s+of)\s+)?(?:tens|dozens|scores|hundreds|thousands|millions)\b(?:\s+of\s+(?:hundreds|thousands|millions)\b|\s+and\s+(?:hundreds|thousands)\b)?"
    rf"|(?:several|an?\s+few|few|an?\s+couple\s+of|many|some)\s+{_SCALE}(?:\s+{_SCALE}){{0,3}}"
    rf"|(?:an?\s+|the\s+|[“\"]){{0,2}}{_SIZE}(?<!\bthe\s)numbers?(?=\s+of\b|[”\"]|\s*$)(?:\s+of\b)?"
    rf"|several|many(?!\s+as\b)(?:\s+(?:more|others?)\b)?|multiple|numerous|countless|various|an?\s+few|an?\s+handful(?:\s+of\b)?|some(?!\s+(?:odd|more\s+than|\d)|\s+{_CARDINAL}|\s+{_SCALE})(?:\s+more|\s+others?)?"
    rf"|(?:an?\s+)?(?:{'|'.join(_SETS)})\b(?:\s+of\b)?"
)
_CORE = re.compile(rf"(?P<number>{_NUMBER})(?![\w%])|(?<!\w)(?P<vague>{_VAGUE})(?!\w)", re.IGNORECASE)
_JOIN = re.compile(
    rf"\s*(?:[-‐–—/]|to|or|and(?:\s+(?:an?\s+)?maximum\s+of)?)\s*(?P<number>{_NUMBER})(?![\w%])", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:{'|'.join(f'(?P<{h.name}>{p})' for h, p in HEDGES.items())}|(?P<FEWER>{_FEWER})|(?P<RANGE>between|from)|{_FILLERS})\s*)+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:(?P<AT_LEAST>\+|plus\b|or\s+more\b(?!\s+than)|and\s+(?:more|above)\b(?!\s+than)|at\s+(?:the\s+)?(?:very\s+)?least\b(?!\s+(?:\d|an?\b|{_CARDINAL})))|(?P<AT_MOST>at\s+(?:the\s+)?most\b|or\s+(?:fewer|less)\b)"
    r"|(?P<ABOUT>or\s+so\b|-?odd\b))",
    re.IGNORECASE,
)
_REACH = 48
"""How far before a number its hedge may begin, in characters."""


def parse_number(words: str) -> int | None:
    """The value of one number, in figures or words; None where it isn't one or is no whole number.

    >>> parse_number("1.5 million"), parse_number("twenty-three"), parse_number("half a dozen")
    (1500000, 23, 6)
    """
    total, part, scale, half = 0.0, 0.0, 1, False
    for word in _WORD.findall(words.lower()):
        half = word == "half"
        if word in SCALES:
            scale = SCALES[word]
            part = (part or 1) * scale
            total, part = (total, part) if scale <= 100 else (total + part, 0.0)
        elif word.startswith("quarter"):
            part = (part or 1) * 0.25
        else:
            part += 0.5 if half else _worth(word)
    value = total + part + (0.5 * scale - 0.5 if half else 0)
    return int(value) if value == int(value) else None


_WORD = re.compile(rf"\d[\d,.'’\u00a0\u202f ]*|half|quarters?|{'|'.join(SCALES)}|{_CARDINAL}")
_GROUPED = re.compile(r"[,.'’\u00a0\u202f ](?=\d{3}(?!\d))")


def _worth(word: str) -> float:
    if word[0].isdigit():
        return float(_GROUPED.sub("", word.strip(" ,.'’\u00a0\u202f")))
    return sum(_WORTH[w] for w in re.split(r"[-‐–\s]", word))


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[CountWords]:
    """Each expression of how many in ``text[start:end]``, in order, from its hedge to the end of its number."""
    limit = len(text) if end is None else end
    at = start
    while m := _CORE.search(text, at, limit):
        found = _read(text, m, at, limit)
        if found is not None:
            yield found
        at = max(found.end if found else m.end(), at + 1)


def _read(text: str, core: re.Match[str], start: int, end: int) -> CountWords | None:
    before = _hedge_before(text, core.start(), start)
    if core["vague"]:
        return _read_vague(core, before)
    first = parse_number(core["number"])
    if first is None:
        return None
    if (second := _second_number(text, core, before, end)) is not None:
        return second
    after = _AFTER.match(text, core.end(), end)
    hedge, fewer = _rule(before, after)
    stop = after.end() if after else core.end()
    return CountWords(start=before.start if before else core.start(), end=stop, count=bound(first - fewer, hedge))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """The hedges before a number: where they begin, and which there are."""

    start: int
    hedges: frozenset[str]


def _hedge_before(text: str, at: int, floor: int) -> _Before | None:
    window = max(floor, at - _REACH)
    m = _BEFORE.search(text, window, at)
    if m is None:
        return None
    hedges = [(m.start(name), name) for name, words in m.groupdict().items() if words]
    return _Before(start=min(hedges)[0], hedges=frozenset(n for _, n in hedges)) if hedges else None


def _rule(before: _Before | None, after: re.Match[str] | None) -> tuple[Hedge, int]:
    """The hedge that rules a number, and 1 to take off it where it is an open upper bound."""
    names = (before.hedges if before else frozenset[str]()) | {
        n for n, w in (after.groupdict() if after else {}).items() if w
    }
    if "FEWER" in names:
        return Hedge.AT_MOST, 1
    return next((h for h in _STRENGTH if h.name in names), Hedge.EXACT), 0


def _second_number(text: str, core: re.Match[str], before: _Before | None, end: int) -> CountWords | None:
    """A range that begins with a number: its two ends in order."""
    m = _JOIN.match(text, core.end(), end)
    if m is None:
        return None
    between = before is not None and ("RANGE" in before.hedges or "AT_LEAST" in before.hedges)
    if " and" in m[0].lower()[: m[0].lower().find(m["number"].lower())] and not between:
        return None
    low, high = parse_number(core["number"]), parse_number(m["number"])
    if low is None or high is None or low > high:
        return None
    count = ParsedCount(low=low, high=high, hedge=Hedge.RANGE)
    return CountWords(start=before.start if before else core.start(), end=m.end(), count=count)


def _read_vague(core: re.Match[str], before: _Before | None) -> CountWords | None:
    words = core["vague"].lower()
    start = before.start if before else core.start()
    return CountWords(start=start, end=core.end(), count=_vague(words))


def _vague(phrase: str) -> ParsedCount:
    words = re.findall(r"[a-z]+", phrase)
    if exact := next((_SETS[t] for t in words if t in _SETS), None):
        scale = next((t for t in words if t in _GROUPS), None)
        if scale is None:
            return bound(exact, Hedge.EXACT)
    groups = [_GROUPS[t] for t in words if t in _GROUPS]
    scales = [SCALES[t] for t in words if t in SCALES]
    if groups:
        first, *rest = groups
        return bound(first * (rest[0] // 2 if rest and " of " in phrase else 1), Hedge.VAGUE)
    low = FEW
    for scale in scales:
        low *= scale
    return bound(low, Hedge.VAGUE)
