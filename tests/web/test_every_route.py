"""Every address of the site, by its list of routes: none tells anything of a closed document, whoever asks with its ids in hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from sites import Served
from starlette.routing import Route

from harmledger.domain import Role
from harmledger.web.app import ROUTES
from harmledger.web.known.downloads import DOWNLOADS

pytestmark = pytest.mark.either_database

PATHS = sorted({route.path for route in ROUTES if isinstance(route, Route) and "GET" in (route.methods or ())})
NAMES = {"id": ("sohr", "white-helmets", "syrian-government-forces", "172955", "99072"), "name": tuple(DOWNLOADS)}
"""What may stand in an address beside the ids of the document."""
ASKED = {
    "/search": ("q=stalls", "q=market"),
    "/": ("country=IQ", "claimant=sohr", "from=2016-01-09&to=2016-01-09"),
    "/map.geojson": ("country=IQ", "view=-180,-90,180,90"),
    "/desk": ("list=held", "list=second", "list=mine"),
    "/desk/log": ("verdict=merge", "verify=1"),
}
WORDS = ("Raid on market", "Stalls burnt", "31 civilians", "Mosul")
"""Of the closed report alone."""


def ids_of(served: Served, document: str) -> list[str]:
    """The ids of all that stands on a document, of what was decided of it, and of incidents that only it tells of."""
    subjects = [
        *served.ask("SELECT claim_id FROM claims WHERE document_id = :it", it=document),
        *served.ask("SELECT victim_id FROM victims WHERE document_id = :it", it=document),
        (document,),
    ]
    decisions = [found for (it,) in subjects for found in served.ask("SELECT decision_id FROM decisions WHERE subject = :it", it=it)]  # fmt: skip
    return sorted({one for (one,) in (*subjects, *decisions)})


def addresses(ids: list[str]) -> Iterator[str]:
    """Each route as it stands, with each of the ids and names in its place, and with what it may be asked."""
    for path in PATHS:
        names = re.findall(r"\{(\w+)(?::path)?\}", path)
        if not names:
            yield path
            yield from (f"{path}?{query}" for query in ASKED.get(path, ()))
        elif len(names) == 1:
            filled = ids if path.startswith("/desk") else (*ids, *NAMES.get(names[0], ()))
            yield from (re.sub(r"\{[^}]*\}", quote(value), path) for value in filled)


@pytest.mark.parametrize("role", [None, Role.REVIEWER])
def test_no_route_tells_of_a_closed_document(serve_world: Callable[..., Served], role: Role | None) -> None:
    """The public and a reviewer of another group find neither its ids nor its words, and a lead does: so they are there."""
    served = serve_world(site_rate=0)
    ((document,),) = served.ask("SELECT document_id FROM readings WHERE title = :title", title=WORDS[0])
    ids = ids_of(served, document)
    served.add("Amal")
    served.close(document, "Amal")
    asker = served.signed_in("Bo", role) if role else served.browser()
    for address in addresses(ids):
        text = asker.get(address).text
        assert [trace for trace in (*ids, *WORDS) if trace in text and trace not in address] == [], address
    lead = served.signed_in("Dee", Role.LEAD)
    assert WORDS[0] in lead.get(f"/reports/{document}").text
