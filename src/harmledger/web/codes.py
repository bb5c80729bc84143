"""The second step: one-time codes from an app, each taken once, and recovery codes for who lost the app."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

import segno
from markupsafe import Markup
from pyotp import random_base32
from pyotp.exceptions import OTPVerificationError
from pyotp.totp import TOTP
from sqlalchemy import Connection

from harmledger.domain import Account
from harmledger.store.accounts import Credentials, use_recovery_code, use_step
from harmledger.web.site import Site

STEPS_EITHER_WAY = 1
"""Codes of the half minute before and after are taken too: clocks differ."""
RECOVERY_CODES = 10
RECOVERY_CHARS = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 of them, none easily taken for another: 50 bits a code."""


def new_secret() -> str:
    """The secret that an app and the site share."""
    return random_base32()


def draw_secret(account: Account, secret: str, *, issuer: str) -> Markup:
    """The secret as a picture that an app reads; only squares, so that it may stand in a page as it is."""
    address = TOTP(secret).provisioning_uri(name=account.name, issuer_name=issuer)
    return Markup(segno.make(address, error="m").svg_inline(omitsize=True, border=3))  # noqa: S704  made of numbers


def find_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The time step whose code this is; None where it is none of now."""
    try:
        return TOTP(secret).verify_and_get_timecode("".join(code.split()), for_time=now, valid_window=STEPS_EITHER_WAY)
    except OTPVerificationError:
        return None


def new_recovery_codes() -> Sequence[str]:
    """Codes to be shown once and written down."""
    return ["".join(secrets.choice(_LETTERS) for _ in range(RECOVERY_CHARS)) for _ in range(RECOVERY_CODES)]


def hash_recovery_code(site: Site, code: str) -> str:
    """What is kept of one."""
    return site.sign("recovery", "".join(code.split()).upper())


def take_code(site: Site, writer: Connection, account: Account, held_to: Credentials, code: str) -> bool:
    """Whether this is a code that counts now; it is used up by that."""
    if held_to.totp_secret is None or not held_to.totp_confirmed:
        return True
    step = find_step(held_to.totp_secret, code, now=site.now())
    if step is not None:
        return use_step(writer, account.account_id, step)
    return use_recovery_code(writer, account.account_id, hash_recovery_code(site, code), now=site.now())
