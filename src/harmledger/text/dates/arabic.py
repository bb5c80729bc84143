"""How Arabic newspapers name times: Levantine and Gulf months, either digits, days counted from today.

Letters that are written in several ways (hamza, final ta) are read alike, a vowel sign may end a word, and the prefixes و ف ب ل ك
stay outside the expression. Months that are ordinary words ("مارس", practised; "آب") need a day, a year or a cue beside them.
"""

from __future__ import annotations

import re
from functools import cache

from harmledger.text.dates.grammar import Grammar, Pieces, Rule, days_between, named_day, words_gate
from harmledger.text.dates.meaning import Calendar, Hijri, Meaning, Overnight, Shift, Stage, Stretch, Turn, Unit, Vague

_MONTHS: tuple[tuple[str, int], ...] = (
    (r"كانون\s+الثان[يى]", 1),
    (r"كانون\s+ال[أا]ول", 12),
    (r"تشرين\s+ال[أا]ول", 10),
    (r"تشرين\s+الثان[يى]", 11),
    ("شباط", 2),
    ("[آاأ]ذار", 3),
    ("نيسان", 4),
    ("[أا]يار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("[آاأ]ب", 8),
    ("[أا]يلول", 9),
    ("يناير|جانفي", 1),
    ("فبراير|فيفري", 2),
    ("مارس", 3),
    ("[أإا]بريل|نيسان|[أا]فريل", 4),
    ("مايو", 5),
    ("يونيو|يونيه|يونية", 6),
    ("يوليو|يوليه|يولية|جويلية", 7),
    ("[أا]غسطس", 8),
    ("سبتمبر|شتنبر", 9),
    ("[أا]كتوبر", 10),
    ("نوفمبر|نونبر", 11),
    ("ديسمبر|دجنبر", 12),
)
_WEEKDAYS: tuple[tuple[str, int], ...] = (
    ("ال[إا]ثنين|ال[إا]تنين", 0),
    ("الثلاثاء|الثلاثا", 1),
    ("ال[أا]ربعاء", 2),
    ("الخميس", 3),
    ("الجمعة|الجمعه", 4),
    ("السبت", 5),
    ("ال[أا]حد", 6),
)
_ORDINALS: tuple[tuple[str, int], ...] = (
    *(
        (f"{unit}\\s+عشر", 10 + number)
        for number, unit in enumerate(
            ("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"), 1
        )
    ),
    *(
        (f"{unit}\\s+والعشرين", 20 + number)
        for number, unit in enumerate(
            ("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"), 1
        )
    ),
    ("الحادي\\s+والثلاثين", 31),
    *(
        (name, number)
        for number, name in enumerate(
            ("ال[أا]ول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"), 1
        )
    ),
    ("العشرين", 20),
    ("الثلاثين", 30),
)
_COUNTS: tuple[tuple[str, int], ...] = (
    ("ثلاث[ةه]?", 3),
    ("[أا]ربع[ةه]?", 4),
    ("خمس[ةه]?", 5),
    ("ست[ةه]?", 6),
    ("سبع[ةه]?", 7),
    ("ثماني?[ةه]?", 8),
    ("تسع[ةه]?", 9),
    ("عشر[ةه]?", 10),
)
_UNITS: tuple[tuple[str, Unit, int], ...] = (
    ("ساعات|ساع[ةه]", Unit.HOUR, 1),
    ("ساعتين", Unit.HOUR, 2),
    ("يومين", Unit.DAY, 2),
    ("[أا]يام|يوم[اً]{0,2}", Unit.DAY, 1),
    ("[أا]سبوعين", Unit.WEEK, 2),
    ("[أا]سابيع|[أا]سبوع[اً]{0,2}", Unit.WEEK, 1),
    ("شهرين", Unit.MONTH, 2),
    ("[أا]شهر|شهور|شهر[اً]{0,2}", Unit.MONTH, 1),
    ("عامين|سنتين", Unit.YEAR, 2),
    ("[أا]عوام|سنوات|سنين|عام[اً]{0,2}|سن[ةه]", Unit.YEAR, 1),
)
_HIJRI_MONTH = r"(?:محرم|صفر|ربيع\s+(?:ال[أا]ول|الثاني|الآخر)|جمادى\s+(?:الأولى|الاولى|الآخرة|الثانية)|رجب|شعبان|رمضان|شوال|ذو?ي?\s+(?:القعدة|الحجة))"

TRIGGERS = (
    *("كانون", "تشرين", "شباط", "ذار", "نيسان", "يار", "حزيران", "تموز", "آب", "أب", "يلول", "يناير", "فبراير", "مارس"),
    *("بريل", "مايو", "يوني", "يولي", "غسطس", "سبتمبر", "كتوبر", "نوفمبر", "ديسمبر", "جانفي", "فيفري", "فريل", "جويلي"),
    *(
        "نونبر",
        "شتنبر",
        "دجنبر",
        "ثنين",
        "الثلاثا",
        "ربعاء",
        "الخميس",
        "الجمع",
        "السبت",
        "الأحد",
        "الاحد",
        "أمس",
        "امس",
    ),
    *(
        "اليوم",
        "يوم",
        "البارح",
        "الليل",
        "ليل",
        "غد",
        "الماضي",
        "الفائت",
        "المنصرم",
        "الجاري",
        "الحالي",
        "المقبل",
        "القادم",
    ),
    *(
        "قبل",
        "منذ",
        "الأخير",
        "الاخير",
        "عام",
        "سن",
        "هذا",
        "هذه",
        "آب",
        "٢٠",
        "١٩",
        "رمضان",
        "شعبان",
        "محرم",
        "صفر",
        "ربيع",
    ),
    *("جماد", "رجب", "شوال", "القعدة", "الحجة", "صباح", "مساء", "فجر", "ظهر", "عصر", "نفس", "ذات", "الشهر", "العام"),
)
"""Every expression holds one of these."""

_SIGN = "[\u064b-\u0652]{0,2}"
_PREFIX = "(?:[وف]?[بلك]?)"


def _either(table: tuple[tuple[str, int], ...]) -> str:
    return f"(?:{'|'.join(pattern for pattern, _ in table)})"


_MONTH = rf"(?:{_either(_MONTHS)}{_SIGN}(?:\s?/\s?{_either(_MONTHS)})?)(?!\w)"
_WEEKDAY = rf"(?:{_either(_WEEKDAYS)}{_SIGN})(?!\w)"
_DAY = r"(?:[0٠]?[1-9١-٩]|[12١٢][0-9٠-٩]|[3٣][01٠١])(?![0-9٠-٩]|[.,:٫]\d)"
_YEAR = r"(?:(?:1[89]|20)[0-9]{2}|(?:١[٨٩]|٢٠)[٠-٩]{2})(?!\d|[.,٫]\d)"
_LAST = "(?:الماضي[ةه]?|الفائت[ةه]?|المنصرم[ةه]?|المنقضي[ةه]?|السابق[ةه]?|الماضيين|الماضيتين|الفائتين|المنصرمين|ال[أا]خير[ةه]?|ال[أا]خيرين)"
_THIS = "(?:الجاري[ةه]?|الحالي[ةه]?)"
_NEXT = "(?:المقبل[ةه]?|القادم[ةه]?|التالي[ةه]?)"
_TURN = rf"(?:{_LAST}|{_THIS}|{_NEXT}){_SIGN}(?!\w)"
_PART = r"(?:(?:صباح|مساء|فجر|ليل[ةه]?|ظهر|عصر|ضحى|غروب|منتصف\s+ليل[ةه]?|ساعات\s+\w+|بعد\s+ظهر)" + _SIGN + r"\s+)?"
_OF_YEAR = rf"(?:\s*[,،]?\s*(?:(?:من\s+)?(?:ال)?(?:عام|سن[ةه])\s+|لعام\s+|من\s+)?(?P<y>{_YEAR}))?"
_STAGE = r"(?:(?:مطلع|بداي[ةه]|[أا]وائل|منتصف|نهاي[ةه]|[أا]واخر|ختام)\s+)"


_WEAK = "في منذ خلال من حتى إلى الى بين بحلول بعد قبل نحو حوالي أكثر اكثر أقل اقل".split()
_STRONG = (
    "كانون تشرين شباط آذار اذار أذار نيسان أيار ايار حزيران تموز آب اب أب أيلول ايلول يناير جانفي فبراير فيفري مارس أبريل إبريل ابريل "
    "أفريل افريل مايو يوني يولي جويلية أغسطس اغسطس سبتمبر شتنبر أكتوبر اكتوبر نوفمبر نونبر ديسمبر دجنبر "
    "صباح مساء فجر ليل ظهر عصر ضحى غروب منتصف ساع يوم أمس امس أول اول بارح غد هذا هذه نفس ذات شهر عام سن أسب اسب أسابيع اسابيع أيام ايام "
    "أشهر اشهر أعوام اعوام مطلع بداي أوائل اوائل نهاي أواخر اواخر ختام ثلاث أربع اربع خمس ست سبع ثمان تسع عشر الـ "
    "محرم صفر ربيع جمادى رجب شعبان رمضان شوال ذو ذي "
    "الأحد الاحد الاثنين الإثنين الاتنين الإتنين الثلاث الأربع الاربع الخميس الجمع السبت اليوم الليل البارح الأمس الامس المساء الصباح الآون "
    "الساع الأيام الايام الأسب الاسب الأسابيع الاسابيع الشهر الأشهر الاشهر العام السن الأعوام الاعوام الأول الاول الثان الثالث الرابع الخامس "
    "السادس السابع الثامن التاسع العاشر الحادي العشرين"
).split()
"""Every expression begins, after a prefix, with a number or one of these, perhaps after some of the weak words."""


@cache
def arabic() -> Grammar:
    """The grammar, built on first use."""
    rules = (*_date_rules(), *_day_rules(), *_unit_rules(), *_bare_rules())
    return Grammar(rules, words_gate(_WEAK, _STRONG, "[0-9٠-٩]", _PREFIX))


# --- rules, most particular first ------------------------------------------------------------------------------------


def _date_rules() -> tuple[Rule, ...]:
    today = rf"(?:{_PART}(?P<today>(?:هذا\s+)?اليوم|(?:يوم\s+)?[أا]مس|يوم){_SIGN}\s*[,،]?\s+)?"
    before = rf"{_PREFIX}(?P<core>{today}{_PART}(?:يوم\s+)?(?:(?P<wd>{_WEEKDAY})\s*[,،]?\s*(?:الموافق\s+|بتاريخ\s+)?)?"
    month = rf"(?:(?P<m>{_MONTH})(?:\s+(?P<turn>{_TURN}))?{_OF_YEAR}"
    of_month = rf"(?:ال)?شهر\s+(?P<turn2>{_TURN}))"
    return (
        Rule(
            "ar_day_month",
            rf"{before}(?:الـ?\s?)?(?P<d1>{_DAY})(?:\s*(?:-|–|و|إلى|حتى)\s*(?P<d2>{_DAY}))?(?:\s+من)?(?:\s+شهر)?\s*[,،]?\s*{month}|(?:ال)?(?:الـ?\s?)(?P<d1b>{_DAY})\s+من\s+{of_month})",
            _day_month,
        ),
        Rule(
            "ar_ordinal",
            rf"{before}(?P<o1>{_either(_ORDINALS)})\s+(?:من\s+)?(?:شهر\s+)?{month}|{of_month})",
            _day_month,
        ),
        Rule("ar_month_day", rf"{before}(?P<m>{_MONTH})\s+(?P<d1>{_DAY})\s*[,،]\s*(?P<y>{_YEAR}))", _day_month),
        Rule(
            "ar_hijri",
            rf"{_PREFIX}(?P<core>(?:{_DAY}\s+(?:من\s+)?{_HIJRI_MONTH}|{_HIJRI_MONTH}\s+(?:[1١][34٣٤][0-9٠-٩]{{2}}))(?:[,،]?\s+[1١][34٣٤][0-9٠-٩]{{2}})?\s*(?:هـ)?)",
            lambda _: Hijri(),
        ),
        Rule(
            "ar_numeric_weekday",
            rf"{before}(?P<d1>\d\d?)(?P<s1>[-/.])(?P<m1>\d\d?)(?P<s2>[-/.])(?P<y>{_YEAR}))",
            _numeric,
        ),
        Rule(
            "ar_year_numeric",
            rf"{before}(?P<y>{_YEAR})(?P<s1>[-/.])(?P<m1>\d\d?)(?P<s2>[-/.])(?P<d1>\d\d?)(?!\d))",
            _numeric,
        ),
    )


def _day_rules() -> tuple[Rule, ...]:
    same = r"(?:نفس[هةا]*|ذات[هةا]*)"
    weekday = rf"(?:\s*[,،]?\s*\(?(?P<wd>{_WEEKDAY}))?"
    return (
        Rule(
            "ar_same_day",
            rf"{_PREFIX}(?P<core>(?:اليوم|المساء|الليلة|الصباح)\s+{same}|(?:نفس|ذات)\s+(?:اليوم|الليلة|المساء))(?!\w)",
            _same_day,
        ),
        Rule("ar_next_day", rf"{_PREFIX}(?P<core>اليوم\s+(?P<way>التالي|السابق))(?!\w)", _next_day),
        Rule(
            "ar_two_days_back",
            rf"{_PREFIX}(?P<core>{_PART}(?:يوم\s+)?[أا]ول\s+(?:من\s+)?[أا]مس|{_PART}[أا]مس\s+ال[أا]ول)(?!\w)",
            lambda _: Shift(unit=Unit.DAY, by=-2),
        ),
        Rule(
            "ar_night",
            rf"{_PREFIX}(?P<core>(?:خلال\s+)?الليل[ةه]\s+(?:الماضي[ةه]|الفائت[ةه]))(?!\w)",
            lambda _: Overnight(),
        ),
        Rule(
            "ar_tonight",
            rf"{_PREFIX}(?P<core>(?:هذه\s+)?الليل[ةه]|هذا\s+(?:الصباح|المساء|اليوم|الفجر)|صباحا?ً?\s+اليوم)(?!\w)",
            lambda _: Shift(unit=Unit.DAY, by=0),
        ),
        Rule(
            "ar_yesterday",
            rf"{_PREFIX}(?P<core>{_PART}(?P<today>(?:يوم\s+)?(?:ال)?[أا]مس|البارح[ةه]){_SIGN}(?!\w){weekday})",
            _today,
        ),
        Rule(
            "ar_tomorrow",
            rf"{_PREFIX}(?P<core>(?:يوم\s+)?غد(?:اً|ا)?(?!\w){weekday})",
            lambda p: Calendar(weekday=_weekday(p["wd"]), turn=Turn.NEXT) if p["wd"] else Shift(unit=Unit.DAY, by=1),
        ),
        Rule(
            "ar_today",
            rf"{_PREFIX}(?P<core>{_PART}(?P<today>اليوم){_SIGN}(?!\w)(?!\s+(?:ال(?:[أا]ول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي|واحد|عالمي|دولي|وطني|سابع)|السورية|{_DAY}))(?:هذا\s+)?{weekday})",
            _today,
        ),
        Rule(
            "ar_weekday",
            rf"{_PREFIX}(?P<core>{_PART}(?:يوم\s+)?(?P<wd>{_WEEKDAY})(?:\s+(?P<turn>{_TURN}))?)",
            _turned_weekday,
        ),
    )


def _unit_rules() -> tuple[Rule, ...]:
    counted = rf"(?:(?P<n>[0-9٠-٩]{{1,3}}|{_either(_COUNTS)})\s+)?(?P<u>{'|'.join(pattern for pattern, _, _ in _UNITS)}){_SIGN}(?!\w)"
    plural = r"الساعات|ال[أا]يام|ال[أا]سابيع|ال[أا]شهر|السنوات|ال[أا]عوام|اليومين|ال[أا]سبوعين|الشهرين|العامين|ساعة|ساعات|[أا]يام"
    return (
        Rule(
            "ar_stretch",
            rf"{_PREFIX}(?P<core>(?:ال[ـ\s]*(?P<n>[0-9٠-٩]{{1,3}})\s+)?(?P<u>{plural}|يوم[اً]{{0,2}}|شهر[اً]{{0,2}})\s*(?:ال[ـ\s]*(?P<n2>[0-9٠-٩]{{1,3}}|{_either(_COUNTS)}|قليل[ةه])\s+)?{_LAST})(?!\w)",
            _stretch,
        ),
        Rule(
            "ar_ago",
            rf"{_PREFIX}(?P<core>(?:قبل|منذ)\s+(?:نحو\s+|حوالي\s+|[أا]كثر\s+من\s+|[أا]قل\s+من\s+)?{counted})(?!\s+{_YEAR})",
            _ago,
        ),
        Rule(
            "ar_unit_turn",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})?(?:هذا\s+(?P<u>ال(?:[أا]سبوع|شهر|عام))|هذه\s+(?P<u3>السن[ةه])|(?P<u2>ال(?:[أا]سبوع|شهر|عام|سن[ةه]))\s+(?P<turn>{_TURN})))(?!\w)",
            _unit_turn,
        ),
        Rule(
            "ar_stage_unit",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})(?P<u>ال(?:[أا]سبوع|شهر|عام|سن[ةه])))(?!\s+{_YEAR})(?!\w)",
            _unit_turn,
        ),
        Rule("ar_vague", rf"{_PREFIX}(?P<core>الآون[ةه]\s+ال[أا]خير[ةه])", lambda _: Vague()),
    )


