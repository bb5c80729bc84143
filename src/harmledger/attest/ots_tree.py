"""Proofs of OpenTimestamps as values: a message, what attests it, and the operations that lead from it to further messages.

Operations are applied as they are read, so that each message in a tree is what its hashes make of the first one, never what somebody says.

Source: the OpenTimestamps proof format, as its reference library (python-opentimestamps 0.4) reads and writes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from harmledger.errors import BadInput, Inconsistent

PENDING_TAG = bytes.fromhex("83dfe30d2ef90c8e")
BITCOIN_TAG = bytes.fromhex("0588960d73d71901")
SHA256 = 0x08
APPEND, PREPEND = 0xF0, 0xF1
MOST_MESSAGE = 4096
"""Bytes of one message, as in the reference library."""
_HASHES = {0x02: "sha1", 0x03: "ripemd160", SHA256: "sha256"}
_JOINED: dict[int, Callable[[bytes, bytes], bytes]] = {
    APPEND: lambda message, more: message + more,
    PREPEND: lambda message, more: more + message,
}
_TURNED: dict[int, Callable[[bytes], bytes]] = {0xF2: lambda m: m[::-1], 0xF3: lambda m: m.hex().encode()}


@dataclass(frozen=True, slots=True, order=True)
class Attestation:
    """Who attests a message, in the words of the format: kinds that aren't known are kept as they are."""

    tag: bytes
    payload: bytes


@dataclass(frozen=True, slots=True, order=True)
class Operation:
    """What is done to a message."""

    tag: int
    argument: bytes = b""

    @property
    def has_argument(self) -> bool:
        """Whether bytes are joined to the message."""
        return self.tag in _JOINED

    def apply(self, message: bytes) -> bytes:
        """The message after it.

        Raises:
            BadInput: nothing is known of such an operation, or the message is too long for it.
        """
        if self.tag in _HASHES:
            return _hashed(_HASHES[self.tag], message)
        if self.tag in _JOINED:
            after = _JOINED[self.tag](message, self.argument)
        elif self.tag in _TURNED:
            after = _TURNED[self.tag](message)
        else:
            raise BadInput(f"the proof has an operation that isn't known (0x{self.tag:02x})", "the proof", "ask anew")
        if not 0 < len(after) <= MOST_MESSAGE:
            raise BadInput("a message in the proof is too long", "the proof", "ask anew")
        return after


@dataclass(frozen=True, slots=True)
class Tree:
    """A message with all that follows from it."""

    message: bytes
    attestations: frozenset[Attestation] = frozenset()
    branches: tuple[tuple[Operation, Tree], ...] = ()

    def walk(self) -> Iterator[tuple[bytes, Attestation]]:
        """Every attestation with the message that it is of."""
        for attestation in sorted(self.attestations):
            yield self.message, attestation
        for _, branch in self.branches:
            yield from branch.walk()


def merge_trees(left: Tree, right: Tree) -> Tree:
    """All that two trees of one message say.

    Raises:
        Inconsistent: they are of two messages.
    """
    if left.message != right.message:
        raise Inconsistent("two proofs are of different things", "the proof", "ask the calendar anew")
    found = dict(left.branches)
    for operation, branch in right.branches:
        found[operation] = merge_trees(found[operation], branch) if operation in found else branch
    return Tree(left.message, left.attestations | right.attestations, tuple(sorted(found.items(), key=_by_operation)))


def graft(tree: Tree, completed: Tree) -> Tree:
    """The tree with what a calendar told since, at every place that stands for the same message."""
    branches = tuple((operation, graft(branch, completed)) for operation, branch in tree.branches)
    grown = replace(tree, branches=branches)
    return merge_trees(grown, completed) if tree.message == completed.message else grown


def _by_operation(item: tuple[Operation, Tree]) -> Operation:
    return item[0]


def _hashed(name: str, message: bytes) -> bytes:
    try:
        return hashlib.new(name, message, usedforsecurity=name == "sha256").digest()
    except ValueError as e:  # a machine's OpenSSL may lack the older ones
        raise BadInput(f"the proof uses {name}, which this machine doesn't have", "the proof", "ask anew") from e
