"""Trusted time: roots against their leaves, tokens and proofs against roots."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.domain import Finding
from harmledger.proving.looking import Looking
from harmledger.stamping.check import check_stamps


def check_time(looking: Looking) -> Iterator[Finding]:
    """All of it that doesn't hold, as `stamping` tells it."""
    return check_stamps(looking.ledger, looking.connection, trusted=looking.trusted, gone=looking.gone.ids)
