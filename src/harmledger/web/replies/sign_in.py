"""Signing in to reply by a link that comes by mail. Nobody has a password here.

Whatever the address, known, new or blocked, the answer is the same and the same is done for it: nobody learns whose there are.
The link shows a button, since scanners of mail follow links; in a browser that didn't ask for it, it asks for the address that it went to,
so that nobody is signed in as another by a link that the other sent.
"""

from __future__ import annotations

import hmac
import secrets

from starlette.responses import Response

from harmledger.domain import SignInLink
from harmledger.errors import BadInput
from harmledger.mail import parse_address
from harmledger.store.reply_mails import hold_mail_back, queue_mail
from harmledger.store.sessions import hash_token
from harmledger.store.sign_ins import find_link, start_link, use_link
from harmledger.web.replies import ways
from harmledger.web.replies.enter import MAIL, TOKEN_BYTES, browser_of, enter, hash_subject
from harmledger.web.replies.guard import takes_replies
from harmledger.web.replies.letters import JOIN, SIGN_IN, link_token
from harmledger.web.respond import page, safe_path
from harmledger.web.visit import Visit

NO_ADDRESS = "This is no e-mail address. Write it as name@example.org."
TOO_OFTEN = "Too many tries from here. Wait an hour, or sign in otherwise."
NO_LINK = "This link was used already, or is older than 30 minutes. Ask for a new one."
OTHER_ADDRESS = "The link wasn't sent to this address."


def show_sign_in(visit: Visit) -> Response:
    """The ways to sign in: the link by mail first."""
    return _sign_in(visit, back=safe_path(visit.request.query_params.get("next")))


def ask_for_link(visit: Visit) -> Response:
    """Send a link to an address; one too many isn't sent, and nobody is told so."""
    back = safe_path(visit.form.get("next"))
    try:
        address = parse_address(visit.form.get("address", ""))
    except BadInput:
        return _sign_in(visit, back=back, wrong=NO_ADDRESS, status=400)
    if not visit.site.rates.may_ask_for_link(visit.address):
        return _sign_in(visit, back=back, wrong=TOO_OFTEN, status=429)
    _send_link(visit, address, back)
    return page(visit, "replies/link_sent.html", next=back, joins=False)


def ask_for_joining_link(visit: Visit) -> Response:
    """Send a link that adds an address to who is signed in; the same is answered whosever it is."""
    return ways.ask_for_joining_link(visit, _send_joining)


def _send_joining(visit: Visit, address: str) -> bool:
    may = visit.site.rates.may_ask_for_link(visit.address)
    if may and visit.replier:
        _send_link(visit, address, ways.WAYS, joins=visit.replier.replier_id)
    return may


def show_link(visit: Visit) -> Response:
    """The button that signs in; looking at it uses nothing up."""
    link = _find(visit)
    return _link(visit, link) if link else _refuse(visit, NO_LINK)


def follow_link(visit: Visit) -> Response:
    """Sign in by a link, or add its address to who is signed in; and use it up."""
    link = _find(visit)
    if link is None:
        return _refuse(visit, NO_LINK)
    if refusal := _joins_another(visit, link) if link.joins else _is_elsewhere(visit, link):
        return refusal
    with visit.site.ledger.writing() as writer:
        if not use_link(writer, visit.request.path_params["token"], now=visit.site.now()):
            return _refuse(visit, NO_LINK)
    if link.joins:
        return ways.join(visit, whose=link.joins, provider=MAIL, subject_hash=link.address_hash, address=link.address)
    return enter(visit, provider=MAIL, subject_hash=link.address_hash, back=link.next)


def _joins_another(visit: Visit, link: SignInLink) -> Response | None:
    """A refusal where the link isn't opened by who asked for it, where they asked."""
    is_mine = visit.replier is not None and visit.replier.replier_id == link.joins
    return None if is_mine and _is_here(visit, link) else _refuse(visit, ways.OTHERS, status=403)


def _is_elsewhere(visit: Visit, link: SignInLink) -> Response | None:
    """In a browser that didn't ask for the link, a refusal unless the address that it went to is typed."""
    if _is_here(visit, link):
        return None
    if not visit.site.rates.may_try_link(link.link_id):
        return _refuse(visit, TOO_OFTEN, status=429)
    return None if _is_of(visit, link) else _link(visit, link, wrong=OTHER_ADDRESS)


def _send_link(visit: Visit, address: str, back: str, *, joins: str | None = None) -> None:
    site, chance = visit.site, secrets.token_urlsafe(TOKEN_BYTES)
    link = SignInLink(
        link_id=hash_token(link_token(site, chance)),
        address_hash=hash_subject(visit, MAIL, address),
        browser=browser_of(visit),
        next=back,
        joins=joins,
        address=address if joins else None,
    )
    template = JOIN if joins else SIGN_IN
    with site.ledger.writing() as writer:
        told, now = {"chance": chance}, site.now()
        if start_link(writer, link, now=now):
            queue_mail(writer, to=address, template=template, told=told, now=now, replier_id=joins)
        else:
            hold_mail_back(writer, template=template, told=told, now=now)


def _find(visit: Visit) -> SignInLink | None:
    return find_link(visit.connection, visit.request.path_params["token"], now=visit.site.now())


def _is_here(visit: Visit, link: SignInLink) -> bool:
    return hmac.compare_digest(link.browser or "", browser_of(visit))


def _is_of(visit: Visit, link: SignInLink) -> bool:
    try:
        address = parse_address(visit.form.get("address", ""))
    except BadInput:
        return False
    return hmac.compare_digest(link.address_hash, hash_subject(visit, MAIL, address))


def _sign_in(visit: Visit, *, back: str, wrong: str | None = None, status: int = 200) -> Response:
    providers = list(visit.site.providers.configured.values())
    is_open = takes_replies(visit)
    return page(
        visit, "replies/sign_in.html", status=status, next=back, wrong=wrong, providers=providers, is_open=is_open
    )


def _link(visit: Visit, link: SignInLink, *, wrong: str | None = None) -> Response:
    here = _is_here(visit, link)
    status = 400 if wrong else 200
    return page(visit, "replies/link.html", status=status, is_here=here, wrong=wrong, joins=bool(link.joins))


def _refuse(visit: Visit, why: str, *, status: int = 400) -> Response:
    return page(visit, "replies/refused.html", status=status, why=why, next="/")
