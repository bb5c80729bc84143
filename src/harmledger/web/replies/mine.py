"""What becomes of a reply, for its writer; and the public ones for everybody. Others' replies that aren't public are not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import Replier, Reply
from harmledger.errors import BadInput, NotFound
from harmledger.reply.checks import LONGEST_APPEAL
from harmledger.reply.lifecycle import EDIT_FOR, ReplyAction, may
from harmledger.replying import (
    appeal_reply,
    erase_replier,
    erase_reply,
    export_of,
    get_own,
    get_published,
    list_led_to,
    list_own,
    may_appeal,
    may_edit,
    tell_writer,
    withdraw_reply,
)
from harmledger.store.reply_targets import check_subject
from harmledger.store.withheld import load_withholding
from harmledger.web.replies.beside import path_of, show_reply
from harmledger.web.replies.choosing import Choice
from harmledger.web.replies.guard import for_repliers, takes_replies
from harmledger.web.replies.typed import Typed, make_stamp
from harmledger.web.replies.write import edit, show_typed
from harmledger.web.respond import FOR_ONE, onward, page
from harmledger.web.visit import Handler, Visit

DONE = {
    "sent": "Your reply came in. Keep its number: by it you can speak of it.",
    "edited": "Your reply was changed, and is looked at anew.",
    "withdrawn": "You took it back.",
    "appealed": "It is looked at again.",
    "erased": "No word of it is left.",
}
Own = Callable[[Visit, Reply], Response]


def of_ones_own(handler: Own) -> Handler:
    """Only for the writer of the reply in the path; to anybody else it isn't there."""

    def answer(visit: Visit) -> Response:
        return handler(visit, get_own(visit.connection, visit.request.path_params["reference"], _me(visit).replier_id))

    answer.__name__ = f"{handler.__name__}_own"
    return for_repliers(answer)


def show_one(visit: Visit) -> Response:
    """A reply: to its writer as it stands, to others where it is public."""
    wanted = visit.request.path_params["reference"]
    if visit.replier:
        try:
            return _show_own(visit, get_own(visit.connection, wanted, visit.replier.replier_id))
        except NotFound:
            pass  # it may be another's, and public
    reply = get_published(visit.connection, wanted, visit.viewer)
    led_to = list_led_to(visit.connection, [reply.reply_id], visit.viewer)
    shown = show_reply(reply, load_withholding(visit.connection), led_to.get(reply.reply_id, ()))
    return page(visit, "replies/one.html", reply=shown, subject=path_of(reply.subject), kind=reply.subject.kind.value)


def show_edit(visit: Visit, reply: Reply) -> Response:
    """The form with the reply's words in it."""
    typed = Typed(
        kind=reply.kind.value,
        text=reply.text,
        url=reply.url or "",
        consent=reply.consent,
        stamp=make_stamp(visit),
        choice=Choice(),
    )
    if not may_edit(reply, now=visit.site.now()):
        return onward(f"/replies/{reply.reference}")
    return show_typed(visit, reply.subject, typed, editing=reply)


def send_edit(visit: Visit, reply: Reply) -> Response:
    """Put other words in its place."""
    return edit(visit, reply)


def ask_withdraw(visit: Visit, reply: Reply) -> Response:
    """Asks whether it is meant."""
    return _ask(visit, reply, "withdraw")


def withdraw(visit: Visit, reply: Reply) -> Response:
    """Take a reply back."""
    withdraw_reply(visit.site.ledger, reply.reply_id, replier_id=_me(visit).replier_id, now=visit.site.now())
    return onward(f"/replies/{reply.reference}?done=withdrawn")


def ask_erase(visit: Visit, reply: Reply) -> Response:
    """Asks whether it is meant: this can't be taken back."""
    return _ask(visit, reply, "erase")


def erase(visit: Visit, reply: Reply) -> Response:
    """Let no word of a reply stay."""
    erase_reply(visit.site.ledger, reply.reply_id, replier_id=_me(visit).replier_id, now=visit.site.now())
    return onward(f"/replies/{reply.reference}?done=erased")


def ask_appeal(visit: Visit, reply: Reply) -> Response:
    """Asks what was overlooked."""
    return _ask(visit, reply, "appeal")


def appeal(visit: Visit, reply: Reply) -> Response:
    """Ask that a refusal be looked at again."""
    words, me = visit.form.get("words", ""), _me(visit)
    try:
        appeal_reply(visit.site.ledger, reply.reply_id, words, replier_id=me.replier_id, now=visit.site.now())
    except BadInput as e:
        wrong = f"{e.what[:1].upper()}{e.what[1:]}."
        return _ask(visit, reply, "appeal", wrong=wrong, typed=words[: 2 * LONGEST_APPEAL], status=400)
    return onward(f"/replies/{reply.reference}?done=appealed")


def show_mine(visit: Visit) -> Response:
    """All of one's replies."""
    every = [
        {"reply": reply, "told": tell_writer(reply), "subject": path_of(reply.subject)}
        for reply in list_own(visit.connection, _me(visit).replier_id)
    ]
    return page(visit, "replies/mine.html", every=every)


def export(visit: Visit) -> Response:
    """All that is kept of a person, as a file of theirs."""
    whole = json.dumps(export_of(visit.connection, _me(visit).replier_id), ensure_ascii=False, indent=1)
    told = {"cache-control": FOR_ONE, "content-disposition": 'attachment; filename="my-replies.json"'}
    return Response(whole, media_type="application/json", headers=told)


def ask_erase_all(visit: Visit) -> Response:
    """Asks whether it is meant: all replies, and the person."""
    return page(visit, "replies/erase_all.html", number=len(list_own(visit.connection, _me(visit).replier_id)))


def erase_all(visit: Visit) -> Response:
    """Let nothing of a person stay."""
    response = onward("/replies/counts?done=erased")
    erase_replier(visit.site.ledger, _me(visit).replier_id, now=visit.site.now())
    visit.cookies.end(response, "reply-session")
    return response


def _show_own(visit: Visit, reply: Reply) -> Response:
    now = visit.site.now()
    left = max(timedelta(0), reply.made + EDIT_FOR - now) // timedelta(minutes=1)
    return page(
        visit,
        "replies/own.html",
        reply=reply,
        shown=show_reply(reply, load_withholding(visit.connection)),
        told=tell_writer(reply),
        done=DONE.get(visit.request.query_params.get("done", "")),
        subject=path_of(reply.subject),
        seen=_sees(visit, reply),
        minutes=left + 1,
        may_edit=takes_replies(visit) and may_edit(reply, now=now),
        may_withdraw=may(reply, ReplyAction.WITHDRAW, now=now),
        may_appeal=may_appeal(reply),
        may_erase=may(reply, ReplyAction.ERASE, now=now),
    )


def _sees(visit: Visit, reply: Reply) -> bool:
    """Whether the page that was replied to is still there for its writer."""
    try:
        check_subject(visit.connection, reply.subject, visit.viewer)
    except NotFound:
        return False
    return True


def _ask(visit: Visit, reply: Reply, what: str, *, wrong: str = "", typed: str = "", status: int = 200) -> Response:
    action = ReplyAction(what)
    if not may(reply, action, now=visit.site.now()):
        return onward(f"/replies/{reply.reference}")
    values: dict[str, Any] = {"reply": reply, "what": what, "wrong": wrong, "typed": typed, "longest": LONGEST_APPEAL}
    return page(visit, "replies/ask.html", status=status, **values)


def _me(visit: Visit) -> Replier:
    if visit.replier is None:
        raise HTTPException(401)
    return visit.replier
