"""What words of time mean in days, held to a table of cases; and the laws that hold on any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.domain import PeriodPrecision, Published, PublishedFrom, Words
from harmledger.resolve.period import nearest_full_date, resolve_dated, resolve_period
from harmledger.text.dates import find_dates

WEDNESDAY = date(2019, 7, 17)
"""The day of publication in the table."""


def given_day(day: date | None) -> Published:
    return Published(day=day, basis=PublishedFrom.GIVEN if day else None, earliest=day, latest=day)


def resolved(text: str, *, day: date | None = WEDNESDAY, which: int = -1) -> str:
    """The ends of the last expression of a text, as `first..last`."""
    found = list(find_dates(text))[which]
    first, last = resolve_dated(found, text=text, published=given_day(day))
    return f"{first or ''}..{last or ''}" if first != last else f"{first or ''}"


CASES = [
    # days named from the day of writing
    ("on Wednesday", "2019-07-17"),
    ("on Tuesday night", "2019-07-16"),
    ("early on Thursday", "2019-07-11"),
    ("last Wednesday", "2019-07-10"),
    ("last Monday", "2019-07-15"),
    ("this Sunday", "2019-07-14"),
    ("next Friday", "2019-07-19"),
    ("Friday last week", "2019-07-12"),
    ("SUNDAY", "2019-07-14"),
    ("3am on Friday", "2019-07-12"),
    ("10:30 p.m. Saturday", "2019-07-13"),
    ("yesterday", "2019-07-16"),
    ("yesterday morning", "2019-07-16"),
    ("the day before yesterday", "2019-07-15"),
    ("today", "2019-07-17"),
    ("tonight", "2019-07-17"),
    ("this morning", "2019-07-17"),
    ("earlier today", "2019-07-17"),
    ("overnight", "2019-07-16..2019-07-17"),
    ("last night", "2019-07-16"),
    ("three days ago", "2019-07-14"),
    ("Two days ago", "2019-07-15"),
    ("a week ago", "2019-07-08..2019-07-14"),
    ("two months ago", "2019-05-01..2019-05-31"),
    ("three years ago", "2016-01-01..2016-12-31"),
    ("a few days ago", ""),
    # weeks, months, years
    ("the past 24 hours", "2019-07-16..2019-07-17"),
    ("the last 48 hours", "2019-07-15..2019-07-17"),
    ("in the past three days", "2019-07-14..2019-07-17"),
    ("the past few days", "..2019-07-17"),
    ("the past week", "2019-07-10..2019-07-17"),
    ("over the last week", "2019-07-10..2019-07-17"),
    ("the past two months", "2019-05-17..2019-07-17"),
    ("last week", "2019-07-08..2019-07-14"),
    ("this week", "2019-07-15..2019-07-17"),
    ("earlier this week", "2019-07-15..2019-07-16"),
    ("over the weekend", "2019-07-13..2019-07-14"),
    ("last month", "2019-06-01..2019-06-30"),
    ("late last month", "2019-06-21..2019-06-30"),
    ("earlier this month", "2019-07-01..2019-07-17"),
    ("this month", "2019-07-01..2019-07-17"),
    ("this year", "2019-01-01..2019-07-17"),
    ("last year", "2018-01-01..2018-12-31"),
    ("early this year", "2019-01-01..2019-04-30"),
    ("within 24 hours", "2019-07-16..2019-07-17"),
    ("in recent weeks", ""),
    # full dates in many forms
    ("2017-05-03", "2017-05-03"),
    ("2017/05/03", "2017-05-03"),
    ("03/05/2017", "2017-05-03"),
    ("05/23/2017", "2017-05-23"),
    ("14-05-2016", "2016-05-14"),
    ("26.12.2014", "2014-12-26"),
    ("3/5/17", "2017-05-03"),
    ("24th of October 2018", "2018-10-24"),
    ("October 29th 2018", "2018-10-29"),
    ("October 29th, 2018", "2018-10-29"),
    ("Mon Jul 18 2016", "2016-07-18"),
    ("Wed 05 Apr 2017", "2017-04-05"),
    ("Saturday, 14th October 2018", "2018-10-14"),
    ("Sunday, June 30, 2019", "2019-06-30"),
    ("Sept. 19, 2016", "2016-09-19"),
    ("19 Sept 2016", "2016-09-19"),
    ("29-Feb-2016", "2016-02-29"),
    # a year that is not said
    ("July 11", "2019-07-11"),
    ("11 September", "2018-09-11"),
    ("Dec. 30", "2018-12-30"),
    ("on July 18", "2019-07-18"),
    ("Sept. 30 of last year", "2018-09-30"),
    ("Saturday 16 December", "2017-12-16"),
    ("May 3-5", "2019-05-03..2019-05-05"),
    ("between 3 and 5 May", "2019-05-03..2019-05-05"),
    ("from 28 December to 3 January", "2018-12-28..2019-01-03"),
    ("October 12th or 13th, 2018.", "2018-10-12..2018-10-13"),
    # months, seasons, years
    ("in May", "2019-05-01..2019-05-31"),
    ("in August", "2018-08-01..2018-08-31"),
    ("in July", "2019-07-01..2019-07-17"),
    ("last July", "2018-07-01..2018-07-31"),
    ("in late September", "2018-09-21..2018-09-30"),
    ("mid-June", "2019-06-11..2019-06-20"),
    ("February 2016", "2016-02-01..2016-02-29"),
    ("early March 2016", "2016-03-01..2016-03-10"),
    ("March last year", "2018-03-01..2018-03-31"),
    ("the summer of 2014", "2014-06-01..2014-08-31"),
    ("last winter", "2018-12-01..2019-02-28"),
    ("in 2014", "2014-01-01..2014-12-31"),
    ("in late 2014", "2014-09-01..2014-12-31"),
    ("the 1980s", "1980-01-01..1989-12-31"),
    ("2012-15", "2012-01-01..2015-12-31"),
    ("from March to June", "2019-03-01..2019-06-30"),
    ("from 2011 to 2014", "2011-01-01..2014-12-31"),
    ("between January and March 2017", "2017-01-01..2017-03-31"),
    # open ends
    ("since 2011", "2011-01-01..2019-07-17"),
    ("since early 2017", "2017-01-01..2019-07-17"),
    ("since mid-January", "2019-01-15..2019-07-17"),
    ("since Monday", "2019-07-15..2019-07-17"),
    ("since the start of June", "2019-06-01..2019-07-17"),
    ("since the uprising against the rulers began in March 2011", "2011-03-01..2019-07-17"),
    ("until May 2018", "..2018-05-31"),
    # counted from a day told before
    ("hit on May 4 and, on the same day, again", "2019-05-04"),
    ("hit on May 4; a day earlier, another", "2019-05-03"),
    ("hit on May 4. The following day", "2019-05-05"),
    ("It began in 2011. Since then", "2011-01-01..2019-07-17"),
    ("raids on 3 July, and on the 9th.", "2019-07-09"),
    # Arabic
    ("يوم الاثنين", "2019-07-15"),
    ("الأربعاء الماضي", "2019-07-10"),
    ("أمس", "2019-07-16"),
    ("مساء أمس الثلاثاء", "2019-07-16"),
    ("أول أمس", "2019-07-15"),
    ("فجر اليوم", "2019-07-17"),
    ("صباح اليوم الأربعاء", "2019-07-17"),
    ("الليلة الماضية", "2019-07-16..2019-07-17"),
    ("في 25 أيار 2017", "2017-05-25"),
    ("٢٥ مايو ٢٠١٧", "2017-05-25"),
    ("25 أيار/مايو", "2019-05-25"),
    ("30 كانون الأول الماضي", "2018-12-30"),
    ("السادس من مارس/آذار 2018", "2018-03-06"),
    ("الثامن عشر من الشهر الماضي", "2019-06-18"),
    ("16-2-2018", "2018-02-16"),
    ("الأسبوع الماضي", "2019-07-08..2019-07-14"),
    ("الشهر الماضي", "2019-06-01..2019-06-30"),
    ("الشهر الجاري", "2019-07-01..2019-07-17"),
    ("العام الماضي", "2018-01-01..2018-12-31"),
    ("قبل يومين", "2019-07-15"),
    ("قبل ثلاثة أيام", "2019-07-14"),
    ("الساعات الـ24 الماضية", "2019-07-16..2019-07-17"),
    ("اليومين الماضيين", "2019-07-15..2019-07-17"),
    ("في آذار من عام 2017", "2017-03-01..2017-03-31"),
    ("في حزيران", "2019-06-01..2019-06-30"),
    ("أواخر أيلول الماضي", "2018-09-21..2018-09-30"),
    ("منذ مطلع شهر حزيران", "2019-06-01..2019-07-17"),
    ("منذ عام 2011", "2011-01-01..2019-07-17"),
    ("15 رمضان 1443", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_words_of_time_in_days(text: str, expected: str) -> None:
    """Words of time mean the days that a reader of that day's paper takes them to mean."""
    assert resolved(text) == expected


