"""From an incident's claims and its reconciled figures to what every export is made of.

Comes in: claims as they stand, each beside its document's record, the reconciled figures, and what a rule makes of them. Goes out: an
ExportedIncident. What people rejected says neither where nor when it was; its figures and sentences go out with what people made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
)
from harmledger.publish.incident import Pairs, find_days, find_place
from harmledger.publish.record import Record
from harmledger.text.iso import parse_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the ledger's reports tell of an incident: its claims as they stand, and what is known of its id and its reports."""

    incident_id: str
    claims: Pairs
    rejected: Pairs = ()
    originals: Mapping[str, str]
    supposed: tuple[date, date] | None = None
    """When it was, as far as its reports' publication tells."""
    old_ids: tuple[str, ...] = ()


def assemble(told: Told, reconciled: Reconciled, totals: Sequence[RollUp], rule: Rule) -> ExportedIncident:
    """The incident, ready for export."""
    when, every = find_days(told.claims), (*told.claims, *told.rejected)
    quotes = tuple(_quotes(every))
    return ExportedIncident(
        incident_id=told.incident_id,
        old_ids=told.old_ids,
        earliest=parse_day(when["earliest"]) if when else None,
        latest=parse_day(when["latest"]) if when else None,
        date_precision=PeriodPrecision(when["precision"]) if when and when["precision"] else None,
        supposed=None if when else told.supposed,
        place=_place(find_place(told.claims)),
        means=_means(told.claims),
        actors=tuple(_actors(reconciled)),
        figures=reconciled.figures,
        totals=tuple(totals),
        responsibility=reconciled.responsibility,
        grade=reconciled.grade,
        documents=tuple(_documents(every, told.originals)),
        quotes=quotes,
        rule=rule,
        read_by=tuple(dict.fromkeys(quote.by for quote in quotes if quote.by)),
    )


def leave_out_quotes(incident: ExportedIncident) -> ExportedIncident:
    """The same without its reports' sentences, which name people; where they stand is kept."""
    quotes = tuple(replace(quoted, exact=None, prefix=None, suffix=None) for quoted in incident.quotes)
    return replace(incident, quotes=quotes, figures=tuple(replace(figure, quote="") for figure in incident.figures))


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


def _documents(claims: Pairs, originals: Mapping[str, str]) -> Iterator[ExportedDocument]:
    """The reports, and the documents that only people read."""
    for document_id, document in {document["document_id"]: document for document, _ in claims}.items():
        yield ExportedDocument(
            document_id=document_id,
            title=document["title"],
            outlet=document["publisher"],
            published=parse_day(document["published"]),
            language=document["language"],
            copy_of=originals.get(document_id),
        )


def _quotes(claims: Pairs) -> Iterator[Quoted]:
    for _, claim in claims:
        quote = {name: claim["quote"][name] for name in ("exact", "prefix", "suffix", "start", "end")}
        yield Quoted(claim_id=claim["claim_id"], document_id=claim["document_id"], **quote, by=_by(claim))


def _by(claim: Record) -> By | None:
    """What read a claim; nothing did where a person entered it."""
    by = claim["by"]
    entered = claim.get("standing", {}).get("entered")
    return None if entered else By(engine=by["engine"], version=by["version"], models=tuple(by["models"]))
