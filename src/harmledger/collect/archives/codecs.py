"""What archives are packed with, undone piece by piece: gzip, deflate, zstd and brotli, none of which may give more at a time than is asked for.

Comes in: packed bytes. Goes out: bytes, or Damaged. Holds no whole archive.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Any, Protocol, cast, final

import brotli

from harmledger.collect.limits import MB, Limits

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE_BYTES = 1 << 16
ZSTD_WINDOW_LOG = 27
"""A frame may look back 128 MB, as zstd's own programs allow it; more is asked for by those who want memory to run out."""
MAX_LAYERS = 3
"""Servers pack once, and twice by mistake; what is packed more often is a bomb."""
ANY_GZIP, ZLIB, RAW = 31, 15, -15
"""zlib's window bits for a gzip member, a zlib stream and a bare one."""
_BROTLI_ERROR = cast("type[Exception]", brotli.error)


class Damaged(Exception):
    """What was found wrong in an archive, in words; the reader above says where, and what to do."""


class Codec(Protocol):
    """Undoes one packed member."""

    @property
    def ended(self) -> bool: ...

    def feed(self, packed: bytes, most: int) -> tuple[bytes, bytes]:
        """Up to about `most` bytes, and what of `packed` is left; call again with that, or with more when both are empty."""
        ...


Open = Callable[[], Codec]


@final
class Inflate:
    """gzip, or deflate with or without its head."""

    def __init__(self, window: int = ANY_GZIP) -> None:
        self._member = zlib.decompressobj(window)

    @property
    def ended(self) -> bool:
        return self._member.eof

    def feed(self, packed: bytes, most: int) -> tuple[bytes, bytes]:
        try:
            out = self._member.decompress(packed, most)
        except zlib.error as e:
            raise Damaged(f"the packed bytes are damaged ({e})") from e
        return out, self._member.unused_data if self._member.eof else self._member.unconsumed_tail


@final
class Zstd:
    """A zstd frame, packed with a dictionary or without."""

    def __init__(self, dictionary: zstd.ZstdDict | None = None) -> None:
        options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
        self._frame = zstd.ZstdDecompressor(zstd_dict=dictionary, options=options)

    @property
    def ended(self) -> bool:
        return self._frame.eof

    def feed(self, packed: bytes, most: int) -> tuple[bytes, bytes]:
        try:
            out = self._frame.decompress(packed, most)
        except zstd.ZstdError as e:
            raise Damaged(f"the packed bytes are damaged ({e})") from e
        return out, self._frame.unused_data if self._frame.eof else b""


@final
class Brotli:
    """A brotli stream."""

    def __init__(self) -> None:
        self._stream: Any = brotli.Decompressor()  # pyright: ignore[reportUnknownMemberType]  it ships no types

    @property
    def ended(self) -> bool:
        return self._stream.is_finished()

    def feed(self, packed: bytes, most: int) -> tuple[bytes, bytes]:
        try:
            return self._stream.process(packed, output_buffer_limit=most), b""
        except _BROTLI_ERROR as e:
            raise Damaged(f"the packed bytes are damaged ({e})") from e


def unpack_body(body: bytes, codings: str, limits: Limits) -> bytes:
    """A body as its `Content-Encoding` says it was packed, from the last coding to the first.

    One that isn't packed as it says stays as it is: many archives unpack what they keep, and leave the head as it was.

    Raises:
        Damaged: it is packed in a way that can't be undone, is damaged, or unpacks to more than a report has.
    """
    layers = [name for one in codings.lower().split(",") if (name := one.strip()) not in {"", "identity"}]
    if len(layers) > MAX_LAYERS:
        raise Damaged("it is packed over and over")
    for name in reversed(layers):
        body = _undo(body, name, limits)
    return body


def check_expansion(packed: int, unpacked: int, limits: Limits) -> None:
    """Stop at what no report unpacks to.

    Raises:
        Damaged: it is a bomb.
    """
    if unpacked > limits.expansion_free_bytes and unpacked > packed * limits.expansion:
        raise Damaged(f"it unpacks to more than {limits.expansion} times its size, as no real reports do")


def _undo(body: bytes, name: str, limits: Limits) -> bytes:
    match name:
        case "gzip" | "x-gzip":
            return _all_of(body, Inflate, limits) if body.startswith(b"\x1f\x8b") else body
        case "deflate":
            return _all_of(body, lambda: Inflate(ZLIB if _has_zlib_head(body) else RAW), limits)
        case "zstd":
            return _all_of(body, Zstd, limits) if body.startswith(b"\x28\xb5\x2f\xfd") else body
        case "br":
            return body if body.lstrip()[:1] == b"<" else _all_of(body, Brotli, limits)
        case _:
            raise Damaged(f"it is packed in a way that isn't known ({name[:20]!r})")


def _all_of(body: bytes, opened: Open, limits: Limits) -> bytes:
    """The members of a body; what follows the last one and is none is passed over, as browsers do."""
    out, rest = bytearray(), body
    while rest and (not out or rest.startswith(body[:2])):
        codec = opened()
        while not codec.ended:
            piece, rest = codec.feed(rest, PIECE_BYTES)
            out += piece
            check_expansion(len(body), len(out), limits)
            if len(out) > limits.report_bytes:
                raise Damaged(f"it unpacks to more than {limits.report_bytes // MB} MB")
            if not piece and not rest and not codec.ended:
                raise Damaged("it ends before what is packed in it does")
    return bytes(out)


def _has_zlib_head(body: bytes) -> bool:
    """Servers send deflate with and without zlib's head. Source: RFC 1950, 2.2."""
    return len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
