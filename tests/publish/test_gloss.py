"""A claim of a report in another language is told in English by its fields, and only by them."""

from __future__ import annotations

from typing import Any

import pytest

from harmledger.publish.gloss import render_gloss

Record = dict[str, Any]


def claim(**changes: Any) -> Record:
    """A claim's record with everything known."""
    fields: Record = {
        "quote": {"exact": "قتل مدنيان على الأقل"},
        "count": {"low": 2, "high": None, "hedge": "at_least"},
        "harm": "killed",
        "victims": {"kind": "civilian", "group": None},
        "scope": "incident",
        "place": {"exact": "الميادين", "name": "Al Mayadin", "country": "SY"},
        "when": {"exact": "25 أيار", "earliest": "2017-05-25", "latest": "2017-05-25"},
        "actor": {"exact": "التحالف", "name": "US-led coalition", "certainty": "stated"},
        "means": {"kind": "airstrike"},
        "attribution": [speaker(name="Syrian Observatory for Human Rights")],
        "polarity": "asserted",
    }
    return fields | changes


def speaker(**changes: Any) -> Record:
    return {"exact": "المرصد", "name": None, "organisation": None, "type": "monitor"} | changes


def count(low: int | None, high: int | None, hedge: str) -> Record:
    return {"low": low, "high": high, "hedge": hedge}


def test_a_claim_is_one_sentence() -> None:
    """Count, harm, means, place, day, actor and source stand in one sentence, by the names that were looked up."""
    assert render_gloss(claim(), "ar") == (
        "at least 2 civilians killed, air strike, Al Mayadin (SY), 2017-05-25, by the US-led coalition, "
        "according to Syrian Observatory for Human Rights"
    )


@pytest.mark.parametrize(
    ("language", "words", "glossed"),
    [("en", "قتل", False), ("ar", "قتل", True), ("fr", "tués", True), (None, "killed", False), (None, "قتل", True)],
)
def test_only_other_languages_are_glossed(language: str | None, words: str, glossed: bool) -> None:
    """An English document needs none; of an unknown language Arabic letters tell."""
    assert (render_gloss(claim(quote={"exact": words}), language) is not None) is glossed


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (count(35, 35, "exact"), "35 civilians"),
        (count(1, 1, "article"), "1 civilian"),
        (count(21, None, "more_than"), "more than 20 civilians"),
        (count(None, 20, "at_most"), "up to 20 civilians"),
        (count(20, 25, "range"), "20 to 25 civilians"),
        (count(20, 20, "about"), "about 20 civilians"),
        (count(24, None, "vague"), "some (24 or more) civilians"),
        (count(2, 2, "names"), "2 civilians"),
        (count(None, None, "vague"), "an unsaid number of civilians"),
    ],
)
def test_every_hedge_has_its_words(number: Record, told: str) -> None:
    """Bounds and hedge are told as English has them."""
    assert str(render_gloss(claim(count=number), "ar")).startswith(f"{told} killed, ")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"victims": None}, "2 people killed"),
        ({"victims": {"kind": "mixed", "group": None}}, "2 civilians and combatants killed"),
        ({"victims": {"kind": "civilian", "group": "children"}}, "2 civilian children killed"),
        ({"victims": {"kind": "unknown", "group": "family"}}, "2 family members killed"),
        ({"harm": "killed_or_injured", "polarity": "denied"}, "2 civilians killed or injured (denied)"),
        ({"scope": "part"}, "killed, part of a larger figure, air strike"),
        ({"when": {"exact": "", "earliest": "2017-05-01", "latest": "2017-05-31"}}, "2017-05-01 to 2017-05-31"),
        ({"when": {"exact": "", "earliest": None, "latest": "2017-05-31"}}, "up to 2017-05-31"),
        ({"attribution": []}, "according to the outlet itself"),
    ],
)
def test_fields_have_their_words(changes: Record, told: str) -> None:
    """What is denied, partial or open is told as such; nobody quoted is the outlet itself."""
    assert told in str(render_gloss(claim(**changes), "ar"))


def test_words_that_nobody_looked_up_are_spelt_and_say_so() -> None:
    """Words kept as words come in Latin letters and are marked; of a source its type is told beside them."""
    changes: Record = {
        "place": {"exact": "قرية الحمراء", "name": None, "country": None},
        "actor": {"exact": "طائرات", "name": None, "certainty": "suspected"},
        "attribution": [speaker(name="SANA"), speaker(exact="مصدر طبي", type="medical")],
    }
    gloss = str(render_gloss(claim(**changes), "ar"))
    assert "“qrya al-hmraʾ” (spelt from the Arabic)" in gloss
    assert "by “tairat” (spelt from the Arabic) (suspected)" in gloss
    assert gloss.endswith("according to a medical source, “msdr tbi” (spelt from the Arabic), via SANA")
    assert not any("\u0600" <= letter <= "\u06ff" for letter in gloss)
