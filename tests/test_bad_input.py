"""Whatever is given, the rest is read: a bad report is one sentence in its place, and the exit code tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

GOOD = "Two farmers were killed by a mine near Kirkuk on 3 May 2019, the police said.\n"
FRENCH = "Le ministre a déclaré mercredi que les négociations reprendraient la semaine prochaine à Genève, malgré les combats.\n"
BAD: dict[str, bytes] = {
    "empty": b"",
    "white": b" \n\t\n",
    "binary": bytes(range(256)) * 40,
    "zeros": b"\0" * 5000,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
    "zip": b"PK\x03\x04" + bytes(3000),
    "french": (FRENCH * 5).encode(),
    "fifty megabytes": GOOD.encode() * (50_000_000 // len(GOOD)),
}


def read(*paths: Path) -> tuple[Result, list[dict[str, Any]]]:
    from harmledger.cli import main

    result = CliRunner().invoke(main, ["read", *map(str, paths), "--format", "jsonl", "--no-ledger"])
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", BAD)
def test_a_bad_report_is_refused_in_its_place(tmp_path: Path, name: str) -> None:
    """One sentence that says what and where, a failing exit code, and the good report after it is read."""
    bad, good = written(tmp_path / "a.txt", BAD[name]), written(tmp_path / "b.txt", GOOD)
    result, (refused, record) = read(bad, good)
    assert result.exit_code == 1
    assert refused["error"]["kind"] == "BadInput"
    assert str(bad) in refused["error"]["message"]
    assert "\n" not in refused["error"]["message"]
    assert [c["count"]["low"] for c in record["claims"]] == [2]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere stops nothing else."""
    result, (refused, record) = read(tmp_path / "nowhere.txt", written(tmp_path / "b.txt", GOOD))
    assert result.exit_code == 1
    assert "nowhere.txt" in refused["error"]["message"]
    assert record["claims"]


def test_a_broken_line_is_refused_in_its_place(tmp_path: Path) -> None:
    """Of a file of reports, only the broken lines are lost."""
    lines = [
        json.dumps({"id": "1", "text": GOOD}),
        '{"id": "2", "text": "cut o',
        '{"id": "3"}',
        "[]",
        json.dumps({"id": "5", "text": GOOD}),
    ]
    result, records = read(written(tmp_path / "reports.jsonl", "\n".join(lines)))
    assert result.exit_code == 1
    assert ["error" in r for r in records] == [False, True, True, True, False]
    assert [r["document"]["id"] for r in records if "document" in r] == ["1", "5"]


def test_another_encoding_is_read(tmp_path: Path) -> None:
    """Old encodings, marked or not, come out as the same words."""
    text = (
        "Two farmers were killed near the café “Söze” in Kirkuk on 3 May 2019, the police said – nobody knows why.\n"
        * 3
    )
    _, records = read(*(written(tmp_path / f"{e}.txt", text.encode(e)) for e in ("cp1252", "utf-8-sig", "utf-16")))
    assert [r["document"]["text"].lstrip("\ufeff") for r in records] == [text] * 3


def test_a_page_nested_too_deep_breaks_nothing(tmp_path: Path) -> None:
    """A page of ten thousand nested boxes is read or refused, in a sentence, like any other."""
    page = "<html><body>" + "<div>" * 10_000 + f"<p>{GOOD}</p>" + "</div>" * 10_000 + "</body></html>"
    result, (first, second) = read(written(tmp_path / "a.html", page), written(tmp_path / "b.txt", GOOD))
    assert result.exit_code == ("error" in first)
    assert second["claims"]


def test_a_text_without_claims_is_no_failure(tmp_path: Path) -> None:
    """Most news claims no harm: empty lists, exit code 0."""
    text = "The council will vote on the new bridge on Friday, and the ferry goes on until then.\n"
    result, (record,) = read(written(tmp_path / "a.txt", text))
    assert result.exit_code == 0
    assert record["claims"] == record["statements"] == []
