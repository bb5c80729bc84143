"""What stands around the running text of a report: captions, and above it headline, date stamps, menu entries.

Comes in: the lines as looked at, with the roles that labels gave. Changes the roles of lines that were left as body.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.domain import PartRole
from harmledger.read import captions, dateline, headline
from harmledger.read.furniture import is_section
from harmledger.read.lines import Shape, runs_on
from harmledger.read.look import BODY, CAPTION, DATELINE, HEADLINE, Look, Role, furniture_role

ENTRY_WORDS = 3
"""Most words of a menu's entry."""

HEADING_WORDS = 4
"""Fewest words of a headline that no title vouches for."""

BYLINE_WORDS = 14
"""Most words of a byline."""


def mark_captions(looks: Sequence[Look], roles: list[Role]) -> None:
    """Captions by their own words; a text that would be nothing else is left as it is."""
    prose = sum(look.prose and role == BODY for look, role in zip(looks, roles, strict=True))
    if prose < 2:
        return
    labelled = False
    for index, look in enumerate(looks):
        if roles[index] == BODY and (labelled or captions.is_caption(look.line.text)):
            roles[index] = CAPTION
        labelled = captions.is_caption_label(look.line.text)
        if labelled:
            roles[index] = CAPTION


def mark_head(text: str, looks: Sequence[Look], roles: list[Role], title: str) -> None:
    """Headline, date stamps, place lines and menu entries above the first running text."""
    first = next((i for i, look in enumerate(looks) if look.prose and roles[i][0] is PartRole.BODY), len(looks))
    titled = any(headline.repeats_title(look.folded, title) for look in looks[: first + 1])
    begun = False
    for index in range(first):
        if roles[index] != BODY:
            continue
        look = looks[index]
        roles[index] = _head_role(look, title)
        if roles[index] == BODY and not (titled or begun) and _is_heading(text, looks, index, title):
            roles[index] = HEADLINE
        elif (
            roles[index] == BODY and index and roles[index - 1] == HEADLINE and captions.may_be_caption(look.line.text)
        ):
            roles[index] = CAPTION
        begun = begun or roles[index] in (BODY, HEADLINE)


def _head_role(look: Look, title: str) -> Role:
    """What a line above the running text is by itself."""
    text = look.line.text
    if headline.repeats_title(look.folded, title):
        return HEADLINE
    if dateline.is_stamp(text) or dateline.is_clock(text):
        return DATELINE
    if look.shape is not Shape.ITEM:
        return BODY
    if is_byline(text, look.words):
        return furniture_role("byline")
    if look.words <= ENTRY_WORDS and (title or is_section(look.folded)) and not any(c.isdigit() for c in text):
        return furniture_role("navigation")
    return BODY


def _is_heading(text: str, looks: Sequence[Look], index: int, title: str) -> bool:
    """The first open line of a text, long enough, standing free and akin to the title where there is one."""
    look = looks[index]
    if look.shape is not Shape.ITEM or look.words < HEADING_WORDS:
        return False
    return headline.is_akin(look.folded, title) and _stands_free(text, looks, index)


def is_byline(text: str, words: int) -> bool:
    """`By Rana Haddad, Beirut correspondent`: an open line, few words, a name after `By`."""
    return (
        text[:3] in ("By ", "BY ")
        and words <= BYLINE_WORDS
        and text[3:4].isupper()
        and not any(c.isdigit() for c in text)
    )


def _stands_free(text: str, looks: Sequence[Look], index: int) -> bool:
    """A blank line follows, or running text does: what a broken-off sentence has not."""
    if index + 1 == len(looks):
        return False
    after = looks[index + 1]
    if after.line.text[0].islower() or after.line.text[0] in ",;.)(،؛":
        return False
    return after.prose or (not runs_on(text, looks[index].line, after.line) and after.shape is not Shape.CLAUSE)


def mark_repeats(looks: Sequence[Look], roles: list[Role], title: str) -> None:
    """The title, or the headline found, said once more further down."""
    found = {look.folded for look, role in zip(looks, roles, strict=True) if role == HEADLINE} - {""}
    for index, look in enumerate(looks):
        if roles[index] == BODY and not look.prose and (look.folded in found or _is_whole_title(look, title)):
            roles[index] = HEADLINE


def _is_whole_title(look: Look, title: str) -> bool:
    return look.shape is Shape.ITEM and headline.repeats_title(look.folded, title)
