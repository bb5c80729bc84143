"""Brings reports of a bulk folder into a ledger: those with claims that are asked for, each with its bytes and how they came.

Each is read again on the way, by the same stages, so that what the ledger keeps is what its own reading gives; what is there already isn't added again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from harmledger.bulk.parts import Folder, read_rows
from harmledger.bulk.tables import CLAIMS, DOCUMENTS, Row, decode_kept
from harmledger.domain import Capture, Given, Media, Provenance, Reading, Refused
from harmledger.pipeline import Keeper, Reader, read_captures


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reports: those with a claim of all that is asked for."""

    countries: frozenset[str] = frozenset()
    """ISO 3166-1 alpha-2; none: anywhere, and where nobody says."""
    since: date | None = None
    """The harm can have been on this day or later; where nobody says when, the report was published then."""
    until: date | None = None
    confidence: float = 0.0

    def takes(self, claim: Row) -> bool:
        """Whether a claim is such a one."""
        if claim["confidence"] is not None and claim["confidence"] < self.confidence:
            return False
        if self.countries and claim["country"] not in self.countries:
            return False
        return self._takes_days(claim["earliest"] or claim["published"], claim["latest"] or claim["published"])

    def _takes_days(self, earliest: date | None, latest: date | None) -> bool:
        """What has no day at all is taken only where none is asked for."""
        after = self.since is None or (latest is not None and latest >= self.since)
        return after and (self.until is None or (earliest is not None and earliest <= self.until))


@dataclass(slots=True)
class Imported:
    """What became of them."""

    documents: int = 0
    claims: int = 0
    refused: int = 0


def import_folder(
    folder: Folder, keeper: Keeper, wanted: Wanted, load: Callable[[], Reader], *, jobs: int = 1
) -> Iterator[Reading | Refused]:
    """Each wanted report as it is kept; several captures of the same bytes are kept each.

    Raises:
        NotFound: nothing was read into the folder.
    """
    folder.settings()
    chosen = find_wanted(folder, wanted)
    captures = (
        parse_capture(row) for row in read_rows(folder.list_parts(DOCUMENTS), rows=20) if row["document_id"] in chosen
    )
    for outcome in read_captures(captures, load=load, jobs=jobs):
        yield keeper.keep(outcome.capture, outcome.result)


def find_wanted(folder: Folder, wanted: Wanted) -> frozenset[str]:
    """The documents with such a claim."""
    columns = ["document_id", "confidence", "country", "earliest", "latest", "published"]
    rows = read_rows(folder.list_parts(CLAIMS), columns, rows=10_000)
    return frozenset(row["document_id"] for row in rows if wanted.takes(row))


def parse_capture(row: Row) -> Capture:
    """The capture that a row of `documents` keeps."""
    media, given = Media(row["media"]), json.loads(row["given"])
    days = {name: given[name] and date.fromisoformat(given[name]) for name in ("published", "captured")}
    return Capture(
        capture_id=row["capture_id"],
        document_id=row["document_id"],
        source=row["source"],
        fetched=row["fetched"],
        content=row["content"],
        media=media,
        text=row["text"] if row["text"] is not None else decode_kept(row["content"], media, row["source"]),
        given=Given(id=given["id"], title=given["title"], **days),
        provenance=Provenance(records=row["records"], **json.loads(row["came"])) if row["came"] else None,
    )
