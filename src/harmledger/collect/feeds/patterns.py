"""Which of the addresses found a person wants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote

from harmledger.domain import Found, WatchedSource


def take_wanted(found: Iterable[Found], source: WatchedSource) -> Iterator[Found]:
    """Those that a source's patterns take and its first day doesn't leave, in order."""
    for each in found:
        if _fits(each.url, source) and not (source.since and each.dated and each.dated < source.since):
            yield each


def _fits(url: str, source: WatchedSource) -> bool:
    spelt = (url, unquote(url))
    if source.include and not any(_compile(pattern).fullmatch(one) for pattern in source.include for one in spelt):
        return False
    return not any(_compile(pattern).fullmatch(one) for pattern in source.exclude for one in spelt)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """`*` is anything; a pattern that begins with / is of the path on any host, and what is left off at its end may follow."""
    words = ".*".join(re.escape(part) for part in re.split(r"\*+", pattern))
    start = r"https?://[^/]+" if pattern.startswith("/") else ""
    return re.compile(f"{start}{words}", re.DOTALL)
