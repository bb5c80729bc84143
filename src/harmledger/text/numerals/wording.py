"""What the whole counted expression of a claim says: its number, or the persons that it names."""

from __future__ import annotations

import re

from harmledger.domain import Hedge
from harmledger.text.numerals.arabic_fold import SCRIPT
from harmledger.text.numerals.arabic_nouns import parse_wording
from harmledger.text.numerals.counts import EXACTLY_ONE, ParsedCount, bound
from harmledger.text.numerals.english import find_numbers
from harmledger.text.numerals.people import SINGULAR
from harmledger.text.numerals.persons import MAX_CHARS, count_persons

_AGE = re.compile(
    r"\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)(?:\s+or\s+\d{1,3})?[\s-]+(?:years?|months?|weeks?|days?)[\s-]+olds?\b"
    r"|\baged\s+\d{1,3}|,\s*\d{1,2}(?=\s*(?:,|$))|\(\s*\d{1,2}\s*\)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    rf"\b({SINGULAR})\s+(?:of|over|under)\s+(?:about\s+|around\s+|only\s+)?(?:\d{{1,2}}|[a-z]+(?:-[a-z]+)?)(?:\s+(?:years?|months?|weeks?|days?))?(?=\W*$|\s*[,;(])",
    re.IGNORECASE,
)
"""How old one person is, or how many a mother has: "a boy of nine", "a mother of four"."""
_NUMBERED = re.compile(r"(?:^|\n)\s*(?:\d{1,2}\s*[-.)/]|[•▪*–-])\s*(?=[^\W\d]|[“\"])")
"""What stands before the items of a list that has a line for each."""
_ENCLOSED = re.compile(r"\s*[(\[]\s*(\d+)\s*[)\]]\s*")
_ORDINAL = re.compile(r"^\W*(?:the\s+)?(\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"^\W*at\s+least\b|\bat\s+(?:the\s+(?:very\s+)?)?least\W*$|\bor\s+more\W*$", re.IGNORECASE)
_BARE_PLURAL = re.compile(rf"\W*(?:(?:{SINGULAR})s|people|persons|children|men|women|police)\W*", re.IGNORECASE)
"""Nobody's name, also where it opens a sentence."""
_UNNUMBERED = re.compile(r"\W*(?:more|fewer|others?|most|all|these|those)\b", re.IGNORECASE)
"""How words begin that count nobody unless a number follows ("more Yemenis")."""
_PLURAL = re.compile(
    r"\b(?:people|children|men|women|police|[a-z]+(?<![suiy])s)\b(?=\s*(?:$|[,.]|of\b|in\b|from\b|who\b))",
    re.IGNORECASE,
)


def parse_count(wording: str) -> ParsedCount | None:
    """How many people a counted expression means, as a coder would set it down; None where it gives no number.

    >>> parse_count("at least 34 of his comrades").low
    34
    """
    wording = wording[:MAX_CHARS]
    if (enclosed := _ENCLOSED.fullmatch(wording)) is not None:
        wording = enclosed[1]
    wording = _NUMBERED.sub("\n", wording)
    if SCRIPT.search(wording):
        return parse_wording(wording)
    text = _OF_AGE.sub(r"\1", _AGE.sub(lambda m: " " * len(m[0]), wording))
    if (ordinal := _ORDINAL.match(text)) is not None:
        return bound(int(ordinal[1]), Hedge.EXACT)
    found = next(find_numbers(text), None)
    if found is not None and not _is_list(text[: found.start]):
        return _loosened(found.count, text)
    if _BARE_PLURAL.fullmatch(text) or _UNNUMBERED.match(text):
        return None
    persons = count_persons(text)
    if persons is not None:
        return _loosened(persons, text)
    return None if _PLURAL.search(text) else _loosened(EXACTLY_ONE, text)


_LISTED = re.compile(r"\w[’']?\s*(?:,|\band\b|\bwith\b|;)", re.IGNORECASE)


def _is_list(before: str) -> bool:
    """Whether persons are told before the first number ("Sami Harb and his two sons")."""
    return _LISTED.search(before) is not None and count_persons(before) is not None


def _loosened(count: ParsedCount, text: str) -> ParsedCount:
    """With "at least" anywhere about an exact number, its upper end is open ("one officer at least", "at least a boy")."""
    if count.low is None or count.low != count.high or _AT_LEAST.search(text) is None:
        return count
    return bound(count.low, Hedge.AT_LEAST)
