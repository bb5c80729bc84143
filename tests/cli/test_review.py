"""People decide on the command line: one after another or by script, and nobody's words drive the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place, write_reports
from rows import change

from harmledger.cli import main, reading

HOSTILE = "\x1b[2J\x9b31m\u202ereason\r\nharmledger: fine"
DRIVES = ("\x1b", "\x9b", "\u202e", "\r")


@pytest.fixture(autouse=True)
def in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0, typed: str = "") -> Result:
    result = CliRunner().invoke(main, arguments, input=typed)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def claims() -> list[str]:
    write_reports(Path("reports.jsonl"), 3)
    lines = run("read", "reports.jsonl", "--format", "jsonl").stdout.splitlines()
    return [claim["claim_id"] for line in lines for claim in json.loads(line)["claims"]]


def decided() -> list[tuple]:
    lines = [json.loads(line) for line in run("log", "--format", "jsonl").stdout.splitlines()]
    return [(line["who"], line["verdict"], line["subject"], line["reason"]) for line in lines]


def enter(*more: str, quote: str = "Nobody was hurt elsewhere.", document: str = "r0", code: int = 0) -> str:
    result = run("enter", document, "--quote", quote, "--low", "2", "--by", "Bo", *more, code=code)
    return result.stderr if code else json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])["subject"]


def test_a_sitting_decides_one_claim_after_another(claims: list[str]) -> None:
    """Each waiting claim is shown with its quote; what is typed is in the log at once, and a decided claim comes no more."""
    sitting = run("review", "--by", "Amal", typed="a\n\nr\nwrong town\nh\nask the medic\n")
    assert sitting.stdout.count("a medic said") >= 3
    assert "3 waiting" in sitting.stdout
    assert "that was all" in sitting.stderr
    assert decided() == [
        ("Amal", "accept", claims[0], ""),
        ("Amal", "reject", claims[1], "wrong town"),
        ("Amal", "hold", claims[2], "ask the medic"),
    ]
    assert "nothing waits for you" in run("review", "--by", "Bo").stderr
    assert "1 waiting" in run("review", "--by", "Bo", "--held", typed="q\n").stdout


def test_a_correction_is_shown_and_the_claim_stays(claims: list[str]) -> None:
    """After a correction the same claim is shown again with it; slips are told and nothing is lost."""
    sitting = run("review", "--by", "Amal", typed="c low many\nx\nc low 0\nthe list has none\na\n\nk\nq\n")
    assert "low can't be 'many'" in sitting.stderr
    assert "'x' is no verdict" in sitting.stderr
    assert "0  (was read as 1)" in sitting.stdout
    assert [entry[1:3] for entry in decided()] == [("correct", claims[0]), ("accept", claims[0])]


def test_a_reason_that_never_comes_decides_nothing(claims: list[str]) -> None:
    """Whoever leaves at the question for the reason has decided nothing; an empty reason where one is needed is told."""
    run("review", "--by", "Amal", typed="r\n")
    assert "needs a reason" in run("review", "--by", "Amal", typed="r\n\nq\n").stderr
    assert decided() == []


def test_nothing_here_decides_a_whole_document(claims: list[str]) -> None:
    """A document that a person read in vain takes its claims out of the queue."""
    run("review", "--by", "Amal", typed="n\nan exercise\nq\n")
    assert decided()[0][1] == "nothing"
    assert "2 waiting" in run("review", "--by", "Amal", typed="q\n").stdout
    assert "read by a person: nothing here" in run("show", claims[0]).stdout


def test_what_was_read_and_what_was_decided_stand_apart(claims: list[str]) -> None:
    """`show` gives the machine's fields as they were, and people's decisions below them, or under a key of their own."""
    before = json.loads(run("show", claims[0], "--format", "jsonl").stdout)
    run("decide", claims[0][:12], "correct", "place", "Deir", "ez-Zor", "--reason", "the map", "--by", "Amal")
    after = json.loads(run("show", claims[0], "--format", "jsonl").stdout)
    assert {key: after[key] for key in before} == before
    assert after["decided"]["corrections"] == [{"field": "place", "value": "Deir ez-Zor", "at": None}]
    shown = run("show", claims[0]).stdout
    machine, _, people = shown.partition("what people decided: corrected")
    assert "Raqqa" in machine
    assert "Deir ez-Zor" not in machine
    assert "Deir ez-Zor  (was read as Raqqa)" in people
    assert "the map" in people


def test_undoing_leaves_both_decisions_in_the_log(claims: list[str]) -> None:
    """An undone decision no longer counts, and says so; the claim waits again."""
    run("decide", claims[0], "reject", "--reason", "typo", "--by", "Amal")
    (line,) = run("log", "--format", "jsonl").stdout.splitlines()
    run("decide", json.loads(line)["decision_id"][:10], "undo", "--reason", "my typo", "--by", "Amal")
    lines = [json.loads(line) for line in run("log", claims[0], "--format", "jsonl").stdout.splitlines()]
    assert [(each["verdict"], each["counts"]) for each in lines] == [("reject", False), ("undo", True)]
    assert "no longer counts" in " ".join(run("log").stdout.replace("│", " ").split())
    assert "3 waiting" in run("review", "--by", "Amal", typed="q\n").stdout


def test_a_merge_names_another_claim(claims: list[str]) -> None:
    """Merging takes the beginning of the other claim's id; one that contradicts a split is refused."""
    run("decide", claims[0], "merge", claims[1][:12], "--reason", "same day", "--by", "Amal")
    run("decide", claims[1], "merge", claims[2][:12], "--reason", "same day", "--by", "Amal")
    refused = run("decide", claims[0], "split", claims[2], "--reason", "no", "--by", "Bo", code=1)
    assert "keeps apart" in refused.stderr
    assert "name one other claim" in run("decide", claims[0], "merge", "--reason", "x", "--by", "Bo", code=1).stderr
    assert len(decided()) == 2


