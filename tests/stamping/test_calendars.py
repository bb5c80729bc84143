"""Calendars' promises become proofs, or are asked about again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fake_stampers import (
    MINED,
    Answer,
    apply_all,
    complete,
    in_block,
    mine_chain,
    pending,
    promise,
)
from stamp_scene import World, now, slow

from harmledger.attest.ots import render_timestamp
from harmledger.attest.ots_tree import Tree
from harmledger.domain.prove import Weight
from harmledger.domain.stamp import StampState
from harmledger.stamping import (
    date_stamps,
)


def complete_at(world: World, root: str, height: int = 800_000) -> None:
    commitment = world.commitment(root)
    world.them[f"/calendar/timestamp/{commitment.hex()}"] = complete(commitment, height)


def with_headers(world: World, root: str, *, other: bool = False) -> None:
    merkle = b"\x01" * 32 if other else apply_all(world.commitment(root), MINED)
    chain = mine_chain([merkle, b"\x02" * 32], time=now() + timedelta(hours=1))
    world.trusted = replace(world.trusted, headers=chain)


def test_a_promise_is_kept_and_dated(world: World) -> None:
    """Pending until the calendar tells a block; then held, undated until there are headers; then the block's time counts."""
    (root,) = world.put()
    world.stamp()
    assert world.upgrade() == [StampState.PENDING]
    assert world.messages() == [None, None]
    complete_at(world, root)
    assert world.upgrade() == [StampState.HELD]
    assert world.upgrade() == []
    assert any("header isn't at hand" in each.what for each in world.check(Weight.TOLD))
    with_headers(world, root)
    (dated,) = date_stamps(world.ledger, world.trusted)
    assert dated.time is not None
    assert abs(dated.time - now() - timedelta(hours=1)) < timedelta(minutes=1)
    assert list(date_stamps(world.ledger, world.trusted)) == []
    assert world.check() == []


def test_a_block_that_headers_belie_is_not_believed(world: World) -> None:
    """A calendar names a block whose Merkle root is another: the proof stays pending, or waits again."""
    (root,) = world.put()
    world.stamp()
    complete_at(world, root)
    with_headers(world, root, other=True)
    assert world.upgrade() == [StampState.PENDING]
    assert "Merkle root" in (world.messages()[1] or "")
    trusted, world.trusted = world.trusted, replace(world.trusted, headers=None)
    assert world.upgrade() == [StampState.HELD]
    assert [each.state for each in date_stamps(world.ledger, trusted)] == [StampState.PENDING]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        (500, b""),
        b"x" * 70_000,
        complete(b"\x01" * 32, 7)[:-1],
        render_timestamp(Tree(b"", frozenset({pending("a")}))),
    ],
)
def test_a_calendar_that_answers_nonsense_changes_nothing(world: World, answer: Answer) -> None:
    """What it answers to a promise is told or passed over; the promise stays, and is kept in the end."""
    (root,) = world.put()
    world.stamp()
    world.them[f"/calendar/timestamp/{world.commitment(root).hex()}"] = answer
    assert world.upgrade() == [StampState.PENDING]
    complete_at(world, root)
    assert world.upgrade() == [StampState.HELD]
    assert world.messages() == [None, None]


@pytest.mark.parametrize("answer", [b"", b"garbage", (404, b""), (503, b"full"), b"x" * 70_000, slow])
def test_a_calendar_that_promises_nothing_is_asked_again(world: World, answer: Answer) -> None:
    """Nothing of it is kept."""
    world.settings = replace(world.settings, authorities=())
    world.put()
    world.them["/calendar/digest"] = answer
    assert world.stamp() == [StampState.FAILED]
    world.them["/calendar/digest"] = promise(world.them.at("/calendar"))
    assert world.stamp() == [StampState.PENDING]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://169.254.169.254/latest", "isn't in the public internet"),
        ("http://127.0.0.1:9/x", "isn't in the public internet"),
        ("http://localhost/x", "no name of the public internet"),
        ("http://10.0.0.1/", "isn't in the public internet"),
        ("file:///etc/passwd", "isn't http"),
        ("//alice.example", "isn't http"),
    ],
)
def test_a_calendar_sends_us_nowhere_inside(world: World, address: str, words: str) -> None:
    """An address that a calendar tells leads to the public internet or nowhere."""
    world.settings = replace(world.settings, authorities=())
    world.them["/calendar/digest"] = promise(address)
    world.put()
    world.stamp()
    assert world.upgrade() == [StampState.PENDING]
    assert words in (world.messages()[0] or "")


def test_a_proof_that_names_very_many_calendars_is_not_followed(world: World) -> None:
    """One answer can't have us ask a hundred others."""
    world.settings = replace(world.settings, authorities=())
    many = frozenset(pending(f"http://c{number}.example") for number in range(100))
    world.them["/calendar/digest"] = lambda digest: render_timestamp(Tree(digest, many))
    world.put()
    world.stamp()
    assert world.upgrade() == [StampState.PENDING]
    assert "too many calendars" in (world.messages()[0] or "")


def test_a_calendar_that_knows_the_block_at_once_is_held(world: World) -> None:
    """No promise is needed."""
    world.settings = replace(world.settings, authorities=())
    world.them["/calendar/digest"] = lambda digest: render_timestamp(Tree(digest, frozenset({in_block(800_000)})))
    world.put()
    assert world.stamp() == [StampState.HELD]
