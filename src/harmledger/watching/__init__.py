"""Listings looked at again and again, and the pages that they name brought into the ledger. Read `run` first.

    WatchList ─▶ turns ─▶ Task ─▶ visit ─▶ (listing) new pages into the frontier
                   ▲                └────▶ (page) filed, with its line in the log and where it stands now: one transaction
                   └── give back ◀──┘                └─▶ read, as every report (see `pipeline`)

Killed at any moment and started again it goes on: a page stays waiting until its bytes are filed, and filed pages that nobody read yet are read
first. What listed it, what it was asked and what it gave are never in two places.
"""

from harmledger.watching.durations import parse_duration, render_duration
from harmledger.watching.run import Run, Tally
from harmledger.watching.watch_list import load_watch_list

__all__ = ["Run", "Tally", "load_watch_list", "parse_duration", "render_duration"]
