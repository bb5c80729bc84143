"""How often one may ask: counters in memory, by hidden address and by account name.

A bound on tries stands in for locking accounts: whoever guesses is slowed, and nobody can lock another out for longer than a few minutes.
"""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

SIGN_INS_AN_ADDRESS = RateLimitItemPerMinute(20, 5)
"""Tries in five minutes from one network, whatever the name: an office shares an address, a guesser needs thousands."""
SIGN_INS_A_NAME_AND_ADDRESS = RateLimitItemPerMinute(5, 5)
SIGN_INS_A_NAME = RateLimitItemPerMinute(50, 5)
"""From all networks together: 14,400 a day, against passwords of twelve characters."""
FORMS_AN_ADDRESS = RateLimitItemPerMinute(240)
"""Forms a minute: a reviewer who decides by keyboard sends one a second at most."""


class Rates:
    """Counts what was asked; forgets with each window."""

    def __init__(self, *, reading_a_minute: int) -> None:
        self._counts = FixedWindowRateLimiter(MemoryStorage())
        self._reading = RateLimitItemPerMinute(reading_a_minute) if reading_a_minute else None

    def may_read(self, address: str) -> bool:
        """Count one more request of an address; whether it is within its bound."""
        return self._reading is None or self._counts.hit(self._reading, "read", address)

    def may_send(self, address: str) -> bool:
        """Count one more form of an address."""
        return self._counts.hit(FORMS_AN_ADDRESS, "form", address)

    def may_sign_in(self, name: str, address: str) -> bool:
        """Count one more try; the same for names that are nobody's."""
        bounds: tuple[tuple[RateLimitItem, str], ...] = (
            (SIGN_INS_AN_ADDRESS, f"address {address}"),
            (SIGN_INS_A_NAME_AND_ADDRESS, f"both {address} {name}"),
            (SIGN_INS_A_NAME, f"name {name}"),
        )
        within = [
            self._counts.hit(bound, "sign-in", of) for bound, of in bounds
        ]  # each is counted, whatever the others say
        return all(within)
