"""One run a ledger: two that watch at once would ask each host twice as often as either says."""

from __future__ import annotations

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from harmledger.errors import NotAllowed
from harmledger.store.ledger import WATCH_LOCK


@contextmanager
def only_one(folder: Path) -> Generator[None]:
    """Hold a ledger's folder for as long as this lasts; the system lets go of it when the process dies, however it does.

    Raises:
        NotAllowed: another run holds it.
    """
    with (folder / WATCH_LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            what = "another run watches into this ledger already"
            raise NotAllowed(what, str(folder), "put all sources into its list, or end it first") from e
        yield