UNDATED = [
    ("on Wednesday", ""),
    ("yesterday", ""),
    ("May 25", ""),
    ("in March 2017", "2017-03-01..2017-03-31"),
    ("since 2011", "2011-01-01.."),
    ("Photographed on April 7, 2017. The raid of May 25", "2017-05-25"),
    ("It was 20 December 2017 when it began; on January 5", "2018-01-05"),
    ("The raid of February 3, then that of 1 January 2017", "2017-01-01"),
    ("signed on 5 March 2020; on Saturday 6 November", "2021-11-06"),
    ("Eight attacks since early 2022. • February: two", "2022-02-01..2022-02-28"),
]


@pytest.mark.parametrize(("text", "expected"), UNDATED)
def test_without_publication_the_text_itself_says_the_year(text: str, expected: str) -> None:
    """Where nobody says when a report was published, a year comes from the nearest full date, and else stays unknown."""
    assert resolved(text, day=None) == expected


def test_a_full_date_that_follows_also_says_the_year() -> None:
    """A caption below the story may hold the only year."""
    text = "Shells killed nine on May 25.\n\nA street in the town on April 7, 2017. (via AFP)"
    assert resolved(text, day=None, which=0) == "2017-05-25"


def period(text: str, exact: str, published: Published) -> tuple[str, str, PeriodPrecision | None] | None:
    start = text.index(exact)
    words = Words(exact=exact, start=start, end=start + len(exact))
    found = resolve_period(words, text=text, published=published)
    return found and (str(found.earliest), str(found.latest), found.precision)


