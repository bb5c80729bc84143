"""What happens while sources are watched, for a terminal.

Comes in: records of events, sources and counts. Goes out: lines of text. Addresses and titles are others' words: none may drive the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.publish.record import Record
from harmledger.publish.wording import render_plain

_WIDTH = 18
"""Of the first column: the longest outcome is `forbidden address`."""
_MINUTE = 16
"""Signs of a moment, to the minute."""
_MOST_FAILING = 10
"""Listings told of in a status; all of them stand in the record."""


def render_news(record: Record) -> str:
    """One event on one line: what became of a listing, a page or its reading."""
    told = record["outcome"]
    address = render_plain(record["url"])
    match record["of"]:
        case "listing" if record["message"] is None:
            detail = f"{address}: {_many(record['found'], 'new page')}"
        case "reading" if record["message"] is None:
            detail = f"{address}: {_many(record['claims'], 'claim')}"
        case "page" if record["changed"]:
            detail = f"{address}: it says something else than at its last capture"
        case _:
            detail = render_plain(record["message"] or address)
    return f"{told:<{_WIDTH}}{detail}\n"


def render_source(record: Record) -> str:
    """A watched source: what the list says of it, and what became of it so far."""
    return "\n".join(_source(record)) + "\n"


def render_tally(tally: Record, pages: Record) -> str:
    """What came of a run, and where all watched pages stand, in one sentence."""
    looks = f"{_many(tally['looks'], 'listing')} looked at" + _failed(tally["failed_looks"])
    outcomes = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(tally["outcomes"].items()))
    read = f"{_many(tally['read'], 'report')} read, {_many(tally['claims'], 'claim')}" + _failed(tally["not_read"])
    stand = ", ".join(f"{number:,} {state}" for state, number in pages.items())
    return f"{looks}, {_many(tally['found'], 'new page')}; pages: {outcomes or 'none due'}; {read}. All pages: {stand}"


def render_watched(watched: Record) -> str:
    """Where all watched pages stand, and the listings that fail, a line each."""
    return "\n".join(_watched(watched))


def _watched(watched: Record) -> Iterator[str]:
    failing = [each for each in watched["listings"] if each["tries"]]
    stand = ", ".join(f"{number:,} {state}" for state, number in watched["pages"].items())
    yield f"Watched: {_many(len(watched['listings']), 'listing')}{_failed(len(failing))}; pages: {stand}."
    for each in failing[:_MOST_FAILING]:
        yield f"  {render_plain(each['source'])}: failed {_many(each['tries'], 'time')}, {render_plain(each['message'] or each['outcome'])}"


def _source(record: Record) -> Iterator[str]:
    yield render_plain(record["name"])
    yield f"  {record['kind']}, every {record['every']}: {render_plain(record['url'])}"
    if outlet := record["outlet"]:
        yield f"  {render_plain(outlet['name'])}: {', '.join(filter(None, (outlet['kind'], outlet['country'], outlet['ownership'])))}"
    stands = record["stands"]
    if stands is None:
        yield "  not looked at yet"
        return
    checked = f"last looked at {_minute(stands['checked'])}" if stands["checked"] else "never had"
    due = f", next {_minute(stands['due'])}" if stands["due"] else ""
    yield f"  {checked}{due}; {_many(stands['found'], 'page')} found"
    if stands["message"]:
        yield f"  failed {_many(stands['tries'], 'time')}: {stands['outcome']} ({render_plain(stands['message'])})"


def _failed(number: int) -> str:
    return f", {number:,} failed" if number else ""


def _minute(moment: str) -> str:
    return moment[:_MINUTE].replace("T", " ") + " UTC"


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
