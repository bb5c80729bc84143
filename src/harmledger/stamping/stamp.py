"""What is new comes under a root, and whoever is set to attest time is asked. Safe to stop at any moment: the next run asks whom this one didn't.

Of a root its SHA-256 goes out, and nothing else: an authority learns that something was stamped, not what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from harmledger.attest.ots import block_height, parse_proof, render_proof
from harmledger.attest.ots_tree import Tree
from harmledger.config import StampSettings
from harmledger.domain.stamp import Root, Stamp, StampKind, StampState
from harmledger.errors import HarmledgerError, Inconsistent, SourceFailed
from harmledger.stamp.asking import Asker
from harmledger.stamp.authority import ask_authority
from harmledger.stamp.calendar import submit
from harmledger.stamping.trusted import Trusted
from harmledger.store import Ledger
from harmledger.store.database import told_plainly
from harmledger.store.stamps import Authority, list_stamps, make_root, make_root_alone, note_stamp

UNANSWERED = (StampState.WANTED, StampState.FAILED)
CLOCKS_DIFFER = timedelta(minutes=10)
"""A token whose time differs by more from this machine's clock is of a wrong clock, here or there: what it says can't be relied on either way."""


def wanted_authorities(settings: StampSettings) -> list[Authority]:
    """Whom the settings name."""
    signing = [(StampKind.RFC3161, url) for url in settings.authorities]
    return [*signing, *((StampKind.OPENTIMESTAMPS, url) for url in settings.calendars)]


def put_under_root(
    ledger: Ledger, settings: StampSettings, *, captures: Sequence[str] = (), now: datetime
) -> list[Root]:
    """A root over what is new, where anything is; or one over each of these captures alone."""
    authorities = wanted_authorities(settings)
    with told_plainly(ledger.where), ledger.writing() as connection:
        if captures:
            return [make_root_alone(connection, each, authorities, now=now) for each in captures]
        made = make_root(connection, authorities, now=now)
        return [made] if made else []


def stamp_ledger(
    ledger: Ledger, settings: StampSettings, *, asker: Asker, trusted: Trusted, now: Callable[[], datetime]
) -> Iterator[Stamp]:
    """Ask for every stamp that is wanted, or failed before; gives each as it is kept. Who can't be reached isn't asked twice in one run."""
    named = set(wanted_authorities(settings))
    with ledger.reading() as connection:
        wanted = [each for each in list_stamps(connection, states=UNANSWERED) if (each.kind, each.authority) in named]
    silent: set[str] = set()
    for each in wanted:
        if each.authority in silent:
            continue
        try:
            answered = _ask(ledger, each, asker=asker, trusted=trusted, now=now)
        except HarmledgerError as e:
            if isinstance(e, SourceFailed):
                silent.add(each.authority)
            answered = replace(each, state=StampState.FAILED, message=f"{e.what}; {e.remedy}")
        answered = replace(answered, asked=now())
        with told_plainly(ledger.where), ledger.writing() as connection:
            kept = note_stamp(connection, answered, was=UNANSWERED)
        if kept:
            yield answered


def stamped_bytes(root: str) -> bytes:
    """What is stamped of a root: its 32 bytes, as a file that others' programs hash again."""
    return bytes.fromhex(root)


def stamped_digest(root: str) -> bytes:
    """What goes out."""
    return hashlib.sha256(stamped_bytes(root)).digest()


def ots_stamp(ledger: Ledger, stamp: Stamp, tree: Tree) -> Stamp:
    """A stamp with a calendar's proof, which is kept first: pending, or held once it tells a block.

    Raises:
        BadInput: it grew beyond what can be read again.
    """
    content = render_proof(tree)
    parse_proof(content)
    ledger.keep_bytes(content)
    heights = [height for _, each in tree.walk() if (height := block_height(each)) is not None]
    return replace(
        stamp,
        state=StampState.HELD if heights else StampState.PENDING,
        content_id=hashlib.sha256(content).hexdigest(),
        height=min(heights, default=None),
        message=None,
    )


def _ask(ledger: Ledger, stamp: Stamp, *, asker: Asker, trusted: Trusted, now: Callable[[], datetime]) -> Stamp:
    """The stamp with what came, once it was checked and is on the disk."""
    if stamp.kind is StampKind.OPENTIMESTAMPS:
        return ots_stamp(ledger, stamp, submit(asker, stamp.authority, stamped_digest(stamp.root)))
    answer, token = ask_authority(asker, stamp.authority, stamped_bytes(stamp.root), roots=trusted.roots)
    if abs(token.time - now()) > CLOCKS_DIFFER:
        what = f"its token is of {token.time:%Y-%m-%d %H:%M} UTC, and this machine's clock says {now():%Y-%m-%d %H:%M}"
        raise Inconsistent(what, stamp.authority, "set this machine's clock, or name another authority")
    ledger.keep_bytes(answer)
    ledger.keep_bytes(token.anchors)
    return replace(
        stamp,
        state=StampState.HELD,
        content_id=hashlib.sha256(answer).hexdigest(),
        anchors_id=hashlib.sha256(token.anchors).hexdigest(),
        time=token.time,
        message=None,
    )
