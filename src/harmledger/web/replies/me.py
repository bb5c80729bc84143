"""What repliers see and change of themselves: the name that is shown, mails, and where they are signed in."""

from __future__ import annotations

import hmac

from starlette.responses import Response

from harmledger.domain import Replier
from harmledger.errors import BadInput
from harmledger.mail import parse_address
from harmledger.store.replier_sessions import (
    list_identities,
    rename_replier,
    set_notify,
    sign_replier_out,
    sign_replier_out_everywhere,
)
from harmledger.web.replies.enter import MAIL, hash_subject
from harmledger.web.respond import onward, page, safe_path
from harmledger.web.visit import Visit

NOTICES = {
    "name": "From now on you are shown by this name.",
    "mails": "You will get mails.",
    "no-mails": "You will get no mails.",
}
NO_ADDRESS = "This is no e-mail address."
NOT_YOURS = (
    "You don't sign in with this address. Add it under “How you sign in” (/replies/me/ways): it is confirmed by a link."
)


def show_me(visit: Visit) -> Response:
    """What there is to see and change."""
    return _me(visit)


def show_name(visit: Visit) -> Response:
    """Asks who is new for a name."""
    back = safe_path(visit.request.query_params.get("next"))
    return page(visit, "replies/name.html", next=back, wrong=None, typed="")


def choose_name(visit: Visit) -> Response:
    """Be shown by another name."""
    back, typed, me = (
        safe_path(visit.form.get("next", "/replies/me?done=name")),
        visit.form.get("name", ""),
        _replier(visit),
    )
    try:
        with visit.site.ledger.writing() as writer:
            rename_replier(writer, me.replier_id, typed)
    except BadInput as e:
        wrong = f"{e.what[:1].upper()}{e.what[1:]}."
        return page(visit, "replies/name.html", status=400, next=back, wrong=wrong, typed=typed[:80])
    return onward(back)


def choose_mails(visit: Visit) -> Response:
    """Be written to at an address that one signs in with, or no longer; it is kept for that alone."""
    if visit.form.get("mails") != "on":
        with visit.site.ledger.writing() as writer:
            set_notify(writer, _replier(visit).replier_id, None, None)
        return onward("/replies/me?done=no-mails")
    if wrong := want_mails(visit, visit.form.get("address", "")) if visit.form.get("address") else NO_ADDRESS:
        return _me(visit, wrong=wrong)
    return onward("/replies/me?done=mails")


def want_mails(visit: Visit, typed: str) -> str:
    """Write to who is signed in at an address that they sign in with, if they gave one; what is wrong with it, or nothing."""
    if not typed:
        return ""
    try:
        address = parse_address(typed)
    except BadInput:
        return NO_ADDRESS
    me, subject = _replier(visit), hash_subject(visit, MAIL, address)
    mine = [one["subject_hash"] for one in list_identities(visit.connection, me.replier_id)]
    if not any(hmac.compare_digest(subject, one) for one in mine):
        return NOT_YOURS
    with visit.site.ledger.writing() as writer:
        set_notify(writer, me.replier_id, subject, address)
    return ""


def log_out(visit: Visit) -> Response:
    """End this browser's session to reply, or all of this person's."""
    response = onward(safe_path(visit.form.get("next")))
    if visit.replier_session:
        with visit.site.ledger.writing() as writer:
            if visit.form.get("where") == "everywhere":
                sign_replier_out_everywhere(writer, visit.replier_session.replier_id)
            sign_replier_out(writer, visit.replier_session.session_id)
    visit.cookies.end(response, "reply-session")
    return response


def _me(visit: Visit, *, wrong: str | None = None) -> Response:
    me = _replier(visit)
    ways = [one["provider"] for one in list_identities(visit.connection, me.replier_id)]
    labels = {name: one.label for name, one in visit.site.providers.configured.items()}
    return page(
        visit,
        "replies/me.html",
        status=400 if wrong else 200,
        wrong=wrong,
        notice=NOTICES.get(visit.request.query_params.get("done", "")),
        by_mail=MAIL in ways,
        ways=["a link by e-mail" if way == MAIL else labels.get(way, way) for way in ways],
    )


def _replier(visit: Visit) -> Replier:
    assert visit.replier is not None  # noqa: S101  the route is for repliers alone
    return visit.replier
