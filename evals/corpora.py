"""The marked corpora, which lie outside the checkout, and reading them as a user would.

The reader is handed a report's id, title, days and text, never its marks. The measures are the corpora's own programs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]
GIVEN = ("id", "title", "published", "captured", "text")
ROOT = Path(__file__).resolve().parents[1]


def find_shared() -> Path | None:
    """The folder of the corpora: $HARMLEDGER_SHARED or ../shared; None where there is none."""
    folder = Path(os.environ.get("HARMLEDGER_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data").is_dir() else None


def load_measure(shared: Path, name: str) -> ModuleType:
    """A measuring program of the corpora (`score_claims`, `score_corpora`) as a module."""
    if str(shared) not in sys.path:
        sys.path.append(str(shared))
    return __import__(name)


def load_rows(shared: Path, corpus: str) -> list[Row]:
    """The reports of a corpus with their marks."""
    with gzip.open(shared / "data" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def learnt_from() -> frozenset[str]:
    """The ids of open reports that were marked for training (`training/marks`): they are learnt from, so never measured on."""
    lines = (
        line for path in (ROOT / "training/marks").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    )
    return frozenset(json.loads(line)["doc"] for line in lines)


def given(row: Row) -> Row:
    """What a reader may see of a marked report."""
    return {key: row[key] for key in GIVEN if row.get(key) is not None}


def read_rows(rows: Sequence[Row], *, options: Sequence[str] = ()) -> list[Row]:
    """The records of the reports, one each, in order, by the command that users call."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.jsonl")
        path.write_text("".join(json.dumps(given(r), ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        return read_path(path, options=options)


def read_path(path: Path, *, options: Sequence[str] = ()) -> list[Row]:
    """The records of a file of reports; a report that can't be read gives a record with its error."""
    command = [str(Path(sys.executable).with_name("harmledger")), "read", str(path), "--format", "jsonl", "--no-ledger"]
    result = subprocess.run([*command, *options], capture_output=True, text=True, encoding="utf-8", check=False)
    if not result.stdout:
        raise SystemExit(f"harmledger read gave nothing (exit {result.returncode}): {result.stderr[-2000:]}")
    return [json.loads(line) for line in result.stdout.split("\n") if line.strip()]


def is_held(row: Row) -> bool:
    """Whether a report is in the half of its corpus that nobody looks at while building: by its id's hash, so for good."""
    return hashlib.sha256(str(row["id"]).encode()).digest()[0] % 2 == 1
