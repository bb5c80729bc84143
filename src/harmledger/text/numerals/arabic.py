"""Arabic expressions of how many: figures of both scripts, number words, vague quantities, duals, ranges and hedges.

`find_numbers` gives each expression from its hedge to the end of its number; `count_nouns` reads duals, bare singulars
and lists of names. Vowel marks and the spellings of alef, ya and ta marbuta make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.domain import Hedge
from harmledger.text.numerals.counts import EXACTLY_ONE, CountWords, ParsedCount, bound

SCRIPT = re.compile(r"[\u0620-\u064a]")
_MARKS = r"[\u064b-\u0652\u0640\u0670]*"
_SPELLINGS = {"ا": "[اأإآٱ]", "ي": "[يىئ]", "ة": "[ةه]", "ه": "[هة]", "ئ": "[ئيء]", "ؤ": "[ؤو]", " ": r"\s+"}


def _spelt(words: str) -> str:
    """A pattern for words however they are spelt and vowelled; `|`, `(?:` and `)?` keep their meaning."""
    return "".join(c if c in "|()?:" else _SPELLINGS.get(c, c) + (_MARKS if c != " " else "") for c in words)


_UNITS = {
    "واحد|واحدة": 1, "اثنان|اثنين|اثنتان|اثنتين|اثنا|اثني|اثنتا|اثنتي": 2, "ثلاثة|ثلاث": 3, "اربعة|اربع": 4, "خمسة|خمس": 5,
    "ستة|ست": 6, "سبعة|سبع": 7, "ثمانية|ثماني|ثمان": 8, "تسعة|تسع": 9, "عشرة|عشر": 10,
}  # fmt: skip
_TEENS = {"احد عشر|احدى عشرة|احدى عشر": 11} | {
    f"(?:{ones}) (?:عشرة|عشر)": 10 + n for ones, n in list(_UNITS.items())[1:9]
}
_TENS = {
    "عشرون|عشرين": 20, "ثلاثون|ثلاثين": 30, "اربعون|اربعين": 40, "خمسون|خمسين": 50, "ستون|ستين": 60, "سبعون|سبعين": 70,
    "ثمانون|ثمانين": 80, "تسعون|تسعين": 90,
}  # fmt: skip
_HUNDREDS = (
    {"مئتان|مئتين|مائتان|مائتين|مئتا|مئتي": 200}
    | {
        "|".join(f"{o}مئة|{o}مائة|{o} مئة|{o} مائة" for o in ones.split("|")): 100 * n
        for ones, n in list(_UNITS.items())[2:9]
    }
    | {"مئة|مائة": 100}
)
_THOUSANDS = {"نصف مليون": 500_000, "ربع مليون": 250_000, "الفان|الفين|الفا|الفي": 2000, "مليونان|مليونين": 2_000_000}
SCALES = {"الف|الاف|الفا": 1000, "مليون|ملايين|مليونا": 1_000_000}

_VALUES = {**_TEENS, **_HUNDREDS, **_TENS, **_THOUSANDS, **_UNITS}
_FIGURE = r"(?<![\d.,٫٬])(?:\d{1,3}(?:[,.٬٫ ]\d{3}){1,3}(?!\d)|\d{1,12}(?:[.,٫]\d{1,2})?(?!\d))"
_SCALE = rf"(?:ال)?(?:{'|'.join(_spelt(w) for w in SCALES)})(?!\w)"


def _any_of(*tables: dict[str, int]) -> str:
    return rf"(?:ال)?(?:{'|'.join(_spelt(w) for table in tables for w in table)})(?!\w)"


_AND = r"\s+و\s*"
_BELOW_100 = rf"(?:{_any_of(_TEENS)}|{_any_of(_TENS)}|{_any_of(_UNITS)}(?:{_AND}{_any_of(_TENS)})?)"
_SPELT_OUT = rf"(?:{_any_of(_HUNDREDS, _THOUSANDS)}(?:{_AND}{_BELOW_100})?|{_BELOW_100})"
_NUMBER = (
    rf"(?:(?:{_FIGURE}|(?:(?<!\w)|(?<=\b[ولبف])){_SPELT_OUT})(?:\s+{_SCALE})?|(?<!\w){_SCALE})"
    rf"(?:(?<=[فن]){_AND}{_SPELT_OUT})?"
)

FEW = 3
_VAGUE = {
    "(?:ال)?عشرات (?:من )?(?:ال)?الاف|عشرات الوف": 20_000,
    "(?:ال)?مئات (?:من )?(?:ال)?الاف": 200_000,
    "(?:ال)?عشرات|(?:ال)?عشرات من": 20,
    "(?:ال)?مئات|(?:ال)?مئات من": 200,
    "(?:ال)?الاف|الالاف": 2000,
    "(?:ال)?ملايين": 2_000_000,
    "عدة|العديد(?: من)?|عديد(?: من)?|بضعة|بضع|بعض|الكثير من|كثير من|اعداد(?: كبيرة)?(?: من)?|مجموعة من": FEW,
}
_SOME = rf"{_spelt('عدد')}[اًٍ]*{_MARKS}(?:\s+(?:{_spelt('كبير|اكبر|قليل|غير محدد|غير معروف')})[اًٍ]*)?(?:\s+(?:من|{_spelt('اخر')})(?!\w)|(?=\s*$))"

_HEDGES = {
    Hedge.AT_LEAST: "ما لا يقل عن|لا يقل عن|لا تقل عن|ما لايقل عن|لايقل عن|على الاقل",
    Hedge.MORE_THAN: "اكثر من|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|تزيد عن|ازيد من|تجاوز|يتجاوز|تتجاوز|تجاوزت|ما يربو على|ما يربو عن|فاق|يفوق|ما يفوق",
    Hedge.AT_MOST: "ما يصل الى|يصل الى|لا يزيد عن|لا يتجاوز|لا يزيد على|كحد اقصى",
    Hedge.ABOUT: "نحو|حوالي|قرابة|زهاء|ما يقارب|يقارب|ما يقرب من|قريب من|تقريبا|بنحو|بحوالي",
}
_FEWER = "اقل من"
_STRENGTH = (Hedge.AT_MOST, Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.ABOUT)

_CORE = re.compile(
    rf"(?P<vague>(?<!\w)[وبلف]?(?:{'|'.join([*(_spelt(w) for w in _VAGUE), _SOME])}))(?!\w)|(?P<number>{_NUMBER})(?![\w%])"
)
_JOIN = re.compile(rf"\s*(?:-|–|{_spelt('الى')}|{_spelt('او')}|و)\s*(?P<number>{_NUMBER})(?![\w%])")
_BEFORE = re.compile(
    rf"(?:(?<!\w)[ولبف]?(?:{'|'.join(f'(?P<{h.name}>{_spelt(w)})' for h, w in _HEDGES.items())}|(?P<FEWER>{_spelt(_FEWER)})"
    rf"|(?P<RANGE>{_spelt('ما بين|بين|من')}))\s*)+$"
)
_AFTER = re.compile(
    rf"(?:\s+\w+{_MARKS}){{0,2}}?\s*(?:(?P<AT_LEAST>{_spelt('على الاقل|على اقل تقدير|فاكثر|او اكثر')})|(?P<ABOUT>{_spelt('تقريبا')}))(?!\w)"
)
_REACH = 40
_VAGUE_VALUES = [(re.compile(rf"[وبلف]?(?:{_spelt(w)})(?!\w)"), n) for w, n in _VAGUE.items()]
_WORD_VALUES = [(re.compile(rf"(?:ال)?(?:{_spelt(w)})(?!\w)"), n) for w, n in _VALUES.items()]
_SCALE_VALUES = [(re.compile(rf"(?:ال)?(?:{_spelt(w)})(?!\w)"), n) for w, n in SCALES.items()]
_FIGURE_ALONE = re.compile(_FIGURE)
_GAP = re.compile(r"\s*و?\s*")


def parse_number(words: str) -> int | None:
    """The value of one Arabic number, in figures or words.

    >>> parse_number("خمسة وعشرون"), parse_number("٣٥"), parse_number("ثلاثمئة ألف")
    (25, 35, 300000)
    """
    at, total, part = 0, 0.0, 0.0
    while at < len(words):
        if m := _FIGURE_ALONE.match(words, at):
            part += float(re.sub(r"[,.٬٫ ](?=\d{3}(?!\d))", "", m[0]).replace("٫", ".").replace(",", "."))
        elif hit := _first(_WORD_VALUES, words, at):
            m, value = hit
            part += value
        elif hit := _first(_SCALE_VALUES, words, at):
            m, value = hit
            total, part = total + (part or 1) * value, 0.0
        else:
            return None
        gap = _GAP.match(words, m.end())
        at = gap.end() if gap else m.end()
    value = total + part
    return int(value) if value == int(value) else None


def _first(table: list[tuple[re.Pattern[str], int]], words: str, at: int) -> tuple[re.Match[str], int] | None:
    return next(((m, n) for pattern, n in table if (m := pattern.match(words, at))), None)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[CountWords]:
    """Each Arabic expression of how many in ``text[start:end]``, in order, from its hedge to the end of its number."""
    limit = len(text) if end is None else end
    at = start
    while m := _CORE.search(text, at, limit):
        found = _read(text, m, at, limit)
        if found is not None:
            yield found
        at = max(found.end if found else m.end(), at + 1)


def _read(text: str, core: re.Match[str], start: int, end: int) -> CountWords | None:
    before = _BEFORE.search(text, max(start, core.start() - _REACH), core.start())
    names = [h for h, w in before.groupdict().items() if w] if before else []
    begin = before.start() if before and names != ["RANGE"] else core.start()
    if core["vague"]:
        hit = _first(_VAGUE_VALUES, core["vague"], 0)
        return CountWords(start=begin, end=core.end(), count=bound(hit[1] if hit else FEW, Hedge.VAGUE))
    first = parse_number(core["number"])
    if first is None:
        return None
    if "RANGE" in names and before and (second := _range(text, core, first, end)):
        stop, count = second
        return CountWords(start=before.start(), end=stop, count=count)
    return _single(text, core, (begin, names, first), end)


def _single(text: str, core: re.Match[str], found: tuple[int, list[str], int], end: int) -> CountWords:
    begin, names, number = found
    after = _AFTER.match(text, core.end(), end)
    names = names + [h for h, w in after.groupdict().items() if w] if after else names
    if "FEWER" in names:
        return CountWords(start=begin, end=core.end(), count=bound(number - 1, Hedge.AT_MOST))
    hedge = next((h for h in _STRENGTH if h.name in names), Hedge.EXACT)
    return CountWords(start=begin, end=after.end() if after else core.end(), count=bound(number, hedge))


def _range(text: str, core: re.Match[str], low: int, end: int) -> tuple[int, ParsedCount] | None:
    m = _JOIN.match(text, core.end(), end)
    high = parse_number(m["number"]) if m else None
    if m is None or high is None or high < low:
        return None
    return m.end(), ParsedCount(low=low, high=high, hedge=Hedge.RANGE)


# --- duals, bare singulars, names ------------------------------------------------------------------------------------

_AGE = re.compile(
    rf"\(?\s*(?:{_spelt('البالغ(?:ة)? من العمر|البالغ(?:ة)?|يبلغ من العمر|تبلغ من العمر|عمره|عمرها|بعمر')}\s*)?\d{{1,3}}\s*"
    rf"(?:{_spelt('عاما|عام|سنة|سنوات|اعوام|شهرا|اشهر|شهور|ربيعا|يوما')})[اًٍ]?{_MARKS}\s*\)?|\(\s*{_spelt('عامان|عامين|سنتان|سنتين')}\s*\)"
)
PERSON = (
    "طفل ولد ابن بنت فتى رضيع حفيد شقيق اخ زوج والد جد عم قريب توام مدني مواطن مقاتل مسلح عنصر جندي عسكري شخص شاب رجل امرا "
    "امرء سيد قتيل شهيد جريح مصاب ضحي قيادي نازح لاجئ ناشط اعلامي صحفي صحافي طبيب مسعف ممرض مدرس معلم طالب عامل موظف شرطي "
    "ضابط حارس مرافق معتقل محتجز متطوع مسن عجوز مزارع سائق مسؤول امير نائب قاصر مختطف مخطوف مفقود داعشي ارهابي ضيف مهجر فرد "
    "كادر راعي جثمان"
).split()
"""Words for one person, without their feminine ending."""
_FEMININE = "ابن|طفل|فتا|بنت|شقيق|اخ|زوج|حفيد|مدني|مواطن|شاب|امرا|امرء|سيد|شهيد|جريح|ضحي|طالب|معلم|مدرس|ممرض|مسن|نازح|والد|جد|عم|رضيع|قتيل|مصاب|صحفي|صحافي|طبيب|ناشط|قاصر|اصاب|حال|جث|عامل|موظف"
_KIN = "زوج|والد|ابن|اخ|شقيق|طفل|حفيد|جد|ام|عم|رضيع"
_OWNED = "ه|ها|هم|هما|ي|نا"
_STEM = rf"(?:{_spelt('|'.join(PERSON))}|(?:{_spelt(_FEMININE)})ت)"
_DUAL = re.compile(rf"^[وبلف]?(?:ال)?{_STEM}(?:ان|ين|[اي](?:{_OWNED}))$")
_PLURAL_NOUNS = re.compile(
    rf"^[وبلف]?(?:ال)?(?:{_spelt('اطفال|نساء|رجال|اشخاص|عناصر|قتلى|جرحى|شهداء|ضحايا|مدنيون|شبان|شباب|سكان|افراد|جنود|ابناء|اهالي|مقاتلون|مسلحون|مواطنون|نازحون')}|\w{{3,}}ون)$"
)
_BREAK = re.compile(r"\s*[،,؛;/]\s*(?:و\s*(?=\w))?|[”\"»)]?\s+و\s*[“”\"«(]?(?=\w)|\s+مع\s+|\s+برفقة\s+")
_WAW_WORDS = re.compile(
    rf"\s+(?:{_spelt('وليد|وائل|وسيم|وفاء|ورد|وردة|وحيد|وداد|وعد|وسام|وجيه|وديع|ولاء|وهبة|واصف|وئام|وجدان|وجهاء|وجوه|والد(?:ة)?|والدته|والدتها|والدتهم|والده|والدها|والدهم')})(?!\w)"
)
_MARK = re.compile(r"[\u064b-\u0652\u0640\u0670]+")


def parse_wording(wording: str) -> ParsedCount | None:
    """How many people an Arabic counted expression means; None where it gives no number."""
    text = _AGE.sub(" ", wording)
    found = next(find_numbers(text), None)
    if found is not None:
        return found.count
    return count_nouns(text)


def count_nouns(text: str) -> ParsedCount | None:
    """Duals are two, a bare singular is one, a list counts its items; a bare plural gives no number."""
    bare = _MARK.sub("", text).strip()
    items = _items(bare)
    first = re.search(r"\w+", bare)
    dual = first is not None and _is_dual(first[0])
    if len(items) > 1:
        people = 2 if dual and len(items) == 2 else sum(_people(i) for i in items)
        return ParsedCount(low=people, high=people, hedge=Hedge.NAMES)
    if first is None or _PLURAL_NOUNS.match(first[0]):
        return None
    return bound(2, Hedge.EXACT) if dual else EXACTLY_ONE


def _items(bare: str) -> list[str]:
    """The items of a list; a tatweel guards the first letter of names that begin with waw."""
    guarded = _WAW_WORDS.sub(lambda m: m[0].replace("و", "\u0640و", 1), bare)
    return [i for i in _BREAK.split(guarded) if re.search(r"\w{2}", i)]


def _people(item: str) -> int:
    first = re.search(r"\w+", item)
    return 2 if first is not None and _is_dual(first[0]) else 1


def _is_dual(word: str) -> bool:
    return _DUAL.match(word) is not None


_NOUN = re.compile(
    rf"(?<!\w)[وبلف]?(?:(?P<dual>(?:ال)?{_STEM}{_MARKS}(?:ان|ين|[اي](?:{_OWNED})){_MARKS})"
    rf"|(?P<one>(?:{_spelt('|'.join(PERSON))}|{_spelt('احد|احدى|اخر|اخرى|ام|اب|احدهم|احداهن')}|(?:{_spelt(_KIN)}){_MARKS}ت?{_MARKS}(?:{_OWNED})|(?:{_spelt(_FEMININE)})[ةه]{_MARKS})(?:[اً]{{1,2}}{_MARKS})?))(?!\w)"
)


def find_nouns(text: str, start: int, end: int) -> Iterator[CountWords]:
    """Duals and bare singulars of words for persons."""
    for m in _NOUN.finditer(text, start, end):
        kind = m.lastgroup or "one"
        count = bound(2, Hedge.EXACT) if kind == "dual" else EXACTLY_ONE
        yield CountWords(start=m.start(kind), end=m.end(kind), count=count)
