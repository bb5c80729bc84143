"""Bitcoin's block headers, as the user has them from wherever: whether a proof's end is the Merkle root of one, and when that was.

No network and no trust in who gave the headers beyond what they prove by themselves: the work in each, and that each names the one before it.

Source: Bitcoin's block header (80 bytes; hashes little-endian) and compact targets, as bitcoin.org's developer reference has them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from harmledger.domain.stamp import Block
from harmledger.errors import BadInput, Inconsistent

HEADER_BYTES = 80
MOST_BYTES = 400_000_000
"""Of a file of headers: all of Bitcoin's were 75 MB in 2026."""
LEAST_DIFFICULTY = 4e10
"""A header with less work than this is none that OpenTimestamps could have used: its first block, 358,391 of May 2015, had 4.88e10, and Bitcoin's
difficulty has been above that ever since. Who forges a header must do that much work at least."""
MOST_AFTER = 6
"""Following blocks that are looked at: the number that payments wait for."""
_EASIEST_BITS = 0x1D00FFFF
_LINE = re.compile(r"\s*(\d{1,9})[\s,:]+([0-9a-fA-F]{160})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Headers by height; or a run of them one after another, by their Merkle roots where it doesn't begin with the first block."""

    by_height: Mapping[int, bytes] = field(default_factory=dict[int, bytes])
    run: bytes = b""

    def find(self, height: int, root: bytes) -> tuple[int, bytes] | None:
        """Where the block of that height is, and its header."""
        if not self.run:
            found = self.by_height.get(height)
            return None if found is None else (height, found)
        at = height if not any(self.run[4:36]) else self._find_root(root)
        header = None if at is None else self.at(at)
        return None if at is None or header is None else (at, header)

    def at(self, place: int) -> bytes | None:
        """The header in that place."""
        if not self.run:
            return self.by_height.get(place)
        start = place * HEADER_BYTES
        return self.run[start : start + HEADER_BYTES] or None if place >= 0 else None

    def _find_root(self, root: bytes) -> int | None:
        at = self.run.find(root)
        while at >= 0 and at % HEADER_BYTES != 36:
            at = self.run.find(root, at + 1)
        return None if at < 0 else at // HEADER_BYTES


def parse_headers(data: bytes, where: str) -> Headers:
    """Headers as a JSON object of heights, lines of HEIGHT HEADER in hexadecimal, or 80 bytes each.

    Raises:
        BadInput: they are nothing of these.
    """
    if len(data) > MOST_BYTES:
        raise BadInput("this file of block headers is too large", where, "give the headers that proofs need")
    text = data.decode("ascii").strip() if data.isascii() else ""
    if text.startswith("{"):
        return Headers(by_height=_from_json(text, where))
    if text:
        return Headers(by_height=_from_lines(text, where))
    if not data or len(data) % HEADER_BYTES:
        raise _no_headers(where)
    return Headers(run=data)


def check_block(headers: Headers, height: int, root: bytes, *, least: float = LEAST_DIFFICULTY) -> Block | None:
    """The block that a proof names, once it holds; None where it isn't among the headers.

    Raises:
        Inconsistent: it is, and something about it doesn't hold.
    """
    found = headers.find(height, root)
    if found is None:
        return None
    place, header = found
    where = f"block {height}"
    if header[36:68] != root:
        raise Inconsistent("the proof's end is not this block's Merkle root", where, "do not rely on the proof")
    difficulty = _check_work(header, where)
    if difficulty < least:
        what = f"the header took too little work to make (difficulty {difficulty:.3g})"
        raise Inconsistent(what, where, "get Bitcoin's headers from another source")
    before = headers.at(place - 1)
    if before is not None and _hash(before) != header[4:36]:
        raise Inconsistent("the header doesn't follow the one before it", where, "get the headers from another source")
    return Block(
        height=height,
        time=datetime.fromtimestamp(int.from_bytes(header[68:72], "little"), UTC),
        hash=_hash(header)[::-1].hex(),
        difficulty=difficulty,
        after=_count_after(headers, place, header),
    )


def _count_after(headers: Headers, place: int, header: bytes) -> int:
    """How many follow. One that doesn't fit means that a header here is of no chain, or of two."""
    for after in range(MOST_AFTER):
        following = headers.at(place + after + 1)
        if following is None:
            return after
        where = "the block after it" if not after else f"the {after + 1} blocks after it"
        if following[4:36] != _hash(header):
            raise Inconsistent("the headers are no chain", where, "get the headers from another source")
        _check_work(following, where)
        header = following
    return MOST_AFTER


def _check_work(header: bytes, where: str) -> float:
    """How hard it was to make."""
    target = _target(int.from_bytes(header[72:76], "little"))
    if not target or int.from_bytes(_hash(header), "little") > target:
        raise Inconsistent("the header lacks the work that it claims", where, "get the headers from another source")
    return _target(_EASIEST_BITS) / target


def _target(bits: int) -> int:
    """What a header's hash must not exceed. A negative one is none."""
    exponent, mantissa = bits >> 24, bits & 0xFFFFFF
    if mantissa & 0x800000:
        return 0
    return mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)


def _hash(header: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(header).digest()).digest()


def _from_json(text: str, where: str) -> dict[int, bytes]:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise _no_headers(where) from e
    lines = [f"{height} {header}" for height, header in cast("dict[object, object]", told).items()]
    return _from_lines("\n".join(lines), where)


def _from_lines(text: str, where: str) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        read = _LINE.fullmatch(line)
        if read is None:
            raise _no_headers(where)
        found[int(read[1])] = bytes.fromhex(read[2])
    return found


def _no_headers(where: str) -> BadInput:
    remedy = "give lines of HEIGHT HEADER in hexadecimal, a JSON object of the same, or headers of 80 bytes one after another"
    return BadInput("these are no block headers", where, remedy)
