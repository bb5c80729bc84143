"""What people decided, kept at hand: each who asks gets what its own view of the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports

from harmledger.domain import Decision, Verdict
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.fold import fold
from harmledger.store import Ledger, open_ledger
from harmledger.store.decided import DecidedSoFar, read_decided
from harmledger.store.decisions import add_decision, read_log
from harmledger.store.subjects import list_claims


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    path = str(write_reports(tmp_path / "some.jsonl", 3))
    for _ in read_reports([path], load=partial(load_fake, "1"), now=fixed_now, keeper=opened):
        pass
    yield opened
    opened.close()


def decide(ledger: Ledger, number: int, verdict: Verdict, replaces: str | None = None) -> Decision:
    with ledger.reading() as connection:
        claim = list(list_claims(connection))[number].claim_id
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=verdict, who="Amal", reason="seen", replaces=replaces)
    return add_decision(ledger, said, now=FIXED_NOW)


def test_it_is_what_the_whole_log_says(ledger: Ledger) -> None:
    """Read bit by bit or at once, the log and its fold are the same."""
    kept = DecidedSoFar()
    held = decide(ledger, 0, Verdict.HOLD)
    with ledger.reading() as connection:
        kept.read(connection)
    decide(ledger, 1, Verdict.ACCEPT)
    decide(ledger, 0, Verdict.UNDO, replaces=held.decision_id)
    with ledger.reading() as connection:
        found, log = kept.read(connection), read_log(connection)
        assert list(found.log) == log
        assert found.state.histories == fold(log).histories
        assert found == read_decided(connection)
        assert kept.read(connection) is found


def test_who_looked_earlier_sees_no_later_decision(ledger: Ledger) -> None:
    """A view that began before a decision holds none of it, though it is kept at hand for others."""
    kept = DecidedSoFar()
    decide(ledger, 0, Verdict.HOLD)
    with ledger.reading() as early:
        assert len(kept.read(early).log) == 1
        decide(ledger, 1, Verdict.ACCEPT)
        with ledger.reading() as late:
            assert len(kept.read(late).log) == 2
        assert len(kept.read(early).log) == 1
    assert ledger.where
