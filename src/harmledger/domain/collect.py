"""What came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from harmledger.domain.fetch import Provenance


class Media(StrEnum):
    """The form a report came in."""

    HTML = "html"
    TEXT = "text"
    LINE = "line"
    """One line of a `.jsonl` file of reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the giver of a report says of it beside its text; each field may be missing."""

    id: str | None = None
    title: str | None = None
    published: date | None = None
    captured: date | None = None
    """The day it was fetched: no report is published after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetch of a report, with its bytes as they came."""

    capture_id: str
    document_id: str
    """SHA-256 of `content`: the same bytes fetched elsewhere are another capture of the same document."""
    source: str
    """Path, `-`, path and line of a `.jsonl` (`reports.jsonl:12`), or the address that was asked for."""
    fetched: datetime
    content: bytes
    media: Media
    text: str
    """The decoded content: HTML source, plain text, or a line's own `text`."""
    given: Given = field(default_factory=Given)
    provenance: Provenance | None = None
    """How it came over the web; none for a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A source, or one report of it, that could not be taken in; stands in its place in the output."""

    source: str
    id: str | None
    kind: str
    """Name of the error's class, such as `BadInput`."""
    message: str
    """One sentence: what was wrong, where, what to do."""
