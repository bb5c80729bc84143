"""What sends letters: a mail server by SMTP, or a folder of .eml files where no server is named."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from harmledger.config import Config, MailSettings
from harmledger.domain import Letter
from harmledger.errors import BadInput, SourceFailed
from harmledger.mail.address import parse_address
from harmledger.mail.compose import compose

TIMEOUT_SECONDS = 20
"""A mail server that says nothing for so long is away."""
HERE = ("localhost", "127.0.0.1", "::1")
TLS = ("starttls", "tls", "off")
PORTS = {"starttls": 587, "tls": 465, "off": 25}


class Mailer(Protocol):
    """Sends letters, one at a time."""

    def send(self, letter: Letter) -> None:
        """Send one.

        Raises:
            BadInput: nobody can be written to at this address, now or later.
            SourceFailed: it can't be sent now.
        """
        ...


def open_mailer(config: Config) -> Mailer:
    """What the settings name. Nothing is sent yet.

    Raises:
        BadInput: a setting is missing, or can't be meant.
    """
    mail = config.mail
    if not mail.smtp:
        return FolderMailer(Path(mail.outbox), sender=mail.sender or "harmledger@localhost")
    host, port = _parse_server(mail)
    sender = _parse_sender(mail.sender)
    return ServerMailer(mail, host=host, port=port, sender=sender)


class ServerMailer:
    """Sends by SMTP, a connection a letter: letters are few, and a connection that is kept breaks when it is needed."""

    def __init__(self, mail: MailSettings, *, host: str, port: int, sender: str) -> None:
        self._mail, self._host, self._port, self._sender = mail, host, port, sender

    def send(self, letter: Letter) -> None:
        """See `Mailer`."""
        where = f"{self._host}:{self._port}"
        try:
            message = compose(letter, sender=self._sender)
            with self._connect() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as e:
            if all(500 <= code < 600 for code, _ in e.recipients.values()):
                raise BadInput("the mail server takes no letter to this address", where, "look at its log") from e
            raise SourceFailed("the mail server takes this letter later", where, "it is tried again") from e
        except smtplib.SMTPAuthenticationError as e:
            raise SourceFailed("the mail server refuses name or password", where, "check both settings") from e
        except (OSError, smtplib.SMTPException) as e:  # certificates, names and time-outs among them
            raise SourceFailed(f"the mail server can't be used ({type(e).__name__})", where, "check it") from e

    def _connect(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self._mail.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_SECONDS, context=secure)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
        try:
            if self._mail.tls == "starttls":
                server.starttls(context=secure)  # fails where the server offers none: nothing goes in the clear
            if self._mail.user:
                server.login(self._mail.user, self._mail.password)
        except BaseException:
            server.close()
            raise
        return server


class FolderMailer:
    """Puts each letter into a folder, as a file that every mail program opens; nobody else on the machine may read it."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def send(self, letter: Letter) -> None:
        """See `Mailer`. A letter that lies there already is the same one."""
        path = self._folder / f"{letter.when:%Y%m%dT%H%M%S}-{letter.letter_id}.eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(path, compose(letter, sender=self._sender))
        except OSError as e:
            what = f"the outbox can't be written ({e.strerror})"
            raise SourceFailed(what, str(self._folder), "let the folder be written, or name another") from e

    @staticmethod
    def _write(path: Path, message: EmailMessage) -> None:
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message.as_bytes())
        part.replace(path)


def _parse_server(mail: MailSettings) -> tuple[str, int]:
    if mail.tls not in TLS:
        raise BadInput("mail_tls is none of its values", mail.tls, f"say {', '.join(TLS[:-1])} or {TLS[-1]}")
    host, colon, port = mail.smtp.rpartition(":") if not mail.smtp.endswith("]") else (mail.smtp, "", "")
    host, port = (host, port) if colon else (mail.smtp, str(PORTS[mail.tls]))
    host = host.strip("[]")
    if not host or not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise BadInput("mail_smtp is no address of a mail server", mail.smtp, "give it as mail.example.org:587")
    if mail.tls == "off" and host not in HERE:
        raise BadInput(
            "letters go out in the clear to this machine alone", mail.smtp, "set mail_tls to starttls or tls"
        )
    return host, int(port)


def _parse_sender(sender: str) -> str:
    if not sender:
        raise BadInput("mail_from isn't set", "mail_from", "set it to the address that letters come from")
    return parse_address(sender, test_environment=True)
