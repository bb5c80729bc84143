"""`harmledger bulk` reads, links and brings into a ledger, from the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_archives import idle, story, write_lines, write_warc
from fake_store import KEY, REGION, SECRET, FakeStore, serve_store
from fakes import REPORT, load_fake, load_in_place

from harmledger.cli import main

pytest.importorskip("daft", reason="Daft isn't installed (extra bulk)")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Readers are the fake one, in this process: the engine below is tested elsewhere."""
    from harmledger.bulk.run import Became
    from harmledger.bulk.work import Worker, read_input

    def run_here(inputs, job, _engine):  # type: ignore[no-untyped-def]
        worker = Worker(job, load_fake)
        return (Became(source, read_input(worker, source)) for source in inputs)

    monkeypatch.setattr("harmledger.cli.bulk_reading.run_bulk", run_here)
    monkeypatch.setattr("harmledger.cli.bulk_reading.end", sys.exit)  # what comes of it isn't this process's end
    monkeypatch.setattr("harmledger.cli.bulk_results.load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def test_archives_become_tables_incidents_and_a_ledger() -> None:
    """Reading, linking, importing: each tells what came of it, and what it wrote is there."""
    write_warc(Path("a.warc.gz"), [story(0), idle(1), story(2)])
    told = run("bulk", "a.warc.gz", "--out", "out", "--screen", "words").output
    assert "3 reports: 2 read, 1 passed over, 0 not read; 2 claims in 2 reports" in told
    assert Path("out/run.html").read_text().startswith("<!DOCTYPE html>")
    assert 'outcome="read"} 2' in Path("out/metrics.prom").read_text()
    assert "2 claims of 2 reports in" in run("bulk", "link", "out").output
    assert (
        "2 reports with 2 claims are in ledger"
        in run("ledger", "import", "out", "--country", "sy", "--ledger", "ledger").output
    )
    assert "no report of out has a claim" in run("ledger", "import", "out", "--country", "ZZ").output
    assert "no country's code" in run("ledger", "import", "out", "--country", "Syria", code=1).output
    listed = run("show", "--format", "jsonl", "--ledger", "ledger").stdout.splitlines()
    assert sum(len(json.loads(line)["claims"]) for line in listed) == 2


def test_it_goes_on_where_it_was_ended() -> None:
    """The same command again reads nothing again, and another screen needs another folder."""
    write_warc(Path("a.warc.gz"), [story(0)])
    run("bulk", "read", "a.warc.gz", "--out", "out", "--screen", "words")
    assert "1 done before" in run("bulk", "a.warc.gz", "--out", "out", "--screen", "words").output
    assert "begun with another screen" in run("bulk", "a.warc.gz", "--out", "out", code=1).output


def test_what_is_missing_is_told() -> None:
    """No inputs, no folder, nothing to link: each in words."""
    assert "name archives" in run("bulk", "--out", "out", code=2).output
    assert "there is no such file" in run("bulk", "none.warc", "--out", "out", code=1).output
    assert "nothing was read into this folder" in run("bulk", "link", "nowhere", code=1).output
    assert "nothing was read into this folder" in run("ledger", "import", "nowhere", code=1).output


def test_ctrl_c_ends_it_at_once_and_tells_how_to_go_on(tmp_path: Path) -> None:
    """Ended as from a terminal, readers and all, it says that the same command goes on, and blames no report."""
    write_lines(tmp_path / "a.jsonl", [REPORT.format(n=n % 50 + 3, day=1) for n in range(3000)])
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from harmledger.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = subprocess.Popen(
        [sys.executable, "-c", code, "bulk", "a.jsonl", "--out", "out"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while running.poll() is None and not any(tmp_path.glob("out/underway/*.json")):
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=300)
    assert running.returncode == 130, told
    assert "the same command goes on" in told
    (note,) = tmp_path.glob("out/underway/*.json")
    assert not json.loads(note.read_text())["deaths"]


def test_a_store_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects are had by the variables that Amazon's tools know, and what they are refused for is told."""
    archive = write_warc(Path("a.warc.gz"), [story(0), idle(1)]).read_bytes()
    with serve_store(FakeStore({"press": {"crawl/1.warc.gz": archive, "crawl/list.txt": b"crawl/1.warc.gz"}})) as store:
        for name, value in {"ENDPOINT_URL": store.address, "REGION": REGION, "ACCESS_KEY_ID": KEY}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        told = run("bulk", "s3://press/crawl/*.gz", "--out", "out", "--screen", "words").output
        assert "2 reports: 1 read, 1 passed over" in told
        listed = ("--list", "s3://press/crawl/list.txt", "--base", "s3://press")
        assert "1 done before" in run("bulk", *listed, "--out", "out", "--screen", "words").output
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIANOBODY")
        assert "doesn't take the key" in run("bulk", "s3://press/crawl/*.gz", "--out", "out2", code=1).output
