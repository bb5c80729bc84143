"""OpenTimestamps' proofs as bytes: read with bounds on everything, since calendars may send anything, and written as the reference library does.

Source: the OpenTimestamps proof format, as its reference library (python-opentimestamps 0.4) reads and writes it.
"""

from __future__ import annotations

from harmledger.attest.ots_tree import BITCOIN_TAG, MOST_MESSAGE, PENDING_TAG, SHA256, Attestation, Operation, Tree
from harmledger.errors import BadInput

MOST_BYTES = 64 * 1024
"""Of one proof: a completed one has 1 to 3 KB for each calendar."""
MOST_DEPTH = 256
"""Operations one after another, as in the reference library: a completed proof has some sixty."""
MOST_PARTS = 4096
"""Operations and attestations in all: each costs a hash of at most 4 KB."""
_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_VERSION = 1
_DIGEST_BYTES = 32
_FORK, _ATTESTATION = 0xFF, 0x00
_MOST_PAYLOAD = 8192
_MOST_ADDRESS = 1000
_ADDRESS_CHARS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:")
"""What a pending attestation's address may be made of, as in the reference library: no question, no name to sign in with."""
_MOST_NUMBER_BYTES = 9


def parse_proof(data: bytes) -> Tree:
    """An .ots file of a file's SHA-256; the tree's message is that hash.

    Raises:
        BadInput: it is none.
    """
    reader = _Reader(data)
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number() != _VERSION or reader.byte() != SHA256:
        raise BadInput("this is no proof of OpenTimestamps over a SHA-256", "the proof", "name an .ots file")
    return _whole(reader, reader.take(_DIGEST_BYTES))


def parse_timestamp(data: bytes, message: bytes) -> Tree:
    """What a calendar answers about a message.

    Raises:
        BadInput: it is no such thing.
    """
    return _whole(_Reader(data), message)


def render_proof(tree: Tree) -> bytes:
    """The tree of a file's SHA-256 as an .ots file."""
    return b"".join((_MAGIC, bytes([_VERSION, SHA256]), tree.message, render_timestamp(tree)))


def render_timestamp(tree: Tree) -> bytes:
    """The tree's operations and attestations, each kind in an order of its own: one tree has one form."""
    parts = [bytes([_ATTESTATION]) + a.tag + _sized(a.payload) for a in sorted(tree.attestations)]
    for operation, branch in sorted(tree.branches, key=lambda item: item[0]):
        argument = _sized(operation.argument) if operation.has_argument else b""
        parts.append(bytes([operation.tag]) + argument + render_timestamp(branch))
    return b"".join([*(bytes([_FORK]) + part for part in parts[:-1]), *parts[-1:]])


def pending_address(attestation: Attestation) -> str | None:
    """The calendar that promises to tell more; None of another attestation.

    Raises:
        BadInput: what stands there is no address.
    """
    if attestation.tag != PENDING_TAG:
        return None
    reader = _Reader(attestation.payload)
    address = reader.sized(_MOST_ADDRESS).decode("ascii", errors="replace")
    if not reader.is_at_end or not _ADDRESS_CHARS.issuperset(address):
        raise BadInput("a calendar's address in the proof is garbled", "the proof", "ask another calendar")
    return address


def block_height(attestation: Attestation) -> int | None:
    """Which of Bitcoin's blocks has the message as its Merkle root; None of another attestation.

    Raises:
        BadInput: what stands there is no height.
    """
    if attestation.tag != BITCOIN_TAG:
        return None
    reader = _Reader(attestation.payload)
    height = reader.number()
    if not reader.is_at_end:
        raise BadInput("a block's height in the proof is garbled", "the proof", "ask another calendar")
    return height


# --- reading ---------------------------------------------------------------------------------------------------------


def _whole(reader: _Reader, message: bytes) -> Tree:
    tree = _read_tree(reader, message, MOST_DEPTH)
    if not reader.is_at_end:
        raise _garbled()
    return tree


def _read_tree(reader: _Reader, message: bytes, depth: int) -> Tree:
    if not depth:
        raise BadInput("the proof goes too deep", "the proof", "ask anew")
    attestations: set[Attestation] = set()
    branches: dict[Operation, Tree] = {}
    more = True
    while more:
        tag = reader.part()
        more = tag == _FORK
        tag = reader.byte() if more else tag
        if tag == _ATTESTATION:
            attestations.add(_read_attestation(reader))
        else:
            operation = _read_operation(reader, tag)
            branches[operation] = _read_tree(reader, operation.apply(message), depth - 1)
    return Tree(message, frozenset(attestations), tuple(sorted(branches.items(), key=lambda item: item[0])))


def _read_attestation(reader: _Reader) -> Attestation:
    attestation = Attestation(reader.take(8), reader.sized(_MOST_PAYLOAD))
    pending_address(attestation)
    block_height(attestation)
    return attestation


def _read_operation(reader: _Reader, tag: int) -> Operation:
    operation = Operation(tag)
    return Operation(tag, reader.sized(MOST_MESSAGE, least=1)) if operation.has_argument else operation


class _Reader:
    """Bytes that are taken from the front, and how many parts were."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise BadInput("the proof is too long", "the proof", "ask another calendar")
        self._data, self._at, self._parts = data, 0, 0

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._data)

    def take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise _garbled()
        self._at += size
        return taken

    def byte(self) -> int:
        return self.take(1)[0]

    def part(self) -> int:
        """The first byte of another part."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise BadInput("the proof has too many parts", "the proof", "ask another calendar")
        return self.byte()

    def number(self) -> int:
        """A number of seven bits a byte, the lowest first."""
        value = 0
        for place in range(_MOST_NUMBER_BYTES):
            byte = self.byte()
            value |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                return value
        raise _garbled()

    def sized(self, most: int, *, least: int = 0) -> bytes:
        size = self.number()
        if not least <= size <= most:
            raise _garbled()
        return self.take(size)


def _sized(data: bytes) -> bytes:
    size, out = len(data), bytearray()
    while size > 0x7F:
        out.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*out, size]) + data


def _garbled() -> BadInput:
    return BadInput("this is no proof of OpenTimestamps", "the proof", "check the calendar's address")
