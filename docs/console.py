"""Console blocks of the docs: commands after `$ `, what they print below; run for real, in a folder of their own.

A line `...` among the expected ones stands for any lines, and `...` within a line for any words.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = "118"
PROMPT = "$ "


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what the page says that it prints."""

    command: str
    expected: str


def parse_steps(block: str) -> Iterator[Step]:
    """The steps of a block, in order."""
    for chunk in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
        command, _, expected = chunk.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command += "\n" + more
        yield Step(command, expected)


class Console:
    """A shell in a folder that holds the examples and nothing else; closing removes it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        Path(self._folder.name, "examples").symlink_to(ROOT / "examples")

    def run(self, command: str) -> str:
        """What a command prints, both streams together, without spaces at the ends of lines."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {
            **os.environ,
            "PATH": path,
            "COLUMNS": COLUMNS,
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
        }
        result = subprocess.run(
            ["bash", "-c", f"{command}\n"],
            cwd=self._folder.name,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        if "bash: -c: line" in result.stdout:
            raise ValueError(f"the shell can't read this command: {command}")
        return "".join(f"{line.rstrip()}\n" for line in result.stdout.split("\n")).strip("\n")

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()


def matches(expected: str, printed: str) -> bool:
    """Whether a page's output is what was printed, given its wildcards."""
    lines = [r"(?:.*\n)*?" if line.strip() == "..." else _line(line) for line in expected.strip("\n").split("\n")]
    return re.fullmatch("".join(lines), printed.strip("\n") + "\n") is not None


def _line(line: str) -> str:
    return ".*?".join(re.escape(piece) for piece in line.rstrip().split("...")) + r"[ ]*\n"
