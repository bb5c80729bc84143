"""An e-mail address as somebody types it, read strictly: one address, no name beside it, nothing that a mail's head could take for more."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from harmledger.errors import BadInput

MOST_CHARS = 254
"""The longest address that a mail server takes (RFC 5321, erratum 1690)."""


def parse_address(typed: str, *, test_environment: bool = False) -> str:
    """The address in the one form in which it is compared and written to. Nobody is asked whether it is there.

    Capitals before the @ count for nothing: no server that people use tells Amal from amal. `test_environment`: takes `.test` too.

    Raises:
        BadInput: it is none.
    """
    typed = typed.strip()
    try:
        if len(typed) > MOST_CHARS:
            raise EmailNotValidError("too long")
        found = validate_email(typed, check_deliverability=False, test_environment=test_environment)
    except EmailNotValidError as e:
        raise BadInput("this is no e-mail address", repr(typed[:MOST_CHARS]), "write it as name@example.org") from e
    return f"{found.local_part.lower()}@{found.domain}"
