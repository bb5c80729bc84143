"""Roots and stamps in either database: what is new comes under a root once, however many runs there are at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports

from harmledger.domain import Audited
from harmledger.domain.stamp import LeafKind, Root, Stamp, StampKind, StampState
from harmledger.pipeline import read_reports
from harmledger.store import Ledger, open_ledger
from harmledger.store.audit import add_audited, walk_audit_heads
from harmledger.store.changes import read_marks
from harmledger.store.stamps import (
    count_uncovered,
    existed_by,
    find_placed,
    list_leaves,
    list_roots,
    list_stamps,
    make_root,
    note_stamp,
)

WHO = [(StampKind.RFC3161, "https://tsa.example"), (StampKind.OPENTIMESTAMPS, "https://calendar.example")]


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of twelve reports, its rows in a file or on a server."""
    database = "" if request.param == "sqlite" else request.getfixturevalue("server").make_database()
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    path = write_reports(tmp_path / "reports.jsonl", 12)
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    yield ledger
    ledger.close()


def make(ledger: Ledger) -> Root | None:
    with ledger.writing() as connection:
        return make_root(connection, WHO, now=FIXED_NOW)


def test_runs_at_once_make_one_root(ledger: Ledger) -> None:
    """Eight runs at the same moment: one makes the root, the others find nothing new, and each authority is wanted once."""
    with ThreadPoolExecutor(8) as pool:
        made = [root for root in pool.map(lambda _: make(ledger), range(8)) if root]
    with ledger.reading() as connection:
        assert list_roots(connection) == made
        (root,) = made
        assert (root.leaves, root.made, count_uncovered(connection)) == (12, FIXED_NOW, 0)
        assert [(each.kind, each.authority) for each in list_stamps(connection)] == WHO
        leaves = list_leaves(connection, root.root)
        assert {leaf.kind for leaf in leaves} == {LeafKind.CAPTURE}
        placed = [find_placed(connection, leaf.subject)[0].position for leaf in leaves]
        assert placed == list(range(12))


def test_a_stamp_that_tells_a_time_reaches_kept_pages(ledger: Ledger) -> None:
    """Pages made before show what is attested since; a failure changes none."""
    make(ledger)
    with ledger.reading() as connection:
        before = read_marks(connection)
        signing, calendar = list_stamps(connection)
    assert note(ledger, calendar, StampState.FAILED)
    with ledger.reading() as connection:
        assert read_marks(connection) == before
    assert note(ledger, signing, StampState.HELD)
    assert not note(ledger, signing, StampState.HELD)
    with ledger.reading() as connection:
        assert read_marks(connection) != before
        captures = [leaf.subject for leaf in list_leaves(connection, signing.root)]
        assert {each.authority for each in existed_by(connection, captures).values()} == {"tsa.example"}


def note(ledger: Ledger, stamp: Stamp, state: StampState) -> bool:
    time = FIXED_NOW if state is StampState.HELD else None
    told = Stamp(root=stamp.root, kind=stamp.kind, authority=stamp.authority, state=state, asked=FIXED_NOW, time=time)
    with ledger.writing() as connection:
        return note_stamp(connection, told, was=[StampState.WANTED])


def test_the_audit_is_taken_up_where_the_last_root_left_it(ledger: Ledger) -> None:
    """The head that a later root tells is the one that all lines lead to; lines alone are something new."""
    for number in range(1, 4):
        for _ in range(number):
            add_line(ledger, f"what {number}")
        root = make(ledger)
        assert root is not None
        with ledger.reading() as connection:
            heads = list(walk_audit_heads(connection))
            (told,) = [leaf for leaf in list_leaves(connection, root.root) if leaf.kind is LeafKind.AUDIT]
        assert (told.entries, told.subject) == (len(heads), heads[-1])
    assert make(ledger) is None


def add_line(ledger: Ledger, what: str) -> None:
    line = Audited(when=FIXED_NOW, who=None, what=what, subject=None, address=None, outcome="done")
    with ledger.writing() as connection:
        add_audited(connection, line)
