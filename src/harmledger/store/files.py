"""Files that are whole or not there: written beside their place, and moved there at the end."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from harmledger.domain import ExportedIncident
from harmledger.errors import NotAllowed
from harmledger.publish.exports.sheets import Sheet


@contextmanager
def writing_to(path: Path) -> Generator[BinaryIO]:
    """A file to write to; where anything fails what was there before stays.

    Raises:
        NotAllowed: it can't be written there.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as e:
        raise NotAllowed(f"the file can't be written ({e.strerror})", str(path), "name another with --out") from e
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def fill_sheets(sheets: Mapping[Path, Sheet], incidents: Iterable[ExportedIncident]) -> None:
    """Write each sheet to its file, all in one walk over the incidents."""
    for _ in filling_sheets(sheets, incidents):
        pass


def filling_sheets(sheets: Mapping[Path, Sheet], incidents: Iterable[ExportedIncident]) -> Iterator[ExportedIncident]:
    """The same, giving each incident on when its rows are written."""
    with ExitStack() as stack:
        files = [(stack.enter_context(writing_to(path)), sheet) for path, sheet in sheets.items()]
        for incident in incidents:
            for file, sheet in files:
                file.write(sheet.add(incident))
            yield incident
        for file, sheet in files:
            file.write(sheet.finish())
