"""Console blocks of the docs are read and compared as a reader would."""

from __future__ import annotations

import pytest
from console import Console, Step, matches, parse_steps


def test_a_block_is_commands_and_what_they_print() -> None:
    """Each command ends where the next prompt stands; a backslash carries it on."""
    block = "$ one\nfirst\n$ two \\\n    three\n$ four\n\nlast\n"
    assert list(parse_steps(block)) == [
        Step("one", "first\n"),
        Step("two \\\n    three", ""),
        Step("four", "\nlast\n"),
    ]


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\nb\n", "a\nb", True),
        ("a\nb\n", "a\nc", False),
        ("a\n...\nd\n", "a\nb\nc\nd", True),
        ("a\n...\n", "a", True),
        ("in ... ms\n", "in 12 ms", True),
        ("in ... ms\n", "in 12 s", False),
        ("a.c\n", "abc", False),
        ("a\n", "a\nb", False),
    ],
)
def test_dots_stand_for_anything(expected: str, printed: str, same: bool) -> None:
    """Three dots are any words of a line or any lines; everything else is itself."""
    assert matches(expected, printed) is same


def test_commands_share_a_folder_with_the_examples() -> None:
    """What one command leaves, the next one finds; the examples are there."""
    console = Console()
    try:
        console.run("echo kept > file")
        assert console.run("cat file; ls") == "kept\nexamples\nfile"
    finally:
        console.close()
