"""The record is what the contract says: every field, offsets that slice, null where nothing is stated."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes import fixed_now, load_fake, write_reports
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Reading, Refused, Words
from harmledger.pipeline import read_reports
from harmledger.publish.record import render_quote, render_record, render_refused

WORDS = {"exact", "start", "end"}
SPEAKER = WORDS | {"id", "name", "role", "organisation", "cue", "said", "type"}
CLAIM = {
    *("claim_id", "document_id", "quote", "count", "harm", "victims", "scope", "place", "when", "actor", "means"),
    *("attribution", "polarity", "confidence", "by", "gloss"),
}
DOCUMENT = {
    *("id", "document_id", "capture", "title", "author", "publisher", "language", "published", "published_from"),
    *("published_earliest", "published_latest", "text", "parts", "dropped"),
}


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    (result,) = read_reports([str(write_reports(tmp_path / "r.jsonl", 1))], load=load_fake, now=fixed_now)
    assert isinstance(result, Reading)
    return result


def test_every_field_of_the_contract_is_there(reading: Reading) -> None:
    """A record has all its fields, stated or null, and survives JSON unchanged."""
    record = render_record(reading)
    assert json.loads(json.dumps(record)) == record
    assert record["document"].keys() == DOCUMENT
    (claim,) = record["claims"]
    assert claim.keys() >= CLAIM
    assert claim["means"] is None
    assert claim["quote"].keys() == WORDS | {"prefix", "suffix"}
    assert claim["count"].keys() == WORDS | {"low", "high", "hedge"}
    assert claim["place"].keys() == WORDS | {
        "name",
        "gazetteer",
        "id",
        "country",
        "admin1",
        "lat",
        "lon",
        "precision",
        "radius_m",
    }
    assert claim["when"].keys() == WORDS | {"earliest", "latest", "precision"}
    assert claim["attribution"][0].keys() >= SPEAKER
    (statement,) = record["statements"]
    assert statement.keys() >= {"statement_id", "document_id", "quote", "speaker", "cue", "said", "kind", "target"}
    assert statement["target"].keys() >= SPEAKER


def test_offsets_slice_the_text(reading: Reading) -> None:
    """Wherever a record quotes words, the text at their offsets is exactly those words."""
    record = render_record(reading)
    found = list(words_in(record["claims"])) + list(words_in(record["statements"]))
    assert len(found) > 8
    assert [record["document"]["text"][words["start"] : words["end"]] for words in found] == [
        words["exact"] for words in found
    ]


def test_a_gloss_stands_in_records_of_other_languages(reading: Reading) -> None:
    """An English report's claims have none; another's have one, and no mark of direction is ever in a record."""
    assert render_record(reading)["claims"][0]["gloss"] is None
    other = replace(reading, document=replace(reading.document, language="ar"))
    record = render_record(other)
    assert record["claims"][0]["gloss"].startswith("1 civilian killed, Raqqa (SY), 2017-05-01, by ")
    assert not set(json.dumps(record, ensure_ascii=False)) & set("\u2066\u2067\u2068\u2069\u200e\u200f")


def words_in(value: Any) -> list[dict[str, Any]]:
    """Every part of a record that has words, at any depth."""
    if isinstance(value, dict):
        own = [value] if value.keys() >= WORDS else []
        return own + [words for part in value.values() for words in words_in(part)]
    return [words for part in value for words in words_in(part)] if isinstance(value, list) else []


@given(st.text(max_size=200), st.data())
def test_a_quote_is_found_again_by_what_surrounds_it(text: str, data: st.DataObject) -> None:
    """Prefix, words and suffix stand in the text one after another, 32 code points either side where there are so many."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = render_quote(Words(exact=text[start:end], start=start, end=end), text)
    assert (
        text[start - len(quote["prefix"]) : end + len(quote["suffix"])]
        == quote["prefix"] + quote["exact"] + quote["suffix"]
    )
    assert (len(quote["prefix"]), len(quote["suffix"])) == (min(32, start), min(32, len(text) - end))


def test_a_refusal_stands_in_its_place() -> None:
    """A report that couldn't be read gives its own id, the kind of error and the sentence."""
    refused = Refused(source="a.txt", id="7", kind="BadInput", message="a.txt: it is empty; give a report.")
    assert render_refused(refused) == {
        "id": "7",
        "source": "a.txt",
        "error": {"kind": "BadInput", "message": "a.txt: it is empty; give a report."},
    }
