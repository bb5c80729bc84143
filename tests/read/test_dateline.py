"""Datelines: what a report states of itself before it begins, and no day that its story tells of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.read import mark_parts
from harmledger.read.dateline import find_dates, find_placed, find_published, find_text_stamp, is_clock, is_stamp

DAY = date(2019, 3, 5)


@pytest.mark.parametrize(
    "wording",
    ["5 March 2019", "March 5, 2019", "Mar 5 2019", "5th of March 2019", "05-Mar-2019", "Tue, 05 Mar 2019", "2019-03-05", "2019/03/05", "05/03/2019", "5.3.2019",
     "5 مارس 2019", "5 آذار 2019", "٥ آذار/مارس ٢٠١٩", "5 آذار (مارس) 2019", "مارس 5, 2019"],
)  # fmt: skip
def test_dates_in_all_forms(wording: str) -> None:
    """One day is read from every form in which reports write it."""
    assert [day for _, _, day in find_dates(f"x {wording} y")] == [DAY]


@pytest.mark.parametrize("wording", ["31/02/2019", "May 2019", "2019", "99/99/2019", "1.2.3.2019", "March 32, 2019"])
def test_what_is_no_date(wording: str) -> None:
    """A day that the calendar has not, or half a date, is none."""
    assert not list(find_dates(wording))


def test_day_beyond_twelve_is_no_month() -> None:
    """Where the second number can't be a month the first is."""
    assert [day for _, _, day in find_dates("03/25/2019")] == [date(2019, 3, 25)]


@pytest.mark.parametrize(
    "line",
    ["Tue Mar 5 2019", "Published: 5 March 2019", "Tuesday 5 March 2019 16:42, UK", "2019-03-05 07:15:00", "5 March، 2019", "Last updated on 05/03/2019 at 10:23 GMT",
     "الثلاثاء 2019/03/05", "نشر في: 05/03/2019 - 09:15", "آخر تحديث: ٥ مارس ٢٠١٩"],
)  # fmt: skip
def test_stamps(line: str) -> None:
    """A line of a date with its labels and clock is a stamp."""
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    ["On March 5, 2019,", "In the evening of 5 March 2019", "Six people died on 5 March 2019 in Marib", "في 5 آذار 2019", "5 March 2019 attack on Marib town"],
)  # fmt: skip
def test_lines_that_tell_a_day_are_no_stamps(line: str) -> None:
    """A line that tells when something happened is none."""
    assert not is_stamp(line)


def test_clock() -> None:
    """A clock time alone is told from a number."""
    assert is_clock("10:23 ص")
    assert is_clock("6:10 pm")
    assert not is_clock("10 killed")


@pytest.mark.parametrize(
    "dateline",
    ["MARIB, Yemen (Saba) – ", "KABUL, March 5 (Xinhua) -- ", "BAGHDAD (AP) - ", "Tel Rifaat, Syria (Afrin Post) – ", "Homs, SANA-", "TRIPOLI/BENGHAZI, Libya, March 5, 2019 (Reuters) - ",
     "QUITO, 5 MAR 89 (EFE) -- ", "SANA’A — ", "Tel-Aviv (Reuters) - ", "صنعاء (رويترز) - ", "دمشق-سانا: "],
)  # fmt: skip
def test_place_datelines(dateline: str) -> None:
    """A place before a dash, with agency, day or in capitals, is a dateline and no more than that."""
    text = dateline + "Two men were hurt."
    assert find_placed(text, 0, len(text)) == len(dateline)


@pytest.mark.parametrize(
    "text",
    ["Marib - the last city in government hands - was shelled.", "The men – two brothers – died.", "In a letter dated March 5, 2019 — a copy was seen – he wrote.",
     "UN-backed forces said two men died.", "A 12-year-old boy was hurt.", "Well-known doctor killed - a colleague said."],
)  # fmt: skip
def test_sentences_with_dashes_are_no_datelines(text: str) -> None:
    """A sentence that a dash parts has no dateline."""
    assert find_placed(text, 0, len(text)) is None


def test_date_that_opens_a_text() -> None:
    """A date that opens a text is a stamp before a headline, and not where it opens a sentence."""
    stamped, told = "5 March 2019 Two killed in Marib", "5 March 2019 was the worst day of the battle"
    assert find_text_stamp(stamped, 0, len(stamped)) == len("5 March 2019 ")
    assert find_text_stamp(told, 0, len(told)) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Two killed in Marib shelling\n\nTuesday 5 March 2019\n\nTwo men were killed on Monday, a medic in the city said.", DAY),
        ("KABUL, March 5, 2019 (Xinhua) -- At least four people were hurt in a blast on Monday, the police said.", DAY),
        ("Two men were killed in Marib by shelling from the hills, a medic said. Published: 09:15, 5 March 2019", DAY),
        ("قتل رجلان في مأرب بقصف من التلال المحيطة بالمدينة بحسب مصدر طبي.\n\nنشرت في: 05/03/2019", DAY),
        ("On March 5, 2019, two men were killed by shelling in Marib, a medic said to local reporters there.", None),
        ("Two men were killed, according to a list published on March 5, 2019 by the ministry of health in the city.", None),
        ("KABUL, March 5 (Xinhua) -- At least four people were hurt in a blast on Monday, the police said.", None),
    ],
)  # fmt: skip
def test_published(text: str, day: date | None) -> None:
    """The day of publication is that of the dateline or of a label, never that of an event."""
    assert find_published(text, mark_parts(text)) == day


def test_first_publication_before_update() -> None:
    """Where a text states an update and its publication, the latter is taken."""
    text = "Last updated: 7 March 2019. Published: 5 March 2019. Two men were killed in Marib, a medic said."
    assert find_published(text, ()) == DAY


@given(st.text(st.sampled_from("0123456789 -/.,:()MarchMayمارس٣\n")))
def test_any_text_of_date_letters_is_read(text: str) -> None:
    """Nothing that resembles dates breaks the reading of them."""
    assert all(text[start:end] for start, end, _ in find_dates(text))
    is_stamp(text)
    find_placed(text, 0, len(text))
    find_published(text, mark_parts(text))
