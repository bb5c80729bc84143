"""Whether a report tells of violence in words that some readers want to be warned of.

Comes in: a text. Goes out: whether any of the listed words stands in it. The list is data (`resources/graphic.toml`), and short: it warns, it judges nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from harmledger.resources.packaged import read_packaged_text


def is_graphic(text: str) -> bool:
    """Whether a warning should stand before the text."""
    return _words().search(text) is not None


@cache
def _words() -> re.Pattern[str]:
    """Beginnings of words, in any case; an Arabic word may have its article and conjunction before it."""
    data = tomllib.loads(read_packaged_text("graphic.toml"))
    latin = "|".join(map(re.escape, data["english"]))
    arabic = "|".join(map(re.escape, data["arabic"]))
    return re.compile(rf"\b(?:{latin})|\b[وفبل]?(?:ال)?(?:{arabic})", re.IGNORECASE)
