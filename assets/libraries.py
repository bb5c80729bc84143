"""Fetches the site's libraries from npm: exact versions, held against the hashes in `libraries.toml`, no script of theirs run.

Comes in: `libraries.toml`. Goes out: the files it names, in a folder. Nothing is installed: `npm pack` brings an archive, no more.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LISTED = Path(__file__).with_name("libraries.toml")
MAX_FILE_BYTES = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A package of npm, and what is kept of it."""

    name: str
    version: str
    integrity: str
    licence: str
    files: dict[str, str]
    """From the name in the package to the name it is kept by."""
    append: str = ""
    """Put behind each script, where its build has no exports."""


def read_libraries(listed: Path = LISTED) -> Iterator[Library]:
    """What `libraries.toml` lists."""
    for package in tomllib.loads(listed.read_text(encoding="utf-8"))["package"]:
        yield Library(**package)


def fetch(library: Library, folder: Path) -> Path:
    """The package's archive in `folder`, whose hash is the one listed."""
    command = [
        "npm",
        "pack",
        f"{library.name}@{library.version}",
        "--ignore-scripts",
        "--json",
        "--pack-destination",
        str(folder),
    ]
    packed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    entry = packed[0] if isinstance(packed, list) else next(iter(packed.values()))
    archive = folder / Path(str(entry["filename"])).name
    if integrity(archive.read_bytes()) != library.integrity:
        raise SystemExit(f"{library.name} {library.version} from npm hasn't the hash listed in {LISTED.name}: refused")
    return archive


def integrity(content: bytes) -> str:
    """The hash as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")


def read_member(archive: Path, name: str) -> bytes:
    """A file of the archive, by its name in the package; nothing is unpacked to disk."""
    with tarfile.open(archive) as opened:
        member = opened.extractfile(f"package/{name}")
        if member is None:
            raise SystemExit(f"{archive.name} has no file {name}")
        return member.read(MAX_FILE_BYTES)


def keep(library: Library, archive: Path, folder: Path) -> None:
    """Write the files that are kept; the note of a source map that isn't kept is taken off."""
    for name, kept in library.files.items():
        content = read_member(archive, name)
        if kept.endswith(("js", "css")):
            lines = content.decode("utf-8").rstrip().splitlines(keepends=True)
            content = "".join(line for line in lines if "sourceMappingURL=" not in line).rstrip().encode() + b"\n"
            content += library.append.encode()
        (folder / kept).write_bytes(content)
