"""Pages of claimants, actors and places: what the record holds of each, without a word on whom to believe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.publish.compared import Compared, compare_figures
from harmledger.publish.record import Record
from harmledger.reconciling import reconcile_incident
from harmledger.resources.recorders import get_country
from harmledger.resources.registry import Entry, load_registry
from harmledger.store import known, listed
from harmledger.store.news import list_briefs
from harmledger.store.seen import keep_seen, list_seen
from harmledger.store.withheld import load_withholding
from harmledger.web.api.params import AFTER, SLUG
from harmledger.web.front.current import bring_current
from harmledger.web.respond import page
from harmledger.web.visit import Visit
from harmledger.web.words import UNNAMED

ON_A_PAGE = 50
COMPARED = 60
"""Incidents of which a claimant's figures are set beside others': reconciling one takes milliseconds."""
MOST_NAMES = 5_000
_SCRIPTS = (("Arabic script", re.compile("[\u0600-\u06ff]")), ("Latin script", re.compile("[A-Za-z]")))


def list_claimants(visit: Visit) -> Response:
    """All whom claims name as their source and the registry knows, the most often named first."""
    return _list(
        visit, "claimants", "Claimants", "Who says figures. Being named here says nothing of how far to trust anybody."
    )


def list_actors(visit: Visit) -> Response:
    """All who are said to have done something."""
    return _list(visit, "actors", "Actors", "Who is said to have done it, by somebody. Being named here is no finding.")


def claimant(visit: Visit) -> Response:
    """All claims of a claimant, and how its figures lie against others'."""
    bring_current(visit)
    found = _get(visit, "claimants")
    compared = list(_compare(visit, found["id"]))
    counts = {name: sum(len(getattr(each, name)) for each in compared) for name in ("lower", "same", "higher")}
    told: dict[str, Any] = {
        "counts": counts,
        "titles": _titles(visit, compared),
        **_claims(visit, "claimant", found["id"]),
    }
    return page(visit, "known/claimant.html", found=found, compared=compared, most=COMPARED, **told)


def actor(visit: Visit) -> Response:
    """Who blames an actor, what it admits and denies, and the incidents."""
    bring_current(visit)
    found = _get(visit, "actors")
    blaming = [
        (row.claimant_id, _name(row.claimant_id), row.claims, row.reports)
        for row in known.list_blaming(visit.connection, visit.viewer, found["id"], most=ON_A_PAGE)
    ]
    withholding = load_withholding(visit.connection)
    said = known.list_answers(visit.connection, visit.viewer, found["id"], most=ON_A_PAGE)
    answers = [withholding.record(row.record) for row in said]
    told: dict[str, Any] = {
        "blaming": blaming,
        "answers": answers,
        "incidents": _incidents(visit, "actors", found["id"]),
    }
    return page(visit, "known/actor.html", found=found, most=ON_A_PAGE, **told)


def place(visit: Visit) -> Response:
    """A place, how reports call it, and the incidents there."""
    bring_current(visit)
    at = _id(visit)
    row = listed.find_named(visit.connection, visit.viewer, "places", at)
    if row is None:
        raise HTTPException(404)
    spellings = known.list_spellings(visit.connection, visit.viewer, at, most=ON_A_PAGE)
    words = load_withholding(visit.connection).record({"words": [each.words for each in spellings]})["words"]
    return page(
        visit,
        "known/place.html",
        found=row,
        country=get_country(row.country).name if row.country else None,
        scripts=[(script, _in_script(words, letters)) for script, letters in _SCRIPTS],
        incidents=_incidents(visit, "places", at),
        most=ON_A_PAGE,
    )


def _list(visit: Visit, of: str, title: str, lead: str) -> Response:
    rows = listed.list_named(visit.connection, visit.viewer, of, {"limit": MOST_NAMES})
    items = sorted((_named(row) for row in rows), key=lambda item: (-item["claims"], item["name"]))
    return page(visit, "known/names.html", of=of, title=title, lead=lead, items=items)


def _id(visit: Visit) -> str:
    """The id in the path; what can be none is nothing that is there."""
    given: str = visit.request.path_params["id"]
    if not re.fullmatch(SLUG["pattern"], given):
        raise HTTPException(404)
    return given


def _get(visit: Visit, of: str) -> Record:
    row = listed.find_named(visit.connection, visit.viewer, of, _id(visit))
    if row is None:
        raise HTTPException(404)
    return _named(row)


def _named(row: Any) -> Record:
    """A name with what the registry knows of it."""
    entry: Entry | None = load_registry().get(row.id)
    above = load_registry().get(entry.parent) if entry and entry.parent else None
    return {
        "id": row.id,
        "name": entry.name if entry else row.id,
        "kind": entry.kind.value if entry else None,
        "countries": [get_country(code).name for code in entry.countries] if entry else [],
        "above": above and above.name,
        "aliases": entry.aliases if entry else (),
        "claims": row.claims,
        "reports": row.reports,
        "days": _days(row),
    }


def _name(id: str | None) -> str | None:
    entry = load_registry().get(id) if id else None
    return entry.name if entry else id


def _incidents(visit: Visit, of: str, id: str) -> Sequence[Any]:
    """Incidents in short, the latest event first, withheld names struck from their titles."""
    ids = known.list_incidents_of(visit.connection, visit.viewer, of, id, most=ON_A_PAGE)
    briefs = {brief.incident_id: brief for brief in list_briefs(visit.connection, visit.viewer, ids)}
    withholding = load_withholding(visit.connection)
    return [
        {
            "incident": brief,
            "title": withholding.text(brief.title or UNNAMED),
            "days": _days(brief),
            "country": get_country(brief.country).name if brief.country else None,
        }
        for each in ids
        if (brief := briefs.get(each))
    ]


def _days(row: Any) -> Record | None:
    """The first and the last day, as the record has them; nothing where none is known."""
    first, last = (day and day.isoformat() for day in (row.earliest, row.latest))
    return {"earliest": first, "latest": last} if first or last else None


def _titles(visit: Visit, compared: Sequence[Compared]) -> dict[str, str]:
    """What compared incidents are called."""
    withholding = load_withholding(visit.connection)
    briefs = list_briefs(visit.connection, visit.viewer, list({each.incident_id for each in compared}))
    return {brief.incident_id: withholding.text(brief.title or UNNAMED) for brief in briefs}


def _compare(visit: Visit, key: str) -> Iterator[Compared]:
    """The claimant's figures beside others', by incident, the latest event first."""
    ids = known.list_incidents_of(visit.connection, visit.viewer, "claimants", key, most=COMPARED)
    stands = visit.stands()
    for filed in list_seen(visit.connection, visit.viewer, ids):
        stood = keep_seen(visit.connection, visit.viewer, stands.incident(filed))
        yield from compare_figures(reconcile_incident(stands, stood), key)


def _claims(visit: Visit, by: str, id: str) -> Record:
    """A page of claims in the order of ids, each with its sentence."""
    after = visit.request.query_params.get("after", "")
    asked = {by: id, "limit": ON_A_PAGE, **({"after": AFTER.read(after)} if after else {})}
    rows = listed.list_claims(visit.connection, visit.viewer, asked)
    withholding = load_withholding(visit.connection)
    claims = [withholding.record(row.record) for row in rows]
    return {"claims": claims, "onward": rows[-1].claim_id if len(rows) == ON_A_PAGE else None, "first": not after}


def _in_script(words: Sequence[str], letters: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(each for each in words if letters.search(each)))
