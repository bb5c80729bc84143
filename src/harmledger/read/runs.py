"""Lists of other reports that no label announces, told by their pattern: open line upon open line, or headline and teaser.

Comes in: the lines with the roles they have so far. Changes those left as body that stand in such a list. Lists that the
article itself introduces ("The victims:"), of names, or marked by bullets are its own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from harmledger.domain import PartRole
from harmledger.read import dateline
from harmledger.read.furniture import is_section
from harmledger.read.lines import Shape, runs_on
from harmledger.read.look import BODY, Look, Role, furniture_role

RUN_ITEMS = 6
"""Fewest open lines on end that are a list of links wherever they stand."""

TAIL_ITEMS = 3
"""The same at the end of a text."""

HEADLINE_WORDS = 5
"""Fewest words, at the median, of the headlines in a list: names of victims and of provinces have fewer."""

MENU_SECTIONS = 3
"""Fewest names of sections in a run of short lines that make it a menu."""

PAIRS = 6
"""Fewest headlines with one sentence each that are teasers: crossheads of an article stand above paragraphs."""

PROSE_BEFORE = 2
"""Paragraphs that must have gone before: an article comes first."""

BLANKS = 0.25
"""Share of line breaks with a blank line, from which a text parts its paragraphs so."""

_CODES = {Shape.PROSE: "P", Shape.LONG: "P", Shape.SENTENCE: "s", Shape.CLAUSE: "c", Shape.ITEM: "i"}
_ROLE_CODES = {
    PartRole.FURNITURE: "f",
    PartRole.HEADLINE: "H",
    PartRole.CAPTION: "C",
    PartRole.DATELINE: "D",
    PartRole.BODY: "?",
}
_RUN = re.compile(rf"(?:[ifD]|(?<=[ifD])s(?=[ifD])){{{TAIL_ITEMS},}}")
_TEASERS = re.compile(rf"(?:i[Ps]){{{PAIRS},}}")
_ARTICLE = re.compile(r"P{6,}")
_INTRODUCES = (":", "：", ",", "،")


def mark_runs(text: str, looks: Sequence[Look], roles: list[Role]) -> None:
    """Gives the lines of such lists their role."""
    codes = _codes(looks, roles)
    for run in _RUN.finditer(_broken_off(text, looks, codes)):
        _mark_run(looks, roles, range(*run.span()))
    teasers = _TEASERS.search(codes)
    if teasers and codes.count("P", 0, teasers.start()) >= PROSE_BEFORE:
        _mark_teasers(looks, roles, codes, teasers)


def _codes(looks: Sequence[Look], roles: Sequence[Role]) -> str:
    """One letter a line."""
    return "".join(
        (_CODES[look.shape] if not _is_stamp(look) else "D") if role == BODY else _ROLE_CODES[role[0]]
        for look, role in zip(looks, roles, strict=True)
    )


def _broken_off(text: str, looks: Sequence[Look], codes: str) -> str:
    """The same, with open lines that only a line break parts from the end of their sentence as clauses.

    Told only in texts that part paragraphs by blank lines.
    """
    near = [runs_on(text, look.line, after.line) for look, after in pairwise(looks)]
    if sum(near) > len(near) * (1 - BLANKS):
        return codes
    letters = list(codes)
    for index in reversed(range(len(near))):
        if letters[index] == "i" and near[index] and letters[index + 1] in "Psc":
            letters[index] = "c"
    return "".join(letters)


def _is_stamp(look: Look) -> bool:
    return look.shape is Shape.ITEM and dateline.is_stamp(look.line.text)


def _mark_run(looks: Sequence[Look], roles: list[Role], lines: range) -> None:
    items = [index for index in lines if roles[index] == BODY]
    ends = lines.stop == len(looks)
    if not items or (lines.start and looks[lines.start - 1].line.text.endswith(_INTRODUCES)):
        return
    kind = _kind([looks[index] for index in items], least=TAIL_ITEMS if ends else RUN_ITEMS)
    if kind and (lines.start > 0 or not ends):
        for index in items:
            roles[index] = furniture_role(kind)


def _kind(items: Sequence[Look], *, least: int) -> str | None:
    """What an unlabelled list is, if it is one."""
    if sum(is_section(look.folded) for look in items) >= MENU_SECTIONS:
        return "navigation"
    if len(items) < least or any(look.line.text.isupper() for look in items):
        return None
    return "related links" if _median_words(items) >= HEADLINE_WORDS else None


def _median_words(items: Sequence[Look]) -> int:
    return sorted(look.words for look in items)[len(items) // 2]


def _mark_teasers(looks: Sequence[Look], roles: list[Role], codes: str, teasers: re.Match[str]) -> None:
    """From the first pair on all is furniture, unless an article follows."""
    headlines = [looks[i] for i in range(teasers.start(), teasers.end()) if codes[i] == "i"]
    if _median_words(headlines) < HEADLINE_WORDS:
        return
    article = _ARTICLE.search(codes, teasers.end())
    for index in range(teasers.start(), article.start() if article else len(looks)):
        if roles[index] == BODY:
            roles[index] = furniture_role("related links")
