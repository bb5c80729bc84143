"""An incident's claims and entries as figures: who says them, when, with people's corrections in effect.

Comes in: claim records beside their documents', each with how people made it stand, and what people entered. Goes out: ClaimedFigures. What the
machine read stays as it is in the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from harmledger.domain import (
    Certainty,
    Claimant,
    ClaimedFigure,
    Entered,
    Harm,
    Hedge,
    Polarity,
    Scope,
    Standing,
    VictimGroup,
    VictimKind,
)
from harmledger.reconcile.names import Names, Record, outlet_claimant, read_claimant


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim's record beside its document's, and how people made it stand."""

    document: Record
    claim: Record
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a person entered, beside its document's record where an engine read that, and how people made it stand."""

    document: Record | None
    entered: Entered
    standing: Standing


def list_figures(
    told: Sequence[Told], written: Sequence[Written], originals: Mapping[str, str], names: Names
) -> list[ClaimedFigure]:
    """Every figure of an incident, by harm, claimant and day."""
    documents = {each.document["document_id"]: each.document for each in told}
    figures = [_read(each, _origin(each.document, originals, documents), names) for each in told]
    figures += [_write(each, originals, names) for each in written]
    return sorted(figures, key=_order)


def _order(figure: ClaimedFigure) -> tuple[Any, ...]:
    undated = figure.said or date.max
    return figure.harm, figure.kind, figure.group or "", figure.claimant.key, undated, figure.claim_id


@dataclass(frozen=True, slots=True)
class _Origin:
    """The document that another one copies, as far as it is known, else that one itself."""

    id: str
    outlet: str | None


def _origin(document: Record, originals: Mapping[str, str], documents: Mapping[str, Record]) -> _Origin:
    origin = originals.get(document["document_id"], document["document_id"])
    known = documents.get(origin, document)
    return _Origin(origin, known["publisher"])


def _read(told: Told, origin: _Origin, names: Names) -> ClaimedFigure:
    claim, count, actor = told.claim, told.claim["count"], told.claim["actor"]
    victims: Record = claim["victims"] or {"kind": "unknown", "group": None}
    speaker = claim["attribution"][-1] if claim["attribution"] else None
    figure = ClaimedFigure(
        claim_id=claim["claim_id"],
        document_id=told.document["document_id"],
        origin_id=origin.id,
        outlet=told.document["publisher"],
        quote=claim["quote"]["exact"],
        harm=Harm(claim["harm"]),
        low=count["low"],
        high=count["high"],
        hedge=Hedge(count["hedge"]),
        counted=count["exact"],
        kind=VictimKind(victims["kind"]),
        group=_group(victims["group"]),
        scope=Scope(claim["scope"]),
        polarity=Polarity(claim["polarity"]),
        claimant=read_claimant(speaker) if speaker else outlet_claimant(origin.outlet, origin.id),
        said=_said(speaker) or _day(told.document["published"]),
        actor_id=actor and actor["id"],
        actor=actor and (actor["name"] or actor["exact"]),
        certainty=Certainty(actor["certainty"]) if actor else None,
        standing=told.standing.verdict,
        by_hand=False,
    )
    return _correct(figure, told.standing, names)


def _write(written: Written, originals: Mapping[str, str], names: Names) -> ClaimedFigure:
    entered, document = written.entered, written.document or {"publisher": None, "published": None}
    origin = originals.get(entered.document_id, entered.document_id)
    actor = names.actor(entered.actor) if entered.actor else (None, None)
    own = outlet_claimant(document["publisher"], origin)
    figure = ClaimedFigure(
        claim_id=entered.entry_id,
        document_id=entered.document_id,
        origin_id=origin,
        outlet=document["publisher"],
        quote=entered.quote,
        harm=entered.harm,
        low=entered.low,
        high=entered.high,
        hedge=None,
        counted=None,
        kind=entered.kind,
        group=entered.group,
        scope=entered.scope,
        polarity=entered.polarity,
        claimant=names.claimant(entered.claimant) if entered.claimant else own,
        said=_day(document["published"]),
        actor_id=actor[0],
        actor=actor[1],
        certainty=Certainty.STATED if entered.actor else None,
        standing=written.standing.verdict,
        by_hand=True,
    )
    return _correct(figure, written.standing, names)


# --- what people corrected -------------------------------------------------------------------------------------------


def _correct(figure: ClaimedFigure, standing: Standing, names: Names) -> ClaimedFigure:
    """The figure with every field that a person corrected; fields that no figure has (place, days, means) change nothing of it."""
    changed: dict[str, Any] = {}
    for correction in standing.corrections:
        changed |= _corrected(correction.field, correction.value, figure, names)
    return replace(figure, **changed, by_hand=True) if changed else figure


_CODED: dict[str, Callable[[str], Any]] = {"harm": Harm, "scope": Scope, "polarity": Polarity}


def _corrected(field: str, value: Any, figure: ClaimedFigure, names: Names) -> dict[str, Any]:
    match field:
        case "low" | "high":
            return {field: value, "hedge": None, "counted": None}
        case "harm" | "scope" | "polarity":
            return {field: _CODED[field](value)}
        case "kind" | "group":
            return {"kind": VictimKind(value or "unknown")} if field == "kind" else {"group": _group(value)}
        case "claimant":
            return {field: _claimant(value, figure, names)}
        case "actor":
            actor_id, actor = names.actor(value) if value else (None, None)
            certainty = (figure.certainty or Certainty.STATED) if value else None
            return {"actor_id": actor_id, "actor": actor, "certainty": certainty}
        case _:
            return {}


def _group(value: str | None) -> VictimGroup | None:
    return VictimGroup(value) if value else None


def _claimant(words: str | None, figure: ClaimedFigure, names: Names) -> Claimant:
    return names.claimant(words) if words else outlet_claimant(figure.outlet, figure.origin_id)


def _said(speaker: Record | None) -> date | None:
    return _day(speaker["said"]["latest"]) if speaker and speaker["said"] else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
