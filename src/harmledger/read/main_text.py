"""Which of a page's blocks are the article's own words: trafilatura's judgement, carried over to the blocks.

Comes in: the page's tree and its blocks. Goes out: for each block whether the article's text holds it. trafilatura's own text is not
used as such, because it doesn't say where on the page it stood or what was left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from itertools import islice
from typing import Any, cast

from trafilatura import bare_extraction

from harmledger.read.page_blocks import Block
from harmledger.read.page_tree import Element

_NO_LETTERS = re.compile(r"[\W_]+")
_SHORT_CHARS = 24
"""Letters below which a block's text may recur on the page by chance."""
_PROBE_CHARS = 30
_MOST_COMPARED_CHARS = 2_000_000_000
"""About two seconds of searching; a long report on a large page needs a hundredth."""
_MOST_ALIKE = 20
"""Repetitions of one text that are weighed against each other."""
_PROSE_CHARS = 60
_SIBLINGS_SHARE = 0.2
"""Divisions of one class with at least this much of the article in them hold only the article's prose."""


def choose_blocks(tree: Element, blocks: Sequence[Block]) -> list[bool]:
    """For each block whether it belongs to the article."""
    extracted = bare_extraction(cast("Any", tree), fast=True, favor_recall=True, include_comments=False)
    text: str = (extracted.text or "") if extracted is not None and not isinstance(extracted, dict) else ""
    if not text.strip():
        return choose_prose(blocks)
    chosen = _align(text, blocks)
    _choose_siblings(blocks, chosen)
    return chosen


def choose_prose(blocks: Sequence[Block]) -> list[bool]:
    """The paragraphs outside furniture, for pages that trafilatura gives up on or is spared."""
    return [_is_prose(b) for b in blocks]


def _choose_siblings(blocks: Sequence[Block], chosen: list[bool]) -> None:
    """Chooses prose that stands in the same division as most of the article and that the extractor passed over."""
    chars: Counter[str] = Counter()
    for block, is_chosen in zip(blocks, chosen, strict=True):
        chars[block.context.container] += is_chosen * len(block.text)
    for place, block in enumerate(blocks):
        if not chosen[place] and chars[block.context.container] > _SIBLINGS_SHARE * chars.total() and _is_prose(block):
            chosen[place] = True


def _is_prose(block: Block) -> bool:
    """A paragraph outside furniture."""
    prose = len(block.text) > _PROSE_CHARS and block.link_share < 0.5
    return prose and not block.context.marks and not block.context.hidden


def _align(text: str, blocks: Sequence[Block]) -> list[bool]:
    keys = [_NO_LETTERS.sub("", b.text) for b in blocks]
    chosen = [False] * len(blocks)
    left = _choose_whole_lines(text, keys, blocks, chosen)
    _choose_pieces("".join(left), keys, chosen)
    return chosen


def _choose_whole_lines(text: str, keys: Sequence[str], blocks: Sequence[Block], chosen: list[bool]) -> list[str]:
    """Chooses blocks that are a line of the extracted text, of several alike the next one outside furniture; gives the lines left."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, key in enumerate(keys):
        places[key].append(place)
    last, left = -1, list[str]()
    for line in text.splitlines():
        key = _NO_LETTERS.sub("", line)
        if key and places.get(key):
            last = _take_likeliest(places[key], blocks, last)
            chosen[last] = True
        else:
            left.append(key)
    return left


def _take_likeliest(alike: deque[int], blocks: Sequence[Block], last: int) -> int:
    """Of blocks alike the one shown, after the last one taken, in the least furniture."""

    def rank(place: int) -> tuple[bool, bool, int, int]:
        context = blocks[place].context
        return context.hidden, place <= last, len(context.marks), place

    place = min(islice(alike, _MOST_ALIKE), key=rank)
    alike.remove(place)
    return place


def _choose_pieces(joined: str, keys: Sequence[str], chosen: list[bool]) -> None:
    """Chooses blocks that the lines left hold run together with others, or in part."""
    if not joined or len(joined) * len(keys) > _MOST_COMPARED_CHARS:
        return
    for place, key in enumerate(keys):
        if not chosen[place] and len(key) >= _SHORT_CHARS:
            chosen[place] = key in joined or _holds_most(joined, key)
    for place in range(1, len(keys)):
        before, key = keys[place - 1], keys[place]
        if chosen[place - 1] and not chosen[place] and 0 < len(key) < _SHORT_CHARS:
            chosen[place] = before[-_PROBE_CHARS:] + key in joined


def _holds_most(joined: str, key: str) -> bool:
    probes = [key[i : i + _PROBE_CHARS] for i in range(0, len(key) - _PROBE_CHARS + 1, _PROBE_CHARS)]
    return len(probes) > 1 and sum(p in joined for p in probes) > 0.5 * len(probes)
