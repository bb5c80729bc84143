"""What was forgotten is shown nowhere; its page says that it was, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sites import Served
from test_every_route import WORDS, addresses, ids_of

from harmledger.domain import Role
from harmledger.proving.forgetting import Forget, forget

pytestmark = pytest.mark.either_database


@pytest.fixture
def forgotten(serve_world: Callable[..., Served]) -> tuple[Served, str, list[str]]:
    """A site whose pages were looked at before, a report of it forgotten since, and the ids of all that stood on it."""
    served = serve_world(site_rate=0)
    ((document,),) = served.ask("SELECT document_id FROM readings WHERE title = :title", title=WORDS[0])
    ids = ids_of(served, document)
    seen = served.browser()
    assert WORDS[0] in seen.get(f"/reports/{document}").text
    assert WORDS[0] in seen.get("/search?q=stalls").text
    asked = Forget(document=document, basis="a court's order", reason="It named a child.", who="Dee the lead")
    forget(served.site.ledger, asked, now=lambda: datetime(2024, 3, 1, tzinfo=UTC))
    return served, document, ids


@pytest.mark.parametrize("role", [None, Role.LEAD])
def test_no_route_tells_of_a_forgotten_document(forgotten: tuple[Served, str, list[str]], role: Role | None) -> None:
    """Neither the public nor a lead finds a word of it at any address, and none of them breaks on what is missing."""
    served, _, ids = forgotten
    asker = served.signed_in("Dee", role) if role else served.browser()
    for address in addresses(ids):
        answer = asker.get(address)
        assert [word for word in WORDS if word in answer.text] == [], address
        assert answer.status_code < 500, address


def test_its_page_is_a_tombstone(forgotten: tuple[Served, str, list[str]]) -> None:
    """When, on what basis and why are told to everybody; who decided so isn't."""
    served, document, _ = forgotten
    page = served.browser().get(f"/reports/{document}")
    assert page.status_code == 200
    assert all(words in page.text for words in ("Forgotten report", "a court&#39;s order", "It named a child."))
    assert "Dee the lead" not in page.text
