"""The words that pages have for codes: headlines, rules, bounds, kinds of sources."""

from __future__ import annotations

from datetime import date

from harmledger.domain import Rule
from harmledger.publish.record import Record

UNNAMED = "Incident"
"""What an incident is called of which nothing public is worked out yet."""
RULE_WORDS = {
    Rule.RANGE.value: "Range: the lowest to the highest that anybody's last word gives",
    Rule.SOURCE_PRIORITY.value: "Source priority: only those sources that stand first in a named order",
    Rule.MAJORITY.value: "Majority: what more than half of the independent sources say",
    Rule.DEFER.value: "Defer: no figure where sources differ",
    Rule.PENDING.value: "Pending: no figure until people accepted the claims",
    Rule.ASK_SOURCES.value: "Ask: no figure where sources differ, and whom to ask what",
    Rule.CONSERVATIVE.value: "Conservative: the lowest figure, as ACLED codes",
    Rule.BEST_LOW_HIGH.value: "Best, low, high: as UCDP codes",
    Rule.AIRWARS.value: "Airwars: lowest to highest of those harmed as civilians",
}


def render_days(between: Record | None) -> str:
    """One day, or the first and the last, as people write them."""
    if not between or not (between["earliest"] or between["latest"]):
        return "day not known"
    first, last = (day and date.fromisoformat(day) for day in (between["earliest"], between["latest"]))
    if first and last and first != last:
        return f"{_day(first)} – {_day(last)}"
    return _day(first or last) if first == last else f"{'from' if first else 'until'} {_day(first or last)}"


def _day(day: date | str | None) -> str:
    return f"{day.day} {day:%B %Y}" if isinstance(day, date) else ""


def render_bounds(count: Record) -> str:
    """`35`, `20–25`, `20 or more`, `up to 20`; "about" where the words say so."""
    low, high = count["low"], count["high"]
    if low is None and high is None:
        return "no number"
    bounds = (
        f"up to {high:,}"
        if low is None
        else f"{low:,} or more"
        if high is None
        else f"{low:,}"
        if low == high
        else f"{low:,}–{high:,}"
    )
    return f"about {bounds}" if count.get("hedge") == "about" else bounds


def render_source(source: str) -> str:
    """Where a report came from: an address, or a file's name without the folders of the machine that read it."""
    return source if is_address(source) else source.replace("\\", "/").rsplit("/", 1)[-1]


def is_address(source: str) -> bool:
    """Whether it was on the web."""
    return source.startswith(("https://", "http://"))
