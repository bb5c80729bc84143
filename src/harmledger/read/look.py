"""What is seen of one line alone, and the roles that lines are given.

A line is looked at once; the passes of `plain` compare what was seen with what stands around it.
"""

from __future__ import annotations

from harmledger.domain import PartRole
from harmledger.read.furniture import NOTICE_CHARS, OPENING_CHARS, Furniture, recognise, recognise_opening
from harmledger.read.lines import Line, fold, fold_opening, is_prose, shape_of

Role = tuple[PartRole, str | None]
"""A line's role and, for furniture, its kind."""

BODY: Role = (PartRole.BODY, None)
HEADLINE: Role = (PartRole.HEADLINE, None)
CAPTION: Role = (PartRole.CAPTION, None)
DATELINE: Role = (PartRole.DATELINE, None)


def furniture_role(kind: str) -> Role:
    """The role of furniture of a kind."""
    return (PartRole.FURNITURE, kind)


class Look:
    """A line and what is seen of it alone."""

    __slots__ = ("_folded", "furniture", "line", "prose", "shape")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.shape = shape_of(line.text)
        self.prose = is_prose(self.shape)
        self._folded: str | None = None
        self.furniture = self._furniture()

    def _furniture(self) -> Furniture | None:
        if not self.prose:
            return recognise(self.folded)
        if len(self.line.text) > NOTICE_CHARS:
            return None
        return recognise_opening(fold_opening(self.line.text, OPENING_CHARS))

    @property
    def folded(self) -> str:
        """The form to compare; only computed for the lines that are compared."""
        if self._folded is None:
            self._folded = fold(self.line.text[:NOTICE_CHARS])
        return self._folded

    @property
    def words(self) -> int:
        return self.folded.count(" ") + 1
