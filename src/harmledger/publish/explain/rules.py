"""What rules made of a claim's words: which harm words let its sentence through, how its number and its days were read.

Comes in: parts of a claim's record. Goes out: lines for a terminal. The words are looked at with the rules of this version; where the
record says something else, an older version read it, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.publish.explain.words import OWN, quote_words
from harmledger.publish.record import Record
from harmledger.publish.wording import render_bounds, render_days
from harmledger.text.dates import DateKind, find_dates
from harmledger.text.numerals import ParsedCount, find_counts, parse_count

MOST_HARM_WORDS = 6
"""Harm words of a sentence that are named."""
_WORD = re.compile(r"\w+")
_WORD_CHARS = 30
"""Characters before a stem in which its word begins."""
_AROUND = 100
"""Code points around words of time that are read with them, as when they were resolved."""

# --- the screen ------------------------------------------------------------------------------------------------------


def explain_screen(text: str, claim: Record, harm_words: Sequence[int]) -> list[str]:
    """The harm words of the claim's sentence, else the nearest one."""
    start, end = claim["quote"]["start"], claim["quote"]["end"]
    own = dict.fromkeys(_word_at(text, offset) for offset in harm_words if start <= offset < end)
    if own:
        told = ", ".join(f"{quote_words(text[a:b])} at {a}" for a, b in list(own)[:MOST_HARM_WORDS])
        return [f"let through by {told}{', …' * (len(own) > MOST_HARM_WORDS)}, {OWN}"]
    if not harm_words:
        return ["no harm word that this version knows stands in the text"]
    a, b = _word_at(text, min(harm_words, key=lambda offset: max(start - offset, offset - end)))
    return [f"no harm word in its own sentence: it was read beside others; {quote_words(text[a:b])} at {a}"]


def _word_at(text: str, offset: int) -> tuple[int, int]:
    """The whole word that a stem stands in."""
    words = _WORD.finditer(text, max(0, offset - _WORD_CHARS), offset + 2 * _WORD_CHARS)
    return next((m.span() for m in words if m.start() <= offset < m.end()), (offset, offset + 1))


# --- the number ------------------------------------------------------------------------------------------------------

_HEDGES = {
    "exact": "the number as it stands",
    "at_least": "a number as the least, its upper end open",
    "more_than": "a number that was passed: one more is the least",
    "at_most": "a number as the most, its lower end open",
    "range": "two numbers, the least and the most",
    "about": "a number said to be near: it stands for both ends",
    "vague": "a vague word, by the least that it means",
    "article": "an article or a singular: one person",
    "names": "persons told one by one, counted",
}


def explain_number(count: Record) -> list[str]:
    """Which of the counted words gave bounds and hedge, by which rule."""
    exact, rule = count["exact"], f"{count['hedge']}: {_HEDGES[count['hedge']]}"
    read = f"→ {render_bounds(count)}, {rule}"
    words = next((exact[c.start : c.end] for c in find_counts(exact) if _is_read(c.count, count)), None)
    if words is not None:
        return [f"{read}, from {quote_words(words)}"]
    parsed = parse_count(exact)
    if parsed is not None and _is_read(parsed, count):
        return [f"{read}, from all of the words"]
    return [read, "read so by an older version's rules: today's read these words otherwise"]


def _is_read(parsed: ParsedCount, count: Record) -> bool:
    return (parsed.low, parsed.high, parsed.hedge.value) == (count["low"], count["high"], count["hedge"])


# --- the days --------------------------------------------------------------------------------------------------------

_KINDS = {
    DateKind.DAY: "a whole date, which needs no other",
    DateKind.DAY_OF_YEAR: "a day without its year, which comes from the publication day",
    DateKind.MONTH_OF_YEAR: "a month and its year",
    DateKind.MONTH: "a month without its year, which comes from the publication day",
    DateKind.YEAR: "a year",
    DateKind.WEEKDAY: "a weekday, counted from the publication day",
    DateKind.RELATIVE: "counted from the publication day",
    DateKind.TOLD: "counted from the day told before it",
    DateKind.STRETCH: "a stretch up to the publication day",
    DateKind.SPAN: "from one time to another",
    DateKind.SINCE: "from a time on, up to the publication day",
    DateKind.UNTIL: "up to a time, from an unsaid beginning",
    DateKind.VAGUE: "a time without bounds",
    DateKind.HIJRI: "a date of the Islamic calendar, left as it is",
}
_BASES = {
    "given": "given with the report",
    "page": "stated by the page",
    "text": "from the report's dateline",
    "inferred": "inferred from what the text says",
}


def explain_date(when: Record, document: Record) -> list[str]:
    """How words of time became days: what they say by themselves, the publication day, and the days."""
    days = render_days(when)
    read = f"→ {days}, precise to {when['precision']}" if days else "→ kept as words: no day follows from them"
    return [*_named(when, document["text"]), tell_published(document), read]


def tell_published(document: Record) -> str:
    """The publication day with how it is known and its bounds."""
    first, last = document["published_earliest"], document["published_latest"]
    between = "" if first == last else f", between {first or 'an unknown day'} and {last or 'an unknown day'}"
    if not document["published"]:
        return f"the publication day is not known{between}"
    return f"published {document['published']}, {_BASES[document['published_from']]}{between}"


def _named(when: Record, text: str) -> list[str]:
    """Each expression of time among the words, with what it says by itself."""
    start, end = max(0, when["start"] - _AROUND), min(len(text), when["end"] + _AROUND)
    touched = [d for d in find_dates(text, start, end) if d.start < when["end"] and when["start"] < d.end]
    return [f"{quote_words(dated.exact)}: {_KINDS[dated.kind]}" for dated in touched]
