"""What the site writes by mail, and the sending of it. Templates are text: the first line is the subject.

A letter is written only when it is sent: what it holds that opens anything, such as a link to sign in, is made then, with the site's key, and
lies nowhere in the ledger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from string import Template

from harmledger.domain import Letter, QueuedMail
from harmledger.errors import BadInput
from harmledger.mailing import send_due
from harmledger.replying.noticing import NOTICES
from harmledger.store.reply_mails import has_due
from harmledger.store.sign_ins import LINK_LASTS
from harmledger.web.replies import notices
from harmledger.web.site import Site

LOOK_SECONDS = 5.0
_LOG = logging.getLogger("harmledger.web")

SIGN_IN = "sign-in"
_SIGN_IN = Template(
    """Your link to $host

Somebody, most likely you, asked for a link to sign in to $host with this address, in order to reply to a record.

Open it within $minutes minutes; it works once:

$url/replies/sign-in/mail/$token

If it wasn't you, do nothing: without this letter nobody can sign in with your address.
"""
)


JOIN = "join"
_JOIN = Template(
    """Your address at $host

Somebody, most likely you, wants letters about their replies to $host to go to this address, and to sign in by it.

If it was you, open this within $minutes minutes in the browser where you asked; it works once:

$url/replies/sign-in/mail/$token

If it wasn't you, do nothing: without this letter nobody can use your address.
"""
)

_LINKS = (SIGN_IN, JOIN)
"""Letters that hold a link which is over soon."""


def send_letters(site: Site) -> None:
    """Send what is due; a look at the ledger and no more where nothing is.

    Raises:
        SourceFailed: the ledger can't be read or written.
    """
    with site.readers.reading(seconds=LOOK_SECONDS) as connection:
        if not has_due(connection, site.now()):
            return
    became = send_due(site.ledger, site.mailer, lambda mail: write_letter(site, mail), now=site.now)
    if became.put_off or became.failed:
        _LOG.warning("%d letters put off, %d given up: %s", became.put_off, became.failed, became.reason)


def write_letter(site: Site, mail: QueuedMail) -> Letter | None:
    """What a queued letter says; None where it is of no use any longer.

    Raises:
        BadInput: there is no such template, or a value that it wants is missing.
    """
    template = LETTERS.get(mail.template)
    if template is None:
        raise BadInput("there is no such letter", mail.template, "use one that the site has")
    if mail.template in _LINKS and site.now() - mail.made > LINK_LASTS:
        return None
    if mail.template in NOTICES and not notices.is_wanted(site, mail):
        return None
    values = FILLS.get(mail.template, _as_told)(site, mail.told)
    try:
        subject, _, text = template.substitute(values).partition("\n")
    except KeyError as e:
        raise BadInput("a letter lacks a value", mail.template, f"tell {e.args[0]}") from e
    ends = f"{site.url}{values['unsubscribe']}" if mail.template in NOTICES else ""
    said = text.lstrip("\n")
    return Letter(to=mail.to, subject=subject, text=said, when=site.now(), letter_id=mail.mail_id, unsubscribe=ends)


def link_token(site: Site, chance: str) -> str:
    """The token of a link to sign in by: chance that lies in the ledger, signed with the key that doesn't."""
    return site.sign("sign-in link", chance)


def _as_told(site: Site, told: Mapping[str, str]) -> Mapping[str, str]:
    return {"url": site.url, "host": site.url.partition("://")[2], **told}


def _link(site: Site, told: Mapping[str, str]) -> Mapping[str, str]:
    minutes = str(LINK_LASTS // timedelta(minutes=1))
    return {**_as_told(site, {}), "minutes": minutes, "token": link_token(site, told["chance"])}


LETTERS: dict[str, Template] = {SIGN_IN: _SIGN_IN, JOIN: _JOIN, **notices.TEMPLATES}
"""By the names that `queue_mail` is told."""
FILLS: dict[str, Callable[[Site, Mapping[str, str]], Mapping[str, str]]] = {
    **dict.fromkeys(_LINKS, _link),
    **dict.fromkeys(NOTICES, notices.fill),
}
"""How their values are made, where not as they were told."""
