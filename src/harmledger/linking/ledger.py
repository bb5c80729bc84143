"""Links a ledger: everything, or only what is near the reports that came in since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from harmledger.link.join import Watch, unwatched
from harmledger.linking.near import work_out_near
from harmledger.linking.told import read_now, tell_new
from harmledger.linking.whole import work_out_whole
from harmledger.linking.work import Now, Worked
from harmledger.store import Ledger, keep_linking
from harmledger.store.incidents import count_standing
from harmledger.store.told import keep_linked, list_untold

FEW = 0.2
"""Up to so large a share of the reports being new or decided on since, only what is near them is looked at; else looking at all is as quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a linking came to, in numbers."""

    claims: int
    left_out: int
    incidents: int
    minted: int
    merged: int
    split: int
    copies: int


def link_ledger(
    ledger: Ledger, *, now: Callable[[], datetime], again: bool = False, watch: Watch = unwatched
) -> Outcome:
    """Join the ledger's current claims into incidents and keep what changed; only near what is new, unless `again`.

    Claims are as people left them, and pairs that they merged or split are held. `watch` is told how far it is.

    Raises:
        Inconsistent: decisions contradict one another, or somebody else linked meanwhile.
    """
    found = None
    while found is None:
        tell_new(ledger, watch)
        with ledger.reading() as connection:
            found = _work_out(connection, ledger.folder, watch, again=again)
    at, worked = found
    with ledger.writing() as connection:
        linking = keep_linking(connection, worked.standing, worked.change, filed=now())
        keep_linked(connection, linking, at.new, worked.counts)
        return _outcome(connection, worked)


def _work_out(connection: Connection, folder: Path, watch: Watch, *, again: bool) -> tuple[Now, Worked] | None:
    """What a linking works on and comes to; None where a report was filed since all were told, which must be told first."""
    at = read_now(connection, folder)
    if list_untold(connection, at.current):
        return None
    few = bool(at.linked) and len(at.changed.union(at.new)) <= FEW * len(at.current)
    if few and not again:
        return at, work_out_near(connection, at, watch)
    return at, work_out_whole(connection, at, watch, again=again)


def _outcome(connection: Connection, worked: Worked) -> Outcome:
    known = {incident.incident_id for incident in worked.standing.incidents}
    claims, incidents, copies = count_standing(connection)
    return Outcome(
        claims=claims,
        incidents=incidents,
        copies=copies,
        left_out=worked.left_out,
        minted=sum(incident.incident_id not in known for incident in worked.change.incidents),
        merged=sum(pointer.why == "merged" for pointer in worked.change.pointers),
        split=sum(pointer.why == "split" for pointer in worked.change.pointers),
    )
