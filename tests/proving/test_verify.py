"""`verify` names what doesn't hold, ends as it should, and seals only what does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FIXED_NOW, KINDS, load_fake
from proved import fetch_page, find, find_failing, make_proved, open_proved
from rows import change

from harmledger.cli import main
from harmledger.domain import Weight
from harmledger.errors import BadInput, Inconsistent
from harmledger.ids import document_id
from harmledger.pipeline import read_report
from harmledger.proving import reread
from harmledger.proving.sealing import seal
from harmledger.proving.verify import CHECKS, verify
from harmledger.store.ledger import BLOBS


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_proved(tmp_path_factory.mktemp("proved"))


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "ledger"))


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.output


def test_it_ends_with_0_where_all_holds_and_1_where_anything_fails(copied: Path) -> None:
    """What fails is told in one sentence that names it, where it lies, and what to do."""
    code, told = run("verify", "--ledger", str(copied))
    assert (code, "all holds" in told, "MB/s" in told) == (0, True, True), told
    path = copied / BLOBS / fetch_page().document_id[:2] / fetch_page().document_id[2:]
    path.write_bytes(path.read_bytes() + b"x")
    code, told = run("verify", "--ledger", str(copied), "--only", "blobs")
    assert code == 1
    sentence = (
        f"fails: document {fetch_page().document_id} (blobs/{path.parent.name}/{path.name}): its bytes were changed"
    )
    assert any(line.startswith(sentence) and line.endswith("put it back from a backup.") for line in told.splitlines())


def test_programs_get_the_same_as_json(copied: Path) -> None:
    """One finding a line, with a name for each of its parts."""
    shutil.rmtree(next((copied / BLOBS).glob("??")))
    code, told = run("verify", "--ledger", str(copied), "--only", "blobs", "--format", "jsonl")
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert code == 1
    assert {tuple(sorted(each)) for each in found} == {("check", "id", "kind", "remedy", "weight", "what", "where")}


def test_every_check_can_be_run_alone_and_is_listed(copied: Path) -> None:
    """By its name; a name that is none is told with those that are."""
    code, listed = run("verify", "--list")
    assert (code, [line.split()[0] for line in listed.splitlines()]) == (0, [check.name for check in CHECKS])
    with pytest.raises(BadInput, match="no check of that name"):
        find(copied, only=["nothing"])


def test_on_postgresql_a_whole_ledger_holds_and_a_changed_one_does_not(tmp_path: Path, database: str) -> None:
    """The same checks on either database."""
    at = make_proved(tmp_path, database)
    assert find_failing(at, database) == []
    assert change(at, database, "UPDATE claims SET confidence = 0.25 WHERE position = 0") > 0
    found = find_failing(at, database, only=["claims", "seals"])
    assert {finding.check for finding in found} == {"claims", "seals"}


def test_a_seal_holds_what_came_later_too(copied: Path) -> None:
    """What is new is sealed by the next seal, which names the one before; what is sealed already isn't sealed again."""
    ledger = open_proved(copied)
    assert seal(ledger, now=FIXED_NOW) is None
    other = fetch_page("https://other.example/")
    ledger.keep(other, read_report(other, load_fake()))
    made = seal(ledger, now=FIXED_NOW)
    ledger.close()
    assert made is not None
    assert 0 < made.rows < 5
    assert change(copied, "", f"DELETE FROM provenances WHERE capture_id = '{other.capture_id}'") == 1  # noqa: S608  an id
    assert other.capture_id in {finding.id for finding in find_failing(copied, only=["seals"])}


def test_what_does_not_hold_is_not_sealed(copied: Path) -> None:
    """A changed row isn't made right by sealing it as it is now."""
    assert change(copied, "", "UPDATE audit SET who = 'another'") == 1
    ledger = open_proved(copied)
    with pytest.raises(Inconsistent, match="a sealed row was changed"):
        seal(ledger, now=FIXED_NOW)
    ledger.close()
    code, told = run("verify", "--seal", "--ledger", str(copied))
    assert (code, "seal " in told.splitlines()[-1]) == (1, False)


def test_what_may_change_is_told_and_fails_nothing(copied: Path) -> None:
    """An account that was changed since the seal is named: whoever looks knows whether it should have been."""
    assert change(copied, "", "UPDATE accounts SET role = 'admin'") == 1
    told = [f for f in find(copied, only=["seals"]) if f.where == "accounts"]
    assert [(f.id, f.weight) for f in told] == [("c" * 32, Weight.TOLD)]


def test_files_that_are_no_blobs_are_told(copied: Path) -> None:
    """What nothing names, and what lies where no blob does, is told and loses nothing."""
    (copied / BLOBS / "notes.txt").write_text("mine")
    ledger = open_proved(copied)
    ledger.keep_bytes(b"nobody names this")
    found = list(verify(ledger, only=["blobs"]))
    ledger.close()
    assert {finding.weight for finding in found} == {Weight.TOLD}
    assert {finding.where for finding in found} > {"blobs/notes.txt"}


def test_records_of_another_page_are_told(copied: Path) -> None:
    """WARC records that don't hold the document are named, though they are whole by themselves."""
    other = fetch_page(page="<p>another</p>")
    assert other.provenance
    ledger = open_proved(copied)
    ledger.keep_bytes(other.provenance.records)
    ledger.close()
    record = document_id(other.provenance.records)
    statement = f"UPDATE provenances SET record_id = '{record}', bytes = {len(other.provenance.records)}"  # noqa: S608  an id
    assert change(copied, "", statement) == 1
    assert [finding.id for finding in find_failing(copied, only=["records"])] == [record]


def test_claims_are_read_again_by_the_engine_that_read_them(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same engine reads the same; one that is another version is told, and one that reads otherwise names each claim."""
    ledger = open_proved(copied)
    monkeypatch.setattr(reread, "load_reader", lambda *_: load_fake())
    assert list(verify(ledger, only=["reread"], reread=0)) == []
    monkeypatch.setattr(reread, "load_reader", lambda *_: load_fake("2"))
    (told,) = verify(ledger, only=["reread"], reread=0)
    assert (told.weight, told.id) == (Weight.TOLD, "fake 1")
    monkeypatch.setattr(reread, "load_reader", lambda *_: load_fake())
    monkeypatch.setattr("fakes.KINDS", dict.fromkeys(("civilians", "fighters", "people"), next(iter(KINDS.values()))))
    found = list(verify(ledger, only=["reread"], reread=0))
    ledger.close()
    assert found
    assert {(finding.kind, finding.weight) for finding in found} == {("claim", Weight.FAILS)}


def test_only_a_whole_ledger_is_sealed(copied: Path) -> None:
    """A seal over what wasn't looked at would say nothing."""
    code, told = run("verify", "--seal", "--only", "blobs", "--ledger", str(copied))
    assert (code, "only a whole ledger is sealed" in told) == (1, True)
