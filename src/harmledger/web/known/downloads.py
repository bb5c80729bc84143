"""Tables of what the public sees, written while they are sent: one download at a time, bounded in bytes and minutes.

Whoever asks gets the public's: a file outlives the page that it was taken from. What breaks breaks the download off, so that half a table is
never taken for a whole one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from harmledger.domain import PUBLIC, ExportedIncident, Rule
from harmledger.errors import SourceFailed
from harmledger.exporting import export_seen
from harmledger.publish.exports.formats import FORMATS
from harmledger.publish.exports.geojson import render_geojson
from harmledger.publish.exports.jsonld import render_jsonld
from harmledger.publish.exports.sheets import CsvSheet
from harmledger.publish.exports.table import Table
from harmledger.standing import StandingClaims
from harmledger.store.listed import list_incident_ids
from harmledger.web.api.params import MOST, RULE, read_query
from harmledger.web.api.questions import FOR_OTHERS, GEOJSON, JSONLD
from harmledger.web.site import Site

MOST_BYTES = 500_000_000
SECONDS = 600.0
"""What takes longer, or comes to more, is for a release."""
CSV = "text/csv; charset=utf-8"
BUSY = "Another download is being made. Come again in a minute."
PIECE_BYTES = 64 * 1024
_ONE_AT_A_TIME = threading.Lock()

ABOUT = {
    "incidents": "One row an incident: where, when, by what means, who is blamed, and one range of its figures.",
    "documents": "One row a report of an incident: title, outlet, day, and whether it copies another.",
    "claims": "One row a claim: the sentence that it stands on, and where that stands in its report.",
    "totals": "One row an incident, harm and group of people: what the rule makes of the figures, and how, in words.",
    "figures": "One row a figure: who says how many, when, and what people made of it. Figures that were replaced are among them.",
    "responsibility": "One row a stance: who blames whom, who admits, who denies.",
    "old_ids": "Addresses of incidents that were merged, and where they lead.",
    "ucdp": "In the columns of UCDP GED, for programs that read those.",
    "acled": "In the columns of ACLED.",
    "airwars": "In the columns of Airwars' researchers, with the grade that its definitions suggest.",
    "incidents.geojson": "Incidents for maps, with how exactly each place is known.",
    "incidents.jsonld": "Incidents and claims as linked data, each claim with its quote and where it comes from.",
}
"""What is in each, for people who know nothing of programs."""

Write = Callable[[Iterable[ExportedIncident]], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that can be taken away."""

    name: str
    about: str
    media: str
    rule: Rule
    """Under which it stands unless another is asked for."""
    write: Write


def _write_table(table: Table[Any], incidents: Iterable[ExportedIncident]) -> Iterator[bytes]:
    sheet = CsvSheet(table)
    for incident in incidents:
        if table.refuses(incident) is None:
            yield sheet.add(incident)
    yield sheet.finish()


def _write_geojson(incidents: Iterable[ExportedIncident]) -> Iterator[bytes]:
    return (piece.encode(errors="replace") for piece in render_geojson(incidents))


def _write_jsonld(incidents: Iterable[ExportedIncident]) -> Iterator[bytes]:
    return (piece.encode(errors="replace") for piece in render_jsonld(incidents))


def _of_tables() -> Iterator[Download]:
    for name in ("csv", "ucdp", "acled", "airwars"):
        form = FORMATS[name]
        for table in form.tables:
            file = table.name if name == "csv" else name
            write = partial(_write_table, table)
            yield Download(name=f"{file}.csv", about=ABOUT[file], media=CSV, rule=form.rule, write=write)


_GEOJSON, _JSONLD = FORMATS["geojson"], FORMATS["jsonld"]
DOWNLOADS: dict[str, Download] = {
    each.name: each
    for each in (
        *_of_tables(),
        Download(name="incidents.geojson", about=ABOUT["incidents.geojson"], media=GEOJSON, rule=_GEOJSON.rule, write=_write_geojson),
        Download(name="incidents.jsonld", about=ABOUT["incidents.jsonld"], media=JSONLD, rule=_JSONLD.rule, write=_write_jsonld),
    )
}  # fmt: skip


class _TheOne(StreamingResponse):
    """The download that is being sent; whether it ends or is broken off, the next may begin."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            _ONE_AT_A_TIME.release()


def send_download(request: Request) -> Response:
    """One of them; its name is one of the list, so none is made up of what was asked."""
    site: Site = request.app.state.site
    download = DOWNLOADS.get(request.path_params["name"])
    if download is None:
        raise HTTPException(404)
    asked = read_query(request.query_params, (RULE,))
    rule = Rule(asked["rule"]) if "rule" in request.query_params else download.rule
    told = {
        **FOR_OTHERS,
        "content-disposition": f'attachment; filename="{download.name}"',
        "cache-control": "no-store",
    }
    if request.method == "HEAD":
        return Response(media_type=download.media, headers=told)
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise HTTPException(503, BUSY, {"retry-after": "60"})
    return _TheOne(_send(site, download, rule), media_type=download.media, headers=told)


def _send(site: Site, download: Download, rule: Rule) -> Iterator[bytes]:
    """The file in pieces that are worth a packet, within its bounds.

    Raises:
        SourceFailed: it takes too long, or comes to too much; the download breaks off.
    """
    ends, sent = time.monotonic() + SECONDS, 0
    with site.readers.reading(seconds=SECONDS) as connection:
        for piece in _pieces(download.write(_incidents(connection, site, rule))):
            sent += len(piece)
            if sent > MOST_BYTES or time.monotonic() > ends:
                raise SourceFailed("the download takes too much", download.name, "take a release")
            yield piece


def _pieces(written: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in written:
        held += piece
        if len(held) >= PIECE_BYTES:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _incidents(connection: Connection, site: Site, rule: Rule) -> Iterator[ExportedIncident]:
    """All that the public sees, withheld names struck, in the order of ids."""
    decided, after = site.decided.read(connection), ""
    stands = StandingClaims(connection, site.ledger.folder, decided=decided, viewer=PUBLIC)
    while wanted := list_incident_ids(connection, PUBLIC, {"after": after, "limit": MOST}):
        yield from export_seen(connection, stands, PUBLIC, wanted, rule)
        after = wanted[-1]