def _bare_rules() -> tuple[Rule, ...]:
    cue = r"(?:في|منذ|خلال|من|حتى|[إا]لى|بين|شهر|بحلول|بعد|قبل)"
    return (
        Rule(
            "ar_month_year",
            rf"{_PREFIX}(?:{cue}\s+)?(?P<core>(?P<stage>{_STAGE})?(?:شهر\s+)?(?P<m>{_MONTH})(?:(?:\s*[,،]\s*|\s+)(?:(?:من\s+)?(?:ال)?(?:عام|سن[ةه])\s+|لعام\s+|من\s+)?(?P<y>{_YEAR})|\s+(?:من\s+)?العام\s+(?P<year>{_TURN})|\s+(?:من\s+)?هذا\s+العام))",
            _month,
        ),
        Rule(
            "ar_cued_month",
            rf"{_PREFIX}(?:(?:{cue}\s+)(?P<core>(?P<stage>{_STAGE})?(?:شهر\s+)?(?P<m>{_MONTH})(?:\s+(?P<turn>{_TURN}))?))",
            _month,
        ),
        Rule(
            "ar_turned_month",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})(?:شهر\s+)?(?P<m>{_MONTH})(?:\s+(?P<turn>{_TURN}))?|(?:شهر\s+)(?P<m2>{_MONTH})(?:\s+(?P<turn2>{_TURN}))?)",
            _month,
        ),
        Rule("ar_turned_bare_month", rf"{_PREFIX}(?P<core>(?P<m>{_MONTH})\s+(?P<turn>{_TURN}))", _month),
        Rule("ar_year", rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})?(?:ال)?(?:عام|سن[ةه])\s+(?P<y>{_YEAR}))", _year),
        Rule(
            "ar_cued_year",
            rf"{_PREFIX}(?:في|منذ|خلال)\s+(?P<core>(?P<stage>{_STAGE})?(?P<y>{_YEAR}))(?!\s*(?:شخص|مدني|قتيل|[-/]))",
            _year,
        ),
    )


