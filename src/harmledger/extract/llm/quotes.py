"""Where a quoted wording stands in a text: verbatim, or nowhere.

White space may differ (a line break is a space to a model), and so may the shape of quotation marks and dashes; nothing else. Part of a word or of
a figure is no place: "5 people" doesn't stand in "15 people", nor "12" in "12,500".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.text.numerals import find_counts

Span = tuple[int, int]

LONGEST_QUOTE = 2000
"""Characters; a list of victims is read up to here too (`persons.MAX_CHARS`)."""
_SHAPES = ("'’‘ʼ`", '"“”„', "-‐‑–")
_SHAPE = {mark: f"[{re.escape(marks)}]" for marks in _SHAPES for mark in marks}
_BEGIN = r"(?:(?<![^\W_])|(?<=(?<![^\W_])[وفبلك]))"
"""No letter or digit before, save the small words that Arabic writes onto the next."""
_BEGIN_FIGURE = r"(?<!\d[.,٫٬])"
_END = r"(?![^\W_])"
_END_FIGURE = r"(?![.,٫٬]\d)"


def find_quote(text: str, quote: str) -> Iterator[Span]:
    """Every place of the text where the words stand, in order.

    >>> list(find_quote("15 people; 5  people", "5 people"))
    [(11, 20)]
    """
    words = quote.split()
    if not words or len(quote) > LONGEST_QUOTE:
        return iter(())
    pattern = r"\s+".join("".join(_SHAPE.get(c) or re.escape(c) for c in word) for word in words)
    return (m.span() for m in re.finditer(_begin(words[0][0]) + pattern + _end(words[-1][-1]), text))


def gap(a: Span, b: Span) -> int:
    """Characters between two spans; none where they touch or overlap."""
    return max(0, b[0] - a[1], a[0] - b[1])


def whole_number(text: str, span: Span, sentence: Span) -> Span:
    """The span with all of each number that it holds a part of: "15" of "12 to 15", "20" of "at least 20".

    >>> whole_number("At least 20 died.", (9, 11), (0, 17))
    (0, 11)
    """
    start, end = span
    for number in find_counts(text, *sentence):
        if number.start < end and start < number.end:
            start, end = min(start, number.start), max(end, number.end)
    return start, end


def _begin(first: str) -> str:
    return (_BEGIN if first.isalnum() else "") + (_BEGIN_FIGURE if first.isdigit() else "")


def _end(last: str) -> str:
    return (_END if last.isalnum() else "") + (_END_FIGURE if last.isdigit() else "")
