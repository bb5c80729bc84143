"""Marked reports as training examples: passages with the labels of their pieces and the answers for every claim.

In come reports marked by `data/marking.md`'s rules; out go examples. A wording that a role was marked with may stand in
several places of a passage: each is a right answer. What the marks don't tell (a wording outside the passage) is masked.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from harmledger.domain import Published, PublishedFrom, Words
from harmledger.extract.candidates import Candidate, find_candidates, locate
from harmledger.extract.encoding import EncodedPassage, PieceMaker
from harmledger.extract.labels import GROUPS, HARMS, KINDS, MEANS, POLARITIES, ROLES, SCOPES
from harmledger.extract.passages import pack, select
from harmledger.extract.screen import screen
from harmledger.resolve.period import resolve_period
from harmledger.resolve.published import infer_published
from harmledger.text.dates import find_dates
from harmledger.text.sentences import split_sentences

Marked = dict[str, Any]
"""A marked report, or a claim of one, as the sets have them."""
Interval = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Words of time by their span, with the interval they mean (ISO dates); and whether the day of publication was stated."""

    words: list[tuple[int, int, Interval | None]]
    stated: bool


Pieces = tuple[int, int]
"""First and last piece of a stretch of a passage."""
UNSURE = -1
"""A candidate that touches a marked claim and isn't its own teaches nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A marked report: its text, its claims, its words of time."""

    text: str
    claims: list[Marked]
    dates: Dates


HELD_OUT = 10
"""With --hold, every tenth report of each set is kept aside to measure and calibrate on."""
MARKED_MEANS = {
    "artillery/shelling": "shelling",
    "rocket/missile": "rocket or missile",
    "bomb/IED/car bomb": "bomb",
    "mine/explosive remnant": "mine or remnant",
}
WORDINGS = {
    "victims": "victims_wording",
    "place": "place_wording",
    "actor": "actor_wording",
    "source": "source_wording",
}


@dataclass(slots=True)
class MarkedClaim:
    """A claim of one passage: its first and last piece, its classes, and for each role the right answers."""

    first: int
    last: int
    classes: tuple[int, ...]
    """In the order of `labels.JUDGED`."""
    answers: dict[str, list[tuple[int, int]] | None] = field(default_factory=dict)
    """Pieces (first, last) of each right answer; empty: the role is not stated; None: unknown here."""


@dataclass(slots=True)
class Example:
    doc: str
    passage: EncodedPassage
    labels: np.ndarray
    """A tag for each piece."""
    candidates: list[tuple[int, int, int]]
    """First and last piece of what may be a counted expression, and which of `labels.MENTIONS` it is."""
    claims: list[MarkedClaim]


