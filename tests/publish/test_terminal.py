"""Right-to-left words keep their place on a terminal, line by line and cell by cell."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from harmledger.publish.terminal import grid, show
from harmledger.publish.wording import ISOLATE, ISOLATE_END, isolate, isolate_words

ARABIC = "قتل خمسة مدنيين على الأقل بينهم طفلان وامرأة وأصيب أكثر من عشرة آخرين بجروح"


def unmatched(line: str) -> int:
    """Isolates of a line that aren't closed in it, or closed before they are opened."""
    depth = wrong = 0
    for letter in line:
        depth += (letter == ISOLATE) - (letter == ISOLATE_END)
        wrong += depth not in (0, 1)
    return wrong + depth


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [20, 40, 100])
def test_wrapped_words_are_isolated_in_every_line(width: int, color: bool) -> None:
    """However the words are wrapped and coloured, each line opens and closes its own isolates, and is no wider for it."""
    styled = Text.assemble(ISOLATE, ("قتل ", "bold"), (ARABIC, "underline"), ISOLATE_END, " killed")
    lines = show(styled, width=width, color=color).splitlines()
    with_arabic = [line for line in lines if any("\u0600" <= letter <= "\u06ff" for letter in line)]
    assert with_arabic
    assert all(ISOLATE in line for line in with_arabic)
    assert [unmatched(line) for line in lines] == [0] * len(lines)
    assert color or max(map(cell_len, lines)) <= width


def test_cells_side_by_side_are_isolated_apart() -> None:
    """An isolate never reaches over a rule into the next cell."""
    table = Table("one", "two", width=50)
    table.add_row(isolate(ARABIC), isolate(ARABIC))
    for line in show(table, width=50, color=False).splitlines():
        assert [unmatched(cell) for cell in line.split("│")] == [0] * len(line.split("│"))


def test_blanks_stay_outside() -> None:
    """The blanks that fill a column stand outside the isolate: inside they would push the words to the other side."""
    lines = show(grid({"quote": isolate(ARABIC)}), width=30, color=False).splitlines()
    assert len(lines) > 2
    for line in lines:
        assert line.strip().removeprefix("quote ").startswith(ISOLATE)
        assert f" {ISOLATE_END}" not in line


def test_english_is_left_as_it_is() -> None:
    """Where nothing is written from right to left, no mark is set."""
    printed = show(grid({"place": isolate("Raqqa, SY"), "actor": ""}), width=40, color=False)
    assert printed.isascii()
    assert "actor" not in printed


def test_only_the_foreign_words_of_an_english_line_are_set_apart() -> None:
    """Of a line that is English but for some names, each of them is isolated."""
    assert (
        isolate_words("الحراك (suspected), via سانا")
        == f"{ISOLATE}الحراك{ISOLATE_END} (suspected), via {ISOLATE}سانا{ISOLATE_END}"
    )
