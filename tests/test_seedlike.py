"""Reports of one build, each with other people, places, days, forces and figures: what is read follows the words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "seedlike"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
Record = dict[str, Any]


def expected_of(name: str) -> Record:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def records(read_lines: Any) -> dict[str, Record]:
    reports = [{"id": name, "text": (FOLDER / f"{name}.txt").read_text(encoding="utf-8")} for name in NAMES]
    return {record["document"]["id"]: record for record in read_lines(reports)}


def by_start(claims: list[Record]) -> list[Record]:
    return sorted(claims, key=lambda claim: claim["count"]["start"])


def pairs(name: str, records: dict[str, Record]) -> list[tuple[Record, Record]]:
    """Each expected claim beside the found one of the same rank."""
    found, expected = by_start(records[name]["claims"]), expected_of(name)["claims"]
    assert [c["count"]["exact"].startswith(e["count"]) for c, e in zip(found, expected, strict=True)] == [True] * len(
        expected
    )
    return list(zip(found, expected, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_told_incidents_are_claims(name: str, records: dict[str, Record]) -> None:
    """A report's claims are its figures; background, general talk of tolls and furniture give none."""
    for claim, expected in pairs(name, records):
        assert (claim["count"]["low"], claim["count"]["high"]) == (expected.get("low"), expected.get("high"))
        assert (claim["harm"], claim["scope"], claim["polarity"]) == (expected["harm"], "incident", "asserted")
        assert claim["victims"]["kind"] == expected["kind"]


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_has_its_own_place(name: str, records: dict[str, Record]) -> None:
    """Of two places in a sentence, each figure takes the one of its own clause, with its words and its point."""
    for claim, expected in pairs(name, records):
        place = claim["place"]
        assert expected["place"] in place["exact"]
        assert expected.get("area", "") in place["exact"]
        assert place["country"] == expected["country"]
        assert [place["lat"], place["lon"]] == pytest.approx(expected["near"], abs=0.2)


@pytest.mark.parametrize("name", NAMES)
def test_a_part_of_a_town_is_coarser_than_a_point(name: str, records: dict[str, Record]) -> None:
    """An area of a town keeps that it is an area: it never claims an exact location."""
    claim, expected = pairs(name, records)[1]
    assert "area" in expected
    assert claim["place"]["precision"] not in {"exact location", "nearby landmark", "street"}
    assert claim["place"]["radius_m"] >= 1000


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_has_its_own_day(name: str, records: dict[str, Record]) -> None:
    """A day without a year takes it from the nearest earlier full date, here the caption's."""
    for claim, expected in pairs(name, records):
        when = claim["when"]
        assert (when["earliest"], when["latest"], when["precision"]) == (expected["day"], expected["day"], "day")


@pytest.mark.parametrize("name", NAMES)
def test_actor_and_means_come_from_what_the_speaker_talks_of(name: str, records: dict[str, Record]) -> None:
    """Who did it and how may stand in other sentences of the same statement."""
    for claim, expected in pairs(name, records):
        assert expected["actor"].lower() in claim["actor"]["exact"].lower()
        assert claim["means"]["kind"] == expected["means"]


@pytest.mark.parametrize("name", NAMES)
def test_a_described_speaker_is_the_one_named_before(name: str, records: dict[str, Record]) -> None:
    """A speaker told only as an official is the spokesperson named above; the words at the claim and the name are both kept."""
    speaker = expected_of(name)["speaker"]
    for claim, _ in pairs(name, records):
        source = claim["attribution"][-1]
        assert (source["exact"], source["name"], source["type"]) == (speaker["words"], speaker["name"], speaker["type"])
        assert speaker["organisation"].lower() in f"{source['organisation']} {source['role']}".lower()


@pytest.mark.parametrize("name", NAMES)
def test_publication_is_inferred_from_the_weekday_of_speaking(name: str, records: dict[str, Record]) -> None:
    """Published on the first such weekday on or after the latest event told, six days more at the latest; so was it said."""
    expected, document = expected_of(name), records[name]["document"]
    assert (document["published"], document["published_from"]) == (expected["published"], "inferred")
    assert document["published_latest"] <= expected["latest"]
    for claim, _ in pairs(name, records):
        assert claim["attribution"][-1]["said"]["earliest"] == expected["published"]


@pytest.mark.parametrize("name", NAMES)
def test_condemning_worrying_and_calling_are_statements(name: str, records: dict[str, Record]) -> None:
    """What the speaker says without a figure is kept as statements of that speaker."""
    expected = expected_of(name)
    for wanted in expected["statements"]:
        found = [
            s
            for s in records[name]["statements"]
            if s["kind"] == wanted["kind"] and wanted["within"] in s["quote"]["exact"]
        ]
        assert found, wanted
        assert found[0]["speaker"]["name"] == expected["speaker"]["name"]


@pytest.mark.parametrize("name", NAMES)
def test_caption_and_furniture_are_parts_of_their_own(name: str, records: dict[str, Record]) -> None:
    """The caption, with its credit, and every flattened line of the comment form are marked for what they are."""
    expected, document = expected_of(name), records[name]["document"]
    for role in ("caption", "furniture"):
        for words in expected[role]:
            at = document["text"].rindex(words)
            part = next(p for p in document["parts"] if p["start"] <= at < p["end"])
            assert part["role"] == role, words


@pytest.mark.parametrize("name", NAMES)
def test_every_value_slices_to_its_words(name: str, records: dict[str, Record]) -> None:
    """text[start:end] == exact for each value of each claim, and the plain text stays as it was given."""
    text = records[name]["document"]["text"]
    assert text == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for claim in records[name]["claims"]:
        values = [claim[k] for k in ("quote", "count", "victims", "place", "when", "actor", "means")] + claim[
            "attribution"
        ]
        for value in filter(None, values):
            assert text[value["start"] : value["end"]] == value["exact"]
