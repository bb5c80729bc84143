"""How Arabic newspapers name times: Levantine and Gulf months, either digits, days counted from today.

Letters that are written in several ways (hamza, final ta) are read alike, a vowel sign may end a word, and the prefixes و ف ب ل ك
stay outside the expression. Months that are ordinary words ("مارس", practised; "آب") need a day, a year or a cue beside them.
"""

from __future__ import annotations

from functools import cache

from harmledger.text.dates.arabic_sense import (
    COUNTS,
    LAST,
    MONTHS,
    NEXT,
    ORDINALS,
    THIS,
    UNITS,
    WEEKDAYS,
    parse_ago,
    parse_day_month,
    parse_month,
    parse_next_day,
    parse_numeric,
    parse_same_day,
    parse_stretch,
    parse_today,
    parse_turned_weekday,
    parse_unit_turn,
    parse_weekday,
    parse_year,
)
from harmledger.text.dates.grammar import Grammar, Rule, words_gate
from harmledger.text.dates.meaning import Calendar, Hijri, Overnight, Shift, Turn, Unit, Vague

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


_MONTH = rf"(?:{_either(MONTHS)}{_SIGN}(?:\s?/\s?{_either(MONTHS)})?)(?!\w)"
_WEEKDAY = rf"(?:{_either(WEEKDAYS)}{_SIGN})(?!\w)"
_DAY = r"(?:[0٠]?[1-9١-٩]|[12١٢][0-9٠-٩]|[3٣][01٠١])(?![0-9٠-٩]|[.,:٫]\d)"
_YEAR = r"(?:(?:1[89]|20)[0-9]{2}|(?:١[٨٩]|٢٠)[٠-٩]{2})(?!\d|[.,٫]\d)"
_TURN = rf"(?:{LAST}|{THIS}|{NEXT}){_SIGN}(?!\w)"
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
            parse_day_month,
        ),
        Rule(
            "ar_ordinal",
            rf"{before}(?P<o1>{_either(ORDINALS)})\s+(?:من\s+)?(?:شهر\s+)?{month}|{of_month})",
            parse_day_month,
        ),
        Rule("ar_month_day", rf"{before}(?P<m>{_MONTH})\s+(?P<d1>{_DAY})\s*[,،]\s*(?P<y>{_YEAR}))", parse_day_month),
        Rule(
            "ar_hijri",
            rf"{_PREFIX}(?P<core>(?:{_DAY}\s+(?:من\s+)?{_HIJRI_MONTH}|{_HIJRI_MONTH}\s+(?:[1١][34٣٤][0-9٠-٩]{{2}}))(?:[,،]?\s+[1١][34٣٤][0-9٠-٩]{{2}})?\s*(?:هـ)?)",
            lambda _: Hijri(),
        ),
        Rule(
            "ar_numeric_weekday",
            rf"{before}(?P<d1>\d\d?)(?P<s1>[-/.])(?P<m1>\d\d?)(?P<s2>[-/.])(?P<y>{_YEAR}))",
            parse_numeric,
        ),
        Rule(
            "ar_year_numeric",
            rf"{before}(?P<y>{_YEAR})(?P<s1>[-/.])(?P<m1>\d\d?)(?P<s2>[-/.])(?P<d1>\d\d?)(?!\d))",
            parse_numeric,
        ),
    )


def _day_rules() -> tuple[Rule, ...]:
    same = r"(?:نفس[هةا]*|ذات[هةا]*)"
    weekday = rf"(?:\s*[,،]?\s*\(?(?P<wd>{_WEEKDAY}))?"
    return (
        Rule(
            "ar_same_day",
            rf"{_PREFIX}(?P<core>(?:اليوم|المساء|الليلة|الصباح)\s+{same}|(?:نفس|ذات)\s+(?:اليوم|الليلة|المساء))(?!\w)",
            parse_same_day,
        ),
        Rule("ar_next_day", rf"{_PREFIX}(?P<core>اليوم\s+(?P<way>التالي|السابق))(?!\w)", parse_next_day),
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
            parse_today,
        ),
        Rule(
            "ar_tomorrow",
            rf"{_PREFIX}(?P<core>(?:يوم\s+)?غد(?:اً|ا)?(?!\w){weekday})",
            lambda p: (
                Calendar(weekday=parse_weekday(p["wd"]), turn=Turn.NEXT) if p["wd"] else Shift(unit=Unit.DAY, by=1)
            ),
        ),
        Rule(
            "ar_today",
            rf"{_PREFIX}(?P<core>{_PART}(?P<today>اليوم){_SIGN}(?!\w)(?!\s+(?:ال(?:[أا]ول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي|واحد|عالمي|دولي|وطني|سابع)|السورية|{_DAY}))(?:هذا\s+)?{weekday})",
            parse_today,
        ),
        Rule(
            "ar_weekday",
            rf"{_PREFIX}(?P<core>{_PART}(?:يوم\s+)?(?P<wd>{_WEEKDAY})(?:\s+(?P<turn>{_TURN}))?)",
            parse_turned_weekday,
        ),
    )


