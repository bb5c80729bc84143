"""Roots over what is kept, the leaves under each, and their stamps: what is new is put under a root, and every answer noted beside it.

A root is made in one transaction with its leaves and with a line for each authority that is to be asked: whoever is stopped afterwards has lost
nothing, the next run asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from harmledger.addresses import name_host
from harmledger.attest.leaves import in_order, leaf_hashes
from harmledger.attest.merkle import merkle_root
from harmledger.domain.stamp import Existed, Leaf, LeafKind, Root, Stamp, StampKind, StampState
from harmledger.errors import BadInput, NotFound
from harmledger.store.adding import add_new
from harmledger.store.audit import START, walk_audit_heads
from harmledger.store.changes import note_change
from harmledger.store.decisions import head_of
from harmledger.store.lookup import begins
from harmledger.store.schema import CAPTURES, DECISIONS
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.schema_stamp import STAMP_LEAVES, STAMP_ROOTS, STAMPS

Authority = tuple[StampKind, str]
_ROOTS = select(STAMP_ROOTS).order_by(STAMP_ROOTS.c.sequence)
_CAPTURED = select(CAPTURES.c.capture_id, CAPTURES.c.document_id, PROVENANCES.c.record_id).outerjoin(
    PROVENANCES, PROVENANCES.c.capture_id == CAPTURES.c.capture_id
)
_COVERED = exists().where(
    STAMP_LEAVES.c.kind == LeafKind.CAPTURE.value,
    STAMP_LEAVES.c.subject == CAPTURES.c.capture_id,
    STAMP_ROOTS.c.sequence == STAMP_LEAVES.c.sequence,
    ~STAMP_ROOTS.c.alone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a capture is a leaf."""

    root: Root
    position: int


def make_root(connection: Connection, authorities: Iterable[Authority], *, now: datetime) -> Root | None:
    """A root over all captures that are under none, the root before and the logs' heads, to be attested by these; None where nothing is new.

    Where the newest root isn't to be attested by one of them yet, it is from now on.
    """
    last = _last_root(connection)
    leaves = _new_leaves(connection, last)
    if leaves:
        return _add_root(connection, in_order(leaves), authorities, now=now, alone=False)
    if last is not None:
        _want(connection, last.sequence, authorities, now)
    return None


def make_root_alone(connection: Connection, capture: str, authorities: Iterable[Authority], *, now: datetime) -> Root:
    """A root over one capture and nothing else; the one that there is, where it was made before.

    Raises:
        NotFound: there is no such capture.
    """
    row = connection.execute(_CAPTURED.where(CAPTURES.c.capture_id == capture)).one_or_none()
    if row is None:
        raise NotFound("no capture in the ledger is called so", capture, "see `harmledger stamp show`")
    leaves = [_leaf_of(row)]
    made = merkle_root(leaf_hashes(leaves)).hex()
    there = connection.execute(_ROOTS.where(STAMP_ROOTS.c.root == made)).one_or_none()
    if there is None:
        return _add_root(connection, leaves, authorities, now=now, alone=True)
    _want(connection, there.sequence, authorities, now)
    return _root(there)


def list_roots(connection: Connection) -> list[Root]:
    """All roots, in the order of making."""
    return [_root(row) for row in connection.execute(_ROOTS)]


def list_leaves(connection: Connection, root: str, *, but: LeafKind | None = None) -> list[Leaf]:
    """The leaves under a root, in their order; `but` those of a kind."""
    under = select(STAMP_LEAVES).join(STAMP_ROOTS, STAMP_ROOTS.c.sequence == STAMP_LEAVES.c.sequence)
    wanted = under.where(STAMP_ROOTS.c.root == root).order_by(STAMP_LEAVES.c.position)
    rows = connection.execute(wanted if but is None else wanted.where(STAMP_LEAVES.c.kind != but.value))
    return [
        Leaf(
            kind=LeafKind(row.kind),
            subject=row.subject,
            document_id=row.document_id,
            record_id=row.record_id,
            entries=row.entries,
        )
        for row in rows
    ]


