"""`harmledger read URL…` reads pages of the web among other sources, and `harmledger status` tells what couldn't be had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_fake
from hostile_web import HostileWeb, page, redirect

from harmledger.cli import main

REPORT = (
    "<html><body><p>10 civilians were killed by Syrian forces in Raqqa on May 3, 2017, a medic said.</p></body></html>"
)


@pytest.fixture(autouse=True)
def fake_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, either_database: str) -> None:
    """Pages are served on this machine, which may be read from here."""
    monkeypatch.setattr("harmledger.cli.reading.load_reader", lambda *_: load_fake("1"))
    monkeypatch.setenv("HARMLEDGER_FETCH_PRIVATE", "127.0.0.1/32")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def home() -> Iterator[str]:
    with HostileWeb() as web:
        web["https://news.example/a"] = page(REPORT)
        web["https://news.example/out"] = redirect("http://10.0.0.1/")
        web["https://news.example/busy"] = page(status="429 Too Many Requests", heads=["Retry-After: 60"])
        yield web.local("news.example")


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def test_addresses_are_read_among_files_in_their_order(home: str) -> None:
    """One that can't be had is told in its place, and the exit code says so."""
    Path("a.txt").write_text("11 civilians were killed in Homs on May 4, 2017, a medic said.")
    result = run("read", f"{home}/out", "a.txt", f"{home}/a#top", "ftp://news.example/a", "--format", "jsonl", code=1)
    out, text, came, other = map(json.loads, result.stdout.splitlines())
    assert (out["error"]["kind"], "10.0.0.1 isn't in the public internet" in out["error"]["message"]) == ("SourceFailed", True)  # fmt: skip
    assert text["document"]["capture"]["source"] == "a.txt"
    assert (came["document"]["capture"]["source"], len(came["claims"])) == (f"{home}/a", 1)
    assert "isn't http:// or https://" in other["error"]["message"]
    assert "10.0.0.1" in result.stderr


def test_status_tells_what_is_held_and_what_could_not_be_had(home: str) -> None:
    """By reason and host, whether it is tried again; listed one by one; and the same for programs."""
    run("read", f"{home}/a", f"{home}/busy", f"{home}/none", code=1)
    told = run("status").stdout
    assert "1 document (1 html) in 1 capture, 1 of which came over the web." in told
    assert "3 attempts at 3 addresses: 1 had, 2 not had." in told
    assert home.removeprefix("http://") in told
    (busy, gone) = run("status", "--failed").stdout.splitlines()
    assert "busy  (tried again: not before " in busy
    assert "gone  (tried again: no)" in gone
    record = json.loads(run("status", "--format", "jsonl").stdout)
    assert record["fetches"]["outcomes"] == {"captured": 1, "busy": 1, "gone": 1}
    lines = [json.loads(line) for line in run("status", "--failed", "--format", "jsonl").stdout.splitlines()]
    assert [(line["outcome"], line["retried"]) for line in lines] == [("busy", True), ("gone", False)]
    assert "nothing of news.example failed" in run("status", "--host", "news.example").output


def test_status_of_a_ledger_that_nothing_was_fetched_for(tmp_path: Path) -> None:
    """Is told as that; where there is no ledger, what to do."""
    assert "there is no ledger here" in run("status", code=1).output
    Path("a.txt").write_text("11 civilians were killed in Homs on May 4, 2017, a medic said.")
    run("read", "a.txt")
    assert "Nothing was fetched from the web." in run("status").stdout
    assert "every page that was asked for was had" in run("status", "--failed").output


def test_without_a_ledger_a_page_is_read_and_nothing_kept(home: str) -> None:
    """No folder is made."""
    assert "10 civilians" in run("read", f"{home}/a", "--no-ledger", "--format", "csv").stdout
    assert not Path("ledger").exists()


@pytest.mark.parametrize(
    ("setting", "said", "told"),
    [
        ("PRIVATE", "everything", "fetch_private: 'everything' is no network"),
        ("PORTS", "80,http", "fetch_ports: '80,http' are no ports"),
        ("PORTS", "0", "fetch_ports"),
        ("CONTACT", "me\r\nX: y", "fetch_contact"),
        ("PROXY", "socks5://me:secret@127.0.0.1", "fetch_proxy: it isn't http:// or https://"),
        ("SECONDS", "0", "fetch_seconds: 0 is too little"),
        ("BYTES", "-1", "fetch_bytes"),
    ],
)
def test_a_setting_that_makes_no_sense_is_told(
    home: str, monkeypatch: pytest.MonkeyPatch, setting: str, said: str, told: str
) -> None:
    """Before anything is fetched, and without a password in it."""
    monkeypatch.setenv(f"HARMLEDGER_FETCH_{setting}", said)
    result = run("read", f"{home}/a", "--no-ledger", code=1)
    assert told in result.output
    assert "secret" not in result.output
