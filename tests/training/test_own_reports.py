"""Our own reports to learn from: their marks stand on their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from training import own_arabic, own_reports

from harmledger.domain import Harm, VictimGroup, VictimKind
from harmledger.text.numerals import parse_count

MAKERS = [own_reports.reports, own_arabic.reports]
Reports = Callable[[int], list[dict[str, Any]]]


@pytest.mark.parametrize("make", MAKERS)
def test_reports_are_the_same_on_every_run(make: Reports) -> None:
    """A seed decides everything, and another report is another text."""
    assert make(12) == make(12)
    assert len({r["text"] for r in make(40)}) == 40


@pytest.mark.parametrize("make", MAKERS)
def test_marks_stand_on_words(make: Reports) -> None:
    """Counts slice to their wording, a number can be read from them, and other wordings stand in the text."""
    for report in make(60):
        text = report["text"]
        assert "[" not in text
        assert "|" not in text
        for claim in report["claims"]:
            counted = text[claim["start"] : claim["end"]]
            assert claim["count_wording"] in (None, counted) or claim["count_wording"].lower() == counted.lower()
            assert parse_count(counted) is not None, counted
            for role in ("place", "actor", "source"):
                assert (claim[f"{role}_wording"] or "").lower() in text.lower()


@pytest.mark.parametrize("make", MAKERS)
def test_values_are_of_the_closed_sets(make: Reports) -> None:
    """Nothing is marked that a claim could not say."""
    claims = [c for report in make(60) for c in report["claims"]]
    assert {c["harm"] for c in claims} <= set(Harm)
    assert {c["kind"] for c in claims} <= set(VictimKind)
    assert {c["group"] for c in claims} <= {None, *VictimGroup}
    assert {c["polarity"] for c in claims} == {"asserted", "denied"}
