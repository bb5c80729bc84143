"""A report's claims become tellings of one event each."""

from __future__ import annotations

from datetime import date

from fake_tellings import IDLIB, RAQQA, claim, report

from harmledger.link.tell import CUMULATIVE, tell_report


def told(*claims: dict, **more: object) -> list[tuple[str, ...]]:
    return [telling.claims for telling in tell_report(report("r", *claims), **more)[0]]


def test_claims_that_agree_are_one_telling() -> None:
    """Killed and injured at one place on one day, or with neither said, are of one event."""
    killed = claim("a", "3 died in Raqqa on Friday.", place=RAQQA, day="2017-05-05")
    assert told(killed, claim("b", "9 were hurt."), claim("c", "2 died in Raqqa.", place=RAQQA)) == [("a", "b", "c")]


def test_another_place_or_day_is_another_event() -> None:
    """A round-up tells many incidents."""
    first = claim("a", "3 died in Raqqa.", place=RAQQA, day="2017-05-05")
    elsewhere = claim("b", "4 died in Idlib.", place=IDLIB, day="2017-05-05")
    later = claim("c", "5 died in Raqqa.", place=RAQQA, day="2017-05-09")
    assert told(first, elsewhere, later) == [("a",), ("b",), ("c",)]


def test_words_may_say_another() -> None:
    """The report itself tells "another air strike" apart; "another five people" are of the same."""
    first = claim("a", "3 died in Raqqa.", place=RAQQA)
    more = claim("b", "Another five people were hurt in Raqqa.", place=RAQQA)
    other = claim("c", "Another air strike in Raqqa killed 2.", place=RAQQA)
    tellings = tell_report(report("r", first, more, other))[0]
    assert [(t.claims, t.another) for t in tellings] == [(("a", "b"), False), (("c",), True)]


def test_a_part_stays_with_its_whole() -> None:
    """Whatever place a part's words name, it is of its whole's event."""
    whole = claim("a", "9 died in Raqqa.", place=RAQQA)
    assert told(whole, claim("b", "Of them 2 came from Idlib.", place=IDLIB, part_of="a", scope="part")) == [("a", "b")]


def test_a_sum_over_events_is_left_out_with_its_reason() -> None:
    """What counts several events can't be of one, unless a person says so."""
    total = claim("a", "Since May 400 died.", scope="cumulative")
    tellings, unlinked = tell_report(report("r", total))
    assert (tellings, [(u.claim_id, u.reason) for u in unlinked]) == ([], [("a", CUMULATIVE)])
    assert told(total, asked={"a"}) == [("a",)]


def test_a_part_of_such_a_sum_is_left_out_too() -> None:
    """Unless it says where or when of its own, a part counts several events as its whole does."""
    total = claim("a", "Since May 400 died in Syria.", scope="cumulative")
    children = claim("b", "45 of them were children.", scope="part", part_of="a")
    there = claim("c", "3 of them died in Raqqa on Friday.", scope="part", part_of="a", place=RAQQA, day="2017-05-05")
    assert told(total, children, there) == [("c",)]


def test_another_weekday_is_another_event() -> None:
    """Where no day is known, weekdays tell events apart."""
    first, second, third = (
        claim(n, f"3 died on {day}.") for n, day in (("a", "Friday"), ("b", "Sunday"), ("c", "Friday"))
    )
    for each, day in ((first, "Friday"), (second, "Sunday"), (third, "Friday")):
        each["when"] = {"exact": day, "earliest": None, "latest": None}
    assert told(first, second, third) == [("a", "c"), ("b",)]


def test_a_name_of_two_words_is_one_word_more() -> None:
    """A person's whole name says more than its parts; places are told by their words, found on the map or not."""
    place = {**RAQQA, "exact": "Tell Zarqan", "lat": None}
    (named,), _ = tell_report(report("r", claim("a", "Police said that Omar Hamdan died in Tell Zarqan.", place=place)))
    assert {"omar hamdan", "tell zarqan", "omar"} <= named.names & named.report_words
    assert (named.places, named.spot) == ({"tell", "zarqan"}, None)


def test_parted_claims_share_no_telling() -> None:
    """What reviewers have parted isn't put together, however well it agrees."""
    a, b = claim("a", "3 died in Raqqa.", place=RAQQA), claim("b", "4 were hurt in Raqqa.", place=RAQQA)
    assert told(a, b, apart=lambda left, right: {left, right} == {"a", "b"}) == [("a",), ("b",)]


def test_an_unsaid_day_follows_from_the_publication() -> None:
    """News is of the last days; a report of an unknown day says nothing of when."""
    (recent,), _ = tell_report(report("r", claim("a", "3 died."), published="2017-05-05"))
    (unknown,), _ = tell_report(report("r", claim("a", "3 died.")))
    assert (recent.earliest, recent.latest, recent.dated) == (date(2017, 5, 3), date(2017, 5, 5), False)
    assert (unknown.earliest, unknown.latest) == (None, None)
