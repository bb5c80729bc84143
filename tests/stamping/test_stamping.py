"""What is new comes under a root and is stamped: nothing wrong is kept as good, and nothing is lost when a run is stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fake_stampers import (
    Answer,
    Authority,
)
from stamp_scene import World, audited, now, slow

from harmledger.domain.prove import Weight
from harmledger.domain.stamp import LeafKind, StampKind, StampState
from harmledger.errors import NotFound
from harmledger.stamping import (
    Trusted,
    stamp_ledger,
)
from harmledger.store.audit import add_audited
from harmledger.store.stamps import (
    count_uncovered,
    existed_by,
    list_leaves,
    list_roots,
    list_stamps,
    note_stamp,
)


def test_what_is_new_is_stamped_once(world: World) -> None:
    """All captures come under one root, which both attest; another run finds nothing new and asks nobody."""
    (root,) = world.put()
    assert world.stamp() == [StampState.HELD, StampState.PENDING]
    with world.ledger.reading() as connection:
        assert [leaf.subject for leaf in list_leaves(connection, root)] == world.captures()
        assert count_uncovered(connection) == 0
        existed = existed_by(connection, world.captures())
    assert set(existed) == set(world.captures())
    assert {each.authority for each in existed.values()} == {urlsplit(world.them.at("/")).netloc}
    asked = len(world.them.asked)
    assert (world.put(), world.stamp(), len(world.them.asked)) == ([], [], asked)
    assert world.check() == []


def test_nothing_but_a_hash_goes_out(world: World) -> None:
    """A calendar is sent the SHA-256 of the root's bytes, an authority the same within its request."""
    (root,) = world.put()
    world.stamp()
    digest = hashlib.sha256(bytes.fromhex(root)).digest()
    sent = {path: body for _, path, body in world.them.asked}
    assert sent["/calendar/digest"] == digest
    assert digest in sent["/tsa"]
    assert len(sent["/tsa"]) < 100


def test_roots_are_a_chain_with_the_logs_heads(world: World) -> None:
    """The next root is over what came since, the root before, and the audit's head; what was stamped alone comes under it all the same."""
    (first,) = world.put()
    with world.ledger.writing() as connection:
        add_audited(connection, audited("sign-in"))
    before = set(world.captures())
    world.read("navy", 2)
    (alone,) = world.put((set(world.captures()) - before).pop())
    (second,) = world.put()
    with world.ledger.reading() as connection:
        leaves = list_leaves(connection, second)
        assert [(leaf.kind, leaf.subject) for leaf in leaves][:1] == [(LeafKind.PREVIOUS, first)]
        assert [leaf.entries for leaf in leaves if leaf.kind is LeafKind.AUDIT] == [1]
        assert {leaf.subject for leaf in leaves if leaf.kind is LeafKind.CAPTURE} == set(world.captures()) - before
        assert [each.root for each in list_roots(connection) if each.alone] == [alone]
    assert world.put() == []
    assert world.check() == []


def test_a_capture_stamped_alone_needs_no_other(world: World) -> None:
    """Its root is its own leaf's hash, however often it is asked for."""
    capture = world.captures()[0]
    (root,) = world.put(capture)
    assert world.put(capture) == [root]
    with world.ledger.reading() as connection:
        assert [leaf.subject for leaf in list_leaves(connection, root)] == [capture]
    with pytest.raises(NotFound):
        world.put("0" * 64)


def test_a_run_that_is_stopped_loses_nothing(world: World) -> None:
    """Stopped before anybody was asked, or after the first: the next run asks whom this one didn't, and nobody twice."""
    world.put()
    stamps = stamp_ledger(world.ledger, world.settings, asker=world.asker(), trusted=world.trusted, now=now)
    assert next(stamps).kind is StampKind.RFC3161
    stamps.close()
    assert (world.put(), world.stamp()) == ([], [StampState.PENDING])
    assert [path for _, path, _ in world.them.asked] == ["/tsa", "/calendar/digest"]


def test_another_authority_is_asked_about_the_newest_root(world: World) -> None:
    """Who is named later attests the newest root, which leads to all before."""
    world.put()
    world.stamp()
    world.them["/other"] = world.authority.answer
    world.settings = replace(world.settings, authorities=(world.them.at("/other"),), calendars=())
    assert (world.put(), world.stamp()) == ([], [StampState.HELD])


def test_what_another_run_kept_meanwhile_stays(world: World) -> None:
    """Two runs at once: who comes later changes nothing."""
    world.put()
    with world.ledger.reading() as connection:
        wanted = list_stamps(connection)[0]
    world.stamp()
    with world.ledger.writing() as connection:
        assert not note_stamp(connection, wanted, was=[StampState.WANTED, StampState.FAILED])


def other_digest(authority: Authority) -> Callable[[bytes], bytes]:
    return lambda _: authority.stamp(b"something else")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: b"", "no answer of a time-stamping authority"),
        (lambda _: b"<html>sign in</html>", "no answer of a time-stamping authority"),
        (lambda _: (500, b"broken"), "status 500"),
        (lambda _: (403, b"no"), "status 403"),
        (lambda _: (302, b"http://127.0.0.1/"), "status 302"),
        (lambda _: b"x" * 1_000_000, "too long"),
        (lambda _: slow, "time"),
        (other_digest, "nonce|Nonce|messages"),
        (lambda authority: lambda request: authority.answer(request[:30] + bytes([request[30] ^ 1]) + request[31:]), "messages"),
        (lambda authority: lambda _: authority.answer(b"no request"), "refused"),
    ],
)  # fmt: skip
def test_nothing_wrong_is_kept_as_good(world: World, answer: Callable[[Authority], Answer], words: str) -> None:
    """Garbage, a refusal, another's token, too much or too slow: told, not kept, and asked for again next time."""
    world.settings = replace(world.settings, calendars=())
    world.put()
    world.them["/tsa"] = answer(world.authority)
    assert world.stamp() == [StampState.FAILED]
    (message,) = world.messages()
    assert message is not None
    assert any(word in message for word in words.split("|"))
    with world.ledger.reading() as connection:
        assert existed_by(connection, world.captures()) == {}
    assert [each.what[:20] for each in world.check(Weight.TOLD)] == ["it isn't stamped yet"]
    world.them["/tsa"] = world.authority.answer
    assert world.stamp() == [StampState.HELD]
    assert (world.messages(), world.check()) == ([None], [])


def test_an_authority_whose_certificate_expired_or_is_unknown_is_refused(world: World, tmp_path: Path) -> None:
    """What it signs vouches for nothing."""
    world.settings = replace(world.settings, calendars=())
    world.put()
    old = Authority(tmp_path / "old", days=(-30, -1))
    world.them["/tsa"] = old.answer
    assert world.stamp() == [StampState.FAILED]
    world.trusted = Trusted(roots=[old.root])
    assert world.stamp() == [StampState.FAILED]
    assert "verifying certificates" in (world.messages()[0] or "")


def test_a_clock_that_differs_is_told(world: World) -> None:
    """A token of another day than this machine's is refused: one of both clocks is wrong."""
    world.settings = replace(world.settings, calendars=())
    world.put()
    later = stamp_ledger(
        world.ledger, world.settings, asker=world.asker(), trusted=world.trusted, now=lambda: now() + timedelta(days=1)
    )
    assert [each.state for each in later] == [StampState.FAILED]
    assert "clock" in (world.messages()[0] or "")
