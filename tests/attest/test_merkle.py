"""Merkle trees: the roots that Certificate Transparency's own programs make, and proofs that hold for what they are of and nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.attest.leaves import in_order, render_leaf
from harmledger.attest.merkle import hash_leaf, merkle_proof, merkle_root, root_by_proof
from harmledger.domain.stamp import Leaf, LeafKind
from harmledger.errors import BadInput

PUBLISHED_LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
PUBLISHED_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""Of the first one, the first two, … of these leaves. Source: Certificate Transparency's reference programs, their Merkle tree tests."""
SIZES = st.integers(1, 70)


def leaves_of(size: int) -> list[bytes]:
    return [hash_leaf(bytes([n])) for n in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_standard(size: int) -> None:
    """The first leaves of Certificate Transparency's tests have the roots that it publishes."""
    leaves = [hash_leaf(bytes.fromhex(leaf)) for leaf in PUBLISHED_LEAVES[:size]]
    assert merkle_root(leaves).hex() == PUBLISHED_ROOTS[size - 1]


@given(SIZES, st.data())
def test_a_proof_leads_to_the_root(size: int, data: st.DataObject) -> None:
    """Every leaf's proof leads to the root, and is no longer than the tree is high."""
    leaves = leaves_of(size)
    position = data.draw(st.integers(0, size - 1))
    path = merkle_proof(leaves, position)
    assert root_by_proof(leaves[position], position, size=size, path=path) == merkle_root(leaves)
    assert len(path) <= (size - 1).bit_length()


@given(SIZES, st.data())
def test_a_proof_holds_for_nothing_else(size: int, data: st.DataObject) -> None:
    """Another leaf, place or path, one hash more or less: none leads to the root."""
    leaves = leaves_of(size)
    position = data.draw(st.integers(0, size - 1))
    path, root = merkle_proof(leaves, position), merkle_root(leaves)
    other = hash_leaf(b"another")
    assert root_by_proof(other, position, size=size, path=path) != root
    assert root_by_proof(leaves[position], position, size=size, path=[*path, other]) != root
    assert root_by_proof(leaves[position], size, size=size, path=path) is None
    if path:
        elsewhere = data.draw(st.integers(0, size - 1).filter(lambda at: at != position))
        assert root_by_proof(leaves[position], elsewhere, size=size, path=path) != root
        at = data.draw(st.integers(0, len(path) - 1))
        assert root_by_proof(leaves[position], position, size=size, path=[*path[:at], other, *path[at + 1 :]]) != root
        assert root_by_proof(leaves[position], position, size=size, path=path[:-1]) != root


def test_no_node_passes_for_a_leaf() -> None:
    """Two hashes joined and taken for a leaf have another hash than the node over them."""
    left, right = leaves_of(2)
    assert hash_leaf(left + right) != merkle_root([left, right])


def test_there_is_no_root_over_nothing() -> None:
    """Nothing can't be stamped."""
    with pytest.raises(BadInput, match="one leaf"):
        merkle_root([])


def test_a_leaf_is_text_that_anybody_hashes() -> None:
    """A leaf's bytes are lines that name the hashes, and its hash is SHA-256 of a zero byte and these."""
    leaf = Leaf(kind=LeafKind.CAPTURE, subject="c" * 64, document_id="d" * 64, record_id="e" * 64)
    text = f"harmledger leaf 1\ncapture {'c' * 64}\ndocument {'d' * 64}\nrecord {'e' * 64}\n"
    assert render_leaf(leaf).decode() == text
    assert hash_leaf(render_leaf(leaf)) == hashlib.sha256(b"\0" + text.encode()).digest()
    head = Leaf(kind=LeafKind.DECISIONS, subject="f" * 64, entries=7)
    assert render_leaf(head).decode() == f"harmledger leaf 1\ndecisions {'f' * 64}\nentries 7\n"


@given(st.permutations(range(6)))
def test_the_order_is_of_the_leaves_alone(order: list[int]) -> None:
    """However the database gives them, leaves stand in one order."""
    kinds = (LeafKind.PREVIOUS, LeafKind.DECISIONS, LeafKind.AUDIT, *[LeafKind.CAPTURE] * 3)
    leaves = [Leaf(kind=kind, subject=f"{number:064}") for number, kind in enumerate(kinds)]
    assert in_order([leaves[at] for at in order]) == leaves
