"""Letters that wait are written and sent: the composition of `store` and `mail`. Each is sent once; where a process dies meanwhile, once more.

queued ─▶ taken for some minutes ─▶ rendered ─▶ sent, or put off
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from harmledger.domain import Letter, QueuedMail
from harmledger.errors import BadInput, SourceFailed
from harmledger.mail import Mailer
from harmledger.store.ledger import Ledger
from harmledger.store.reply_mails import note_not_sent, note_sent, take_due

MOST_AT_ONCE = 10
"""Each may take the mail server's whole time-out; together they stay within the time that they are taken for."""

Render = Callable[[QueuedMail], Letter | None]
"""What to write; None: it is of no use any longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMails:
    """What became of the letters that were due."""

    sent: int = 0
    put_off: int = 0
    """The mail server can't be used now; the reason is the last one's."""
    failed: int = 0
    reason: str = ""


def send_due(ledger: Ledger, mailer: Mailer, render: Render, *, now: Callable[[], datetime]) -> SentMails:
    """Send what waits to be sent now. After one that the server couldn't take now the rest waits too: it would fare no better."""
    with ledger.writing() as writer:
        mails = take_due(writer, now(), most=MOST_AT_ONCE)
    sent = put_off = failed = 0
    reason = ""
    for mail in mails:
        error = _send(mailer, render, mail) if not put_off else SourceFailed(reason, "mail", "it is tried again")
        with ledger.writing() as writer:
            if error is None:
                note_sent(writer, mail.mail_id)
            else:
                note_not_sent(writer, mail, now=now(), for_good=isinstance(error, BadInput))
        sent, failed = sent + (error is None), failed + isinstance(error, BadInput)
        put_off, reason = put_off + isinstance(error, SourceFailed), error.what if error else reason
    return SentMails(sent=sent, put_off=put_off, failed=failed, reason=reason)


def _send(mailer: Mailer, render: Render, mail: QueuedMail) -> BadInput | SourceFailed | None:
    try:
        letter = render(mail)
        if letter is not None:
            mailer.send(letter)
    except (BadInput, SourceFailed) as e:
        return e
    return None
