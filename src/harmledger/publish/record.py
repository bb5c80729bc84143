"""A reading as the claim record: the contract between the program and everything that uses or measures it.

Comes in: a Reading or a Refused. Goes out: plain values ready for JSON, every field there, null where not stated. Nothing is judged here.

Source: claim record; W3C Web Annotation Data Model, TextQuoteSelector and TextPositionSelector.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from harmledger.domain import (
    Actor,
    By,
    Count,
    Document,
    Dropped,
    Means,
    Part,
    Period,
    Place,
    Reading,
    Refused,
    ResolvedClaim,
    ResolvedStatement,
    Speaker,
    Victims,
    Words,
)
from harmledger.publish.gloss import render_gloss

Record = dict[str, Any]

CONTEXT_CHARS = 32
"""Text kept on either side of a quote, so that it can be found again in a changed page; fixed by the claim record."""


def render_record(reading: Reading) -> Record:
    """The line that `read` gives for a report."""
    document = reading.document
    return {
        "document": render_document(document),
        "claims": [render_claim(claim, document, reading.by) for claim in reading.claims],
        "statements": [render_statement(statement, document, reading.by) for statement in reading.statements],
    }


def render_refused(refused: Refused) -> Record:
    """The line that stands in the place of a report that couldn't be read."""
    error = {"kind": refused.kind, "message": refused.message}
    return {"id": refused.id, "source": refused.source, "error": error}


def render_document(document: Document) -> Record:
    """What is known of the report, with its clean text and what each stretch of it is."""
    capture = {"capture_id": document.capture_id, "source": document.source, "fetched": document.fetched.isoformat()}
    published = document.published
    return {
        "id": document.id,
        "document_id": document.document_id,
        "capture": capture,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "language": document.language,
        "published": _iso(published.day),
        "published_from": published.basis and published.basis.value,
        "published_earliest": _iso(published.earliest),
        "published_latest": _iso(published.latest),
        "text": document.text,
        "parts": [_part(part) for part in document.parts],
        "dropped": [{"role": dropped.role, "chars": dropped.chars} for dropped in document.dropped],
    }


def render_claim(resolved: ResolvedClaim, document: Document, by: By) -> Record:
    """One mention of people harmed, each value beside its words, and in English where its document isn't."""
    fields = _claim(resolved, document, by)
    return {**fields, "gloss": render_gloss(fields, document.language)}


def _claim(resolved: ResolvedClaim, document: Document, by: By) -> Record:
    claim = resolved.claim
    return {
        "claim_id": resolved.claim_id,
        "document_id": document.document_id,
        "quote": render_quote(claim.sentence, document.text),
        "count": _count(claim.count),
        "harm": claim.harm.value,
        "victims": _victims(claim.victims),
        "scope": claim.scope.value,
        "part_of": resolved.part_of,
        "place": place_record(resolved.place),
        "when": _period(resolved.when),
        "actor": actor_record(resolved.actor),
        "means": _means(claim.means),
        "attribution": [speaker_record(speaker) for speaker in resolved.attribution],
        "polarity": claim.polarity.value,
        "confidence": claim.confidence,
        "by": _by(by),
    }


def render_statement(resolved: ResolvedStatement, document: Document, by: By) -> Record:
    """What a speaker says that is no count."""
    speaker = speaker_record(resolved.speaker)
    return {
        "statement_id": resolved.statement_id,
        "document_id": document.document_id,
        "quote": render_quote(resolved.statement.sentence, document.text),
        "speaker": speaker,
        **{name: speaker[name] for name in ("cue", "cue_start", "cue_end", "said")},
        "kind": resolved.statement.kind.value,
        "target": resolved.target and speaker_record(resolved.target),
        "by": _by(by),
    }


def render_quote(sentence: Words, text: str) -> Record:
    """W3C selectors of a sentence: its words, the text either side, and its position in code points."""
    return {
        "exact": sentence.exact,
        "prefix": text[max(0, sentence.start - CONTEXT_CHARS) : sentence.start],
        "suffix": text[sentence.end : sentence.end + CONTEXT_CHARS],
        "start": sentence.start,
        "end": sentence.end,
    }


def render_dropped(dropped: Dropped) -> Record:
    """A passage that was looked at in vain, with the reason."""
    return {**_words(dropped.words), "reason": dropped.reason}


def _part(part: Part) -> Record:
    return {"role": part.role.value, "kind": part.kind, "start": part.start, "end": part.end}


def _words(words: Words) -> Record:
    return {"exact": words.exact, "start": words.start, "end": words.end}


def _count(count: Count) -> Record:
    return {**_words(count.words), "low": count.low, "high": count.high, "hedge": count.hedge.value}


def _victims(victims: Victims | None) -> Record | None:
    if victims is None:
        return None
    return {**_words(victims.words), "kind": victims.kind.value, "group": victims.group and victims.group.value}


def place_record(place: Place | None) -> Record | None:
    """A place's words, and where it is; nothing where none is stated."""
    if place is None:
        return None
    return {
        **_words(place.words),
        "name": place.name,
        "gazetteer": place.gazetteer,
        "id": place.id,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision.value,
        "radius_m": place.radius_m,
    }


def _period(period: Period | None) -> Record | None:
    if period is None:
        return None
    precision = period.precision and period.precision.value
    return {**_words(period.words), **_between(period.earliest, period.latest), "precision": precision}


def actor_record(actor: Actor | None) -> Record | None:
    """Who is said to have done it; nothing where nobody is."""
    if actor is None:
        return None
    return {**_words(actor.words), "id": actor.id, "name": actor.name, "certainty": actor.certainty.value}


def _means(means: Means | None) -> Record | None:
    return means and {**_words(means.words), "kind": means.kind.value}


def speaker_record(speaker: Speaker) -> Record:
    """Who says something, as the words have it and as it was looked up."""
    return {
        **_words(speaker.words),
        "id": speaker.id,
        "name": speaker.name,
        "role": speaker.role,
        "organisation": speaker.organisation,
        **_cue(speaker.cue),
        "said": speaker.said and _between(speaker.said.earliest, speaker.said.latest),
        "type": speaker.type.value,
    }


def _cue(cue: Words | None) -> Record:
    """The words of saying as the record's plain string, and where they stand."""
    if cue is None:
        return {"cue": None, "cue_start": None, "cue_end": None}
    return {"cue": cue.exact, "cue_start": cue.start, "cue_end": cue.end}


def _between(earliest: date | None, latest: date | None) -> Record:
    return {"earliest": _iso(earliest), "latest": _iso(latest)}


def _by(by: By) -> Record:
    return {"engine": by.engine, "version": by.version, "models": list(by.models)}


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()
