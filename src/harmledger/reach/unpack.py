"""Bodies as they came → what they hold, within bounds: a few bytes that become many are given up before they are many.

Knows gzip and deflate, which the standard library unpacks piece by piece; nothing else is asked for.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from harmledger.domain import FetchOutcome
from harmledger.reach.stopped import Stopped

CODINGS = "gzip, deflate"
"""What servers are told that they may pack a page with."""
MOST_LAYERS = 2
"""Servers that pack twice by mistake are met; three times, an attack."""
_PIECE_BYTES = 1 << 16
_ANY_GZIP, _ZLIB, _RAW = 31, 15, -15


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a body may unpack."""

    most_bytes: int
    expansion: int = 200
    """Pages pack 3 to 20 times, and those of nothing but white space 100; a bomb 1,000."""
    expansion_free_bytes: int = 2_000_000
    """Below this size `expansion` isn't looked at."""

    def check(self, packed: int, unpacked: int) -> None:
        """Stop at what no page is.

        Raises:
            Stopped: it is a bomb, or too large.
        """
        if unpacked > self.expansion_free_bytes and unpacked > packed * self.expansion:
            what = f"it unpacks to more than {self.expansion} times its size, as no page does"
            raise Stopped(FetchOutcome.BOMB, what, "leave it")
        if unpacked > self.most_bytes:
            what = f"it unpacks to more than {self.most_bytes:,} bytes"
            raise Stopped(FetchOutcome.TOO_LARGE, what, "save the page and give the file")


def unpack(payload: bytes, codings: str, bounds: Bounds) -> bytes:
    """The content of a body whose head names its `codings` (`Content-Encoding`), undone from the last to the first.

    Raises:
        Stopped: it is too large or a bomb, damaged, or packed by what wasn't asked for.
    """
    layers = [name for one in codings.lower().split(",") if (name := one.strip()) not in {"", "identity"}]
    if len(layers) > MOST_LAYERS:
        raise _garbled("it is packed over and over")
    for name in reversed(layers):
        payload = _undo(payload, name, bounds)
    return payload


def _undo(payload: bytes, name: str, bounds: Bounds) -> bytes:
    if not payload:
        return payload
    match name:
        case "gzip" | "x-gzip":
            return _inflate(payload, _ANY_GZIP, bounds)
        case "deflate":
            return _inflate(payload, _ZLIB if _has_zlib_head(payload) else _RAW, bounds)
        case _:
            raise _garbled(f"it is packed with {name[:20]!r}, which wasn't asked for")


def _has_zlib_head(payload: bytes) -> bool:
    """Servers send deflate with and without zlib's head. Source: RFC 1950, 2.2."""
    return len(payload) > 1 and payload[0] & 0x0F == 8 and int.from_bytes(payload[:2], "big") % 31 == 0


def _inflate(payload: bytes, window: int, bounds: Bounds) -> bytes:
    """All members; what follows the last one's end and is none is passed over, as browsers do."""
    out = bytearray()
    rest = payload
    while rest:
        try:
            rest = _inflate_member(rest, window, len(payload), out=out, bounds=bounds)
        except zlib.error as e:
            if out and not rest.startswith(b"\x1f\x8b"):
                break
            raise _garbled(f"it can't be unpacked ({e})") from e
        if window != _ANY_GZIP:
            break
    return bytes(out)


def _inflate_member(packed: bytes, window: int, whole: int, *, out: bytearray, bounds: Bounds) -> bytes:
    """Appends what a member holds to `out`; gives what follows it."""
    member = zlib.decompressobj(window)
    while packed and not member.eof:
        out += member.decompress(packed, _PIECE_BYTES)
        bounds.check(whole, len(out))
        packed = member.unconsumed_tail
    if not member.eof:
        out += member.flush()
        bounds.check(whole, len(out))
    if not member.eof:
        raise _garbled("it ends before what is packed in it does")
    return member.unused_data


def _garbled(what: str) -> Stopped:
    return Stopped(FetchOutcome.GARBLED, what, "try again later, or save the page and give the file")
