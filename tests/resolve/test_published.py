"""When a report that states no day was published: what its words allow, and what must not mislead."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.domain import Published, PublishedFrom
from harmledger.resolve.published import infer_published

RAIDS = """Iraq's president said the shelling of villages near Zakho was unacceptable.

His spokesman Karim Saleh said on Tuesday that the attacks kill farmers.

He named two of them: one on October 3 in Hiror, where 11 farmers were killed, and one near Batifa on October 8, which left 7 dead.

Karim Saleh at a news conference in Baghdad on August 21, 2020. (via AFP)

Turkey launched its operation in 2019. It set up posts in the region in June 2018."""


def inferred(text: str, **bounds: date) -> tuple[str, str, str] | None:
    found = infer_published(text, Published(**bounds))
    return (str(found.day), str(found.earliest), str(found.latest)) if found.day else None


def test_first_weekday_of_the_saying_after_the_latest_event() -> None:
    """A statement of a Tuesday was published on the first Tuesday after the latest event it tells, or six days later at most."""
    assert inferred(RAIDS) == ("2020-10-13", "2020-10-13", "2020-10-19")
    assert infer_published(RAIDS, Published()).basis is PublishedFrom.INFERRED


def test_a_day_that_is_stated_stays() -> None:
    """What is stated is never inferred anew."""
    stated = Published(
        day=date(2020, 10, 14), basis=PublishedFrom.PAGE, earliest=date(2020, 10, 14), latest=date(2020, 10, 14)
    )
    assert infer_published(RAIDS, stated) is stated


def test_no_year_anywhere_gives_no_day() -> None:
    """Without a year nothing is inferred, and the bounds stay as they were."""
    text = "Five were killed on May 3, the governor said on Monday."
    assert infer_published(text, Published(latest=date(2030, 1, 1))) == Published(latest=date(2030, 1, 1))


def test_the_fetch_bounds_and_is_no_guess() -> None:
    """The day of the fetch cuts the bounds, and alone gives no day."""
    assert inferred(RAIDS, latest=date(2020, 10, 15)) == ("2020-10-13", "2020-10-13", "2020-10-15")
    assert inferred("Five were killed, officials said on Monday.", latest=date(2020, 10, 15)) is None


def test_years_told_as_past_bound_from_below() -> None:
    """A year or month told as past is a bound and no day."""
    found = infer_published("Two were killed there in June 2018, and one on Monday.", Published())
    assert (found.day, found.earliest) == (None, date(2018, 6, 1))


def test_what_is_to_come_is_no_event() -> None:
    """Dates of plans, deadlines and elections say nothing of the day of publication."""
    text = RAIDS + "\nElections are planned for May 5, 2022. Troops must leave by 1 March 2021."
    assert inferred(text) == ("2020-10-13", "2020-10-13", "2020-10-19")


def test_the_start_of_a_war_or_truce_is_no_news() -> None:
    """The day on which an agreement was signed or a war began is background."""
    text = "Six were killed in Idlib, medics said on Monday. The ceasefire agreement was signed on March 5, 2020."
    found = infer_published(text, Published())
    assert (found.day, found.earliest) == (None, date(2020, 3, 5))


def test_furniture_says_nothing() -> None:
    """Dates in stretches that are not the report's own words are skipped."""
    text = RAIDS + "\nLatest stories: 12 February 2023"
    skip = [(text.index("Latest"), len(text))]
    assert infer_published(text, Published(), skip=skip).day == date(2020, 10, 13)


def test_today_with_its_date_is_the_day() -> None:
    """A report that dates its today was published then."""
    text = "أصيب طفل اليوم السبت 6 تشرين الثاني 2021 بقصف على قرية، وقتل آخر يوم الخميس."
    assert inferred(text) == ("2021-11-06", "2021-11-06", "2021-11-06")
    assert inferred(text.replace("اليوم السبت 6", "أمس الجمعة 5")) == ("2021-11-06", "2021-11-06", "2021-11-06")


def test_the_only_year_between_the_bounds_is_deduced() -> None:
    """A dated weekday without year gets the one year that fits it between the latest year told and the fetch."""
    text = "أصيب طفل اليوم السبت 6 تشرين الثاني بقصف على قرية. وقصفت القرية في آذار 2020."
    assert inferred(text, latest=date(2022, 5, 1)) == ("2021-11-06", "2021-11-06", "2021-11-06")
    assert inferred(text) is None


def test_a_date_on_its_own_line_stamps_the_report() -> None:
    """A full date on a line that says little else is where counting starts."""
    text = "Five killed in Marib\n\nFriday, 21 January 2022, 18:04\n\nA missile hit a market on Thursday, medics said."
    assert inferred(text) == ("2022-01-21", "2022-01-21", "2022-01-27")


def test_events_that_the_caller_knows_count() -> None:
    """Days of events given by the caller are events told."""
    found = infer_published("Officials said on Wednesday.", Published(), [date(2017, 5, 27)])
    assert (found.day, found.latest) == (date(2017, 5, 31), date(2017, 6, 6))


PIECES = st.sampled_from(
    "May 25 2017 said on Wednesday . \n , the will by since March 2011 yesterday اليوم السبت 6 تشرين الثاني 2021 أمس 12 April 9999 1 January".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(), st.none() | st.dates())
@settings(max_examples=300, deadline=None)
def test_bounds_hold_the_day_on_any_text(text: str, fetched: date | None) -> None:
    """On any text the inferred day lies within its bounds, and these within the day of the fetch."""
    found = infer_published(text, Published(latest=fetched))
    if found.day:
        assert found.earliest is not None
        assert found.latest is not None
        assert found.earliest <= found.day <= found.latest
    assert fetched is None or (found.latest is not None and found.latest <= fetched)


def test_a_caption_alone_is_no_event() -> None:
    """The day of a picture bounds from below and gives the year; a report that dates nothing else has no likeliest day."""
    text = "Six were killed, medics said on Monday.\n\nA picture taken in Marib on May 3, 2021. (via AFP)"
    found = infer_published(text, Published())
    assert (found.day, found.earliest) == (None, date(2021, 5, 3))
