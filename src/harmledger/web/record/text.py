"""A report's text laid out in blocks: a paragraph each, in its part, with its marks, or a gap in its place.

Comes in: the report's record as it stands, names struck, and whether all of it may be shown. Goes out: blocks in the order of the text. Offsets are never changed:
each block says where in the clean text it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from harmledger.publish.marked import MarkedSpan, cover, find_excerpts, render_marked
from harmledger.publish.record import Record
from harmledger.store.one_report import DroppedPassage

ID_CHARS = 10
PART_WORDS = {
    "headline": "Headline",
    "caption": "Caption",
    "dateline": "Dateline",
    "furniture": "Not part of the article",
}
_VALUES = ("count", "victims", "place", "when", "actor", "means")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or a gap: text that isn't shown."""

    start: int
    end: int
    role: str = "body"
    named: str | None = None
    """What part begins here, in words."""
    html: Markup | None = None
    """None: a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A text as a page shows it."""

    blocks: Sequence[Block]
    excerpts: bool
    """Whether something was left out."""


def lay_out(record: Record, *, dropped: Sequence[DroppedPassage], all_of_it: bool) -> LaidOut:
    """The text in blocks."""
    document, spans = record["document"], list(_spans(record))
    text: str = document.get("text") or ""
    shown = find_shown(record, all_of_it=all_of_it)
    if all_of_it:
        spans += [MarkedSpan(start=each.start, end=each.end, kind="looked-at") for each in dropped]
    blocks = list(_with_gaps(list(_blocks(text, document["parts"], shown, spans)), text))
    return LaidOut(blocks=blocks, excerpts=any(block.html is None for block in blocks))


def find_shown(record: Record, *, all_of_it: bool) -> list[tuple[int, int]]:
    """The stretches of a report's text that are shown: all of it, or what claims and statements stand on and a sentence on either side."""
    text: str = record["document"].get("text") or ""
    return [(0, len(text))] if all_of_it else find_excerpts(text, _shown_anyhow(record))


def _spans(record: Record) -> Iterator[MarkedSpan]:
    """Sentences of claims, each once however many stand on it; of statements; and the words of values."""
    at: dict[tuple[int, int], list[str]] = {}
    for claim in (*record["claims"], *record["rejected"]):
        quote = claim["quote"]
        if quote["start"] is not None:
            at.setdefault((quote["start"], quote["end"]), []).append(f"c-{claim['claim_id'][:ID_CHARS]}")
    yield from dict.fromkeys(value for claim in record["claims"] for value in _values(claim))
    for (start, end), ids in at.items():
        yield MarkedSpan(start=start, end=end, kind="claim", ids=tuple(ids))
    for said in record["statements"]:
        quote, anchor = said["quote"], f"s-{said['statement_id'][:ID_CHARS]}"
        yield MarkedSpan(start=quote["start"], end=quote["end"], kind="statement", ids=(anchor,))


def _values(claim: Record) -> Iterator[MarkedSpan]:
    """The words of its values that stand within its sentence, and aren't all of it."""
    quote = claim["quote"]
    for value in filter(None, (claim[name] for name in _VALUES)):
        start, end = value["start"], value["end"]
        if None in {start, end, quote["start"]} or (start, end) == (quote["start"], quote["end"]):
            continue
        if quote["start"] <= start < end <= quote["end"]:
            yield MarkedSpan(start=start, end=end, kind="value")


def _shown_anyhow(record: Record) -> Iterator[tuple[int, int]]:
    """What excerpts are made around: the headline, and whatever a claim or statement stands on."""
    yield from ((part["start"], part["end"]) for part in record["document"]["parts"] if part["role"] == "headline")
    for each in (*record["claims"], *record["rejected"], *record["statements"]):
        if each["quote"]["start"] is not None:
            yield each["quote"]["start"], each["quote"]["end"]


def _blocks(
    text: str, parts: Sequence[Record], shown: Sequence[tuple[int, int]], spans: Sequence[MarkedSpan]
) -> Iterator[Block]:
    """Each line of each part, as far as it is shown."""
    whole: list[Record] = [{"role": "body", "kind": None, "start": 0, "end": len(text)}]
    for part in parts or whole:
        named = PART_WORDS.get(part["role"])
        named = f"{named}: {part['kind']}" if named and part["kind"] else named
        for start, end in _lines(text, part["start"], part["end"]):
            for begins, ends in cover(start, end, shown):
                if text[begins:ends].strip():
                    html = Markup(render_marked(text, spans, begins, ends))  # noqa: S704  the module escapes all of it
                    yield Block(start=begins, end=ends, role=part["role"], named=named, html=html)
                    named = None


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop > at:
            yield at, stop
        at = stop + 1


def _with_gaps(blocks: Sequence[Block], text: str) -> Iterator[Block]:
    """The blocks, and where words between them aren't shown, a gap in their place."""
    at = 0
    for block in blocks:
        if text[at : block.start].strip():
            yield Block(start=at, end=block.start)
        yield block
        at = block.end
    if text[at:].strip():
        yield Block(start=at, end=len(text))