# --- what the pieces of a rule mean ----------------------------------------------------------------------------------


def _day_month(pieces: Pieces) -> Meaning | None:
    day = _either_int(pieces.get("d1"), pieces.get("d1b")) or _lookup(_ORDINALS, pieces.get("o1"))
    last = pieces.get("d2")
    of_month = _turn(pieces.get("turn2"))
    named = Calendar(
        year=_either_int(pieces.get("y")),
        month=_lookup(_MONTHS, pieces.get("m")),
        day=int(last) if last else day,
        weekday=_weekday(pieces["wd"]) if not last else None,
        turn=_turn(pieces.get("turn")),
        month_shift=_SHIFTS[of_month] if of_month else None,
        today_shift=_today_shift(pieces.get("today")),
    )
    return days_between(day or 0, named) if last else named_day(named)


def _numeric(pieces: Pieces) -> Meaning | None:
    year, month, day = int(pieces["y"] or 0), int(pieces["m1"] or 0), int(pieces["d1"] or 0)
    if pieces["s1"] != pieces["s2"]:
        return None
    if month > 12 >= day:
        day, month = month, day
    named = Calendar(
        year=year, month=month, day=day, weekday=_weekday(pieces["wd"]), today_shift=_today_shift(pieces["today"])
    )
    return named_day(named) if 0 < month <= 12 and day > 0 else None


