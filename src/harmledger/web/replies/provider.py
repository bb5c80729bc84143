"""Signing in to reply with an account elsewhere: sent there with a state, a nonce and a proof key, each used once and by this browser alone.

The way there is a link, never what a form answers with: browsers hold where a form leads to `form-action`, redirects included, and it stays
at this site alone.
"""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.config import Provider
from harmledger.domain import BegunSignIn
from harmledger.errors import BadInput, NotAllowed, SourceFailed
from harmledger.identity import Back, Begun, parse_instance
from harmledger.store.sign_ins import start_state, use_state
from harmledger.web.replies.enter import TOKEN_BYTES, browser_of, enter, hash_subject
from harmledger.web.replies.sign_in import TOO_OFTEN
from harmledger.web.replies.ways import WAYS, join
from harmledger.web.respond import FOR_ONE, page, safe_path
from harmledger.web.visit import Visit

MOST_CODE_CHARS = 4096
VERIFIER_BYTES = 48
"""64 letters; RFC 7636 asks for 43 to 128."""
NOT_BEGUN = "This sign-in wasn't begun in this browser, is older than 15 minutes, or was used already. Begin anew."
DECLINED = "You didn't sign in there. Try again, or sign in otherwise."


def begin(visit: Visit) -> Response:
    """Go to the provider; to one of many instances, ask first which."""
    back, provider = safe_path(visit.request.query_params.get("next")), _provider(visit)
    if provider.kind == "mastodon" and not provider.issuer:
        return _ask_instance(visit, back)
    if visit.request.headers.get("sec-fetch-site", "none") == "cross-site":
        return _refuse(visit, "Other sites' pages don't sign anybody in here. Begin anew.", back)
    if not visit.site.rates.may_begin(visit.address):
        return _refuse(visit, TOO_OFTEN, back, status=429)
    try:
        address = _start(visit, provider.name, "", back)
    except SourceFailed as e:
        return _refuse(visit, _told(e), back, status=503)
    return RedirectResponse(address, status_code=303, headers={"cache-control": FOR_ONE})


def begin_at_instance(visit: Visit) -> Response:
    """Make this site known to an instance that somebody names, and show the way there."""
    back, provider = safe_path(visit.form.get("next")), _provider(visit)
    if provider.kind != "mastodon" or provider.issuer:
        raise HTTPException(404)
    if not visit.site.rates.may_begin(visit.address, names_instance=True):
        return _refuse(visit, TOO_OFTEN, back, status=429)
    try:
        instance = parse_instance(visit.form.get("instance", ""))
        address = _start(visit, provider.name, instance, back)
    except (BadInput, SourceFailed) as e:
        return _ask_instance(visit, back, wrong=_told(e), status=400 if isinstance(e, BadInput) else 503)
    return page(visit, "replies/onward.html", address=address, instance=instance.removeprefix("https://"), next=back)


def join_account(visit: Visit) -> Response:
    """Add an account elsewhere to who is signed in: show the way there, by a form of this site alone."""
    provider, me = _provider(visit), visit.replier
    named = provider.kind == "mastodon" and not provider.issuer
    if not visit.site.rates.may_begin(visit.address, names_instance=named):
        return _refuse(visit, TOO_OFTEN, WAYS, status=429)
    try:
        instance = parse_instance(visit.form.get("instance", "")) if named else ""
        address = _start(visit, provider.name, instance, WAYS, joins=me and me.replier_id)
    except (BadInput, SourceFailed) as e:
        return _refuse(visit, _told(e), WAYS, status=400 if isinstance(e, BadInput) else 503)
    where = instance.removeprefix("https://") or provider.label
    return page(visit, "replies/onward.html", address=address, instance=where, next=WAYS)


def come_back(visit: Visit) -> Response:
    """Take what the browser brings back, once, and sign in who it proves."""
    given, site = visit.request.query_params, visit.site
    with site.ledger.writing() as writer:
        begun = use_state(writer, given.get("state", ""), browser=browser_of(visit), now=site.now())
    name, _, instance = begun.provider.partition("@") if begun else ("", "", "")
    if begun is None or name != _provider(visit).name:
        return _refuse(visit, NOT_BEGUN, "/")
    code = given.get("code", "")
    if "error" in given or not 0 < len(code) <= MOST_CODE_CHARS:
        return _refuse(visit, DECLINED, begun.next)
    return _finish(visit, begun, name, instance, Back(code=code, begun=_bound(visit, begun, given["state"])))


def _finish(visit: Visit, begun: BegunSignIn, name: str, instance: str, back: Back) -> Response:
    try:
        subject = visit.site.providers.at(name, instance).finish(back)
    except (NotAllowed, SourceFailed) as e:
        visit.site.providers.forget(name, instance)
        return _refuse(visit, _told(e), begun.next, status=503 if isinstance(e, SourceFailed) else 400)
    found = hash_subject(visit, begun.provider, subject)
    if begun.joins:
        return join(visit, whose=begun.joins, provider=name, subject_hash=found)
    return enter(visit, provider=name, subject_hash=found, back=begun.next)


def _start(visit: Visit, name: str, instance: str, back: str, *, joins: str | None = None) -> str:
    """The address to go to, once what its return is held to is kept."""
    state = secrets.token_urlsafe(TOKEN_BYTES)
    begun = BegunSignIn(
        provider=f"{name}@{instance}" if instance else name,
        nonce=secrets.token_urlsafe(TOKEN_BYTES),
        verifier=secrets.token_urlsafe(VERIFIER_BYTES),
        next=back,
        joins=joins,
    )
    address = visit.site.providers.at(name, instance).begin(_bound(visit, begun, state))
    with visit.site.ledger.writing() as writer:
        start_state(writer, state, begun, browser=browser_of(visit), now=visit.site.now())
    return address


def _bound(visit: Visit, begun: BegunSignIn, state: str) -> Begun:
    back = visit.site.back_from(begun.provider.partition("@")[0])
    return Begun(state=state, nonce=begun.nonce, verifier=begun.verifier, back=back)


def _provider(visit: Visit) -> Provider:
    return visit.site.providers.get(visit.request.path_params["provider"])


def _told(error: BadInput | NotAllowed | SourceFailed) -> str:
    return f"{error.what[:1].upper()}{error.what[1:]}. {error.remedy[:1].upper()}{error.remedy[1:]}."


def _ask_instance(visit: Visit, back: str, *, wrong: str | None = None, status: int = 200) -> Response:
    typed = visit.form.get("instance", "")[:253]
    values = {"provider": _provider(visit), "next": back, "wrong": wrong, "instance": typed}
    return page(visit, "replies/instance.html", status=status, **values)


def _refuse(visit: Visit, why: str, back: str, *, status: int = 400) -> Response:
    return page(visit, "replies/refused.html", status=status, why=why, next=back)
