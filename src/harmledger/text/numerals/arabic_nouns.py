"""Arabic wordings that count by their form: duals are two, a bare singular is one, a list of names counts its items.

All words here are in the levelled spelling of `arabic_fold`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.domain import Hedge
from harmledger.text.numerals.arabic import find_numbers
from harmledger.text.numerals.arabic_fold import level, level_stretch
from harmledger.text.numerals.counts import EXACTLY_ONE, CountWords, ParsedCount, bound

_PERSON = level(
    "طفل|ولد|ابن|بنت|فتى|رضيع|حفيد|شقيق|اخ|زوج|والد|جد|عم|قريب|توام|مدني|مواطن|مقاتل|مسلح|عنصر|جندي|عسكري|شخص|شاب|رجل|امرا|"
    "سيد|قتيل|شهيد|جريح|مصاب|ضحي|قيادي|نازح|لاجئ|ناشط|اعلامي|صحفي|صحافي|طبيب|مسعف|ممرض|مدرس|معلم|طالب|عامل|موظف|شرطي|"
    "ضابط|حارس|مرافق|معتقل|محتجز|متطوع|مسن|عجوز|مزارع|سائق|مسؤول|مسئول|امير|نائب|قاصر|مختطف|مخطوف|مفقود|داعشي|ارهابي|ضيف|"
    "مهجر|فرد|كادر|راعي|جثمان"
)
"""Words for one person, without their feminine ending."""
_FEMININE = level(
    "ابن|طفل|فتا|بنت|شقيق|اخ|زوج|حفيد|مدني|مواطن|شاب|امرا|امرء|سيد|شهيد|جريح|ضحي|طالب|معلم|مدرس|ممرض|مسن|نازح|والد|جد|عم|رضيع|"
    "قتيل|مصاب|صحفي|صحافي|طبيب|ناشط|قاصر|اصاب|حال|جث|عامل|موظف"
)
"""Those that take a feminine ending, and words for one case of harm."""
_KIN = "زوج|والد|ابن|اخ|شقيق|طفل|حفيد|جد|ام|عم|رضيع"
_SOMEBODY = "احد|احدي|اخر|اخري|ام|اب|احدهم|احداهن"
_OWNED = "ه|ها|هم|هما|ي|نا"
_DUAL = rf"(?:(?:{_PERSON})|(?:{_FEMININE})ت)(?:ان|ين|[اي](?:{_OWNED}))"
_THINGS = "غار|ساع|مر|مدين|قري|بلد|سيار|دباب|قذيف|طائر|جه|منطق|سن|ليل|دقيق|عملي|صفق|ناحي|محافظ|جبه|مرحل|نقط|قاعد|حافل|شاحن|دراج|عبو|رصاص|حمل|ضرب|هجم|جول|كتيب|حار|صف|فتر|دفع|مجموع|مدفعي|عسكري|قافل|رواي|واقع|متمركز|\\w+س|ل"
_SOME_DUAL = rf"(?!(?:ال)?(?:{_THINGS})ت[اي]ن)\w{{3,}}ت(?:ان|ين)"
_SINGULAR = rf"(?:(?:{_PERSON}|{_SOMEBODY})ا?|(?:{_KIN})ت?(?:{_OWNED})|(?:{_FEMININE})ه)"
_NOUN = re.compile(rf"(?<!\w)[وبلف]?(?:(?P<dual>(?:ال)?(?:{_DUAL}|{_SOME_DUAL}))|(?P<one>{_SINGULAR}))(?!\w)")
_BODY_OF = re.compile(rf"(?:جثه|جثمان)\s+{_SINGULAR}(?!\w)")
"""A body and whose it is: one person, not two."""
_IS_DUAL = re.compile(rf"[وبلف]?(?:ال)?{_DUAL}$")
_DUAL_FORM = re.compile(r"[وبلف]?(?:ال)?(?:\w{3,}(?:تان|تين)|جثت[اي]|جثمان[اي]|حالت[اي])$|\w{3,}\u064eين$")
_TWO_ALIKE = re.compile(r"[وبلف]?(?:ال)?\w{3,}(?<!جثم)(?<!انس)ان(?:\s+(?:ال)?\w{3,}ان)?$")
"""Duals by their ending alone: where people are counted hardly another noun ends so."""
_IS_PLURAL = re.compile(
    r"[وبلف]?(?:ال)?(?:اطفال|نساء|رجال|اشخاص|عناصر|قتلي|جرحي|شهداء|ضحايا|شبان|شباب|سكان|افراد|جنود|ابناء|اهالي|\w{3,}ون)$"
)
_AGE = re.compile(
    r"\(?\s*(?:(?:البالغه?(?:\s+من\s+العمر)?|[يت]بلغ\s+من\s+العمر|عمرها?|بعمر)\s*)?\d{1,3}\s*"
    r"(?:عاما?|سنه|سنوات|اعوام|شهرا|اشهر|شهور|ربيعا|يوما)(?!\w)\s*\)?|\(\s*(?:عامان|عامين|سنتان|سنتين)\s*\)"
    r"|في\s+ال\w+ين(?!\w)(?:\s+من\s+(?:ال)?عمر\w*)?|ذ(?:ات|ي|و)\s+ال(?:اعوام|سنوات|اشهر)\s+\w+"
)
_BREAK = re.compile(
    r"\s*\n\s*(?:و\s*(?=\w))?|\s*[،,؛;/]\s*(?:و\s*(?=\w))?|[”\"»)]?\s+و\s*[“”\"«(]?(?=\w)|\s+(?:مع|برفقه)\s+"
)
_WAW_WORDS = re.compile(
    r"\s+(?:وليد|وائل|وسيم|وفاء|ورده?|وحيد|وداد|وعد|وسام|وجيه|وديع|ولاء|وهبه|واصف|وئام|وجدان|وجهاء|وجوه|والد(?:ه|ته|تها|تهم|ها|هم)?)(?!\w)"
)
"""Words that begin with waw of their own, not with "and"."""
_GUARD = "\u0640"
_WORD = re.compile(r"\w+")


def parse_wording(wording: str) -> ParsedCount | None:
    """How many people an Arabic counted expression means; None where it gives no number."""
    text = _AGE.sub(" ", level(wording)).strip()
    found = next(find_numbers(text), None)
    if found is None:
        return _count_nouns(text, dual=_is_dual(wording, text))
    return _beside(text[: found.start], found) or found.count


def _is_dual(wording: str, text: str) -> bool:
    """Whether a wording begins with a dual: known by its noun, or by its ending alone."""
    first, raw = _WORD.search(text), next(iter(wording.split()), "")
    known = first is not None and _IS_DUAL.match(first[0]) is not None
    return known or any((_DUAL_FORM.match(raw), _TWO_ALIKE.match(text)))


def _beside(before: str, found: CountWords) -> ParsedCount | None:
    """Somebody named with a number of others ("a mother and three of her children", "a mother and her three children")."""
    told, low = _items(before.strip()), found.count.low or 1
    joined = re.search(r"\sو\s*$", before) is not None
    if low == 1 or low != found.count.high or not (told if joined else len(told) > 1):
        return None
    people = sum(_people(i) for i in (told if joined else told[:-1])) + low
    return ParsedCount(low=people, high=people, hedge=Hedge.NAMES)


def find_nouns(text: str, start: int, end: int) -> Iterator[CountWords]:
    """Duals and bare singulars of words for persons between two offsets."""
    stretch = level_stretch(text, start, end)
    whose = 0
    for m in _NOUN.finditer(stretch.text):
        if m.start() < whose:
            continue
        kind = m.lastgroup or "one"
        first, last = m.span(kind)
        if of := _BODY_OF.match(stretch.text, first):
            last = whose = of.end()
        count = bound(2, Hedge.EXACT) if kind == "dual" else EXACTLY_ONE
        yield CountWords(start=stretch.start(first), end=stretch.end(last), count=count)


def _count_nouns(text: str, *, dual: bool) -> ParsedCount | None:
    items = _items(text)
    first = _WORD.search(text)
    if len(items) > 1:
        people = 2 if dual and len(items) == 2 else sum(_people(i) for i in items)
        return ParsedCount(low=people, high=people, hedge=Hedge.NAMES)
    if first is None or _IS_PLURAL.match(first[0]):
        return None
    return bound(2, Hedge.EXACT) if dual else EXACTLY_ONE


def _items(text: str) -> list[str]:
    """The items of a list; the first letter of names that begin with waw is guarded."""
    guarded = _WAW_WORDS.sub(lambda m: m[0].replace("و", _GUARD + "و", 1), text)
    return [i for i in _BREAK.split(guarded) if re.search(r"\w{2}", i)]


def _people(item: str) -> int:
    first = _WORD.search(item)
    return 2 if first is not None and _IS_DUAL.match(first[0]) else 1
