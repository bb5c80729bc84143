"""Merkle trees as Certificate Transparency has them: one root over many leaves, and a short proof for each.

A leaf is hashed after a zero byte and two nodes after a one, so that no node can pass for a leaf. A node without a neighbour moves up as it is.

Source: RFC 6962, 2.1 (trees and proofs); RFC 9162, 2.1.3.2 (checking a proof).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from harmledger.errors import BadInput

_LEAF, _NODE = b"\x00", b"\x01"


def hash_leaf(leaf: bytes) -> bytes:
    """The hash of a leaf's bytes."""
    return hashlib.sha256(_LEAF + leaf).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves' hashes, in their order.

    Raises:
        BadInput: there is none.
    """
    if not leaves:
        raise BadInput("a root is over one leaf at least", "no leaves", "name something to stamp")
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def merkle_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """The hashes that lead from the leaf there up to the root, the lowest first."""
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        beside = position ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, position = _above(level), position // 2
    return path


def root_by_proof(leaf: bytes, position: int, *, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's hash and its proof lead to; None where no tree of that size has such a proof."""
    if not 0 <= position < size:
        return None
    node, last, left = leaf, size - 1, list(path)
    while last:
        if position % 2 or position < last:
            if not left:
                return None
            beside = left.pop(0)
            node = _hash_node(beside, node) if position % 2 else _hash_node(node, beside)
        position, last = position // 2, last // 2
    return None if left else node


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_hash_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _hash_node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
