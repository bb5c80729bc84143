"""Who sees which documents, and that nothing of a closed one shows: not its claims, nor that there are any."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sites import INCIDENTS, REPORTS, Served, sign_in
from sqlalchemy import select, update
from starlette.exceptions import HTTPException

from harmledger import store
from harmledger.domain import PUBLIC, Role, Viewer
from harmledger.errors import NotFound
from harmledger.store import access
from harmledger.store.access import close_document, may_see, may_see_claim, open_document, sees_document
from harmledger.store.groups import get_group
from harmledger.store.overview import list_overviews
from harmledger.store.schema import CLAIMS, DOCUMENTS, INCIDENT_CLAIMS
from harmledger.web.access import check_document, viewer_of
from harmledger.web.visit import Visit

pytestmark = pytest.mark.either_database


def seen(served: Served, viewer: Viewer) -> set[int]:
    """Which of the reports a viewer may see, by their order."""
    documents = served.documents()
    with served.site.ledger.reading() as connection:
        question = select(DOCUMENTS.c.document_id).where(may_see(viewer, DOCUMENTS.c.document_id))
        found = set(connection.execute(question).scalars())
        assert found == {one for one in documents if sees_document(connection, viewer, one)}
    return {documents.index(one) for one in found}


def test_a_closed_document_is_seen_by_members_and_leads(served: Served) -> None:
    """Of three documents, one is closed to Amal's group, one to Bo's and Amal's, and one to none: each sees what is theirs, and the public the rest."""
    people = {name: viewer_of(served.add(name, role)) for name, role in PEOPLE}
    first, second, _ = served.documents()
    served.close(first, "Amal")
    served.close(second, "Bo")
    assert seen(served, PUBLIC) == {2}
    assert {name: seen(served, viewer) for name, viewer in people.items()} == {
        "Amal": {0, 2},
        "Bo": {1, 2},
        "Cy": {2},
        "Dee": {0, 1, 2},
        "Eve": {0, 1, 2},
    }


PEOPLE = (
    ("Amal", Role.READER),
    ("Bo", Role.REVIEWER),
    ("Cy", Role.REVIEWER),
    ("Dee", Role.LEAD),
    ("Eve", Role.ADMIN),
)


def test_claims_go_with_their_documents(served: Served) -> None:
    """A claim is seen where its document is."""
    first, *_ = served.documents()
    amal = viewer_of(served.add("Amal"))
    served.close(first, "Amal")
    with served.site.ledger.reading() as connection:

        def claims(viewer: Viewer) -> set[str]:
            wanted = select(CLAIMS.c.document_id).where(may_see_claim(viewer, CLAIMS.c.claim_id))
            return set(connection.execute(wanted).scalars())

        assert claims(amal) - claims(PUBLIC) == {first}


def test_nothing_of_a_closed_document_shows_on_pages(served: Served) -> None:
    """Its incident is gone from the list for who may not see it, at once, from kept pages too, with every trace of its words and ids."""
    served.add("Amal")
    public, member = served.browser(), served.browser()
    sign_in(member, "Amal")
    document = served.documents()[1]
    assert INCIDENTS[1] in public.get("/").text
    served.close(document, "Amal")
    page = public.get("/").text
    assert INCIDENTS[1] not in page
    assert "Raid on market" not in page
    assert page.count('<h3><a href="/incidents/') == len(REPORTS) - 1
    assert "Raid on market" in member.get("/").text


def test_counts_tell_nothing_of_closed_documents(served: Served) -> None:
    """An incident that open and closed documents tell of counts only the open ones, for the public and for who isn't a member."""
    documents = served.documents()
    with served.site.ledger.writing() as writer:
        incident = writer.execute(select(INCIDENT_CLAIMS.c.incident_id).limit(1)).scalar_one()
        writer.execute(update(INCIDENT_CLAIMS).values(incident_id=incident))
    with served.site.ledger.reading() as connection:
        (whole,) = list_overviews(connection, PUBLIC, most=9)
    served.add("Amal")
    served.close(documents[0], "Amal")
    with served.site.ledger.reading() as connection:
        (less,) = list_overviews(connection, PUBLIC, most=9)
    assert (whole.reports, less.reports, less.claims) == (3, 2, whole.claims - 1)
    assert asdict(less)["earliest"] == min(whole.earliest, less.earliest)


def test_a_document_taken_out_of_its_groups_is_public(served: Served) -> None:
    """In two groups it stays closed until it is in neither; closing twice is closing once."""
    served.add("Amal")
    first, *_ = served.documents()
    served.close(first, "Amal")
    with served.site.ledger.writing() as writer:
        group = get_group(writer, f"group of {first[:6]}")
        assert not close_document(writer, first, group.group_id)
    assert 0 not in seen(served, PUBLIC)
    with served.site.ledger.writing() as writer:
        assert open_document(writer, first, group.group_id)
        assert not open_document(writer, first, group.group_id)
    assert 0 in seen(served, PUBLIC)


def test_only_what_is_there_can_be_closed(served: Served) -> None:
    """A document that the ledger doesn't have is told."""
    with pytest.raises(NotFound), served.site.ledger.writing() as writer:
        close_document(writer, "f" * 64, "group")


def test_a_closed_document_and_none_are_answered_alike(served: Served) -> None:
    """Whoever may not see a document learns not even that it is there."""
    served.add("Amal")
    closed, open_, _ = served.documents()
    served.close(closed, "Amal")
    with served.site.ledger.reading() as connection:
        visit = cast("Visit", SimpleNamespace(connection=connection, viewer=PUBLIC))
        check_document(visit, open_)
        for document in (closed, "f" * 64, closed[:10], "' OR 1=1 --"):
            with pytest.raises(HTTPException) as refused:
                check_document(visit, document)
            assert (refused.value.status_code, refused.value.detail) == (404, "Not Found")


def test_nobody_closes_a_document_without_saying_so() -> None:
    """The rows that keep documents to groups are written by the two functions alone that note it."""
    folder = Path(store.__file__).parents[1]
    writing = re.compile(r"(insert|update|delete|add_new)\((connection, )?DOCUMENT_GROUPS\b")
    found = {path.name: len(writing.findall(path.read_text("utf-8"))) for path in folder.rglob("*.py")}
    assert {name: times for name, times in found.items() if times} == {"access.py": 2}
    assert Path(access.__file__).read_text("utf-8").count("note_change(connection, ") == 2
