"""Pages that a browser or SingleFile saved as one HTML file: where they are from, as a comment at their top says.

The address and the time are what whoever saved the page wrote into it; nothing proves them, and what is kept says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from harmledger import __version__
from harmledger.collect.archives.moments import parse_browser_moment
from harmledger.collect.decode import keepable
from harmledger.collect.intake import Intake, Origin, latest_day, make_capture
from harmledger.domain import Capture, Given, Media, Provenance
from harmledger.publish.warc import render_resource

NOT_STATED = 0
"""The status of a page that a browser had and nobody wrote down."""
_LOOKED_AT_CHARS = 8192
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S{1,8000})\s+saved date:\s*([^\n]{1,100}?)\s*-->"
)
_BROWSER = re.compile(r"<!--\s*saved from url=\((\d{4})\)(https?://[^\s>]{1,8000})\s*-->")
"""Mark of the Web: its number is the length of the address."""
_BESIDE = re.compile(
    r"(?i)(.+?)(?:_files|\.files|-Dateien|-filer|_fichiers|_archivos|_arquivos|_bestanden|_soubory|_pliki)"
)
"""Folders in which browsers put what belongs to a page, in their languages."""
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a saved page says of where it is from."""

    url: str
    when: datetime | None
    by: str


def find_saved(text: str) -> Saved | None:
    """What the comment says that a browser (Chrome, Edge, Internet Explorer) or SingleFile writes at a page's top."""
    top = text[:_LOOKED_AT_CHARS]
    if found := _SINGLE_FILE.search(top):
        return Saved(url=found[1], when=parse_browser_moment(found[2]), by="SingleFile")
    found = _BROWSER.search(top)
    if found and int(found[1]) == len(found[2]):
        return Saved(url=found[2], when=None, by="a browser that saved the page")
    return None


def is_beside_page(folder: str, files: frozenset[str]) -> bool:
    """Whether a folder holds what belongs to a page beside it, by its name and the files that lie beside it."""
    found = _BESIDE.fullmatch(folder)
    return found is not None and any(found[1] + suffix in files for suffix in _PAGE_SUFFIXES)


def keep_saved(content: bytes, text: str, saved: Saved, *, path: str, intake: Intake) -> Capture:
    """The capture of a saved page: its source is where it says it is from, and what is kept says that it says so."""
    said = {"read-from": path, "address-and-time-stated-by": "a comment in the page"}
    return capture_saved(Page(content, text), saved, said=said, intake=intake)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was saved."""

    content: bytes
    text: str
    whole: bytes | None = None
    """The file that it is part of, with its pictures."""


def capture_saved(page: Page, saved: Saved, *, said: Mapping[str, str], intake: Intake) -> Capture:
    """The capture of a page, and beside it the page and the file that it is part of as records."""
    read = intake.now()
    fetched, url = saved.when or read, keepable(saved.url)
    metadata = {"software": f"harmledger/{__version__}", **said, "saved-by": saved.by, "read": read.isoformat()}
    records = render_resource(page.content, url=url, media="text/html", date=fetched, metadata=metadata)
    if page.whole is not None:
        name = f"urn:sha256:{hashlib.sha256(page.whole).hexdigest()}"
        part = {"page-of-it": url, **metadata}
        records += render_resource(page.whole, url=name, media="multipart/related", date=fetched, metadata=part)
    by = keepable(saved.by)[:500]
    origin = Origin(
        source=url,
        fetched=fetched,
        given=Given(captured=latest_day(fetched)),
        provenance=Provenance(records=records, url=url, status=NOT_STATED, address=None, by=by),
    )
    return make_capture(page.content, page.text, Media.HTML, origin)