def test_two_reviewers_are_compared(claims: list[str]) -> None:
    """Whoever codes second sees nothing of the first; agreement is told field by field."""
    assert "decided by two" in run("agreement", code=1).stderr
    run("review", "--by", "Amal", typed="c low 0\nhidden words\na\n\na\n\nr\ndouble\n")
    second = run("review", "--by", "Bo", "--second", typed="a\n\na\n\nr\ntwice\n")
    assert "hidden words" not in second.stdout
    lines = {each["field"]: each for each in map(json.loads, run("agreement", "--format", "jsonl").stdout.splitlines())}
    assert (lines["verdict"]["units"], lines["verdict"]["equal"]) == (3, 2)
    assert lines["verdict"]["alpha"] == pytest.approx(1 - 5 * 2 / (2 * (1 * 3 + 1 * 2 + 3 * 2)))
    assert (lines["low"]["units"], lines["low"]["equal"]) == (2, 1)
    assert "ratio" in run("agreement").stdout
    assert "decided by two of them" in run("agreement", "--between", "Amal", "--between", "Che", code=1).stderr


def test_a_changed_log_is_told(claims: list[str], database: str) -> None:
    """`log --verify` says how many decisions stand as written, or which one was changed, or that the end is gone."""
    for claim in claims:
        run("decide", claim, "reject", "--reason", "no figure", "--by", "Amal")
    last = json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])["decision_id"]
    assert f"3 decisions, each as it was written; the last is {last}" in run("log", "--verify").stderr
    change(Path("ledger"), database, "DELETE FROM decisions WHERE sequence = 3")
    run("log", "--verify")
    assert "no longer holds" in run("log", "--verify", "--head", last, code=1).stderr
    change(Path("ledger"), database, "UPDATE decisions SET reason = 'a figure' WHERE sequence = 2")
    assert "decision 2 (" in run("log", "--verify", code=1).stderr


def test_a_claim_is_entered_with_its_quote(claims: list[str]) -> None:
    """It is shown as a person's, never as an engine's; a quote that isn't in the report is refused, and so is one that stands there twice."""
    entry = enter("--place", "Raqqa", "--earliest", "2017-05-01", "--latest", "2017-05-01", "--claimant", "a medic")
    shown = run("show", entry[:12]).stdout
    for told in ("entered by a person", "2 or more", "2017-05-01", "Nobody was hurt elsewhere.", "Bo  enter"):
        assert told in shown
    assert "engine" not in json.loads(run("show", entry, "--format", "jsonl").stdout)["entered"]
    assert entry[:10] in run("show").stdout
    assert "doesn't say that" in enter(quote="Nobody was hurt somewhere.", code=1)
    Path("twice.jsonl").write_text(json.dumps({"id": "twice", "text": "Damascus answered. Damascus said no more."}))
    run("read", "twice.jsonl")
    assert "times" in enter(quote="Damascus", document="twice", code=1)
    assert "give --low" in run("enter", "r0", "--quote", "Army shells town", "--by", "Bo", code=1).stderr
    assert len(run("show", "r0", "--format", "jsonl").stdout.splitlines()) == 1


def test_an_entry_can_be_taken_back(claims: list[str]) -> None:
    """Once its entering is undone a claim is neither listed nor waits; the log still has it."""
    entry = enter()
    assert "4 waiting" in run("review", "--by", "Amal", typed="q\n").stdout
    entering = json.loads(run("log", entry, "--format", "jsonl").stdout)["decision_id"]
    run("decide", entering, "undo", "--reason", "it is no harm", "--by", "Bo")
    assert "3 waiting" in run("review", "--by", "Amal", typed="q\n").stdout
    assert entry[:10] not in run("show").stdout
    assert len(run("log", entry, "--format", "jsonl").stdout.splitlines()) == 2


