"""Passwords: hashed with argon2id at the parameters its authors keep current, compared at the same cost whether or not there is an account."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from harmledger.errors import BadInput

LEAST_CHARS = 12
"""NIST SP 800-63B-4 asks for 15 where a password stands alone and 8 beside a second step."""
MOST_CHARS = 1000
_HASHER = PasswordHasher()


def hash_password(password: str, *, name: str) -> str:
    """What is kept of a new password.

    Raises:
        BadInput: it is too short, too long, or says the name.
    """
    if not LEAST_CHARS <= len(password) <= MOST_CHARS:
        raise BadInput(f"a password has {LEAST_CHARS} to {MOST_CHARS} characters", "the password", "choose another")
    if password.casefold().strip() in {name.casefold(), name.casefold() * 2} or len(set(password)) < 4:
        raise BadInput("this password is too easily guessed", "the password", "choose another")
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether this is the password; where there is no account it takes as long, and is wrong."""
    try:
        _HASHER.verify(kept or _nobodys(), password[:MOST_CHARS])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with parameters of an earlier time: hash it anew while the password is at hand."""
    return _HASHER.check_needs_rehash(kept)


def hash_again(password: str) -> str:
    """What is kept from now on of a password that counts already, whatever is asked of new ones."""
    return _HASHER.hash(password)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())
