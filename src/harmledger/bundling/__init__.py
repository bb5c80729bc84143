"""Incidents with the evidence that they stand on, as one packaged web archive (WACZ) that others open, replay and check.

incidents ─▶ their reports ─▶ every capture's WARC records, as they were kept ─▶ index, pages, claims and decisions ─▶ digests

Evidence can't be struck through without being evidence no longer: a report that names somebody whose name is withheld is bundled only where the
user says so. Reports that are closed are left out likewise.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from harmledger.bundling.choose import BundleAsked, OfNamed, choose
from harmledger.bundling.write import write_package
from harmledger.errors import NotFound
from harmledger.store import Ledger
from harmledger.store.evidence import list_evidence
from harmledger.store.files import writing_to

__all__ = ["BundleAsked", "Bundled", "OfNamed", "make_bundle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """What came of it."""

    incidents: int
    reports: int
    captures: int
    from_files: int
    """Captures that came as files: their bytes are what is kept of them."""
    closed: int
    """Reports left out since they are closed."""
    named: int
    """Reports left out since they name somebody whose name is withheld."""
    bytes: int


def make_bundle(ledger: Ledger, connection: Connection, asked: BundleAsked, out: Path) -> Bundled:
    """Write the package; a file of that name is replaced once it is whole.

    Raises:
        NotFound: there is no such incident, or nothing of it may be bundled.
        NotAllowed: a report holds withheld names, and nobody said what becomes of it; or the file can't be written.
        Inconsistent: what the ledger keeps was changed.
    """
    chosen = choose(ledger, connection, asked)
    evidence = list_evidence(connection, chosen.documents)
    if not evidence:
        where = ", ".join(asked.incidents) or "the ledger"
        raise NotFound(
            "there is no evidence that may be bundled", where, "list what there is with `harmledger incidents`"
        )
    with writing_to(out) as file, zipfile.ZipFile(file, "w") as archive:
        write_package(archive, ledger.blobs, chosen, evidence, made=asked.made)
    return Bundled(
        incidents=len(chosen.told),
        reports=len(chosen.documents),
        captures=len(evidence),
        from_files=sum(each.record_id is None for each in evidence),
        closed=chosen.closed,
        named=chosen.named,
        bytes=out.stat().st_size,
    )
