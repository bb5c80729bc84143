"""What is new comes under a root and is stamped: nothing wrong is kept as good, nothing is lost when a run is stopped, and all of it can be shown and checked."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from fake_stampers import (
    MINED,
    SALTED,
    Answer,
    Authority,
    Stampers,
    apply_all,
    complete,
    in_block,
    mine_chain,
    pending,
    promise,
)
from fakes import fixed_now, load_fake, write_reports
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile
from sqlalchemy import delete, insert, select, update

from harmledger.attest.ots import render_timestamp
from harmledger.attest.ots_tree import Tree
from harmledger.config import StampSettings
from harmledger.domain import Audited, Provenance
from harmledger.domain.prove import Finding, Weight
from harmledger.domain.stamp import Existed, LeafKind, StampKind, StampState
from harmledger.errors import BadInput, NotFound
from harmledger.pipeline import read_reports
from harmledger.stamp.asking import Asker, Limits
from harmledger.stamping import (
    Trusted,
    check_stamps,
    date_stamps,
    gather_evidence,
    give_evidence,
    load_trusted,
    put_under_root,
    stamp_ledger,
    upgrade_stamps,
)
from harmledger.store import Ledger, open_ledger
from harmledger.store.audit import add_audited
from harmledger.store.rows import provenance_row
from harmledger.store.schema import CAPTURES
from harmledger.store.schema_accounts import AUDIT
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_stamp import STAMP_LEAVES, STAMP_ROOTS, STAMPS
from harmledger.store.stamps import (
    count_uncovered,
    existed_by,
    find_captures,
    list_leaves,
    list_roots,
    list_stamps,
    note_stamp,
)

QUICK = Limits(connect_seconds=2, whole_seconds=2)


def now() -> datetime:
    """The machine's own clock, as OpenSSL's authority has it."""
    return datetime.now(UTC)


@dataclass
class World:
    """A ledger and those who attest time."""

    ledger: Ledger
    them: Stampers
    authority: Authority
    settings: StampSettings
    trusted: Trusted

    def read(self, name: str, number: int) -> None:
        path = write_reports(self.ledger.folder.parent / f"{name}.jsonl", number)
        path.write_text(path.read_text().replace("Army", name.title()))
        for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=self.ledger):
            pass

    def put(self, *captures: str) -> list[str]:
        return [each.root for each in put_under_root(self.ledger, self.settings, captures=captures, now=now())]

    def asker(self) -> Asker:
        return Asker(trusted=(*self.settings.authorities, *self.settings.calendars), limits=QUICK)

    def stamp(self) -> list[StampState]:
        asked = stamp_ledger(self.ledger, self.settings, asker=self.asker(), trusted=self.trusted, now=now)
        return [each.state for each in asked]

    def upgrade(self) -> list[StampState]:
        asked = upgrade_stamps(self.ledger, asker=self.asker(), trusted=self.trusted, now=now)
        return [each.state for each in asked]

    def check(self, weight: Weight = Weight.FAILS, **more: frozenset[str]) -> list[Finding]:
        with self.ledger.reading() as connection:
            found = check_stamps(self.ledger, connection, trusted=self.trusted, **more)
            return [each for each in found if each.weight is weight]

    def captures(self) -> list[str]:
        with self.ledger.reading() as connection:
            return sorted(connection.execute(select(CAPTURES.c.capture_id)).scalars())

    def messages(self) -> list[str | None]:
        with self.ledger.reading() as connection:
            return [each.message for each in list_stamps(connection)]

    def commitment(self, root: str) -> bytes:
        return apply_all(hashlib.sha256(bytes.fromhex(root)).digest(), SALTED)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def world(tmp_path: Path, authority: Authority) -> Iterator[World]:
    """A ledger of three reports, an authority, and a calendar."""
    with Stampers() as them:
        them["/tsa"] = authority.answer
        them["/calendar/digest"] = promise(them.at("/calendar"))
        settings = StampSettings(
            authorities=(them.at("/tsa"),), calendars=(them.at("/calendar"),), roots="", headers=""
        )
        ledger = open_ledger(tmp_path / "ledger", now=fixed_now)
        world = World(ledger, them, authority, settings, Trusted(roots=[authority.root], least_difficulty=0))
        world.read("army", 3)
        yield world
        ledger.close()


# --- stamping --------------------------------------------------------------------------------------------------------


def test_what_is_new_is_stamped_once(world: World) -> None:
    """All captures come under one root, which both attest; another run finds nothing new and asks nobody."""
    (root,) = world.put()
    assert world.stamp() == [StampState.HELD, StampState.PENDING]
    with world.ledger.reading() as connection:
        assert [leaf.subject for leaf in list_leaves(connection, root)] == world.captures()
        assert count_uncovered(connection) == 0
        existed = existed_by(connection, world.captures())
    assert set(existed) == set(world.captures())
    assert {each.authority for each in existed.values()} == {"127.0.0.1"}
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


def slow(_: bytes) -> bytes:
    time.sleep(4)
    return b""


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


# --- calendars -------------------------------------------------------------------------------------------------------


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


# --- checks ----------------------------------------------------------------------------------------------------------


def audited(what: str) -> Audited:
    return Audited(when=fixed_now(), who="Amal", what=what, subject=None, address=None, outcome="done")


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


# --- evidence --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(3))
def test_a_proof_is_checked_by_hand(world: World, tmp_path: Path, number: int) -> None:
    """The files that are given hold by OpenSSL and a shell alone, and the reference library reads the proof."""
    (root,) = world.put()
    world.stamp()
    capture = world.captures()[number]
    give_evidence(world.ledger, gather_evidence(world.ledger, capture), tmp_path / "out")
    done = subprocess.run(["sh", "check.sh"], cwd=tmp_path / "out", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The leaf is under the root." in done.stdout
    assert "captured.bin is what the leaf names." in done.stdout
    assert "Verification: OK" in done.stdout
    assert "Time stamp:" in done.stdout
    proof = (tmp_path / "out" / "root.ots").read_bytes()
    read = DetachedTimestampFile.deserialize(BytesDeserializationContext(proof))
    assert read.file_digest == hashlib.sha256((tmp_path / "out" / "root.bin").read_bytes()).digest()
    told = json.loads((tmp_path / "out" / "proof.json").read_text())
    assert (told["root"], told["leaf"].split()[4]) == (root, capture)
    assert capture in (tmp_path / "out" / "README.txt").read_text()


@pytest.mark.parametrize("name", ["leaf.txt", "root.bin", "token.tsr", "captured.bin"])
def test_a_proof_that_was_altered_fails_by_hand(world: World, tmp_path: Path, name: str) -> None:
    """One byte of any file changed: the commands stop."""
    world.put()
    world.stamp()
    give_evidence(world.ledger, gather_evidence(world.ledger, world.captures()[1]), tmp_path / "out")
    path = tmp_path / "out" / name
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    done = subprocess.run(["sh", "check.sh"], cwd=tmp_path / "out", capture_output=True, check=False)
    assert done.returncode != 0


def test_the_best_proof_comes_first(world: World) -> None:
    """An attested root goes before one that isn't, and one over the capture alone before one over many."""
    world.put()
    world.stamp()
    capture = world.captures()[0]
    (alone,) = world.put(capture)
    assert [each.root.alone for each in gather_evidence(world.ledger, capture).proven] == [False, True]
    world.stamp()
    evidence = gather_evidence(world.ledger, capture)
    assert evidence.proven[0].root.root == alone


