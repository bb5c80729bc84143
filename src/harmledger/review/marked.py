"""Words that a reviewer marked in a text, as browsers and annotation tools tell them.

Comes in: a target in the shape of the W3C Web Annotation model, a TextPositionSelector beside a TextQuoteSelector, and the text. Goes out: the
words with their place in code points. The position is tried first; where the text says something else there, the quote finds them again.

Source: W3C, Web Annotation Data Model (2017), sections 4.2.4 and 4.2.5.
"""

from __future__ import annotations

import json
from typing import Any, cast

from harmledger.domain import Words
from harmledger.errors import BadInput

LONGEST_TARGET = 20_000
"""Characters of the target: a quote of 5,000 with escapes, and its surroundings."""


def find_marked(target: str, text: str) -> Words:
    """The marked words.

    Raises:
        BadInput: it is no such target, or the text no longer says that, or says it more than once.
    """
    position, quote = _selectors(target)
    exact = quote["exact"]
    start, end = position.get("start"), position.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end] == exact:
        return Words(exact=exact, start=start, end=end)
    before, after = (quote[name] if isinstance(quote.get(name), str) else "" for name in ("prefix", "suffix"))
    whole = f"{before}{exact}{after}"
    if text.count(whole) != 1:
        raise BadInput("the words that were marked can't be found", exact[:60], "mark them again")
    at = text.index(whole) + len(before)
    return Words(exact=exact, start=at, end=at + len(exact))


def _selectors(target: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The position and the quote of a target."""
    what = BadInput("what was marked can't be understood", "the marked words", "mark them again, or type them")
    if len(target) > LONGEST_TARGET:
        raise what
    try:
        told: Any = json.loads(target)
        found: list[Any] = told["selector"]
        kinds = {str(each["type"]): cast("dict[str, Any]", each) for each in found}
    except (ValueError, TypeError, KeyError, RecursionError) as e:
        raise what from e
    quote = kinds.get("TextQuoteSelector", {})
    if not isinstance(quote.get("exact"), str) or not quote["exact"].strip():
        raise what
    return kinds.get("TextPositionSelector", {}), quote
