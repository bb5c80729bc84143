"""From what an engine proposes to claims: numbers are read from their words, every value is tied to words of the document.

In come proposals (spans and classes with beliefs) of one document; out go claims in the order of their counts, and what was
proposed but is no claim, with the reason. Reads no model and resolves nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harmledger.domain import (
    Blamed,
    Claim,
    Count,
    Dropped,
    Harm,
    Hedge,
    Scope,
    Source,
    VictimKind,
    Victims,
    Words,
)
from harmledger.extract.attribution import find_chain
from harmledger.extract.certainty import weigh_blame
from harmledger.extract.counted import read_count
from harmledger.extract.events import find_clause
from harmledger.extract.means import find_means
from harmledger.extract.passages import Span
from harmledger.extract.polarity import find_polarity
from harmledger.extract.scope import find_scope
from harmledger.extract.widening import widen_actor, widen_place

NO_NUMBER = "the words give no number"
ASKED = "it is asked, not said"
UNSURE = "likelier no claim, or read wrongly, than right"
LEAST_CONFIDENCE = 0.1
"""Of claims less sure than this, fewer than one in ten are right."""
_ASKED = re.compile(r"[?؟][\s\"”’»)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A counted expression as an engine sees it, with its belief in each answer."""

    start: int
    end: int
    belief: float
    classes: Mapping[str, Any]
    beliefs: Mapping[str, float]
    roles: Mapping[str, Span | None]
    role_beliefs: Mapping[str, float]
    reasons: tuple[str, ...] = ()
    """What an engine tells of the claim in place of its beliefs."""


Weigh = Callable[[Proposal, Count], float]


def assemble(
    text: str, sentences: Sequence[Span], proposals: Sequence[Proposal], weigh: Weigh
) -> tuple[tuple[Claim, ...], tuple[Dropped, ...]]:
    """Claims, and the proposals that give none; together they are all that was proposed. `weigh` says how sure a claim is."""
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for proposal in sorted(proposals, key=lambda p: p.start):
        sentence = _sentence_at(sentences, proposal.start)
        count = read_count(text, sentence, (proposal.start, proposal.end))
        if count is None:
            dropped.append(Dropped(words=_words(text, (proposal.start, proposal.end)), reason=NO_NUMBER))
        elif _ASKED.search(text, *sentence):
            dropped.append(Dropped(words=count.words, reason=ASKED))
        elif (confidence := weigh(proposal, count)) < LEAST_CONFIDENCE:
            dropped.append(Dropped(words=count.words, reason=UNSURE))
        else:
            claims.append(replace(_claim(text, sentence, count, proposal), confidence=confidence))
    return _link_parts(claims), tuple(dropped)


def _claim(text: str, sentence: Span, count: Count, p: Proposal) -> Claim:
    attribution = _attribution(text, sentence, p.roles["source"])
    place, actor = p.roles["place"], p.roles["actor"]
    clause = find_clause(text, sentence, count.words.start).span
    return Claim(
        sentence=_words(text, sentence),
        count=count,
        harm=p.classes["harm"],
        victims=_victims(text, count, p),
        scope=find_scope(text, clause, p.roles["when"], p.classes["scope"]),
        part_of=None,
        place=place and _words(text, widen_place(text, sentence, place)),
        when=_at(text, p.roles["when"]),
        actor=actor and _blamed(text, sentence, widen_actor(text, actor), attribution),
        means=p.classes["means"] and find_means(text, sentence, p.classes["means"]),
        attribution=attribution,
        polarity=find_polarity(text, sentence, count.words, p.classes["polarity"]),
        confidence=0.0,
        reasons=p.reasons or _reasons(p),
    )


def _victims(text: str, count: Count, p: Proposal) -> Victims | None:
    """Who was harmed: the words pointed at, else the counted expression itself where it tells a kind or group."""
    kind, group = p.classes["kind"], p.classes["group"]
    words = _at(text, p.roles["victims"])
    if words is None and kind is VictimKind.UNKNOWN and group is None:
        return None
    return Victims(words=words or count.words, kind=kind, group=group)


def _blamed(text: str, sentence: Span, span: Span, attribution: Sequence[Source]) -> Blamed:
    words = _words(text, span)
    return Blamed(words=words, certainty=weigh_blame(text, sentence, words, attribution))


def _attribution(text: str, sentence: Span, span: Span | None) -> tuple[Source, ...]:
    words = _at(text, span)
    return () if words is None else find_chain(text, sentence, words)


def _link_parts(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Each part with the figure that it is a part of.

    What is called a part where no larger figure is told is a toll of its own; persons named one by one are part of a larger toll that is.
    """
    wholes = [_whole_of(i, claims) if _may_be_part(c) else None for i, c in enumerate(claims)]
    return tuple(replace(c, part_of=whole, scope=_scope_in(whole, c)) for c, whole in zip(claims, wholes, strict=True))


def _may_be_part(claim: Claim) -> bool:
    return claim.scope is Scope.PART or (claim.scope is Scope.INCIDENT and claim.count.hedge is Hedge.NAMES)


def _scope_in(whole: int | None, claim: Claim) -> Scope:
    if whole is not None:
        return Scope.PART
    return Scope.INCIDENT if claim.scope is Scope.PART else claim.scope


def _whole_of(index: int, claims: Sequence[Claim]) -> int | None:
    """The nearest larger figure of the same harm before a part, else after it."""
    part = claims[index]
    for i in (*range(index - 1, -1, -1), *range(index + 1, len(claims))):
        if claims[i].scope is not Scope.PART and _holds(claims[i], part):
            return i
    return None


def _holds(whole: Claim, part: Claim) -> bool:
    same = whole.harm is part.harm or Harm.KILLED_OR_INJURED in (whole.harm, part.harm)
    return same and _least(whole) > _least(part)


def _least(claim: Claim) -> int:
    """How many a figure counts at least, or at most where that is all it says."""
    return claim.count.low or claim.count.high or 0


def _reasons(p: Proposal) -> tuple[str, ...]:
    classes = (f"{name}: {p.classes[name]} {belief:.2f}" for name, belief in p.beliefs.items())
    roles = (
        f"{role}: {'not stated' if p.roles[role] is None else 'pointed at'} {b:.2f}"
        for role, b in p.role_beliefs.items()
    )
    return (f"count: tagged {p.belief:.2f}", *classes, *roles)


def _sentence_at(sentences: Sequence[Span], offset: int) -> Span:
    return sentences[max(0, bisect_right(sentences, offset, key=lambda s: s[0]) - 1)]


def _at(text: str, span: Span | None) -> Words | None:
    return None if span is None else _words(text, span)


def _words(text: str, span: Span) -> Words:
    return Words(exact=text[span[0] : span[1]], start=span[0], end=span[1])
