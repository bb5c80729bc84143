"""Releases that the publisher put into a folder: found by their checksums' files, and sent by names in that list alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from harmledger.web.site import Site

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([\w.][\w./-]*)")
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFile:
    """A file of a release."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRelease:
    """A release and its files."""

    version: str
    files: Sequence[ReleasedFile]


def list_releases(folder: str) -> list[ListedRelease]:
    """The releases in a folder, the latest made first; none where no folder is named."""
    if not folder:
        return []
    sums = sorted(Path(folder).glob(f"*/{SUMS}"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [ListedRelease(version=path.parent.name, files=_list_files(path)) for path in sums]


def _list_files(sums: Path) -> list[ReleasedFile]:
    """Files that the sums name and that lie in the release itself."""
    release = sums.parent.resolve()
    found: list[ReleasedFile] = []
    for line in sums.read_text(encoding="utf-8").splitlines()[:MOST_LINES]:
        if match := _LINE.fullmatch(line):
            path = (release / match[2]).resolve()
            if path.is_relative_to(release) and path.is_file():
                found.append(ReleasedFile(name=match[2], sha256=match[1], bytes=path.stat().st_size))
    return found


def send_released(request: Request) -> Response:
    """A file of a release; its name is looked up in the list, never joined to a path as it comes."""
    site: Site = request.app.state.site
    version, name = request.path_params["version"], request.path_params["name"]
    for release in list_releases(site.config.site_releases):
        for file in release.files:
            if (release.version, file.name) == (version, name):
                path = Path(site.config.site_releases) / version / name
                headers = {"x-content-sha256": file.sha256}
                return FileResponse(path, filename=Path(name).name, headers=headers)
    raise HTTPException(404)
