"""A TOML file → what is to be watched, each mistake in it told in one sentence.

[watch]                              # all of it may be left out
delay = "5 s"                        # between two requests to one host
hosts = 8                            # asked at once
tries = 6                            # attempts at a page before it is given up
rechecks = ["1 day", "7 days", "30 days"]   # when captured pages are fetched again, to see whether they were changed

[[source]]
name = "An outlet's news"
kind = "feed"                        # feed, sitemap or page
url = "https://outlet.example/rss"
every = "30 min"
include = ["/news/*"]                # optional, as all below: patterns of addresses, * is anything
exclude = ["*/sport/*"]
most = 200                           # new pages taken at one look
since = 2026-01-01                   # pages that the listing dates before it are left
outlet = "Outlet"
languages = ["uk", "ru"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from harmledger.addresses import normalize_address
from harmledger.domain import ListingKind, Patience, WatchedSource, WatchList
from harmledger.errors import BadInput
from harmledger.watching.durations import parse_duration

SHORTEST_EVERY = timedelta(minutes=1)
"""A feed that is asked for more often is a burden, and none changes faster than that for long."""
SHORTEST_DELAY = timedelta(seconds=1)
"""Sites block whoever asks faster, and are right to."""
MOST_HOSTS = 64
_WATCH = ("delay", "hosts", "tries", "rechecks")
_SOURCE = ("name", "kind", "url", "every", "outlet", "include", "exclude", "most", "since", "languages")
_MOST_PATTERNS = 100
_LONGEST_PATTERN = 500

Table = Mapping[str, object]


def load_watch_list(path: str) -> WatchList:
    """What a file says is to be watched.

    Raises:
        BadInput: it isn't there, isn't TOML, or says something unknown or of the wrong kind.
    """
    try:
        said = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as e:
        if isinstance(e, tomllib.TOMLDecodeError):
            raise BadInput(f"the list isn't TOML ({e})", path, "mend that line") from e
        raise BadInput("the list can't be opened", path, "give a TOML file with [[source]] tables") from e
    return parse_watch_list(said, path)


def parse_watch_list(said: Table, where: str) -> WatchList:
    """What the tables of a file say.

    Raises:
        BadInput: something in them is unknown or of the wrong kind.
    """
    _check_known(said, ("watch", "source"), where)
    tables = said.get("source")
    if not isinstance(tables, list) or not tables:
        raise BadInput("it names no source", where, "add a [[source]] table with name, kind, url and every")
    sources = tuple(
        _parse_source(table, f"{where}, source {n}") for n, table in enumerate(cast("list[object]", tables), 1)
    )
    _check_apart([source.name for source in sources], "name", where)
    _check_apart([source.url for source in sources], "url", where)
    return WatchList(sources=sources, patience=_parse_patience(said.get("watch", {}), f"{where}, [watch]"))


def _parse_patience(said: object, where: str) -> Patience:
    table = _table(said, where)
    _check_known(table, _WATCH, where)
    usual = Patience()
    delay = _duration(table, "delay", where, least=SHORTEST_DELAY) or usual.delay
    rechecks = [_parse_length(each, "rechecks", where) for each in _strings(table, "rechecks", where) or ()]
    return Patience(
        delay=delay,
        hosts=_whole(table, "hosts", where, most=MOST_HOSTS) or usual.hosts,
        tries=_whole(table, "tries", where, most=100) or usual.tries,
        rechecks=tuple(sorted(rechecks)) if "rechecks" in table else usual.rechecks,
    )


def _parse_source(said: object, where: str) -> WatchedSource:
    table = _table(said, where)
    name = _needed(table, "name", where)
    where = f"{where} ({name[:60]})"
    _check_known(table, _SOURCE, where)
    kind = _needed(table, "kind", where)
    if kind not in list(ListingKind):
        raise BadInput(f"kind can't be {kind!r}", where, f"say one of {', '.join(ListingKind)}")
    url = normalize_address(_needed(table, "url", where))
    if url is None:
        raise BadInput(f"{table['url']!r} is no address of the web", where, "give one that begins with https://")
    _needed(table, "every", where)
    return WatchedSource(
        name=name,
        kind=ListingKind(kind),
        url=url,
        every=cast("timedelta", _duration(table, "every", where, least=SHORTEST_EVERY)),
        outlet=_string(table, "outlet", where),
        include=_patterns(table, "include", where),
        exclude=_patterns(table, "exclude", where),
        most=_whole(table, "most", where, most=50_000) or 200,
        since=_day(table, "since", where),
        languages=tuple(_strings(table, "languages", where) or ()),
    )


# --- values ----------------------------------------------------------------------------------------------------------


def _table(said: object, where: str) -> Table:
    if not isinstance(said, dict):
        raise BadInput("it is no table", where, "write it as the example in the documentation has it")
    return cast("Table", said)


def _check_known(table: Table, known: Sequence[str], where: str) -> None:
    for name in table:
        if name not in known:
            meant = get_close_matches(name, known, 1)
            raise BadInput(
                f"nothing is called {name!r}",
                where,
                f"did you mean {meant[0]}?" if meant else f"use {', '.join(known)}",
            )


def _check_apart(values: Sequence[str], what: str, where: str) -> None:
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise BadInput(f"two sources have the {what} {twice!r}", where, "leave one out, or name it otherwise")


def _needed(table: Table, name: str, where: str) -> str:
    value = _string(table, name, where)
    if not value:
        raise BadInput(f"it has no {name}", where, f'add {name} = "…"')
    return value


def _string(table: Table, name: str, where: str) -> str | None:
    value = table.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"{name} can't be {value!r}", where, "write it in quotes")
    return value.strip() if value else None


def _strings(table: Table, name: str, where: str) -> Sequence[str] | None:
    value = table.get(name)
    if value is None:
        return None
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in values):
        raise BadInput(f"{name} can't be {value!r}", where, "write a list of words in quotes")
    return cast("list[str]", values)


def _patterns(table: Table, name: str, where: str) -> tuple[str, ...]:
    found = tuple(_strings(table, name, where) or ())
    if len(found) > _MOST_PATTERNS or any(len(each) > _LONGEST_PATTERN for each in found):
        raise BadInput(
            f"{name} is too long", where, f"give up to {_MOST_PATTERNS} patterns of up to {_LONGEST_PATTERN} signs"
        )
    bad = next((each for each in found if not each.startswith(("/", "*", "http"))), None)
    if bad is not None:
        raise BadInput(f"the pattern {bad!r} fits no address", where, f'begin it with / or *, such as "*{bad}"')
    return found


def _whole(table: Table, name: str, where: str, *, most: int) -> int | None:
    value = table.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BadInput(f"{name} can't be {value!r}", where, f"give a whole number from 1 to {most:,}")
    return value


def _duration(table: Table, name: str, where: str, *, least: timedelta) -> timedelta | None:
    value = _string(table, name, where)
    if value is None:
        return None
    found = _parse_length(value, name, where)
    if found < least:
        raise BadInput(
            f"{name} can't be {value!r}",
            where,
            f"give {int(least.total_seconds())} seconds or more: sites block whoever asks faster",
        )
    return found


def _parse_length(value: str, name: str, where: str) -> timedelta:
    found = parse_duration(value)
    if not found:
        raise BadInput(f"{name} can't be {value!r}", where, 'say how long, such as "30 min", "2 h" or "7 days"')
    return found


def _day(table: Table, name: str, where: str) -> datetime | None:
    value = table.get(name)
    if isinstance(value, str):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value is not None and not isinstance(value, date):
        raise BadInput(f"{name} can't be {value!r}", where, "give a day, such as 2026-01-31")
    return value and datetime.combine(value, time(), UTC)
