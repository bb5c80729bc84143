"""The queue: what waits, in lists, with counts; and who is given what."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Account, Role
from harmledger.review.queue import find_unclaimed
from harmledger.store.accounts import list_accounts
from harmledger.store.assignments import COUNTS, assign, take_back
from harmledger.store.desk import find_documents, find_seen
from harmledger.store.desk_incidents import count_unlinked_decisions
from harmledger.store.reply_desk import count_corrected
from harmledger.store.subjects import list_unclaimed
from harmledger.web.desk.lists import (
    LISTS,
    MOST_COUNTED,
    Sitting,
    chosen_list,
    count_lists,
    find_next,
    list_waiting,
    sit_down,
)
from harmledger.web.desk.told import address, leads
from harmledger.web.home import parse_page_number
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

ON_A_PAGE = 50


def show_queue(visit: Visit) -> Response:
    """A page of one list."""
    name, number = chosen_list(visit.request.query_params.get("list")), parse_page_number(visit)
    sitting = sit_down(visit)
    found = list_waiting(sitting, name, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    return page(
        visit,
        "desk/queue.html",
        lists=LISTS,
        chosen=name,
        counts=count_lists(sitting),
        most_counted=MOST_COUNTED,
        documents=count_documents(sitting),
        corrected=count_corrected(visit.connection, visit.viewer),
        claims=found[:ON_A_PAGE],
        number=number,
        more=len(found) > ON_A_PAGE,
        assigned=sitting.assigned,
        reviewers=reviewers_of(visit) if leads(visit) else (),
        leads=leads(visit),
        days=COUNTS.days,
        unlinked=count_unlinked_decisions(visit.connection),
        ended=visit.request.query_params.get("ended") == "1",
    )


def go_on(visit: Visit) -> Response:
    """To the next claim of a list; to the list where there is none."""
    query = visit.request.query_params
    name = chosen_list(query.get("list"))
    found = find_next(sit_down(visit), name, query.get("after"))
    if found is None:
        return onward(address("/desk", list=name, ended="1"))
    return onward(address(f"/desk/claims/{found.waiting.claim_id}", list=name, done=query.get("done")))


def give(visit: Visit) -> Response:
    """Give claims or documents to a reviewer, or let them be anybody's again."""
    subjects = find_documents(visit.connection, visit.viewer, visit.form.getlist("subject"))
    back = visit.form.get("back", "/desk")
    if not subjects:
        raise HTTPException(400, "Choose at least one claim or document.")
    with visit.site.ledger.writing() as writer:
        if visit.form.get("do") == "take back":
            take_back(writer, subjects)
            note(visit, writer, "take back", subject=", ".join(subject[:10] for subject in subjects))
            return onward(back)
        to = next((each for each in reviewers_of(visit) if each.account_id == visit.form.get("to")), None)
        if to is None:
            raise HTTPException(400, "Choose a reviewer.")
        assign(writer, subjects, to.account_id, given_by=visit.me.account_id, now=visit.site.now())
        note(visit, writer, "give", subject=f"{to.name}: {', '.join(subject[:10] for subject in subjects)}")
    return onward(back)


def count_documents(sitting: Sitting) -> int:
    """How many documents without a claim wait to be read."""
    visit = sitting.visit
    waiting = find_unclaimed(list_unclaimed(visit.connection, sitting.state), sitting.state)
    return len(find_seen(visit.connection, visit.viewer, [each.document_id for each in waiting]))


def reviewers_of(visit: Visit) -> list[Account]:
    """Who may review."""
    return [each for each in list_accounts(visit.connection) if each.role.covers(Role.REVIEWER) and not each.disabled]
