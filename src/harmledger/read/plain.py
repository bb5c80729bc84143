"""Plain text, kept character for character, with its parts named: headline, dateline, captions, furniture, body.

Comes in: a text and, where one is given, its title. Goes out: contiguous parts that cover the text; white space belongs
to the part before it. Lines are judged by their words (`furniture`, `captions`, `dateline`, `headline`), their shape
(`lines`) and what stands around them. In doubt a line is body: a claim read from a related headline is worth less than
one lost with a paragraph. Nothing is changed or left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from harmledger.domain import Part, PartRole
from harmledger.read import captions, dateline, headline
from harmledger.read.furniture import NOTICE_CHARS, Furniture, Reach, is_section, recognise
from harmledger.read.lines import Line, Shape, fold, is_prose, shape_of, split_lines

CHIP_WORDS = 4
"""Most words of a tag or a menu's entry."""

HEADING_WORDS = 4
"""Fewest words of a headline that no title vouches for."""

TAIL_ITEMS = 3
"""Fewest headlines in a row at the end of a text that are taken for a list of other reports, without a label."""

TAIL_ITEM_WORDS = 5
"""Fewest words, at the median, of the headlines of such a list: names of victims have fewer."""

MENU_SECTIONS = 3
"""Fewest names of sections in a run of chips that make it a menu."""

INNER_STAMP_CHARS = 120
"""How close on a headline a date with a clock time must follow to be the report's own."""


class Mark(NamedTuple):
    """From here on the text is this."""

    start: int
    role: PartRole
    kind: str | None = None


class _Look(NamedTuple):
    """A line and what is seen of it alone."""

    line: Line
    shape: Shape
    folded: str
    furniture: Furniture | None

    @property
    def words(self) -> int:
        return self.folded.count(" ") + 1


_Role = tuple[PartRole, str | None]
_BODY: _Role = (PartRole.BODY, None)
_HEADLINE: _Role = (PartRole.HEADLINE, None)
_CAPTION: _Role = (PartRole.CAPTION, None)
_DATELINE: _Role = (PartRole.DATELINE, None)


def mark_parts(text: str, *, title: str | None = None) -> tuple[Part, ...]:
    """The parts of a plain text, contiguous and covering it; none for an empty one."""
    looks = [_look(line) for line in split_lines(text)]
    if not looks:
        return (_part(Mark(0, *_BODY), len(text)),) if text else ()
    known = fold(title or "")
    roles = _roles(looks, known)
    marks = [mark for look, role in zip(looks, roles, strict=True) for mark in _cut(text, look, role)]
    marks = _open(text, looks[0], marks, title or "")
    return tuple(_join(marks, len(text)))


def _look(line: Line) -> _Look:
    shape = shape_of(line.text)
    if len(line.text) > NOTICE_CHARS:
        return _Look(line, shape, "", None)
    folded = fold(line.text)
    return _Look(line, shape, folded, recognise(folded))


def _roles(looks: Sequence[_Look], title: str) -> list[_Role]:
    """What each line is; later passes only judge what earlier ones left as body."""
    roles = _mark_furniture(looks, title)
    _mark_captions(looks, roles)
    _mark_head(looks, roles, title)
    _mark_repeats(looks, roles, title)
    _mark_tail(looks, roles)
    return roles


# --- furniture known by its words -------------------------------------------------------------------------------------


def _mark_furniture(looks: Sequence[_Look], title: str) -> list[_Role]:
    """Follows labels down the text: each takes itself, the items below it, or all that follows."""
    roles = [_BODY] * len(looks)
    before = list(accumulate((len(look.line.text) if is_prose(look.shape) else 0 for look in looks), initial=0))
    mode: Furniture | None = None
    for index, look in enumerate(looks):
        own = look.furniture
        if own and own.reach is Reach.REST and not (mode and mode.reach is Reach.REST):
            own = own if before[-1] - before[index] <= before[index] else own._replace(reach=Reach.LINE)
        if before[index] == 0 and headline.repeats_title(look.folded, title):
            mode = None
        elif own:
            roles[index] = (PartRole.FURNITURE, own.kind)
            mode = _next_mode(mode, own)
        elif mode and (mode.reach is Reach.REST or _is_listed(look, mode)):
            roles[index] = (PartRole.FURNITURE, mode.kind)
        else:
            mode = None
    return roles


def _next_mode(mode: Furniture | None, own: Furniture) -> Furniture | None:
    """What a label does to the lines below: none shortens the reach of the one before it to less than the rest."""
    if mode and mode.reach is Reach.REST:
        return Furniture(own.kind if own.reach is not Reach.LINE else mode.kind, Reach.REST)
    return mode if own.reach is Reach.LINE else own


def _is_listed(look: _Look, mode: Furniture) -> bool:
    if dateline.is_stamp(look.line.text):
        return True
    if mode.kind == "tags":
        return look.shape is Shape.ITEM and look.words <= CHIP_WORDS
    return look.shape is Shape.ITEM


# --- captions, the head, repeats of the title -------------------------------------------------------------------------


def _mark_captions(looks: Sequence[_Look], roles: list[_Role]) -> None:
    labelled = False
    for index, look in enumerate(looks):
        if roles[index] == _BODY and (labelled or captions.is_caption(look.line.text)):
            roles[index] = _CAPTION
        labelled = captions.is_caption_label(look.line.text)
        if labelled:
            roles[index] = _CAPTION


