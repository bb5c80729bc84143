"""Letter → the message that goes out: plain text, marked as written by a machine, so that holiday notices don't answer it.

`email` itself refuses a line break in a head, and quotes whatever an address holds; subjects are put on one line before.
"""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from harmledger.domain import Letter
from harmledger.errors import BadInput

MOST_SUBJECT_CHARS = 150


def compose(letter: Letter, *, sender: str) -> EmailMessage:
    """The message.

    Raises:
        BadInput: an address isn't one, and nothing but one.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address("", addr_spec=sender)
        message["To"] = Address("", addr_spec=letter.to)
    except (ValueError, MessageError, IndexError) as e:  # the last: it is empty
        raise BadInput("a letter goes to one address alone", repr(letter.to[:254]), "give one") from e
    message["Subject"] = _on_one_line(letter.subject)
    message["Date"] = letter.when
    message["Message-ID"] = f"<{letter.letter_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:  # RFC 2369 and 8058: mail programs end such letters by one request
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, charset="utf-8")
    return message


def _on_one_line(subject: str) -> str:
    """Without line breaks, controls and overrides of direction."""
    kept = "".join(c if c.isprintable() else " " for c in subject)
    return " ".join(kept.split())[:MOST_SUBJECT_CHARS]
