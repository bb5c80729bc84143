"""The measure of `check` counts ranks rightly, and says so where there is nothing to measure on."""

from __future__ import annotations

import check as measured
import pytest


def test_without_corpora_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and no failure."""
    monkeypatch.setenv("HARMLEDGER_SHARED", str(tmp_path))
    assert measured.main() == 0
    assert "not measured: no corpora" in capsys.readouterr().out


def test_shares_count_ranks_within_places() -> None:
    """First means rank 1; an incident that isn't named counts against."""
    ranked = [measured.Ranked(str(rank), True, False, rank, 0.0) for rank in (1, 3, 4, None)]
    assert (measured.share(ranked, 1), measured.share(ranked, 3), measured.share([], 1)) == (0.25, 0.5, 0.0)
