"""Marks on others' texts are kept without their words."""

from __future__ import annotations

import json

from training.marks import CORPORA, FOLDER, bare

TEXT = "A medic said 3 farmers were killed in Kutum. Kutum was shelled by the militia, which killed 3 farmers."
CLAIM = {
    "start": 13, "end": 22, "count_wording": "3", "low": 3, "high": 3, "harm": "killed", "kind": "civilian", "group": None, "scope": "incident",
    "earliest": None, "latest": None, "means": None, "polarity": "asserted", "victims_wording": "farmers", "place_wording": "Kutum",
    "actor_wording": "the militia", "source_wording": None,
}  # fmt: skip


def test_words_become_offsets() -> None:
    """A wording is kept as the occurrence nearest to its count, and no word of the report is."""
    (claim,) = bare({"doc": "1", "claims": [CLAIM]}, TEXT)["claims"]
    assert TEXT[slice(*claim["place"])] == "Kutum"
    assert claim["place"][0] == TEXT.index("Kutum")
    assert TEXT[slice(*claim["actor"])] == "the militia"
    assert claim["source"] is None
    assert not [word for word in ("Kutum", "farmers", "militia") if word in json.dumps(claim)]


def test_kept_marks_hold_numbers_and_closed_values_only() -> None:
    """The files of marks hold ids, offsets, days and values of closed sets: no text of a report."""
    closed = {"harm", "kind", "group", "scope", "means", "polarity", "earliest", "latest"}
    for name in CORPORA:
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for claim in json.loads(line)["claims"]:
                words = {key for key, value in claim.items() if isinstance(value, str)}
                assert words <= closed
