"""An engine that needs no model, and reports for it: what store, pipeline and command line are tested with."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from harmledger.config import Endpoint
from harmledger.domain import (
    Blamed,
    By,
    Certainty,
    Claim,
    Count,
    Document,
    Dropped,
    Extraction,
    Harm,
    Hedge,
    Polarity,
    Scope,
    Source,
    Statement,
    StatementKind,
    VictimKind,
    Victims,
    Words,
)
from harmledger.pipeline import Reader
from harmledger.resolve.place import PlaceResolver
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.registry import load_registry

FIXED_NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
SENTENCE = re.compile(r"[^.\n]+\.")
CLAIM = re.compile(
    r"(?P<count>(?P<low>\d+) (?P<victims>civilians|fighters|people)) were (?P<harm>killed|injured)"
    r"(?: by (?P<actor>[A-Z]\w+) forces)?(?: in (?P<place>[A-Z][\w-]+))?(?: on (?P<when>\w+ \d+, \d{4}))?(?:, (?P<source>[\w ]+) (?P<cue>said))?"
)
STATEMENT = re.compile(r"(?P<speaker>[A-Z][\w ]+) (?P<cue>condemned) (?P<target>[A-Z]\w+)")
KINDS = {"civilians": VictimKind.CIVILIAN, "fighters": VictimKind.COMBATANT, "people": VictimKind.UNKNOWN}
REPORT = "Army shells town\n\n{n} civilians were killed by Syrian forces in Raqqa on May {day}, 2017, a medic said. Nobody was hurt elsewhere.\n\nParis condemned Damascus.\n"


class FakeEngine:
    """Reads sentences of one form; breaks on a text that says BREAK."""

    def __init__(self, version: str = "1") -> None:
        self._version = version

    @property
    def by(self) -> By:
        return By(engine="fake", version=self._version, models=("pattern",))

    def extract(self, document: Document) -> Extraction:
        if "BREAK" in document.text:
            raise ZeroDivisionError("told to")
        claims: list[Claim] = []
        statements: list[Statement] = []
        dropped: list[Dropped] = []
        for sentence in SENTENCE.finditer(document.text):
            words = _words(sentence)
            if found := CLAIM.search(document.text, *sentence.span()):
                claims.append(_claim(found, words))
            elif found := STATEMENT.search(document.text, *sentence.span()):
                statements.append(_statement(found, words))
            else:
                dropped.append(Dropped(words=words, reason="no claim in it"))
        return Extraction(claims=tuple(claims), statements=tuple(statements), dropped=tuple(dropped), by=self.by)


def load_fake(version: str = "1") -> Reader:
    """A reader with the fake engine and the knowledge that ships."""
    return Reader(engine=FakeEngine(version), registry=load_registry(), places=PlaceResolver(load_gazetteer()))


def load_in_place(_engine: str, _folder: Path | None = None, _endpoint: Endpoint | None = None) -> Reader:
    """The fake reader whatever engine is asked for."""
    return load_fake()


def fixed_now() -> datetime:
    return FIXED_NOW


def write_reports(path: Path, number: int) -> Path:
    """A `.jsonl` of so many reports, each with one claim."""
    reports = [
        {"id": f"r{n}", "published": "2017-06-01", "text": REPORT.format(n=n + 1, day=n % 28 + 1)}
        for n in range(number)
    ]
    path.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    return path


def _words(found: re.Match[str], group: str | int = 0) -> Words:
    return Words(exact=found[group], start=found.start(group), end=found.end(group))


def _maybe(found: re.Match[str], group: str) -> Words | None:
    return _words(found, group) if found[group] else None


def _claim(found: re.Match[str], sentence: Words) -> Claim:
    actor, source = _maybe(found, "actor"), _maybe(found, "source")
    low = int(found["low"])
    return Claim(
        sentence=sentence,
        count=Count(words=_words(found, "count"), low=low, high=low, hedge=Hedge.EXACT),
        harm=Harm(found["harm"]),
        victims=Victims(words=_words(found, "victims"), kind=KINDS[found["victims"]], group=None),
        scope=Scope.INCIDENT,
        part_of=None,
        place=_maybe(found, "place"),
        when=_maybe(found, "when"),
        actor=actor and Blamed(words=actor, certainty=Certainty.STATED),
        means=None,
        attribution=(Source(words=source, cue=_words(found, "cue"), said=None),) if source else (),
        polarity=Polarity.ASSERTED,
        confidence=0.9,
        reasons=("harm word 'killed'", "pattern number-of-people"),
    )


def _statement(found: re.Match[str], sentence: Words) -> Statement:
    speaker = Source(words=_words(found, "speaker"), cue=_words(found, "cue"), said=None)
    return Statement(sentence=sentence, speaker=speaker, kind=StatementKind.CONDEMN, target=_words(found, "target"))
