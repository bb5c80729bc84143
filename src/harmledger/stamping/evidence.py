"""One capture's proof of time: found in the ledger, shown, or given as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from harmledger.attest.leaves import leaf_hashes
from harmledger.attest.merkle import merkle_proof, root_by_proof
from harmledger.attest.token import enclosed_certificates
from harmledger.attest.told import Attested, Proven, render_files
from harmledger.domain.stamp import Stamp, StampKind, StampState
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.store import Ledger
from harmledger.store.stamps import Placed, find_placed, list_leaves, list_stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A capture's proofs under every root that it is under; the best one first."""

    capture_id: str
    proven: tuple[Proven, ...]


def gather_evidence(ledger: Ledger, capture: str) -> Evidence:
    """All that attests a capture.

    Raises:
        NotFound: it is under no root yet.
        Inconsistent: the root's leaves, or the bytes of a stamp, are not what they were.
    """
    with ledger.reading() as connection:
        placed = find_placed(connection, capture)
        proven = [_prove(ledger, connection, each) for each in placed]
    if not proven:
        raise NotFound("this capture is under no root yet", capture[:10], "stamp with `harmledger stamp`")
    return Evidence(capture_id=capture, proven=tuple(sorted(proven, key=_worth)))


def give_evidence(ledger: Ledger, evidence: Evidence, folder: Path) -> list[Path]:
    """The best proof as files in a new or empty folder, with the captured bytes where they are there.

    Raises:
        BadInput: the folder holds something, or can't be written.
        Inconsistent: the captured bytes were changed.
    """
    proven = evidence.proven[0]
    document = _find_bytes(ledger, proven.leaf.document_id)
    records = _find_bytes(ledger, proven.leaf.record_id)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput("there is something already", str(folder), "name a new folder with --out")
        folder.mkdir(parents=True, exist_ok=True)
        return list(_write(folder, render_files(proven, document=document, records=records).items()))
    except OSError as e:
        raise BadInput(f"it can't be written ({e.strerror})", str(folder), "name another folder with --out") from e


def _prove(ledger: Ledger, connection: Connection, placed: Placed) -> Proven:
    leaves = list_leaves(connection, placed.root.root)
    hashes = leaf_hashes(leaves)
    path = merkle_proof(hashes, placed.position)
    led = root_by_proof(hashes[placed.position], placed.position, size=len(hashes), path=path)
    if led is None or led.hex() != placed.root.root:
        where = f"root {placed.root.root[:10]}"
        raise Inconsistent("its leaves are not those that it was made over", where, "put them back from a copy")
    stamps = list_stamps(connection, root=placed.root.root)
    return Proven(
        leaf=leaves[placed.position],
        root=placed.root,
        position=placed.position,
        path=tuple(path),
        attested=tuple(_attested(ledger, each) for each in stamps),
    )


def _attested(ledger: Ledger, stamp: Stamp) -> Attested:
    if stamp.content_id is None:
        return Attested(stamp=stamp)
    content = ledger.blobs.get(stamp.content_id)
    if stamp.kind is not StampKind.RFC3161:
        return Attested(stamp=stamp, content=content)
    anchors = ledger.blobs.get(stamp.anchors_id or "")
    return Attested(stamp=stamp, content=content, anchors=anchors, enclosed=enclosed_certificates(content))


def _worth(proven: Proven) -> tuple[bool, bool, float]:
    """Attested before not, alone before among others, earlier before later."""
    times = [each.stamp.time.timestamp() for each in proven.attested if each.stamp.time]
    held = any(each.stamp.state is StampState.HELD for each in proven.attested)
    return not held, not proven.root.alone, min(times, default=float("inf"))


def _find_bytes(ledger: Ledger, blob: str | None) -> bytes | None:
    """Kept bytes, or None where they are there no longer."""
    try:
        return ledger.blobs.get(blob) if blob else None
    except NotFound:
        return None


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterable[Path]:
    for name, content in files:
        path = folder / name
        path.write_bytes(content)
        yield path
