"""What the pieces of an English expression of time mean; the rules that cut them out stand in `english`."""

from __future__ import annotations

import re

from harmledger.text.dates.grammar import Pieces, days_between, named_day
from harmledger.text.dates.meaning import (
    Calendar,
    Meaning,
    Season,
    Shift,
    Span,
    Stage,
    Stretch,
    Turn,
    Unit,
    Vague,
)

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBERS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
NUMBERS = {
    name: number
    for number, name in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "twenty": 20, "thirty": 30}
_FEW = frozenset({"few", "several", "some", "many"})


def parse_numeric(pieces: Pieces) -> Meaning | None:
    """Day before month, as newspapers of the region write, except where the second number can't be a month."""
    day, month, year = int(pieces["d"] or 0), int(pieces["m"] or 0), int(pieces["y"] or 0)
    if pieces["s1"] != pieces["s2"] or (year < 100 and pieces["s1"] != "/"):
        return None
    if month > 12 >= day:
        day, month = month, day
    return named_day(Calendar(year=_whole_year(year), month=month, day=day)) if day > 0 and 0 < month <= 12 else None


def _whole_year(year: int) -> int:
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def parse_day_month(pieces: Pieces) -> Meaning | None:
    """A day of a month, or the days of one ("3 to 5 May")."""
    year = pieces["y"]
    last = pieces.get("d2") or pieces.get("d3")
    turn = pieces.get("turn")
    named = Calendar(
        year=_whole_year(int(year)) if year else None,
        month=_month_number(pieces["m"]),
        day=int(last or pieces["d1"] or 0),
        weekday=parse_weekday(pieces.get("wd")) if not last else None,
        year_shift=_year_shift(turn),
    )
    return days_between(int(pieces["d1"] or 0), named) if last else named_day(named)


def parse_month(pieces: Pieces) -> Meaning | None:
    """A month, or a part of it."""
    turn = pieces.get("turn")
    of_year = turn is not None and turn.endswith("year")
    return Calendar(
        year=int(pieces["y"] or 0) if pieces.get("y") else None,
        month=_month_number(pieces["m"]),
        stage=_stage(pieces.get("stage")),
        turn=Turn.TOLD if of_year and _year_shift(turn) is None else _turn(turn) if not of_year else None,
        year_shift=_year_shift(turn) if of_year else None,
    )


def parse_season(pieces: Pieces) -> Meaning | None:
    """A season of a year."""
    return Calendar(year=int(pieces["y"] or 0), season=_season_name(pieces["season"]))


def parse_years(pieces: Pieces) -> Meaning | None:
    """The years from one to another."""
    first, last = int(pieces["y1"] or 0), int(pieces["y"] or 0)
    last = last if last > 99 else first // 100 * 100 + last
    return Span(first=Calendar(year=first), last=Calendar(year=last)) if first < last <= first + 100 else None


def parse_decade(pieces: Pieces) -> Meaning | None:
    """The ten years of a decade."""
    first = int(pieces["y"] or 0)
    return Span(first=Calendar(year=first), last=Calendar(year=first + 9))


def parse_year(pieces: Pieces) -> Meaning | None:
    """A year, or a part of it."""
    return Calendar(year=int(pieces["y"] or 0), stage=_stage(pieces.get("stage")))


def parse_day_only(pieces: Pieces) -> Meaning | None:
    """A day of the month told before ("the 22nd")."""
    return Calendar(day=int(pieces["d1"] or 0))


def parse_turned_weekday(pieces: Pieces) -> Meaning | None:
    """A weekday, and which ("last Monday")."""
    week = (pieces["week"] or "").split()
    return Calendar(
        weekday=parse_weekday(pieces["wd"]),
        turn=_turn((pieces["turn"] or "").strip() or None),
        week_shift={"last": -1, "this": 0, "next": 1}[week[-2]] if week else None,
    )


def parse_ago(pieces: Pieces) -> Meaning | None:
    """A time so long ago."""
    count, unit = _count(pieces["n"]), _unit(pieces["u"])
    if count is None:
        return Vague()
    return Shift(unit=Unit.DAY, by=-(count // 24)) if unit is Unit.HOUR else Shift(unit=unit, by=-count)


def parse_told_shift(pieces: Pieces) -> Meaning | None:
    """So long before or after a time told."""
    count = _count(pieces.get("n") or "one")
    sign = 1 if pieces["way"] in ("later", "after") else -1
    unit = _unit(pieces.get("u") or "day")
    if count is None:
        return Vague()
    by = sign * (count // 24) if unit is Unit.HOUR else sign * count
    return Shift(unit=Unit.DAY if unit is Unit.HOUR else unit, by=by, told=True)


def parse_told(pieces: Pieces) -> Meaning | None:
    """The day, week, month or year told, or the next or last to it."""
    turn, unit = (pieces["turn"] or "").lower(), (pieces["u"] or "").lower()
    by = -1 if turn.endswith(("previous", "preceding")) else 1 if turn.endswith(("following", "next")) else 0
    return Shift(unit=_unit(unit) if unit in ("week", "month", "year") else Unit.DAY, by=by, told=True)


def parse_stretch(pieces: Pieces) -> Meaning | None:
    """So much time up to now."""
    words, unit = pieces.get("n"), _unit(pieces["u"])
    one = not (pieces["u"] or "").lower().endswith("s")
    return Stretch(unit=unit, count=1 if one and not words else _count(words) if words else None)


def parse_within(pieces: Pieces) -> Meaning | None:
    """So much time up to now, of days and hours."""
    count = _count(pieces["n"])
    return Stretch(unit=_unit(pieces["u"]), count=count) if count else Vague()


def parse_unit_turn(pieces: Pieces) -> Meaning | None:
    """A week, month, year or season beside the running one."""
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


def parse_stage_unit(pieces: Pieces) -> Meaning | None:
    """The start of the running week, month or year."""
    return Shift(unit=_unit(pieces["u"]), by=0, stage=_stage(pieces["stage"]))


# --- single words ----------------------------------------------------------------------------------------------------


def _month_number(word: str | None) -> int:
    return _MONTH_NUMBERS[(word or "").lower()[:3]]


def parse_weekday(word: str | None) -> int | None:
    """The number of a weekday, Monday being 0."""
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
    return int(last[-1]) if last[-1].isdecimal() else NUMBERS.get(last[-1])
