"""An explanation says what each value stands on, and never more than is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fakes import fixed_now, load_fake, write_reports

from harmledger.pipeline import read_reports
from harmledger.publish.explain import explain_claim
from harmledger.publish.record import render_record

Record = dict[str, Any]
BELIEFS = (
    "count: tagged 0.98",
    "harm: killed 0.99",
    "group: None 0.97",
    "place: pointed at 0.81",
    "actor: not stated 0.60",
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    (result,) = read_reports([str(write_reports(tmp_path / "r.jsonl", 1))], load=load_fake, now=fixed_now)
    return render_record(result)


def explain(record: Record, *reasons: str, harm_words: tuple[int, ...] = (), **changes: Any) -> dict[str, str]:
    claim = record["claims"][0] | changes
    return explain_claim(record, claim, reasons=reasons, harm_words=harm_words)


def words(record: Record, exact: str) -> Record:
    start = record["document"]["text"].index(exact)
    return {"exact": exact, "start": start, "end": start + len(exact)}


def test_beliefs_stand_beside_what_was_read(record: Record) -> None:
    """Each answer of the engine is told with its field."""
    told = explain(record, *BELIEFS)
    assert told["count"].splitlines()[0] == "“1 civilians” at 18, in its own sentence · believed 0.98"
    assert told["harm"] == "killed · believed 0.99"
    assert told["victims"].splitlines()[2] == "group none · believed 0.97"
    assert told["place"].splitlines()[0].endswith("· believed 0.81")
    assert told["reasons"] == ""


def test_what_the_engine_answered_otherwise_is_told(record: Record) -> None:
    """Where a rule overruled the engine, or found no word for its answer, both are told."""
    told = explain(record, "polarity: asserted 0.90", "means: airstrike 0.44", polarity="denied")
    assert told["polarity"] == (
        "denied, by words before the figure that govern it · the engine saw asserted, believed 0.90"
    )
    assert told["means"] == "no word tells by what · the engine saw airstrike, believed 0.44"


def test_a_reading_without_reasons_is_explained_as_far_as_it_goes(record: Record) -> None:
    """Old readings have their words, rules and lookups explained, and say that there are no scores."""
    told = explain(record)
    assert "the reading holds no reasons" in told["reasons"]
    assert "believed" not in "".join(told.values())
    assert all(told[name] for name in told if name != "in English")


def test_other_reasons_stand_as_they_are(record: Record) -> None:
    """An answer without a belief is told with its field; what is no answer is listed at the end."""
    told = explain(record, *BELIEFS, "kind: the model says civilian", "read by hand")
    assert told["reasons"] == "read by hand"
    assert told["victims"].splitlines()[1] == "kind civilian · the model says civilian"


def test_confidence_is_explained_where_it_is_fitted(record: Record) -> None:
    """Only of an engine whose confidence was calibrated is its meaning told."""
    assert explain(record)["confidence"] == "0.90, not fitted to how often this engine is right"
    by = {"engine": "encoder", "version": "1", "models": []}
    told = explain(record, by=by)["confidence"]
    assert told == "0.90: of claims given as much, 90% have count, harm and kind right"


@pytest.mark.parametrize(
    ("harm_words", "told"),
    [
        ((35,), "let through by “killed” at 35, in its own sentence"),
        ((6, 87), "let through by “medic” at 86, in its own sentence"),
        ((6,), "no harm word in its own sentence: it was read beside others; “shells” at 5"),
        ((), "no harm word that this version knows stands in the text"),
    ],
)
def test_the_screens_words_are_told(record: Record, harm_words: tuple[int, ...], told: str) -> None:
    """The harm words of the claim's sentence are named whole; without one the nearest is."""
    assert explain(record, harm_words=harm_words)["screen"] == told


