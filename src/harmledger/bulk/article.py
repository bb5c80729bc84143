"""What a page's article may be, at the cost of a parse: enough to tell whether a sentence stands in it or beside it.

Comes in: a page in UTF-8. Goes out: the text that resiliparse takes for the article. What the article is `read` says, at fifty times the cost; this
only spares it pages whose words of harm stand in furniture.
"""

from __future__ import annotations

import re

from resiliparse.extract.html2text import extract_plain_text

LEAST_CHARS = 250
"""A shorter text is no article that a sentence could stand beside: a page of headlines, a gallery, or the extractor missed it."""
MOST_TAGS = 10_000
"""Opening and closing: of 279 news pages the one with most has 8,093. Pages with more are read without this look. The extractor's time grows with the square of how deep tags
are nested, and can't be ended from here: as many as this, each within the last, take it a quarter of a minute."""
_OTHERS = re.compile(r"[\W_]+")


def find_article(page: bytes) -> str | None:
    """The article's text; None where there is too little of it to go by."""
    if page.count(b"<") > MOST_TAGS:
        return None
    text = extract_plain_text(page.decode("utf-8", "replace"), main_content=True, alt_texts=False)
    return text if len(text) >= LEAST_CHARS else None


def letters_of(text: str) -> str:
    """Its letters and digits alone, by which two spellings of one passage are the same."""
    return _OTHERS.sub("", text)
