"""A claim as it stands: what a machine read, or a person entered, with what people decided of it.

Comes in: a claim's record, how it stands, and a way to look up the names that people give. Goes out: a record of the same shape whose
`standing` says what in it is people's, that they took it out among it. The record that came in is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from harmledger.domain import TAKEN_OUT, Entered, Standing
from harmledger.review.fields import Fields, correct_fields, entered_fields, read_fields

Record = dict[str, Any]

PERSON = "person"
"""The engine of what a person entered."""
CONTEXT_CHARS = 32
"""Text kept on either side of a quote; fixed by the claim record."""


class LooksUp(Protocol):
    """Knows what the names mean that people give, in the document that a claim stands in; each as the part of the record it belongs to."""

    def place(self, said: str, quote: Record, *, country: str | None) -> Record: ...

    def actor(self, said: str, quote: Record) -> Record: ...

    def speaker(self, said: str, quote: Record) -> Record: ...

    def precision(self, earliest: str | None, latest: str | None) -> str | None: ...


def stand_claim(claim: Record, standing: Standing, known: LooksUp) -> Record:
    """A machine's claim with the corrections in effect; itself where nobody decided of it or of its whole document."""
    if standing.verdict is None and not standing.corrections:
        return claim
    before = read_fields(claim)
    corrected = {each.field: before[each.field] for each in standing.corrections}
    stood = _change(claim, correct_fields(before, standing.corrections), set(corrected), known)
    return {**stood, "standing": _told(standing, corrected, entered=False)}


def stand_entered(entered: Entered, standing: Standing, known: LooksUp, text: str | None) -> Record:
    """A claim that a person entered, in the shape of a machine's, with the corrections in effect."""
    before = entered_fields(entered)
    corrected = {each.field: before[each.field] for each in standing.corrections}
    fields = correct_fields(before, standing.corrections)
    stood = _change(_blank(entered, text or ""), fields, set(fields), known)
    return {**stood, "standing": _told(standing, corrected, entered=True)}


def is_taken_out(claim: Record) -> bool:
    """Whether people rejected a claim as it stands, or found nothing in its whole document: it is none."""
    return claim.get("standing", {}).get("verdict") in TAKEN_OUT


def _told(standing: Standing, corrected: Mapping[str, object], *, entered: bool) -> Record:
    """What people made of it, and what the corrected fields said before."""
    return {
        "entered": entered,
        "verdict": standing.verdict and standing.verdict.value,
        "disputed": standing.disputed,
        "corrected": dict(corrected),
    }


def _blank(entered: Entered, text: str) -> Record:
    """The record of a claim of which only its quote is known: its values stand on that."""
    quote: Record = {"exact": entered.quote, "prefix": "", "suffix": "", "start": entered.start, "end": entered.end}
    if entered.start is not None and entered.end is not None:
        quote["prefix"] = text[max(0, entered.start - CONTEXT_CHARS) : entered.start]
        quote["suffix"] = text[entered.end : entered.end + CONTEXT_CHARS]
    return {
        "claim_id": entered.entry_id,
        "document_id": entered.document_id,
        "quote": quote,
        "count": {**_words(quote), "low": None, "high": None, "hedge": None},
        "harm": None,
        "victims": None,
        "scope": None,
        "part_of": None,
        "place": None,
        "when": None,
        "actor": None,
        "means": None,
        "attribution": [],
        "polarity": None,
        "confidence": None,
        "by": {"engine": PERSON, "version": None, "models": []},
    }


# --- each field where it belongs in the record -----------------------------------------------------------------------


def _change(claim: Record, fields: Fields, changed: set[str], known: LooksUp) -> Record:
    """A copy of the record with the changed fields as they should be."""
    stood = dict(claim)
    for touched, change in _CHANGES:
        if changed.intersection(touched):
            change(stood, fields, known)
    return stood


def _change_closed(claim: Record, fields: Fields, _known: LooksUp) -> None:
    claim |= {name: fields[name] for name in ("harm", "scope", "polarity")}


def _change_count(claim: Record, fields: Fields, _known: LooksUp) -> None:
    """Bounds that a person gave have no hedge: they are meant as they are."""
    claim["count"] = {**claim["count"], "low": fields["low"], "high": fields["high"], "hedge": None}


def _change_victims(claim: Record, fields: Fields, _known: LooksUp) -> None:
    kind, group = fields["kind"], fields["group"]
    said = {"kind": kind or "unknown", "group": group}
    claim["victims"] = {**_words(claim["victims"] or claim["quote"]), **said} if kind or group else None


def _change_place(claim: Record, fields: Fields, known: LooksUp) -> None:
    """What isn't found anywhere is still in the country that the claim spoke of."""
    said, before = fields["place"], claim["place"]
    country = before and before["country"]
    claim["place"] = None if said is None else known.place(str(said), claim["quote"], country=country)


def _change_days(claim: Record, fields: Fields, known: LooksUp) -> None:
    earliest, latest = (None if fields[name] is None else str(fields[name]) for name in ("earliest", "latest"))
    if not (earliest or latest):
        claim["when"] = None
        return
    exact = earliest if earliest == latest else f"{earliest or '…'} – {latest or '…'}"
    between = {"earliest": earliest, "latest": latest, "precision": known.precision(earliest, latest)}
    claim["when"] = {"exact": exact, "start": None, "end": None, **between}


def _change_actor(claim: Record, fields: Fields, known: LooksUp) -> None:
    """Another name changes who is meant, not how surely it is said."""
    said, before = fields["actor"], claim["actor"]
    named = None if said is None else known.actor(str(said), claim["quote"])
    claim["actor"] = named and ({**named, "certainty": before["certainty"]} if before else named)


def _change_means(claim: Record, fields: Fields, _known: LooksUp) -> None:
    kind = fields["means"]
    claim["means"] = None if kind is None else {**_words(claim["means"] or claim["quote"]), "kind": kind}


def _change_claimant(claim: Record, fields: Fields, known: LooksUp) -> None:
    """Another claimant through the same mouths; none where the outlet says it in its own voice."""
    said = fields["claimant"]
    through = claim["attribution"][:-1]
    claim["attribution"] = [] if said is None else [*through, known.speaker(str(said), claim["quote"])]


def _words(part: Record) -> Record:
    return {name: part[name] for name in ("exact", "start", "end")}


_CHANGES: tuple[tuple[frozenset[str], Callable[[Record, Fields, LooksUp], None]], ...] = (
    (frozenset({"harm", "scope", "polarity"}), _change_closed),
    (frozenset({"low", "high"}), _change_count),
    (frozenset({"kind", "group"}), _change_victims),
    (frozenset({"place"}), _change_place),
    (frozenset({"earliest", "latest"}), _change_days),
    (frozenset({"actor"}), _change_actor),
    (frozenset({"means"}), _change_means),
    (frozenset({"claimant"}), _change_claimant),
)
"""Which fields stand together in one part of the record, and how that part is made anew."""
