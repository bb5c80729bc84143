"""What proves a capture is given, and checked by hand."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_stampers import (
    Authority,
)
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile
from sqlalchemy import insert, select
from stamp_scene import World

from harmledger.config import StampSettings
from harmledger.domain.stamp import Existed, StampKind
from harmledger.errors import BadInput, NotFound
from harmledger.stamping import (
    gather_evidence,
    give_evidence,
    load_trusted,
)
from harmledger.store.schema import CAPTURES
from harmledger.store.schema_stamp import STAMPS
from harmledger.store.stamps import (
    existed_by,
    find_captures,
)


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
