"""Words of time: which are found, where they stand, what is none, and that no text breaks the search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.text.dates import DateKind, find_dates

FOUND = [
    ("Shells fell on the market on Wednesday morning.", ["Wednesday morning"]),
    ("Four were buried on Monday and six on Tuesday.", ["Monday", "Tuesday"]),
    ("It was hit on Saturday and Sunday.", ["Saturday and Sunday"]),
    ("Mon Jul 18 2016 Three killed in raid", ["Mon Jul 18 2016"]),
    ("Published October 4 2014 - Two dead", ["October 4 2014"]),
    ("Between 3 and 5 May the town was shelled.", ["3 and 5 May"]),
    ("between Monday and Wednesday", ["Monday and Wednesday"]),
    ("May 3-5 were the worst days", ["May 3-5"]),
    ("either October 12th or 13th, 2023,", ["October 12th or 13th, 2023"]),
    ("from March to June", ["March to June"]),
    ("the siege since 2011", ["since 2011"]),
    ("since the war began in March 2011", ["since the war began in March 2011"]),
    ("Over 40 have died since early 2023.", ["since early 2023"]),
    ("until late 2016 the road was open", ["until late 2016"]),
    ("in the past 24 hours", ["the past 24 hours"]),
    ("Two days ago a drone struck", ["Two days ago"]),
    ("a day earlier", ["a day earlier"]),
    ("Earlier this week a clinic burned", ["Earlier this week"]),
    ("He spoke at 2 p.m. Friday.", ["2 p.m. Friday"]),
    ("the 2014 war", ["2014"]),
    ("13 May، 2022", ["13 May، 2022"]),
    ("on the 24th of October 2023", ["the 24th of October 2023"]),
    ("ON MAY 25 THE VILLAGE WAS HIT", ["MAY 25"]),
    ("• March: two attacks. • April: none.", ["March", "April"]),
    ("أصيب طفل مساء أمس الجمعة", ["مساء أمس الجمعة"]),
    ("قصفت الطائرات المدينة يوم الثلاثاء الماضي", ["يوم الثلاثاء الماضي"]),
    ("السبت, ٢٢ يناير ٢٠٢٢", ["السبت, ٢٢ يناير ٢٠٢٢"]),
    ("منذ عام 2011 وحتى اليوم", ["منذ عام 2011", "حتى اليوم"]),
    ("في 30 أيلول/سبتمبر 2015", ["30 أيلول/سبتمبر 2015"]),
    ("وفي الثامن عشر من الشهر الجاري", ["الثامن عشر من الشهر الجاري"]),
    ("خلال الساعات الـ24 الماضية", ["الساعات الـ24 الماضية"]),
]

NONE = [
    "They may march to the capital.",
    "The sun rose; the children sat and waited.",
    "At least 2000 people fled and 1500 homes burned.",
    "Mar Elias church and the sat phone.",
    "Theresa May visited the camp.",
    "Some 2015 people were displaced.",
    "A three-day truce for 40 families.",
    "The boy, 12, and his 3-year-old sister",
    "the price rose from 1800 to 2000",
    "It costs 10.5 dollars, 12/13 of it paid.",
    "31/02/2017 is no day and neither is 31 June",
    "Russia Today showed the ruins.",
    "أبناء المدينة يمارسون عملهم",
]


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_finds_words_of_time(text: str, words: list[str]) -> None:
    """Each way to name a time is found whole, without the preposition before it."""
    assert [found.exact for found in find_dates(text)] == words


@pytest.mark.parametrize("text", NONE)
def test_ordinary_words_are_no_dates(text: str) -> None:
    """Words and numbers that only look like a time are left alone."""
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3 May 2017", DateKind.DAY),
        ("3 May", DateKind.DAY_OF_YEAR),
        ("late May 2017", DateKind.MONTH_OF_YEAR),
        ("last March", DateKind.MONTH),
        ("in 2014", DateKind.YEAR),
        ("on Sunday", DateKind.WEEKDAY),
        ("yesterday", DateKind.RELATIVE),
        ("that day", DateKind.TOLD),
        ("the past week", DateKind.STRETCH),
        ("May 3-5", DateKind.SPAN),
        ("since Monday", DateKind.SINCE),
        ("until May 3", DateKind.UNTIL),
        ("in recent weeks", DateKind.VAGUE),
        ("17 Ramadan 1438", DateKind.HIJRI),
        ("15 رمضان 1443", DateKind.HIJRI),
    ],
)
def test_names_the_kind(text: str, kind: DateKind) -> None:
    """The kind says how the time is named."""
    assert [found.kind for found in find_dates(text)] == [kind]


def test_searches_only_between_the_offsets() -> None:
    """Words outside the stretch asked for are not given, and offsets count in the whole text."""
    text = "On Monday a raid, on Tuesday another, on Friday a third."
    assert [(found.exact, found.start) for found in find_dates(text, 12, 40)] == [("Tuesday", 21)]


PIECES = st.sampled_from(
    "May 25 2017 , ، - to and since from between until the of on in last next this Wednesday Sept. early mid- 3rd past week days ago "
    "two 24 hours أمس اليوم الجمعة تشرين الثاني / يناير ٢٠٢٢ من الشهر الماضي منذ عام حتى 99999 \n . ( 2024-13-40 29 February".split(
        " "
    )
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_spans_slice_any_text(text: str) -> None:
    """On any text the search ends, its spans slice to their words, and none overlaps the one before."""
    last = 0
    for found in find_dates(text):
        assert text[found.start : found.end] == found.exact != ""
        assert found.start >= last
        last = found.end


@pytest.mark.parametrize("unit", ["since ", "May ", "1 ", "the the ", "1-1-", "Monday and ", "في ", "2 to ", "past "])
def test_long_hostile_text_is_read_quickly(unit: str) -> None:
    """A text of one repeated word costs time in proportion to its length."""
    assert sum(1 for _ in find_dates(unit * 20_000)) >= 0
