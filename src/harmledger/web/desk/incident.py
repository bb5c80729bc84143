"""Incidents at the desk: their claims, putting two together, taking claims out. An id that was merged leads on for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.deciding import link_saids
from harmledger.domain import Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.review.decide import SubjectKind
from harmledger.store.desk import Queued, find_home, get_queued
from harmledger.store.desk_incidents import (
    Near,
    count_unlinked_decisions,
    find_incident,
    list_members,
    search_incidents,
)
from harmledger.web.desk.shared import Claims, Ruling
from harmledger.web.desk.told import NO_REASON, keep, leads, sentence, status_of
from harmledger.web.respond import FOR_ONE, onward, page, safe_path
from harmledger.web.visit import Visit

MOST_FOUND = 20
LONGEST_WORDS = 100


def show_incident(visit: Visit) -> Response:
    """The claims of an incident; an id that was merged leads on."""
    found = _get(visit)
    if isinstance(found, Response):
        return found
    return _show(visit, "desk/incident.html", found)


def show_merge(visit: Visit) -> Response:
    """Find another incident, and look at both before they are put together."""
    found = _get(visit, "/merge")
    if isinstance(found, Response):
        return found
    return _show_merge(visit, found)


def merge(visit: Visit) -> Response:
    """Put two incidents together: their founding claims are merged, and all that hangs on them comes along."""
    found = _get(visit, "/merge")
    if isinstance(found, Response):
        return found
    other = find_incident(visit.connection, visit.form.get("with", ""))
    if other is None or other == found:
        raise HTTPException(400, "Choose another incident.")
    sides = [_members(visit, incident) for incident in (found, other)]
    pairs = [(sides[0][0], sides[1][0])]
    wrong = _decide(visit, Verdict.MERGE, pairs, groups=[(*sides[0], *sides[1])])
    return wrong or onward(f"/desk/incidents/{found}?told=merged")


def show_split(visit: Visit) -> Response:
    """Choose claims that tell of another event."""
    found = _get(visit, "/split")
    if isinstance(found, Response):
        return found
    return _show(visit, "desk/split.html", found)


def split(visit: Visit) -> Response:
    """Take the chosen claims out, together, as an incident of their own."""
    found = _get(visit, "/split")
    if isinstance(found, Response):
        return found
    members, chosen = _members(visit, found), visit.form.getlist("claim")
    out = tuple(claim for claim in members if claim in chosen)
    stay = tuple(claim for claim in members if claim not in chosen)
    if not out or not stay:
        raise HTTPException(400, "Choose some of its claims, and leave some.")
    wrong = _decide(visit, Verdict.SPLIT, [(claim, stay[0]) for claim in out], groups=[stay, out])
    return wrong or onward(f"/desk/incidents/{found}?told=split")


def _decide(
    visit: Visit, verdict: Verdict, pairs: Sequence[tuple[str, str]], *, groups: Sequence[Claims]
) -> Response | None:
    """Keep it and link; the form again with all that was typed where it can't be kept, or a page that says that linking goes on."""
    who, reason = visit.me.name, visit.form.get("reason", "")
    every = [claim for group in groups for claim in group]
    homes = [find_home(visit.connection, visit.viewer, claim) for claim in every]
    entered = frozenset(home.claim_id for home in homes if home and home.entered)
    kinds = dict.fromkeys(entered, SubjectKind.ENTRY)
    incident: str = visit.request.path_params["id"]
    try:
        if not reason.strip():
            raise BadInput(NO_REASON, incident, "")
        keep(visit, link_saids(verdict, pairs, kinds=kinds, who=who, reason=reason))
    except (BadInput, NotFound, Inconsistent) as e:
        wrong, status = sentence(e), status_of(e)
        if verdict is Verdict.MERGE:
            return _show_merge(visit, incident, wrong=wrong, status=status)
        return _show(visit, "desk/split.html", incident, wrong=wrong, status=status)
    ruling = Ruling(groups=groups, entered=entered, who=who, reason=reason)
    pending = visit.site.desk.relink(visit.site.ledger, ruling, now=visit.site.now)
    return _show(visit, "desk/incident.html", incident, notice=pending) if pending else None


# --- what is shown ---------------------------------------------------------------------------------------------------

_TOLD = {
    "merged": "The two are one incident now. The other's address leads here.",
    "split": "The claims you chose are an incident of their own now.",
}


def _get(visit: Visit, part: str = "") -> str | Response:
    """The incident; a permanent redirect where its id was merged into another.

    Raises:
        HTTPException: 404, there is none, or none of its claims may be seen.
    """
    wanted: str = visit.request.path_params["id"]
    found = find_incident(visit.connection, wanted)
    if found is None or not get_queued(visit.connection, visit.viewer, list_members(visit.connection, found)):
        raise HTTPException(404)
    if found == wanted:
        return found
    query = f"?{visit.request.url.query}" if visit.request.url.query else ""
    headers = {"cache-control": FOR_ONE}
    return RedirectResponse(safe_path(f"/desk/incidents/{found}{part}{query}"), status_code=301, headers=headers)


def _members(visit: Visit, incident: str) -> Claims:
    return tuple(list_members(visit.connection, incident))


def _show(
    visit: Visit, template: str, incident: str, *, notice: str = "", wrong: str = "", status: int = 200
) -> Response:
    told = _TOLD.get(visit.request.query_params.get("told", ""), "")
    return page(
        visit,
        template,
        status=status,
        incident_id=incident,
        claims=_claims(visit, incident),
        chosen=visit.form.getlist("claim"),
        reason=visit.form.get("reason", ""),
        notice=notice,
        told=told,
        wrong=wrong,
        leads=leads(visit),
        unlinked=count_unlinked_decisions(visit.connection),
    )


def _show_merge(visit: Visit, incident: str, *, wrong: str = "", status: int = 200) -> Response:
    query = visit.request.query_params
    words = query.get("q", "").strip()[:LONGEST_WORDS]
    day = _parse_day(query.get("day", ""))
    other = find_incident(visit.connection, visit.form.get("with", "") or query.get("with", ""))
    return page(
        visit,
        "desk/merge.html",
        status=status,
        incident_id=incident,
        claims=_claims(visit, incident),
        words=words,
        day=day,
        found=[each for each in _search(visit, words, day) if each.incident_id != incident],
        searched=bool(words or day),
        other_id=other if other != incident else None,
        others=_claims(visit, other) if other and other != incident else (),
        reason=visit.form.get("reason", ""),
        wrong=wrong,
    )


def _search(visit: Visit, words: str, day: date | None) -> Sequence[Near]:
    return search_incidents(visit.connection, words=words, day=day, country=None, most=MOST_FOUND)


def _parse_day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as e:
        raise HTTPException(400, "Give the day as 2017-05-31.") from e


def _claims(visit: Visit, incident: str) -> list[Queued]:
    members = list_members(visit.connection, incident)
    order = {claim: n for n, claim in enumerate(members)}
    return sorted(get_queued(visit.connection, visit.viewer, members), key=lambda each: order[each.waiting.claim_id])
