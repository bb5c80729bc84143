"""A capture becomes a document: clean text with its parts named, and what the page or the giver says of it.

Comes in: a capture, decoded. Goes out: a document in a language that harmledger reads. Fetches nothing, and leaves it to
later stages to infer from the story when a report without a date was published.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from harmledger.domain import Capture, Document, DroppedPart, Given, Media, Part, PartRole, Published, PublishedFrom
from harmledger.errors import BadInput
from harmledger.read.dateline import find_published
from harmledger.read.language import detect_language, is_latin
from harmledger.read.plain import mark_parts

READ_LANGUAGES = frozenset({"en", "ar"})
"""Languages whose reports are read, by ISO 639-1."""

UNSURE_CHARS = 200
"""Of a shorter text in Latin script the detector's word is not enough to refuse it."""


class _Reading(NamedTuple):
    """What a page or a plain text gives, whichever it was."""

    text: str
    parts: tuple[Part, ...]
    dropped: tuple[DroppedPart, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: date | None = None


def read_document(capture: Capture) -> Document:
    """The document of a capture.

    Raises:
        BadInput: it holds no text, no letters, or is in a language that is not read.
    """
    _refuse_wordless(capture.text, capture.source)
    reading = _read_html(capture) if capture.media is Media.HTML else _read_plain(capture)
    _refuse_wordless(reading.text, capture.source)
    return Document(
        document_id=capture.document_id,
        capture_id=capture.capture_id,
        source=capture.source,
        fetched=capture.fetched,
        id=capture.given.id,
        title=capture.given.title or reading.title,
        author=reading.author,
        publisher=reading.publisher,
        language=_language(reading, capture.source),
        published=_published(reading, capture.given),
        text=reading.text,
        parts=reading.parts,
        dropped=reading.dropped,
    )


def _read_html(capture: Capture) -> _Reading:
    from harmledger.read.html import read_page  # noqa: PLC0415 - what takes pages apart is slow to load; plain text needs none

    page = read_page(capture.text)
    return _Reading(
        page.text, page.parts, page.dropped, page.title, page.author, page.publisher, page.language, page.published
    )


def _read_plain(capture: Capture) -> _Reading:
    parts = mark_parts(capture.text, title=capture.given.title)
    return _Reading(capture.text, parts, title=_headline(capture.text, parts))


def _headline(text: str, parts: tuple[Part, ...]) -> str | None:
    """The first headline, on one line."""
    part = next((part for part in parts if part.role is PartRole.HEADLINE), None)
    return " ".join(text[part.start : part.end].split()) if part else None


def _published(reading: _Reading, given: Given) -> Published:
    """The day given, else the page's, else the text's own; the day it was captured bounds it from above.

    A text that states the very day it was captured shows the clock in a page's header, not when it was written.
    """
    if given.published:
        return _known(given.published, PublishedFrom.GIVEN)
    captured = given.captured or date.max
    if reading.published and reading.published <= captured:
        return _known(reading.published, PublishedFrom.PAGE)
    stated = find_published(reading.text, reading.parts)
    if stated and stated < captured:
        return _known(stated, PublishedFrom.TEXT)
    return Published(latest=given.captured)


def _known(day: date, basis: PublishedFrom) -> Published:
    return Published(day=day, basis=basis, earliest=day, latest=day)


def _language(reading: _Reading, source: str) -> str | None:
    """The text's language, where it is one that is read; the page's word for it where the text is too short to tell."""
    body = _own_words(reading)
    detected = detect_language(body)
    stated = (reading.language or "").lower().replace("_", "-").split("-")[0] or None
    if detected in READ_LANGUAGES:
        return detected
    if is_latin(body) and (detected is None or len(body) < UNSURE_CHARS):
        return stated if stated in READ_LANGUAGES else None
    raise BadInput(
        what=f"it is in a language that is not read ({detected or 'undetermined'})",
        where=source,
        remedy="give reports in " + " or ".join(sorted(READ_LANGUAGES)),
    )


def _own_words(reading: _Reading) -> str:
    """The text without its furniture, which may be in another language; all of it where nothing else is there."""
    own = [reading.text[part.start : part.end] for part in reading.parts if part.role is not PartRole.FURNITURE]
    return "".join(own) or reading.text


def _refuse_wordless(text: str, source: str) -> None:
    if not text.strip():
        raise BadInput(what="it holds no text", where=source, remedy="give a report with words in it")
    if not any(c.isalpha() for c in text):
        raise BadInput(what="it holds no letters", where=source, remedy="give a report in words")
