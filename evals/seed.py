"""The seed report must be read exactly right: everything that is expected of it, each with a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from corpora import read_path

Record = dict[str, Any]
Check = tuple[str, bool]


def check_seed(shared: Path) -> list[Check]:
    """What is expected of the seed report, and whether it holds."""
    (path,) = sorted((shared / "seed").glob("*.txt"))
    (record,) = read_path(path)
    text = path.read_text(encoding="utf-8")
    every = (_text_checks(record, text), _claims(record), _document(record), _statements(record), _slices(record))
    return [check for checks in every for check in checks]


def _say(name: str, holds: Callable[[], object]) -> Check:
    """A check that breaks does not hold."""
    try:
        return name, bool(holds())
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return name, False


def _claims(record: Record) -> Iterator[Check]:
    claims = sorted(record["claims"], key=lambda c: c["count"]["start"])
    yield _say("exactly two claims", lambda: len(claims) == 2)
    yield _say("35 and 20", lambda: [(c["count"]["low"], c["count"]["high"]) for c in claims] == [(35, 35), (20, 20)])
    for name, holds in EACH_CLAIM.items():
        yield _say(f"both: {name}", lambda holds=holds: claims and all(holds(c) for c in claims))
    yield _say("the first on 2017-05-25", lambda: _day(claims[0]) == "2017-05-25")
    yield _say("the second on 2017-05-27", lambda: _day(claims[1]) == "2017-05-27")
    yield _say("al-Mayadin's words", lambda: claims[0]["place"]["exact"] == "al-Mayadin")
    yield _say("al-Mayadin's point", lambda: _km(claims[0]["place"], 35.02, 40.45) < 5)
    yield _say("al-Mayadin in Deir ez-Zor", lambda: _bare("zor") in _bare(claims[0]["place"]["admin1"]))
    yield _say("the area's words", lambda: "south of the city of Raqqah" in claims[1]["place"]["exact"])
    yield _say("Raqqa's point", lambda: _km(claims[1]["place"], 35.95, 39.01) < 15)
    yield _say("Raqqa's name", lambda: "raqqa" in _bare(claims[1]["place"]["name"]))
    yield _say("the area is coarser", lambda: claims[1]["place"]["radius_m"] >= 1000)


EACH_CLAIM: dict[str, Callable[[Record], object]] = {
    "killed": lambda c: c["harm"] == "killed",
    "of one incident": lambda c: c["scope"] == "incident",
    "civilians": lambda c: c["victims"]["kind"] == "civilian",
    "in Syria": lambda c: c["place"]["country"] == "SY",
    "by air strikes": lambda c: c["means"]["kind"] == "airstrike",
    "of the US-led coalition": lambda c: (
        "coalition" in c["actor"]["exact"] and "coalition" in c["actor"]["name"].lower()
    ),
    "asserted": lambda c: c["polarity"] == "asserted",
    "said by the Russian official": lambda c: c["attribution"][-1]["exact"] == "The Russian official",
    "who is Maria Zakharova": lambda c: c["attribution"][-1]["name"] == "Maria Zakharova",
    "the ministry's spokeswoman": lambda c: "spokeswoman" in c["attribution"][-1]["role"].lower(),
    "of the Russian Foreign Ministry": lambda c: "Foreign Ministry" in c["attribution"][-1]["organisation"],
    "a government": lambda c: c["attribution"][-1]["type"] == "government",
    "said from 2017-05-31": lambda c: c["attribution"][-1]["said"]["earliest"] == "2017-05-31",
    "said by 2017-06-06": lambda c: c["attribution"][-1]["said"]["latest"] <= "2017-06-06",
    "with a confidence": lambda c: 0 <= c["confidence"] <= 1,
}


def _document(record: Record) -> Iterator[Check]:
    document = record["document"]
    yield _say("published 2017-05-31", lambda: document["published"] == "2017-05-31")
    yield _say("published by inference", lambda: document["published_from"] == "inferred")
    yield _say("published by 2017-06-06", lambda: document["published_latest"] <= "2017-06-06")
    yield _say(
        "the caption with its credit",
        lambda: _role(document, "A video grab") == _role(document, "(via AFP)") == "caption",
    )
    for words in (
        "Leave a Reply",
        "You are commenting using your account",
        "Google+ photo",
        "Twitter picture",
        "Connecting to %s",
        "This site uses Akismet",
    ):
        yield _say(f"furniture: {words}", lambda words=words: _role(document, words) == "furniture")
    for words in ("Russia says airstrikes", "Russia is also involved", "The US-led coalition began"):
        yield _say(f"body: {words}", lambda words=words: _role(document, words) in {"body", "headline"})


def _statements(record: Record) -> Iterator[Check]:
    def has(kind: str, words: str) -> bool:
        return any(s["kind"] == kind and words in s["quote"]["exact"] for s in record["statements"])

    yield _say("she condemns", lambda: has("condemn", "We condemn these ill-conceived attacks"))
    yield _say("she is concerned", lambda: has("express_concern", "We are concerned over a series"))
    yield _say("she calls on others", lambda: has("call_for", "We once again call on our counterparts"))
    yield _say(
        "the general toll is a statement",
        lambda: any("civilian death toll" in s["quote"]["exact"] for s in record["statements"]),
    )


def _text_checks(record: Record, text: str) -> Iterator[Check]:
    document = record["document"]
    yield _say("the text as given", lambda: document["text"] == text)
    yield _say("parts cover the text", lambda: _cover(document["parts"], len(text)))


def _slices(record: Record) -> Iterator[Check]:
    text = record["document"]["text"]
    values = [v for c in record["claims"] for v in _values(c)] + [s["quote"] for s in record["statements"]]
    yield _say("every value slices", lambda: all(text[v["start"] : v["end"]] == v["exact"] for v in values))


def _values(claim: Record) -> list[Record]:
    named = [claim[key] for key in ("quote", "count", "victims", "place", "when", "actor", "means")]
    return [value for value in [*named, *claim["attribution"]] if value]


def _day(claim: Record) -> str | None:
    when = claim["when"]
    return when["earliest"] if when["earliest"] == when["latest"] else None


def _role(document: Record, words: str) -> str:
    at = document["text"].rindex(words)
    return next(p["role"] for p in document["parts"] if p["start"] <= at < p["end"])


def _cover(parts: list[Record], length: int) -> bool:
    ends = [0, *(p["end"] for p in parts)]
    return [p["start"] for p in parts] == ends[:-1] and ends[-1] == length


def _km(place: Record, lat: float, lon: float) -> float:
    return hypot(place["lat"] - lat, (place["lon"] - lon) * cos(radians(lat))) * 111.2


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace(" ", "").replace("'", "")
