"""How far reviewers agree, on the claims that whoever asks may see."""

from __future__ import annotations

from starlette.responses import Response

from harmledger.deciding import measure_reviewers
from harmledger.store.decisions import read_log
from harmledger.store.desk import find_documents, get_fields
from harmledger.web.desk.lists import count_lists, sit_down
from harmledger.web.desk.told import leads
from harmledger.web.respond import page
from harmledger.web.visit import Visit


def show_agreement(visit: Visit) -> Response:
    """Alpha of each field with its interval; of all reviewers, or between some."""
    between = [name for name in visit.request.query_params.getlist("between") if name][:10]
    decisions = read_log(visit.connection)
    seen = find_documents(visit.connection, visit.viewer, [decision.subject for decision in decisions])
    fields = get_fields(visit.connection, list(seen))
    told = [decision for decision in decisions if decision.subject in fields]
    return page(
        visit,
        "desk/agreement.html",
        agreements=measure_reviewers(told, fields, between=between),
        reviewers=sorted({decision.who for decision in told}),
        between=between,
        counts=count_lists(sit_down(visit)),
        leads=leads(visit),
    )
