"""Byte streams that never give more than was allowed: gzip unpacked within bounds, lines of bounded length.

Nothing here knows what a report is.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, final

from harmledger.collect.limits import MB, Limits
from harmledger.errors import BadInput

GZIP_MAGIC = b"\x1f\x8b"
CHUNK_BYTES = 1 << 16
_GZIP_WINDOW = 31
"""zlib's window bits for a gzip member with its header and check sum."""


class Readable(Protocol):
    """Whatever gives bytes on demand, none at its end."""

    def read(self, size: int, /) -> bytes | None: ...


@final
class FullReads(io.RawIOBase):
    """A pipe whose reads come back full until it ends, so that its opening can be judged in one look."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        filled = 0
        while filled < len(buffer) and (chunk := self._stream.read(len(buffer) - filled)):
            buffer[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


@final
class BoundedGunzip(io.RawIOBase):
    """Unpacks gzip, member after member, and stops with BadInput at a bomb, a break or an early end."""

    def __init__(self, packed: Readable, *, where: str, limits: Limits) -> None:
        self._packed = packed
        self._where = where
        self._limits = limits
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._pending = b""
        self._bytes_in = 0
        self._bytes_out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        while True:
            if not self._pending and not self._refill():
                return 0
            out = self._unpack(len(buffer))
            if out:
                buffer[: len(out)] = out
                return len(out)

    def _refill(self) -> bool:
        """Reads more packed bytes; False at a proper end, which is the end of a member."""
        self._pending = self._packed.read(CHUNK_BYTES) or b""
        self._bytes_in += len(self._pending)
        if not self._pending and not self._member.eof:
            raise BadInput("the gzip file ends before its content does", self._where, "copy or download it again")
        return bool(self._pending)

    def _unpack(self, size: int) -> bytes:
        if self._member.eof:
            self._member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            out = self._member.decompress(self._pending, size)
        except zlib.error as e:
            raise BadInput(f"the gzip file is damaged ({e})", self._where, "copy or download it again") from e
        self._pending = self._member.unconsumed_tail or self._member.unused_data
        self._bytes_out += len(out)
        self._check_size()
        return out

    def _check_size(self) -> None:
        limits, out = self._limits, self._bytes_out
        if out > limits.expanded_bytes:
            what = f"it unpacks to more than {limits.expanded_bytes // MB:,} MB"
        elif out > limits.expansion_free_bytes and out > self._bytes_in * limits.expansion:
            what = f"it unpacks to more than {limits.expansion} times its size, as no real reports do"
        else:
            return
        raise BadInput(what, self._where, "unpack it yourself and give the parts that you trust")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream without its newline; `whole` is False when it was longer than allowed and only its head is kept."""

    number: int
    content: bytes
    whole: bool


def read_lines(stream: io.BufferedReader, *, longest_bytes: int) -> Iterator[Line]:
    """The lines of a stream, numbered from 1, holding at most one of them in memory."""
    number = 0
    while content := stream.readline(longest_bytes + 2):
        number += 1
        bare = content.removesuffix(b"\n").removesuffix(b"\r")
        whole = len(bare) <= longest_bytes
        if not content.endswith(b"\n"):
            _skip_line(stream)
        yield Line(number, bare if whole else bare[:CHUNK_BYTES], whole)


def _skip_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(CHUNK_BYTES)) and not rest.endswith(b"\n"):
        pass
