"""Checkers see all that a claim says and where, and nothing of how sure the engine is; the same claims are drawn on every run."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bulk_sample import AROUND, SIZE, Found, describe, draw, lay_out, set_of, write_sample, write_sheet

SENTENCE = "Seven bakers were killed by shells in Orvasel, the mayor said."
TEXT = f"Orvasel, 3 May\n\n{'It rained on the town. ' * 60}\n\n{SENTENCE} {'Nobody came. ' * 80}"
AT = TEXT.index(SENTENCE)


def span(words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"exact": words, "start": start, "end": start + len(words), **more}


def found(number: int, *, confidence: float = 0.8125, learnt: bool = False) -> Found:
    claim = {
        "claim_id": f"{number:04}", "document_id": f"d{number}", "harm": "killed", "scope": "incident", "part_of": None,
        "polarity": "asserted", "confidence": confidence, "by": {"engine": "encoder", "version": "0", "models": ["m"]},
        "quote": span(SENTENCE), "count": span("Seven", low=7, high=7, hedge="exact"),
        "victims": span("bakers", kind="unknown", group=None), "place": span("Orvasel", name="Orvasel"),
        "when": span("3 May", earliest=None, latest=None), "actor": None, "means": span("shells", kind="shelling"),
        "attribution": [span("the mayor", name=None)],
    }  # fmt: skip
    document = {
        "document_id": f"d{number}", "title": "Rain", "published": None, "published_from": None,
        "published_earliest": None, "published_latest": None, "language": "en", "text": TEXT,
        "parts": [{"role": "dateline", "start": 0, "end": 16}, {"role": "body", "start": 16, "end": len(TEXT)}],
    }  # fmt: skip
    return Found(set="dispatches", report="r", learnt=learnt, claim=claim, document=document)


def test_a_checker_sees_the_claim_in_its_place() -> None:
    """The counted words are marked in six hundred characters either side; words that stand elsewhere come with what is around them."""
    row = lay_out(found(1), {})
    before, after = row["context"].split(SENTENCE.replace("Seven", "⟦Seven⟧"))
    assert (len(before), len(after)) == (AROUND, AROUND)
    assert row["context"].replace("⟦", "").replace("⟧", "") in TEXT
    assert row["begins"].startswith("Orvasel, 3 May")
    assert "⟦3 May⟧" in row["when"]["around"]
    assert "around" not in row["means"]
    assert (row["part"], row["actor"]) == ("body", None)


def test_no_checker_sees_how_sure_the_engine_is(tmp_path: Path) -> None:
    """Nor does the place in the sheet tell: neither confidence nor what read it is in any file for checkers."""
    write_sheet([found(1), found(2)], [found(1), found(2)], tmp_path)
    for name in ("sheet.jsonl", "texts.jsonl", "form.csv"):
        written = (tmp_path / name).read_text("utf-8")
        assert "0002" in written
        assert not [word for word in ("0.8125", "confidence", "encoder") if word in written]
    assert json.loads((tmp_path / "texts.jsonl").read_text("utf-8").split("\n")[0])["text"] == TEXT


def test_the_same_is_drawn_again() -> None:
    """Each claim once, not in the order of ids."""
    many = [found(number) for number in range(3 * SIZE)]
    ids = [one.claim["claim_id"] for one in draw(many)]
    assert ids == [one.claim["claim_id"] for one in draw(many)]
    assert len(set(ids)) == SIZE
    assert ids != sorted(ids)
    assert len(draw(many[:5])) == 5


def test_the_sample_has_no_words(tmp_path: Path) -> None:
    """What is kept in the project names claims and documents, and quotes nothing."""
    write_sample([found(2, learnt=True), found(1)], tmp_path / "sample.csv")
    written = (tmp_path / "sample.csv").read_text("utf-8")
    rows = list(csv.DictReader(written.splitlines()))
    assert [(row["claim_id"], row["confidence"], row["learnt"]) for row in rows] == [
        ("0001", "0.8125", "no"), ("0002", "0.8125", "yes"),
    ]  # fmt: skip
    assert not [word for word in ("Seven", "Orvasel", "Rain") if word in written]


def test_what_it_was_drawn_from_is_told() -> None:
    """Claims by set, of how many reports, and how many the engine had learnt from."""
    told = describe([found(1), found(2, learnt=True)], [found(1)], {"dispatches": Counter({"with claims": 2})})
    assert (told["claims"], told["drawn"]) == (2, 1)
    assert told["learnt from"] == {"claims": 1, "drawn": 0}
    assert told["sets"]["dispatches"] == {
        "claims": 2,
        "drawn": 1,
        "claims learnt from": 1,
        "reports": {"with claims": 2},
    }
    assert told["by"] == [{"engine": "encoder", "version": "0", "models": ["m"]}]


@pytest.mark.parametrize("name", ["in/claims_open-00.jsonl", "/a-b/claims_open-11.parquet"])
def test_an_input_tells_its_set(name: str) -> None:
    """By its name, whatever the folder."""
    assert set_of(name) == "claims_open"