@pytest.mark.parametrize(
    ("exact", "low", "high", "hedge", "told"),
    [
        ("at least 20 people", 20, None, "at_least", "from “at least 20”"),
        ("one officer at least", 1, None, "at_least", "from all of the words"),
        ("Sami Harb and his wife", 2, 2, "names", "persons told one by one, counted, from all of the words"),
        ("a young woman", 1, 1, "article", "an article or a singular: one person, from “a young woman”"),
        ("at least 20 people", 21, None, "more_than", "read so by an older version's rules"),
    ],
)
def test_the_numbers_rule_is_told(
    record: Record, exact: str, low: int | None, high: int | None, hedge: str, told: str
) -> None:
    """Bounds are tied to the words that gave them; what today's rules would read otherwise is said."""
    count = record["claims"][0]["count"] | {"exact": exact, "low": low, "high": high, "hedge": hedge}
    assert told in explain(record, count=count)["count"]


def test_another_sentence_is_quoted(record: Record) -> None:
    """Words from elsewhere come with their sentence, its offsets, and the part it is of."""
    place = record["claims"][0]["place"]
    told = explain(record, place=place | words(record, "elsewhere"))["place"]
    assert "“elsewhere” at 114, in another sentence (98–124): “Nobody was hurt elsewhere.”" in told
    headline, body = {"role": "headline", "start": 0, "end": 18}, {"role": "body", "start": 18, "end": 200}
    record["document"]["parts"] = [headline, body]
    assert "in another sentence of the headline (0–16)" in explain(record, place=place | words(record, "town"))["place"]


def test_lookups_are_told_or_that_there_was_none(record: Record) -> None:
    """A place has its gazetteer's id, precision and radius, an actor its registry's; what wasn't found is kept as words."""
    told = explain(record)
    assert (
        "→ Raqqa, Raqqa, SY: geonames 172955, at 35.95283, 39.00788, precise to city, within 8,000 m" in told["place"]
    )
    assert "→ Syrian government forces (syrian-government-forces of the registry)" in told["actor"]
    assert "→ kept as words: nobody of the registry; type medical, role medic" in told["who says so"]
    unknown = dict.fromkeys(("name", "gazetteer", "id", "country", "admin1", "lat", "lon", "radius_m"))
    assert "kept as words" in explain(record, place=record["claims"][0]["place"] | unknown)["place"]


def test_days_are_told_with_what_they_were_counted_from(record: Record) -> None:
    """Words of time say by themselves how far they reach; the publication day and its basis stand beside the days."""
    assert explain(record)["date"].splitlines()[1:] == [
        "“May 1, 2017”: a whole date, which needs no other",
        "published 2017-06-01, given with the report",
        "→ 2017-05-01, precise to day",
    ]
    record["document"] |= {"published": None, "published_earliest": "2017-05-02", "published_latest": "2017-05-08"}
    unresolved = record["claims"][0]["when"] | {"earliest": None, "latest": None, "precision": None}
    told = explain(record, when=unresolved)["date"]
    assert "the publication day is not known, between 2017-05-02 and 2017-05-08" in told
    assert "→ kept as words: no day follows from them" in told


def test_what_is_not_stated_is_told_as_such(record: Record) -> None:
    """Every field has its line, stated or not."""
    told = explain(record, victims=None, place=None, when=None, actor=None, attribution=[])
    assert (told["victims"], told["place"], told["date"]) == ("not told whom", "no place", "no words of time")
    assert told["actor"] == "nobody is said to have done it"
    assert told["who says so"] == "the outlet itself: nobody is quoted"


def test_who_handed_it_on_is_told_first(record: Record) -> None:
    """Of several speakers the outermost stands first, the claimant last with the engine's belief."""
    claimant = record["claims"][0]["attribution"][0]
    outer = claimant | words(record, "Paris") | {"name": "France", "id": "france", "cue": None, "said": None}
    told = explain(record, "source: pointed at 0.66", attribution=[outer, claimant])["who says so"].splitlines()
    assert told[0].startswith("handed on by “Paris” at")
    assert "(france of the registry)" in told[1]
    assert told[2].endswith("by “said” at 92 · believed 0.66")
