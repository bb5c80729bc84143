"""Misses are told apart by what went wrong."""

from __future__ import annotations

from typing import Any

import pytest
from corpora import find_shared, load_measure
from errors import find_misses

TEXT = "Five civilians were killed in Homs and two in Hama, the mayor said."
GOLD: dict[str, Any] = {
    "start": 0, "end": 14, "low": 5, "high": 5, "harm": "killed", "kind": "civilian", "group": None, "scope": "incident",
    "place_wording": "Homs", "earliest": None, "latest": None, "actor_wording": None, "means": None,
    "source_wording": "the mayor", "polarity": "asserted",
}  # fmt: skip


def found(**changes: Any) -> dict[str, Any]:
    return {**GOLD, "honest": True, "confidence": 0.9, **changes}


@pytest.mark.parametrize(
    ("claims", "types"),
    [
        ([found()], []),
        ([], ["missed killed"]),
        ([found(), found(start=39, end=42, low=2, high=2)], ["spurious killed"]),
        ([found(honest=False)], ["missed killed", "dishonest span killed"]),
        ([found(low=6, high=6)], ["low wrong", "high wrong"]),
        ([found(place_wording=None)], ["place left out"]),
        ([found(place_wording="Hama")], ["place wrong"]),
        ([found(actor_wording="rebels")], ["actor made up"]),
        ([found(kind="combatant", source_wording=None)], ["kind wrong", "source left out"]),
    ],
)
def test_a_miss_has_its_type(claims: list[dict[str, Any]], types: list[str]) -> None:
    """Missed, spurious, and each field left out, made up or wrong."""
    shared = find_shared()
    if shared is None:
        pytest.skip("no ../shared: its measure says what matches")
    row = {"id": "1", "text": TEXT, "claims": [GOLD]}
    assert [m.type for m in find_misses(load_measure(shared, "score_claims"), row, claims)] == types
