"""One claim at a time: it is shown, decided, and the next one comes. What can't be kept comes back with all that was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.deciding import find_corrections, settle
from harmledger.domain import Correction, Decision, Verdict, Words
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.fields import PARSERS
from harmledger.review.fold import in_effect
from harmledger.review.marked import find_marked
from harmledger.review.queue import Waiting
from harmledger.store.decisions import get_decision
from harmledger.store.desk import find_home, get_fields
from harmledger.store.entered import document_text
from harmledger.web.desk.claim_view import ASKED, MARKED, STATED, ClaimView, is_blind, look, verdicts
from harmledger.web.desk.lists import LISTS, Sitting, chosen_list, sit_down
from harmledger.web.desk.reader_says import list_said, parse_because
from harmledger.web.desk.told import address, keep, leads, sentence, status_of
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

TAKEN = {"accept": Verdict.ACCEPT, "correct": Verdict.CORRECT, "reject": Verdict.REJECT, "hold": Verdict.HOLD}
ID_CHARS = 64
FIELD, MARK = "field.", "mark."
"""What names of form fields begin with: a value that was typed, words that were marked."""


def show_claim(visit: Visit) -> Response:
    """The page of one claim."""
    return _show(visit, chosen_list(visit.request.query_params.get("list")))


def decide_claim(visit: Visit) -> Response:
    """Keep what was decided, and go on to the next claim."""
    home, name = _get_home(visit), chosen_list(visit.form.get("list"))
    verdict = TAKEN.get(visit.form.get("verdict", ""))
    if verdict is None:
        raise HTTPException(400, "Choose what to decide.")
    because = parse_because(visit, document=home.document_id, claim=home.claim_id)
    try:
        decisions = keep(visit, _saids(visit, home, verdict), after=visit.form.get("seen", ""), because=because)
    except (BadInput, NotFound, Inconsistent) as e:
        return _show(visit, name, wrong=sentence(e), status=status_of(e))
    return onward(address("/desk/next", list=name, after=home.claim_id, done=decisions[-1].decision_id))


def settle_claim(visit: Visit) -> Response:
    """A lead says which of differing verdicts stands."""
    home, name = _get_home(visit), chosen_list(visit.form.get("list"))
    history = sit_down(visit).state.histories.get(home.claim_id, ())
    counted = in_effect(history)
    stands = next((d for d in counted if d.decision_id == visit.form.get("stands")), None)
    if stands is None:
        raise HTTPException(400, "Choose the decision that stands.")
    try:
        saids = settle(stands, counted, kind=_kind(home), who=visit.me.name, reason=visit.form.get("reason", ""))
        decisions = keep(visit, saids, after=visit.form.get("seen", ""))
    except (BadInput, NotFound, Inconsistent) as e:
        return _show(visit, name, wrong=sentence(e), status=status_of(e))
    return onward(address("/desk/next", list=name, after=home.claim_id, done=decisions[0].decision_id))


def _get_home(visit: Visit) -> Waiting:
    home = find_home(visit.connection, visit.viewer, visit.request.path_params["id"])
    if home is None:
        raise HTTPException(404)
    return home


def _kind(home: Waiting) -> SubjectKind:
    return SubjectKind.ENTRY if home.entered else SubjectKind.CLAIM


# --- what was said ---------------------------------------------------------------------------------------------------


def _saids(visit: Visit, home: Waiting, verdict: Verdict) -> list[Said]:
    said = Said(
        subject=home.claim_id,
        kind=_kind(home),
        verdict=verdict,
        who=visit.me.name,
        reason=visit.form.get("reason", ""),
    )
    if verdict is not Verdict.CORRECT:
        return [said]
    return [replace(said, value=each) for each in _corrections(visit, home)]


def _corrections(visit: Visit, home: Waiting) -> list[Correction]:
    """The fields that differ from what this person was shown."""
    sitting = sit_down(visit)
    fields = get_fields(visit.connection, [home.claim_id])[home.claim_id]
    if not is_blind(sitting, home, list_name=visit.form.get("list", "")):
        standing = sitting.state.standing(home.claim_id, document=home.document_id)
        fields = {**fields, **{each.field: each.value for each in standing.corrections}}
    marked = _marked(visit, home)
    covered = {"low", "high"} if "count" in marked else set[str]()
    typed = {name: visit.form[FIELD + name].strip() for name in PARSERS if FIELD + name in visit.form}
    typed = {name: said for name, said in typed.items() if name not in covered | set(marked)}
    return find_corrections(typed, marked, fields)


def _marked(visit: Visit, home: Waiting) -> Mapping[str, Words]:
    targets = {name: target for name in MARKED if (target := visit.form.get(MARK + name, ""))}
    if not targets:
        return {}
    text = document_text(visit.connection, home.document_id) or ""
    return {name: find_marked(target, text) for name, target in targets.items()}


# --- the page --------------------------------------------------------------------------------------------------------


def _show(visit: Visit, name: str, *, wrong: str = "", status: int = 200) -> Response:
    home, sitting = _get_home(visit), sit_down(visit)
    view = look(sitting, home, list_name=name)
    return page(
        visit,
        "desk/claim.html",
        status=status,
        view=view,
        asked=ASKED,
        stated=STATED,
        marked=MARKED,
        values=_values(visit, view),
        marks={key: visit.form.get(MARK + key, "") for key in MARKED},
        reason=visit.form.get("reason", ""),
        correcting=visit.form.get("verdict") == "correct",
        list_name=name,
        list_words=LISTS[name],
        wrong=wrong,
        done=_find_done(visit, sitting),
        settling=verdicts(view.standing) if leads(visit) and view.standing.disputed else (),
        assigned=sitting.assigned.get(home.claim_id),
        leads=leads(visit),
        readers=list_said(visit, document=home.document_id, claim=home.claim_id),
    )


def _values(visit: Visit, view: ClaimView) -> dict[str, str]:
    """What the fields of the form hold: what was typed, else what stands."""
    stands = {**view.fields, **view.people}
    shown = {name: "" if value is None else str(value) for name, value in stands.items()}
    return {name: visit.form.get(FIELD + name, value) for name, value in shown.items()}


def _find_done(visit: Visit, sitting: Sitting) -> Decision | None:
    """The decision made just now, if it is one's own and still counts: it may be undone."""
    wanted = visit.request.query_params.get("done", "")
    if len(wanted) != ID_CHARS:
        return None
    try:
        decision = get_decision(visit.connection, wanted)
    except NotFound:
        return None
    counted = in_effect(sitting.state.histories.get(decision.subject, ()))
    return decision if decision.who == visit.me.name and decision in counted else None
