"""A packaged web archive (WACZ): its WARCs, each held to the digest that the package states of it.

Comes in: a ZIP file. Goes out: the reports of its WARCs in the order of their names. Nothing is written anywhere: the paths in it are labels.

Source: https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import logging
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast, final

from harmledger.collect.archives.codecs import PIECE_BYTES
from harmledger.collect.archives.digests import is_digest
from harmledger.collect.archives.reports import Archive, open_warc
from harmledger.collect.intake import Intake, refuse
from harmledger.collect.limits import MB, Limits
from harmledger.collect.streams import FullReads
from harmledger.domain import Capture, Refused
from harmledger.errors import BadInput, HarmledgerError, Inconsistent

DATAPACKAGE = "datapackage.json"
DATAPACKAGE_DIGEST = "datapackage-digest.json"
_WARC = re.compile(r"archive/[^/]+\.warc(?:\.gz|\.zst)?")
_PACKED_WITHIN = re.compile(r"(?i).+\.wacz")
_LOCAL_HEAD = struct.Struct("<4s22xHH")
_AGAIN = "get the package again from where it is kept"
_LOG = logging.getLogger("harmledger.collect")

Stated = dict[str, str]
"""Digests by path, as the package states them."""


def open_wacz(source: str, intake: Intake, *, path: Path | None = None) -> Iterator[Capture | Refused]:
    """Each report of the package, which lies at `path` where its source isn't one; a WARC that isn't what its digest was made of is refused whole.

    Raises:
        BadInput: it is no WACZ, is damaged, or a bomb.
        Inconsistent: what it says of its files was changed.
    """
    with _told_plainly(source), (path or Path(source)).open("rb") as file, zipfile.ZipFile(file) as package:
        warcs = _list_warcs(package, source, intake.limits)
        stated = _read_stated(package, source, intake.limits)
        if not stated:
            _LOG.warning("%s: it states no digests of its files; they are read unchecked", source)
        for info in warcs:
            yield from _open_member(package, info, stated.get(info.filename), source=source, intake=intake)


def _open_member(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str | None, *, source: str, intake: Intake
) -> Iterator[Capture | Refused]:
    name = f"{source}/{info.filename}"
    try:
        _check_bomb(info, name, intake.limits)
        _check_digest(package, info, digest, name)
        reopen = _reopener(package, info, package.filename or source)
        raw = reopen() if reopen else io.BufferedReader(FullReads(package.open(info)), PIECE_BYTES)
        with raw:
            yield from open_warc(Archive(name, raw, reopen, sha256=digest), intake)
    except HarmledgerError as e:
        yield refuse(e, name)


def _list_warcs(package: zipfile.ZipFile, path: str, limits: Limits) -> list[zipfile.ZipInfo]:
    infos = package.infolist()
    if len(infos) > limits.package_entries:
        raise BadInput(f"it has more than {limits.package_entries:,} files in it", path, "give its WARCs")
    twice = [name for name, count in Counter(info.filename for info in infos).items() if count > 1]
    if twice:
        raise Inconsistent(f"it holds two files of one name ({twice[0][:80]})", path, _AGAIN)
    warcs = sorted((info for info in infos if _WARC.fullmatch(info.filename)), key=lambda info: info.filename)
    if warcs:
        return warcs
    if any(_PACKED_WITHIN.fullmatch(info.filename) for info in infos):
        raise BadInput("it is a package of packages", path, "unpack it and give the .wacz files in it")
    raise BadInput(
        "it is a ZIP archive or an office document, not a web archive", path, "unpack it and give what is in it"
    )


def _check_bomb(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """Hold a file to what it says it unpacks to; more than that isn't read of it."""
    too_dense = info.file_size > limits.expansion_free_bytes and info.file_size > info.compress_size * limits.expansion
    if too_dense or info.file_size > limits.expanded_bytes:
        raise BadInput("it unpacks to more than any web archive does", name, "leave it, or unpack it yourself")


