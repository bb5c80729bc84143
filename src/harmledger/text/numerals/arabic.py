"""Arabic expressions of how many: figures of both scripts, number words, vague quantities, ranges and hedges.

`find_numbers` gives each expression from its hedge to the end of its number, with its bounds. All words here are in the
levelled spelling of `arabic_fold`. Whether people are counted is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.domain import Hedge
from harmledger.text.numerals.arabic_fold import level, level_stretch
from harmledger.text.numerals.counts import CountWords, ParsedCount, bound

_UNITS = {
    "واحد": 1, "واحدا": 1, "واحده": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2,
    "ثلاثه": 3, "ثلاث": 3, "اربعه": 4, "اربع": 4, "خمسه": 5, "خمس": 5, "سته": 6, "ست": 6, "سبعه": 7, "سبع": 7, "ثمانيه": 8,
    "ثماني": 8, "ثمان": 8, "تسعه": 9, "تسع": 9, "عشره": 10, "عشر": 10,
    "ثلاثا": 3, "اربعا": 4, "خمسا": 5, "ستا": 6, "سبعا": 7, "ثمانيا": 8, "تسعا": 9,
}  # fmt: skip
_ONLY_IN_TEENS = {"احد": 1, "احدي": 1}
_TENS = {
    stem + ending: 10 * n
    for n, stem in enumerate("عشر ثلاث اربع خمس ست سبع ثمان تسع".split(), 2)
    for ending in ("ون", "ين")
}
_HUNDRED_WORDS = ("مئه", "مائه")
_HUNDREDS = (
    dict.fromkeys(_HUNDRED_WORDS, 100)
    | dict.fromkeys("مئتان مئتين مائتان مائتين مئتا مئتي".split(), 200)
    | {
        stem + word: 100 * n
        for n, stem in enumerate("ثلاث اربع خمس ست سبع ثمان تسع".split(), 3)
        for word in _HUNDRED_WORDS
    }
)
_LARGE = {"الفان": 2000, "الفين": 2000, "الفي": 2000, "مليونان": 2_000_000, "مليونين": 2_000_000}
_SCALES = {"الف": 1000, "الاف": 1000, "الفا": 1000, "مليون": 1_000_000, "ملايين": 1_000_000, "مليونا": 1_000_000}
_PARTS = {"نصف": 0.5, "ربع": 0.25}
_FORMS = {**_UNITS, **_ONLY_IN_TEENS, **_TENS, **_HUNDREDS, **_LARGE, **_SCALES, **_PARTS}

_FIGURE = r"(?<![\d.,٫٬])(?:\d{1,3}(?:[,.٬٫ ]\d{3}){1,3}(?!\d)|\d{1,12}(?:[.,٫]\d{1,2})?(?!\d))"
_FORM = rf"(?:ال)?(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})(?!\w)"
_TOKEN = re.compile(rf"(?P<and>\s+و\s*)?\s*(?:(?P<figure>{_FIGURE})|(?P<form>{_FORM}))(?![\w%])")
_GROUPED = re.compile(r"[,.٬٫ ](?=\d{3}(?!\d))")

FEW = 3
"""What "several" and its like mean at the least (the contract's rule for vague words)."""
_VAGUE = {
    r"عشرات\s+(?:من\s+)?(?:ال)?الاف": 20_000,
    r"مئات\s+(?:من\s+)?(?:ال)?الاف": 200_000,
    r"عشرات(?:\s+من(?!\w))?": 20,
    r"مئات(?:\s+من(?!\w))?": 200,
    r"الاف(?:\s+من(?!\w))?": 2000,
    r"ملايين(?:\s+من(?!\w))?": 2_000_000,
    r"(?:عده|بضعه|بضع|بعض)": FEW,
    r"(?:عديد|كثير)(?:\s+من(?!\w))?": FEW,
    r"(?:اعداد|مجموعه)(?:\s+كبيره)?\s+من": FEW,
    r"عددا?(?:\s+(?:كبيرا?|اكبر|قليلا?|غير\s+محدد|غير\s+معروف))?(?:\s+(?:من|اخر)(?!\w)|(?=\s*$))": FEW,
}
_VAGUE_WORDS = [(re.compile(rf"[وبلف]?(?:ال)?{words}(?!\w)"), n) for words, n in _VAGUE.items()]
_HEDGES = {
    Hedge.AT_LEAST: r"(?:ما\s+)?(?:لا\s*يقل|لا\s*تقل)\s+عن|علي\s+الاقل",
    Hedge.MORE_THAN: r"(?:اكثر|اكتر|ازيد)\s+من|فوق|(?:ما\s+)?[يت]زيد\s+(?:علي|عن)|[يت]?تجاوزت?|ما\s+يربو\s+(?:علي|عن)|(?:ما\s+)?يفوق|فاق",
    Hedge.AT_MOST: r"(?:ما\s+)?يصل\s+الي|لا\s+يزيد\s+(?:علي|عن)|لا\s+يتجاوز|كحد\s+اقصي",
    Hedge.ABOUT: r"نحو|حوالي|(?:ب)?حدود|قرابه|زهاء|(?:ما\s+)?يقارب|ما\s+يقرب\s+من|قريب\s+من|تقريبا",
}
_STRENGTH = (Hedge.AT_MOST, Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.ABOUT)
"""Of two hedges on one number the earlier in this list rules."""
_CORE = re.compile(
    rf"(?<!\w)[وبلف]?(?:ال)?(?P<vague>{'|'.join(_VAGUE)})(?!\w)|(?:(?<!\w)(?:و(?!احد)|[لبف])?(?P<word>{_FORM})|(?P<figure>{_FIGURE}))(?![\w%])"
)
_BEFORE = re.compile(
    rf"(?:(?<!\w)[ولبف]?(?:{'|'.join(f'(?P<{h.name}>{p})' for h, p in _HEDGES.items())}|(?P<FEWER>اقل\s+من)|(?P<RANGE>ما\s+بين|بين|من))\s*)+$"
)
_AFTER = re.compile(
    r"(?:\s+\w+){0,2}?\s*(?:(?P<AT_LEAST>علي\s+(?:الاقل|اقل\s+تقدير)|فاكثر|او\s+اكثر)|(?P<ABOUT>تقريبا))(?!\w)"
)
_JOIN = re.compile(r"\s*(?:-|–|الي|او|و)\s*")
_REACH = 40
"""How far before a number its hedge may begin, in characters."""


def parse_number(words: str) -> int | None:
    """The value of one Arabic number, in figures or words.

    >>> parse_number("خمسة وعشرون"), parse_number("٣٥"), parse_number("ثلاثمئة ألف")
    (25, 35, 300000)
    """
    levelled = level(words)
    read = _number_at(levelled, 0, len(levelled))
    return read[0] if read is not None and read[1] == len(levelled) else None


def _number_at(text: str, at: int, end: int) -> tuple[int, int] | None:
    """The value of the number that begins at an index, and where it ends."""
    read = _below_1000(text, at, end)
    if read is None:
        return None
    value, stop = read
    scale = _TOKEN.match(text, stop, end)
    if scale and not scale["and"] and (worth := _SCALES.get(_form(scale))):
        value, stop = value * worth, scale.end()
        rest = _TOKEN.match(text, stop, end)
        more = _below_1000(text, rest.start("form"), end) if rest and rest["and"] and rest["form"] else None
        value, stop = (value + more[0], more[1]) if more else (value, stop)
    return (int(value), stop) if value == int(value) else None


def _below_1000(text: str, at: int, end: int) -> tuple[float, int] | None:
    """A figure, or number words up to a scale, which may itself be bare ("ألف قتيل")."""
    first = _TOKEN.match(text, at, end)
    if first is None:
        return None
    if first["figure"]:
        return float(_GROUPED.sub("", first["figure"]).replace("٫", ".").replace(",", ".")), first.end()
    form = _form(first)
    after = _TOKEN.match(text, first.end(), end)
    follower = _form(after) if after and after["form"] else ""
    joined = bool(after and after["and"])
    if form in _PARTS:
        return (_PARTS[form], first.end()) if follower in _SCALES and not joined else None
    if after is not None and form in {**_UNITS, **_ONLY_IN_TEENS} and not joined and follower in {"عشر", "عشره"}:
        return _FORMS[form] + 10, after.end()
    if form in _ONLY_IN_TEENS and not (joined and follower in _TENS):
        return None
    return _compound(text, (first, after), (form, follower if joined else ""), end)


def _compound(
    text: str, tokens: tuple[re.Match[str], re.Match[str] | None], forms: tuple[str, str], end: int
) -> tuple[float, int]:
    """A word with what "and" adds to it: tens to a unit, anything below to hundreds."""
    (first, after), (form, follower) = tokens, forms
    value = float(_FORMS[form])
    if after is not None and (form in _ONLY_IN_TEENS or _UNITS.get(form, 10) < 10) and follower in _TENS:
        return value + _TENS[follower], after.end()
    if after is not None and form in _HUNDREDS | _LARGE and follower in _UNITS | _TENS:
        rest = _below_1000(text, after.start("form"), end)
        return (value + rest[0], rest[1]) if rest else (value, first.end())
    return value, first.end()


def _form(token: re.Match[str]) -> str:
    form = token["form"] or ""
    return form if form in _FORMS else form.removeprefix("ال")


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[CountWords]:
    """Each Arabic expression of how many in ``text[start:end]``, in order, from its hedge to the end of its number."""
    stretch = level_stretch(text, start, len(text) if end is None else end)
    at = 0
    while m := _CORE.search(stretch.text, at):
        found = _read(stretch.text, m, at)
        if found is not None:
            begin, stop, count = found
            yield CountWords(start=stretch.start(begin), end=stretch.end(stop), count=count)
        at = max(found[1] if found else m.end(), at + 1)


_Found = tuple[int, int, ParsedCount]


def _read(text: str, core: re.Match[str], start: int) -> _Found | None:
    began = core.start(core.lastgroup or 0)
    before = _BEFORE.search(text, max(start, core.start() - _REACH), core.start())
    names = {h for h, w in before.groupdict().items() if w} if before else set[str]()
    begin = before.start() if before and names != {"RANGE"} else began
    if core["vague"]:
        return begin, core.end(), bound(_vague(core[0]), Hedge.VAGUE)
    number = _number_at(text, began, len(text))
    if number is None:
        return None
    if second := _range(text, number, between="RANGE" in names):
        return before.start() if before else begin, *second
    stop, count = _bounded(text, number, names)
    return begin, stop, count


def _vague(words: str) -> int:
    return next((n for pattern, n in _VAGUE_WORDS if pattern.match(words)), FEW)


def _range(text: str, low: tuple[int, int], *, between: bool) -> tuple[int, ParsedCount] | None:
    """A number up to which the first one reaches: after "between" by any joint, else only by "to"."""
    joint = _JOIN.match(text, low[1])
    if joint is None or not (between or joint[0].strip() == "الي"):
        return None
    high = _number_at(text, joint.end(), len(text))
    if high is None or high[0] < low[0]:
        return None
    return high[1], ParsedCount(low=low[0], high=high[0], hedge=Hedge.RANGE)


def _bounded(text: str, number: tuple[int, int], before: set[str]) -> tuple[int, ParsedCount]:
    value, stop = number
    after = _AFTER.match(text, stop)
    names = before.union(h for h, w in after.groupdict().items() if w) if after else before
    stop = after.end() if after else stop
    if "FEWER" in names:
        return stop, bound(value - 1, Hedge.AT_MOST)
    return stop, bound(value, next((h for h in _STRENGTH if h.name in names), Hedge.EXACT))
