"""Victims whom a report names: leads enter them, release and withhold their names, and ask for those that are released."""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_victim
from harmledger.review.marked import find_marked
from harmledger.store.database import told_plainly
from harmledger.store.decisions import append_entered
from harmledger.store.desk import find_documents
from harmledger.store.entered import document_text
from harmledger.web.access import check_document
from harmledger.web.desk.document import show
from harmledger.web.desk.lists import sit_down
from harmledger.web.desk.told import keep, note_decided
from harmledger.web.noted import note
from harmledger.web.respond import onward
from harmledger.web.visit import Visit

RULED = {"release": Verdict.RELEASE, "withhold": Verdict.WITHHOLD}


def add_victim(visit: Visit) -> Response:
    """Keep a victim, withheld; each line of `names` is a spelling."""
    document: str = visit.request.path_params["id"]
    check_document(visit, document)
    text, form = document_text(visit.connection, document), visit.form
    names = [line.strip() for line in form.get("names", "").splitlines() if line.strip()]
    said = {name: form.get(name, "").strip() or None for name in ("age", "sex", "status")}
    claims = find_documents(visit.connection, visit.viewer, form.getlist("claim"))
    ledger = visit.site.ledger
    try:
        at = find_marked(target, text) if text and (target := form.get("mark.victim", "")) else None
        quote = at.exact if at else form.get("victim_quote", "")
        salt = secrets.token_hex(16)
        victim = enter_victim(document, text, quote=quote, salt=salt, names=names, said=said, claims=list(claims))
        with told_plainly(ledger.where), ledger.writing() as writer:
            decision = append_entered(writer, victim, who=visit.me.name, reason="", now=visit.site.now())
            note_decided(visit, writer, [decision])
    except ValueError as e:  # no such sex or status
        raise HTTPException(400) from e
    except (BadInput, NotFound, Inconsistent) as e:
        return show(visit, document, wrong=e)
    return onward(f"/desk/documents/{document}#victims")


def rule_victim(visit: Visit) -> Response:
    """Release the names of a victim, or withhold them again."""
    victim: str = visit.request.path_params["id"]
    document = find_documents(visit.connection, visit.viewer, [victim]).get(victim)
    verdict = RULED.get(visit.form.get("verdict", ""))
    if document is None or not sit_down(visit).state.is_entered(victim):
        raise HTTPException(404)
    if verdict is None:
        raise HTTPException(400, "Choose whether the names are released or withheld.")
    reason = visit.form.get("reason", "")
    said = Said(subject=victim, kind=SubjectKind.VICTIM, verdict=verdict, who=visit.me.name, reason=reason)
    try:
        keep(visit, [said])
    except (BadInput, NotFound, Inconsistent) as e:
        return show(visit, document, wrong=e)
    return onward(f"/desk/documents/{document}#victims")


def show_names(visit: Visit) -> Response:
    """The report once more, with the names that were released; that they were asked for is noted."""
    document: str = visit.request.path_params["id"]
    check_document(visit, document)
    with visit.site.ledger.writing() as writer:
        note(visit, writer, "see names", subject=document)
    return show(visit, document, with_names=True)
