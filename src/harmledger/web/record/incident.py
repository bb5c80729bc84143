"""An incident's page, its dossier for paper, and where an old id leads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.domain import Pointer, ReplySubject, ReplySubjectKind, Rule
from harmledger.publish.record import Record
from harmledger.store.one_incident import find_onward, holds_claims
from harmledger.web.markup import Node, incident_node
from harmledger.web.record.cite import address_of, cite
from harmledger.web.record.look import Looked, look_at
from harmledger.web.replies.beside import show_beside
from harmledger.web.respond import page
from harmledger.web.visit import Visit
from harmledger.web.words import RULE_WORDS

WHOLE_ID = re.compile("[0-9a-f]{64}")


def incident(visit: Visit) -> Response:
    """What is claimed of one event."""
    found = _find(visit)
    if isinstance(found, Response):
        return found
    subject = ReplySubject(kind=ReplySubjectKind.INCIDENT, id=found.record["incident_id"])
    replies = show_beside(visit, subject, found.withholding)
    return page(visit, "record/incident.html", replies=replies, **_values(visit, found))


def dossier(visit: Visit) -> Response:
    """The same for paper: all quotes, sources and hashes, no navigation."""
    found = _find(visit, tail="/dossier")
    if isinstance(found, Response):
        return found
    return page(visit, "record/dossier.html", made=visit.site.now(), **_values(visit, found))


def parse_rule(visit: Visit) -> Rule:
    """Which rule is asked for in `?rule=`.

    Raises:
        HTTPException: 400, there is none of that name.
    """
    asked = visit.request.query_params.get("rule", Rule.RANGE.value)
    try:
        return Rule(asked)
    except ValueError as e:
        raise HTTPException(400, "There is no rule of that name.") from e


def whole_id(visit: Visit) -> str:
    """The id in the path.

    Raises:
        HTTPException: 404, it is none: beginnings of ids would tell of others.
    """
    wanted = visit.request.path_params["id"]
    if not WHOLE_ID.fullmatch(wanted):
        raise HTTPException(404)
    return wanted


def _find(visit: Visit, tail: str = "") -> Looked | Response:
    rule, wanted = parse_rule(visit), whole_id(visit)
    if looked := look_at(visit, wanted, rule):
        return looked
    onward = [] if holds_claims(visit.connection, wanted) else find_onward(visit.connection, visit.viewer, wanted)
    if not onward:
        raise HTTPException(404)
    if len(onward) == 1:
        return RedirectResponse(
            f"/incidents/{onward[0].onward_id}{tail}", status_code=301, headers={"cache-control": "no-cache"}
        )
    return _parted(visit, wanted, onward)


def _parted(visit: Visit, wanted: str, onward: Sequence[Pointer]) -> Response:
    """An incident whose claims all went elsewhere, to several: the page says where."""
    return page(visit, "record/parted.html", incident_id=wanted, onward=[pointer.onward_id for pointer in onward])


def _node(visit: Visit, record: Record) -> Node:
    """What search engines read of it."""
    of = [report["document_id"] for each in record["reports"] for report in (each, *each["copies"])]
    return incident_node(
        address_of(visit, "incidents", record["incident_id"]),
        title=record["title"],
        days=record["when"],
        place=record["place"],
        reports=[address_of(visit, "reports", document) for document in of],
    )


def _values(visit: Visit, looked: Looked) -> Record:
    record, rule = looked.record, parse_rule(visit)
    return {
        "title": record["title"],
        "node": _node(visit, record),
        "record": record,
        "redacted": looked.redacted,
        "sentences": {sentence["id"]: sentence for sentence in record["sentences"]},
        "stances": {on for each in record["responsibility"] for on in each["on"]},
        "drawn": looked.drawn,
        "rules": looked.rules,
        "chosen": looked.chosen,
        "rule": rule.value,
        "rule_words": RULE_WORDS,
        "onward": [pointer.onward_id for pointer in looked.onward],
        "citation": cite(visit, record["incident_id"], record["title"], record["as_of"]),
    }
