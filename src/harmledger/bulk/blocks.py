"""The blocks of a raw page in which a word of harm stands, found from its bytes without parsing it.

Comes in: a page in UTF-8. Goes out: the text of each such block, as a reader would see it, near enough to be screened. What isn't seen (scripts,
styles, the head, comments, what stands within a tag) and lists of links give none. Cleans nothing and dates nothing: whoever passes is read
by `read`.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from harmledger.extract.screen import ARABIC_STEMS, STRONG_STEMS

REACH_BYTES = 5000
"""How far from a word its block may begin or end: the longest paragraphs of `article_pages` and `fundus_pages` have 4,000."""
TAG_BYTES = 3000
"""A tag that is longer (a picture within its address) is taken for text, which costs a look and loses nothing."""
LINK_BYTES = 1500
"""How far before a block the link may begin that it stands in."""
OWN_SHARE = 0.15
"""A block with a smaller share of words outside of links is a list of links: news pages' articles have .6 or more."""

_STRONG = BytesAhoCorasick([stem.encode() for stem in STRONG_STEMS])
_ARABIC = BytesAhoCorasick([stem.encode() for stem in ARABIC_STEMS])
_ARTICLE = "ال".encode()
"""No Arabic report of any length does without it."""
_COMMENT, _HEAD = b"<!--", b"<head"
_OPENERS = (_COMMENT, _HEAD, *(b"<" + name for name in b"script style noscript svg select template iframe".split()))
_UNSEEN = BytesAhoCorasick(_OPENERS)
_AFTER_NAME = frozenset(b" \t\r\n\f/>")
_NAME = re.compile(rb"/?([a-z][a-z0-9]*)")
_INLINE = frozenset(
    b"a b i em strong span u s small big sub sup font abbr acronym cite q code mark time ins del bdi bdo var kbd samp tt wbr img picture"
    b" source dfn strike nobr label data ruby rt rp".split()
)
_HEADINGS = frozenset((b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"))
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b[^>]*>.*?</a\s*>", re.DOTALL | re.IGNORECASE)
_SLASH = ord("/")


class _Block(NamedTuple):
    """From where to where, and whether it is a heading."""

    start: int
    end: int
    heading: bool


def find_blocks(page: bytes) -> Iterator[str]:
    """The text of each block with a word of harm that a reader would see, in the page's order."""
    low = page.lower()  # ASCII alone, so every byte keeps its place
    found = _find_stems(page, low)
    if not found:
        return
    unseen = _find_unseen(low)
    starts = [start for start, _ in unseen]
    done = -1
    for at in found:
        if at < done:
            continue
        before = bisect_right(starts, at) - 1
        if before >= 0 and at < unseen[before][1]:
            done = unseen[before][1]
            continue
        if end := _end_of_tag(low, at):
            done = end
            continue
        block = _block_around(low, at)
        done = block.end
        if text := _text_of(page, low, block):
            yield text


def _find_stems(page: bytes, low: bytes) -> list[int]:
    """Where words of harm stand, ascending; in Latin script those that begin a word."""
    latin = (start for _, start, _ in _STRONG.find_matches_as_indexes(low, overlapping=True))
    found = [start for start in latin if not (start and 97 <= low[start - 1] <= 122)]
    if _ARTICLE in page:
        found += (start for _, start, _ in _ARABIC.find_matches_as_indexes(page, overlapping=True))
        found.sort()
    return found


def _find_unseen(low: bytes) -> list[tuple[int, int]]:
    """Stretches that no reader sees, ascending."""
    stretches: list[tuple[int, int]] = []
    at = 0
    for which, start, after in _UNSEEN.find_matches_as_indexes(low):
        opener = _OPENERS[which]
        if start < at or (opener is not _COMMENT and after < len(low) and low[after] not in _AFTER_NAME):
            continue
        end = low.find(b"-->" if opener is _COMMENT else b"</" + opener[1:], after)
        if end < 0:  # as browsers have it, what is never closed hides all that follows, but for a head
            end = after if opener in {_COMMENT, _HEAD} else len(low)
        stretches.append((start, end))
        at = max(end, after)
    return stretches


def _end_of_tag(low: bytes, at: int) -> int | None:
    """Where the tag ends that this stands in, if it does."""
    opened = low.rfind(b"<", max(0, at - TAG_BYTES), at)
    if opened < 0 or low.find(b">", opened, at) >= 0:
        return None
    return max(at, low.find(b">", at)) or None


def _block_around(low: bytes, at: int) -> _Block:
    """The block between the nearest tags that begin or end one."""
    start, heading = _block_start(low, at)
    return _Block(start, _block_end(low, at), heading)


def _block_start(low: bytes, at: int) -> tuple[int, bool]:
    least = max(0, at - REACH_BYTES)
    here = at
    while (here := low.rfind(b"<", least, here)) >= 0:
        name = _NAME.match(low, here + 1)
        if name and name[1] not in _INLINE:
            return low.find(b">", here) + 1, name[1] in _HEADINGS and low[here + 1] != _SLASH
    return least, False


def _block_end(low: bytes, at: int) -> int:
    most = min(len(low), at + REACH_BYTES)
    here = at
    while (here := low.find(b"<", here, most)) >= 0:
        name = _NAME.match(low, here + 1)
        if name and name[1] not in _INLINE:
            return here
        here += 1
    return most


def _text_of(page: bytes, low: bytes, block: _Block) -> str | None:
    """The block's text; none of a list of links."""
    raw = page[block.start : block.end].decode("utf-8", "replace")
    text = _TAG.sub("", raw)
    if not block.heading and _is_linked(low, block, raw, text):
        return None
    return html.unescape(text) if "&" in text else text


def _is_linked(low: bytes, block: _Block, raw: str, text: str) -> bool:
    """Whether all of it but a few words leads elsewhere; headings may, and are the article's all the same."""
    if low.find(b"<a", max(0, block.start - LINK_BYTES), block.end) < 0:
        return False
    own = _TAG.sub("", _LINK.sub("", raw))
    if len(own.strip()) < OWN_SHARE * len(text.strip()):
        return True
    opened = low.rfind(b"<a ", max(0, block.start - LINK_BYTES), block.start)
    return opened >= 0 and low.find(b"</a", opened, block.start) < 0