def _mark_head(looks: Sequence[_Look], roles: list[_Role], title: str) -> None:
    """Headline, date stamps, place lines and menu entries above the first running text."""
    first = next((i for i, look in enumerate(looks) if is_prose(look.shape) and roles[i][0] is PartRole.BODY), len(looks))
    titled = next((i for i, look in enumerate(looks[: first + 1]) if headline.repeats_title(look.folded, title)), None)
    for index in range(first):
        if roles[index] != _BODY:
            continue
        role = _head_role(looks, index, title=title, titled=titled)
        roles[index] = role
        if role == _HEADLINE and titled is None:
            titled = index


def _head_role(looks: Sequence[_Look], index: int, *, title: str, titled: int | None) -> _Role:
    look = looks[index]
    text = look.line.text
    if headline.repeats_title(look.folded, title):
        return _HEADLINE
    if dateline.is_stamp(text) or dateline.is_clock(text):
        return _DATELINE
    if look.shape is not Shape.ITEM:
        return _BODY
    if is_byline(text, look.words):
        return (PartRole.FURNITURE, "byline")
    if titled is not None and index > titled and captions.may_be_caption(text):
        return _CAPTION
    if look.words <= CHIP_WORDS and (title or is_section(look.folded)) and not any(c.isdigit() for c in text):
        return (PartRole.FURNITURE, "navigation") if look.words < CHIP_WORDS else _BODY
    if titled is None and look.words >= HEADING_WORDS and _stands_free(looks, index):
        return _HEADLINE
    return _BODY


def is_byline(text: str, words: int) -> bool:
    """`By Rana Haddad, Beirut correspondent`: an open line, few words, a name after `By`."""
    return text[:3] in ("By ", "BY ") and words <= 14 and text[3:4].isupper() and not any(c.isdigit() for c in text)


def _stands_free(looks: Sequence[_Look], index: int) -> bool:
    """A blank line follows, or running text does: what a broken-off sentence has not."""
    if index + 1 == len(looks):
        return False
    after = looks[index + 1]
    return after.line.start - looks[index].line.end > 1 and after.shape is not Shape.CLAUSE or is_prose(after.shape)


def _mark_repeats(looks: Sequence[_Look], roles: list[_Role], title: str) -> None:
    """The title, or the headline found, said once more further down."""
    found = {look.folded for look, role in zip(looks, roles, strict=True) if role == _HEADLINE}
    for index, look in enumerate(looks):
        if roles[index] == _BODY and look.folded and (look.folded in found or _is_whole_title(look, title)):
            roles[index] = _HEADLINE


def _is_whole_title(look: _Look, title: str) -> bool:
    return look.shape is Shape.ITEM and headline.repeats_title(look.folded, title)


# --- lists without a label at the end ---------------------------------------------------------------------------------


def _mark_tail(looks: Sequence[_Look], roles: list[_Role]) -> None:
    """Headlines of other reports and menus that stand at the end without a label."""
    start = len(looks)
    while start and (roles[start - 1][0] is PartRole.FURNITURE or _may_be_tail(looks[start - 1], roles[start - 1])):
        start -= 1
    if start == 0 or not any(is_prose(look.shape) for look in looks[:start]) or looks[start - 1].line.text[-1] in ":،,":
        return
    open_lines = [index for index in range(start, len(looks)) if roles[index] == _BODY]
    kind = _tail_kind([looks[index] for index in open_lines])
    if kind:
        for index in open_lines:
            roles[index] = (PartRole.FURNITURE, kind)


def _may_be_tail(look: _Look, role: _Role) -> bool:
    return role == _BODY and (look.shape is Shape.ITEM or dateline.is_stamp(look.line.text))


def _tail_kind(tail: Sequence[_Look]) -> str | None:
    if sum(is_section(look.folded) for look in tail) >= MENU_SECTIONS:
        return "navigation"
    sizes = sorted(look.words for look in tail)
    return "related links" if len(sizes) >= TAIL_ITEMS and sizes[len(sizes) // 2] >= TAIL_ITEM_WORDS else None


# --- inside a line ----------------------------------------------------------------------------------------------------


def _cut(text: str, look: _Look, role: _Role) -> Iterator[Mark]:
    """A line's marks: itself, or a dateline before it and captions in brackets within it."""
    start, end, _ = look.line
    if role != _BODY or not is_prose(look.shape):
        yield Mark(start, *role)
        return
    placed = dateline.find_placed(text, start, end)
    if placed:
        yield Mark(start, *_DATELINE)
        start = placed
    yield Mark(start, *_BODY)
    for caption_start, caption_end in captions.find_bracketed(text, start, end):
        yield Mark(caption_start, *_CAPTION)
        yield Mark(caption_end, *_BODY)


def _open(text: str, look: _Look, marks: list[Mark], title: str) -> list[Mark]:
    """A text that opens with its date or its headline on the line of its first sentence."""
    start, end, _ = look.line
    if marks[0].role is not PartRole.BODY:
        return marks
    opening: list[Mark] = []
    position = start
    stamped = dateline.find_text_stamp(text, position, end)
    if stamped:
        opening.append(Mark(position, *_DATELINE))
        position = stamped
    titled = headline.find_title(text, position, end, title)
    if titled:
        opening.append(Mark(position, *_HEADLINE))
        position = titled
        stamped = dateline.find_inner_stamp(text, position, min(end, position + INNER_STAMP_CHARS))
        if stamped:
            opening.append(Mark(position, *_DATELINE))
            position = stamped
    return [*opening, Mark(position, *_BODY), *(mark for mark in marks if mark.start > position)] if opening else marks


# --- parts ------------------------------------------------------------------------------------------------------------


def _join(marks: Sequence[Mark], size: int) -> Iterator[Part]:
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


def _part(mark: Mark, end: int) -> Part:
    return Part(role=mark.role, kind=mark.kind, start=mark.start, end=end)
