"""Groups, for admins: who is in them, and which documents only they see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Account
from harmledger.errors import BadInput, HarmledgerError, NotFound
from harmledger.store.access import close_document, list_closed, open_document
from harmledger.store.accounts import find_account, list_accounts
from harmledger.store.groups import Group, add_group, find_group, join_group, leave_group, list_groups, list_members
from harmledger.store.withheld import load_withholding
from harmledger.web.desk.accounts import writing
from harmledger.web.desk.told import sentence
from harmledger.web.home import parse_page_number
from harmledger.web.noted import note
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

ON_A_PAGE = 50
MOST_CLOSED = 100
"""Documents that one form closes."""
_DOCUMENT = re.compile(r"(?:.*/)?([0-9a-f]{64})(?:[/?#].*)?")
"""A document's whole id, or the address of a page of it."""
NOTICES = {
    "made": "The group is made. Nobody is in it yet.",
    "joined": "The account is a member.",
    "left": "The account is no longer a member.",
    "closed": "Only members, leads and admins see this from now on.",
    "opened": "The group keeps the document no longer. One in no group is public.",
}


def show_groups(visit: Visit) -> Response:
    """All of them; where a document is named, the way to close it."""
    return _groups(visit)


def make_group(visit: Visit) -> Response:
    """A group without members."""
    try:
        with writing(visit) as writer:
            made = add_group(writer, visit.form.get("name", ""), now=visit.site.now())
            note(visit, writer, "add-group", subject=made.name)
    except BadInput as e:
        return _groups(visit, wrong=sentence(e))
    return _back(made, "made")


def show_group(visit: Visit) -> Response:
    """Members and documents of one."""
    return _show(visit, _get_group(visit, visit.connection))


def join(visit: Visit) -> Response:
    """One more member."""
    with writing(visit) as writer:
        group, account = _get_group(visit, writer), _get_account(visit, writer)
        join_group(writer, group.group_id, account.account_id)
        note(visit, writer, "join-group", subject=f"{group.name}: {account.name}")
    return _back(group, "joined")


def leave(visit: Visit) -> Response:
    """One member less."""
    with writing(visit) as writer:
        group, account = _get_group(visit, writer), _get_account(visit, writer)
        leave_group(writer, group.group_id, account.account_id)
        note(visit, writer, "leave-group", subject=f"{group.name}: {account.name}")
    return _back(group, "left")


def close_documents(visit: Visit) -> Response:
    """Only members see these from now on: all of them, or none where one isn't found."""
    try:
        documents = _parse_documents(visit.form.get("documents", ""))
        with writing(visit) as writer:
            group = _get_group(visit, writer)
            for document in documents:
                close_document(writer, document, group.group_id)
                note(visit, writer, "close-document", subject=f"{group.name}: {document}")
    except (BadInput, NotFound) as e:
        return _show(visit, _get_group(visit, visit.connection), wrong=e)
    return _back(group, "closed")


def open_again(visit: Visit) -> Response:
    """A document is no longer kept to this group."""
    document = visit.form.get("document", "")
    with writing(visit) as writer:
        group = _get_group(visit, writer)
        if not open_document(writer, document, group.group_id):
            raise HTTPException(404)
        note(visit, writer, "open-document", subject=f"{group.name}: {document}")
    return _back(group, "opened")


def _parse_documents(typed: str) -> Sequence[str]:
    """The ids of documents, one a line.

    Raises:
        BadInput: there is none, or a line is none.
    """
    lines = typed.split()
    if not 1 <= len(lines) <= MOST_CLOSED:
        raise BadInput(f"name 1 to {MOST_CLOSED} documents, each on a line of its own", "the documents", "")
    found = [_DOCUMENT.fullmatch(line) for line in lines]
    if None in found:
        wrong = next(line for line, match in zip(lines, found, strict=True) if match is None)
        raise BadInput(f"this is no document's whole id, nor the address of its page: {wrong[:200]}", wrong, "")
    return list(dict.fromkeys(match[1] for match in found if match))


def _get_group(visit: Visit, connection: Connection) -> Group:
    found = find_group(connection, visit.request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def _get_account(visit: Visit, connection: Connection) -> Account:
    found = find_account(connection, visit.form.get("account", ""))
    if found is None:
        raise HTTPException(404, "There is no such account.")
    return found


def _groups(visit: Visit, *, wrong: str = "") -> Response:
    return page(
        visit,
        "desk/groups.html",
        status=400 if wrong else 200,
        groups=list_groups(visit.connection),
        document=_named(visit),
        typed=visit.form,
        wrong=wrong,
    )


def _show(visit: Visit, group: Group, *, wrong: HarmledgerError | None = None) -> Response:
    connection, number = visit.connection, parse_page_number(visit)
    members = list_members(connection, group.group_id)
    closed = list_closed(connection, group.group_id, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    strike = load_withholding(connection).text
    return page(
        visit,
        "desk/group.html",
        status=400 if wrong else 200,
        group=group,
        members=members,
        others=[each for each in list_accounts(connection) if each not in members and not each.disabled],
        documents=[(document, title and strike(title)) for document, title in closed[:ON_A_PAGE]],
        number=number,
        more=len(closed) > ON_A_PAGE,
        typed=visit.form.get("documents", _named(visit)),
        wrong=sentence(wrong) if wrong else "",
        notice=NOTICES.get(visit.request.query_params.get("done", "")),
    )


def _named(visit: Visit) -> str:
    """The document that the address names, to be closed."""
    match = _DOCUMENT.fullmatch(visit.request.query_params.get("document", ""))
    return match[1] if match else ""


def _back(group: Group, done: str) -> Response:
    return onward(f"/desk/groups/{group.group_id}?done={done}")
