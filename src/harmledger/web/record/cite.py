"""How an incident is cited: as a sentence, and as BibTeX, which nothing in the title can break out of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from harmledger import __version__
from harmledger.web.visit import Visit

_SPECIAL = re.compile(r"[\\{}$&#^_~%\"\x00-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Both ways, and the address that stays."""

    address: str
    text: str
    bibtex: str


def address_of(visit: Visit, kind: str, id: str) -> str:
    """The whole address of a page of the record."""
    base = visit.site.config.site_url.rstrip("/") or str(visit.request.base_url).rstrip("/")
    return f"{base}/{kind}/{id}"


def cite(visit: Visit, incident: str, title: str, as_of: datetime | None) -> Citation:
    """The incident as it stood after its last change."""
    address = address_of(visit, "incidents", incident)
    day = f", as of {as_of:%Y-%m-%d}" if as_of else ""
    text = f"“{title}”. Incident {incident[:10]}{day}. harmledger {__version__}. {address}"
    fields = {
        "title": f"{{{_SPECIAL.sub(' ', title)}}}",
        "howpublished": f"\\url{{{address}}}",
        "note": f"Incident {incident}{day}; harmledger {__version__}",
        **({"year": f"{as_of:%Y}"} if as_of else {}),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(address=address, text=text, bibtex=f"@misc{{harmledger-{incident[:10]},\n{lines}\n}}")
