"""What a page's article may be, at the cost of a parse: enough to tell whether a sentence stands in it or beside it.

Comes in: a page in UTF-8, and sentences of it. Goes out: those that stand in what resiliparse takes for the article. What the article is `read` says, at fifty times the cost; this
only spares it pages whose words of harm stand in furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from resiliparse.extract.html2text import extract_plain_text

LEAST_CHARS = 250
"""A shorter text is no article that a sentence could stand beside: a page of headlines, a gallery, or the extractor missed it."""
MOST_TAGS = 10_000
"""Opening and closing: of 279 news pages the one with most has 8,093. Pages with more are read without this look. The extractor's time grows with the square of how deep tags
are nested, and can't be ended from here: as many as this, each within the last, take it a quarter of a minute."""
ENOUGH_LETTERS = 60
"""Of a sentence's beginning or end, to know it again."""
_OTHERS = re.compile(r"[\W_]+")


def find_own(page: bytes, sentences: Sequence[str]) -> list[str]:
    """Of a page's sentences those that stand in its article; all, where there is too little of an article to go by."""
    article = _article(page)
    if article is None:
        return list(sentences)
    letters = _letters(article)
    return [sentence for sentence in sentences if _stands_in(letters, _letters(sentence))]


def _article(page: bytes) -> str | None:
    if page.count(b"<") > MOST_TAGS:
        return None
    text = extract_plain_text(page.decode("utf-8", "replace"), main_content=True, alt_texts=False)
    return text if len(text) >= LEAST_CHARS else None


def _stands_in(article: str, sentence: str) -> bool:
    """By either end: what is cut off, or cut in two, still stands there."""
    return sentence[:ENOUGH_LETTERS] in article or sentence[-ENOUGH_LETTERS:] in article


def _letters(text: str) -> str:
    """Its letters and digits alone, by which two spellings of one passage are the same."""
    return _OTHERS.sub("", text)
