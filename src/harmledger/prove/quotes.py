"""Words against the text they are said to stand in.

Comes in: records as they were filed, and the clean text. Goes out: sentences of what doesn't hold, one a place. Offsets are code points, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

Record = Mapping[str, Any]

CONTEXT_CHARS = 32
"""Text that the claim record keeps on either side of a quote."""


def find_misquoted(record: Record, text: str) -> Iterator[str]:
    """Every span of a claim's or a statement's record, however deep, whose words aren't those of the text."""
    yield from _misquoted(record, text, "")
    if quote := record.get("quote"):
        yield from _wrong_context(quote, text)


def find_uncovered(parts: Sequence[Record], text: str) -> Iterator[str]:
    """Where the parts of a document overlap, leave the text, or leave some of it out but white space."""
    at = 0
    for part in parts:
        start, end = part["start"], part["end"]
        if not at <= start <= end <= len(text):
            yield f"the part at {start} to {end} lies across another or outside the text"
            return
        if text[at:start].strip():
            yield f"no part covers the text from {at} to {start}"
        at = end
    if parts and text[at:].strip():
        yield f"no part covers the text from {at} to its end"


def find_outside(start: int | None, end: int | None, text: str) -> Iterator[str]:
    """A span without words that lies outside the text."""
    if start is None or end is None or not 0 <= start <= end <= len(text):
        yield f"the passage at {start} to {end} lies outside the text"


def _misquoted(value: Any, text: str, path: str) -> Iterator[str]:
    match value:
        case Mapping():
            record = cast("Record", value)
            yield from _wrong_words(record, text, path)
            for name, part in record.items():
                yield from _misquoted(part, text, f"{path}.{name}" if path else str(name))
        case list() | tuple():
            for number, part in enumerate(cast("Sequence[Any]", value)):
                yield from _misquoted(part, text, f"{path}[{number}]")
        case _:
            pass


def _wrong_words(record: Record, text: str, path: str) -> Iterator[str]:
    """A record's own words, and a speaker's words of saying beside them; what has no place in the text is passed over."""
    for exact, start, end in (("exact", "start", "end"), ("cue", "cue_start", "cue_end")):
        words, at, to = record.get(exact), record.get(start), record.get(end)
        if words is None or at is None or to is None:
            continue
        if not 0 <= at <= to or text[at:to] != words:
            yield f"the {exact} words of {path or 'it'} don't stand at {at} to {to} of the text"


def _wrong_context(quote: Record, text: str) -> Iterator[str]:
    start, end = quote["start"], quote["end"]
    if quote["prefix"] != text[max(0, start - CONTEXT_CHARS) : start]:
        yield "the text before the quote isn't what was kept"
    if quote["suffix"] != text[end : end + CONTEXT_CHARS]:
        yield "the text after the quote isn't what was kept"
