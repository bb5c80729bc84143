"""The ledger's claims as they stand: what engines read and people entered, with what people decided of it.

kept readings, entered claims, the log ─▶ names looked up (resolve) ─▶ records as they stand (review) ─▶ link, check, incidents, exports

Below `pipeline` and `linking`, which work on what stands. Nothing is written: how a claim stands is worked out whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from sqlalchemy import Connection

from harmledger.domain import Blamed, Certainty, Decision, Entered, Published, Source, Words
from harmledger.publish.gloss import render_gloss
from harmledger.publish.record import Record, actor_record, place_record, speaker_record
from harmledger.resolve.actor import resolve_actor
from harmledger.resolve.period import precision_between
from harmledger.resolve.place import PlaceResolver
from harmledger.resolve.speaker import resolve_speaker
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.registry import Registry, load_registry
from harmledger.review.fold import fold
from harmledger.review.stand import stand_claim, stand_entered
from harmledger.store import FiledIncident, get_document, list_reports
from harmledger.store.decisions import read_log
from harmledger.store.entered import document_text, list_entered, list_unread


class StandingClaims:
    """What stands in a ledger, by its decisions so far; names that people give are looked up among the places in its folder."""

    def __init__(self, connection: Connection, folder: Path, log: Sequence[Decision] | None = None) -> None:
        """By all decisions, or those of a log that is given, as it may have been earlier."""
        self.decisions: Sequence[Decision] = read_log(connection) if log is None else log
        self._connection = connection
        self._state = fold(self.decisions)
        self._known = _Known(folder)
        self._entered: dict[str, list[Entered]] = {}
        self.documents: dict[str, str] = {}
        """Of each entered claim its document, whether it still counts or not."""
        for entered in list_entered(connection):
            self.documents[entered.entry_id] = entered.document_id
            if self._state.is_entered(entered.entry_id):
                self._entered.setdefault(entered.document_id, []).append(entered)

    def reports(self) -> Iterator[Record]:
        """Every document's current record with its claims as they stand, in the order of filing; those that only people read come last."""
        read: set[str] = set()
        for filed in list_reports(self._connection):
            read.add(filed.record["document"]["document_id"])
            yield self.report(filed.record)
        yield from (self._attached(document) for document in self._entered if document not in read)

    def attached(self) -> Iterator[Record]:
        """The records of documents that only people read, with what they entered."""
        return map(self._attached, list_unread(self._connection, self._entered))

    def is_decided(self, record: Record) -> bool:
        """Whether people decided anything of a report, entered a claim in it, or decided of one of its claims."""
        document = record["document"]["document_id"]
        subjects = (document, *(claim["claim_id"] for claim in record["claims"]))
        return document in self._entered or any(subject in self._state.histories for subject in subjects)

    def report(self, record: Record) -> Record:
        """A report's record with its claims as they stand; the same one where people decided nothing of it."""
        if not self.is_decided(record):
            return record
        document = record["document"]
        entered = self._entered.get(document["document_id"], ())
        pairs = [self._stand(document, claim) for claim in record["claims"]]
        pairs += [self._stand_entered(document, each) for each in entered]
        return {**record, "claims": sorted(filter(None, pairs), key=_place_in_text)}

    def incident(self, filed: FiledIncident) -> FiledIncident:
        """An incident with its claims as they stand, entered ones among them; without those that were rejected since it was linked."""
        pairs = [(document, self._stand(document, claim)) for document, claim in filed.claims]
        members = set(filed.incident.claims)
        for document, entries in self._entered.items():
            ours = [each for each in entries if each.entry_id in members]
            record = get_document(self._connection, document) if ours else {}
            pairs += [(record, self._stand_entered(record, each)) for each in ours]
        standing = [(document, claim) for document, claim in pairs if claim]
        standing.sort(key=lambda pair: (pair[0]["published"] or "9", pair[0]["document_id"], _place_in_text(pair[1])))
        return replace(filed, claims=tuple(standing))

    def _attached(self, document: str) -> Record:
        return self.report({"document": get_document(self._connection, document), "claims": [], "statements": []})

    def _stand(self, document: Record, claim: Record) -> Record | None:
        standing = self._state.standing(claim["claim_id"], document=document["document_id"])
        stood = stand_claim(claim, standing, self._names(document))
        return stood if stood is claim else _glossed(stood, document)

    def _stand_entered(self, document: Record, entered: Entered) -> Record | None:
        standing = self._state.standing(entered.entry_id, document=document["document_id"])
        names = self._names(document)
        return _glossed(stand_entered(entered, standing, names, names.text), document)

    def _names(self, document: Record) -> _Names:
        load = partial(document_text, self._connection, document["document_id"])
        return _Names(self._known, lambda: document.get("text") or load() or "")


def _glossed(claim: Record | None, document: Record) -> Record | None:
    return claim and {**claim, "gloss": render_gloss(claim, document["language"])}


def _place_in_text(claim: Record) -> float:
    """Where a claim stands; behind all others where its document has no text."""
    start = claim["count"]["start"]
    return float("inf") if start is None else float(start)


# --- what the names mean that people give ----------------------------------------------------------------------------


class _Known:
    """Who is who and where is where, loaded once it is asked for: most ledgers hold no correction of a name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def registry(self) -> Registry:
        return load_registry()

    @cached_property
    def places(self) -> PlaceResolver:
        return PlaceResolver(load_gazetteer(self._folder))


class _Names:
    """Names that people give for what a document tells, looked up as `resolve` looks up the document's own words."""

    def __init__(self, known: _Known, load: Callable[[], str]) -> None:
        self._known, self._load = known, load

    @cached_property
    def text(self) -> str:
        return self._load()

    def place(self, said: str, quote: Record) -> Record:
        words, text, stands = self._find(said, quote)
        return _placed(place_record(self._known.places.resolve(words, text=text)), stands=stands)

    def actor(self, said: str, quote: Record) -> Record:
        words, text, stands = self._find(said, quote)
        blamed = Blamed(words=words, certainty=Certainty.STATED)
        return _placed(actor_record(resolve_actor(blamed, text=text, registry=self._known.registry)), stands=stands)

    def speaker(self, said: str, quote: Record) -> Record:
        words, text, stands = self._find(said, quote)
        source = Source(words=words, cue=None, said=None)
        speaker = resolve_speaker(source, text=text, registry=self._known.registry, published=Published())
        return _placed(speaker_record(speaker), stands=stands)

    def precision(self, earliest: str | None, latest: str | None) -> str | None:
        first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
        precision = precision_between(first, last)
        return precision and precision.value

    def _find(self, said: str, quote: Record) -> tuple[Words, str, bool]:
        """The name where the quote says it, else below the text, so that the document still tells which namesake is meant."""
        text, start = self.text, quote["start"]
        if start is not None and quote["exact"].count(said) == 1:
            at = start + quote["exact"].index(said)
            return Words(exact=said, start=at, end=at + len(said)), text, True
        at = len(text) + 1
        return Words(exact=said, start=at, end=at + len(said)), f"{text}\n{said}", False


def _placed(part: Record | None, *, stands: bool) -> Record:
    """A name as part of the record; one that the quote doesn't say has no place in the text."""
    part = part or {}
    return part if stands else {**part, "start": None, "end": None}
