"""Calendars are asked again for what they promised, and proofs that tell a block are dated by the headers that the user has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from harmledger.attest.blocks import check_block
from harmledger.attest.ots import block_height, parse_proof, pending_address
from harmledger.attest.ots_tree import Tree, graft
from harmledger.domain.stamp import Block, Stamp, StampKind, StampState
from harmledger.errors import BadInput, HarmledgerError, Inconsistent
from harmledger.stamp.asking import Asker
from harmledger.stamp.calendar import ask_completed
from harmledger.stamping.stamp import ots_stamp, stamped_digest
from harmledger.stamping.trusted import Trusted
from harmledger.store import Ledger
from harmledger.store.database import told_plainly
from harmledger.store.stamps import list_stamps, note_stamp

MOST_ADDRESSES = 8
"""Calendars that one proof may name: the reference client's has four."""


def upgrade_stamps(ledger: Ledger, *, asker: Asker, trusted: Trusted, now: Callable[[], datetime]) -> Iterator[Stamp]:
    """Ask for every proof that is pending; gives each as it is kept. What isn't in a block yet, or goes wrong, stays pending."""
    with ledger.reading() as connection:
        pending = list_stamps(connection, states=[StampState.PENDING])
    for each in pending:
        try:
            tree = _completed(read_proof(ledger, each), asker)
            answered = _dated(ots_stamp(ledger, each, tree), find_block(tree, trusted))
        except HarmledgerError as e:
            answered = replace(each, message=f"{e.where}: {e.what}; {e.remedy}")
        answered = replace(answered, asked=now())
        if _note(ledger, answered, was=StampState.PENDING):
            yield answered


def date_stamps(ledger: Ledger, trusted: Trusted) -> Iterator[Stamp]:
    """Put the block's time, of the headers at hand, to every proof that tells one and hasn't a time yet; one that a header belies waits again."""
    with ledger.reading() as connection:
        held = list_stamps(connection, states=[StampState.HELD])
    for each in held:
        if each.kind is not StampKind.OPENTIMESTAMPS or each.time is not None:
            continue
        try:
            dated = _dated(each, find_block(read_proof(ledger, each), trusted))
        except HarmledgerError as e:
            dated = replace(each, state=StampState.PENDING, message=f"{e.where}: {e.what}; {e.remedy}")
        if dated != each and _note(ledger, dated, was=StampState.HELD):
            yield dated


def read_proof(ledger: Ledger, stamp: Stamp) -> Tree:
    """The proof that is kept, if it is of this root.

    Raises:
        NotFound: it is missing.
        Inconsistent: it was changed, or is of something else.
        BadInput: it can't be read.
    """
    tree = parse_proof(ledger.blobs.get(stamp.content_id or ""))
    if tree.message != stamped_digest(stamp.root):
        raise Inconsistent("the proof is of something else", f"root {stamp.root[:10]}", "put it back from a copy")
    return tree


def find_block(tree: Tree, trusted: Trusted) -> Block | None:
    """The earliest block that a proof ends in, of those whose headers are at hand.

    Raises:
        Inconsistent: one of them doesn't hold.
    """
    if trusted.headers is None:
        return None
    found: list[Block] = []
    for message, attestation in tree.walk():
        height = block_height(attestation)
        if height is not None:
            block = check_block(trusted.headers, height, message, least=trusted.least_difficulty)
            found.extend([block] if block else [])
    return min(found, key=lambda block: block.height, default=None)


def _dated(stamp: Stamp, block: Block | None) -> Stamp:
    return stamp if block is None else replace(stamp, time=block.time, height=block.height)


def _note(ledger: Ledger, stamp: Stamp, *, was: StampState) -> bool:
    with told_plainly(ledger.where), ledger.writing() as connection:
        return note_stamp(connection, stamp, was=[was])


def _completed(tree: Tree, asker: Asker) -> Tree:
    """The tree with whatever its calendars tell now. One that fails keeps no other from being asked.

    Raises:
        HarmledgerError: none told anything, and one failed.
    """
    promised = [(message, address) for message, each in tree.walk() if (address := pending_address(each)) is not None]
    if len(promised) > MOST_ADDRESSES:
        raise BadInput("the proof names too many calendars", "the proof", "ask another calendar")
    failed: HarmledgerError | None = None
    grown = tree
    for message, address in promised:
        try:
            told = ask_completed(asker, address, message)
        except HarmledgerError as e:
            failed = e
            continue
        grown = graft(grown, told) if told else grown
    if failed is not None and grown == tree:
        raise failed
    return grown
