"""Documents without a claim wait for a person, who says that they hold nothing or enters what was missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place

from harmledger.cli import main, reading

TEXTS = {
    "quiet": "The market opened at nine.",
    "missed": "A nurse counted nine bodies. The road was shut. Nobody was asked.",
    "claimed": "7 civilians were killed in Raqqa.",
    "hostile": "\x1b[2JNothing\u202e here.\x9b31m More of it.",
}


@pytest.fixture(autouse=True)
def in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)
    lines = (json.dumps({"id": name, "title": f"On {name}", "text": text}) for name, text in TEXTS.items())
    Path("reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run("read", "reports.jsonl")


def run(*arguments: str, code: int = 0, typed: str = "") -> Result:
    result = CliRunner().invoke(main, arguments, input=typed)
    assert result.exit_code == code, result.output
    return result


def sit(typed: str, *more: str) -> Result:
    return run("review", "--documents", "--by", "Amal", *more, typed=typed)


def decided() -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in run("log", "--format", "jsonl").stdout.splitlines()]
    return [(line["verdict"], line["reason"]) for line in lines]


def test_those_with_passages_looked_at_in_vain_come_first() -> None:
    """Documents without a claim are shown with their text and what the engine gave up, most such passages first; the others never."""
    shown = sit("k\nk\nk\n").stdout
    assert "3 waiting" in shown
    assert shown.index("On missed") < shown.index("On hostile") < shown.index("On quiet")
    assert "On claimed" not in shown
    assert "looked at in vain, no claim in it" in shown
    assert "nine bodies" in shown


def test_nothing_here_takes_a_document_out() -> None:
    """A document that a person read in vain waits no longer, for anybody; a held one waits among those held, with the reason."""
    sit("n\n\nh\nask the outlet\nq\n")
    assert decided() == [("nothing", ""), ("hold", "ask the outlet")]
    assert "1 waiting" in sit("q\n").stdout
    held = sit("q\n", "--held").stdout
    assert "1 waiting" in held
    assert "ask the outlet" in held


def test_what_was_missed_is_entered() -> None:
    """The quote and each field are asked for; slips are told, and a document with a claim can't be said to hold nothing in the same breath."""
    fields = ["", "9", "9", "civilian", "", "", "", "Raqqa", "2017-05-05", "2017-05-05", "", "", "a nurse"]
    sitting = sit("\n".join(["e", "ten bodies", *fields, "e", "nine bodies", *fields, "n", "x", "k", "q"]) + "\n")
    assert "doesn't say that" in sitting.stderr
    assert "entered as claim" in sitting.stderr
    assert "type k to go on" in sitting.stderr
    assert "'x' is no verdict" in sitting.stderr
    assert decided() == [("enter", "")]
    assert "2 waiting" in sit("q\n").stdout
    run("link")
    (incident,) = [
        json.loads(line) for line in run("incidents", "--format", "jsonl").stdout.splitlines() if "a nurse" in line
    ]
    assert incident["figures"][0]["standing"]["entered"]


def test_whoever_leaves_decides_nothing() -> None:
    """At any question the end of what is typed ends the sitting, and what wasn't finished isn't kept."""
    for typed in ("", "n\n", "e\nnine bodies\n\n9\n", "h\n"):
        sit(typed)
    assert decided() == []
    assert "of claims, not of documents" in run("review", "--documents", "--second", "--by", "A", code=2).stderr


def test_an_entry_stands_though_its_document_held_nothing() -> None:
    """What somebody enters later outweighs that another read the document in vain."""
    sit("n\n\nq\n")
    run("enter", "missed", "--quote", "nine bodies", "--low", "9", "--by", "Bo")
    assert "2 claims are of 2 incidents" in run("link").stderr


def test_a_documents_words_cannot_drive_the_terminal() -> None:
    """A report's text is somebody's words: on a terminal they command nothing."""
    Path("board.jpg").write_bytes(b"\xff\xd8")
    run("enter", "board.jpg", "--quote", "two dead", "--low", "2", "--by", "Bo")
    entering = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])["decision_id"]
    run("decide", entering, "undo", "--reason", "not there", "--by", "Bo")
    shown = sit("k\nk\nk\nk\n").output
    assert not any(drives in shown for drives in ("\x1b", "\x9b", "\u202e"))
    assert "No engine reads this document" in shown