def list_stamps(
    connection: Connection, *, root: str | None = None, states: Sequence[StampState] = tuple(StampState)
) -> list[Stamp]:
    """Stamps in these states, those of the first root first; all, or one root's."""
    wanted = (
        select(STAMPS, STAMP_ROOTS.c.root)
        .join(STAMP_ROOTS, STAMP_ROOTS.c.sequence == STAMPS.c.sequence)
        .where(STAMPS.c.state.in_([state.value for state in states]))
        .order_by(STAMPS.c.sequence, STAMPS.c.kind.desc(), STAMPS.c.authority)
    )
    rows = connection.execute(wanted if root is None else wanted.where(STAMP_ROOTS.c.root == root))
    return [_stamp(row) for row in rows]


def note_stamp(connection: Connection, stamp: Stamp, *, was: Sequence[StampState]) -> bool:
    """Put a stamp where it was in one of these states; tells whether it was: what another run has put there meanwhile stays."""
    of = select(STAMP_ROOTS.c.sequence).where(STAMP_ROOTS.c.root == stamp.root).scalar_subquery()
    same = (
        STAMPS.c.sequence == of,
        STAMPS.c.kind == stamp.kind.value,
        STAMPS.c.authority == stamp.authority,
        STAMPS.c.state.in_([state.value for state in was]),
    )
    told = ("asked", "content_id", "anchors_id", "time", "height", "message")
    row = {"state": stamp.state.value, **{name: getattr(stamp, name) for name in told}}
    put = connection.execute(update(STAMPS).where(*same).values(row)).rowcount == 1
    if put and stamp.time:
        note_change(connection, "stamp")  # reports' pages tell it
    return put


def find_placed(connection: Connection, capture: str) -> list[Placed]:
    """Every root that a capture is under, the first first."""
    wanted = (
        select(STAMP_ROOTS, STAMP_LEAVES.c.position)
        .join(STAMP_LEAVES, STAMP_LEAVES.c.sequence == STAMP_ROOTS.c.sequence)
        .where(STAMP_LEAVES.c.kind == LeafKind.CAPTURE.value, STAMP_LEAVES.c.subject == capture)
        .order_by(STAMP_ROOTS.c.sequence)
    )
    return [Placed(root=_root(row), position=row.position) for row in connection.execute(wanted)]


def find_captures(connection: Connection, wanted: str) -> list[str]:
    """The captures that are meant by the beginning of a capture's id, or of a document's: all of that document, the first first.

    Raises:
        NotFound: there is none.
        BadInput: several ids begin so.
    """
    of = select(CAPTURES.c.capture_id, CAPTURES.c.document_id).order_by(CAPTURES.c.fetched, CAPTURES.c.capture_id)
    ids = connection.execute(of.where(begins(CAPTURES.c.capture_id, wanted))).all()
    documents = connection.execute(of.where(begins(CAPTURES.c.document_id, wanted))).all()
    if len({*(row.capture_id for row in ids), *(row.document_id for row in documents)}) > 1:
        raise BadInput("several captures or documents are called so", wanted, "give more of the id")
    if found := [row.capture_id for row in ids or documents]:
        return found
    raise NotFound("no capture or document in the ledger is called so", wanted, "see the ids with `harmledger show`")


def count_uncovered(connection: Connection) -> int:
    """Captures that are under no root yet."""
    return connection.execute(select(func.count()).select_from(CAPTURES).where(~_COVERED)).scalar_one()


def existed_by(connection: Connection, captures: Sequence[str]) -> dict[str, Existed]:
    """Of each capture that is attested, the earliest time by which it is known to have existed, and who says so."""
    wanted = (
        select(STAMP_LEAVES.c.subject, STAMPS.c.time, STAMPS.c.kind, STAMPS.c.authority)
        .join(STAMPS, STAMPS.c.sequence == STAMP_LEAVES.c.sequence)
        .where(
            STAMP_LEAVES.c.kind == LeafKind.CAPTURE.value,
            STAMP_LEAVES.c.subject.in_(captures),
            STAMPS.c.state == StampState.HELD.value,
            STAMPS.c.time.is_not(None),
        )
        .order_by(STAMPS.c.time.desc(), STAMPS.c.authority.desc())
    )
    return {
        row.subject: Existed(
            capture_id=row.subject, time=row.time, kind=StampKind(row.kind), authority=name_host(row.authority)
        )
        for row in connection.execute(wanted)
    }


