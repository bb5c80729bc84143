"""Which of a page's blocks are the article's own words: trafilatura's judgement, carried over to the blocks.

Comes in: the page's tree and its blocks. Goes out: for each block whether the article's text holds it. trafilatura's own text is not
used as such, because it doesn't say where on the page it stood or what was left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from harmledger.read.page_blocks import Block

LARGEST_JUDGED_BLOCKS = 20_000
"""Pages of more blocks (news pages have 100 to 2,000) are no articles, and trafilatura's time on them isn't bounded."""
_NO_LETTERS = re.compile(r"[\W_]+")
_SHORT_CHARS = 24
"""Letters below which a block's text may recur on the page by chance."""
_PROBE_CHARS = 30


def choose_blocks(tree: HtmlElement, blocks: Sequence[Block]) -> list[bool]:
    """For each block whether it belongs to the article."""
    if len(blocks) > LARGEST_JUDGED_BLOCKS:
        return [_is_prose(b) for b in blocks]
    extracted = bare_extraction(tree, fast=True, include_comments=False)
    text: str = (extracted.text or "") if extracted is not None and not isinstance(extracted, dict) else ""
    return _align(text, blocks) if text.strip() else [_is_prose(b) for b in blocks]


def _is_prose(block: Block) -> bool:
    """A paragraph outside furniture, for pages that trafilatura gives up on."""
    return block.context.kind is None and not block.context.hidden and block.link_share < 0.5 and len(block.text) > 80


def _align(text: str, blocks: Sequence[Block]) -> list[bool]:
    keys = [_NO_LETTERS.sub("", b.text) for b in blocks]
    chosen = [False] * len(blocks)
    _choose_whole_lines(text, keys, blocks, chosen)
    _choose_pieces(_NO_LETTERS.sub("", text), keys, chosen)
    return chosen


def _choose_whole_lines(text: str, keys: Sequence[str], blocks: Sequence[Block], chosen: list[bool]) -> None:
    """Blocks that are a line of the extracted text; of several alike the next one outside furniture."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            places[key].append(place)
    last = -1
    for line in text.splitlines():
        alike = [p for p in places.get(_NO_LETTERS.sub("", line), ()) if not chosen[p]]
        if alike:
            place = min(alike, key=lambda p: (p <= last, blocks[p].context.kind is not None, p))
            chosen[place] = True
            last = place


def _choose_pieces(joined: str, keys: Sequence[str], chosen: list[bool]) -> None:
    """Blocks that the extracted text holds run together with others, or in part."""
    already = {key for key, c in zip(keys, chosen, strict=True) if c}
    for place, key in enumerate(keys):
        if not chosen[place] and len(key) >= _SHORT_CHARS and key not in already:
            chosen[place] = key in joined or _holds_most(joined, key)
    for place in range(1, len(keys)):
        before, key = keys[place - 1], keys[place]
        if key and len(key) < _SHORT_CHARS and chosen[place - 1] and not chosen[place]:
            chosen[place] = before[-_PROBE_CHARS:] + key in joined and key not in already


def _holds_most(joined: str, key: str) -> bool:
    probes = [key[i : i + _PROBE_CHARS] for i in range(0, len(key) - _PROBE_CHARS + 1, _PROBE_CHARS)]
    return len(probes) > 1 and sum(p in joined for p in probes) > 0.5 * len(probes)
