"""Whether a page deserves to be read at all, told from its bytes at the cost of little more than reading them.

Comes in: a report's bytes. Goes out: None where it is worth reading, else the reason why not. What it would lose is measured by
`evals/bulk_screen.py` against reading everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from harmledger.bulk.article import find_own
from harmledger.bulk.blocks import find_blocks
from harmledger.bulk.scout import load_scout
from harmledger.collect.decode import decode_bytes
from harmledger.domain import Media
from harmledger.errors import BadInput
from harmledger.extract.screen import screen
from harmledger.read.document import READ_LANGUAGES
from harmledger.read.language import MIN_LETTERS, detect_language
from harmledger.text.sentences import split_sentences

ENTITIES = 500
"""A page that writes more characters than this as numbers hides its words from a look at its bytes: it is read."""
HEAD_BYTES = 4096
"""Within which a page says its language."""
SAMPLE_BLOCKS = 40
"""Paragraphs that a page's language is told by, where it isn't one that is read by its own word."""
_STATED = re.compile(rb"""<html\b[^>]{0,600}?\blang\s*=\s*["']?\s*([a-zA-Z]{2,3})\b""", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<p\b[^>]*>(.{60,2000}?)</p", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rb"<[^>]*>")


class Screen(StrEnum):
    """How much is passed over unread."""

    NONE = "none"
    """Nothing: every report is read."""
    WORDS = "words"
    """What has no word of harm beside a number or a name."""
    LIKELY = "likely"
    """And what is in other languages, or has no sentence in its article that promises a claim."""


NO_WORD = "no word of harm stands beside a number or a name"
UNLIKELY = "no sentence is likely to hold a claim"
BESIDE = "what is likely to hold a claim stands beside its article"
OTHER_LANGUAGE = "it says that it is in a language that is not read, and looks it"


def glance(content: bytes, media: Media, how: Screen = Screen.LIKELY, *, charset: str | None = None) -> str | None:
    """Why a report isn't worth reading; None where it is, or where that can't be told from its bytes."""
    if how is Screen.NONE:
        return None
    page = _as_utf8(content, charset)
    if page is None or page.count(b"&#") > ENTITIES:
        return None
    article = page if how is Screen.LIKELY and media is Media.HTML else None
    if article is not None and _is_foreign(page):
        return OTHER_LANGUAGE
    return _judge(find_hits(page, media), how, article)


def find_hits(page: bytes, media: Media) -> Iterator[str]:
    """The sentences with a word of harm beside a number or a name."""
    for text in find_blocks(page) if media is Media.HTML else [page.decode("utf-8", "replace")]:
        sentences = split_sentences(text)
        for (start, end), hit in zip(sentences, screen(text, sentences), strict=True):
            if hit:
                yield text[start:end]


def _judge(hits: Iterator[str], how: Screen, page: bytes | None) -> str | None:
    """By the sentences with a word of harm; of a page none counts that stands in furniture: headlines of other reports, comments."""
    first = next(hits, None)
    if first is None:
        return NO_WORD
    if how is Screen.WORDS:
        return None
    promising = _promising(chain([first], hits))
    if page is None:
        return None if any(promising) else UNLIKELY
    found = list(promising)
    if not found:
        return UNLIKELY
    return None if find_own(page, found) else BESIDE


def _promising(hits: Iterable[str]) -> Iterator[str]:
    scout = load_scout()
    return (hit for hit in hits if scout.score(hit) >= scout.least)


def _as_utf8(content: bytes, charset: str | None) -> bytes | None:
    """The bytes as UTF-8; None where their encoding can't be told, which whoever reads it will say."""
    if content.isascii() and b"\0" not in content:
        return content
    try:
        if b"\0" not in content:
            content.decode("utf-8")
            return content
    except UnicodeDecodeError:
        pass  # in another encoding, or broken
    try:
        return decode_bytes(content, where="", declared=charset).encode("utf-8", "replace")
    except BadInput:
        return None


def _is_foreign(page: bytes) -> bool:
    """Whether a page says that it is in a language that isn't read, and its paragraphs say so too."""
    stated = _STATED.search(page[:HEAD_BYTES])
    if not stated or stated[1].decode("ascii").lower() in READ_LANGUAGES:
        return False
    paragraphs = [_TAG.sub(b"", p[1]) for p, _ in zip(_PARAGRAPH.finditer(page), range(SAMPLE_BLOCKS), strict=False)]
    sample = b"\n".join(paragraphs).decode("utf-8", "replace")
    if len(sample) < 10 * MIN_LETTERS:
        return False
    return detect_language(sample) not in {None, *READ_LANGUAGES}
