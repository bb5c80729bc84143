"""An incident's claims as figures: who says them, when, and what of it is a person's.

Comes in: claim records as they stand, beside their documents'. Goes out: ClaimedFigures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from harmledger.domain import (
    Certainty,
    ClaimedFigure,
    Harm,
    Hedge,
    Polarity,
    Scope,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.reconcile.names import Record, outlet_claimant, read_claimant
from harmledger.text.iso import parse_day

Pairs = Sequence[tuple[Record, Record]]
"""Documents' records, each with a claim's."""
OF_A_FIGURE = frozenset(("harm", "low", "high", "kind", "group", "scope", "polarity", "actor", "claimant"))
"""The fields that may be corrected and that a figure has; it has no place, days or means."""
UNDECIDED: Record = {"entered": False, "verdict": None, "disputed": False, "corrected": {}}
"""How a claim stands whose record doesn't say so."""


def list_figures(claims: Pairs, originals: Mapping[str, str]) -> list[ClaimedFigure]:
    """Every figure of an incident, by harm, claimant and day."""
    documents = {document["document_id"]: document for document, _ in claims}
    figures = [_read(document, claim, _origin(document, originals, documents)) for document, claim in claims]
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


def _read(document: Record, claim: Record, origin: _Origin) -> ClaimedFigure:
    count, actor = claim["count"], claim["actor"]
    victims: Record = claim["victims"] or {"kind": "unknown", "group": None}
    speaker = claim["attribution"][-1] if claim["attribution"] else None
    standing: Record = claim.get("standing") or UNDECIDED
    return ClaimedFigure(
        claim_id=claim["claim_id"],
        document_id=document["document_id"],
        origin_id=origin.id,
        outlet=document["publisher"],
        quote=claim["quote"]["exact"],
        harm=Harm(claim["harm"]),
        low=count["low"],
        high=count["high"],
        hedge=Hedge(count["hedge"]) if count["hedge"] else None,
        counted=count["exact"] if count["hedge"] else None,
        kind=VictimKind(victims["kind"]),
        group=VictimGroup(victims["group"]) if victims["group"] else None,
        scope=Scope(claim["scope"]),
        polarity=Polarity(claim["polarity"]),
        claimant=read_claimant(speaker) if speaker else outlet_claimant(origin.outlet, origin.id),
        said=_said(speaker) or parse_day(document["published"]),
        actor_id=actor and actor["id"],
        actor=actor and (actor["name"] or actor["exact"]),
        certainty=Certainty(actor["certainty"]) if actor else None,
        standing=Verdict(standing["verdict"]) if standing["verdict"] else None,
        by_hand=standing["entered"] or not OF_A_FIGURE.isdisjoint(standing["corrected"]),
    )


def _said(speaker: Record | None) -> date | None:
    return parse_day(speaker["said"]["latest"]) if speaker and speaker["said"] else None
