"""An archive's bytes, unpacked as they are asked for: plain, gzip or zstd, in one piece or record by record.

Comes in: a stream. Goes out: bytes from the head of one record to the head of the next, and where in the file that is. A record that is cut
short never takes from the next one's member; after damage the next record is looked for.
"""

from __future__ import annotations

import io
from functools import partial
from typing import Any, final

from harmledger.collect.archives.codecs import PIECE_BYTES, Codec, Damaged, Inflate, Open, Zstd, check_expansion, zstd
from harmledger.collect.limits import MB, Limits

MAGIC = b"WARC/"
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
"""A skippable frame that holds the dictionary of all that follow. Source: iipc.github.io/warc-specifications, WARC zstd 1.0."""
DICTIONARY_BYTES = 16 * MB
"""Ten times what zstd trains at most by itself."""
TRIED_BYTES = 512
"""Of what may be a packed record: enough to hold its first letters, packed."""
REREAD_BYTES = 100 * MB
"""Once as much as the archive so far and this was read again after damage, it is only read forward."""
_RECORD_START = b"\nWARC/1."


class TooMuch(Damaged):
    """The archive as a whole is more than is read of one."""


@final
class Members:
    """Reads an archive forward, from record to record."""

    def __init__(self, raw: io.BufferedReader[Any], *, limits: Limits, start: int = 0) -> None:
        self._raw = raw
        self._limits = limits
        self._open, self._magic = _tell_packing(raw)
        self._at = raw.seek(start) if start else raw.tell() if raw.seekable() else 0
        self._base = self._at
        self._codec: Codec | None = None
        self._packed = b""
        self._started = 0
        self._taken = self._given = 0
        self._all_given = 0
        self._buffer = b""
        self._pos = 0
        self._ahead: tuple[bytes | Damaged, int] | None = None
        self._furthest = self._reread = 0
        self.offset = self._at
        """Where in the file the current record's member begins; in what is packed as a whole, where in its unpacked bytes the record does."""
        self.apart = True
        """Whether the current record can be found by its offset alone."""

    def begin(self) -> bool:
        """Go to the next record; False where the archive ends.

        Raises:
            Damaged: what is packed can't be unpacked.
        """
        while True:
            self._skip_blank()
            if self._pos < len(self._buffer):
                break
            if self._ahead:
                self._enter_ahead(*self._ahead)
                return True
            if not self._refill() and not self._ahead:
                return False
        self.apart = self._open is None
        self.offset = self._all_given - len(self._buffer) + self._pos + (self._base if self.apart else 0)
        return True

    def _enter_ahead(self, piece: bytes | Damaged, start: int) -> None:
        self.offset, self.apart, self._ahead = start, True, None
        if isinstance(piece, Damaged):
            raise piece
        self._buffer, self._pos = piece, 0

    def head(self, end: bytes, most: int) -> bytes:
        """All to the first `end`, with it.

        Raises:
            Damaged: there is none within `most` bytes.
        """
        searched = self._pos
        while (found := self._buffer.find(end, searched)) < 0:
            held = len(self._buffer) - self._pos
            if held > most or not self._refill():
                raise Damaged("the head of a record has no end" if held else "it ends early")
            searched = max(0, held - len(end))
        return self.take(found + len(end) - self._pos)

    def peek(self, most: int) -> bytes:
        """What follows, up to so many bytes, without taking it."""
        while len(self._buffer) - self._pos < most and self._refill():
            pass
        return self._buffer[self._pos : self._pos + most]

    def take(self, count: int) -> bytes:
        """So many bytes; fewer where the record's member ends."""
        pieces: list[bytes] = []
        while count:
            piece = self._buffer[self._pos : self._pos + count]
            self._pos += len(piece)
            count -= len(piece)
            pieces.append(piece)
            if count and not self._refill():
                break
        return b"".join(pieces)

    def skip(self, count: int) -> int:
        """Pass over so many bytes; gives how many there were."""
        wanted = count
        while count:
            step = min(count, len(self._buffer) - self._pos)
            self._pos += step
            count -= step
            if count and not self._refill():
                break
        return wanted - count

    def resume(self) -> bool:
        """After damage, go to where the next record seems to begin; False where none does."""
        if self._ahead:
            self._buffer, self._pos = b"", 0
            return True
        return self._resume_packed() if self._open else self._resume_plain()

    # --- unpacking ---------------------------------------------------------------------------------------------------

    def _refill(self) -> bool:
        """More bytes of this record's member, or of one that goes on with it; False where the next record's begins, or nothing does."""
        while not self._ahead:
            if not self._is_between():
                piece = self._next_piece(1)
            elif not self._open_member():
                return False
            else:
                piece = self._begin_member()
            if piece:
                self._buffer, self._pos = self._buffer[self._pos :] + piece, 0
                return True
            if self._open is None:
                return False
        return False

    def _is_between(self) -> bool:
        """Whether the next bytes are those of another packed member."""
        return self._open is not None and (self._codec is None or self._codec.ended)

    def _begin_member(self) -> bytes:
        """A member's first bytes; none where it is the next record's, or damaged: then they wait for it."""
        try:
            piece = self._next_piece(len(MAGIC))
        except Damaged as e:
            self._ahead = e, self._started
            return b""
        if not piece.startswith(MAGIC):
            return piece
        self._ahead = piece, self._started
        return b""

    def _open_member(self) -> bool:
        """Go to the next packed member, over the zeros that tapes are filled up with; False where there is none."""
        while len(self._packed) < len(self._magic) or not self._packed.strip(b"\0"):
            self._packed = self._packed.lstrip(b"\0")
            if not self._read_packed():
                break
        self._packed = self._packed if self._packed.startswith(self._magic) else self._packed.lstrip(b"\0")
        if not self._packed:
            return False
        self._started = self._at - len(self._packed)
        if not self._packed.startswith(self._magic):
            self._ahead = Damaged("between its packed records stands what is none"), self._started
            return False
        assert self._open is not None  # noqa: S101  asked for only where there is one
        self._codec, self._taken, self._given = self._open(), 0, 0
        return True

    def _next_piece(self, least: int) -> bytes:
        """At least so many bytes, unless the member has fewer."""
        out = b"" if self._open else self._read()
        while (codec := self._codec) and len(out) < least and not codec.ended:
            before = len(self._packed)
            piece, self._packed = codec.feed(self._packed, PIECE_BYTES)
            self._taken += before - len(self._packed)
            self._given += len(piece)
            out += piece
            check_expansion(self._taken, self._given, self._limits)
            if not piece and not codec.ended and not self._packed and not self._read_packed():
                raise Damaged("it ends before what is packed in it does")
        self._all_given += len(out)
        if self._all_given > self._limits.expanded_bytes:
            raise TooMuch(f"it unpacks to more than {self._limits.expanded_bytes // MB:,} MB")
        return out

    def _read_packed(self) -> bool:
        piece = self._read()
        self._packed += piece
        return bool(piece)

    def _read(self) -> bytes:
        piece = self._raw.read(PIECE_BYTES)
        self._at += len(piece)
        self._furthest = max(self._furthest, self._at)
        return piece

    def _skip_blank(self) -> None:
        while self._pos < len(self._buffer) and self._buffer[self._pos] in b"\r\n":
            self._pos += 1

    # --- after damage ------------------------------------------------------------------------------------------------

    def _resume_packed(self) -> bool:
        """To the next member that a record begins in."""
        start = self._started + 1
        if not self._go_back(start):
            self._packed = self._packed[1:]
        self._codec, searched = None, 0
        while True:
            found = self._packed.find(self._magic, searched)
            if found < 0:
                self._packed, searched = self._packed[-len(self._magic) + 1 :], 0
                if not self._read_packed():
                    return False
            elif self._opens_record(found):
                self._packed = self._packed[found:]
                return True
            else:
                searched = found + 1

    def _opens_record(self, found: int) -> bool:
        while len(self._packed) < found + TRIED_BYTES and self._read_packed():
            pass
        assert self._open is not None  # noqa: S101  asked for only where there is one
        try:
            return self._open().feed(self._packed[found : found + TRIED_BYTES], len(MAGIC))[0].startswith(MAGIC)
        except Damaged:
            return False

    def _resume_plain(self) -> bool:
        """To the next line that a record begins with, from the damaged one's own first line on."""
        if self._go_back(self.offset + 1):
            self._all_given = self._at - self._base
        while (found := self._buffer.find(_RECORD_START, self._pos)) < 0:
            self._pos = max(self._pos, len(self._buffer) - len(_RECORD_START) + 1)
            if not self._refill():
                return False
        self._pos = found + 1
        return True

    def _go_back(self, where: int) -> bool:
        """Read again from there on, unless it is a pipe, or so much was read again that somebody wants it read forever."""
        back = self._at - where
        if not self._raw.seekable() or back < 0 or self._reread + back > self._furthest + REREAD_BYTES:
            return False
        self._reread += back
        self._at = self._raw.seek(where)
        self._buffer = self._packed = b""
        self._pos = 0
        return True


