"""The lines of a plain text, their shape, and the folded form in which lines are compared.

Comes in: a text as given. Goes out: its non-empty lines (paragraphs, where the text was wrapped at a fixed width) with
offsets that slice. Judges nothing about what a line is for.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

MAX_LINES = 100_000
"""Lines looked at; no news report is as long, and what follows is taken as body."""

WRAP_WIDTHS = range(50, 101)
"""Widths at which texts were wrapped by hand or by a wire machine, in characters."""

WRAPPED_LINES = 5
"""Fewest lines by which a width can be told."""

FULL_LINES = 0.8
"""Share of the lines that run on, from which being full is no accident; lists have lines of all lengths."""

ITEM_CHARS = 170
"""Longest open line still taken for a headline: of 1,400 headlines flattened into reports the longest has 168."""

PROSE_WORDS = 8
"""A closed line of fewer words may be a label or a slogan."""

_LINE = re.compile(r"\S[^\n\r\x0b\x0c\x85\u2028\u2029]*")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_MARKS = dict.fromkeys([*range(0x064B, 0x0653), 0x0640, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xFFFC])
_LETTERS = str.maketrans("أإآٱىةیک’‘ʼ`“”„،؛", "اااايهيك''''\"\"\",;")
_FOLDS = {**_LETTERS, **_MARKS}
_EDGES = " \t\"'.…:;,|-–—•·*#<>()[]/\\‹›→←↓↑»«=~_+"
_CLOSERS = "\"'”’»)]›*"
_FULL_STOPS = ".!?؟。۔"
_CARRIES_ON = ",،;؛:—–-(&/"
_BULLET = re.compile(r"[•·▪●■*–—\-►✓]\s|\(?\d{1,3}[.)\-–]\s|\(?[a-z]\)\s")


class Line(NamedTuple):
    """One line of a text, without the white space around it."""

    start: int
    end: int
    text: str


class Shape(Enum):
    """How a line looks, whatever it says."""

    PROSE = auto()
    """A sentence or more."""
    LONG = auto()
    """Open at its end, yet longer than headlines are."""
    SENTENCE = auto()
    """Closed, but short."""
    CLAUSE = auto()
    """A piece of a sentence or of a list: it carries on, or carries on from the line before."""
    ITEM = auto()
    """Open at its end: a headline, a label, a name."""


def split_lines(text: str) -> list[Line]:
    """The text's lines; its paragraphs instead where it is wrapped at a fixed width."""
    lines = _physical_lines(text)
    return _paragraphs(text) if _is_wrapped(text, lines) else lines


def runs_on(text: str, line: Line, after: Line) -> bool:
    """Whether no blank line stands between a line and the next."""
    return text.count("\n", line.end, after.start) <= 1


def _physical_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        stripped = match[0].rstrip()
        lines.append(Line(match.start(), match.start() + len(stripped), stripped))
        if len(lines) == MAX_LINES:
            break
    return lines


def _is_wrapped(text: str, lines: list[Line]) -> bool:
    """Most lines run on into the next without a blank between, and the full ones are all about as wide."""
    if len(lines) < WRAPPED_LINES or max(len(line.text) for line in lines) > WRAP_WIDTHS[-1]:
        return False
    running = [len(a.text) for a, b in pairwise(lines) if runs_on(text, a, b)]
    full = [width for width in running if width >= WRAP_WIDTHS[0]]
    return len(running) >= len(lines) / 2 and len(full) >= FULL_LINES * len(running)


def _paragraphs(text: str) -> list[Line]:
    lines: list[Line] = []
    position = len(text) - len(text.lstrip())
    for block in _PARAGRAPH_BREAK.split(text[position:], maxsplit=MAX_LINES):
        start = text.index(block, position) if block else position
        stripped = block.rstrip()
        if stripped:
            lines.append(Line(start, start + len(stripped), stripped))
        position = start + len(block)
    return lines


def fold(text: str) -> str:
    """The form in which labels and titles are compared: case, Arabic spelling variants and edge punctuation undone."""
    return " ".join(text.translate(_FOLDS).casefold().split()).strip(_EDGES)


def fold_opening(text: str, chars: int) -> str:
    """The same of a long line's first characters, cheaper and nearly as well."""
    opening = text[:chars].strip(_EDGES)
    return fold(opening) if opening > "\u0600" else opening.casefold().replace("’", "'")


def is_open(text: str) -> bool:
    """Ends without a full stop, or with the ellipsis of a headline cut short."""
    ending = text.rstrip(_CLOSERS)[-3:]
    return not ending or ending[-1] not in _FULL_STOPS or ending.endswith("..")


def shape_of(text: str) -> Shape:
    """How a line looks."""
    size = len(text)
    if not is_open(text):
        return Shape.PROSE if size > ITEM_CHARS or text.count(" ") + 1 >= PROSE_WORDS else Shape.SENTENCE
    if text[-1] in _CARRIES_ON or text[0].islower() or text[0] in ",;.)(،؛" or _BULLET.match(text):
        return Shape.CLAUSE
    return Shape.ITEM if size <= ITEM_CHARS else Shape.LONG


def is_prose(shape: Shape) -> bool:
    """The article's own running text, as far as looks tell."""
    return shape in (Shape.PROSE, Shape.LONG)
