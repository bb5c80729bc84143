"""From one encoded passage to proposals: which expressions count people harmed, what they say of them, and which words they point at.

In comes a View of a passage; out come proposals in no order. The grammar of numbers says where expressions stand, the heads judge them,
and the grammars of speech and time lean on where they point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from harmledger.domain import Hedge
from harmledger.extract.assemble import Proposal
from harmledger.extract.candidates import Candidate, find_candidates
from harmledger.extract.encoding import EncodedPassage
from harmledger.extract.events import find_clause
from harmledger.extract.heads import Floats, Heads, agree, find_counted, read_pointer, soften
from harmledger.extract.labels import CLASSES, ROLES
from harmledger.extract.leaning import (
    ACTS_HERE,
    ACTS_IN_CLAUSE,
    CLAUSE,
    SENTENCE,
    find_coalitions,
    find_names,
    find_speakers,
    find_times,
    find_unnamed,
    lean_off_speakers,
    lean_on_clauses,
    lean_on_coalitions,
    lean_on_means,
    lean_on_somebody,
    lean_on_speakers,
    lean_on_times,
)
from harmledger.extract.passages import Span
from harmledger.text.numerals import parse_count

COUNTED = 0.9
"""Least belief that a number's expression counts people harmed, or (of the tags) that words without one do: names, mostly."""
PROMISING = 0.1
"""The same for a sentence that is worth being read in its company."""

_NOBODY = re.compile(
    r"\W*(?:(?:an?|the|at|of|in|and|by|on|among|with|to|from|for|as|who|were|was|been|being|is|are|dead|killed|injured|wounded|deaths?|toll|number|least|others?)\b\W*)+",
    re.IGNORECASE,
)
"""Words that tell of no person, which the tags mistake for one at times."""


_INSIDE_WORD = re.compile(r"(?<=\w)\w")
"""Where a word goes on: a tagged span that ends there is a stray piece."""


def _shares(**by_role: float) -> Floats:
    return np.array([by_role.get(role, 0.0) for role in ROLES], dtype=np.float32)


SOFTER = _shares(place=0.3, when=0.5)
"""How much less sure of itself a pointer is taken, by role: where several events are told, the grammars know better which day is whose."""
SENTENCE_AGREES = _shares(actor=0.9, source=0.5)
CLAUSE_AGREES = _shares(place=0.3, when=0.3)
"""How much a claim's pointers are drawn to those of the other claims of its sentence or clause, by role; chosen on held-out reports."""


@dataclass(frozen=True, slots=True)
class View:
    """A passage as it is judged: the document's text and sentences, the passage's pieces and their hidden states, the heads."""

    text: str
    sentences: Sequence[Span]
    passage: EncodedPassage
    hidden: Floats
    heads: Heads


@dataclass(frozen=True, slots=True)
class Counting:
    """What may count people harmed, with the belief that it does, its query, and the harms' probabilities (no harm first)."""

    candidate: Candidate
    belief: float
    query: Floats
    mention: Floats

    def sentence(self, view: View) -> int:
        """The sentence of the document that it begins in, by index."""
        return int(view.passage.sentence[self.candidate.first])


def judge(view: View) -> Iterator[Proposal]:
    """The passage's counted expressions of people harmed, with their classes and pointers."""
    found = list(_counting(view, COUNTED))
    if not found:
        return
    query, mention = np.stack([c.query for c in found]), np.stack([c.mention for c in found])
    classes = {"harm": mention[:, 1:] / mention[:, 1:].sum(1, keepdims=True), **view.heads.classify(query)}
    own: list[int] = [c.sentence(view) for c in found]
    classes["means"] = lean_on_means(classes["means"], view.text, view.sentences, own)
    starts, ends = _point(view, found, query, own)
    for k, c in enumerate(found):
        likeliest = {name: int(values[k].argmax()) for name, values in classes.items()}
        pointed = {role: read_pointer(starts[k, r], ends[k, r], view.passage.sentence) for r, role in enumerate(ROLES)}
        yield Proposal(
            start=c.candidate.span[0],
            end=c.candidate.span[1],
            belief=c.belief,
            classes={name: CLASSES[name][i] for name, i in likeliest.items()},
            beliefs={name: float(classes[name][k, i]) for name, i in likeliest.items()},
            roles={role: p.pieces and _span(view.passage, *p.pieces) for role, p in pointed.items()},
            role_beliefs={role: p.belief for role, p in pointed.items()},
        )


def find_promising(view: View) -> set[int]:
    """The sentences of the passage, by index, in which something may count people harmed."""
    return {c.sentence(view) for c in _counting(view, PROMISING)}


