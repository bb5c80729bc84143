"""Written reports: the form is kept, brackets go, every wording stands in its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.written import FOLDER, Faulty, read_written

GOOD = """=== published 2019-04-02
Strike on Tel Rifa

A strike killed [[at least five civilians]], among them
[[Omar Said and his son Ali]], [[20 to 25]] were hurt.
---
5.. | killed | civilian | - | incident | civilians | Tel Rifa | 2019-04-01 | - | airstrike | -
names 2 | killed | civilian | family | part | son | Tel Rifa | 2019-04-01..2019-04-02 | - | airstrike | -
20..25 | injured | unknown | - | incident | - | Tel Rifa | - | - | airstrike | - | denied
=== published none
Nothing is told here.
---
"""


def _read(tmp_path: Path, told: str) -> list[dict]:
    path = tmp_path / "en_x.txt"
    path.write_text(told, encoding="utf-8")
    return list(read_written(path))


def test_a_bracket_becomes_a_claim_at_its_words(tmp_path: Path) -> None:
    first, second = _read(tmp_path, GOOD)
    text = first["text"]
    assert "[" not in text
    assert [text[c["start"] : c["end"]] for c in first["claims"]] == [
        "at least five civilians",
        "Omar Said and his son Ali",
        "20 to 25",
    ]
    assert [(c["low"], c["high"]) for c in first["claims"]] == [(5, None), (2, 2), (20, 25)]
    assert [c["count_wording"] for c in first["claims"]] == ["at least five civilians", None, "20 to 25"]
    assert [(c["earliest"], c["latest"]) for c in first["claims"]][1:] == [("2019-04-01", "2019-04-02"), (None, None)]
    assert [c["polarity"] for c in first["claims"]] == ["asserted", "asserted", "denied"]
    assert (second["published"], second["claims"]) == (None, [])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("| Tel Rifa | - |", "| Tel Rafi | - |"),
        ("5.. |", "five |"),
        ("[[20 to 25]]", "20 to 25"),
        (" | - | denied", ""),
    ],
)
def test_what_breaks_the_form_is_told(tmp_path: Path, right: str, wrong: str) -> None:
    with pytest.raises(Faulty, match="en_x-1"):
        _read(tmp_path, GOOD.replace(right, wrong))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda p: p.stem)
def test_every_written_report_keeps_the_form(path: Path) -> None:
    reports = list(read_written(path))
    assert reports
    assert path.read_text(encoding="utf-8").count("=== published ") == len(reports)
