"""`verify`: every check of a ledger, in one list, run over the ledger as it stands at one moment.

Writers go on meanwhile. A check that breaks on what it finds is itself a finding: nothing passes because it can't be read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from harmledger.domain import Finding
from harmledger.errors import BadInput, HarmledgerError
from harmledger.proving.blobs import check_blobs
from harmledger.proving.logs import (
    check_decisions,
    check_entered,
    check_forgotten,
    check_minted,
    check_recorders,
    check_seal_log,
)
from harmledger.proving.looking import FROM_BACKUP, Looking, Measured, Teller, Watch, unwatched
from harmledger.proving.readings import check_captures, check_claims, check_quotes, check_readings, check_texts
from harmledger.proving.records import check_records
from harmledger.proving.reread import check_reread
from harmledger.proving.sealing import check_seals
from harmledger.proving.shown import check_search, check_shown
from harmledger.proving.stamps import check_time
from harmledger.proving.tables import check_cells, check_database, check_references, check_schema
from harmledger.stamping.trusted import Trusted
from harmledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Check:
    """One check, by the name that `--only` takes."""

    name: str
    about: str
    run: Callable[[Looking], Iterator[Finding]]


CHECKS = (
    Check("schema", "tables and columns are this version's", check_schema),
    Check("database", "SQLite's own check of its file", check_database),
    Check("rows", "every cell holds what its column may", check_cells),
    Check("references", "whatever a row names is there", check_references),
    Check("blobs", "kept bytes against their SHA-256", check_blobs),
    Check("records", "WARC records: they parse, their digests hold, they hold the document", check_records),
    Check("captures", "captures' ids against document, source and time", check_captures),
    Check("texts", "clean texts against their SHA-256", check_texts),
    Check("quotes", "quotes and all other words against the text, at their offsets", check_quotes),
    Check("claims", "claims and statements against their ids and columns", check_claims),
    Check("readings", "readings' ids against all that they found", check_readings),
    Check("decisions", "the chain of the log of decisions", check_decisions),
    Check("entered", "what people entered against its ids and the log", check_entered),
    Check("recorders", "recorders' data sets against their ids", check_recorders),
    Check("incidents", "incidents' and refusals' ids; linked claims are there", check_minted),
    Check("forgotten", "the chain of tombstones", check_forgotten),
    Check("seal-log", "the chain of seals", check_seal_log),
    Check("seals", "every sealed row is as it was", check_seals),
    Check("stamps", "roots over captures and logs, and what authorities say of them", check_time),
    Check("shown", "what lists and maps show against the record", check_shown),
    Check("search", "what search finds against the texts", check_search),
    Check("reread", "claims against the engine that read them (with --reread)", check_reread),
)
"""In the order of running: what others lean on first."""


@dataclass(slots=True)
class Verified:
    """What a look at a ledger came to, filled in as it goes."""

    measured: Measured = field(default_factory=Measured)
    seconds: float = 0.0
    blob_seconds: float = 0.0
    fails: int = 0
    told: int = 0
    checks: list[str] = field(default_factory=list[str])


def verify(
    ledger: Ledger,
    *,
    only: Collection[str] = (),
    jobs: int = 0,
    reread: int | None = None,
    trusted: Trusted | None = None,
    watch: Watch = unwatched,
    outcome: Verified | None = None,
) -> Iterator[Finding]:
    """Every finding, as it is found; `only` names checks, all without it. `outcome` is filled in.

    Raises:
        BadInput: there is no check of that name.
    """
    outcome = outcome or Verified()
    chosen = _choose(only)
    begun = time.monotonic()
    with ledger.reading() as connection:
        looking = Looking(
            ledger=ledger,
            connection=connection,
            jobs=jobs,
            reread=reread,
            trusted=trusted or Trusted(),
            watch=watch,
            measured=outcome.measured,
        )
        for check in chosen:
            since = time.monotonic()
            for finding in _run(check, looking):
                outcome.fails += finding.weight == "fails"
                outcome.told += finding.weight == "told"
                yield finding
            outcome.checks.append(check.name)
            outcome.seconds = time.monotonic() - begun
            if check.name == "blobs":
                outcome.blob_seconds = time.monotonic() - since


def _run(check: Check, looking: Looking) -> Iterator[Finding]:
    looking.watch(check.name, 0, 0)
    try:
        yield from check.run(looking)
    except (HarmledgerError, SQLAlchemyError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as e:
        what = f"it broke on what it found ({type(e).__name__}: {' '.join(str(e).split())[:160]})"
        where = looking.ledger.where
        yield Teller(check.name).fails(
            "check", check.name, where, what, "mend what is told above first; " + FROM_BACKUP
        )


def _choose(only: Collection[str]) -> list[Check]:
    names = {check.name for check in CHECKS}
    if unknown := sorted(set(only) - names):
        raise BadInput("there is no check of that name", unknown[0], f"take some of {', '.join(sorted(names))}")
    return [check for check in CHECKS if not only or check.name in only]
