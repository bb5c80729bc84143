"""The measures of linking, on groupings small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import linking
import pytest
from link_measures import b_cubed, pair_f1

GOLD = [frozenset(x) for x in ("a", "a", "a", "b")]
FOUND = [frozenset(x) for x in ("1", "1", "2", "2")]


def test_pairs_are_counted() -> None:
    """Of two found pairs one is right, of three right ones one is found."""
    agreement = pair_f1(FOUND, GOLD)
    assert (agreement.precision, agreement.recall) == (pytest.approx(1 / 2), pytest.approx(1 / 3))
    assert agreement.f1 == pytest.approx(0.4)


def test_items_are_counted() -> None:
    """B-cubed takes the mean over items, each beside itself too."""
    agreement = b_cubed(FOUND, GOLD)
    assert agreement.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert agreement.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_a_report_of_two_events_is_beside_both() -> None:
    """What shares any event is a pair."""
    assert (
        pair_f1([frozenset("12"), frozenset("1"), frozenset("2")], [frozenset("ab"), frozenset("a"), frozenset("b")]).f1
        == 1
    )


def test_without_corpora_it_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has no corpora is told so in a sentence, and nothing fails."""
    monkeypatch.setenv("HARMLEDGER_SHARED", str(tmp_path))
    assert linking.main() == 0
    assert "linking skipped: no corpora" in capsys.readouterr().out
