"""Joins what was read with what is known: an Extraction and its Document become a Reading.

Each claim's words for a place, a time, an actor and its speakers are looked up; what can't be resolved keeps its words. The claims'
own values are never changed, and one that merely repeats another is dropped with that reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from harmledger.domain import (
    Claim,
    Document,
    Dropped,
    Extraction,
    PartRole,
    Period,
    Published,
    Reading,
    ResolvedClaim,
    ResolvedStatement,
    Source,
    Statement,
    Words,
)
from harmledger.ids import claim_id, statement_id
from harmledger.resolve.actor import resolve_actor
from harmledger.resolve.period import resolve_period
from harmledger.resolve.place import PlaceResolver
from harmledger.resolve.published import infer_published
from harmledger.resolve.speaker import resolve_speaker
from harmledger.resources.registry import Registry

REPEATED = "says what another claim of the report says, of the same words"


class _Lookups:
    """What the words of one document mean, each looked up once: its claims and statements often share them."""

    def __init__(self, document: Document, registry: Registry, places: PlaceResolver) -> None:
        text, published = document.text, document.published
        self.place = cache(partial(places.resolve, text=text))
        self.period = cache(partial(_resolve_period, text=text, published=published))
        self.actor = cache(partial(resolve_actor, text=text, registry=registry))
        self.speaker = cache(partial(resolve_speaker, text=text, registry=registry, published=published))


def resolve_reading(
    document: Document, extraction: Extraction, *, registry: Registry, places: PlaceResolver
) -> Reading:
    """The document as read by one engine: its publication day inferred where nobody states it, its claims and statements resolved."""
    document = replace(document, published=_infer_published(document))
    known = _Lookups(document, registry, places)
    ids = [identify_claim(document.document_id, claim) for claim in extraction.claims]
    claims = tuple(_resolve_claims(extraction.claims, ids, known))
    statements = tuple(_resolve_statements(extraction.statements, document.document_id, known))
    return Reading(
        document=document,
        claims=claims,
        statements=statements,
        dropped=(*extraction.dropped, *_find_repeated(extraction.claims, ids)),
        by=extraction.by,
    )


def identify_claim(document_id: str, claim: Claim) -> str:
    """The id that decisions attach to: the count's span, the harm and the values read; not how sure, by what, or part of which."""
    return claim_id(
        document_id,
        (claim.count, claim.harm, claim.victims, claim.scope, claim.place, claim.when),
        (claim.actor, claim.means, claim.attribution, claim.polarity),
    )


def identify_statement(document_id: str, statement: Statement) -> str:
    """The id of a statement: where it stands, who says what kind of thing, and of whom."""
    return statement_id(document_id, statement.sentence, statement.speaker, statement.kind, statement.target)


def _resolve_claims(claims: Sequence[Claim], ids: Sequence[str], known: _Lookups) -> Iterator[ResolvedClaim]:
    for index in _first_of_each(ids):
        claim = claims[index]
        yield ResolvedClaim(
            claim_id=ids[index],
            part_of=None if claim.part_of is None else ids[claim.part_of],
            claim=claim,
            place=claim.place and known.place(claim.place),
            when=claim.when and known.period(claim.when),
            actor=claim.actor and known.actor(claim.actor),
            attribution=tuple(known.speaker(source) for source in claim.attribution),
        )


def _resolve_statements(
    statements: Sequence[Statement], document_id: str, known: _Lookups
) -> Iterator[ResolvedStatement]:
    ids = [identify_statement(document_id, statement) for statement in statements]
    for index in _first_of_each(ids):
        statement = statements[index]
        target = statement.target and Source(words=statement.target, cue=None, said=None)
        yield ResolvedStatement(
            statement_id=ids[index],
            statement=statement,
            speaker=known.speaker(statement.speaker),
            target=target and known.speaker(target),
        )


def _find_repeated(claims: Sequence[Claim], ids: Sequence[str]) -> Iterator[Dropped]:
    kept = set(_first_of_each(ids))
    return (Dropped(words=c.count.words, reason=REPEATED) for i, c in enumerate(claims) if i not in kept)


def _first_of_each(ids: Sequence[str]) -> list[int]:
    """Index of the first occurrence of each id, in order."""
    first: dict[str, int] = {}
    for index, value in enumerate(ids):
        first.setdefault(value, index)
    return list(first.values())


def _infer_published(document: Document) -> Published:
    """Stated, or inferred from the report's own words: what is furniture in it may be of any day."""
    furniture = [(part.start, part.end) for part in document.parts if part.role is PartRole.FURNITURE]
    return infer_published(document.text, document.published, skip=furniture)


def _resolve_period(words: Words, *, text: str, published: Published) -> Period:
    """The days that the words name; the words alone where they can't be told."""
    period = resolve_period(words, text=text, published=published)
    return period or Period(words=words, earliest=None, latest=None, precision=None)
