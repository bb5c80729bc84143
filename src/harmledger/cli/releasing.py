"""`harmledger release`: a versioned data set."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from harmledger import __version__
from harmledger.cli import tell, utc_now
from harmledger.cli.exporting import counted
from harmledger.cli.showing import looking
from harmledger.domain import Rule
from harmledger.errors import NotFound
from harmledger.exporting import export_incidents
from harmledger.publish.release.describe import Released
from harmledger.releasing import Outcome, make_release
from harmledger.store import get_known_incidents, get_report

TEXTS_HELD = 64
"""An incident's reports are looked up for each of its quotes: that many texts are kept at hand."""


def release_and_tell(
    folder: str, into: str, *, rule: str, version: str | None, who: str | None, no_quotes: bool
) -> None:
    """Make the release, and tell in a line what it holds and what changed."""
    now = utc_now()
    released = Released(
        version=version or f"{now:%Y.%m.%d}",
        rule=Rule(rule),
        made=now.replace(microsecond=0),
        program=f"harmledger {__version__}",
        by=who,
        quotes=not no_quotes,
    )
    with looking(folder) as connection:
        if not get_known_incidents(connection).linking:
            raise NotFound("its claims haven't been linked", folder, "run `harmledger link` first")
        incidents = counted(export_incidents(connection, Path(folder), released.rule, quotes=released.quotes))
        tell(_told(make_release(Path(into), released, incidents, _texts(connection))))


def _texts(connection: Connection) -> Callable[[str], str | None]:
    @lru_cache(maxsize=TEXTS_HELD)
    def text_of(document: str) -> str | None:
        try:
            text: str = get_report(connection, document).record["document"]["text"]
        except NotFound:
            return None
        return text

    return text_of


def _told(outcome: Outcome) -> str:
    held = f"{outcome.incidents} incidents released in {outcome.folder}"
    if outcome.since is None:
        return f"{held}, the first release"
    return f"{held}; since {outcome.since}: {outcome.added} added, {outcome.gone} gone, {outcome.changed} with other figures"
