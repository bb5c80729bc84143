"""What the pieces of an Arabic expression of time mean; the rules that cut them out stand in `arabic`."""

from __future__ import annotations

import re

from harmledger.text.dates.grammar import Pieces, days_between, named_day
from harmledger.text.dates.meaning import Calendar, Meaning, Shift, Stage, Stretch, Turn, Unit, Vague

MONTHS: tuple[tuple[str, int], ...] = (
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
WEEKDAYS: tuple[tuple[str, int], ...] = (
    ("ال[إا]ثنين|ال[إا]تنين", 0),
    ("الثلاثاء|الثلاثا", 1),
    ("ال[أا]ربعاء", 2),
    ("الخميس", 3),
    ("الجمعة|الجمعه", 4),
    ("السبت", 5),
    ("ال[أا]حد", 6),
)
ORDINALS: tuple[tuple[str, int], ...] = (
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
COUNTS: tuple[tuple[str, int], ...] = (
    ("ثلاث[ةه]?", 3),
    ("[أا]ربع[ةه]?", 4),
    ("خمس[ةه]?", 5),
    ("ست[ةه]?", 6),
    ("سبع[ةه]?", 7),
    ("ثماني?[ةه]?", 8),
    ("تسع[ةه]?", 9),
    ("عشر[ةه]?", 10),
)
UNITS: tuple[tuple[str, Unit, int], ...] = (
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
LAST = "(?:الماضي[ةه]?|الفائت[ةه]?|المنصرم[ةه]?|المنقضي[ةه]?|السابق[ةه]?|الماضيين|الماضيتين|الفائتين|المنصرمين|ال[أا]خير[ةه]?|ال[أا]خيرين)"
THIS = "(?:الجاري[ةه]?|الحالي[ةه]?)"
NEXT = "(?:المقبل[ةه]?|القادم[ةه]?|التالي[ةه]?)"


def parse_day_month(pieces: Pieces) -> Meaning | None:
    """A day of a month, or the days of one ("3 to 5 May")."""
    day = _either_int(pieces.get("d1"), pieces.get("d1b")) or _lookup(ORDINALS, pieces.get("o1"))
    last = pieces.get("d2")
    of_month = _turn(pieces.get("turn2"))
    named = Calendar(
        year=_either_int(pieces.get("y")),
        month=_lookup(MONTHS, pieces.get("m")),
        day=int(last) if last else day,
        weekday=parse_weekday(pieces["wd"]) if not last else None,
        turn=_turn(pieces.get("turn")),
        month_shift=_SHIFTS[of_month] if of_month else None,
        today_shift=_today_shift(pieces.get("today")),
    )
    return days_between(day or 0, named) if last else named_day(named)


def parse_numeric(pieces: Pieces) -> Meaning | None:
    """The day that three numbers name."""
    year, month, day = int(pieces["y"] or 0), int(pieces["m1"] or 0), int(pieces["d1"] or 0)
    if pieces["s1"] != pieces["s2"]:
        return None
    if month > 12 >= day:
        day, month = month, day
    named = Calendar(
        year=year, month=month, day=day, weekday=parse_weekday(pieces["wd"]), today_shift=_today_shift(pieces["today"])
    )
    return named_day(named) if 0 < month <= 12 and day > 0 else None


def parse_month(pieces: Pieces) -> Meaning | None:
    """A month, or a part of it."""
    month = _lookup(MONTHS, pieces.get("m") or pieces.get("m2"))
    year, of_year = _either_int(pieces.get("y")), _turn(pieces.get("year"))
    turn = _turn(pieces.get("turn") or pieces.get("turn2"))
    stage = _stage(pieces.get("stage"))
    this_year = 0 if "year" in pieces and not year else None
    shift = _SHIFTS[of_year] if of_year else this_year
    return Calendar(year=year, month=month, stage=stage, turn=turn, year_shift=shift)


def parse_year(pieces: Pieces) -> Meaning | None:
    """A year, or a part of it."""
    return Calendar(year=int(pieces["y"] or 0), stage=_stage(pieces["stage"]))


def parse_today(pieces: Pieces) -> Meaning | None:
    """Today or yesterday, with its weekday."""
    back = _today_shift(pieces["today"]) or 0
    weekday = parse_weekday(pieces["wd"])
    return Shift(unit=Unit.DAY, by=back) if weekday is None else Calendar(weekday=weekday, today_shift=back)


def parse_turned_weekday(pieces: Pieces) -> Meaning | None:
    """A weekday, and which ("last Monday")."""
    return Calendar(weekday=parse_weekday(pieces["wd"]), turn=_turn(pieces["turn"]))


def parse_same_day(_: Pieces) -> Meaning | None:
    """The day told."""
    return Shift(unit=Unit.DAY, by=0, told=True)


def parse_next_day(pieces: Pieces) -> Meaning | None:
    """The day after or before the one told."""
    return Shift(unit=Unit.DAY, by=1 if pieces["way"] == "التالي" else -1, told=True)


def parse_stretch(pieces: Pieces) -> Meaning | None:
    """So much time up to now."""
    words = pieces["n"] or pieces["n2"]
    unit, count = _unit((pieces["u"] or "").removeprefix("ال"))
    if words is None:
        return Stretch(unit=unit, count=2 if count == 2 else None)
    return Stretch(unit=unit, count=int(words) if words.isdecimal() else _lookup(COUNTS, words))


def parse_ago(pieces: Pieces) -> Meaning | None:
    """A time so long ago."""
    unit, each = _unit(pieces["u"])
    words = pieces["n"]
    if words is None and each == 1 and (pieces["u"] or "").startswith(_PLURALS):
        return Vague()
    count = each * (int(words) if words and words.isdecimal() else _lookup(COUNTS, words) or 1)
    return Shift(unit=Unit.DAY, by=-(count // 24)) if unit is Unit.HOUR else Shift(unit=unit, by=-count)


def parse_unit_turn(pieces: Pieces) -> Meaning | None:
    """A week, month, year or season beside the running one."""
    words = pieces.get("u") or pieces.get("u2") or pieces.get("u3") or ""
    turn, stage = _turn(pieces.get("turn")), _stage(pieces.get("stage"))
    return Shift(unit=_unit(words.removeprefix("ال"))[0], by=_SHIFTS[turn] if turn else 0, stage=stage)


# --- single words ----------------------------------------------------------------------------------------------------

_SHIFTS = {Turn.LAST: -1, Turn.THIS: 0, Turn.NEXT: 1, Turn.TOLD: 0}
_PLURALS = ("أيام", "ايام", "أسابيع", "اسابيع", "أشهر", "اشهر", "شهور", "أعوام", "اعوام", "سنوات", "سنين", "ساعات")
_TURNS = ((Turn.LAST, re.compile(LAST)), (Turn.THIS, re.compile(THIS)), (Turn.NEXT, re.compile(NEXT)))
_STAGES = (
    (Stage.START, re.compile("مطلع|بداي")),
    (Stage.EARLY, re.compile("[أا]وائل")),
    (Stage.MID, re.compile("منتصف")),
    (Stage.LATE, re.compile("[أا]واخر|نهاي|ختام")),
)


def _lookup(table: tuple[tuple[str, int], ...], words: str | None) -> int | None:
    return next((number for pattern, number in table if words and re.match(pattern, words)), None)


def parse_weekday(words: str | None) -> int | None:
    """The number of a weekday, Monday being 0."""
    return _lookup(WEEKDAYS, words)


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
    for pattern, unit, each in UNITS:
        if words and re.fullmatch(f"(?:{pattern})", words):
            return unit, each
    return Unit.DAY, 1


def _either_int(*words: str | None) -> int | None:
    return next((int(word) for word in words if word), None)
