"""Several processes may file and decide at once, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

from fakes import fixed_now, load_fake, write_reports
from sqlalchemy import delete, select

from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.projecting import bring_up
from harmledger.store import Ledger, get_ledger, open_ledger
from harmledger.store.decisions import read_log, verify_log
from harmledger.store.schema import LINKINGS
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_STATE, SHOWN_TERMS
from harmledger.store.subjects import list_claims

REPORTS = 25
CONTESTED = 12
"""Claims on which both decide; as many reports come beside."""
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


REVIEW = """
import json, sys
from pathlib import Path
from fakes import FIXED_NOW, fixed_now, load_fake
from harmledger.domain import Verdict
from harmledger.errors import HarmledgerError
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import get_ledger
from harmledger.store.decisions import append_decisions
reports, folder, database, who, *claims = sys.argv[1:]
ledger = get_ledger(Path(folder), now=fixed_now, database=database)
reading = read_reports([reports], load=load_fake, now=fixed_now, keeper=ledger)
told = []
sys.stdin.readline()
for claim in claims:
    said = Said(subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.HOLD, who=who, reason="ask")
    try:
        with ledger.writing() as connection:
            append_decisions(connection, [said], now=FIXED_NOW, after="")
        told.append("kept")
    except HarmledgerError as e:
        told.append(str(e))
    next(reading, None)
for _ in reading:
    pass
print(json.dumps(told))
"""
"""Decides on claims on which nobody decided yet, and files a report after each decision."""
LINK = """
import json, sys
from pathlib import Path
from fakes import fixed_now
from harmledger.errors import HarmledgerError
from harmledger.linking import link_ledger
from harmledger.projecting import bring_up
from harmledger.store import get_ledger
from harmledger.store.decisions import verify_log
folder, database, times = sys.argv[1:]
ledger = get_ledger(Path(folder), now=fixed_now, database=database)
told = []
sys.stdin.readline()
for _ in range(int(times)):
    try:
        link_ledger(ledger, now=fixed_now)
        told.append("kept")
    except HarmledgerError as e:
        told.append(str(e))
    bring_up(ledger, now=fixed_now)
    with ledger.reading() as connection:
        assert isinstance(verify_log(connection), tuple)
print(json.dumps(told))
"""
"""Links and indexes, and holds the log to its hashes as a reader sees it meanwhile."""
LINKINGS_EACH = 6


def begin(*arguments: str, work: str = WORK) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", work, *arguments]
    here = Path(__file__).parents[1]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here)


def let_go(started: list[subprocess.Popen[str]]) -> list[str]:
    """Let them all work at one moment, and wait for what each has to tell."""
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=300)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(started)
    return told


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
    let_go(started)
    ledger = get_ledger(Path(folder), now=fixed_now, database=database)
    with ledger.reading() as connection:
        assert len(list(list_claims(connection))) == REPORTS
        assert Counter(each.who for each in read_log(connection)) == {"Amal": REPORTS - 10, "Bo": REPORTS - 10}
        assert isinstance(verify_log(connection), tuple)
    ledger.close()


def test_all_who_work_at_once_lose_nothing(tmp_path: Path, database: str) -> None:
    """Two decide on the same claims and file reports, two link and index: each claim has one decision, by who was told that it is kept,
    and who came later was told so; each linking that was kept is there under a number of its own, and what is shown in the end is what
    one who works alone would show.
    """
    ledger = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    first = str(write_reports(tmp_path / "first.jsonl", CONTESTED))
    claims = [each.claims[0].claim_id for each in read_reports([first], load=load_fake, now=fixed_now, keeper=ledger)]
    lines = write_reports(tmp_path / "more.jsonl", 2 * CONTESTED).read_text("utf-8").splitlines(keepends=True)
    started = []
    for who, own in (("Amal", lines[: -CONTESTED // 2]), ("Bo", lines[-CONTESTED:])):
        path = tmp_path / f"{who}.jsonl"
        path.write_text("".join(own), encoding="utf-8")
        started.append(begin(str(path), str(ledger.folder), database, who, *claims, work=REVIEW))
    started += [begin(str(ledger.folder), database, str(LINKINGS_EACH), work=LINK) for _ in range(2)]
    amal, bo, *linkings = [json.loads(told) for told in let_go(started)]
    check_decisions(ledger, claims, {"Amal": amal, "Bo": bo})
    check_linkings(ledger, [each for told in linkings for each in told])
    check_shown(ledger)
    ledger.close()


def check_decisions(ledger: Ledger, claims: list[str], told: dict[str, list[str]]) -> None:
    """Of each claim one decision is in the log, by the one who was told that it is kept; the other was told to look again."""
    assert all("somebody decided on this meanwhile" in each for each in chain(*told.values()) if each != "kept")
    with ledger.reading() as connection:
        log = read_log(connection)
        assert isinstance(verify_log(connection), tuple)
        assert len(list(list_claims(connection))) == 2 * CONTESTED
    kept = {
        (claim, who) for who, each in told.items() for claim, what in zip(claims, each, strict=True) if what == "kept"
    }
    assert sorted((each.subject, each.who) for each in log) == sorted(kept)
    assert sorted(each.subject for each in log) == sorted(claims)


def check_linkings(ledger: Ledger, told: list[str]) -> None:
    """As many as were kept are there, numbered without a gap; whoever lost was told to link again."""
    assert len(told) == 2 * LINKINGS_EACH
    assert all("somebody else linked meanwhile" in each for each in told if each != "kept")
    with ledger.reading() as connection:
        numbers = connection.execute(select(LINKINGS.c.linking).order_by(LINKINGS.c.linking)).scalars().all()
    assert numbers == list(range(1, told.count("kept") + 1))


def check_shown(ledger: Ledger) -> None:
    """Brought up by many at once is as if it had been brought up by one, from nothing."""
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    piecemeal = shown(ledger)
    with ledger.writing() as connection:
        for table in (SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN, SHOWN_STATE):
            connection.execute(delete(table))
    bring_up(ledger, now=fixed_now)
    assert shown(ledger) == piecemeal


def shown(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    with ledger.reading() as connection:
        tables = (SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS)
        return [sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in tables]
