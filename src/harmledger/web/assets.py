"""Files that pages refer to: the style, scripts, the map. Listed once at the start, so that no path leads anywhere else.

`/static/v-HASH/NAME` is kept by browsers for a year; the hash is of all files, so that scripts may load one another by relative names.
`/static/NAME` is asked for again each time, and not sent again where it is unchanged. Parts of files (PMTiles) are served by range.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

FOLDER = Path(__file__).with_name("static")
FOREVER = "public, max-age=31536000, immutable"
PACKED = {"text/css", "text/javascript", "application/json", "image/svg+xml", "text/plain", "application/geo+json"}
"""Kinds that shrink; the others are packed in themselves, or asked for in parts."""
_KINDS = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".pmtiles": "application/octet-stream",
    ".woff2": "font/woff2",
    ".geojson": "application/geo+json",
}


@dataclass(frozen=True)
class Asset:
    """One file."""

    path: Path
    kind: str
    etag: str

    @cached_property
    def packed(self) -> bytes:
        """Its content, gzipped."""
        return gzip.compress(self.path.read_bytes(), compresslevel=9, mtime=0)


@dataclass(frozen=True)
class Assets:
    """All files, by name."""

    files: Mapping[str, Asset]
    version: str

    def url(self, name: str) -> str:
        """Where pages find a file; browsers keep it until any file changes."""
        if name not in self.files:
            raise KeyError(f"no file static/{name}")
        return f"/static/v-{self.version}/{name}"


def load_assets(folder: Path = FOLDER) -> Assets:
    """The files of a folder and those below it; hidden ones and links out of it are left out."""
    files: dict[str, Asset] = {}
    every = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in name.split("/")):
            digest = hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
            files[name] = Asset(path, _kind(path), f'"{digest}"')
            every.update(f"{name}\0{digest}\0".encode())
    return Assets(files, every.hexdigest())


async def send_asset(request: Request) -> Response:
    """One file, whole or a part of it."""
    assets: Assets = request.app.state.site.assets
    name, kept = request.path_params["name"], "no-cache"
    if name.startswith("v-"):
        version, _, name = name.partition("/")
        kept = FOREVER if version == f"v-{assets.version}" else kept
    asset = assets.files.get(name)
    if asset is None:
        raise HTTPException(404)
    return _answer(asset, request, {"etag": asset.etag, "cache-control": kept, "vary": "Accept-Encoding"})


def _answer(asset: Asset, request: Request, headers: dict[str, str]) -> Response:
    asked = request.headers
    if asset.etag in [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if asset.kind in PACKED and "gzip" in asked.get("accept-encoding", "") and "range" not in asked:
        return Response(asset.packed, media_type=asset.kind, headers={**headers, "content-encoding": "gzip"})
    return FileResponse(asset.path, media_type=asset.kind, headers={**headers, "accept-ranges": "bytes"})


def _kind(path: Path) -> str:
    return _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
