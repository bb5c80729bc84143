"""What stands on a terminal: text in columns that fits its width, with right-to-left words kept in their place.

Comes in: what is to be shown, its words already safe to print (see `wording`). Goes out: text. What is told is decided in `tables` and
`explain`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.publish.wording import ISOLATE, ISOLATE_END, RIGHT_TO_LEFT

LEFT_TO_RIGHT_MARK = "\u200e"
_RULES = re.compile("([│┃])")
_CELL = re.compile(r"(?P<before>(?:\s|\x1b\[[\d;]*m)*)(?P<words>.*?)(?P<after>(?:\s|\x1b\[[\d;]*m)*)", re.DOTALL)
"""A cell of one line: its words between blanks and colours."""


def show(renderable: RenderableType, *, width: int, color: bool) -> str:
    """The text of what is to be shown, no line wider than the terminal."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=color, color_system="standard" if color else None, legacy_windows=False
    )
    console.print(renderable)
    return "".join(_hold_directions(out.getvalue().splitlines(keepends=True)))


def grid(fields: Mapping[str, str]) -> Table:
    """Names and values of the fields that are stated."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields.items():
        if value:
            table.add_row(name, Text(value))
    return table


def _hold_directions(lines: Iterable[str]) -> Iterator[str]:
    """Right-to-left words closed off in every line and cell they are wrapped into, so that no terminal reorders what is beside them."""
    isolated: set[int] = set()
    for line in lines:
        cells = _RULES.split(line)
        held = [_hold_cell(cell, column, isolated) for column, cell in enumerate(cells)]
        yield "".join(map(_mark, held)) if RIGHT_TO_LEFT.search(line) else "".join(held)


def _hold_cell(cell: str, column: int, isolated: set[int]) -> str:
    """An isolate that runs on from the line above is opened again, and one that runs on to the next line closed here."""
    found = _CELL.fullmatch(cell) if column in isolated or ISOLATE in cell else None
    if found is None or not found["words"]:
        return cell
    opened = ISOLATE * (column in isolated)
    words = opened + found["words"]
    still_open = words.count(ISOLATE) > words.count(ISOLATE_END)
    (isolated.add if still_open else isolated.discard)(column)
    return f"{found['before']}{words}{ISOLATE_END * still_open}{found['after']}"


def _mark(cell: str) -> str:
    """A rule between two marks, which hold the cells beside it apart."""
    return f"{LEFT_TO_RIGHT_MARK}{cell}{LEFT_TO_RIGHT_MARK}" if _RULES.fullmatch(cell) else cell
