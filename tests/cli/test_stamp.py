"""`harmledger stamp`: what it says, gives and ends with, against an authority and a calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_stampers import Authority, Stampers, complete, promise
from fakes import load_in_place, write_reports

from harmledger.attest.ots import parse_proof
from harmledger.cli import main, reading


@pytest.fixture
def them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stampers]:
    """A ledger of two reports here, and settings that name an authority and a calendar."""
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)
    for name in ("HARMLEDGER_LEDGER", "HARMLEDGER_CONFIG", "HARMLEDGER_ENGINE", "HARMLEDGER_JOBS"):
        monkeypatch.delenv(name, raising=False)
    write_reports(Path("reports.jsonl"), 2)
    run("read", "reports.jsonl")
    authority = Authority(tmp_path / "authority")
    with Stampers() as them:
        them["/tsa"] = authority.answer
        them["/calendar/digest"] = promise(them.at("/calendar"))
        monkeypatch.setenv("HARMLEDGER_STAMP_AUTHORITIES", them.at("/tsa"))
        monkeypatch.setenv("HARMLEDGER_STAMP_CALENDARS", them.at("/calendar"))
        monkeypatch.setenv("HARMLEDGER_STAMP_ROOTS", str(tmp_path / "authority" / "root.pem"))
        yield them


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def documents() -> list[str]:
    return [
        json.loads(line)["document"]["document_id"] for line in run("show", "--format", "jsonl").stdout.splitlines()
    ]


@pytest.mark.usefixtures("them")
def test_stamping_tells_what_came() -> None:
    """The root, each authority's word; the second time that nothing is new."""
    told = run("stamp").stderr
    assert "over 2 leaves" in told
    assert "/tsa: existed by 20" in told
    assert "/calendar: taken; ask for its block" in told
    assert run("stamp").stderr == "harmledger: nothing is new since the last stamp\n"


def test_who_fails_makes_it_end_with_one(them: Stampers) -> None:
    """A failure is told, and the exit code is 1; the next run asks again."""
    them["/tsa"] = (503, b"closed")
    assert "answers with status 503" in run("stamp", code=1).stderr
    them["/tsa"] = b"garbage"
    assert "no answer of a time-stamping authority" in run("stamp", code=1).stderr


def test_promises_are_upgraded(them: Stampers) -> None:
    """A block that is awaited is no failure; once it is told, it is said how to have its time."""
    run("stamp")
    assert "taken" in run("stamp", "--upgrade").stderr
    run("stamp", "show", documents()[0], "--out", "first")
    ((commitment, _),) = parse_proof(Path("first/root.ots").read_bytes()).walk()
    them[f"/calendar/timestamp/{commitment.hex()}"] = complete(commitment, 800_000)
    assert "in block 800000; name a file of block headers" in run("stamp", "--upgrade").stderr
    assert run("stamp", "--upgrade").stderr == ""


@pytest.mark.usefixtures("them")
def test_a_proof_is_shown_and_given() -> None:
    """As JSON, or as files in a new folder; a capture stamped alone comes first."""
    assert "under no root yet" in run("stamp", "show", documents()[0], code=1).stderr
    run("stamp")
    run("stamp", "--capture", documents()[0])
    alone, among = [json.loads(line) for line in run("stamp", "show", documents()[0][:12]).stdout.splitlines()]
    assert (alone["leaves"], among["leaves"]) == (1, 2)
    assert {each["state"] for each in among["stamps"]} == {"held", "pending"}
    run("stamp", "show", documents()[0], "--out", "proof")
    assert {"leaf.txt", "root.bin", "token.tsr", "root.ots", "check.sh", "README.txt"} <= {
        p.name for p in Path("proof").iterdir()
    }
    assert "something already" in run("stamp", "show", documents()[0], "--out", "proof", code=1).stderr


@pytest.mark.usefixtures("them")
def test_nobody_to_ask_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an authority or a calendar there is nothing to do; with contradicting options neither."""
    assert "leave out --capture" in run("stamp", "--upgrade", "--capture", "a", code=2).stderr
    monkeypatch.delenv("HARMLEDGER_STAMP_AUTHORITIES")
    monkeypatch.delenv("HARMLEDGER_STAMP_CALENDARS")
    assert "nobody is set who attests time" in run("stamp", code=1).stderr
