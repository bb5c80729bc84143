"""Names that are withheld, struck from whatever is shown: every code point becomes `█`, so that offsets hold.

Comes in: the names, and a text or a whole record. Goes out: the same with nothing of a name left. A name is found however it is written: in any
case, with or without accents, vowel marks and hamzas, across line breaks and hyphens, behind an Arabic prefix. It errs on the side of striking.
The kept bytes are not touched: who may read the ledger's folder reads them.

Source: claim record ("withheld").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from harmledger.publish.record import Record

Value = TypeVar("Value")
BLOCK = "\u2588"
REDACTED = "redacted"
"""The field that says of a record that something in it was struck."""
ANY_ENDING = "*"
"""At the end of a name it stands for whatever its last word ends with."""
CUT = ("prefix", "suffix")
"""Fields that begin or end in the middle of a text."""
SHORTEST = 2
"""A name of one letter would strike that letter everywhere."""
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ٱ": "ا", "ـ": None, "ı": "i"})
PREFIXES = (
    "و",
    "ف",
    "ب",
    "ك",
    "ل",
    "ال",
    "لل",
    "وال",
    "فال",
    "بال",
    "كال",
    "وب",
    "ول",
    "وك",
    "فب",
    "فل",
    "وبال",
    "ولل",
    "فلل",
    "وكال",
)
"""What Arabic writes before a name without a space: and, so, by, like, to, the."""


@dataclass(slots=True)
class _Letters:
    """A text's letters and digits as they are compared, all else left out, and where its words begin and end."""

    folded: str = ""
    at: list[int] = field(default_factory=list[int])
    """Of each letter its place in the text."""
    starts: list[int] = field(default_factory=list[int])
    ends: dict[int, int] = field(default_factory=dict[int, int])
    """Behind which letters a word ends, and where that is in the text."""


class Withholding:
    """Names that are withheld, ready to be struck."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        for name in sorted(set(map(fold_name, names))):
            if len(name.rstrip(ANY_ENDING)) >= SHORTEST:
                self._by_beginning.setdefault(name[:SHORTEST], []).append(name)

    def __bool__(self) -> bool:
        return bool(self._by_beginning)

    def text(self, text: str) -> str:
        """The text with every name struck, as long as it was."""
        if not self:
            return text
        letters: list[str] | None = None
        for start, end in self._find(text):
            letters = letters or list(text)
            letters[start:end] = BLOCK * (end - start)
        return "".join(letters) if letters else text

    def part(self, name: str, text: str) -> str:
        """The text of a field of that name: what stands about a quote is cut off anywhere, so a name that is cut there is struck too."""
        struck = self.text(text)
        if not self or name not in CUT:
            return struck
        letters = _read(struck)
        if name == "suffix":
            starts = (at for at in letters.starts if self._begins(letters.folded[at:]))
            start = next(starts, None)
            return struck if start is None else struck[: letters.at[start]] + BLOCK * (len(struck) - letters.at[start])
        ends = [end for end in letters.ends if self._ends(letters.folded[:end])]
        place = letters.ends[ends[-1]] if ends else 0
        return BLOCK * place + struck[place:]

    def _begins(self, folded: str) -> bool:
        return any(name.startswith(folded) for names in self._by_beginning.values() for name in names)

    def _ends(self, folded: str) -> bool:
        return any(name.rstrip(ANY_ENDING).endswith(folded) for names in self._by_beginning.values() for name in names)

    def record(self, record: Record) -> Record:
        """The record with every name struck from every text in it; one from which something was struck says so."""
        return cast("Record", self._struck(record)) if self else record

    def value(self, value: Value) -> Value:
        """The same of a value of the domain, in all its fields; codes stay as they are."""
        return cast("Value", self._struck_value(value)) if self else value

    def _struck_value(self, value: Any) -> Any:
        if type(value) is str:
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(map(self._struck_value, cast("tuple[Any, ...]", value)))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: self._struck_field(value, each.name) for each in fields(value)})
        return value

    def _struck_field(self, value: Any, name: str) -> Any:
        part = getattr(value, name)
        return self.part(name, part) if type(part) is str else self._struck_value(part)

    def _struck(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case Mapping():
                found = cast("Mapping[str, Any]", value)
                struck = {
                    key: self.part(key, part) if isinstance(part, str) else self._struck(part)
                    for key, part in found.items()
                }
                said = any(isinstance(part, str) and part != found[key] for key, part in struck.items())
                return {**struck, REDACTED: True} if said else struck
            case list() | tuple():
                return [self._struck(part) for part in cast("Sequence[Any]", value)]
            case _:
                return value

    def _find(self, text: str) -> Iterator[tuple[int, int]]:
        letters = _read(text)
        for start in _beginnings(letters):
            for name in self._by_beginning.get(letters.folded[start : start + SHORTEST], ()):
                end = _end_of(name, letters, start)
                if end is not None:
                    yield letters.at[start], letters.ends[end]


def fold_name(name: str) -> str:
    """A name's letters as they are compared, with a `*` behind them where its last word may end in any way."""
    folded = _read(name).folded
    return folded + ANY_ENDING if folded and name.rstrip().endswith(ANY_ENDING) else folded


def _end_of(name: str, letters: _Letters, start: int) -> int | None:
    """Behind which letter the name ends that begins here, if it stands here and ends with a word."""
    plain = name.rstrip(ANY_ENDING)
    end = start + len(plain)
    if not letters.folded.startswith(plain, start):
        return None
    if plain != name:
        return next(at for at in range(end, len(letters.folded) + 1) if at in letters.ends)
    return end if end in letters.ends else None


def _beginnings(letters: _Letters) -> Iterator[int]:
    """Where words begin, and where they begin behind the prefixes that Arabic ones may have."""
    for start in letters.starts:
        yield start
        if "\u0600" <= letters.folded[start] <= "\u06ff":
            yield from (start + len(p) for p in PREFIXES if letters.folded.startswith(p, start))


def _read(text: str) -> _Letters:
    """The text's letters; marks that a writer may leave out part no words."""
    letters = _Letters()
    parts: list[str] = []
    length, inside = 0, False
    for at, letter in enumerate(text):
        fold = _fold(letter)
        if fold is None:
            if inside:
                letters.ends[length] = at
            inside = False
            continue
        if fold and not inside:
            letters.starts.append(length)
            inside = True
        parts.append(fold)
        letters.at += [at] * len(fold)
        length += len(fold)
    if inside:
        letters.ends[length] = len(text)
    letters.folded = "".join(parts)
    return letters


@lru_cache(maxsize=65_536)
def _fold(letter: str) -> str | None:
    """A code point as it is compared: nothing of a mark, None of what parts words."""
    if letter.isascii():
        return letter.lower() if letter.isalnum() else None
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold()).translate(_LETTERS)
    kept = "".join(each for each in plain if each.isalnum())
    if kept:
        return kept
    return "" if letter == "\u0640" or unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"} else None


NOTHING = Withholding(())
"""Nothing is withheld."""
