"""A whole report: what was read in it and passed over, what a person enters that was missed, and that there is nothing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Entered, Role, Verdict
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotFound
from harmledger.publish.decided import victim_record
from harmledger.publish.segments import Mark, Segment, cut_segments
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import DEFAULTS, enter_claim
from harmledger.review.fields import PARSERS
from harmledger.review.marked import find_marked
from harmledger.review.queue import find_unclaimed
from harmledger.store import get_document, get_reports
from harmledger.store.access import list_keepers
from harmledger.store.assignments import COUNTS
from harmledger.store.database import told_plainly
from harmledger.store.decisions import append_entered, last_of
from harmledger.store.desk import find_seen
from harmledger.store.entered import document_text, list_entered, list_victims
from harmledger.store.subjects import list_dropped, list_unclaimed
from harmledger.web.access import check_document
from harmledger.web.desk.claim_view import ASKED, STATED
from harmledger.web.desk.lists import Sitting, sit_down
from harmledger.web.desk.queue import ON_A_PAGE, reviewers_of
from harmledger.web.desk.reader_says import credit_all, list_said, parse_because
from harmledger.web.desk.told import keep, leads, note_decided, sentence, status_of
from harmledger.web.home import parse_page_number
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

TAKEN = {"nothing": Verdict.NOTHING, "hold": Verdict.HOLD}
Record = dict[str, Any]


def show_documents(visit: Visit) -> Response:
    """Documents without a claim that nobody read, or that are held; most passages looked at in vain come first."""
    sitting, number = sit_down(visit), parse_page_number(visit)
    held = visit.request.query_params.get("list") == "held"
    found = find_unclaimed(list_unclaimed(visit.connection, sitting.state), sitting.state, held=held)
    seen = find_seen(visit.connection, visit.viewer, [each.document_id for each in found])
    free = [d for d in found if d.document_id in seen and d.document_id not in sitting.others]
    shown = free[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    return page(
        visit,
        "desk/documents.html",
        documents=[(each, get_document(visit.connection, each.document_id)) for each in shown],
        held=held,
        number=number,
        more=len(free) > number * ON_A_PAGE,
        assigned=sitting.assigned,
        leads=leads(visit),
        reviewers=reviewers_of(visit) if leads(visit) else (),
        days=COUNTS.days,
    )


def show_document(visit: Visit) -> Response:
    """One report as a whole."""
    return show(visit, _get(visit))


def decide_document(visit: Visit) -> Response:
    """Nothing of it belongs into the ledger, or it must wait."""
    document = _get(visit)
    verdict = TAKEN.get(visit.form.get("verdict", ""))
    if verdict is None:
        raise HTTPException(400, "Choose what to decide.")
    said = Said(
        subject=document,
        kind=SubjectKind.DOCUMENT,
        verdict=verdict,
        who=visit.me.name,
        reason=visit.form.get("reason", ""),
    )
    try:
        because = parse_because(visit, document=document)
        keep(visit, [said], after=visit.form.get("seen", ""), because=because)
    except (BadInput, NotFound, Inconsistent) as e:
        return show(visit, document, wrong=e)
    return onward("/desk/documents")


def enter_missed(visit: Visit) -> Response:
    """Keep a claim that no engine gave."""
    document = _get(visit)
    text = document_text(visit.connection, document)
    typed = {name: visit.form.get(f"field.{name}", "").strip() or None for name in PARSERS}
    try:
        at = find_marked(target, text) if text and (target := visit.form.get("mark.quote", "")) else None
        quote = at.exact if at else visit.form.get("quote", "")
        entered = enter_claim(document, text, quote=quote, said=typed, at=at)
        _keep_entered(visit, entered)
    except (BadInput, NotFound, Inconsistent) as e:
        return show(visit, document, wrong=e)
    return onward(f"/desk/documents/{document}?entered={entered.entry_id}")


def _keep_entered(visit: Visit, entered: Entered) -> None:
    ledger, because = visit.site.ledger, parse_because(visit, document=entered.document_id)
    with told_plainly(ledger.where), ledger.writing() as writer:
        reason, now = visit.form.get("reason", ""), visit.site.now()
        decision = append_entered(writer, entered, who=visit.me.name, reason=reason, now=now)
        note_decided(visit, writer, [decision])
        credit_all(visit, writer, because, [decision])


def _get(visit: Visit) -> str:
    document: str = visit.request.path_params["id"]
    check_document(visit, document)
    return document


# --- the page --------------------------------------------------------------------------------------------------------


def show(visit: Visit, document: str, *, wrong: HarmledgerError | None = None, with_names: bool = False) -> Response:
    """The page of a report; with the names of those victims that were released, where a lead asked for them."""
    connection, sitting = visit.connection, sit_down(visit)
    record = get_document(connection, document)
    claims = [claim for filed in get_reports(connection, [document]) for claim in filed.record["claims"]]
    entered = [each for each in list_entered(connection, document) if sitting.state.was_entered(each.entry_id)]
    history = sitting.state.histories.get(document, ())
    return page(
        visit,
        "desk/document.html",
        status=status_of(wrong) if wrong else 200,
        document=record,
        segments=_segments(record["text"], claims, entered, list_dropped(connection, document)),
        claims=claims,
        entered=entered,
        dropped=list_dropped(connection, document),
        history=history,
        standing=sitting.state.standing(document),
        seen=last_of(connection, document),
        asked=ASKED,
        stated=STATED,
        defaults=DEFAULTS,
        form=visit.form,
        wrong=sentence(wrong) if wrong else "",
        done=visit.request.query_params.get("entered", ""),
        leads=leads(visit),
        keepers=list_keepers(connection, document) if visit.me.role is Role.ADMIN else None,
        victims=_victims(sitting, document, with_names=with_names) if leads(visit) else (),
        with_names=with_names,
        readers=list_said(visit, document=document),
    )


def _victims(sitting: Sitting, document: str, *, with_names: bool) -> list[Record]:
    """The victims that people entered of a document, each as far as it may be shown."""
    state = sitting.state
    of = [
        v for v in list_victims(sitting.visit.connection) if v.document_id == document and state.is_entered(v.victim_id)
    ]
    return [victim_record(v, released=state.is_released(v.victim_id), with_names=with_names) for v in of]


def _segments(
    text: str, claims: Iterable[Mapping[str, Any]], entered: Iterable[Entered], dropped: Iterable[tuple[int, int, str]]
) -> list[Segment]:
    """The whole text, with the sentences of claims and the passages that gave none."""
    marks = [Mark(start=c["quote"]["start"], end=c["quote"]["end"], key="claim", label="claim") for c in claims]
    marks += [
        Mark(start=e.start, end=e.end, key="entered", label="entered by a person")
        for e in entered
        if e.start is not None and e.end is not None
    ]
    marks += [Mark(start=start, end=end, key="vain", label="looked at, no claim found") for start, end, _ in dropped]
    return cut_segments(text, 0, len(text), list(dict.fromkeys(marks))) if text else []
