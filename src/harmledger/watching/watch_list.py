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
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from harmledger.addresses import normalize_address
from harmledger.domain import ListingKind, Patience, WatchedSource, WatchList
from harmledger.errors import BadInput
from harmledger.toml_table import TomlTable, check_apart
from harmledger.watching.durations import parse_duration

SHORTEST_EVERY = timedelta(minutes=1)
"""A feed that is asked for more often is a burden, and none changes faster than that for long."""
SHORTEST_DELAY = timedelta(seconds=1)
"""Sites block whoever asks faster, and are right to."""
MOST_HOSTS = 64
MOST_TRIES = 100
MOST_FOUND = 50_000
MOST_AT_ONCE = 200
"""New pages at one look, unless told otherwise: more than any feed has, few enough for a first look at a large sitemap."""
_WATCH = ("delay", "hosts", "tries", "rechecks")
_SOURCE = ("name", "kind", "url", "every", "outlet", "include", "exclude", "most", "since", "languages")
_MOST_PATTERNS = 100
_LONGEST_PATTERN = 500


def load_watch_list(path: str) -> WatchList:
    """What a file says is to be watched.

    Raises:
        BadInput: it isn't there, isn't TOML, or says something unknown or of the wrong kind.
    """
    try:
        said = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        if isinstance(e, tomllib.TOMLDecodeError):
            raise BadInput(f"the list isn't TOML ({e})", path, "mend that line") from e
        raise BadInput("the list can't be opened", path, "give a TOML file with [[source]] tables") from e
    return parse_watch_list(said, path)


def parse_watch_list(said: object, where: str) -> WatchList:
    """What the tables of a file say.

    Raises:
        BadInput: something in them is unknown or of the wrong kind.
    """
    table = TomlTable(said, where, known=("watch", "source"))
    sources = tuple(_parse_source(one, at) for one, at in table.tables("source"))
    if not sources:
        raise BadInput("it names no source", where, "add a [[source]] table with name, kind, url and every")
    check_apart((source.name for source in sources), "name", where)
    check_apart((source.url for source in sources), "url", where)
    patience = _parse_patience(TomlTable(table.said.get("watch", {}), f"{where}, [watch]", known=_WATCH))
    return WatchList(sources=sources, patience=patience)


def _parse_patience(table: TomlTable) -> Patience:
    usual = Patience()
    rechecks = tuple(sorted(_parse_length(each, table, "rechecks") for each in table.words("rechecks")))
    return Patience(
        delay=_duration(table, "delay", least=SHORTEST_DELAY) or usual.delay,
        hosts=table.whole("hosts", most=MOST_HOSTS, usual=usual.hosts),
        tries=table.whole("tries", most=MOST_TRIES, usual=usual.tries),
        rechecks=rechecks if "rechecks" in table.said else usual.rechecks,
    )


def _parse_source(said: object, where: str) -> WatchedSource:
    table = TomlTable(said, where, known=_SOURCE)
    name, written = table.needed("name"), table.needed("url")
    table.where = f"{where} ({name[:60]})"
    kind, every = table.choice("kind", ListingKind), _duration(table, "every", least=SHORTEST_EVERY)
    if kind is None or every is None:
        missing, example = ("kind", ", ".join(ListingKind)) if kind is None else ("every", "30 min")
        raise BadInput(f"it has no {missing}", table.where, f"add it, such as {example}")
    url = normalize_address(written)
    if url is None:
        raise table.refuse("url", "give an address that begins with https://")
    return WatchedSource(
        name=name,
        kind=kind,
        url=url,
        every=every,
        outlet=table.find("outlet"),
        include=_patterns(table, "include"),
        exclude=_patterns(table, "exclude"),
        most=table.whole("most", most=MOST_FOUND, usual=MOST_AT_ONCE),
        since=_day(table, "since"),
        languages=table.words("languages"),
    )


def _patterns(table: TomlTable, name: str) -> tuple[str, ...]:
    found = table.words(name)
    if len(found) > _MOST_PATTERNS or any(len(each) > _LONGEST_PATTERN for each in found):
        remedy = f"give up to {_MOST_PATTERNS} patterns of up to {_LONGEST_PATTERN} signs"
        raise BadInput(f"{name} is too long", table.where, remedy)
    if bad := next((each for each in found if not each.startswith(("/", "*", "http"))), None):
        raise BadInput(f"the pattern {bad!r} fits no address", table.where, f'begin it with / or *, such as "*{bad}"')
    return found


def _duration(table: TomlTable, name: str, *, least: timedelta) -> timedelta | None:
    value = table.find(name)
    if value is None:
        return None
    found = _parse_length(value, table, name)
    if found < least:
        raise table.refuse(name, f"give {int(least.total_seconds())} s or more: sites block whoever asks faster")
    return found


def _parse_length(value: str, table: TomlTable, name: str) -> timedelta:
    found = parse_duration(value)
    if not found:
        raise table.refuse(name, 'say how long, such as "30 min", "2 h" or "7 days"')
    return found


def _day(table: TomlTable, name: str) -> datetime | None:
    value = table.said.get(name)
    if isinstance(value, str):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value is not None and not isinstance(value, date):
        raise table.refuse(name, "give a day, such as 2026-01-31")
    return value and datetime.combine(value, time(), UTC)
