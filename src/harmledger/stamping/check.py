"""Holds stamps to what they say, without asking anybody: roots to their leaves, leaves to what is kept, tokens and proofs to their roots, times to one another.

Goes out: findings for `verify`. Captures that nobody stamped are told as a number and break nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from harmledger.attest.leaves import leaf_hashes
from harmledger.attest.merkle import merkle_root
from harmledger.attest.token import check_token, parse_certificates
from harmledger.domain.prove import Finding, Weight
from harmledger.domain.stamp import Leaf, LeafKind, Root, Stamp, StampKind, StampState
from harmledger.errors import HarmledgerError
from harmledger.stamping.stamp import CLOCKS_DIFFER, stamped_bytes
from harmledger.stamping.trusted import Trusted
from harmledger.stamping.upgrade import find_block, read_proof
from harmledger.store import Ledger
from harmledger.store.audit import walk_audit_heads
from harmledger.store.schema import CAPTURES, DECISIONS
from harmledger.store.schema_fetched import PROVENANCES
from harmledger.store.stamps import count_uncovered, list_leaves, list_roots, list_stamps

CHECK = "stamps"
BLOCKS_DIFFER = timedelta(hours=3)
"""A block's time is its miner's, which the network takes up to two hours ahead of its own; and it is mined after what is in it."""
_COPY = "put it back from a copy of the ledger"
_MANY = 500
"""Captures that are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A capture as the ledger has it now."""

    document_id: str
    record_id: str | None
    fetched: datetime


def check_stamps(
    ledger: Ledger, connection: Connection, *, trusted: Trusted, gone: Container[str] = frozenset()
) -> Iterator[Finding]:
    """All that doesn't hold; `gone` are the ids of what was lawfully forgotten: their leaves stay, and say nothing of what they were."""
    before: Root | None = None
    heads = _heads(connection)
    for root in list_roots(connection):
        leaves = list_leaves(connection, root.root)
        yield from _check_root(root, leaves, before)
        latest = _latest_fetched(connection, leaves)
        for stamp in list_stamps(connection, root=root.root, states=[StampState.PENDING, StampState.HELD]):
            yield from _check_stamp(ledger, root, stamp, latest=latest, trusted=trusted)
        yield from _check_heads(root, leaves, heads)
        yield from _check_captures(connection, root, leaves, gone)
        before = before if root.alone else root
    yield from _tell_uncovered(ledger, connection)
    yield from _tell_unanswered(connection)


# --- roots and leaves ------------------------------------------------------------------------------------------------


def _check_root(root: Root, leaves: Sequence[Leaf], before: Root | None) -> Iterator[Finding]:
    if not leaves or len(leaves) != root.leaves or merkle_root(leaf_hashes(leaves)).hex() != root.root:
        yield _fails("root", root.root, "stamp_leaves", "its leaves are not those that it was made over", _COPY)
        return
    named = [leaf.subject for leaf in leaves if leaf.kind is LeafKind.PREVIOUS]
    if not root.alone and named != ([before.root] if before else []):
        what = "it does not follow the root before it: one was taken out, put in or moved"
        yield _fails("root", root.root, "stamp_roots", what, _COPY)


def _heads(connection: Connection) -> Mapping[LeafKind, Sequence[str]]:
    """What each log's head was after each of its entries, as they are now."""
    decisions = select(DECISIONS.c.decision_id).order_by(DECISIONS.c.sequence)
    return {
        LeafKind.DECISIONS: list(connection.execute(decisions).scalars()),
        LeafKind.AUDIT: list(walk_audit_heads(connection)),
    }


def _check_heads(root: Root, leaves: Sequence[Leaf], heads: Mapping[LeafKind, Sequence[str]]) -> Iterator[Finding]:
    for leaf in leaves:
        entries = leaf.entries or 0
        if leaf.kind in heads and (entries < 1 or heads[leaf.kind][entries - 1 : entries] != [leaf.subject]):
            what = f"its first {entries} entries are not what was stamped ({root.root[:10]}, made {root.made:%Y-%m-%d})"
            yield _fails("log", leaf.kind.value, leaf.kind.value, what, _COPY)


def _check_captures(
    connection: Connection, root: Root, leaves: Sequence[Leaf], gone: Container[str]
) -> Iterator[Finding]:
    captures = [leaf for leaf in leaves if leaf.kind is LeafKind.CAPTURE]
    for at in range(0, len(captures), _MANY):
        some = captures[at : at + _MANY]
        kept = _kept(connection, [leaf.subject for leaf in some])
        for leaf in some:
            if leaf.subject in gone or (leaf.document_id or "") in gone:
                continue
            there = kept.get(leaf.subject)
            if there is None:
                yield _fails(
                    "capture", leaf.subject, "captures", f"it was stamped ({root.root[:10]}) and is gone", _COPY
                )
            elif (there.document_id, there.record_id) != (leaf.document_id, leaf.record_id):
                what = f"it is not what was stamped ({root.root[:10]}): its bytes or its WARC records are others"
                yield _fails("capture", leaf.subject, "captures", what, _COPY)


def _kept(connection: Connection, captures: Sequence[str]) -> dict[str, _Kept]:
    wanted = (
        select(CAPTURES.c.capture_id, CAPTURES.c.document_id, PROVENANCES.c.record_id, CAPTURES.c.fetched)
        .outerjoin(PROVENANCES, PROVENANCES.c.capture_id == CAPTURES.c.capture_id)
        .where(CAPTURES.c.capture_id.in_(captures))
    )
    return {
        row.capture_id: _Kept(document_id=row.document_id, record_id=row.record_id, fetched=row.fetched)
        for row in connection.execute(wanted)
    }


