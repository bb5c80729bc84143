"""What a user names as inputs: paths, folders, patterns and lists of paths become a list of files, each told from all others.

Opens nothing but folders and lists. Inputs are known by what they are called, and local ones by size and time too, so that a file that was
changed since is read again.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harmledger.errors import BadInput, SourceFailed

ENDINGS = re.compile(r"(?i)\.(?:warc|arc|wacz|jsonl|ndjson|parquet)(?:\.(?:gz|zst))?$")
"""Of a folder's files those that hold many reports."""
_URL = re.compile(r"(?i)([a-z][a-z0-9+.-]+)://")
_WEB = frozenset({"http", "https"})
_BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"})
MOST_LISTED = 10_000_000
"""Lines of a list of paths; all of Common Crawl's news archive are 100,000."""

ReadList = Callable[[str], bytes]
"""Gives a list's bytes by its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file of reports."""

    name: str
    """Its path or address: what its rows are told by."""
    stamp: str = ""
    """Of a local file, its size and when it was last written to."""

    @property
    def id(self) -> str:
        """What its part files are called by."""
        return hashlib.sha256(self.name.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    @property
    def scheme(self) -> str:
        """Of an address, its first word; of a path, none."""
        found = _URL.match(self.name)
        return found[1].lower() if found else ""

    @property
    def is_web(self) -> bool:
        """Whether it is fetched by HTTP."""
        return self.scheme in _WEB

    @property
    def is_bucket(self) -> bool:
        """Whether it lies in an object store."""
        return self.scheme in _BUCKETS


def list_inputs(named: Sequence[str], lists: Sequence[str] = (), *, base: str = "", read: ReadList) -> list[Input]:
    """All inputs in the order named, each once; a folder's and a pattern's sorted.

    `lists` are files, or addresses that `read` gives, with a path or address a line; `base` goes before those that are neither absolute nor an address.

    Raises:
        BadInput: nothing is there, or an address is of no kind that can be read.
        SourceFailed: a list can't be had.
    """
    found = [one for name in named for one in _expand(name)]
    for where in lists:
        found += [one for line in _read_lines(where, read) for one in _expand(_based(line, base))]
    unique = list(dict.fromkeys(found))
    if not unique:
        where = ", ".join((*named, *lists))[:200]
        raise BadInput(
            "there are no files of reports", where, "give .warc, .wacz, .jsonl or .parquet files, or folders of them"
        )
    return [_stamped(name) for name in unique]


def _expand(name: str) -> Iterator[str]:
    scheme = _URL.match(name)
    if scheme:
        if scheme[1].lower() not in _WEB | _BUCKETS:
            raise BadInput(
                f"{scheme[1]}:// is no kind of address that archives are read from",
                name[:200],
                "give a path, https:// or s3://",
            )
        yield name
    elif Path(name).is_dir():
        yield from (str(path) for path in sorted(Path(name).rglob("*")) if path.is_file() and ENDINGS.search(path.name))
    elif Path(name).exists():
        yield name
    elif glob.has_magic(name):
        yield from sorted(path for path in glob.glob(name, recursive=True) if Path(path).is_file())  # noqa: PTH207  a user's pattern may be absolute
    else:
        raise BadInput("there is no such file", name[:200], "check the path")


def _read_lines(where: str, read: ReadList) -> Iterable[str]:
    content = read(where) if _URL.match(where) else _read_file(where)
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    if len(lines) > MOST_LISTED:
        raise BadInput(f"the list has more than {MOST_LISTED:,} lines", where, "cut it into several")
    return [line for line in lines if line and not line.startswith("#")]


def _read_file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as e:
        raise SourceFailed(f"the list can't be read ({e.strerror})", path, "check the path") from e


def _based(line: str, base: str) -> str:
    if not base or _URL.match(line) or line.startswith("/"):
        return line
    return f"{base.rstrip('/')}/{line}"


def _stamped(name: str) -> Input:
    if _URL.match(name):
        return Input(name=name)
    stat = os.stat(name)  # noqa: PTH116  a name, as the user wrote it
    return Input(name=name, stamp=f"{stat.st_size} {stat.st_mtime_ns}")
