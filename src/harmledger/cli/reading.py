"""`harmledger read`: sources in, claims printed and kept."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from harmledger.cli import tell, utc_now
from harmledger.cli.printing import Printer, Watch, watching
from harmledger.collect import Limits
from harmledger.config import Config
from harmledger.domain import Reading, Refused
from harmledger.pipeline import load_reader, read_reports
from harmledger.publish.record import render_record, render_refused

if TYPE_CHECKING:
    from harmledger.collecting import Collector
    from harmledger.store import Ledger


def read_and_print(sources: Sequence[str], *, config: Config, form: str, keep: bool) -> int:
    """Read all sources, print each report when it is done, and keep it; gives how many couldn't be read."""
    folder = Path(config.ledger)
    with _kept(config.ledger) if keep else nullcontext() as keeper, watching() as watch:
        collector = _collector(sources, config, keeper)
        results = read_reports(
            sources,
            load=partial(load_reader, config.engine, folder, config.endpoint),
            now=utc_now,
            keeper=keeper,
            limits=Limits(report_bytes=config.report_bytes),
            jobs=config.jobs,
            take_page=collector and collector.take,
        )
        failed = _print_all(results, Printer(form), watch)
        if form == "table":
            _sum_up(watch, failed, folder if keep else None)
    return failed


def _collector(sources: Sequence[str], config: Config, ledger: Ledger | None) -> Collector | None:
    if not any("://" in source for source in sources):
        return None
    from harmledger.collecting import Collector, open_fetcher  # files needn't wait for what fetches

    return Collector(fetches=open_fetcher(config.fetch), ledger=ledger)


def _print_all(results: Iterator[Reading | Refused], printer: Printer, watch: Watch) -> int:
    failed = 0
    for result in results:
        if isinstance(result, Refused):
            failed += 1
            watch.count(0)
            with watch.aside(always=True):
                printer.refusal(render_refused(result))
                tell(result.message)
        else:
            watch.count(len(result.claims))
            with watch.aside():
                printer.report(render_record(result))
    return failed


def _sum_up(watch: Watch, failed: int, folder: Path | None) -> None:
    read = watch.done - failed
    done = f"{read} report{'s' * (read != 1)} read, {watch.claims} claim{'s' * (watch.claims != 1)}"
    kept = f"; kept in {folder}" if folder else ""
    watch.stop()
    tell(f"{done}{f', {failed} not read' if failed else ''}{kept}")


@contextmanager
def _kept(folder: str) -> Generator[Ledger]:
    from harmledger.cli.ledgers import made  # a fifth of a second, which `--no-ledger` needn't wait for

    with made(folder, changes=True) as ledger:
        yield ledger
