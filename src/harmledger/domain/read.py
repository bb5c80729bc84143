"""The clean document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PartRole(StrEnum):
    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    DATELINE = "dateline"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the clean text and what it is; parts are contiguous and cover the text."""

    role: PartRole
    kind: str | None
    """What kind of furniture (`reply form`, `share bar`, …); None for the article's own words."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedPart:
    """Something that a page had and the clean text has not, named and counted."""

    role: str
    chars: int


class PublishedFrom(StrEnum):
    GIVEN = "given"
    PAGE = "page"
    TEXT = "text"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a report was published: the likeliest day, how it is known, and its bounds."""

    day: date | None = None
    basis: PublishedFrom | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read: clean text with its parts named, and what its page says of itself."""

    document_id: str
    capture_id: str
    source: str
    fetched: datetime
    id: str | None
    title: str | None
    author: str | None
    publisher: str | None
    language: str | None
    """ISO 639-1."""
    published: Published
    text: str
    parts: tuple[Part, ...]
    dropped: tuple[DroppedPart, ...]
