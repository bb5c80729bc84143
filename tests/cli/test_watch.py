"""`harmledger watch` as a person uses it: what is printed, when it ends, and what its exit code says."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place
from hostile_web import HostileWeb, page, render_feed

from harmledger.cli import main, watched

FEED, GOOD, GONE = "https://www.pravda.com.ua/feed", "https://www.pravda.com.ua/1", "https://www.pravda.com.ua/2"
LIST = f'[watch]\ndelay = "1 s"\n[[source]]\nname = "News"\nkind = "feed"\nurl = "{FEED}"\nevery = "1 h"\n'
TEXT = "<html><body><p>3 civilians were killed in Raqqa on May 5, 2017, a medic said.</p></body></html>"

Watch = Callable[..., Result]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileWeb]:
    """A feed of a page that is there and one that isn't."""
    with HostileWeb() as web:
        web[FEED] = page(render_feed([GOOD, GONE]))
        web[GOOD] = page(TEXT)
        monkeypatch.setattr(watched, "open_fetcher", lambda _said: web.fetcher())
        monkeypatch.setattr(watched, "load_reader", load_in_place)
        yield web


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """Run the command on the list, into one ledger."""
    (tmp_path / "list.toml").write_text(LIST, encoding="utf-8")

    def run(*more: str) -> Result:
        return CliRunner().invoke(
            main, ["watch", str(tmp_path / "list.toml"), "--ledger", str(tmp_path / "ledger"), *more]
        )

    return run


def test_each_thing_that_happens_is_a_line_and_the_end_a_sum(web: HostileWeb, watch: Watch) -> None:
    """A listing, a page, a reading each in its line; in the end what was done and where all pages stand."""
    result = watch("--once")
    assert result.exit_code == 0, result.output
    assert f"captured          {FEED}: 2 new pages" in result.stdout
    assert f"captured          {GOOD}" in result.stdout
    assert f"gone              {GONE}: the page isn't there" in result.stdout
    assert f"read              {GOOD}: 1 claim" in result.stdout
    assert (
        "1 listing looked at, 2 new pages; pages: 1 captured, 1 gone; 1 report read, 1 claim. All pages: 1 waiting, 0 done, 1 given up"
        in result.stderr
    )


def test_programs_get_a_record_a_line(web: HostileWeb, watch: Watch) -> None:
    """What, where, what became of it and why."""
    lines = [json.loads(line) for line in watch("--once", "--format", "jsonl").stdout.splitlines()]
    assert sorted((line["of"], line["outcome"], line["url"]) for line in lines) == [
        ("listing", "captured", FEED),
        ("page", "captured", GOOD),
        ("page", "gone", GONE),
        ("reading", "read", GOOD),
    ]


def test_a_source_that_fails_is_in_the_exit_code_and_in_what_check_tells(web: HostileWeb, watch: Watch) -> None:
    """The command says that not all went well, and `--check` says what, of whom; before the first run it says so too."""
    assert "not looked at yet" in watch("--check").stdout
    web[FEED] = page("", status="500 Oops")
    assert watch("--once").exit_code == 1
    told = watch("--check")
    assert told.exit_code == 0
    assert "Ukrainska Pravda: online, UA, private" in told.stdout
    assert f"failed 1 time: broken ({FEED}: the server is broken (status 500)" in told.stdout
    record = json.loads(watch("--check", "--format", "jsonl").stdout)
    assert (record["name"], record["outlet"]["id"], record["stands"]["tries"]) == ("News", "ukrainska-pravda", 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_when_what_is_under_way_is_done(web: HostileWeb, watch: Watch, number: signal.Signals) -> None:
    """The page being fetched is kept and read, the exit code is 0, and nothing is left as the program's own handler."""
    before = signal.getsignal(number)
    web[GOOD] = lambda _hit: (os.kill(os.getpid(), number), page(TEXT))[1]
    web[GONE] = page(TEXT)
    result = watch()
    assert result.exit_code == 0, result.output
    assert "ending: the requests under way are finished" in result.stderr
    assert f"read              {GOOD}: 1 claim" in result.stdout
    assert signal.getsignal(number) is before


def test_others_words_cant_drive_the_terminal(web: HostileWeb, watch: Watch) -> None:
    """Addresses and messages are printed as plain text on one line."""
    web[FEED] = page("<!doctype html>\x1b[31m")
    assert "\x1b" not in watch("--once").output


@pytest.mark.parametrize(
    ("more", "told"), [(("--for", "soon"), "that can't be 'soon'"), (("--once", "extra"), "unexpected extra argument")]
)
def test_what_makes_no_sense_is_told(watch: Watch, more: tuple[str, ...], told: str) -> None:
    """Before anybody is asked anything."""
    result = watch(*more)
    assert result.exit_code != 0
    assert told in result.stderr


def test_status_tells_what_is_watched_and_whose_hosts_are(web: HostileWeb, watch: Watch, tmp_path: Path) -> None:
    """Pages by where they stand, listings that fail with their reason, and beside a host its outlet."""
    watch("--once")
    told = CliRunner().invoke(main, ["status", "--ledger", str(tmp_path / "ledger")]).stdout
    assert "Watched: 1 listing; pages: 1 waiting, 0 done, 1 given up." in told
    assert "Ukrainska Pravda" in told
    web[FEED] = page("", status="500 Oops")
    other = tmp_path / "other.toml"
    other.write_text(LIST.replace("News", "More").replace(FEED, FEED + "2"), encoding="utf-8")
    CliRunner().invoke(main, ["watch", str(other), "--ledger", str(tmp_path / "ledger"), "--once"])
    told = CliRunner().invoke(main, ["status", "--ledger", str(tmp_path / "ledger")]).stdout
    assert "Watched: 2 listings, 1 failed" in told
    assert "More: failed 1 time" in told
    record = json.loads(
        CliRunner().invoke(main, ["status", "--format", "jsonl", "--ledger", str(tmp_path / "ledger")]).stdout
    )
    assert {listing["source"]: listing["tries"] for listing in record["watched"]["listings"]} == {"News": 0, "More": 1}
