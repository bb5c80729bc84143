"""The ledger's claims as they stand: what engines read and people entered, with what people decided of it.

kept readings, entered claims, the log ─▶ names looked up (resolve) ─▶ records as they stand (review) ─▶ link, check, incidents, exports

Below `pipeline` and `linking`, which work on what stands. Nothing is written: how a claim stands is worked out whenever it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from sqlalchemy import Connection

from harmledger.classes import Classes
from harmledger.domain import Blamed, Certainty, Decision, Entered, Published, Source, Viewer, Words
from harmledger.publish.gloss import render_gloss
from harmledger.publish.record import Record, actor_record, place_record, speaker_record
from harmledger.resolve.actor import resolve_actor
from harmledger.resolve.period import precision_between
from harmledger.resolve.place import PlaceResolver
from harmledger.resolve.speaker import resolve_speaker
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.recorders import get_country
from harmledger.resources.registry import Registry, load_registry
from harmledger.review.fold import constraints
from harmledger.review.stand import is_taken_out, stand_claim, stand_entered
from harmledger.store import FiledIncident, get_document, get_known_incidents, get_reports, list_reports
from harmledger.store.decided import Decided, read_decided
from harmledger.store.entered import document_text, list_unread
from harmledger.store.versions import find_first_versions, find_replaced
from harmledger.text.iso import parse_day

EVERYTHING = Viewer(sees_all=True)
HELD_REPORTS = 64
"""Reports kept at hand: a round-up's is asked for by each of its incidents."""


