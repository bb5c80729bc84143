"""Whatever was altered after it was stamped is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import fixed_now
from sqlalchemy import delete, insert, update
from stamp_scene import World, audited, now

from harmledger.domain import Provenance
from harmledger.domain.prove import Weight
from harmledger.stamping import (
    Trusted,
)
from harmledger.store.audit import add_audited
from harmledger.store.rows import provenance_row
from harmledger.store.schema import CAPTURES
from harmledger.store.schema_accounts import AUDIT
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_stamp import STAMP_LEAVES, STAMP_ROOTS, STAMPS
from harmledger.store.stamps import (
    list_stamps,
)


def swap_bytes(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(STAMP_LEAVES).where(STAMP_LEAVES.c.position == 1).values(document_id="f" * 64))


def drop_leaf(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(delete(STAMP_LEAVES).where(STAMP_LEAVES.c.position == 2))


def other_root(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(STAMP_ROOTS).where(STAMP_ROOTS.c.sequence == 1).values(root="f" * 64))


def new_records(world: World) -> None:
    came = Provenance(records=b"warc", url="https://a.example", status=200, address=None, by="x")
    with world.ledger.writing() as connection:
        connection.execute(insert(PROVENANCES), provenance_row(world.captures()[0], came))


def capture_gone(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(delete(CAPTURES).where(CAPTURES.c.capture_id == world.captures()[0]))


def audit_changed(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == 1).values(who="Basma"))


def audit_cut(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(delete(AUDIT))


def blob_flipped(world: World) -> None:
    blob = one_blob(world)
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.write_bytes(content)


def blob_gone(world: World) -> None:
    one_blob(world).unlink()


def other_time(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(STAMPS).values(time=fixed_now()))


def fetched_later(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(CAPTURES).values(fetched=now() + timedelta(days=2)))


def root_made_later(world: World) -> None:
    with world.ledger.writing() as connection:
        connection.execute(update(STAMP_ROOTS).values(made=now() + timedelta(days=2)))


def one_blob(world: World) -> Path:
    with world.ledger.reading() as connection:
        return world.ledger.blobs.path(list_stamps(connection)[0].content_id or "")


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [
        (swap_bytes, "root", "not those that it was made over"),
        (drop_leaf, "root", "not those that it was made over"),
        (other_root, "root", "not those that it was made over"),
        (new_records, "capture", "not what was stamped"),
        (capture_gone, "capture", "is gone"),
        (audit_changed, "log", "not what was stamped"),
        (audit_cut, "log", "not what was stamped"),
        (blob_flipped, "stamp", "were changed"),
        (blob_gone, "stamp", "missing"),
        (other_time, "stamp", "its row says"),
        (fetched_later, "capture", "after it was stamped"),
        (root_made_later, "stamp", "before the root was made"),
    ],
)
def test_whatever_was_altered_is_named(world: World, harm: Callable[[World], None], kind: str, words: str) -> None:
    """A leaf, a root, a capture, a log, a token, a time: what differs from what was stamped is found."""
    with world.ledger.writing() as connection:
        add_audited(connection, audited("sign-in"))
    world.put()
    world.stamp()
    assert world.check() == []
    harm(world)
    assert (kind, True) in {(each.kind, words in each.what) for each in world.check()}


def test_a_root_taken_out_of_the_chain_is_missed(world: World) -> None:
    """The root after it names it."""
    world.put()
    world.read("navy", 1)
    world.put()
    with world.ledger.writing() as connection:
        for table in (STAMPS, STAMP_LEAVES, STAMP_ROOTS):
            connection.execute(delete(table).where(table.c.sequence == 1))
    assert any("does not follow" in each.what for each in world.check())


def test_what_was_lawfully_forgotten_breaks_nothing(world: World) -> None:
    """The leaf stays and holds; that its capture is gone is no failure where it was forgotten."""
    world.put()
    first = world.captures()[0]
    capture_gone(world)
    assert world.check(gone=frozenset({first})) == []


def test_what_nobody_stamped_is_told_as_a_number(world: World) -> None:
    """Captures under no root are counted, and fail nothing."""
    assert [each.what for each in world.check(Weight.TOLD)] == ["3 captures are under no root yet"]
    assert world.check() == []


def test_a_token_that_holds_by_the_ledgers_own_root_is_told(world: World) -> None:
    """Without roots that the user gives, what lies beside the token counts, and it is told that it does."""
    world.put()
    world.stamp()
    world.trusted = Trusted()
    assert any("lies in the ledger itself" in each.what for each in world.check(Weight.TOLD))
    assert world.check() == []
