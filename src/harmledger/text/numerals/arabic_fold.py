"""Arabic with its spellings levelled: alef, ya, waw and ta marbuta in one form each, vowel marks and stretching left out.

In comes a stretch of a text; out comes the levelled stretch, with the offset of each of its characters in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SCRIPT = re.compile(r"[\u0620-\u064a]")
_LETTERS = str.maketrans("أإآٱىةؤ", "اااايهو")
_MARK = re.compile(r"[\u064b-\u0652\u0640\u0670]")


def level(words: str) -> str:
    """The words in levelled spelling, their marks left out.

    >>> level("أَرْبَعَة") == level("اربعه")
    True
    """
    return _MARK.sub("", words).translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Levelled:
    """A levelled stretch; `offsets` has the place of each character, None where all stand as far off as the first."""

    text: str
    first: int
    offsets: Sequence[int] | None
    last: int
    """Where the stretch ends in the text."""

    def start(self, at: int) -> int:
        """Where in the text the character at an index of the stretch stands."""
        return self.first + at if self.offsets is None else self.offsets[at]

    def end(self, at: int) -> int:
        """Where in the text the words end that end at an index of the stretch; marks on the last letter belong to it."""
        if self.offsets is None:
            return self.first + at
        return self.offsets[at] if at < len(self.offsets) else self.last


def level_stretch(text: str, start: int, end: int) -> Levelled:
    """The levelled stretch between two offsets."""
    stretch = text[start:end]
    if _MARK.search(stretch) is None:
        return Levelled(stretch.translate(_LETTERS), start, None, end)
    offsets = [start + i for i, c in enumerate(stretch) if not _MARK.match(c)]
    return Levelled(level(stretch), start, offsets, end)
