"""An input's reports in their order, as Captures; those that a glance finds not worth reading, and those that can't be taken in, in their places.

Local files are read where they lie; those of the web and of object stores are first brought to a file that goes when the input is done.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from harmledger.bulk.inputs import Input
from harmledger.bulk.parts import load_arrow
from harmledger.collect.decode import decode_bytes
from harmledger.collect.intake import Intake, Origin, make_capture, pass_over, refuse
from harmledger.collect.lines import parse_line
from harmledger.collect.sources import open_stream
from harmledger.domain import Capture, Media, Refused
from harmledger.errors import BadInput, HarmledgerError, SourceFailed

PARQUET_MAGIC = b"PAR1"
ROWS = 64
"""Of a Parquet file that are in memory at a time: a row may be a page of twenty megabytes."""
_GIVEN = ("id", "title", "published", "captured", "text", "html")


@dataclass(slots=True)
class Opened:
    """An input's reports, and how much of its bytes is behind them."""

    reports: Iterator[Capture | Refused]
    size: int
    at: Any
    """Gives the place in the file, in bytes or rows."""

    def share(self) -> float:
        """How much of it is behind, 0 to 1."""
        return min(1.0, self.at() / self.size) if self.size else 1.0


@contextmanager
def open_records(wanted: Input, path: Path, intake: Intake) -> Generator[Opened]:
    """The reports of an input whose bytes lie at `path`.

    Raises:
        SourceFailed: it can't be read.
        BadInput: it is nothing that reports are read from; raised while its reports are asked for, too.
    """
    try:
        size = path.stat().st_size
        raw = path.open("rb", buffering=0)
    except OSError as e:
        raise SourceFailed(f"the file can't be read ({e.strerror})", wanted.name, "check the path and the disk") from e
    with raw:
        if raw.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC:
            yield _open_parquet(path, wanted.name, intake)
        else:
            raw.seek(0)
            yield Opened(_glanced(open_stream(raw, wanted.name, intake, path=path), intake), size, raw.tell)


def _glanced(reports: Iterator[Capture | Refused], intake: Intake) -> Iterator[Capture | Refused]:
    """Looks at what no archive has looked at already: lines, and pages that stand alone."""
    for report in reports:
        if isinstance(report, Refused) or report.provenance or not intake.glance:
            yield report
        else:
            content = report.content if report.media is Media.HTML else report.text.encode()
            reason = intake.glance(content, report.media, None)
            yield pass_over(reason, report.source) if reason else report


def _open_parquet(path: Path, name: str, intake: Intake) -> Opened:
    _, pq = load_arrow()
    try:
        table: Any = pq.ParquetFile(path)
    except (OSError, ValueError) as e:
        raise BadInput(f"it is no whole Parquet file ({e})", name, "write or copy it again") from e
    there = [column for column in _GIVEN if column in table.schema_arrow.names]
    if not {"text", "html"}.intersection(there):
        raise BadInput('it has neither a column "text" nor one "html"', name, "name the columns as docs/bulk.md does")
    behind = [0]
    rows = _read_rows(table, there, name, intake, behind)
    return Opened(_glanced(rows, intake), table.metadata.num_rows, lambda: behind[0])


def _read_rows(
    table: Any, columns: list[str], name: str, intake: Intake, behind: list[int]
) -> Iterator[Capture | Refused]:
    with table:
        for batch in table.iter_batches(batch_size=ROWS, columns=columns):
            for row in batch.to_pylist():
                behind[0] += 1
                yield _take_row(row, f"{name}:{behind[0]}", intake)


def _take_row(row: dict[str, Any], where: str, intake: Intake) -> Capture | Refused:
    """A row as a line of JSON, or as a page, where it has one."""
    page = row.pop("html", None)
    said = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None
    }
    try:
        content = page.encode("utf-8", "replace") if isinstance(page, str) else page
        if content:
            said = {**said, "text": "-"}
        line = json.dumps(said, ensure_ascii=False, default=str).encode("utf-8", "replace")
        _check_size(len(content or line), where, intake)
        report = parse_line(line, where=where)
        text = decode_bytes(content, where=where) if content else report.text
    except HarmledgerError as e:
        return refuse(e, where, str(row.get("id")) if row.get("id") else None)
    origin = Origin(source=where, fetched=intake.now(), given=report.given)
    return make_capture(content or line, text, Media.HTML if content else Media.LINE, origin)


def _check_size(count: int, where: str, intake: Intake) -> None:
    if count > intake.limits.report_bytes:
        raise BadInput(f"it is longer than {intake.limits.report_bytes:,} bytes", where, "cut it into single reports")
