"""The versions of a page, in the order of fetching, as one viewer may see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_pages import ADDRESS, at, fetch, report, said
from fakes import FIXED_NOW, fixed_now

from harmledger.domain import PUBLIC, Viewer
from harmledger.standing import EVERYTHING
from harmledger.store import Ledger, open_ledger
from harmledger.store.access import close_document
from harmledger.store.groups import add_group
from harmledger.store.versions import find_first_versions, find_replaced, list_versions

ONE, TWO, THREE = report(said(15)), report(said(12)), report(said(9))


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def versions(ledger: Ledger, document: str, viewer: Viewer = PUBLIC) -> list[tuple[str, int]]:
    """Documents and the days since which they stood at the only page."""
    with ledger.reading() as connection:
        pages = list_versions(connection, viewer, document)
    assert len(pages) < 2
    return [(v.document_id, v.since.day) for page in pages.values() for v in page]


def replaced(ledger: Ledger, *documents: str, viewer: Viewer = PUBLIC) -> dict[str, tuple[str, int]]:
    with ledger.reading() as connection:
        found = find_replaced(connection, viewer, set(documents))
    return {document: (by.document_id, by.since.day) for document, by in found.items()}


def test_versions_come_in_the_order_of_fetching(ledger: Ledger) -> None:
    """Whatever the order of filing; a fetch that finds the same again begins no version, however the address was written."""
    two = fetch(ledger, TWO, at(7))
    one = fetch(ledger, ONE, at(6))
    fetch(ledger, TWO, at(8), source=f"{ADDRESS}?utm_source=feed")
    three = fetch(ledger, THREE, at(9), source=ADDRESS.replace("https", "http") + "#top")
    for document in (one, two, three):
        assert versions(ledger, document) == [(one, 6), (two, 7), (three, 9)]


def test_a_text_that_comes_back_is_a_version_again(ledger: Ledger) -> None:
    """A, B, A: the page has three versions of two documents, and A stands; whoever holds B is told since when."""
    one, two = fetch(ledger, ONE, at(6)), fetch(ledger, TWO, at(7))
    assert replaced(ledger, one, two) == {one: (two, 7)}
    assert fetch(ledger, ONE, at(8)) == one
    assert versions(ledger, one) == [(one, 6), (two, 7), (one, 8)]
    assert replaced(ledger, one, two) == {two: (one, 8)}


def test_a_page_that_was_put_back_says_to_when(ledger: Ledger) -> None:
    """The same words count, whatever bytes they come in; what was never there before, and a page that only went on, is put back to nothing."""
    markup = ONE.replace(" The", "\n The")
    assert markup != ONE
    for day, text in enumerate((ONE, markup, TWO, markup, THREE, TWO), start=6):
        document = fetch(ledger, text, at(day))
    with ledger.reading() as connection:
        ((*told,),) = list_versions(connection, PUBLIC, document).values()
    assert [version.back_to and version.back_to.day for version in told] == [None, None, None, 6, None, 8]


def test_what_was_put_back_to_a_closed_version_is_new_to_others(ledger: Ledger) -> None:
    """That the page said the same before is told to those alone who may see it."""
    markup = ONE.replace(" The", "\n The")
    closed, _, last = (fetch(ledger, text, at(day)) for day, text in ((6, ONE), (7, TWO), (8, markup)))
    with ledger.writing() as writer:
        close_document(writer, closed, add_group(writer, "few", now=FIXED_NOW).group_id)
    with ledger.reading() as connection:
        for viewer, back_to in ((PUBLIC, None), (EVERYTHING, at(6))):
            ((*told,),) = list_versions(connection, viewer, last).values()
            assert told[-1].back_to == back_to


def test_another_page_has_other_versions(ledger: Ledger) -> None:
    """Two pages of an outlet are two reports; a page that was fetched once has no versions to tell of."""
    one, other = fetch(ledger, ONE, at(6)), fetch(ledger, TWO, at(7), source=f"{ADDRESS}/2")
    assert versions(ledger, one) == []
    assert replaced(ledger, one, other) == {}


def test_what_stands_at_one_of_its_pages_is_not_replaced(ledger: Ledger) -> None:
    """A text that was changed at one address and stands at another still stands."""
    one = fetch(ledger, ONE, at(6))
    fetch(ledger, ONE, at(6), source=f"{ADDRESS}/print")
    two = fetch(ledger, TWO, at(7))
    assert replaced(ledger, one, two) == {}


def test_only_the_same_report_anew_takes_back_what_it_no_longer_says(ledger: Ledger) -> None:
    """A version that shares its text replaces one even where nothing of the event is left in it; a notice in its place replaces nothing."""
    one = fetch(ledger, ONE, at(6))
    less = fetch(ledger, report(), at(7))
    assert replaced(ledger, one) == {one: (less, 7)}
    fetch(ledger, "We value your privacy. Accept all cookies of this site and of its partners to read on.\n" * 3, at(8))
    assert replaced(ledger, one) == {}


def test_a_page_rewritten_whole_replaces_what_it_said_of_the_same_event(ledger: Ledger) -> None:
    """Texts that share nothing are versions too where both tell of the incident at hand."""
    one = fetch(ledger, ONE, at(6))
    anew = fetch(
        ledger,
        "Toll rises\n\nRescuers ended their search at dusk. 20 people were killed in Raqqa, a colonel said. Nothing else is known.\n",
        at(7),
    )
    assert replaced(ledger, one) == {}
    assert replaced(ledger, one, anew) == {one: (anew, 7)}


def test_the_first_version_is_the_source(ledger: Ledger) -> None:
    """Of versions among some reports all lead to the first of them."""
    one, two, three = fetch(ledger, ONE, at(6)), fetch(ledger, TWO, at(7)), fetch(ledger, THREE, at(8))
    with ledger.reading() as connection:
        assert find_first_versions(connection, EVERYTHING, {one, two, three}) == {two: one, three: one}
        assert find_first_versions(connection, EVERYTHING, {two, three}) == {three: two}


def test_closed_versions_are_as_if_nobody_had_fetched_them(ledger: Ledger) -> None:
    """The public sees the versions before and after a closed one as if they followed each other, and the last open one stands; leads see all."""
    one, two, three = fetch(ledger, ONE, at(6)), fetch(ledger, TWO, at(7)), fetch(ledger, THREE, at(8))
    with ledger.writing() as writer:
        group = add_group(writer, "few", now=FIXED_NOW)
        for document in (two, three):
            close_document(writer, document, group.group_id)
    fetch(ledger, ONE, at(9))
    assert versions(ledger, one) == []
    assert replaced(ledger, one) == {}
    assert versions(ledger, one, EVERYTHING) == [(one, 6), (two, 7), (three, 8), (one, 9)]
