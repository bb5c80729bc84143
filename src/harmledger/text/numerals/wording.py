"""What the whole counted expression of a claim says: its number, or the persons that it names."""

from __future__ import annotations

import re

from harmledger.text.numerals.counts import EXACTLY_ONE, ParsedCount
from harmledger.text.numerals.english import find_numbers

_AGE = re.compile(
    r"\(\s*(?:aged\s+)?(?:\d{1,2}|less\s+than[^)]{0,12}|[a-z-]+)(?:\s*-?\s*(?:years?|months?|days?)(?:[\s-]+old)?)?\s*\)"
    r"|(?:\b\d{1,3}(?:\s+or\s+\d{1,3})?|\b[a-z]+)[\s-]+(?:years?|months?|weeks?|days?)[\s-]+olds?\b|\baged\s+\d{1,3}|,\s*\d{1,2}(?=\s*(?:,|$))",
    re.I,
)
_ONE = re.compile(r"^\W*(?:an?|another|the|one)\b", re.I)


def parse_count(wording: str) -> ParsedCount | None:
    """How many people a counted expression means, as a coder would set it down; None where it gives no number.

    >>> parse_count("at least 34 of his comrades").low
    34
    """
    text = _AGE.sub(lambda m: " " * len(m[0]), wording)
    found = next(find_numbers(text), None)
    if found is not None:
        return found.count
    return EXACTLY_ONE