def _month(pieces: Pieces) -> Meaning | None:
    month = _lookup(_MONTHS, pieces.get("m") or pieces.get("m2"))
    year, of_year = _either_int(pieces.get("y")), _turn(pieces.get("year"))
    turn = _turn(pieces.get("turn") or pieces.get("turn2"))
    stage = _stage(pieces.get("stage"))
    this_year = 0 if "year" in pieces and not year else None
    shift = _SHIFTS[of_year] if of_year else this_year
    return Calendar(year=year, month=month, stage=stage, turn=turn, year_shift=shift)


def _year(pieces: Pieces) -> Meaning | None:
    return Calendar(year=int(pieces["y"] or 0), stage=_stage(pieces["stage"]))


def _today(pieces: Pieces) -> Meaning | None:
    back = _today_shift(pieces["today"]) or 0
    weekday = _weekday(pieces["wd"])
    return Shift(unit=Unit.DAY, by=back) if weekday is None else Calendar(weekday=weekday, today_shift=back)


def _turned_weekday(pieces: Pieces) -> Meaning | None:
    return Calendar(weekday=_weekday(pieces["wd"]), turn=_turn(pieces["turn"]))


def _same_day(_: Pieces) -> Meaning | None:
    return Shift(unit=Unit.DAY, by=0, told=True)


