"""A table of victims is read as it stands, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmledger.collect import victims
from harmledger.collect.victims import read_victims
from harmledger.errors import BadInput


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_cells_stand_as_they_are(tmp_path: Path, mark: str) -> None:
    """Whatever a spreadsheet sets between them, whatever mark it begins with and empty rows it ends with."""
    path = tmp_path / "x.csv"
    path.write_text(f"\ufeffperson{mark}A{mark}B\np1{mark}1{mark}\n{mark}{mark}\n\n", encoding="utf-8")
    assert read_victims(path) == (["person", "A", "B"], [["p1", "1", ""]])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "it is empty", id="empty"),
        pytest.param(b"person,A\n\xff,1\n", "not UTF-8", id="no text"),
        pytest.param(b'person,A\n"p,1\n', "damaged", id="a quote left open"),
        pytest.param(b"person,A\n" + b"p,1\n" * 50, "more than 0 MB", id="too large"),
    ],
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    """Without a trace, and before it fills the memory."""
    monkeypatch.setattr(victims, "MAX_BYTES", 100)
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        read_victims(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """In words."""
    with pytest.raises(BadInput, match="can't be opened"):
        read_victims(tmp_path / "none.csv")
