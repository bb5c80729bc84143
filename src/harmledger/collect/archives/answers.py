"""What a server answered, as a record holds it: the status, what its head declares, and the body as it was before it was cut up and packed.

Comes in: the block of a response record. Goes out: values, or Damaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harmledger.collect.archives.codecs import unpack_body
from harmledger.collect.archives.records import HEAD_BYTES, Fields
from harmledger.collect.limits import Limits

_HEAD = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\n]{0,1000}\n((?:[^\r\n][^\n]*\n)*)\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"""(?i)(?:^|;)\s*charset\s*=\s*["']?\s*([\w.:+-]{1,40})""")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer."""

    status: int
    fields: Fields
    length: int
    """In bytes, with the empty line below it."""

    @property
    def media_type(self) -> str:
        """In small letters, without parameters; empty where none is declared."""
        return media_type_of(self.fields.find("content-type"))


def parse_head(opening: bytes) -> Head | None:
    """The head that an answer opens with, if it does."""
    found = _HEAD.match(opening[:HEAD_BYTES])
    return Head(int(found[1]), Fields(found[2]), found.end()) if found else None


def media_type_of(declared: str | None) -> str:
    """A content type in small letters, without parameters."""
    return (declared or "").partition(";")[0].strip().lower()


def charset_of(declared: str | None) -> str | None:
    """The encoding that a content type names."""
    found = _CHARSET.search(declared or "")
    return found[1] if found else None


def undo_chunks(body: bytes, head: Head) -> bytes:
    """The body in one piece; one that isn't in chunks stays as it is, whatever its head says: archives undo them and leave the head."""
    if not any("chunked" in field.lower() for field in head.fields.find_all("transfer-encoding")):
        return body
    pieces: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(pieces)
        piece = body[chunk.end() : chunk.end() + size]
        pieces.append(piece)
        at = chunk.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    return b"".join(pieces) if pieces and at >= len(body) else body


def content_of(body: bytes, head: Head, limits: Limits) -> bytes:
    """What the body held before it was packed.

    Raises:
        Damaged: it is packed in a way that can't be undone, is damaged, or too large.
    """
    return unpack_body(body, ",".join(head.fields.find_all("content-encoding")), limits)
