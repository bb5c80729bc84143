"""How often one may ask: counters in memory, by hidden address and by account name.

A bound on tries stands in for locking accounts: whoever guesses is slowed, and nobody can lock another out for longer than a few minutes.
"""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

SIGN_INS_AN_ADDRESS = RateLimitItemPerMinute(20, 5)
"""Tries in five minutes from one network, whatever the name: an office shares an address, a guesser needs thousands."""
SIGN_INS_A_NAME_AND_ADDRESS = RateLimitItemPerMinute(5, 5)
SIGN_INS_A_NAME = RateLimitItemPerMinute(50, 5)
"""From all networks together: 14,400 a day, against passwords of twelve characters."""
LINKS_A_NETWORK = RateLimitItemPerHour(20)
"""Links to sign in by, whoever they are sent to: one network writes to twenty strangers an hour at most."""
PROVIDERS_A_NETWORK = RateLimitItemPerHour(60)
"""Sign-ins begun at a provider."""
INSTANCES_A_NETWORK = RateLimitItemPerHour(20)
"""Instances that visitors name, each of which this site then asks."""
TRIES_A_LINK = RateLimitItemPerHour(10)
"""Addresses tried for one link, in a browser that didn't ask for it."""
REPLIES_A_PERSON = RateLimitItemPerMinute(5)
"""Replies, sent or edited; how many a day, the ledger counts."""
REPLIES_A_NETWORK = RateLimitItemPerMinute(60)
DRAFTS_A_NETWORK = RateLimitItemPerHour(120)
"""What is typed before signing in is kept for a day, for whoever asks."""
WRONG_TOKENS_A_NETWORK = RateLimitItemPerMinute(30, 5)
"""Tokens that are none, or none any longer, in five minutes. Those that count go on beside them: nobody stops another's program by guessing."""
ASKED_BY_TOKENS = RateLimitItemPerMinute(300)
"""By all tokens of an account together, so that more tokens are no more requests."""
DONE_BY_TOKENS = RateLimitItemPerMinute(60)
"""Of these, rulings: a program that went wrong is told before it has emptied the queue."""
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

    def may_ask_for_link(self, address: str) -> bool:
        """Count one more link that a network asks for."""
        return self._counts.hit(LINKS_A_NETWORK, "link", address)

    def may_begin(self, address: str, *, names_instance: bool = False) -> bool:
        """Count one more sign-in that a network begins at a provider."""
        bound = INSTANCES_A_NETWORK if names_instance else PROVIDERS_A_NETWORK
        return self._counts.hit(bound, "provider", address)

    def may_try_link(self, link_id: str) -> bool:
        """Count one more address tried for a link."""
        return self._counts.hit(TRIES_A_LINK, "link-try", link_id)

    def may_reply(self, replier: str, address: str) -> bool:
        """Count one more reply of a person and of a network."""
        within = [
            self._counts.hit(REPLIES_A_PERSON, "reply", replier),
            self._counts.hit(REPLIES_A_NETWORK, "replies", address),
        ]
        return all(within)

    def may_keep_draft(self, address: str) -> bool:
        """Count one more text that is kept before its writer signs in."""
        return self._counts.hit(DRAFTS_A_NETWORK, "draft", address)

    def may_mistake_token(self, address: str) -> bool:
        """Count one more token that doesn't count."""
        return self._counts.hit(WRONG_TOKENS_A_NETWORK, "wrong-token", address)

    def may_ask_by_token(self, account_id: str, *, writes: bool) -> bool:
        """Count one more request that a program makes for an account."""
        asked = self._counts.hit(ASKED_BY_TOKENS, "by-token", account_id)
        return asked and (not writes or self._counts.hit(DONE_BY_TOKENS, "done-by-token", account_id))

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
