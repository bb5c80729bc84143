"""What `harmledger stamp …` does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from harmledger.attest.told import render_proof_record
from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.config import StampSettings
from harmledger.domain.stamp import Root, Stamp, StampKind, StampState
from harmledger.errors import BadInput
from harmledger.publish.wording import render_json, render_plain
from harmledger.stamp.asking import Asker
from harmledger.stamping import (
    date_stamps,
    gather_evidence,
    give_evidence,
    load_trusted,
    put_under_root,
    stamp_ledger,
    upgrade_stamps,
)
from harmledger.store import Ledger
from harmledger.store.stamps import find_captures

_SETTINGS = "the settings"


def stamp_and_tell(folder: str, settings: StampSettings, wanted: Sequence[str]) -> bool:
    """Stamp what is new, or these captures alone; tells whether all who were asked gave a stamp.

    Raises:
        BadInput: nobody is set to attest time.
    """
    if not settings.authorities and not settings.calendars:
        remedy = "name an authority in stamp_authorities, or a calendar in stamp_calendars; see docs/stamp.md"
        raise BadInput("nobody is set who attests time", _SETTINGS, remedy)
    asker, trusted = _asker(settings), load_trusted(settings)
    with opened(folder) as ledger:
        captures = _find(ledger, wanted)
        for root in put_under_root(ledger, settings, captures=captures, now=utc_now()) or [None]:
            _tell_root(root)
        return _tell_stamps(stamp_ledger(ledger, settings, asker=asker, trusted=trusted, now=utc_now))


def upgrade_and_tell(folder: str, settings: StampSettings) -> bool:
    """Ask calendars for what they promised; tells whether nothing went wrong. That a block is awaited is nothing wrong."""
    asker, trusted = _asker(settings), load_trusted(settings)
    with opened(folder) as ledger:
        upgraded = _tell_stamps(upgrade_stamps(ledger, asker=asker, trusted=trusted, now=utc_now))
        return _tell_stamps(date_stamps(ledger, trusted)) and upgraded


def show(folder: str, wanted: str) -> None:
    """One JSON object for each capture and root, the best first."""
    with opened(folder) as ledger:
        for capture in _find(ledger, [wanted]):
            evidence = gather_evidence(ledger, capture)
            for proven in evidence.proven:
                write(render_json({"capture_id": capture, **render_proof_record(proven)}) + "\n")


def give(folder: str, wanted: str, out: str) -> None:
    """The proof of one capture as files; of a document that was captured several times the first.

    Raises:
        BadInput: the folder holds something.
    """
    with opened(folder) as ledger:
        capture, *others = _find(ledger, [wanted])
        files = give_evidence(ledger, gather_evidence(ledger, capture), Path(out))
    tell(f"capture {capture[:10]}: {len(files)} files in {out}; README.txt says how to check them")
    if others:
        tell(
            f"the document was captured {len(others)} more time{'s' * (len(others) != 1)}; name a capture by its id for another"
        )


def _asker(settings: StampSettings) -> Asker:
    return Asker(trusted=(*settings.authorities, *settings.calendars))


def _find(ledger: Ledger, wanted: Sequence[str]) -> list[str]:
    with ledger.reading() as connection:
        return [capture for each in wanted for capture in find_captures(connection, each)]


def _tell_root(root: Root | None) -> None:
    if root is None:
        tell("nothing is new since the last stamp")
        return
    tell(f"root {root.root[:16]}… over {root.leaves} leaves{', by itself' if root.alone else ''}")


def _tell_stamps(stamps: Iterable[Stamp]) -> bool:
    went_well = True
    for stamp in stamps:
        went_well = went_well and stamp.message is None
        tell(f"root {stamp.root[:16]}…: {render_plain(stamp.authority)}: {_say(stamp)}")
    return went_well


def _say(stamp: Stamp) -> str:
    if stamp.message:
        return stamp.message
    if stamp.state is StampState.PENDING:
        return "taken; ask for its block in some hours with --upgrade"
    if stamp.time:
        within = " within two hours" if stamp.kind is StampKind.OPENTIMESTAMPS else ""
        return f"existed by {stamp.time:%Y-%m-%d %H:%M:%S} UTC{within}"
    return f"in block {stamp.height}; name a file of block headers in stamp_headers to have its time"