def _check_digest(package: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str | None, name: str) -> None:
    if not digest:
        return
    if not digest.lower().startswith("sha256:"):
        _LOG.warning("%s: its digest is of a kind that isn't known; it is read unchecked", name)
        return
    if not is_digest(digest, _hash_file(package, info)):
        what = "it is not the file that the package's digest was made of: it was changed or damaged"
        raise Inconsistent(what, name, _AGAIN)


def _hash_file(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The file's digest, such as it is: where its packing is damaged, of as much as there is."""
    hashed = hashlib.sha256()
    try:
        with package.open(info) as file:
            while piece := file.read(PIECE_BYTES):
                hashed.update(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        hashed.update(b"damaged")
    return hashed.digest()


# --- what a package says of itself -----------------------------------------------------------------------------------


def _read_stated(package: zipfile.ZipFile, path: str, limits: Limits) -> Stated:
    """The digests of the package's files; none where it states none.

    Raises:
        BadInput: they can't be read.
        Inconsistent: the list of them was changed.
    """
    content = _read_small(package, DATAPACKAGE, path, limits)
    if content is None:
        return {}
    signed = _parse_object(
        _read_small(package, DATAPACKAGE_DIGEST, path, limits) or b"{}", f"{path}/{DATAPACKAGE_DIGEST}"
    )
    digest = signed.get("hash")
    if isinstance(digest, str) and not is_digest(digest, hashlib.sha256(content).digest()):
        what = f"its {DATAPACKAGE} is not the one that {DATAPACKAGE_DIGEST} was made of: it was changed or damaged"
        raise Inconsistent(what, path, _AGAIN)
    resources = _parse_object(content, f"{path}/{DATAPACKAGE}").get("resources")
    stated: Stated = {}
    for resource in cast("list[Any]", resources) if isinstance(resources, list) else []:
        match resource:
            case {"path": str(name), "hash": str(digest)}:
                stated[name] = digest
            case _:
                pass
    return stated


def _read_small(package: zipfile.ZipFile, name: str, path: str, limits: Limits) -> bytes | None:
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    if info.file_size > limits.package_list_bytes:
        raise BadInput(f"its {name} is longer than {limits.package_list_bytes // MB} MB", path, "give its WARCs")
    return package.read(info)


def _parse_object(content: bytes, where: str) -> dict[str, Any]:
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError) as e:
        raise BadInput("it is broken JSON", where, _AGAIN) from e
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


# --- a file within ---------------------------------------------------------------------------------------------------


@final
class _Window(io.RawIOBase):
    """A stretch of a file as a file: what is stored in a ZIP without being packed can be read from anywhere."""

    def __init__(self, path: str, start: int, size: int) -> None:
        self._file = Path(path).open("rb", buffering=0)  # noqa: SIM115  closed with this
        self._start, self._size, self._at = start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._file.seek(self._start + self._at)
        piece = self._file.read(max(0, min(len(buffer), self._size - self._at))) or b""
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()


def _reopener(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, path: str
) -> Callable[[], io.BufferedReader[Any]] | None:
    """How a file of the package is opened at any place, where it isn't packed."""
    if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
        return None
    package.open(info).close()  # its head within is looked at: it is there and of the same name
    with Path(path).open("rb") as file:
        file.seek(info.header_offset)
        _, name_bytes, extra_bytes = _LOCAL_HEAD.unpack(file.read(_LOCAL_HEAD.size))
    start = info.header_offset + _LOCAL_HEAD.size + name_bytes + extra_bytes
    return lambda: io.BufferedReader(_Window(path, start, info.file_size), PIECE_BYTES)


@contextmanager
def _told_plainly(path: str) -> Generator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as e:
        raise BadInput(f"the package is damaged ({e})", path, _AGAIN) from e
    except OSError as e:
        if e.errno != errno.EINVAL:
            raise
        raise BadInput("the package names places outside of itself", path, _AGAIN) from e
    except (NotImplementedError, RuntimeError) as e:
        raise BadInput(f"it is packed in a way that can't be undone ({e})", path, "give its WARCs") from e
    except (ValueError, OverflowError, MemoryError) as e:
        raise BadInput(f"the package makes no sense ({e})", path, _AGAIN) from e
