"""The log: every decision with its reason, whether it still counts, and whether the log is as it was written. And the audit, for admins."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Decision, Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.publish.decided import render_verdict
from harmledger.review.chain import Break
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.fold import in_effect
from harmledger.store.audit import list_audited
from harmledger.store.decisions import get_decision, verify_log
from harmledger.store.desk import find_documents, find_home, list_decision_ids
from harmledger.store.subjects import find_subject
from harmledger.web.desk.claim_view import is_blind
from harmledger.web.desk.lists import Sitting, sit_down
from harmledger.web.desk.told import address, keep, leads, sentence, status_of
from harmledger.web.home import parse_page_number
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

ON_A_PAGE = 50
MOST_NOTED = 500
_PLACES = {
    SubjectKind.CLAIM: "/desk/claims/",
    SubjectKind.ENTRY: "/desk/claims/",
    SubjectKind.DOCUMENT: "/desk/documents/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A decision as the log shows it to one person."""

    decision: Decision
    told: str
    hidden: bool
    """It is of a claim that this person is to code without knowing of others."""
    counts: bool
    may_undo: bool
    where: str
    kind: str


def show_log(visit: Visit) -> Response:
    """Decisions on what may be seen, the last first."""
    return _show(visit)


def undo_decision(visit: Visit) -> Response:
    """Let a decision count no longer: one's own, or for leads anybody's. That is a new decision."""
    decision = _get_decision(visit)
    if decision.who != visit.me.name and not leads(visit):
        raise HTTPException(403, "Only its reviewer or a lead may undo a decision.")
    subject = find_subject(visit.connection, decision.subject)
    said = Said(
        subject=subject.id,
        kind=subject.kind,
        verdict=Verdict.UNDO,
        who=visit.me.name,
        reason=visit.form.get("reason", ""),
        replaces=decision.decision_id,
    )
    try:
        keep(visit, [said])
    except (BadInput, NotFound, Inconsistent) as e:
        return _show(visit, wrong=sentence(e), status=status_of(e))
    name = visit.form.get("list")
    if subject.kind in {SubjectKind.CLAIM, SubjectKind.ENTRY} and name:
        return onward(address(f"/desk/claims/{subject.id}", list=name))
    return onward(address("/desk/log", subject=subject.id))


def _get_decision(visit: Visit) -> Decision:
    """The decision of that whole id, on something that may be seen."""
    wanted: str = visit.request.path_params["id"]
    try:
        decision = get_decision(visit.connection, wanted) if len(wanted) == 64 else None
    except NotFound:
        decision = None
    if decision is None or not find_documents(visit.connection, visit.viewer, [decision.subject]):
        raise HTTPException(404)
    return decision


def _show(visit: Visit, *, wrong: str = "", status: int = 200) -> Response:
    query, number = visit.request.query_params, parse_page_number(visit)
    wanted = {name: query.get(name, "").strip()[:200] for name in ("who", "verdict", "subject")}
    ids = list_decision_ids(
        visit.connection, visit.viewer, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE, **wanted
    )
    sitting = sit_down(visit)
    checked = verify_log(visit.connection) if query.get("verify") else None
    return page(
        visit,
        "desk/log.html",
        status=status,
        lines=[_line(sitting, get_decision(visit.connection, each)) for each in ids[:ON_A_PAGE]],
        wanted=wanted,
        verdicts=[verdict.value for verdict in Verdict],
        number=number,
        more=len(ids) > ON_A_PAGE,
        broken=checked if isinstance(checked, Break) else None,
        whole=checked if isinstance(checked, tuple) else None,
        sees_all=visit.viewer.sees_all,  # the number and the ids are of closed documents' decisions too
        wrong=wrong,
        reason=visit.form.get("reason", ""),
    )


def _line(sitting: Sitting, decision: Decision) -> Line:
    visit = sitting.visit
    history = sitting.state.histories.get(decision.subject, ())
    counts = decision.decision_id in {each.decision_id for each in in_effect(history)}
    subject = find_subject(visit.connection, decision.subject)
    home = find_home(visit.connection, visit.viewer, decision.subject)
    hidden = home is not None and decision.who != visit.me.name and is_blind(sitting, home)
    return Line(
        decision=decision,
        told=render_verdict(decision),
        hidden=hidden,
        counts=counts,
        may_undo=counts and (decision.who == visit.me.name or leads(visit)),
        where=f"{_PLACES[subject.kind]}{subject.id}" if subject.kind in _PLACES else "",
        kind=subject.kind.value,
    )


def show_audit(visit: Visit) -> Response:
    """What was done on the site, and who signed in or tried to; for admins."""
    who = visit.request.query_params.get("who", "").strip()
    what = visit.request.query_params.get("what", "").strip()
    every = list_audited(visit.connection, most=MOST_NOTED)
    lines = [each for each in every if (not who or each.who == who) and (not what or each.what.startswith(what))]
    return page(visit, "desk/audit.html", lines=lines, who=who, what=what, most=MOST_NOTED)
