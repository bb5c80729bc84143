"""The name by which a replier is shown: not an address, not another's, nothing in it that shows as what it isn't."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from harmledger.errors import BadInput

MOST_CHARS = 40
DRAWN = "Reader"
_LETTERS: Sequence[str] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_DRAWN_CHARS = 10
"""50 bits: none is drawn twice."""
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Alphabets with letters that can't be told from one another's; within one name they aren't mixed."""


def parse_pseudonym(typed: str) -> str:
    """A pseudonym as it is kept: composed, on one line.

    Raises:
        BadInput: it can't be one.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if wrong := _wrong_with(name):
        raise BadInput(wrong, repr(name[: MOST_CHARS * 2]), "choose another")
    return name


def fold_pseudonym(name: str) -> str:
    """A pseudonym as it is compared: letters and digits alone, without case, accents, vowel marks and forms of width."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", parts) if c.isalnum())


def draw_pseudonym(choose: Callable[[Sequence[str]], str]) -> str:
    """One for who hasn't chosen yet; chance comes from outside."""
    return f"{DRAWN} {''.join(choose(_LETTERS) for _ in range(_DRAWN_CHARS))}"


def _wrong_with(name: str) -> str | None:
    if not name or len(name) > MOST_CHARS:
        return f"a name has 1 to {MOST_CHARS} letters"
    if not name.isprintable() or any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn"} for c in name):
        return "a name has no signs that don't show"
    if "@" in unicodedata.normalize("NFKC", name) or "://" in name:
        return "a name is no address: it is shown to everybody"
    if not any(c.isalpha() for c in fold_pseudonym(name)):
        return "a name has letters"
    if len({script for c in name if (script := _script(c)) in _LOOK_ALIKE}) > 1:
        return "a name doesn't mix alphabets that look alike"
    return "a name has no long row of marks" if _most_marks(name) > 4 else None


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def _most_marks(name: str) -> int:
    most = row = 0
    for c in name:
        row = row + 1 if unicodedata.combining(c) else 0
        most = max(most, row)
    return most
