"""From an incident's claims and its reconciled figures to what every export is made of.

Comes in: claims as records, each beside its document's, the reconciled figures, and what a rule makes of them. Goes out: an ExportedIncident.
What people rejected says neither where nor when it was, and what they corrected says it before all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from harmledger.domain import (
    BlamedActor,
    By,
    ExportedDocument,
    ExportedIncident,
    ExportedPlace,
    MeansKind,
    PeriodPrecision,
    PlacePrecision,
    Quoted,
    Reconciled,
    RollUp,
    Rule,
    Stance,
    Verdict,
)
from harmledger.publish.exports.corrections import DAYS, FindPlace, Said, correct_record
from harmledger.publish.incident import Pairs, find_finest, find_narrowest
from harmledger.publish.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the ledger's reports tell of an incident: its claims, and what is known of its id and its reports."""

    incident_id: str
    claims: Pairs
    originals: Mapping[str, str]
    find_place: FindPlace
    """Where a place is that people corrected."""
    old_ids: tuple[str, ...] = ()
    corrections: Mapping[str, Said] = field(default_factory=dict[str, Said])
    """Of each claim what people corrected of it."""


def assemble(told: Told, reconciled: Reconciled, totals: Sequence[RollUp], rule: Rule) -> ExportedIncident:
    """The incident, ready for export."""
    standing = _standing(told, reconciled)
    when = find_narrowest(_decided(told, standing, *DAYS)) or find_narrowest(standing)
    quotes = tuple(_quotes(told.claims, reconciled))
    return ExportedIncident(
        incident_id=told.incident_id,
        old_ids=told.old_ids,
        earliest=_day(when["earliest"]) if when else None,
        latest=_day(when["latest"]) if when else None,
        date_precision=PeriodPrecision(when["precision"]) if when and when["precision"] else None,
        place=_place(find_finest(_decided(told, standing, "place")) or find_finest(standing)),
        means=_means(standing),
        actors=tuple(_actors(reconciled)),
        figures=reconciled.figures,
        totals=tuple(totals),
        responsibility=reconciled.responsibility,
        grade=reconciled.grade,
        documents=tuple(_documents(told, reconciled)),
        quotes=quotes,
        rule=rule,
        read_by=tuple(dict.fromkeys(quote.by for quote in quotes if quote.by)),
    )


def _standing(told: Told, reconciled: Reconciled) -> Pairs:
    """The claims that people didn't reject, with their corrections in effect."""
    rejected = {figure.claim_id for figure in reconciled.figures if figure.standing is Verdict.REJECT}
    return [
        (document, correct_record(claim, told.corrections.get(claim["claim_id"], {}), told.find_place))
        for document, claim in told.claims
        if claim["claim_id"] not in rejected
    ]


def _decided(told: Told, standing: Pairs, *fields: str) -> Pairs:
    """Those of which people corrected one of these fields."""
    return [pair for pair in standing if told.corrections.get(pair[1]["claim_id"], {}).keys() & set(fields)]


def leave_out_quotes(incident: ExportedIncident) -> ExportedIncident:
    """The same without its reports' sentences, which name people; where they stand is kept."""
    quotes = tuple(replace(quoted, exact=None, prefix=None, suffix=None) for quoted in incident.quotes)
    return replace(incident, quotes=quotes, figures=tuple(replace(figure, quote="") for figure in incident.figures))


def is_rejected(reconciled: Reconciled) -> bool:
    """Whether people rejected everything that is said of it."""
    return bool(reconciled.figures) and all(figure.standing is Verdict.REJECT for figure in reconciled.figures)


def _place(place: Record | None) -> ExportedPlace | None:
    if place is None:
        return None
    kept = ("name", "gazetteer", "id", "country", "admin1", "lat", "lon", "radius_m")
    return ExportedPlace(
        words=place["exact"], precision=PlacePrecision(place["precision"]), **{name: place[name] for name in kept}
    )


def _means(claims: Pairs) -> tuple[MeansKind, ...]:
    counted = Counter(claim["means"]["kind"] for _, claim in claims if claim["means"])
    return tuple(MeansKind(kind) for kind, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _actors(reconciled: Reconciled) -> list[BlamedActor]:
    """Everybody who is blamed or admits, with whether that actor denies."""
    of: dict[str, list[tuple[Stance, BlamedActor]]] = {}
    for each in reconciled.responsibility:
        if each.actor:
            actor = BlamedActor(
                actor_id=each.actor_id,
                name=each.actor,
                certainty=each.certainty,
                admits=False,
                denies=False,
                claims=len(each.on),
            )
            of.setdefault(each.actor_id or each.actor.casefold(), []).append((each.stance, actor))
    actors = [actor for stances in of.values() if (actor := _actor(stances))]
    return sorted(actors, key=lambda actor: (-actor.claims, actor.name))


def _actor(stances: Sequence[tuple[Stance, BlamedActor]]) -> BlamedActor | None:
    blamed = [actor for stance, actor in stances if stance is not Stance.DENIES]
    if not blamed:
        return None
    first = blamed[0]
    found = {stance for stance, _ in stances}
    return BlamedActor(
        actor_id=first.actor_id,
        name=first.name,
        certainty=next((actor.certainty for actor in blamed if actor.certainty), None),
        admits=Stance.ADMITS in found,
        denies=Stance.DENIES in found,
        claims=sum(actor.claims for actor in blamed),
    )


def _documents(told: Told, reconciled: Reconciled) -> Iterator[ExportedDocument]:
    """The reports, and after them the documents that only entries by hand stand on."""
    known = {document["document_id"]: document for document, _ in told.claims}
    for document_id, document in known.items():
        yield ExportedDocument(
            document_id=document_id,
            title=document["title"],
            outlet=document["publisher"],
            published=_day(document["published"]),
            language=document["language"],
            copy_of=told.originals.get(document_id),
        )
    for document_id, figure in {f.document_id: f for f in reconciled.figures if f.document_id not in known}.items():
        copied = figure.origin_id if figure.origin_id != document_id else None
        yield ExportedDocument(
            document_id=document_id, title=None, outlet=figure.outlet, published=None, language=None, copy_of=copied
        )


def _quotes(claims: Pairs, reconciled: Reconciled) -> Iterator[Quoted]:
    read = {claim["claim_id"]: claim for _, claim in claims}
    for claim_id, claim in read.items():
        by = claim["by"]
        yield Quoted(
            claim_id=claim_id,
            document_id=claim["document_id"],
            **claim["quote"],
            by=By(engine=by["engine"], version=by["version"], models=tuple(by["models"])),
        )
    for figure in {f.claim_id: f for f in reconciled.figures if f.claim_id not in read}.values():
        stands = {"claim_id": figure.claim_id, "document_id": figure.document_id, "exact": figure.quote}
        yield Quoted(**stands, prefix=None, suffix=None, start=None, end=None, by=None)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
