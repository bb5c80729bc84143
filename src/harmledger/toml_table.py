"""Values out of a table of a user's TOML file, each mistake told in one sentence that says what, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, cast

from harmledger.errors import BadInput

Choice = TypeVar("Choice", bound=StrEnum)


class TomlTable:
    """One table, and where it stands."""

    def __init__(self, said: object, where: str, *, known: Sequence[str]) -> None:
        """Raises BadInput where it is no table, or holds what isn't known."""
        if not isinstance(said, dict):
            raise BadInput("it is no table", where, "write it as the example in the documentation has it")
        self.said, self.where = cast("Mapping[str, object]", said), where
        for name in self.said:
            if name not in known:
                meant = get_close_matches(name, known, 1)
                remedy = f"did you mean {meant[0]}?" if meant else f"use {', '.join(known)}"
                raise BadInput(f"nothing is called {name!r}", where, remedy)

    def refuse(self, name: str, remedy: str) -> BadInput:
        """What is raised of a value that makes no sense."""
        return BadInput(f"{name} can't be {self.said.get(name)!r}", self.where, remedy)

    def tables(self, name: str) -> Sequence[tuple[object, str]]:
        """The tables of an array of them, each with where it stands."""
        value = self.said.get(name, [])
        if not isinstance(value, list):
            raise BadInput(f"{name} is no list of tables", self.where, f"write each as [[{name}]]")
        return [(each, f"{self.where}, {name} {n}") for n, each in enumerate(cast("list[object]", value), 1)]

    def needed(self, name: str) -> str:
        """Words that must be there."""
        value = self.find(name)
        if not value:
            raise BadInput(f"it has no {name}", self.where, f'add {name} = "…"')
        return value

    def find(self, name: str) -> str | None:
        """Words that may be there."""
        value = self.said.get(name)
        if value is not None and not isinstance(value, str):
            raise self.refuse(name, "write it in quotes")
        return value.strip() if value else None

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words, or one alone."""
        value = self.said.get(name, [])
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values):
            raise self.refuse(name, "write a list of words in quotes")
        return tuple(cast("list[str]", values))

    def whole(self, name: str, *, most: int, usual: int) -> int:
        """A whole number from one up."""
        value = self.said.get(name, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise self.refuse(name, f"give a whole number from 1 to {most:,}")
        return value

    def choice(self, name: str, options: type[Choice]) -> Choice | None:
        """One of several words."""
        value = self.find(name)
        if value is not None and value not in list(options):
            raise self.refuse(name, f"say one of {', '.join(options)}")
        return options(value) if value is not None else None


def check_apart(values: Iterable[str], what: str, where: str) -> None:
    """Pass where no two are the same.

    Raises:
        BadInput: two are.
    """
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise BadInput(f"two have the {what} {value!r}", where, "leave one out, or write it otherwise")
        seen.add(value)