def read_marked(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_examples(report: Marked, maker: PieceMaker) -> Iterator[Example]:
    """The passages of one marked report, with and without claims."""
    text: str = report["text"]
    sentences = split_sentences(text)
    chosen = select(screen(text, sentences))
    pieces = dict(zip(chosen, maker.split(text, [sentences[i] for i in chosen]), strict=True))
    told = Told(text=text, claims=report["claims"], dates=_dates(report))
    for passage in pack(chosen, {i: len(p.ids) for i, p in pieces.items()}):
        encoded = maker.encode(passage, pieces)
        yield _label(report["doc"], told, encoded, find_candidates(text, sentences, encoded))


def _label(doc: str, told: Told, encoded: EncodedPassage, candidates: Sequence[Candidate]) -> Example:
    labels = np.zeros(len(encoded.ids), dtype=np.int64)
    mentions = dict.fromkeys(((c.first, c.last) for c in candidates), 0)
    claims = []
    for gold in told.claims:
        tagged = locate(encoded, (gold["start"], gold["end"]))
        if tagged is None:
            continue
        harm = HARMS.index(gold["harm"])
        labels[tagged[0] : tagged[1] + 1] = 1
        labels[tagged[0]] = 2 + harm
        own, others = _own_candidate(gold, tagged, candidates)
        mentions |= dict.fromkeys((o for o in others if not mentions.get(o)), UNSURE) | {own: 1 + harm}
        claims.append(_claim(gold, told, encoded, own))
    return Example(doc, encoded, labels, [(*at, m) for at, m in mentions.items() if m != UNSURE], claims)


def _own_candidate(gold: Marked, tagged: Pieces, candidates: Sequence[Candidate]) -> tuple[Pieces, list[Pieces]]:
    """The candidate that a claim was marked on (its marked span, where none is of its kind), and others that touch it.

    Names beside a marked number ("two sons, Adam and Ali") are none of the others: they are to be told from claims.
    """
    overlap = {
        c: min(c.span[1], gold["end"]) - max(c.span[0], gold["start"])
        for c in candidates
        if c.span[0] < gold["end"] and gold["start"] < c.span[1]
    }
    counts = gold["count_wording"] is not None
    fitting = [c for c in overlap if c.named is not counts] or ([] if counts else list(overlap))
    own = max(fitting, key=overlap.__getitem__, default=None)
    at = (own.first, own.last) if own else tagged
    return at, [(c.first, c.last) for c in overlap if c is not own and not (counts and c.named)]


def _claim(gold: Marked, told: Told, encoded: EncodedPassage, at: Pieces) -> MarkedClaim:
    classes = (
        KINDS.index(gold["kind"]),
        GROUPS.index(gold["group"]),
        SCOPES.index(gold["scope"]),
        MEANS.index(MARKED_MEANS.get(gold["means"], gold["means"])),
        POLARITIES.index(gold["polarity"]),
    )
    answers = {role: _answers(gold, role, told, encoded) for role in ROLES}
    return MarkedClaim(*at, classes, answers)


def _answers(gold: Marked, role: str, told: Told, encoded: EncodedPassage) -> list[Pieces] | None:
    """Where a role's answers stand; of a report whose day nobody states, an interval not marked says nothing of the words."""
    if role in gold.get("unsure", ()):
        return None
    if role == "when":
        stated = gold["earliest"] or gold["latest"]
        if not stated:
            return [] if told.dates.stated else None
        found = [(a, b) for a, b, period in told.dates.words if period == (gold["earliest"], gold["latest"])]
    else:
        wording = gold[WORDINGS[role]]
        if not wording:
            return []
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(wording)}(?!\w)", told.text, re.IGNORECASE)]
        found = found or [m.span() for m in re.finditer(re.escape(wording), told.text, re.IGNORECASE)]
    at = [p for a, b in found if (p := locate(encoded, (a, b))) is not None]
    if role == "victims":
        at = sorted(at, key=lambda p: abs(encoded.spans[p[0]][0] - gold["start"]))[:1]
    return at or None


def _dates(report: Marked) -> Dates:
    """Every expression of time of the report with the interval it means, given the day it was published."""
    day = date.fromisoformat(report["published"]) if report["published"] else None
    stated = Published(day=day, basis=PublishedFrom.GIVEN if day else None, earliest=day, latest=day)
    published = infer_published(report["text"], stated)
    out = []
    for d in find_dates(report["text"]):
        words = Words(exact=d.exact, start=d.start, end=d.end)
        period = resolve_period(words, text=report["text"], published=published)
        interval = period and (
            period.earliest and period.earliest.isoformat(),
            period.latest and period.latest.isoformat(),
        )
        out.append((d.start, d.end, interval))
    return Dates(words=out, stated=day is not None)


def all_examples(reports: Sequence[dict[str, Any]], maker: PieceMaker) -> list[Example]:
    return [example for report in reports for example in make_examples(report, maker)]


def split(reports: Sequence[Marked], *, hold: bool) -> tuple[list[Marked], list[Marked]]:
    """What is learned from, and what is kept aside."""
    held = [r for i, r in enumerate(reports) if hold and i % HELD_OUT == 0]
    return [r for i, r in enumerate(reports) if not hold or i % HELD_OUT], held