def _next_day(pieces: Pieces) -> Meaning | None:
    return Shift(unit=Unit.DAY, by=1 if pieces["way"] == "التالي" else -1, told=True)


def _stretch(pieces: Pieces) -> Meaning | None:
    words = pieces["n"] or pieces["n2"]
    unit, count = _unit((pieces["u"] or "").removeprefix("ال"))
    if words is None:
        return Stretch(unit=unit, count=2 if count == 2 else None)
    return Stretch(unit=unit, count=int(words) if words.isdecimal() else _lookup(_COUNTS, words))


def _ago(pieces: Pieces) -> Meaning | None:
    unit, each = _unit(pieces["u"])
    words = pieces["n"]
    if words is None and each == 1 and (pieces["u"] or "").startswith(_PLURALS):
        return Vague()
    count = each * (int(words) if words and words.isdecimal() else _lookup(_COUNTS, words) or 1)
    return Shift(unit=Unit.DAY, by=-(count // 24)) if unit is Unit.HOUR else Shift(unit=unit, by=-count)


def _unit_turn(pieces: Pieces) -> Meaning | None:
    words = pieces.get("u") or pieces.get("u2") or pieces.get("u3") or ""
    turn, stage = _turn(pieces.get("turn")), _stage(pieces.get("stage"))
    return Shift(unit=_unit(words.removeprefix("ال"))[0], by=_SHIFTS[turn] if turn else 0, stage=stage)


# --- single words ----------------------------------------------------------------------------------------------------

_SHIFTS = {Turn.LAST: -1, Turn.THIS: 0, Turn.NEXT: 1, Turn.TOLD: 0}
_PLURALS = ("أيام", "ايام", "أسابيع", "اسابيع", "أشهر", "اشهر", "شهور", "أعوام", "اعوام", "سنوات", "سنين", "ساعات")


_TURNS = ((Turn.LAST, re.compile(_LAST)), (Turn.THIS, re.compile(_THIS)), (Turn.NEXT, re.compile(_NEXT)))
_STAGES = (
    (Stage.START, re.compile("مطلع|بداي")),
    (Stage.EARLY, re.compile("[أا]وائل")),
    (Stage.MID, re.compile("منتصف")),
    (Stage.LATE, re.compile("[أا]واخر|نهاي|ختام")),
)


def _lookup(table: tuple[tuple[str, int], ...], words: str | None) -> int | None:
    return next((number for pattern, number in table if words and re.match(pattern, words)), None)


def _weekday(words: str | None) -> int | None:
    return _lookup(_WEEKDAYS, words)


def _turn(words: str | None) -> Turn | None:
    return next((turn for turn, pattern in _TURNS if words and pattern.match(words)), None)


def _stage(words: str | None) -> Stage | None:
    return next((stage for stage, pattern in _STAGES if words and pattern.match(words)), None)


def _today_shift(words: str | None) -> int | None:
    """Today is 0, yesterday -1; a bare "يوم" (day) says neither."""
    if words is None or words == "يوم":
        return None
    return -1 if "مس" in words or "البارح" in words else 0


def _unit(words: str | None) -> tuple[Unit, int]:
    """The unit, and how many of it the word itself says (a dual is two)."""
    for pattern, unit, each in _UNITS:
        if words and re.fullmatch(f"(?:{pattern})", words):
            return unit, each
    return Unit.DAY, 1


def _either_int(*words: str | None) -> int | None:
    return next((int(word) for word in words if word), None)
