"""What the desk keeps between requests: the one thread that links.

Linking looks at the whole ledger: it is waited for a while, and then goes on by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from harmledger.deciding import link_saids
from harmledger.domain import Verdict
from harmledger.errors import HarmledgerError
from harmledger.linking import link_ledger
from harmledger.review.decide import SubjectKind
from harmledger.store import Ledger
from harmledger.store.decisions import append_decisions
from harmledger.store.desk_incidents import find_incidents_of

WAIT_SECONDS = 8.0
"""How long a form waits for linking: a ledger of some thousand reports is done by then."""
Claims = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Which claims a lead said are of one incident each, the first of each anchoring it, and why."""

    groups: Sequence[Claims]
    entered: frozenset[str]
    """Those of them that people entered."""
    who: str
    reason: str


class Desk:
    """One for a site."""

    def __init__(self) -> None:
        self._linking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="linking")

    def relink(
        self, ledger: Ledger, ruling: Ruling, *, now: Callable[[], datetime], seconds: float = WAIT_SECONDS
    ) -> str | None:
        """Link near what was decided; None where it is done, else a sentence that says what is the matter."""
        running: Future[None] = self._linking.submit(_link, ledger, ruling, now)
        try:
            running.result(timeout=seconds)
        except TooSlow:
            return "The decision is kept. The ledger is large: its claims are still being joined, look again in some minutes."
        except HarmledgerError as e:
            return (
                f"The decision is kept, but the claims could not be joined now: {e.what}. The next linking takes it up."
            )
        return None

    def close(self) -> None:
        """Let a linking that has begun come to its end."""
        self._linking.shutdown(wait=True, cancel_futures=True)


def _link(ledger: Ledger, ruling: Ruling, now: Callable[[], datetime]) -> None:
    """Link; claims that fell out of the incident that the ruling put them in are merged with its first claim, and linked again.

    One pair that people put together doesn't carry along what only hung on averages.
    """
    link_ledger(ledger, now=now)
    with ledger.writing() as writer:
        strays = [(claim, group[0]) for group in ruling.groups for claim in _find_strays(writer, group)]
        kinds = dict.fromkeys(ruling.entered, SubjectKind.ENTRY)
        saids = link_saids(Verdict.MERGE, strays, kinds=kinds, who=ruling.who, reason=ruling.reason)
        if saids:
            append_decisions(writer, saids, now=now())
    if saids:
        link_ledger(ledger, now=now)


def _find_strays(connection: Connection, group: Claims) -> list[str]:
    """Claims of a group that aren't in its first one's incident; what is in none, since it was rejected or counts several events, is left."""
    homes = find_incidents_of(connection, group)
    home = homes.get(group[0])
    return [claim for claim in group[1:] if home and homes.get(claim, home) != home]
