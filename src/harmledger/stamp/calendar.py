"""OpenTimestamps' calendars by their addresses: a hash is given to one, and asked for again until it tells the block.

Source: the calendars' protocol, as the reference library (python-opentimestamps 0.4, `calendar.py`) speaks it.
"""

from __future__ import annotations

from harmledger.attest.ots import block_height, parse_timestamp, pending_address
from harmledger.attest.ots_tree import Tree
from harmledger.errors import BadInput, NotFound
from harmledger.stamp.asking import Asker, Question

_ACCEPT = "application/vnd.opentimestamps.v1"
_FORM = "application/x-www-form-urlencoded"  # as the reference library's client sends it, though it is none


def submit(asker: Asker, calendar: str, digest: bytes) -> Tree:
    """What the calendar promises of a hash.

    Raises:
        SourceFailed: it gave no answer.
        BadInput: its answer is no promise, nor a proof.
    """
    answer = asker.ask(Question(url=_at(calendar, "digest"), content=digest, accept=_ACCEPT, kind=_FORM))
    tree = parse_timestamp(answer, digest)
    attested = (each for _, each in tree.walk())
    if not any(pending_address(each) is not None or block_height(each) is not None for each in attested):
        raise BadInput("its answer promises nothing that is known here", calendar, "ask another calendar")
    return tree


def ask_completed(asker: Asker, calendar: str, commitment: bytes) -> Tree | None:
    """What the calendar knows of what it promised; None while it waits for a block.

    Raises:
        SourceFailed: it gave no answer.
        BadInput: its answer is no proof.
    """
    try:
        answer = asker.ask(Question(url=_at(calendar, f"timestamp/{commitment.hex()}"), accept=_ACCEPT))
    except NotFound:
        return None
    tree = parse_timestamp(answer, commitment)
    return tree if any(block_height(each) is not None for _, each in tree.walk()) else None


def _at(calendar: str, path: str) -> str:
    return f"{calendar.rstrip('/')}/{path}"
