"""Groups as admins keep them on the site: members, and documents that only they see."""

from __future__ import annotations

import pytest
from keeping import HOSTILE_NAME, account, act_on_group, group, noted
from sites import INCIDENTS, Served, send, sign_in

from harmledger.domain import Role

pytestmark = pytest.mark.either_database
FIELD = "field team"


def test_a_closed_document_is_gone_at_once(served: Served) -> None:
    """From kept pages too, for all but members, leads and admins; opened again, everybody sees it."""
    amal, bo, public = served.signed_in("Amal", Role.ADMIN), served.signed_in("Bo", Role.READER), served.browser()
    document = served.documents()[1]
    at = f"/reports/{document}"
    assert (public.get(at).status_code, INCIDENTS[1] in public.get("/").text) == (200, True)
    send(amal, "/desk/groups", {"name": FIELD}, of="/desk/groups")
    closed = act_on_group(amal, served, FIELD, "close", documents=document)
    assert closed.headers["location"].endswith("?done=closed")
    assert (public.get(at).status_code, INCIDENTS[1] in public.get("/").text) == (404, False)
    assert bo.get(at).status_code == 404
    act_on_group(amal, served, FIELD, "join", account=account(served, "Bo").account_id)
    assert (bo.get(at).status_code, amal.get(at).status_code, public.get(at).status_code) == (200, 200, 404)
    act_on_group(amal, served, FIELD, "leave", account=account(served, "Bo").account_id)
    assert bo.get(at).status_code == 404
    act_on_group(amal, served, FIELD, "open", document=document)
    assert (public.get(at).status_code, INCIDENTS[1] in public.get("/").text) == (200, True)
    assert noted(served) == [
        ("Amal", "add-group", FIELD),
        ("Amal", "close-document", f"{FIELD}: {document}"),
        ("Amal", "join-group", f"{FIELD}: Bo"),
        ("Amal", "leave-group", f"{FIELD}: Bo"),
        ("Amal", "open-document", f"{FIELD}: {document}"),
    ]


def test_documents_are_named_by_id_or_address(served: Served) -> None:
    """Several at once, each by its whole id or the address of any page of it."""
    amal = served.signed_in("Amal", Role.ADMIN)
    first, second, third = served.documents()
    send(amal, "/desk/groups", {"name": FIELD}, of="/desk/groups")
    typed = f"{first}\n https://record.example.org/reports/{second}#c-0123456789 \r\n/desk/documents/{third}?entered=1\n{first}"
    act_on_group(amal, served, FIELD, "close", documents=typed)
    assert group(served, FIELD).documents == 3
    page = amal.get(f"/desk/groups/{group(served, FIELD).group_id}").text
    assert all(f'href="/desk/documents/{document}"' in page for document in (first, second, third))
    assert "Raid on market" in page


@pytest.mark.parametrize(
    "typed", ["", "f" * 64, "{first}\n" + "f" * 64, "{first}0", "{first}\n<b>x</b>", "{short}", "x\n" * 101]
)
def test_where_one_document_isnt_found_none_is_closed(served: Served, typed: str) -> None:
    """What is wrong is said, what was typed is kept in the form, and nothing changed."""
    amal, first = served.signed_in("Amal", Role.ADMIN), served.documents()[0]
    send(amal, "/desk/groups", {"name": FIELD}, of="/desk/groups")
    refused = act_on_group(amal, served, FIELD, "close", documents=typed.format(first=first, short=first[:20]))
    assert (refused.status_code, "Nothing was changed" in refused.text) == (400, True)
    assert "<b>x" not in refused.text
    assert group(served, FIELD).documents == 0
    assert [what for _, what, _ in noted(served)] == ["add-group"]


def test_names_of_groups_are_words(served: Served) -> None:
    """A name that would be a tag stands on each page as it was typed; one that is taken or empty is refused."""
    amal = served.signed_in("Amal", Role.ADMIN)
    document = served.documents()[0]
    send(amal, "/desk/groups", {"name": HOSTILE_NAME}, of="/desk/groups")
    act_on_group(amal, served, HOSTILE_NAME, "join", account=account(served, "Amal").account_id)
    act_on_group(amal, served, HOSTILE_NAME, "close", documents=document)
    paths = ("/desk/groups", f"/desk/groups/{group(served, HOSTILE_NAME).group_id}", f"/desk/documents/{document}", f"/desk/accounts/{account(served, 'Amal').account_id}")  # fmt: skip
    for page in (amal.get(path).text for path in paths):
        assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)
    for name in (HOSTILE_NAME, ""):
        assert send(amal, "/desk/groups", {"name": name}, of="/desk/groups").status_code == 400


def test_strangers_to_a_group_are_told(served: Served) -> None:
    """An account that isn't there joins nothing, and a document that the group doesn't keep is not opened."""
    amal = served.signed_in("Amal", Role.ADMIN)
    send(amal, "/desk/groups", {"name": FIELD}, of="/desk/groups")
    for what, fields in (("join", {"account": "0"}), ("leave", {"account": "0"}), ("open", {"document": served.documents()[0]})):  # fmt: skip
        assert act_on_group(amal, served, FIELD, what, **fields).status_code == 404
    assert [what for _, what, _ in noted(served)] == ["add-group"]


def test_only_admins_are_told_who_keeps_a_document(served: Served) -> None:
    """Its page at the desk names its groups to them, with the way to close it; a member sees the document, and no group."""
    document = served.documents()[0]
    served.add("Bo")
    served.close(document, "Bo")
    amal, bo = served.signed_in("Amal", Role.ADMIN), served.browser()
    sign_in(bo, "Bo")
    name, at = f"group of {document[:6]}", f"/desk/documents/{document}"
    assert name in amal.get(at).text
    assert f'href="/desk/groups?document={document}"' in amal.get(at).text
    seen = bo.get(at)
    assert (seen.status_code, name in seen.text) == (200, False)
    offered = amal.get(f"/desk/groups?document={document}").text
    assert f"/desk/groups/{group(served, name).group_id}?document={document}" in offered
    assert (
        f">{document}</textarea>" in amal.get(f"/desk/groups/{group(served, name).group_id}?document={document}").text
    )
    assert "<b>" not in amal.get("/desk/groups?document=<b>").text
