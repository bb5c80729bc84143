"""A release in a folder: written aside, checked, and only then moved to its place.

    DIR/VERSION/data/*.csv, *.parquet, incidents.geojson · data-dictionary.md · datapackage.json · CITATION.cff · CHANGES.md, changes.json · SHA256SUMS

The same incidents and the same `made` give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmledger.domain import ExportedIncident
from harmledger.errors import BadInput, Inconsistent, NotAllowed
from harmledger.publish.exports.geojson import render_geojson
from harmledger.publish.exports.own import OWN
from harmledger.publish.exports.parquet import has_parquet
from harmledger.publish.exports.sheets import Sheet, open_sheet
from harmledger.publish.release.changes import Known, find_changes, read_known, render_changes
from harmledger.publish.release.checks import Checks, TextOf
from harmledger.publish.release.describe import (
    DataFile,
    Released,
    render_checksums,
    render_citation,
    render_datapackage,
    render_dictionary,
)
from harmledger.publish.wording import render_json
from harmledger.store.files import filling_sheets, writing_to

SUMS = "SHA256SUMS"
SHOWN_FAULTS = 5
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a release came to."""

    folder: Path
    incidents: int
    since: str | None
    added: int
    gone: int
    changed: int


def make_release(folder: Path, released: Released, incidents: Iterable[ExportedIncident], text_of: TextOf) -> Outcome:
    """Make DIR/VERSION; where a check fails nothing is left behind.

    Raises:
        BadInput: the version can't be a folder's name or is there already, or the last release was changed.
        Inconsistent: a check failed.
        NotAllowed: the folder can't be written.
    """
    place = _find_place(folder, released.version)
    before = read_last(folder)
    aside = _make_aside(folder)
    try:
        now = _write_tables(aside, incidents, Checks(text_of), released.version)
        changes = find_changes(before, now)
        _describe(aside, released, changes)
        aside.chmod(0o755)
        aside.rename(place)
    except OSError as e:
        raise NotAllowed(f"the release can't be written ({e.strerror})", str(folder), "name another folder") from e
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    counted = {name: len(changes[name]) for name in ("added", "gone")}
    changed = len({each["incident_id"] for each in changes["figures"]})
    return Outcome(folder=place, incidents=len(now.totals), since=changes["since"], changed=changed, **counted)


def read_last(folder: Path) -> Known | None:
    """What the folder's last release says, if there is one: the one that was made last.

    Raises:
        BadInput: its files aren't as they were released.
    """
    last = max(folder.glob(f"*/{SUMS}"), key=lambda sums: (_made(sums.parent), sums.parent.name), default=None)
    if last is None:
        return None
    release = last.parent
    for line in last.read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        if not (release / path).is_file() or _describe_file(release, release / path).sha256 != digest:
            raise BadInput(f"{path} isn't as it was released", str(release), "restore it, or move that release away")
    tables = (release / "data" / f"{name}.csv" for name in ("incidents", "totals"))
    lines = [path.read_text(encoding="utf-8").splitlines(keepends=True) for path in tables]
    return read_known(release.name, *lines)


def _made(release: Path) -> str:
    found = re.search(r'"created": "([^"]+)"', (release / "datapackage.json").read_text(encoding="utf-8"))
    return found[1] if found else ""


def _find_place(folder: Path, version: str) -> Path:
    if not _VERSION.fullmatch(version):
        raise BadInput("a version is letters, digits, dots and dashes", version[:80], "give another with --version")
    if (folder / version).exists():
        raise BadInput("this version is there already", str(folder / version), "give another with --version")
    return folder / version


def _make_aside(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    except OSError as e:
        raise NotAllowed(f"the folder can't be written ({e.strerror})", str(folder), "name another folder") from e


def _write_tables(aside: Path, incidents: Iterable[ExportedIncident], checks: Checks, version: str) -> Known:
    """Every table and the features, in one walk that checks each incident; gives what is known of them."""
    now, faults = Known(version=version), _Faults()
    sheets: dict[Path, Sheet] = {
        aside / "data" / f"{table.name}.{form}": open_sheet(table, form)
        for form in ("csv", "parquet")[: 1 + has_parquet()]
        for table in OWN
    }
    checked = faults.collect(incidents, checks, now)
    with writing_to(aside / "data" / "incidents.geojson") as features:
        for piece in render_geojson(filling_sheets(sheets, checked)):
            features.write(piece.encode(errors="replace"))
    faults.refuse()
    return now


class _Faults:
    """Faults met on the walk: the first of them are told."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def collect(self, incidents: Iterable[ExportedIncident], checks: Checks, now: Known) -> Iterator[ExportedIncident]:
        for incident in incidents:
            self._found.extend(checks.check(incident))
            now.add(incident)
            yield incident

    def refuse(self) -> None:
        if self._found:
            some = "; ".join(self._found[:SHOWN_FAULTS])
            more = f"; and {len(self._found) - SHOWN_FAULTS} more" if len(self._found) > SHOWN_FAULTS else ""
            what = f"nothing is released, since a check failed: {some}{more}"
            raise Inconsistent(what, "the release", "mend the ledger, or report it with the ids")


def _describe(aside: Path, released: Released, changes: dict[str, Any]) -> None:
    data = [_describe_file(aside, path) for path in sorted((aside / "data").iterdir())]
    texts = {
        "datapackage.json": render_datapackage(released, data),
        "data-dictionary.md": render_dictionary(released),
        "CITATION.cff": render_citation(released),
        "CHANGES.md": render_changes(changes, released.version),
        "changes.json": render_json(changes) + "\n",
    }
    for name, text in texts.items():
        (aside / name).write_bytes(text.encode(errors="replace"))
    every = [*data, *(_describe_file(aside, aside / name) for name in texts)]
    (aside / SUMS).write_bytes(render_checksums(every).encode())


def _describe_file(root: Path, path: Path) -> DataFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DataFile(path=path.relative_to(root).as_posix(), size=path.stat().st_size, sha256=digest)
