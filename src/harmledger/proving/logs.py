"""Logs against their chains, and what people entered, recorders published and linking minted against ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, select

from harmledger.domain import Finding, Refused, Verdict
from harmledger.ids import incident_id, reference_id, refusal_id
from harmledger.prove.ids import differing, find_breaks
from harmledger.proving.looking import FROM_BACKUP, LOOK, Looking, Teller
from harmledger.review.chain import hash_row
from harmledger.review.enter import identify_entered, identify_victim
from harmledger.store.entered import parse_entered, parse_victim
from harmledger.store.forgotten import hash_forgotten
from harmledger.store.schema import (
    CLAIMS,
    DECISIONS,
    ENTERED,
    INCIDENT_CLAIMS,
    INCIDENTS,
    LINKS,
    RECORDED,
    REFERENCES,
    REFUSALS,
    VICTIMS,
)
from harmledger.store.schema_proved import FORGOTTEN, SEALS
from harmledger.store.seals import hash_seal

Hash = Callable[[Mapping[Any, Any]], str]
_DECISIONS, _ENTERED, _REFERENCES, _MINTED = (
    Teller("decisions"),
    Teller("entered"),
    Teller("recorders"),
    Teller("incidents"),
)
_STONES, _SEALED = Teller("forgotten"), Teller("seals")


def check_decisions(looking: Looking) -> Iterator[Finding]:
    """Whether the log of decisions is whole: each names the one before it, and says what was hashed."""
    left = looking.gone.decisions

    def hash_left(row: Mapping[Any, Any]) -> str:
        own = row["decision_id"]
        return own if own in left and hash_row(row) == left[own] else hash_row(row)

    yield from _check_chain(looking, DECISIONS, ("decision", "decision_id"), hash_left, _DECISIONS)


def check_forgotten(looking: Looking) -> Iterator[Finding]:
    """Whether the log of tombstones is whole; and every tombstone, told."""
    yield from _check_chain(looking, FORGOTTEN, ("tombstone", "forgotten_id"), hash_forgotten, _STONES)
    for row in looking.rows(FORGOTTEN):
        if not row.broken:
            cells = row.cells
            what = f"{cells['kind']} forgotten on {cells['when'][:10]} by {cells['who']} ({cells['basis']}: {cells['reason']})"
            what = what if cells["kind"] != "lifted" else f"may come in again since {cells['when'][:10]}"
            yield _STONES.tells("tombstone", cells["subject"], FORGOTTEN.name, what, "nothing is to be done")


def check_seal_log(looking: Looking) -> Iterator[Finding]:
    """Whether the log of seals is whole."""
    yield from _check_chain(looking, SEALS, ("seal", "seal_id"), hash_seal, _SEALED)


def check_entered(looking: Looking) -> Iterator[Finding]:
    """Whether claims and victims that people entered are what their ids say, and each is in the log."""
    logged = {row.cells["subject"] for row in looking.rows(DECISIONS) if row.cells["verdict"] == Verdict.ENTER.value}
    held: set[str] = set()
    for table, kind, identify in ((ENTERED, "entered claim", _identify_entered), (VICTIMS, "victim", _identify_victim)):
        for row in looking.rows(table):
            held.add(row.key)
            if _attempt(identify, row.cells) != row.key:
                yield _ENTERED.fails(kind, row.key, table.name, "it was changed: its id is of another", FROM_BACKUP)
            elif row.key not in logged:
                yield _ENTERED.fails(kind, row.key, table.name, "no decision tells who entered it", LOOK)
    for missing in sorted(logged - held - looking.gone.ids):
        yield _ENTERED.fails(
            "entry", missing, ENTERED.name, "the log tells that it was entered, and it is gone", FROM_BACKUP
        )


def _identify_entered(cells: Mapping[Any, Any]) -> str:
    return identify_entered(parse_entered(cells))


def _identify_victim(cells: Mapping[Any, Any]) -> str:
    return identify_victim(parse_victim(cells))


def check_recorders(looking: Looking) -> Iterator[Finding]:
    """Whether recorders' data sets have the ids of what they are, and their rows say what their records do."""
    for row in looking.rows(REFERENCES):
        cells = row.cells
        made = reference_id(cells["name"], cells["content_id"], cells["licence"], cells["citation"])
        if made != cells["reference_id"]:
            what = "its name, content, licence or citation was changed: its id is of others"
            yield _REFERENCES.fails("data set", cells["reference_id"], REFERENCES.name, what, FROM_BACKUP)
    for row in looking.rows(RECORDED):
        record: Mapping[str, Any] = row.cells["record"]
        columns = {name: record.get(name) for name in ("code", "earliest", "latest", "lat", "lon")}
        for name in differing(columns, row.cells):
            what = f"its column {name} doesn't say what its record does"
            yield _REFERENCES.fails("recorded incident", row.key, RECORDED.name, what, FROM_BACKUP)


def check_minted(looking: Looking) -> Iterator[Finding]:
    """Whether incidents and refusals have the ids of what they are, and linked claims are there."""
    for row in looking.rows(INCIDENTS):
        if incident_id(str(row.cells["founding_claim"])) != row.key:
            yield _MINTED.fails("incident", row.key, INCIDENTS.name, "its id isn't of its founding claim", FROM_BACKUP)
    for row in looking.rows(REFUSALS):
        cells = row.cells
        refused = Refused(source=cells["source"], id=cells["given_id"], kind=cells["kind"], message=cells["message"])
        if refusal_id(refused) != row.key:
            yield _MINTED.fails("refusal", row.key, REFUSALS.name, "it was changed: its id is of another", FROM_BACKUP)
    yield from _check_linked(looking)


def _check_linked(looking: Looking) -> Iterator[Finding]:
    claims: set[str] = set(looking.gone.ids)
    for column in (CLAIMS.c.claim_id, ENTERED.c.entry_id):
        claims.update(looking.connection.execute(select(column)).scalars())
    for table, names in ((INCIDENT_CLAIMS, ("claim_id",)), (LINKS, ("left_claim", "right_claim"))):
        for row in looking.rows(table):
            for name in names:
                if row.cells[name] not in claims:
                    what = f"{table.name}.{name} names it, and no reading has it"
                    yield _MINTED.fails("claim", str(row.cells[name]), table.name, what, FROM_BACKUP)


def _check_chain(
    looking: Looking, table: Table, names: tuple[str, str], made: Hash, teller: Teller
) -> Iterator[Finding]:
    kind, column = names
    rows = sorted((row.cells for row in looking.rows(table)), key=lambda cells: cells["sequence"] or 0)
    hashed = {cells["sequence"]: _attempt(made, cells) or "" for cells in rows}
    for own, why in find_breaks(rows, column, hashed):
        yield teller.fails(kind, str(own), table.name, why, LOOK)
    for place, cells in enumerate(rows if table is not DECISIONS else (), 1):  # a server numbers decisions with gaps
        if cells["sequence"] != place:
            yield teller.fails(
                kind, str(cells[column]), table.name, f"its number isn't {place}, its place in the log", LOOK
            )


def _attempt(made: Callable[[Any], str], cells: Any) -> str | None:
    """The id that cells make; none where they can't be such a thing."""
    try:
        return made(cells)
    except (ValueError, TypeError, KeyError):
        return None
