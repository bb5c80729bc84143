"""`harmledger replies …` lists, counts and sweeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fake_replies import make_people

from harmledger.cli import main
from harmledger.domain import ReplyKind


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["replies", *arguments, "--ledger", str(folder / "ledger")])
    assert result.exit_code == 0, result.output
    return result.output


def test_replies_are_listed_counted_and_swept(tmp_path: Path, either_database: str) -> None:
    """What waits by itself, other states when asked; the reading queue by its addresses; nothing of a reply drives a terminal."""
    people = make_people(tmp_path, either_database)
    replier = people.join()
    held = people.send(replier, "the \x1b[31mred one", address_hash="n" * 64)
    source = people.send(replier, "", kind=ReplyKind.SOURCE, url="https://news.example.com/a")
    public = people.publish(people.send(replier).reply_id)
    people.ledger.close()
    listed = run(tmp_path, "list")
    assert held.reference in listed
    assert public.reference not in listed
    assert "\x1b" not in listed
    assert (
        json.loads(run(tmp_path, "list", "--state", "published", "--format", "jsonl"))["reference"] == public.reference
    )
    assert "published  1\n" in run(tmp_path, "counts")
    assert f"{source.reference}  held  https://news.example.com/a" in run(tmp_path, "sources")
    assert json.loads(run(tmp_path, "sources", "--format", "jsonl"))["url"] == "https://news.example.com/a"
    assert "rows were kept long enough" in run(tmp_path, "forget")
    assert "no reply is in this state" in run(tmp_path, "list", "--state", "spam")


@pytest.mark.parametrize("state", ["draft", "public"])
def test_only_states_of_replies_are_listed(tmp_path: Path, state: str) -> None:
    """What was not sent is nobody's to list."""
    assert CliRunner().invoke(main, ["replies", "list", "--state", state]).exit_code == 2
