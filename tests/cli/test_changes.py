"""`harmledger changes` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_pages import ADDRESS, at, fetch, report, said
from fakes import fixed_now

from harmledger.cli import main
from harmledger.store import open_ledger

OLD, NEW = report(said(15), "\x1b[31mred"), report(said(12), "\x1b[31mblue")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A ledger here, of a page that said 15 and then 12, and of one that was fetched once."""
    monkeypatch.chdir(tmp_path)
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now)
    found = [fetch(ledger, OLD, at(6)), fetch(ledger, NEW, at(7))]
    found.append(fetch(ledger, OLD, at(6), source=f"{ADDRESS}/once"))
    ledger.close()
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["changes", *arguments])


def test_a_page_is_named_by_its_address_or_a_document(documents: list[str]) -> None:
    """Both give the versions with their times, the claims that changed, and the sentences, none of which can drive the terminal."""
    result = run(ADDRESS)
    assert result.exit_code == 0, result.output
    assert result.output == run(documents[1][:10]).output
    assert f"2017-05-06 12:00 UTC  {documents[0][:10]}, first found so" in result.output
    assert "12 killed: the figure was 15, now 12." in result.output
    lines = result.output.splitlines()
    assert [line[:18] for line in lines if line.startswith(("  - 15", "  + 12"))] == [
        "  - 15 civilians w",
        "  + 12 civilians w",
    ]
    assert "\x1b" not in result.output


def test_programs_get_a_line_a_change(documents: list[str]) -> None:
    """Each change is one JSON line, with both documents, the claims and the stretches that differ."""
    (line,) = run(f"{ADDRESS}?utm_source=feed", "--format", "jsonl").output.splitlines()
    told = json.loads(line)
    assert [told["older"], told["newer"]] == documents[:2]
    assert [claim["told"] for claim in told["claims"]] == ["12 killed: the figure was 15, now 12."]
    assert {passage["kind"] for passage in told["passages"]} == {"changed"}


def test_a_page_that_was_put_back_says_so(documents: list[str]) -> None:
    """The change back is told with its time, and since when the page had said the same."""
    ledger = open_ledger(Path("ledger"), now=fixed_now)
    fetch(ledger, OLD, at(8))
    ledger.close()
    told = run(ADDRESS).output
    assert f"2017-05-08 12:00 UTC  {documents[0][:10]}, put back to what it said 2017-05-06 12:00 UTC:" in told
    assert "15 killed: the figure was 12, now 15." in told
    lines = run(ADDRESS, "--format", "jsonl").output.splitlines()
    assert [json.loads(line)["back_to"] for line in lines] == [None, "2017-05-06T12:00:00+00:00"]


def test_what_never_changed_and_what_isnt_there(documents: list[str]) -> None:
    """A page that was fetched once is said to have one version; an address nobody fetched is an error that says so."""
    once = run(f"{ADDRESS}/once")
    assert (once.exit_code, once.output) == (0, "harmledger: the ledger holds one version of it\n")
    nowhere = run("https://elsewhere.example/")
    assert nowhere.exit_code == 1
    assert "nothing in the ledger was fetched from there" in nowhere.output
