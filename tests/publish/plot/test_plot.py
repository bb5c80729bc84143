"""Pictures of figures: every figure is in them once, in its place, as a link to its sentence, and nothing else."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Became, PlotRow
from harmledger.publish.plot import draw_axis, draw_course, draw_strip, list_rows, make_scale
from harmledger.publish.plot.scale import LEFT, RIGHT
from harmledger.publish.plot.strip import MOST_LANES

SVG = "{http://www.w3.org/2000/svg}"


def figure(number: int = 1, low: int | None = 5, high: int | None = 5, **told: Any) -> dict[str, Any]:
    claim, document = f"{number:064x}", told.pop("document", f"{number:064x}")
    claimant = {"key": "medic", "name": "a medic", "type": "medical"}
    return {
        "claim_id": claim,
        "document_id": document,
        "origin_id": told.pop("origin", document),
        "harm": "killed",
        "count": {"low": low, "high": high, "hedge": told.pop("hedge", "exact")},
        "victims": {"kind": told.pop("kind", "civilian"), "group": None},
        "claimant": {**claimant, **told.pop("claimant", {})},
        "polarity": "asserted",
        "said": "2018-08-02",
        "standing": None,
        "by_hand": False,
        "superseded": False,
        "superseded_by": None,
        **told,
    }


def drawn(rows: list[PlotRow]) -> str:
    return "".join(draw_strip(row, make_scale(rows)) for row in rows)


def test_copies_are_one_mark() -> None:
    """A claimant's figure in a report and in its copies is one mark that counts them; another figure is another mark."""
    origin = "f" * 64
    copies = [figure(n, origin=origin, document=origin if n == 1 else f"{n:064x}") for n in range(1, 5)]
    (row,) = list_rows([*copies, figure(9, 7, 7)])
    assert [(m.low, m.sources, m.copies) for m in row.marks] == [(5, 1, 3), (7, 1, 0)]
    assert "1 source, 3 copies" in drawn([row])


def test_rows_are_claimants_and_whom_they_count() -> None:
    """The same claimant's figure of other people stands in a row of its own."""
    rows = list_rows([figure(1), figure(2, kind="combatant"), figure(3, claimant={"key": "army", "name": "the army"})])
    assert [(row.claimant, row.people) for row in rows] == [
        ("a medic", "civilians"),
        ("a medic", "combatants"),
        ("the army", "civilians"),
    ]


@pytest.mark.parametrize(
    ("told", "shape"),
    [
        (figure(), 'class="dot"'),
        (figure(hedge="about"), "dot hollow"),
        (figure(low=20, high=25, hedge="range"), "range bar"),
        (figure(high=None, hedge="at_least"), "M0 0H34"),
        (figure(low=None, hedge="at_most"), "M0 0H-34"),
        (figure(low=24, high=None, hedge="vague"), "range vague"),
        (figure(polarity="denied"), 'class="cross"'),
        (figure(by_hand=True), "<rect"),
        (figure(superseded=True), "superseded"),
        (figure(standing={"verdict": "reject"}), "rejected"),
    ],
)
def test_hedges_and_makers_are_shapes(told: dict[str, Any], shape: str) -> None:
    """Open ends are arrows, "about" is hollow, a range a bar, vague words dashed; a person's figure is square; what was replaced or denied shows so."""
    picture = drawn(list_rows([told]))
    assert shape in picture
    assert f'href="/reports/{told["document_id"]}#c-{told["claim_id"][:10]}"' in picture


def test_a_thread_leads_to_what_replaced_a_figure() -> None:
    """A superseded figure is joined to its claimant's later one."""
    rows = list_rows(
        [figure(1, 5, 5, superseded=True, superseded_by=figure(2)["claim_id"]), figure(2, 9, 9, said="2018-08-04")]
    )
    assert [mark.became for mark in rows[0].marks] == [Became.SUPERSEDED, Became.STANDS]
    assert 'class="thread"' in drawn(rows)
    assert 'class="way' in draw_course(rows, make_scale(rows))


def test_figures_without_a_number_are_told_beside_the_row() -> None:
    """What no picture can show is counted."""
    (row,) = list_rows([figure(1, None, None)])
    assert (row.marks, row.unnumbered) == ((), 1)


NUMBERS = st.one_of(st.none(), st.integers(0, 10**7))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_every_picture_is_sound_and_within_its_bounds(bounds: list[tuple[int | None, int | None]]) -> None:
    """Whatever the figures, the drawing is XML, and every number lies between its edges, larger ones further right."""
    rows = list_rows(figure(n, *ends) for n, ends in enumerate(bounds, 1))
    scale = make_scale(rows)
    for picture in (*(draw_strip(row, scale) for row in rows), draw_axis(scale), draw_course(rows, scale)):
        assert picture == "" or ET.fromstring(picture).tag == f"{SVG}svg"  # noqa: S314  our own drawing
    ends = sorted(end for pair in bounds for end in pair if end is not None)
    places = [scale.x(end) for end in ends]
    assert places == sorted(places)
    assert all(LEFT <= place <= RIGHT for place in places)


def test_a_crowded_row_ends() -> None:
    """A claimant of very many figures fills so many lanes, and the table has the rest."""
    rows = list_rows(figure(n, n, n) for n in range(1, 100))
    assert drawn(rows).count("<a ") == MOST_LANES


def test_hostile_names_and_addresses_stay_out_of_the_drawing() -> None:
    """A claimant's name is escaped and can't turn the direction of what follows; an address that isn't a sentence's is no link."""
    evil = {"key": "x", "name": "</title><script>alert(1)</script>\u202e", "type": "media"}
    rows = list_rows(
        [figure(1, claimant=evil), figure(2, 6, 6, claimant=evil, said="2018-08-09", document="javascript:alert(1)")]
    )
    picture = drawn(rows) + draw_course(rows, make_scale(rows))
    assert "<script" not in picture
    assert "\u202e" not in picture
    assert "javascript" not in picture
