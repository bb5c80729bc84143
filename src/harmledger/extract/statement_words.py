"""The words of statements: who says that they condemn, deny, accuse, and by which a report tells of harm without a number.

In comes the packaged lexicon; out come patterns. The first look at a text is one Aho-Corasick pass over its stems.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from harmledger.domain import Source, StatementKind
from harmledger.extract.clause import Span
from harmledger.resources.packaged import read_packaged_text


@dataclass(frozen=True, slots=True)
class Frame:
    """Words of an act, what links them to their object, and what ends it."""

    kind: StatementKind
    cue: re.Pattern[str]
    link: re.Pattern[str]
    until: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ArabicFrame:
    """Words of an act, and those with which begins what it is about."""

    kind: StatementKind
    cue: re.Pattern[str]
    object: re.Pattern[str]
    first_person: bool
    """The cue has a form for "we", as its group `we`."""


class Act(NamedTuple):
    """One act of a speaker and what it is about."""

    kind: StatementKind
    speaker: Source
    target: Span | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of statements, ready to search with."""

    stems: AhoCorasick
    about: re.Pattern[str]
    harm: re.Pattern[str]
    frames: tuple[Frame, ...]
    passives: tuple[tuple[StatementKind, re.Pattern[str]], ...]
    arabic: tuple[ArabicFrame, ...]

    def screen(self, text: str) -> list[int]:
        """Where words of the lexicon begin, ascending."""
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        return sorted(start for _, start, _ in self.stems.find_matches_as_indexes(lowered))


@cache
def load_lexicon() -> Lexicon:
    """The packaged lexicon, `resources/statements.toml`."""
    data = tomllib.loads(read_packaged_text("statements.toml"))
    return Lexicon(
        stems=AhoCorasick(data["screen"]),
        about=re.compile(data["about"], re.IGNORECASE),
        harm=re.compile(rf"\b(?:{'|'.join(data['harm'])})", re.IGNORECASE),
        frames=tuple(_frame(f) for f in data["frames"]),
        passives=tuple((StatementKind(f["kind"]), _words_of(f["cue"])) for f in data["by"]),
        arabic=tuple(_arabic_frame(f) for f in data["arabic"]),
    )


def _frame(data: dict[str, str]) -> Frame:
    return Frame(
        kind=StatementKind(data["kind"]),
        cue=_words_of(data["cue"]),
        link=re.compile(data["link"], re.IGNORECASE),
        until=re.compile(rf"[\s,]+(?:{data['until']})\b", re.IGNORECASE),
    )


def _arabic_frame(data: dict[str, str]) -> ArabicFrame:
    return ArabicFrame(
        kind=StatementKind(data["kind"]),
        cue=re.compile(rf"(?<![\u0621-\u064a])[وف]?{data['cue']}[\u064b-\u0652]*(?![\u0621-\u064a])"),
        object=re.compile(rf"(?:^|\s){data['object']}"),
        first_person="(?P<we>" in data["cue"],
    )


def _words_of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
