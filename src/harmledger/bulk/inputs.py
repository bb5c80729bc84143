"""What a user names as inputs: paths, folders, patterns and lists of paths become a list of files, each told from all others.

Opens nothing but folders and lists. Inputs are known by what they are called, and those that aren't of the web by size and time too, so that one
that was changed since is read again.
"""

from __future__ import annotations

import glob
import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from harmledger.errors import BadInput, HarmledgerError, SourceFailed
from harmledger.reach import Bounds, Stopped, unpack

ENDINGS = re.compile(r"(?i)\.(?:warc|arc|wacz|jsonl|ndjson|parquet)(?:\.(?:gz|zst))?$")
"""Of a folder's files those that hold many reports."""
_URL = re.compile(r"(?i)([a-z][a-z0-9+.-]+)://")
_WEB = frozenset({"http", "https"})
_STORED = re.compile(r"(?i)s3a?://([a-z0-9][a-z0-9._-]{1,254})(?:/(.*))?", re.DOTALL)
_WITH_KEY = re.compile(
    r"(?i)://[^/]*@|[?&](?:x-amz-(?:signature|credential|security-token)|signature|sig|x-goog-signature)="
)
_BUCKETS = frozenset({"s3", "s3a"})
MOST_LISTED = 10_000_000
"""Lines of a list of paths; all of Common Crawl's news archive are 100,000."""
LIST_UNPACKED_BYTES = 1_000_000_000
"""A list of so many lines."""
ASKED_AT_ONCE = 32
"""Objects of a list: a hundred thousand are asked for in minutes."""
_LOG = logging.getLogger("harmledger.bulk")

ReadList = Callable[[str], bytes]
"""Gives a list's bytes by its address."""
FindStored = Callable[[str], "list[Input]"]
"""Gives what an address of an object store means: an object, or all that a pattern or a prefix does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file of reports."""

    name: str
    """Its path or address: what its rows are told by."""
    stamp: str = ""
    """Its size and when it was last written to; empty where nobody was asked."""

    @property
    def id(self) -> str:
        """What its part files are called by."""
        return hashlib.sha256(self.name.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    @property
    def written(self) -> str:
        """Its name as it stands in files, which hold no bytes that are no text."""
        return self.name.encode("utf-8", "replace").decode()

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


def list_inputs(
    named: Sequence[str],
    lists: Sequence[str] = (),
    *,
    base: str = "",
    read: ReadList,
    find: FindStored | None = None,
) -> list[Input]:
    """All inputs in the order named, each once; a folder's and a pattern's sorted.

    `lists` are files, or addresses that `read` gives, with a path or address a line; `base` goes before those that are neither absolute nor an address.
    `find` is asked for what lies in object stores. What is named must be there; what a list names and isn't there fails by itself when it is read.

    Raises:
        BadInput: nothing is there, or an address is of no kind that can be read.
        SourceFailed: a list can't be had, or an object store gives nothing.
    """
    find = find or _find_nothing
    found = [one for name in named for one in _expand(name, find)]
    for where in lists:
        found += _expand_lines([_based(line, base, where) for line in _read_lines(where, read)], find)
    unique = dict[str, Input]()
    for one in found:
        unique.setdefault(one.name, one)
    if not unique:
        where = ", ".join((*named, *lists))[:200]
        raise BadInput(
            "there are no files of reports", where, "give .warc, .wacz, .jsonl or .parquet files, or folders of them"
        )
    return list(unique.values())


def _find_nothing(url: str) -> list[Input]:
    raise BadInput("no object store is asked here", url, "bring the file here")


def _expand(name: str, find: FindStored) -> list[Input]:
    found = find(_check_kind(name)) if Input(name=name).is_bucket else [_stamped(path) for path in _expand_path(name)]
    if not found:
        _LOG.warning("%s: no files of reports are there", name)
    return found


def _expand_lines(names: Sequence[str], find: FindStored) -> list[Input]:
    """What a list's lines mean; where none of them is to be had, why the first isn't is told."""
    troubles: list[HarmledgerError] = []

    def expand(name: str) -> list[Input]:
        try:
            return _expand(name, find)
        except HarmledgerError as e:
            troubles.append(e)
            return [Input(name=name)]

    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        inputs = [one for some in pool.map(expand, names) for one in some]
    if troubles and len(troubles) == len(names):
        raise troubles[0]
    return inputs


def _expand_path(name: str) -> Iterator[str]:
    if _URL.match(name):
        yield _check_kind(name)
    elif Path(name).is_dir():
        yield from (str(path) for path in sorted(Path(name).rglob("*")) if path.is_file() and ENDINGS.search(path.name))
    elif Path(name).exists():
        yield name
    elif glob.has_magic(name):
        yield from sorted(path for path in glob.glob(name, recursive=True) if Path(path).is_file())  # noqa: PTH207  a user's pattern may be absolute
    else:
        raise BadInput("there is no such file", name[:200], "check the path")


def _check_kind(name: str) -> str:
    one = Input(name=name)
    if one.is_bucket:
        split_stored(name)
    elif one.scheme and not one.is_web:
        what = f"{one.scheme}:// is no kind of address that archives are read from"
        raise BadInput(what, name[:200], "give a path, https:// or s3://")
    elif one.is_web and _WITH_KEY.search(name):
        what = "the address has a password or a signature in it, and would stand in all tables"
        raise BadInput(what, _hide_key(name), "give it without, or bring the file here")
    return name


def split_stored(url: str) -> tuple[str, str]:
    """The bucket and the key of `s3://bucket/key`.

    Raises:
        BadInput: it is no such address.
    """
    found = _STORED.fullmatch(url)
    if not found:
        what = "it is no address of an object store"
        raise BadInput(what, _hide_key(url), "give it as s3://bucket/key, and keys by AWS_ACCESS_KEY_ID")
    return found[1], found[2] or ""


def _hide_key(url: str) -> str:
    """As far as nobody can have put a key into it."""
    return re.sub(r"//.*@|\?.*", lambda found: found[0][:2] + "…", url, flags=re.DOTALL)[:200]


def _read_lines(where: str, read: ReadList) -> Iterable[str]:
    content = read(where) if _URL.match(where) else _read_file(where)
    if content[:2] == b"\x1f\x8b":
        try:
            content = unpack(content, "gzip", Bounds(most_bytes=LIST_UNPACKED_BYTES))
        except Stopped as e:
            raise SourceFailed(f"the list can't be unpacked: {e.what}", where, "get it again") from e
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    if len(lines) > MOST_LISTED:
        raise BadInput(f"the list has more than {MOST_LISTED:,} lines", where, "cut it into several")
    return [line for line in lines if line and not line.startswith("#")]


def _read_file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as e:
        raise SourceFailed(f"the list can't be read ({e.strerror})", path, "check the path") from e


def _based(line: str, base: str, where: str) -> str:
    name = f"{base.rstrip('/')}/{line}" if base and not _URL.match(line) and not line.startswith("/") else line
    if _URL.match(where) and not _URL.match(name):
        what = f"the list, which lies elsewhere, names a file of this machine ({line[:100]})"
        raise BadInput(what, where, "say by --base where its paths lead, or bring the list here")
    return _check_kind(name)


def _stamped(name: str) -> Input:
    if _URL.match(name):
        return Input(name=name)
    stat = os.stat(name)  # noqa: PTH116  a name, as the user wrote it
    return Input(name=name, stamp=f"{stat.st_size} {stat.st_mtime_ns}")