def test_what_is_not_stamped_or_has_no_room_is_told(world: World, tmp_path: Path) -> None:
    """No root yet; or a folder that holds something."""
    capture = world.captures()[0]
    with pytest.raises(NotFound, match="no root yet"):
        gather_evidence(world.ledger, capture)
    world.put()
    (tmp_path / "x").write_text("mine")
    with pytest.raises(BadInput, match="something already"):
        give_evidence(world.ledger, gather_evidence(world.ledger, capture), tmp_path)


def test_captures_are_found_by_their_ids_beginning(world: World) -> None:
    """A capture's id, or its document's."""
    with world.ledger.reading() as connection:
        row = connection.execute(select(CAPTURES)).first()
        assert row is not None
        assert find_captures(connection, row.capture_id[:12]) == [row.capture_id]
        assert find_captures(connection, row.document_id[:12]) == [row.capture_id]
        with pytest.raises(NotFound):
            find_captures(connection, "zz")


def test_who_existed_first_is_told(world: World) -> None:
    """Of several times the earliest counts: it is what is known."""
    (root,) = world.put()
    world.stamp()
    capture = world.captures()[0]
    with world.ledger.writing() as connection:
        early = datetime(2020, 1, 1, tzinfo=UTC)
        connection.execute(
            insert(STAMPS),
            {"sequence": 1, "kind": "opentimestamps", "authority": "c", "state": "held", "asked": early, "time": early},
        )
        existed = existed_by(connection, [capture])[capture]
    assert existed == Existed(capture_id=capture, time=early, kind=StampKind.OPENTIMESTAMPS, authority="c")
    assert root


def test_trusted_things_are_read_from_files_and_folders(authority: Authority, tmp_path: Path) -> None:
    """A folder's certificates each once, whatever else lies there; a file of headers; what isn't there is told."""
    (tmp_path / "a.pem").write_bytes(Authority.pem(authority.root))
    (tmp_path / "b.crt").write_bytes(Authority.pem(authority.root))
    (tmp_path / "c.pem").write_text("nothing")
    (tmp_path / "d.txt").write_text("nothing")
    none = StampSettings(authorities=(), calendars=(), roots="", headers="")
    assert load_trusted(replace(none, roots=str(tmp_path))).roots == [authority.root]
    assert load_trusted(replace(none, roots=str(tmp_path / "a.pem"))).roots == [authority.root]
    for wrong in (str(tmp_path / "c.pem"), str(tmp_path / "nowhere")):
        with pytest.raises(BadInput):
            load_trusted(replace(none, roots=wrong))
    with pytest.raises(BadInput, match="no block headers"):
        load_trusted(replace(none, headers=str(tmp_path / "c.pem")))
