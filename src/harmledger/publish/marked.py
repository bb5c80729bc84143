"""A stretch of a report's text with its claims and statements marked, as HTML.

Comes in: text, and spans that may lie in, beside and across one another. Goes out: HTML in which every element is well nested: where a span crosses another's
end it is closed and opened again, and only its first piece has its ids. Whatever the report holds is words: it is escaped, controls and overrides of
direction show as `\ufffd`, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from harmledger.text.sentences import split_sentences

_TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
_ID = re.compile(r"[a-z]-[0-9a-f]{1,64}")
TAGS = {"claim": "mark", "statement": "mark", "value": "span", "looked-at": "span", "gone": "del", "added": "ins"}
"""What each kind of stretch is in HTML."""
KINDS = tuple(TAGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A stretch of text that something stands on."""

    start: int
    end: int
    kind: str
    """One of KINDS; claims and statements are marks, values stand within them."""
    ids: tuple[str, ...] = ()
    """Anchors: links to any of them highlight it."""


def render_marked(text: str, spans: Iterable[MarkedSpan], start: int, end: int) -> str:
    """The text from `start` to `end` with what of the spans lies in it."""
    inside = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    inside.sort(key=lambda span: (span.start, -span.end, KINDS.index(span.kind)))
    cuts = {start, end, *(at for span in inside for at in (span.start, span.end) if start < at < end)}
    parts: list[str] = []
    opened: list[_Opened] = []
    for at, until in pairwise(sorted(cuts)):
        _close_ended(opened, at, parts)
        for span in inside:
            if max(span.start, start) == at:
                _open(span, opened, parts, first=span.start == at)
        parts.append(render_words(text[at:until]))
    parts += [closing for _, closing in reversed(opened)]
    return "".join(parts)


def render_words(words: str) -> str:
    """Others' words as HTML, as many code points as they are."""
    return escape(_TURNING.sub("\N{REPLACEMENT CHARACTER}", words))


def find_excerpts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that show these spans, each with a sentence on either side; those that meet are one."""
    sentences = split_sentences(text)
    shown: set[int] = set()
    for start, end in spans:
        touched = [i for i, (begins, ends) in enumerate(sentences) if begins < end and ends > start]
        shown.update(range(max(touched[0] - 1, 0), min(touched[-1] + 2, len(sentences))) if touched else ())
    joined: list[tuple[int, int]] = []
    for i in sorted(shown):
        begins, ends = sentences[i]
        if joined and i - 1 in shown:
            joined[-1] = joined[-1][0], ends
        else:
            joined.append((begins, ends))
    return joined


def cover(start: int, end: int, shown: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a stretch is within those that are shown."""
    return [(max(start, a), min(end, b)) for a, b in shown if a < end and b > start]


_Opened = tuple[MarkedSpan, str]
"""A span that is open, and what closes it."""


def _close_ended(opened: list[_Opened], at: int, parts: list[str]) -> None:
    """Close what ends here; what lies in it and goes on is opened again."""
    ended = next((i for i, (span, _) in enumerate(opened) if span.end <= at), None)
    if ended is None:
        return
    inner = opened[ended:]
    parts += [closing for _, closing in reversed(inner)]
    del opened[ended:]
    for span, _ in inner:
        if span.end > at:
            _open(span, opened, parts, first=False)


def _open(span: MarkedSpan, opened: list[_Opened], parts: list[str], *, first: bool) -> None:
    anchors = [anchor for anchor in span.ids if _ID.fullmatch(anchor)] if first else []
    tag = TAGS[span.kind]
    parts += [f'<span class="at" id="{anchor}">' for anchor in anchors]
    parts.append(f'<{tag} class="{span.kind}">')
    opened.append((span, f"</{tag}>{'</span>' * len(anchors)}"))