def _point(view: View, found: Sequence[Counting], query: Floats, own: Sequence[int]) -> tuple[Floats, Floats]:
    """Starts and ends of every role, leant on by what the grammars of speech and time find; `own` is each claim's sentence."""
    first = np.array([c.candidate.first for c in found])
    starts, ends = view.heads.point(view.hidden, query, first)
    clauses = [find_clause(view.text, view.sentences[s], c.candidate.span[0]) for s, c in zip(own, found, strict=True)]
    starts = soften(starts, SOFTER)
    starts = agree(starts, np.array(own), SENTENCE_AGREES)
    starts = agree(starts, np.array([clause.span[0] for clause in clauses]), CLAUSE_AGREES)
    source, place, when = ROLES.index("source"), ROLES.index("place"), ROLES.index("when")
    speakers = find_speakers(view.text, view.sentences, view.passage)
    starts[:, source] = lean_on_speakers(starts[:, source], view.passage, own, speakers)
    times = find_times(view.text, view.sentences, view.passage)
    starts[:, when] = lean_on_clauses(
        lean_on_times(starts[:, when], times), times, clauses, whole=SENTENCE, part=CLAUSE
    )
    actor = ROLES.index("actor")
    starts[:, actor] = lean_on_somebody(starts[:, actor], view.text, view.sentences, own)
    starts[:, actor] = lean_off_speakers(starts[:, actor], view.passage, speakers)
    starts[:, actor] = lean_on_coalitions(starts[:, actor], find_coalitions(view.text, view.sentences, view.passage))
    names, unnamed = find_names(view.text, view.passage), find_unnamed(view.text, view.sentences, view.passage)
    starts[:, actor] = lean_on_clauses(starts[:, actor], names, clauses, whole=ACTS_HERE, part=ACTS_IN_CLAUSE)
    starts[:, place] = lean_on_clauses(starts[:, place], names.without(unnamed), clauses, whole=SENTENCE, part=CLAUSE)
    for others in (speakers, unnamed):
        starts[:, place] = lean_off_speakers(starts[:, place], view.passage, others)
    return starts, ends


def _counting(view: View, least: float) -> Iterator[Counting]:
    """What is believed in so much at least: candidates of the grammars, and what the tags find beside them; none touching another."""
    candidates = [c for c in find_candidates(view.text, view.sentences, view.passage) if c.first >= view.passage.core]
    beside = list(_beside(view, candidates, least))
    every = [*(c for c, _ in beside), *(c for c in candidates if not any(_touch(c, b) for b, _ in beside))]
    if not every:
        return
    query = view.heads.ask(view.hidden, np.array([c.first for c in every]), np.array([c.last for c in every]))
    mention = view.heads.mention(query)
    beliefs = [belief for _, belief in beside] + (1 - mention[len(beside) :, 0]).tolist()
    believed = [Counting(*found) for found in zip(every, beliefs, query, mention, strict=True) if found[1] >= least]
    yield from _apart(believed)


def _apart(believed: Sequence[Counting]) -> Iterator[Counting]:
    """Of those that touch the one that begins first, or the longer: a list of names holds ages and "his wife"."""
    end = 0
    for c in sorted(believed, key=lambda c: (c.candidate.span[0], -c.candidate.span[1])):
        if c.candidate.span[0] >= end:
            yield c
            end = c.candidate.span[1]


def _beside(view: View, candidates: Sequence[Candidate], least: float) -> Iterator[tuple[Candidate, float]]:
    """The tagged spans that stand for themselves: no candidate touches them, or they name persons from before a number on."""
    for counted in find_counted(view.heads.tags(view.hidden), view.passage.core, least):
        span = _span(view.passage, counted.first, counted.last)
        c = Candidate(span=span, first=counted.first, last=counted.last)
        touching = [o for o in candidates if _touch(c, o)]
        if _uncounted(view.text, c) if not touching else _names(view.text, c, touching):
            yield c, counted.belief


def _uncounted(text: str, tagged: Candidate) -> bool:
    """Whether a tagged span holds no number: one that the grammar doesn't propose counts no people ("40 goats")."""
    words = text[slice(*tagged.span)]
    if _INSIDE_WORD.match(text, tagged.span[1]):
        return False
    parsed = parse_count(words)
    return parsed is not None and parsed.hedge in {Hedge.NAMES, Hedge.ARTICLE} and not _NOBODY.fullmatch(words)


def _names(text: str, tagged: Candidate, touching: Sequence[Candidate]) -> bool:
    """Whether a tagged span is a list of names that began before the first number in it, and that no grammar proposes."""
    if touching[0].named or tagged.span[0] >= touching[0].span[0]:
        return False
    parsed = parse_count(text[slice(*tagged.span)])
    return parsed is not None and parsed.hedge is Hedge.NAMES


def _touch(a: Candidate, b: Candidate) -> bool:
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]


def _span(passage: EncodedPassage, first: int, last: int) -> Span:
    return passage.spans[first][0], passage.spans[last][1]
