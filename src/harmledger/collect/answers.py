"""What the head of an answer says of it: whether it is something to keep, and if not, why.

Comes in: a status and heads as they came. Goes out: values, or `Stopped` with the kind of failure. Reads no body.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harmledger.domain import FetchOutcome
from harmledger.reach import Stopped

MOST_RETRY_SECONDS = 30 * 24 * 3600.0
"""Who asks to be left alone for longer is asked again after a month."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
_GONE = frozenset({404, 410})
_BUSY = frozenset({408, 425, 429, 503})
_CHARSET = re.compile(r"""(?i)(?:^|;)\s*charset\s*=\s*["']?\s*([\w.:+-]{1,40})""")
_KEPT_MEDIA = re.compile(
    r"text/(?!css$|(?:x-)?(?:java|ecma)script$|calendar$|event-stream$)[\w.+-]+"
    r"|application/(?:[\w.-]+\+)?(?:xml|json)"
    r"|application/(?:x-)?(?:gzip|ndjson|jsonlines|octet-stream|rss|atom|unknown)"
    r"|(?:binary/octet-stream|unknown/unknown)"
)
"""Words and data; packed maps of a site; and what servers say that don't know, which is looked into."""
_SAVE = "save the page in a browser and give the file"


class Heads:
    """The heads of an answer, by name."""

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._raw = [(name.decode("latin-1").lower(), value.decode("latin-1").strip()) for name, value in raw]

    def find(self, name: str) -> str | None:
        """What it says the first time."""
        return next((value for known, value in self._raw if known == name), None)

    def find_all(self, name: str) -> str:
        """What it says each time, with commas."""
        return ",".join(value for known, value in self._raw if known == name)

    @property
    def media_type(self) -> str:
        """In small letters, without parameters; empty where it isn't declared."""
        return (self.find("content-type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """As declared, where Python knows one of that name."""
        named = _CHARSET.search(self.find("content-type") or "")
        try:
            return codecs.lookup(named[1]).name if named else None
        except (LookupError, ValueError):
            return None

    @property
    def length(self) -> int | None:
        """How many bytes are announced."""
        said = self.find("content-length") or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None

    def retry_seconds(self, now: datetime) -> float | None:
        """How long the server asks to be left alone. Source: RFC 9110, 10.2.3."""
        said = self.find("retry-after") or ""
        if said.isascii() and said.isdigit():
            return float(min(int(said[:12]), MOST_RETRY_SECONDS))
        try:
            until = parsedate_to_datetime(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max((until - now).total_seconds(), 0.0), MOST_RETRY_SECONDS)


def judge_status(status: int) -> None:
    """Pass what has something to keep.

    Raises:
        Stopped: the server says no, in any of its ways.
    """
    if status in {200, 202, 203}:
        return
    if status in _GONE:
        raise Stopped(FetchOutcome.GONE, f"the page isn't there (status {status})", "look for it in a web archive")
    if status in _BUSY:
        raise Stopped(FetchOutcome.BUSY, f"the server is busy (status {status})", "try again later")
    if 400 <= status < 500:
        what = f"the server won't give it (status {status}): it may want a sign-in, or no programs"
        raise Stopped(FetchOutcome.REFUSED, what, _SAVE)
    if status >= 500:
        raise Stopped(FetchOutcome.BROKEN, f"the server is broken (status {status})", "try again later")
    if status == 204 or 300 <= status < 400:
        raise Stopped(FetchOutcome.NO_PAGE, f"the answer holds no page (status {status})", "check the address")
    raise Stopped(FetchOutcome.GARBLED, f"the answer makes no sense (status {status})", "try again later")


def judge_kind(heads: Heads) -> None:
    """Pass what is declared as words or data, or not declared at all.

    Raises:
        Stopped: it is a picture, a film, a program.
    """
    kind = heads.media_type
    if kind and not _KEPT_MEDIA.fullmatch(kind):
        shown = kind[:60] if kind.isprintable() else "something odd"
        raise Stopped(FetchOutcome.NO_PAGE, f"it is {shown}, not a page or text", _remedy(kind))


def _remedy(kind: str) -> str:
    return "save its text as .txt and give that" if kind == "application/pdf" else "give the address of a report"