class StandingClaims:
    """What stands in a ledger, by its decisions so far; names that people give are looked up among the places in its folder."""

    def __init__(
        self,
        connection: Connection,
        folder: Path,
        *,
        decided: Decided | None = None,
        held: int = HELD_REPORTS,
        viewer: Viewer = EVERYTHING,
    ) -> None:
        """`decided`: what people decided and entered, where it is at hand. `held`: how many reports are kept at hand.

        `viewer`: for whom later versions of pages are looked at.
        """
        decided = decided or read_decided(connection)
        self.decisions: Sequence[Decision] = decided.log
        self.connection = connection
        self._state, self._entered, self._entered_in = decided.state, decided.entered, decided.entered_in
        self._known = _Known(folder)
        self.documents: Mapping[str, str] = decided.documents
        """Of each entered claim its document, whether it still counts or not."""
        self._held: dict[str, Record | None] = {}
        self._most_held = held
        self._viewer = viewer

    def reports(self) -> Iterator[Record]:
        """Every document's current record with its claims as they stand, in the order of filing; those that only people read come last."""
        read: set[str] = set()
        for filed in list_reports(self.connection):
            read.add(filed.record["document"]["document_id"])
            yield self.report(filed.record)
        yield from self._attached(document for document in self._entered_in if document not in read)

    def attached(self) -> Iterator[Record]:
        """The records of documents that only people read, with what they entered."""
        return self._attached(list_unread(self.connection, self._entered_in))

    def _attached(self, documents: Iterable[str]) -> Iterator[Record]:
        for document in documents:
            blank: Record = {"document": get_document(self.connection, document), "claims": [], "statements": []}
            if (report := self.report(blank))["claims"]:
                yield report

    def reports_of(self, documents: Iterable[str]) -> list[Record]:
        """The records of some documents with their claims as they stand; what no engine read has none."""
        wanted = list(dict.fromkeys(documents))
        missing = [document for document in wanted if document not in self._held]
        self._held |= dict.fromkeys(missing)
        for filed in get_reports(self.connection, missing) if missing else ():
            self._held[filed.record["document"]["document_id"]] = self.report(filed.record)
        found = [record for document in wanted if (record := self._held[document])]
        while len(self._held) > self._most_held:
            del self._held[next(iter(self._held))]
        return found

    def decisions_of(self, subjects: Iterable[str]) -> list[Decision]:
        """All that was decided of these, those of one subject in order."""
        return [decision for subject in subjects for decision in self._state.histories.get(subject, ())]

    def report(self, record: Record) -> Record:
        """A report's record with its claims as they stand; the same one where people decided nothing of it."""
        document = record["document"]
        subjects = [document["document_id"], *(claim["claim_id"] for claim in record["claims"])]
        entered = self._entered_in.get(document["document_id"], ())
        if not entered and not any(subject in self._state.histories for subject in subjects):
            return record
        claims = [self._stand(document, claim) for claim in record["claims"]]
        claims += [self._stand_entered(document, each) for each in entered]
        return {**record, "claims": sorted((c for c in claims if not is_taken_out(c)), key=_place_in_text)}

    def incident(self, filed: FiledIncident) -> FiledIncident:
        """An incident with its claims as they stand, entered ones among them; what was rejected since it was linked is set apart.

        Versions of one page are copies of the first of them, and all but the last are replaced.
        """
        pairs = [(document, self._stand(document, claim)) for document, claim in filed.claims]
        for entered in self._entries_of(filed.incident.claims):
            document = get_document(self.connection, entered.document_id)
            pairs.append((document, self._stand_entered(document, entered)))
        pairs.sort(key=lambda pair: (pair[0]["published"] or "9", pair[0]["document_id"], _place_in_text(pair[1])))
        documents = {document["document_id"] for document, _ in pairs}
        first = find_first_versions(self.connection, self._viewer, documents)
        same_page = {document: filed.originals.get(origin, origin) for document, origin in first.items()}
        return replace(
            filed,
            claims=tuple(pair for pair in pairs if not is_taken_out(pair[1])),
            rejected=tuple(pair for pair in pairs if is_taken_out(pair[1])),
            originals={**same_page, **filed.originals},
            replaced=find_replaced(self.connection, self._viewer, documents),
        )

    def _entries_of(self, claims: Sequence[str]) -> list[Entered]:
        """What people entered of an incident: what is linked with it, and what they merged with a claim of it since."""
        if not self._entered:
            return []
        linked = [self._entered[claim] for claim in claims if claim in self._entered]
        merged, since = self._merged_since
        groups = {merged.name(claim) for claim in claims} if since else set[str]()
        return linked + [entered for group in sorted(groups) for entered in since.get(group, ())]

    @cached_property
    def _merged_since(self) -> tuple[Classes, dict[str, list[Entered]]]:
        """What people merged, and of each such class the entries that are in no incident yet."""
        linked = get_known_incidents(self.connection).incident_of
        merged = Classes(constraints(self.decisions).must_link)
        since: defaultdict[str, list[Entered]] = defaultdict(list)
        for entered in self._entered.values():
            if entered.entry_id not in linked:
                since[merged.name(entered.entry_id)].append(entered)
        return merged, dict(since)

    def _stand(self, document: Record, claim: Record) -> Record:
        standing = self._state.standing(claim["claim_id"], document=document["document_id"])
        stood = stand_claim(claim, standing, self._names(document))
        return stood if stood is claim else _glossed(stood, document)

    def _stand_entered(self, document: Record, entered: Entered) -> Record:
        standing = self._state.standing(entered.entry_id, document=document["document_id"])
        names = self._names(document)
        return _glossed(stand_entered(entered, standing, names, names.text), document)

    def _names(self, document: Record) -> _Names:
        load = partial(document_text, self.connection, document["document_id"])
        return _Names(self._known, lambda: document.get("text") or load() or "")


def _glossed(claim: Record, document: Record) -> Record:
    return {**claim, "gloss": render_gloss(claim, document["language"])}


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

    def place(self, said: str, quote: Record, *, country: str | None) -> Record:
        words, text, stands = self._find(said, quote)
        found = self._known.places.resolve(words, text=text)
        if found.lat is None and country:
            text = f"{said}, {get_country(country).name}."
            within = self._known.places.resolve(Words(exact=said, start=0, end=len(said)), text=text)
            found = replace(within, words=words)
        return _placed(place_record(found), stands=stands)

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
        first, last = parse_day(earliest), parse_day(latest)
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
