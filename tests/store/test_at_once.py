"""Several processes may file and decide at once, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from fakes import fixed_now, write_reports

from harmledger.store import get_ledger
from harmledger.store.decisions import read_log, verify_log
from harmledger.store.subjects import list_claims

REPORTS = 25
WORK = """
import json, sys
from pathlib import Path
from fakes import FIXED_NOW, fixed_now, load_fake
from harmledger.domain import Verdict
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import open_ledger
from harmledger.store.decisions import add_decision
reports, folder, database, who = sys.argv[1:]
sys.stdin.readline()
ledger = open_ledger(Path(folder), now=fixed_now, database=database)
for reading in read_reports([reports], load=load_fake, now=fixed_now, keeper=ledger):
    claim = reading.claims[0].claim_id
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.ACCEPT, who=who)
    add_decision(ledger, said, now=FIXED_NOW)
"""


def begin(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def test_two_processes_file_and_decide_at_once(tmp_path: Path, database: str) -> None:
    """Begun at the same moment on a ledger that isn't there yet, half of their reports the same: each report is filed once, and
    every decision of both is in one unbroken chain.
    """
    both = write_reports(tmp_path / "both.jsonl", REPORTS)
    lines = both.read_text(encoding="utf-8").splitlines(keepends=True)
    folder = str(tmp_path / "ledger")
    started = []
    for who, own in (("Amal", lines[: REPORTS - 10]), ("Bo", lines[10:])):
        path = tmp_path / f"{who}.jsonl"
        path.write_text("".join(own), encoding="utf-8")
        started.append(begin(str(path), folder, database, who))
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.close()
    assert [process.wait() for process in started] == [0, 0]
    ledger = get_ledger(Path(folder), now=fixed_now, database=database)
    with ledger.reading() as connection:
        assert len(list(list_claims(connection))) == REPORTS
        assert Counter(each.who for each in read_log(connection)) == {"Amal": REPORTS - 10, "Bo": REPORTS - 10}
        assert isinstance(verify_log(connection), tuple)
    ledger.close()