@pytest.mark.parametrize(
    ("exact", "precision"),
    [
        ("on Monday", "day"),
        ("May 3-5", "days"),
        ("last week", "week"),
        ("in March 2018", "month"),
        ("last year", "year"),
        ("since 2011", "longer"),
        ("the past few days", "days"),
    ],
)
def test_precision_follows_the_length(exact: str, precision: str) -> None:
    """A period is as precise as it is short."""
    found = period(f"Nine died {exact} there.", exact, given_day(WEDNESDAY))
    assert found is not None
    assert found[2] == PeriodPrecision(precision)


def test_words_that_cut_an_expression_are_read_whole() -> None:
    """Words that cover only part of an expression of time mean the whole of it."""
    assert period("Nine died on May 25 there.", "on May", given_day(WEDNESDAY)) == ("2019-05-25", "2019-05-25", "day")


def test_words_with_several_times_run_from_first_to_last() -> None:
    """Words that name several times mean the days from the first to the last."""
    exact = "on May 3 and again on 9 May"
    assert period(f"Nine died {exact}.", exact, given_day(WEDNESDAY)) == ("2019-05-03", "2019-05-09", "week")


def test_words_without_time_have_no_period() -> None:
    """Words that name no time resolve to none."""
    assert period("Nine died in the market.", "in the market", given_day(WEDNESDAY)) is None


def test_bounds_resolve_only_what_they_agree_on() -> None:
    """A report published between two days resolves what both of them make the same."""
    published = Published(earliest=date(2019, 7, 16), latest=date(2019, 7, 18))
    assert period("Nine died on Monday.", "on Monday", published) == ("2019-07-15", "2019-07-15", "day")
    assert period("Nine died yesterday.", "yesterday", published) == ("None", "None", None)


def test_the_day_of_the_fetch_is_no_guess() -> None:
    """A report of which only the day it was fetched is known has no "yesterday"."""
    assert period("Nine died yesterday.", "yesterday", Published(latest=WEDNESDAY)) == ("None", "None", None)


def test_an_inferred_day_closes_no_open_period() -> None:
    """An open period ends with the day of publication only where that is stated."""
    inferred = Published(day=WEDNESDAY, basis=PublishedFrom.INFERRED, earliest=WEDNESDAY, latest=WEDNESDAY)
    assert period("Forty died since 2011.", "since 2011", inferred) == ("2011-01-01", "None", "longer")


def test_nearest_full_date_stands_before() -> None:
    """The nearest full date is the last one before the offset."""
    text = "On 3 May 2017 one, on June 4, 2018 another, on 1 July 2019 a third."
    assert nearest_full_date(text, text.index("another")) == date(2018, 6, 4)
    assert nearest_full_date(text, 3) is None


PIECES = st.sampled_from(
    "May 25 2017 , ، - to and since from between until then the of on in last next this Wednesday early mid- 3rd past week days ago same day "
    "two 24 hours أمس اليوم الجمعة تشرين الثاني / يناير ٢٠٢٢ من الشهر الماضي منذ عام حتى 31 30 29 February 999 years weekend winter".split(
        " "
    )
)
DAYS = st.none() | st.dates()


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(), DAYS, DAYS, DAYS)
@settings(max_examples=300, deadline=None)
def test_ends_are_in_order_on_any_text(text: str, day: date | None, earliest: date | None, latest: date | None) -> None:
    """On any text and any day of publication, resolving ends and the first day is not after the last."""
    published = Published(
        day=day, basis=PublishedFrom.GIVEN if day else None, earliest=day or earliest, latest=day or latest
    )
    for found in find_dates(text):
        first, last = resolve_dated(found, text=text, published=published)
        assert first is None or last is None or first <= last
        words = Words(exact=found.exact, start=found.start, end=found.end)
        assert resolve_period(words, text=text, published=published) is not None


def test_a_long_chain_of_told_days_is_resolved() -> None:
    """Days that each count from the one before do not exhaust the stack."""
    text = "That Tuesday, " * 5000
    *_, last = find_dates(text)
    assert resolve_dated(last, text=text, published=Published()) == (None, None)
