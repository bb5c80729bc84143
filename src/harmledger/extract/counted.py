"""The counted expression of a claim: from the words an engine tagged to the words and bounds of the number they stand for.

In come a sentence and a span of it; out comes a Count. An engine may miss the hedge before a number ("at least") or tag the noun
alone: the grammar of numbers, which knows where an expression begins, decides that. It never finds a count of its own.
"""

from __future__ import annotations

import re

from harmledger.domain import Count, Hedge, Words
from harmledger.extract.passages import Span
from harmledger.text.numerals import find_counts, parse_count

LONGEST_COUNT = 80
"""Characters of a counted expression that is no list of names; a longer one is cut back to its first words."""
HEDGE_REACH = 40
"""Characters before the tagged words in which an expression that reaches into them may begin."""
_NUMBERLESS_END = re.compile(r"[\s,;:.(–—-]+$")


def read_count(text: str, sentence: Span, span: Span) -> Count | None:
    """The bounds that a counted expression means, with its words; None where they give no number."""
    start, end = _with_its_beginning(text, sentence, span)
    parsed = parse_count(text[start:end])
    if parsed is None:
        return None
    if end - start > LONGEST_COUNT and parsed.hedge is not Hedge.NAMES:
        end = _shortened(text, start)
    words = Words(exact=text[start:end], start=start, end=end)
    return Count(words=words, low=parsed.low, high=parsed.high, hedge=parsed.hedge)


def _with_its_beginning(text: str, sentence: Span, span: Span) -> Span:
    """The span, begun where the number's own expression begins that reaches into it."""
    start, end = span
    begin = max(sentence[0], start - HEDGE_REACH)
    for found in find_counts(text, begin, min(end, start + LONGEST_COUNT)):
        if found.start < start < found.end:
            return found.start, end
        if found.start >= start:
            break
    return span


def _shortened(text: str, start: int) -> int:
    """Where whole words end within the longest counted expression."""
    words = text[start : start + LONGEST_COUNT]
    cut = words.rsplit(None, 1)[0]
    return start + len(_NUMBERLESS_END.sub("", cut) or words)