# --- what is new -----------------------------------------------------------------------------------------------------


def _new_leaves(connection: Connection, last: Row[Any] | None) -> list[Leaf]:
    captures = [_leaf_of(row) for row in connection.execute(_CAPTURED.where(~_COVERED))]
    known = set[Leaf]() if last is None else set(list_leaves(connection, last.root, but=LeafKind.CAPTURE))
    heads = _heads(connection, known)
    if not captures and known.issuperset(heads):
        return []
    before = [] if last is None else [Leaf(kind=LeafKind.PREVIOUS, subject=last.root)]
    return [*before, *heads, *captures]


def _heads(connection: Connection, known: Iterable[Leaf]) -> list[Leaf]:
    """The logs' heads as they are now. Of the audit only what came since the last root is hashed: others wait for this transaction."""
    decisions = connection.execute(select(func.count()).select_from(DECISIONS)).scalar_one()
    stamped = next((leaf for leaf in known if leaf.kind is LeafKind.AUDIT), None)
    lines, head = (stamped.entries or 0, stamped.subject) if stamped else (0, START)
    since = list(walk_audit_heads(connection, after=lines, head=head))
    lines, head = lines + len(since), since[-1] if since else head
    told = ((LeafKind.DECISIONS, head_of(connection), decisions), (LeafKind.AUDIT, head, lines))
    return [Leaf(kind=kind, subject=subject, entries=entries) for kind, subject, entries in told if entries]


def _leaf_of(row: Any) -> Leaf:
    return Leaf(kind=LeafKind.CAPTURE, subject=row.capture_id, document_id=row.document_id, record_id=row.record_id)


def _last_root(connection: Connection) -> Row[Any] | None:
    last = select(STAMP_ROOTS).where(~STAMP_ROOTS.c.alone).order_by(STAMP_ROOTS.c.sequence.desc()).limit(1)
    return connection.execute(last).one_or_none()


def _add_root(
    connection: Connection, leaves: Sequence[Leaf], authorities: Iterable[Authority], *, now: datetime, alone: bool
) -> Root:
    root = Root(root=merkle_root(leaf_hashes(leaves)).hex(), made=now, leaves=len(leaves), alone=alone)
    row = {"root": root.root, "made": now, "leaves": len(leaves), "alone": alone}
    sequence = connection.execute(insert(STAMP_ROOTS).returning(STAMP_ROOTS.c.sequence), row).scalar_one()
    rows = [
        {
            "sequence": sequence,
            "position": position,
            "kind": leaf.kind.value,
            "subject": leaf.subject,
            "document_id": leaf.document_id,
            "record_id": leaf.record_id,
            "entries": leaf.entries,
        }
        for position, leaf in enumerate(leaves)
    ]
    connection.execute(insert(STAMP_LEAVES), rows)
    _want(connection, sequence, authorities, now)
    return root


def _want(connection: Connection, sequence: int, authorities: Iterable[Authority], now: datetime) -> None:
    for kind, authority in authorities:
        row = {"sequence": sequence, "kind": kind.value, "authority": authority, "asked": now}
        add_new(connection, STAMPS, {**row, "state": StampState.WANTED.value})


def _root(row: Row[Any]) -> Root:
    return Root(root=row.root, made=row.made, leaves=row.leaves, alone=row.alone)


def _stamp(row: Row[Any]) -> Stamp:
    told = ("root", "authority", "asked", "content_id", "anchors_id", "time", "height", "message")
    return Stamp(kind=StampKind(row.kind), state=StampState(row.state), **{name: getattr(row, name) for name in told})
