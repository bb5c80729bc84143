"""Challenges that authenticators sign: each bound to one browser and one purpose, for minutes, and for one time. In memory, as the counts of tries are."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(minutes=5)
MOST = 1000
"""At one time; whoever has a password, and nobody else, makes one. The oldest are forgotten first."""
CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What is to be signed, and by whose authenticator."""

    bytes: bytes
    account_id: str
    until: datetime


class Challenges:
    """Those that wait for an answer."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], Challenge] = {}
        self._lock = threading.Lock()

    def issue(self, seed: str, purpose: str, account_id: str, *, now: datetime) -> Challenge:
        """A new one; what this browser had for the purpose counts no longer."""
        made = Challenge(bytes=secrets.token_bytes(CHALLENGE_BYTES), account_id=account_id, until=now + LASTS)
        with self._lock:
            self._waiting.pop((seed, purpose), None)
            while len(self._waiting) >= MOST:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[seed, purpose] = made
        return made

    def take(self, seed: str, purpose: str, *, now: datetime) -> Challenge | None:
        """What this browser was asked for the purpose, where it still counts; it is used up by that."""
        with self._lock:
            found = self._waiting.pop((seed, purpose), None)
        return found if found and now <= found.until else None
