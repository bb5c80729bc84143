"""Processes that make pages: what they make is what the site's own threads make, of the ledger as it stands, and where one ends nobody notices."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Verdict
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.decisions import add_decision
from harmledger.store.subjects import list_claims
from harmledger.web.app import make_app
from harmledger.web.kept import KeptPage
from harmledger.web.makers import Makers


@contextmanager
def made_apart(served: Served) -> Iterator[TestClient]:
    """A browser of the same ledger, whose pages a process of its own makes."""
    app = make_app(replace(served.site.config), now=served.clock, makers=1)
    with TestClient(app, base_url="https://record.example.org", follow_redirects=False) as browser:
        yield browser


def _paths(served: Served) -> list[str]:
    """Pages of every kind that is made apart, and what is refused."""
    claim, document = _claim(served), served.documents()[0]
    with served.site.ledger.reading() as connection:
        incident = str(connection.exec_driver_sql("SELECT min(incident_id) FROM incident_claims").scalar())
    pages = [
        f"/incidents/{incident}",
        f"/reports/{document}",
        f"/claims/{claim}",
        f"/incidents/{incident}?rule=airwars",
    ]
    return [*pages, f"/incidents/{'0' * 64}", f"/incidents/{incident}?rule=none", "/reports/short"]


def _claim(served: Served) -> str:
    with served.site.ledger.reading() as connection:
        return next(iter(list_claims(connection)))


def test_pages_made_apart_are_those_made_here(served: Served) -> None:
    """Pages, ways onward and refusals are the same, letter for letter, and so are what browsers are told of keeping them."""
    told = ("etag", "cache-control", "vary", "location", "content-type")
    with made_apart(served) as apart:
        here = served.browser()
        for path in _paths(served):
            made, other = here.get(path), apart.get(path)
            assert (made.status_code, made.text) == (other.status_code, other.text)
            assert [made.headers.get(name) for name in told] == [other.headers.get(name) for name in told]


def test_a_page_made_apart_shows_what_was_decided_before_it_was_asked_for(served: Served) -> None:
    """A maker looks at the ledger no earlier than the request came."""
    page = _paths(served)[0]
    with made_apart(served) as apart:
        assert "rejected by a reviewer" not in apart.get(page).text
        for claim in _claims_of(served, page):
            said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.REJECT, who="Amal", reason="not so")
            add_decision(served.site.ledger, said, now=served.clock())
        assert "rejected by a reviewer" in apart.get(page).text


def _claims_of(served: Served, page: str) -> list[str]:
    incident = page.rpartition("/")[2]
    with served.site.ledger.reading() as connection:
        asked = f"SELECT claim_id FROM incident_claims WHERE incident_id = '{incident}'"  # noqa: S608  an id that the ledger gave
        return list(connection.exec_driver_sql(asked).scalars())


def test_where_a_maker_ends_the_site_makes_the_pages(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """A process that is killed takes no page with it: it is made here, and the log says so."""
    first, second = _paths(served)[:2]
    with made_apart(served) as apart:
        assert apart.get(first).status_code == 200
        makers: Makers = apart.app.state.site.makers  # type: ignore[attr-defined]  # of the app that the test made
        for process in list(makers._pool._processes.values()):  # type: ignore[union-attr]  # there is no public way to them
            os.kill(process.pid, signal.SIGKILL)
        assert [apart.get(path).status_code for path in (second, first)] == [200, 200]
        assert "has ended" in caplog.text


def test_who_is_signed_in_gets_no_page_made_apart(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makers know nobody: whoever has a session is answered by the site itself."""

    async def asked(*_: object) -> KeptPage:
        raise AssertionError("a maker was asked")

    monkeypatch.setattr(Makers, "make", asked)
    assert served.signed_in("Amal").get(_paths(served)[0]).status_code == 200