def _tell_packing(raw: io.BufferedReader[Any]) -> tuple[Open | None, bytes]:
    """How the members of an archive are opened, and what they begin with.

    Raises:
        Damaged: its dictionary is none.
    """
    start = raw.peek(4)[:4]
    if start[:3] == GZIP_MAGIC:
        return Inflate, GZIP_MAGIC
    if start == ZSTD_MAGIC:
        return Zstd, ZSTD_MAGIC
    if start == DICTIONARY_MAGIC:
        return partial(Zstd, _read_dictionary(raw)), ZSTD_MAGIC
    return None, b""


def _read_dictionary(raw: io.BufferedReader[Any]) -> zstd.ZstdDict:
    size = int.from_bytes(raw.read(8)[4:], "little")
    if not 8 < size <= DICTIONARY_BYTES:
        raise Damaged("its zstd dictionary has no sensible size")
    content = raw.read(size)
    if content.startswith(ZSTD_MAGIC):
        content = _unpack_dictionary(content)
    try:
        dictionary = zstd.ZstdDict(content)
        Zstd(dictionary)
    except (ValueError, zstd.ZstdError) as e:
        raise Damaged(f"its zstd dictionary is none ({e})") from e
    return dictionary


def _unpack_dictionary(packed: bytes) -> bytes:
    codec, out = Zstd(), b""
    while not codec.ended and len(out) <= DICTIONARY_BYTES:
        piece, packed = codec.feed(packed, PIECE_BYTES)
        out += piece
        if not piece and not packed:
            break
    return out[: DICTIONARY_BYTES + 1]
