"""What `harmledger watch` does."""

from __future__ import annotations

import signal
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import made, opened, show_changes
from harmledger.cli.printing import write
from harmledger.collecting import open_fetcher
from harmledger.config import Config
from harmledger.domain import Reading, Refused
from harmledger.errors import BadInput, NotFound
from harmledger.ids import plain
from harmledger.pipeline import load_reader
from harmledger.publish.outlets import outlet_record
from harmledger.publish.record import Record
from harmledger.publish.watched import render_news, render_source, render_tally
from harmledger.publish.wording import render_json
from harmledger.resources.outlets import load_outlets
from harmledger.store.frontier import count_pages
from harmledger.store.watched import Looked, list_watched
from harmledger.watching import Run, load_watch_list, parse_duration, render_duration
from harmledger.watching.lock import only_one
from harmledger.watching.visits import Visit


def watch_list(file: str, *, config: Config, form: str, once: bool, length: str | None) -> int:
    """Watch what a list says, until there is a reason to end; gives how many sources failed at their last look."""
    watched = load_watch_list(file)
    lasting = _parse_length(length) if length else None
    with made(config.ledger, changes=True) as ledger, only_one(ledger.folder):
        run = Run(
            ledger=ledger,
            watched=watched,
            fetches=open_fetcher(config.fetch),
            load=partial(load_reader, config.engine, Path(config.ledger), config.endpoint),
            now=utc_now,
            once=once,
            until=utc_now() + lasting if lasting else None,
            jobs=config.jobs,
            tell=partial(_print_news, form=form),
            settle=partial(show_changes, ledger),
        )
        with _stopping(run):
            tally = run.go()
        with ledger.reading() as connection:
            pages = count_pages(connection)
    tell(render_tally(cast("Record", plain(tally)), cast("Record", plain(pages))))
    return tally.failed_looks


def check_list(file: str, *, config: Config, form: str) -> None:
    """Tell what a list says, and what became of each source so far."""
    watched = load_watch_list(file)
    known: dict[tuple[str, str], Looked] = {}
    try:
        with opened(config.ledger) as ledger, ledger.reading() as connection:
            known = {(each.source, each.url): each for each in list_watched(connection)}
    except NotFound:  # nothing was watched yet
        pass
    outlets = load_outlets(Path(config.ledger))
    for source in watched.sources:
        stands = known.get((source.name, source.url))
        record: Record = {
            "name": source.name,
            "kind": source.kind.value,
            "url": source.url,
            "every": render_duration(source.every),
        }
        record["outlet"] = outlet_record(outlets.find(source.url))
        record["stands"] = plain(stands) if stands else None
        write(render_json(record) + "\n" if form == "jsonl" else render_source(record))


def _print_news(news: Visit | Reading | Refused, *, form: str) -> None:
    record = _news_record(news)
    write(render_json(record) + "\n" if form == "jsonl" else render_news(record))


def _news_record(news: Visit | Reading | Refused) -> Record:
    match news:
        case Reading():
            url, claims = news.document.source, len(news.claims)
            return {"of": "reading", "outcome": "read", "url": url, "claims": claims, "message": None}
        case Refused():
            return {"of": "reading", "outcome": "not read", "url": news.source, "message": news.message}
        case Visit():
            told = {"outcome": news.outcome.value, "url": news.task.url, "message": news.failed and news.failed.message}
            listing = {"of": "listing", "source": news.task.source, "found": news.found}
            page = {"of": "page", "source": news.task.source, "changed": bool(news.capture and news.task.first)}
            return {**told, **(listing if news.task.listing else page)}


def _parse_length(said: str) -> timedelta:
    found = parse_duration(said)
    if not found:
        raise BadInput(f"that can't be {said!r}", "--for", 'say how long, such as "2h" or "30 min"')
    return found


@contextmanager
def _stopping(run: Run) -> Generator[None]:
    """Ctrl-C and a service's end stop the run; said twice, at once."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, before[signal.Signals(number)])
        tell("ending: the requests under way are finished, and what came is read; again to end at once")
        run.stop()

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