def test_a_photograph_is_a_document_too(claims: list[str]) -> None:
    """A file that only people read is kept, and the quote is taken as it is; a missing or a large one is told."""
    Path("board.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    entry = enter(document="board.jpg", quote="٢ شهداء")
    assert "٢ شهداء" in run("show", entry).stdout
    assert "called so" in enter(document="nowhere.jpg", code=1)
    Path("note.txt").write_text("Two died.")
    assert "read it into the ledger first" in enter(document="note.txt", code=1)
    Path("small.toml").write_text("report_bytes = 4\n")
    Path("other.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00")
    result = CliRunner().invoke(
        main,
        ["enter", "other.jpg", "--quote", "x", "--low", "1", "--by", "Bo"],
        env={"HARMLEDGER_CONFIG": "small.toml"},
    )
    assert "larger than 4 bytes" in result.stderr


def test_names_are_withheld_unless_released_and_asked_for(claims: list[str]) -> None:
    """Before a release nothing but links is printed; after it names only with `--with-names`; withholding takes them back."""
    added = run(
        *("victim", "add", "r0", "--quote", "Nobody was hurt elsewhere.", "--name", "Nadia Karim", "--name", "نادية"),
        *("--age", "about 40", "--sex", "female", "--status", "civilian", "--claim", claims[0][:12], "--by", "Bo"),
    )
    (line,) = run("victim", "list", "--format", "jsonl", "--with-names").stdout.splitlines()
    victim = json.loads(line)["victim_id"]
    everything = ("victim", "list"), ("victim", "list", "--with-names"), ("log",), ("show", claims[0]), ("show",)

    def printed() -> str:
        forms = [[*verb, *form] for verb in everything for form in ([], ["--format", "jsonl"])]
        return "".join(run(*arguments).output for arguments in forms) + added.output

    assert not any(told in printed() for told in ("Nadia", "نادية", "about 40", "female"))
    run("victim", "release", victim[:10], "--reason", "the family agreed", "--by", "Amal")
    assert "Nadia" not in run("victim", "list").stdout + run("victim", "list", "--format", "jsonl").stdout
    assert "Nadia Karim" in run("victim", "list", "--with-names", "--claim", claims[0]).stdout
    assert victim[:10] not in run("victim", "list", "--claim", claims[1]).stdout
    run("victim", "withhold", victim[:10], "--by", "Amal")
    assert "Nadia" not in printed()


def test_a_release_needs_a_reason_and_a_victim(claims: list[str]) -> None:
    """Names aren't shown for no reason; a claim is no victim."""
    assert "this is a claim" in run("victim", "release", claims[0], "--by", "A", "--reason", "x", code=1).stderr
    run("victim", "add", "r0", "--quote", "Army shells town", "--name", "N", "--by", "Bo")
    (line,) = run("victim", "list", "--format", "jsonl").stdout.splitlines()
    victim = json.loads(line)["victim_id"]
    assert "needs a reason" in run("victim", "release", victim, "--by", "Amal", code=1).stderr
    run("decide", victim, "reject", "--reason", "no such person", "--by", "Amal")
    assert run("victim", "list", "--format", "jsonl").stdout == ""


def test_reviewers_words_cannot_drive_the_terminal(claims: list[str]) -> None:
    """A reason, a value, a quote or a name is somebody's words: on a terminal they stand on their line and command nothing."""
    run("decide", claims[0], "reject", "--reason", HOSTILE, "--by", "Amal")
    run("decide", claims[0], "correct", "place", HOSTILE, "--reason", "x", "--by", "Amal")
    Path("board.jpg").write_bytes(b"\xff\xd8")
    entry = enter("--place", HOSTILE, "--actor", HOSTILE, "--reason", HOSTILE, document="board.jpg", quote=HOSTILE)
    run("victim", "add", "board.jpg", "--quote", HOSTILE, "--name", HOSTILE, "--age", HOSTILE, "--by", "Bo")
    victim = json.loads(run("victim", "list", "--format", "jsonl").stdout)["victim_id"]
    run("victim", "release", victim, "--reason", HOSTILE, "--by", "Amal")
    refused = run("decide", HOSTILE, "accept", "--by", "Amal", code=1)
    verbs = (["log"], ["show", claims[0]], ["show", entry], ["show"], ["victim", "list", "--with-names"])
    printed = [run(*verb).output for verb in verbs] + [refused.output]
    printed.append(run("review", "--by", "Che", typed="k\nk\nk\n").output)
    printed.append(run("review", "--by", "Che", typed=f"{HOSTILE}\nq\n").output)
    lines = (["log"], ["show", entry], ["victim", "list", "--with-names"])
    printed += [run(*verb, "--format", "jsonl").output for verb in lines]
    for text in printed:
        assert not any(drives in text for drives in DRIVES)
        assert "\nharmledger: fine" not in text


@pytest.mark.parametrize("verb", [["log"], ["agreement"], ["review", "--by", "A"], ["victim", "list"]])
def test_a_missing_ledger_is_told(verb: list[str]) -> None:
    """Where there is no ledger none is made."""
    assert "there is no ledger here" in run(*verb, code=1).stderr
    assert not Path("ledger").exists()
