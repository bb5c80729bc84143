"""Two versions of one page as the ledger holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_pages import FILLER, at, fetch, report, said
from fakes import FIXED_NOW, fixed_now

from harmledger.comparing import MOST_CHARS, compare_versions, describe_change, get_versions
from harmledger.domain import PageChange, Verdict, Version
from harmledger.review.decide import Said, SubjectKind
from harmledger.standing import StandingClaims
from harmledger.store import Ledger, get_report, open_ledger
from harmledger.store.decisions import add_decision


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now)
    yield opened
    opened.close()


def described(ledger: Ledger, old: str, new: str) -> PageChange | None:
    with ledger.reading() as connection:
        stands = StandingClaims(connection, ledger.folder)
        before, after = (
            Version(page_id="p", document_id=document, source="s", since=at(day))
            for document, day in ((old, 6), (new, 7))
        )
        return describe_change(stands, before, after)


def test_a_change_is_told_in_sentences(ledger: Ledger) -> None:
    """Lists keep which claims changed, and whether a word did."""
    old, new = fetch(ledger, report(said(15)), at(6)), fetch(ledger, report(said(12)), at(7))
    change = described(ledger, old, new)
    assert change
    assert (change.words_changed, change.claims) == (True, ("12 killed: the figure was 15, now 12.",))


def test_long_texts_are_compared_by_claims_alone(ledger: Ledger) -> None:
    """What takes long is told coarsely in lists: the claims that changed, and that words did."""
    long = FILLER * (MOST_CHARS // len(FILLER))
    old, new = fetch(ledger, report(said(15), long), at(6)), fetch(ledger, report(said(12), long), at(7))
    change = described(ledger, old, new)
    assert change
    assert (change.words_changed, change.claims) == (True, ("12 killed: the figure was 15, now 12.",))


def test_what_reviewers_made_of_one_version_is_no_change_of_the_page(ledger: Ledger) -> None:
    """A corrected claim is compared as it was read, a rejected one not at all."""
    old, new = fetch(ledger, report(said(15), said(3, "injured")), at(6)), fetch(ledger, report(said(15)), at(7))
    with ledger.reading() as connection:
        _, injured = (claim["claim_id"] for claim in get_report(connection, old).record["claims"])
    told = Said(subject=injured, kind=SubjectKind.CLAIM, verdict=Verdict.REJECT, who="Amal", reason="misread")
    add_decision(ledger, told, now=FIXED_NOW)
    change = described(ledger, old, new)
    assert change
    assert change.claims == ()


def test_what_nobody_read_cant_be_compared(ledger: Ledger) -> None:
    """Of a version that no engine read nothing is told."""
    assert described(ledger, fetch(ledger, report(said(15)), at(6)), "f" * 64) is None


def test_other_readers_are_told_of(ledger: Ledger) -> None:
    """Where engines differ, what differs in the claims may be theirs."""
    old, new = fetch(ledger, report(said(15)), at(6)), fetch(ledger, report(said(12)), at(7))
    with ledger.reading() as connection:
        versions = get_versions(StandingClaims(connection, ledger.folder), old, new)
    assert versions
    assert compare_versions(*versions).same_reader
    for claim in versions[1]["claims"]:
        claim["by"] = {**claim["by"], "version": "2"}
    assert not compare_versions(*versions).same_reader
