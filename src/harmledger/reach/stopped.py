"""Why a fetch ended without an answer."""

from __future__ import annotations

from harmledger.domain import FetchOutcome


class Stopped(Exception):
    """An attempt that goes no further: its kind, what was wrong, and what to do. Whoever fetches makes a `NotFetched` of it."""

    def __init__(self, outcome: FetchOutcome, what: str, remedy: str) -> None:
        super().__init__(outcome, what, remedy)
        self.outcome, self.what, self.remedy = outcome, what, remedy