def _unit_rules() -> tuple[Rule, ...]:
    counted = rf"(?:(?P<n>[0-9٠-٩]{{1,3}}|{_either(COUNTS)})\s+)?(?P<u>{'|'.join(pattern for pattern, _, _ in UNITS)}){_SIGN}(?!\w)"
    plural = r"الساعات|ال[أا]يام|ال[أا]سابيع|ال[أا]شهر|السنوات|ال[أا]عوام|اليومين|ال[أا]سبوعين|الشهرين|العامين|ساعة|ساعات|[أا]يام"
    return (
        Rule(
            "ar_stretch",
            rf"{_PREFIX}(?P<core>(?:ال[ـ\s]*(?P<n>[0-9٠-٩]{{1,3}})\s+)?(?P<u>{plural}|يوم[اً]{{0,2}}|شهر[اً]{{0,2}})\s*(?:ال[ـ\s]*(?P<n2>[0-9٠-٩]{{1,3}}|{_either(COUNTS)}|قليل[ةه])\s+)?{LAST})(?!\w)",
            parse_stretch,
        ),
        Rule(
            "ar_ago",
            rf"{_PREFIX}(?P<core>(?:قبل|منذ)\s+(?:نحو\s+|حوالي\s+|[أا]كثر\s+من\s+|[أا]قل\s+من\s+)?{counted})(?!\s+{_YEAR})",
            parse_ago,
        ),
        Rule(
            "ar_unit_turn",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})?(?:هذا\s+(?P<u>ال(?:[أا]سبوع|شهر|عام))|هذه\s+(?P<u3>السن[ةه])|(?P<u2>ال(?:[أا]سبوع|شهر|عام|سن[ةه]))\s+(?P<turn>{_TURN})))(?!\w)",
            parse_unit_turn,
        ),
        Rule(
            "ar_stage_unit",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})(?P<u>ال(?:[أا]سبوع|شهر|عام|سن[ةه])))(?!\s+{_YEAR})(?!\w)",
            parse_unit_turn,
        ),
        Rule("ar_vague", rf"{_PREFIX}(?P<core>الآون[ةه]\s+ال[أا]خير[ةه])", lambda _: Vague()),
    )


def _bare_rules() -> tuple[Rule, ...]:
    cue = r"(?:في|منذ|خلال|من|حتى|[إا]لى|بين|شهر|بحلول|بعد|قبل)"
    return (
        Rule(
            "ar_month_year",
            rf"{_PREFIX}(?:{cue}\s+)?(?P<core>(?P<stage>{_STAGE})?(?:شهر\s+)?(?P<m>{_MONTH})(?:(?:\s*[,،]\s*|\s+)(?:(?:من\s+)?(?:ال)?(?:عام|سن[ةه])\s+|لعام\s+|من\s+)?(?P<y>{_YEAR})|\s+(?:من\s+)?العام\s+(?P<year>{_TURN})|\s+(?:من\s+)?هذا\s+العام))",
            parse_month,
        ),
        Rule(
            "ar_cued_month",
            rf"{_PREFIX}(?:(?:{cue}\s+)(?P<core>(?P<stage>{_STAGE})?(?:شهر\s+)?(?P<m>{_MONTH})(?:\s+(?P<turn>{_TURN}))?))",
            parse_month,
        ),
        Rule(
            "ar_turned_month",
            rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})(?:شهر\s+)?(?P<m>{_MONTH})(?:\s+(?P<turn>{_TURN}))?|(?:شهر\s+)(?P<m2>{_MONTH})(?:\s+(?P<turn2>{_TURN}))?)",
            parse_month,
        ),
        Rule("ar_turned_bare_month", rf"{_PREFIX}(?P<core>(?P<m>{_MONTH})\s+(?P<turn>{_TURN}))", parse_month),
        Rule("ar_year", rf"{_PREFIX}(?P<core>(?P<stage>{_STAGE})?(?:ال)?(?:عام|سن[ةه])\s+(?P<y>{_YEAR}))", parse_year),
        Rule(
            "ar_cued_year",
            rf"{_PREFIX}(?:في|منذ|خلال)\s+(?P<core>(?P<stage>{_STAGE})?(?P<y>{_YEAR}))(?!\s*(?:شخص|مدني|قتيل|[-/]))",
            parse_year,
        ),
    )
