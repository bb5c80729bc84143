"""Plain text, kept character for character, with its parts named: headline, dateline, captions, furniture, body.

Comes in: a text and, where one is given, its title. Goes out: contiguous parts that cover the text; white space belongs
to the part before it. Lines are judged by their words (`labels`), by what stands around them (`head`) and by their
pattern (`runs`). In doubt a line is body: a claim read from a related headline costs less than one lost with a
paragraph. Nothing is changed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from harmledger.domain import Part, PartRole
from harmledger.read import captions, dateline, headline
from harmledger.read.furniture import find_buttons
from harmledger.read.head import mark_captions, mark_head, mark_repeats
from harmledger.read.labels import follow_labels
from harmledger.read.lines import fold, split_lines
from harmledger.read.look import BODY, CAPTION, DATELINE, HEADLINE, Look, Role, furniture_role
from harmledger.read.runs import mark_runs

INNER_STAMP_CHARS = 120
"""How close on a headline a date with a clock time must follow to be the report's own."""

DATELINE_PARAGRAPHS = 3
"""First paragraphs in which a place dateline is looked for; further down only behind a word in capitals."""


_CLOSED = ".!?؟”\"'’)"
"""What running text ends in where no button follows."""

_SPACE = re.compile(r"\s*")


class _Mark(NamedTuple):
    """From here on the text is this."""

    start: int
    role: PartRole
    kind: str | None = None


def mark_parts(text: str, *, title: str | None = None) -> tuple[Part, ...]:
    """The parts of a plain text, contiguous and covering it; none for an empty one."""
    looks = [Look(line) for line in split_lines(text)]
    if not looks:
        return (_part(_Mark(0, *BODY), len(text)),) if text else ()
    known = fold(title or "")
    roles = _roles(text, looks, known)
    near = _first_paragraphs(looks, roles)
    marks = [
        mark
        for index, (look, role) in enumerate(zip(looks, roles, strict=True))
        for mark in _cut(text, look, role, placed=index <= near)
    ]
    marks = _open(text, looks[0], marks, title or "")
    return tuple(_join(marks, len(text)))


def _roles(text: str, looks: Sequence[Look], title: str) -> list[Role]:
    """What each line is; later passes only judge what earlier ones left as body."""
    roles = follow_labels(looks, title)
    mark_captions(looks, roles)
    mark_head(text, looks, roles, title)
    mark_repeats(looks, roles, title)
    mark_runs(text, looks, roles)
    return roles


# --- inside a line ----------------------------------------------------------------------------------------------------


def _first_paragraphs(looks: Sequence[Look], roles: Sequence[Role]) -> int:
    """Up to which line a report may begin: its third paragraph."""
    prose = (i for i, (look, role) in enumerate(zip(looks, roles, strict=True)) if role == BODY and look.prose)
    return max(islice(prose, DATELINE_PARAGRAPHS), default=-1)


def _cut(text: str, look: Look, role: Role, *, placed: bool) -> Iterator[_Mark]:
    """A line's marks: itself, or a dateline before it and captions in brackets within it."""
    start, end, _ = look.line
    if role != BODY:
        yield _Mark(start, *role)
        return
    if (look.prose and placed) or text[start : start + 4].isupper():
        body = dateline.find_placed(text, start, end)
        if body:
            yield _Mark(start, *DATELINE)
            start = body
    yield _Mark(start, *BODY)
    for caption_start, caption_end in captions.find_bracketed(text, start, end):
        yield _Mark(caption_start, *CAPTION)
        yield _Mark(_next_word(text, caption_end), *BODY)
    buttons = find_buttons(text, start, end) if text[end - 1] not in _CLOSED else None
    if buttons:
        yield _Mark(buttons, *furniture_role("share bar"))


def _open(text: str, look: Look, marks: list[_Mark], title: str) -> list[_Mark]:
    """A text that opens with its date or its headline on the line of its first sentence."""
    if marks[0].role is not PartRole.BODY:
        return marks
    opening, position = _opening(text, look, title)
    if not opening:
        return marks
    rest = [mark for mark in marks if mark.start >= position]
    return [*opening, *rest] if rest and rest[0].start == position else [*opening, _Mark(position, *BODY), *rest]


def _opening(text: str, look: Look, title: str) -> tuple[list[_Mark], int]:
    """The marks before the first sentence, and where it begins."""
    start, end, _ = look.line
    titled = headline.find_title(text, start, end, title)
    if not titled:
        stamped = dateline.find_text_stamp(text, start, end)
        return ([_Mark(start, *DATELINE)], stamped) if stamped else ([], start)
    dated = dateline.holds_date(text, start, titled[0])
    opening = [_Mark(start, *(DATELINE if dated else BODY)), _Mark(titled[0], *HEADLINE)]
    stamped = dateline.find_inner_stamp(text, titled[1], min(end, titled[1] + INNER_STAMP_CHARS))
    if stamped:
        opening.append(_Mark(titled[1], *DATELINE))
    return opening, _next_word(text, stamped or titled[1])


def _next_word(text: str, position: int) -> int:
    """The next place that is no white space."""
    space = _SPACE.match(text, position)
    return space.end() if space else position


# --- parts ------------------------------------------------------------------------------------------------------------


def _join(marks: Sequence[_Mark], size: int) -> Iterator[Part]:
    """Parts from marks: neighbours of one role and kind are one; each reaches to the next."""
    kept = [mark for mark in marks if mark.start < size]
    begun = kept[0]._replace(start=0)
    for mark, after in zip(kept, [*kept[1:], None], strict=True):
        if after and (after.start == mark.start or (after.role, after.kind) == (begun.role, begun.kind)):
            begun = begun if after.start != mark.start else after._replace(start=begun.start)
            continue
        yield _part(begun, after.start if after else size)
        if after:
            begun = after


def _part(mark: _Mark, end: int) -> Part:
    return Part(role=mark.role, kind=mark.kind, start=mark.start, end=end)
