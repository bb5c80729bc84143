"""The measure of reconciling counts ends rightly, and says so where there is nothing to measure on."""

from __future__ import annotations

import pytest
import reconciling as measured
from fake_figures import figure, incident

from harmledger.domain import Harm, Rule


def test_without_corpora_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and no failure."""
    monkeypatch.setenv("HARMLEDGER_SHARED", str(tmp_path))
    assert measured.main() == 0
    assert "not measured: no corpora" in capsys.readouterr().out


def test_both_ends_must_be_the_recorded_ones() -> None:
    """7–9 beside a recorded 7–12: the low end is right, and the range isn't."""
    pair = {"killed_min": 7, "killed_max": 12, "grade": "Weak"}, incident(figure("a", 7), figure("b", 9, by="clinic"))
    assert measured.ends(pair, Harm.KILLED, Rule.AIRWARS) == (7, 9)
    (line,) = [each for each in measured.measure([pair]) if each.startswith("airwars        killed")]
    assert "both ends 0.000  low end 1.000  high end 0.000  of 1" in line