def _latest_fetched(connection: Connection, leaves: Sequence[Leaf]) -> tuple[str, datetime] | None:
    """The capture under a root that was fetched last, as it says."""
    subjects = [leaf.subject for leaf in leaves if leaf.kind is LeafKind.CAPTURE]
    found = [
        (kept.fetched, capture)
        for at in range(0, len(subjects), _MANY)
        for capture, kept in _kept(connection, subjects[at : at + _MANY]).items()
    ]
    fetched, capture = max(found, default=(None, ""))
    return (capture, fetched) if fetched else None


# --- stamps ----------------------------------------------------------------------------------------------------------


def _check_stamp(
    ledger: Ledger, root: Root, stamp: Stamp, *, latest: tuple[str, datetime] | None, trusted: Trusted
) -> Iterator[Finding]:
    where = f"blobs/{stamp.content_id}"
    try:
        signing = stamp.kind is StampKind.RFC3161
        told = _check_token(ledger, stamp, trusted) if signing else _check_proof(ledger, stamp, trusted)
    except HarmledgerError as e:
        yield _fails("stamp", _name(stamp), where, e.what, e.remedy)
        return
    time, note = told
    if note:
        yield _tells("stamp", _name(stamp), where, *note)
    if time is None:
        return
    if stamp.time != time:
        what = f"its row says {_moment(stamp.time)}, and it says {_moment(time)}"
        yield _fails("stamp", _name(stamp), "stamps", what, _COPY)
    yield from _check_times(root, stamp, time, latest)


def _check_times(root: Root, stamp: Stamp, time: datetime, latest: tuple[str, datetime] | None) -> Iterator[Finding]:
    """A thing is fetched, comes under a root, and is stamped: in no other order, but for clocks that differ."""
    slack = CLOCKS_DIFFER if stamp.kind is StampKind.RFC3161 else BLOCKS_DIFFER
    if time < root.made - slack:
        what = f"it says {_moment(time)}, before the root was made ({_moment(root.made)})"
        yield _fails("stamp", _name(stamp), "stamp_roots", what, "find out which clock was wrong, or what was altered")
    if latest and latest[1] > time + slack:
        what = f"it says that it was fetched {_moment(latest[1])}, after it was stamped ({_moment(time)})"
        yield _fails("capture", latest[0], "captures", what, "find out which clock was wrong, or what was altered")


def _check_token(ledger: Ledger, stamp: Stamp, trusted: Trusted) -> tuple[datetime | None, tuple[str, str] | None]:
    """The token's time, and what is to be told of it. Roots that the user gives go before those that lie beside the token."""
    answer = ledger.blobs.get(stamp.content_id or "")
    kept = parse_certificates(ledger.blobs.get(stamp.anchors_id or ""), f"blobs/{stamp.anchors_id}")
    stamped, where = stamped_bytes(stamp.root), stamp.authority
    try:
        token = check_token(answer, stamped, roots=trusted.roots, where=where)
    except HarmledgerError:
        token = check_token(answer, stamped, roots=kept, where=where)
    else:
        if token.given:
            return token.time, None
    what = "it holds by a root certificate that lies in the ledger itself, and none that you give"
    return token.time, (what, "name the authority's root certificate in stamp_roots")


def _check_proof(ledger: Ledger, stamp: Stamp, trusted: Trusted) -> tuple[datetime | None, tuple[str, str] | None]:
    tree = read_proof(ledger, stamp)
    if stamp.state is StampState.PENDING:
        return None, ("its calendar hasn't told a block yet", "ask with `harmledger stamp --upgrade`")
    block = find_block(tree, trusted)
    if block is None:
        what = f"it names block {stamp.height}, whose header isn't at hand"
        return None, (what, "name a file of block headers in stamp_headers")
    return block.time, None


# --- what is told ----------------------------------------------------------------------------------------------------


def _tell_uncovered(ledger: Ledger, connection: Connection) -> Iterator[Finding]:
    if uncovered := count_uncovered(connection):
        what = f"{uncovered:,} capture{'s are' if uncovered > 1 else ' is'} under no root yet"
        yield _tells("ledger", ledger.folder.name, "captures", what, "stamp with `harmledger stamp`")


def _tell_unanswered(connection: Connection) -> Iterator[Finding]:
    for stamp in list_stamps(connection, states=[StampState.WANTED, StampState.FAILED]):
        what = f"it isn't stamped yet ({stamp.message or 'nobody was asked'})"
        yield _tells("stamp", _name(stamp), "stamps", what, "ask again with `harmledger stamp`")


def _name(stamp: Stamp) -> str:
    return f"{stamp.root} {stamp.authority}"


def _moment(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time else "nothing"


def _fails(kind: str, id: str, where: str, what: str, remedy: str) -> Finding:
    return Finding(check=CHECK, kind=kind, id=id, where=where, what=what, remedy=remedy)


def _tells(kind: str, id: str, where: str, what: str, remedy: str) -> Finding:
    return Finding(check=CHECK, kind=kind, id=id, where=where, what=what, remedy=remedy, weight=Weight.TOLD)
