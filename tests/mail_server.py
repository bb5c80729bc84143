"""A mail server on a port of this machine, by aiosmtpd: takes letters, refuses those to `nobody@…`, puts off those to `later@…`."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import ssl
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

_LINK = re.compile(r"https?://\S+/replies/sign-in/mail/\w+")


@dataclass
class MailServer:
    """Where it listens, and what came."""

    port: int
    came: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(self, *told: Any) -> str:  # noqa: N802  the name that aiosmtpd calls
        """Takes or refuses one address."""
        _, _, envelope, address, _ = told
        if address.startswith("nobody"):
            return "550 no such person"
        if address.startswith("later"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, *told: Any) -> str:  # noqa: N802  as above
        """Takes one letter."""
        self.came.append(read_letter(told[2].content))
        return "250 OK"

    def wait_for_link(self, to: str, *, seconds: float = 60) -> str:
        """The link of the last letter to an address, once it is there."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            links = [link_of(one) for one in self.came if one["To"] == to]
            if links:
                return links[-1]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} within {seconds} s")


@contextmanager
def listening_for_mail(*, tls: ssl.SSLContext | None = None) -> Generator[MailServer]:
    """A server, stopped at the end. `tls`: it offers STARTTLS with this, and takes nothing without."""
    from aiosmtpd.controller import Controller

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = MailServer(port=free.getsockname()[1])
    controller = Controller(
        server, hostname="127.0.0.1", port=server.port, tls_context=tls, require_starttls=tls is not None
    )
    controller.start()
    yield server
    controller.stop()


def read_letter(content: bytes) -> EmailMessage:
    """A letter as mail programs read it."""
    return cast("EmailMessage", email.message_from_bytes(content, policy=email.policy.default))


def link_of(letter: EmailMessage) -> str:
    """The link to sign in by that stands in a letter."""
    found = _LINK.search(letter.get_content())
    assert found, letter.get_content()
    return found[0]
