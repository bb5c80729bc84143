"""What is new since somebody looked, and whom it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports
from sqlalchemy import select

from harmledger.domain import Decision, OtherClaim, Role, Verdict
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import Ledger, changes, open_ledger
from harmledger.store.access import close_document, open_document
from harmledger.store.accounts import add_account
from harmledger.store.changes import Marks, News, find_news
from harmledger.store.decisions import add_decision
from harmledger.store.groups import add_group
from harmledger.store.schema import CLAIMS, INCIDENT_CLAIMS
from harmledger.store.sessions import start_session, touch_session


def read_into(ledger: Ledger, path: Path, number: int) -> None:
    for _ in read_reports(
        [str(write_reports(path, number))], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger
    ):
        pass


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    """Two reports, linked."""
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    read_into(opened, tmp_path / "two.jsonl", 2)
    link_ledger(opened, now=fixed_now)
    yield opened
    opened.close()


@pytest.fixture
def claims(ledger: Ledger) -> list[tuple[str, ...]]:
    """Each claim with its document and incident."""
    of = select(CLAIMS.c.claim_id, CLAIMS.c.document_id, INCIDENT_CLAIMS.c.incident_id)
    joined = of.join(INCIDENT_CLAIMS, INCIDENT_CLAIMS.c.claim_id == CLAIMS.c.claim_id)
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(joined.order_by(CLAIMS.c.claim_id))]


def marks(ledger: Ledger) -> Marks:
    with ledger.reading() as connection:
        news = find_news(connection, None)
    assert news
    return news.marks


def news_of(ledger: Ledger, change: Callable[[], object]) -> News | None:
    """What is new after a change."""
    before = marks(ledger)
    change()
    with ledger.reading() as connection:
        return find_news(connection, before)


def decide(ledger: Ledger, claim: str, verdict: Verdict, **more: object) -> Decision:
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=verdict, who="Amal", reason="seen")
    return add_decision(ledger, replace(said, **more), now=FIXED_NOW)


def test_whoever_never_looked_is_told_that_anything_may_be_new(ledger: Ledger) -> None:
    """The first look finds everything, and another one right after it nothing."""
    with ledger.reading() as connection:
        first = find_news(connection, None)
        assert first is not None
        assert first.touched is None
        assert find_news(connection, first.marks) is None


def test_a_decision_is_about_its_claim_report_and_incident(ledger: Ledger, claims: list[tuple[str, ...]]) -> None:
    """And about nothing else; so is one that takes it back."""
    decided: list[Decision] = []
    news = news_of(ledger, lambda: decided.append(decide(ledger, claims[0][0], Verdict.HOLD)))
    assert news is not None
    assert news.touched == frozenset(claims[0])
    undone = partial(decide, ledger, claims[0][0], Verdict.UNDO, replaces=decided[0].decision_id)
    news = news_of(ledger, undone)
    assert news is not None
    assert news.touched == frozenset(claims[0])


def test_a_merger_may_reach_anywhere(ledger: Ledger, claims: list[tuple[str, ...]]) -> None:
    """Mergers chain, so that one, and the taking back of one, may be about any page."""
    decided: list[Decision] = []
    merge = partial(decide, ledger, claims[0][0], Verdict.MERGE, value=OtherClaim(claim_id=claims[1][0]))
    news = news_of(ledger, lambda: decided.append(merge()))
    assert news is not None
    assert news.touched is None
    news = news_of(ledger, partial(decide, ledger, claims[0][0], Verdict.UNDO, replaces=decided[0].decision_id))
    assert news is not None
    assert news.touched is None


def test_a_decision_of_a_document_may_reach_anywhere(ledger: Ledger, claims: list[tuple[str, ...]]) -> None:
    """A report tells of several incidents."""
    said = Said(subject=claims[0][1], kind=SubjectKind.DOCUMENT, verdict=Verdict.HOLD, who="Amal", reason="seen")
    news = news_of(ledger, lambda: add_decision(ledger, said, now=FIXED_NOW))
    assert news is not None
    assert news.touched is None


def test_many_decisions_at_once_are_about_anything(
    ledger: Ledger, claims: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking up each of a thousand would take longer than making pages anew."""
    monkeypatch.setattr(changes, "_DECIDED", changes._DECIDED.limit(2))
    monkeypatch.setattr(changes, "MOST_FOLLOWED", 1)
    news = news_of(ledger, lambda: [decide(ledger, claim, Verdict.HOLD) for claim, *_ in claims])
    assert news is not None
    assert news.touched is None


def test_what_is_read_and_linked_is_about_anything(ledger: Ledger, tmp_path: Path) -> None:
    """Beside a decision too."""
    for change in (
        partial(read_into, ledger, tmp_path / "three.jsonl", 3),
        partial(link_ledger, ledger, now=fixed_now),
    ):
        news = news_of(ledger, change)
        assert news is not None
        assert news.touched is None


def test_closing_and_opening_a_document_is_about_anything(ledger: Ledger, claims: list[tuple[str, ...]]) -> None:
    """A closed document must be gone from every page at once."""
    with ledger.writing() as writer:
        group = add_group(writer, "team", now=FIXED_NOW)
    for change in (close_document, open_document):

        def changed(change: Callable[..., object] = change) -> None:
            with ledger.writing() as writer:
                change(writer, claims[0][1], group.group_id)

        news = news_of(ledger, changed)
        assert news is not None
        assert news.touched is None


def test_accounts_and_sessions_are_no_news(ledger: Ledger) -> None:
    """No kept page shows who is signed in."""

    def sign_in() -> None:
        with ledger.writing() as writer:
            account = add_account(writer, "Amal", Role.REVIEWER, password_hash="x", now=FIXED_NOW)  # noqa: S106  none
            session = start_session(writer, account.account_id, token="t", agent="", now=FIXED_NOW)  # noqa: S106  none
            touch_session(writer, session.session_id, now=FIXED_NOW)

    assert news_of(ledger, sign_in) is None
