"""Ids against what they are made of: claims, statements and readings from their records, rows of logs from their columns.

Of a claim's speaker the record tells the day of saying, not its words, which its id holds: such an id is held by its reading's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from harmledger.ids import claim_id, reading_id, statement_id

Record = Mapping[str, Any]
_NOTHING: Record = {}

UNSETTLED = ("confidence", "gloss")
"""Of a claim's record: no part of its reading's id."""
START = "0" * 64
"""What the first row of a log names as the one before it."""


def make_claim_id(record: Record) -> str | None:
    """The id that a claim's record has by its values; None where the record doesn't tell all of them."""
    speakers = record["attribution"]
    if any(speaker["said"] for speaker in speakers):
        return None
    victims, place, when, actor, means = (record[name] for name in ("victims", "place", "when", "actor", "means"))
    count = record["count"]
    return claim_id(
        record["document_id"],
        (
            {**_worded(count), **{name: count[name] for name in ("low", "high", "hedge")}},
            record["harm"],
            victims and {**_worded(victims), "kind": victims["kind"], "group": victims["group"]},
            record["scope"],
            place and _words(place),
            when and _words(when),
        ),
        (
            actor and {**_worded(actor), "certainty": actor["certainty"]},
            means and {**_worded(means), "kind": means["kind"]},
            [_source(speaker) for speaker in speakers],
            record["polarity"],
        ),
    )


def make_statement_id(record: Record) -> str | None:
    """The same of a statement."""
    speaker, target = record["speaker"], record["target"]
    if speaker["said"]:
        return None
    target_words = target and _words(target)
    return statement_id(record["document_id"], _words(record["quote"]), _source(speaker), record["kind"], target_words)


def make_reading_id(by: Record, text_id: str, document: Record, found: Iterable[Record]) -> str:
    """The id of a reading: of the claims' records, then the statements', in their order."""
    settled = ({name: value for name, value in each.items() if name not in UNSETTLED} for each in found)
    return reading_id(document["document_id"], by, text_id, document, *settled)


def find_breaks(rows: Iterable[Mapping[str, Any]], name: str, made: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Rows of a log, in order, that don't follow the row before or aren't what was hashed: each one's id, and why.

    `name` is the column of ids; `made` gives of each row's sequence the id that its columns make.
    """
    before = START
    for row in rows:
        if row["before"] != before:
            yield row[name], "it doesn't follow the row before it: one was taken out, put in or moved"
        if made[row["sequence"]] != row[name]:
            yield row[name], "it was changed after it was written"
        before = row[name]


def _words(part: Record) -> dict[str, Any]:
    return {name: part[name] for name in ("exact", "start", "end")}


def _worded(part: Record) -> dict[str, Any]:
    return {"words": _words(part)}


def _source(speaker: Record) -> dict[str, Any]:
    cue = speaker["cue"]
    cue_words = cue if cue is None else {"exact": cue, "start": speaker["cue_start"], "end": speaker["cue_end"]}
    return {**_worded(speaker), "cue": cue_words, "said": None}


def columns_of_claim(record: Record, most_people: int) -> dict[str, Any]:
    """What of a claim's record stands in columns beside it, days in ISO form."""
    place, when, speakers = record["place"] or _NOTHING, record["when"] or _NOTHING, record["attribution"]
    people = {name: _bounded(record["count"][name], most_people) for name in ("low", "high")}
    return {
        **people,
        **{name: record[name] for name in ("claim_id", "document_id", "harm", "scope", "polarity", "confidence")},
        "kind": record["victims"] and record["victims"]["kind"],
        "place_id": place.get("id"),
        **{name: place.get(name) for name in ("country", "lat", "lon")},
        **{name: when.get(name) for name in ("earliest", "latest")},
        "actor_id": record["actor"] and record["actor"]["id"],
        "claimant_id": speakers[-1]["id"] if speakers else None,
    }


def columns_of_statement(record: Record) -> dict[str, Any]:
    """The same of a statement."""
    return {
        **{name: record[name] for name in ("statement_id", "document_id", "kind")},
        "speaker_id": record["speaker"]["id"],
        "target_id": record["target"] and record["target"]["id"],
    }


def differing(columns: Mapping[str, Any], row: Mapping[str, Any]) -> Sequence[str]:
    """The columns that don't say what the record does."""
    return [name for name, value in columns.items() if _iso(row[name]) != value]


def _iso(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _bounded(people: int | None, most: int) -> int | None:
    return people if people is None else min(people, most)
