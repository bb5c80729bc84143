"""What a root is over: leaves as lines of text, which anybody can hash again without this program.

harmledger leaf 1
capture 5f3a…
document 91b0…
record c2d4…
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.attest.merkle import hash_leaf
from harmledger.domain.stamp import Leaf

FIRST_LINE = "harmledger leaf 1"
"""The form's name and version: no other text of this program's begins so."""
_RANK = {kind: rank for rank, kind in enumerate(("previous", "decisions", "audit", "capture"))}


def render_leaf(leaf: Leaf) -> bytes:
    """A leaf's bytes: a line for what it is, and one for each further hash or number, each ended by a line feed."""
    more = {"document": leaf.document_id, "record": leaf.record_id, "entries": leaf.entries}
    told = [f"{name} {value}" for name, value in more.items() if value is not None]
    return "".join(f"{line}\n" for line in (FIRST_LINE, f"{leaf.kind.value} {leaf.subject}", *told)).encode()


def in_order(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The order that leaves stand in under a root: the root before, the logs' heads, captures by their ids."""
    return sorted(leaves, key=lambda leaf: (_RANK[leaf.kind.value], leaf.subject))


def leaf_hashes(leaves: Sequence[Leaf]) -> list[bytes]:
    """Each leaf's hash."""
    return [hash_leaf(render_leaf(leaf)) for leaf in leaves]
