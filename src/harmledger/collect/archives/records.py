"""The records of a WARC, one at a time and as they stand: WARC/0.17 to 1.1, packed or not.

Comes in: a stream. Goes out: records in their order, and in the place of what is damaged, where and why. Judges nothing that they hold.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from harmledger.collect.archives.codecs import Damaged
from harmledger.collect.archives.members import MAGIC, Members, TooMuch
from harmledger.collect.limits import Limits

HEAD_BYTES = 64 * 1024
"""Of a record's head, and of the HTTP head in it: crawlers write 1 kB, servers 20 kB where they set many cookies."""
MOST_DAMAGED = 1000
"""Records that are told of one by one; an archive with more of them isn't worth reading on."""
_VERSION = re.compile(rb"WARC/(\d\.\d+)[ \t]*\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_END = b"\r\n\r\n"
_LENGTH_DIGITS = 15


class Fields:
    """The fields of a head, by name; the first of a name counts where one is asked for."""

    def __init__(self, raw: bytes) -> None:
        self._all: dict[str, list[str]] = {}
        for line in _FOLDED.sub(b" ", raw).splitlines():
            name, colon, value = line.partition(b":")
            if colon:
                self._all.setdefault(_as_text(name).lower(), []).append(_as_text(value))

    def find(self, name: str) -> str | None:
        """What it says the first time."""
        return self._all.get(name, [None])[0]

    def find_all(self, name: str) -> list[str]:
        """What it says each time."""
        return self._all.get(name, [])


@dataclass(slots=True)
class Record:
    """A record whose head was read; its block is still to be read, once, before the next record."""

    fields: Fields
    raw_head: bytes
    offset: int
    apart: bool
    """Whether it can be found again by its offset."""
    length: int
    _members: Members = field(repr=False)
    _taken: int = 0
    _broken: Damaged | None = None

    @property
    def kind(self) -> str:
        return (self.fields.find("warc-type") or "").lower()

    @property
    def id(self) -> str:
        return self.fields.find("warc-record-id") or ""

    @property
    def url(self) -> str:
        """Without the angle brackets that WARC/1.0's grammar asked for and wget wrote."""
        return (self.fields.find("warc-target-uri") or "").removeprefix("<").removesuffix(">")

    def peek(self, most: int) -> bytes:
        """The beginning of the block."""
        return self._members.peek(min(most, self.length))

    def block(self) -> bytes:
        """The block, whole.

        Raises:
            Damaged: it isn't there to its end; where, the next item tells.
        """
        block = self._members.take(self.length)
        self._taken = len(block)
        try:
            self.finish()
        except Damaged as e:
            self._broken = e
            raise
        return block

    def finish(self) -> None:
        """Pass over what wasn't read, to the record's end.

        Raises:
            Damaged: it ends elsewhere than it says.
        """
        if self._broken:
            raise self._broken
        left, self._taken = self.length - self._taken, self.length
        if self._members.skip(left) < left:
            raise Damaged("a record is shorter than it says")
        after = self._members.peek(len(_END))
        if after.strip(b"\r\n") and not after.lstrip(b"\r\n").startswith(MAGIC[: len(after.lstrip(b"\r\n"))]):
            raise Damaged("a record is longer than it says")


@dataclass(frozen=True, slots=True)
class Damage:
    """Where something is wrong, and what."""

    offset: int
    what: str


def iter_records(raw: io.BufferedReader[Any], *, limits: Limits, start: int = 0) -> Iterator[Record | Damage]:
    """Each record in turn, from an offset on; what is left unread of one is passed over when the next is asked for."""
    try:
        members = Members(raw, limits=limits, start=start)
    except Damaged as e:
        yield Damage(0, str(e))
        return
    damaged = 0
    while True:
        try:
            if not members.begin():
                return
            record = _read_head(members)
            yield record
            record.finish()
        except TooMuch as e:
            yield Damage(members.offset, str(e))
            return
        except Damaged as e:
            damaged += 1
            yield Damage(members.offset, str(e))
            if damaged == MOST_DAMAGED or not _resume(members):
                return


def _resume(members: Members) -> bool:
    try:
        return members.resume()
    except Damaged:
        return False


def _read_head(members: Members) -> Record:
    start = members.peek(16)
    if not _VERSION.match(start.partition(b"\n")[0] + b"\n"):
        raise Damaged("no record begins where one should")
    raw = members.head(_END, HEAD_BYTES)
    fields = Fields(raw.partition(b"\n")[2])
    length = fields.find("content-length") or ""
    if not (length.isascii() and length.isdigit() and len(length) <= _LENGTH_DIGITS):
        raise Damaged("a record doesn't say how long it is")
    return Record(fields, raw, members.offset, members.apart, int(length), members)


def _as_text(value: bytes) -> str:
    """UTF-8 as the standard wants it, else as each byte's own letter."""
    value = value.strip()
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
