"""Which figures are no longer anybody's last word."""

from __future__ import annotations

from dataclasses import replace

from fake_figures import figure, figures
from hypothesis import given

from harmledger.domain import ClaimedFigure, Superseded, Verdict
from harmledger.reconcile.notes import Noted
from harmledger.reconcile.supersede import supersede

LATER, CORRECTED, RETRACTED, VERSION = (
    Superseded.LATER,
    Superseded.CORRECTED,
    Superseded.RETRACTED,
    Superseded.VERSION,
)
Marks = dict[str, tuple[Superseded, str | None]]


def marks(*some: ClaimedFigure, notes: tuple[Noted, ...] = (), later: dict[str, str] | None = None) -> Marks:
    return {f.claim_id: (f.superseded, f.superseded_by) for f in supersede(some, notes, later) if f.superseded}


def noted(claim: str, **more) -> Noted:
    return Noted(document_id=f"report of {claim}", **more)


def test_a_claimants_later_figure_replaces_its_earlier_one() -> None:
    """The toll over time: each figure is replaced by that of the next day; another claimant's stands."""
    toll = figure("a", 7, day=5), figure("b", 9, day=6), figure("c", 12, day=7), figure("d", 3, by="army", day=5)
    assert marks(*toll) == {"a": (LATER, "b"), "b": (LATER, "c")}


def test_the_same_again_and_the_same_day_replace_nothing() -> None:
    """Who repeats a figure hasn't changed it; two figures of one day both stand, and so does one of no day."""
    assert marks(figure("a", 7, day=5), figure("b", 7, day=6)) == {}
    assert marks(figure("a", 7, day=5), figure("b", 9, day=5)) == {}
    assert marks(figure("a", 7, day=0), figure("b", 9, day=5)) == {}


def test_a_figure_that_comes_back_was_replaced_between() -> None:
    """Seven, nine, seven: the first seven is replaced by the nine."""
    some = figure("a", 7, day=5), figure("b", 9, day=6), figure("c", 7, day=7)
    assert marks(*some) == {"a": (LATER, "b"), "b": (LATER, "c")}


def test_a_copy_printed_late_says_nothing_anew() -> None:
    """A copy of the first day's text, printed on the third, replaces nothing of the second day, and goes as its original goes."""
    first, second = figure("a", 7, day=5), figure("b", 9, day=6)
    copy = figure("copy", 7, day=7, origin_id="report of a")
    assert marks(first, second, copy) == {"a": (LATER, "b"), "copy": (LATER, "b")}


def test_what_people_rejected_replaces_nothing() -> None:
    """A later figure that a reviewer rejected leaves the earlier one standing."""
    assert marks(figure("a", 7, day=5), figure("b", 9, day=6, standing=Verdict.REJECT)) == {}


def test_a_note_corrects_the_outlets_earlier_report() -> None:
    """The figure that the note names as the earlier one falls there, in the outlet's other report and in a copy of that."""
    old = figure("old", 12, by="police", outlet="The Post", day=5)
    copy = figure("copy", 12, by="police", outlet="Elsewhere", day=5, origin_id="report of old")
    note = figure("note", 12, by="outlet The Post", outlet="The Post", day=5, document_id="report of new")
    new = figure("new", 9, by="police", outlet="The Post", day=5)
    other = figure("other", 12, by="police", outlet="The Courier", day=5)
    notes = (noted("new", corrects=True, taken_back=frozenset({"note"})), noted("old"))
    found = marks(old, copy, note, new, other, notes=notes)
    assert found == dict.fromkeys(("old", "copy", "note"), (CORRECTED, "new"))


def test_a_note_without_the_old_figure_corrects_what_differs() -> None:
    """Where a note names no earlier figure, the outlet's other figure of the same claimant falls."""
    old, new = (figure(name, low, outlet="The Post") for name, low in (("old", 12), ("new", 9)))
    assert marks(old, new, notes=(noted("new", corrects=True),)) == {"old": (CORRECTED, "new")}


def test_a_retraction_takes_back_all_of_it() -> None:
    """All figures of a retracted report fall, and the same ones in the outlet's earlier report; its other figures stand."""
    old = figure("old", 12, outlet="The Post", day=5)
    kept = figure("kept", 3, outlet="The Post", day=5, by="army")
    back = figure("back", 12, outlet="The Post", day=6)
    assert marks(old, kept, back, notes=(noted("back", retracts=True),)) == {
        "old": (RETRACTED, None),
        "back": (RETRACTED, None),
    }


def test_a_page_fetched_anew_stands_as_it_is_now() -> None:
    """What a page says later replaces what it said before, on the same day too; a copy of the older text printed elsewhere goes with that."""
    old, new = figure("old", 12), figure("new", 9, origin_id="report of old")
    copy = figure("copy", 12, origin_id="report of old")
    later = {"report of old": "report of new"}
    assert marks(old, new, copy, later=later) == dict.fromkeys(("old", "copy"), (VERSION, "new"))


def test_what_a_page_still_says_stands_once() -> None:
    """Of a figure in both versions of a page the newer one's stands."""
    old, new = figure("old", 12), figure("new", 12, origin_id="report of old")
    assert marks(old, new, later={"report of old": "report of new"}) == {"old": (VERSION, "new")}


def test_what_a_page_no_longer_says_is_taken_back_there_alone() -> None:
    """A figure that is gone from the page falls, with nothing in its place; others who copied it say it still."""
    gone = figure("gone", 12, by="police")
    copy = figure("copy", 12, by="police", origin_id="report of gone")
    assert marks(gone, copy, later={"report of gone": "report of nothing"}) == {"gone": (VERSION, None)}


def test_a_note_says_why_a_page_changed() -> None:
    """A version that says itself what was wrong is a correction, no silent edit."""
    old = figure("old", 12, outlet="The Post")
    note = figure("note", 12, outlet="The Post", document_id="report of new")
    new = figure("new", 9, outlet="The Post")
    notes = (noted("new", corrects=True, taken_back=frozenset({"note"})), noted("old"))
    found = marks(old, note, new, notes=notes, later={"report of old": "report of new"})
    assert found == dict.fromkeys(("old", "note"), (CORRECTED, "new"))


@given(figures())
def test_nothing_is_deleted_or_changed(some: list[ClaimedFigure]) -> None:
    """Every figure is given back as it was but for the mark, and whatever replaced it is another one of them."""
    clean = [replace(f, superseded=None) for f in some]
    after = supersede(clean, ())
    assert [replace(f, superseded=None, superseded_by=None) for f in after] == clean
    ids = {f.claim_id for f in some}
    assert all(f.superseded_by in ids - {f.claim_id} for f in after if f.superseded)
