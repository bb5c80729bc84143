"""The form of a reply: shown, filled in, and sent. What was typed is never lost: not by choosing words, not by signing in, not by a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.domain import Receipt, Replier, Reply, ReplyKind, ReplySubject, ReplySubjectKind, Sent, Target
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound, SourceFailed
from harmledger.reply.checks import LONGEST
from harmledger.reply.notice import sum_up
from harmledger.store.one_incident import find_onward
from harmledger.store.replier_sessions import list_identities, sign_replier_out
from harmledger.store.reply_drafts import drop_draft, find_draft, keep_draft
from harmledger.store.reply_targets import check_subject
from harmledger.store.withheld import load_withholding
from harmledger.web.record.incident import whole_id
from harmledger.web.replies.beside import KIND_WORDS, path_of, show_target
from harmledger.web.replies.choosing import find_chosen, list_choosable
from harmledger.web.replies.enter import MAIL
from harmledger.web.replies.guard import SIGN_IN, sends
from harmledger.web.replies.me import want_mails
from harmledger.web.replies.typed import (
    TRAP,
    Typed,
    draft_id,
    make_stamp,
    pack_draft,
    read_typed,
    unpack_draft,
    written,
)
from harmledger.web.respond import onward, page
from harmledger.web.visit import Handler, Visit

TOO_OFTEN = "You, or others in your network, sent several replies just now. This one wasn't kept: wait a minute, and send it again."
MANY_DRAFTS = "Too much was typed from your network without signing in. Sign in first, then type."
KINDS = (
    (ReplyKind.CORRECTION, "A sentence or a figure here is wrong. You choose which; a reviewer looks at it beside the text. Public once a moderator passed it."),
    (ReplyKind.SOURCE, "Another report tells of this. You give its address, and a person reads it. Public once a moderator passed it."),
    (ReplyKind.OFFICIAL, "You answer for an office that is spoken of. A moderator finds out whether you do; then it is public, and marked as official."),
    (ReplyKind.WITNESS, "You were there. Moderators alone read it; it is never public unless you agree below."),
    (ReplyKind.COMMENT, "Anything else about this record. Public once a moderator passed it."),
)  # fmt: skip
FIELDS = (
    ("", "the sentence as a whole"),
    ("low", "the figure, or its lower bound"),
    ("high", "the upper bound"),
    ("harm", "what happened to people"),
    ("kind", "civilians or combatants"),
    ("group", "who they were"),
    ("place", "the place"),
    ("earliest", "the day"),
    ("actor", "who is blamed"),
    ("means", "by what means"),
    ("claimant", "who says so"),
)
"""What may be wrong with a claim, in the words of readers."""
LEAVING = ("change", "log-out")
_STATUS: dict[type[HarmledgerError], int] = {BadInput: 400, NotAllowed: 403, Inconsistent: 409, SourceFailed: 503}
_REFUSED: tuple[type[HarmledgerError], ...] = tuple(_STATUS)
NOT_KEPT = "It couldn't be kept just now, and nothing of it is lost: it stands below. Send it again in a minute."
About = Callable[[Visit, ReplySubject], Response]


def about(kind: ReplySubjectKind, handler: About) -> Handler:
    """A handler of a reply to one incident, claim or document, where the site takes replies."""

    def answer(visit: Visit) -> Response:
        return handler(visit, ReplySubject(kind=kind, id=whole_id(visit)))

    answer.__name__ = f"{handler.__name__}_{kind.value}"
    return sends(answer)


def show_form(visit: Visit, subject: ReplySubject) -> Response:
    """The form, with what was typed before signing in, or what the address chooses."""
    draft = find_draft(visit.connection, draft_id(visit, subject), now=visit.site.now())
    asked = read_typed(visit.request.query_params)
    typed = unpack_draft(draft) if draft else Typed(kind=asked.kind)
    if asked.choice.is_made:
        kind = asked.kind or typed.kind or ReplyKind.CORRECTION.value
        typed = replace(typed, choice=asked.choice, kind=kind)
    try:
        return show_typed(visit, subject, typed, restored=draft is not None)
    except NotFound:
        return _lead_on(visit, subject)


def send(visit: Visit, subject: ReplySubject) -> Response:
    """What the form's button asks for: to choose words, to sign in first, or to send it."""
    typed, go = read_typed(visit.form), visit.form.get("go", "")
    if visit.form.get("choose"):
        return show_typed(visit, subject, typed)
    if visit.replier is None or go in LEAVING:
        return _keep_and_leave(visit, subject, typed, go)
    if not visit.site.rates.may_reply(visit.replier.replier_id, visit.address):
        return show_typed(visit, subject, typed, wrong=TOO_OFTEN, status=429)
    try:
        receipt = _send(visit, subject, typed, visit.replier)
    except _REFUSED as e:
        return _refuse(visit, subject, typed, e)
    return onward(f"/replies/{receipt.reference}?done=sent")


def edit(visit: Visit, reply: Reply) -> Response:
    """Put what was typed in the place of a reply of one's own."""
    assert visit.replier is not None  # noqa: S101  the route is for repliers alone
    typed = replace(read_typed(visit.form), kind=reply.kind.value)
    if visit.form.get("choose"):
        return show_typed(visit, reply.subject, typed, editing=reply)
    if not visit.site.rates.may_reply(visit.replier.replier_id, visit.address):
        return show_typed(visit, reply.subject, typed, editing=reply, wrong=TOO_OFTEN, status=429)
    try:
        target = _find_target(visit, reply.subject, typed) or reply.target
        receipt = visit.site.replies.sending.edit(
            reply.reply_id,
            written(visit, reply.subject, typed, target),
            replier_id=visit.replier.replier_id,
            judge=visit.site.replies.judge,
            now=visit.site.now(),
        )
    except _REFUSED as e:
        return _refuse(visit, reply.subject, typed, e, editing=reply)
    return onward(f"/replies/{receipt.reference}?done=edited")


def show_typed(
    visit: Visit,
    subject: ReplySubject,
    typed: Typed,
    *,
    wrong: str = "",
    status: int = 200,
    restored: bool = False,
    editing: Reply | None = None,
) -> Response:
    """The form as it is filled in.

    Raises:
        NotFound: what is replied to isn't there, or may not be seen.
    """
    choosable, target = list_choosable(visit, subject), None
    try:
        target = find_chosen(choosable, typed.choice)
    except BadInput as e:
        wrong, status = wrong or _sentence(e), 400
    shown = target or (editing and editing.target)
    return page(
        visit,
        "replies/form.html",
        status=status,
        wrong=wrong,
        typed=replace(typed, stamp=typed.stamp or make_stamp(visit)),
        target=shown and show_target(shown, load_withholding(visit.connection)),
        choosable=choosable,
        subject=subject,
        subject_page=path_of(subject),
        action=f"/replies/{editing.reference}/edit" if editing else f"{path_of(subject)}/reply",
        editing=editing,
        restored=restored,
        kinds=[(kind.value, KIND_WORDS[kind.value], told, LONGEST[kind]) for kind, told in KINDS],
        fields=FIELDS,
        trap=TRAP,
        notice=sum_up(visit.site.config),
        by_mail=not editing and _signs_in_by_mail(visit),
    )


def _refuse(
    visit: Visit, subject: ReplySubject, typed: Typed, error: Exception, *, editing: Reply | None = None
) -> Response:
    """The form again, with all that was typed and why it wasn't taken."""
    assert isinstance(error, HarmledgerError)  # noqa: S101  only those are caught
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    told = NOT_KEPT if isinstance(error, SourceFailed) else _sentence(error)
    return show_typed(visit, subject, typed, wrong=told, status=status, editing=editing)


def _send(visit: Visit, subject: ReplySubject, typed: Typed, me: Replier) -> Receipt:
    if not typed.kind:
        raise BadInput("it isn't said what kind of reply it is", "your reply", "choose one of the five")
    kind, site = ReplyKind(typed.kind), visit.site
    target = _pointing(kind, _find_target(visit, subject, typed))
    if wrong := want_mails(visit, visit.form.get("mail-to", "").strip()):
        raise BadInput(wrong.rstrip("."), "your address", "leave the field empty to get no mails")
    said = written(visit, subject, typed, target)
    sent = Sent(replier_id=me.replier_id, subject=subject, kind=kind, written=said, address_hash=visit.address)
    receipt = site.replies.sending.send(sent, judge=site.replies.judge, now=site.now())
    if find_draft(visit.connection, draft_id(visit, subject), now=site.now()):
        with site.ledger.writing() as writer:
            drop_draft(writer, draft_id(visit, subject))
    return receipt


def _find_target(visit: Visit, subject: ReplySubject, typed: Typed) -> Target | None:
    return find_chosen(list_choosable(visit, subject), typed.choice) if typed.choice.is_made else None


def _pointing(kind: ReplyKind, target: Target | None) -> Target | None:
    """Words that were chosen, and then another kind: a comment on a sentence is one as well; of other kinds they'd mean nothing."""
    return target if kind in {ReplyKind.CORRECTION, ReplyKind.COMMENT, ReplyKind.OFFICIAL} else None


def _keep_and_leave(visit: Visit, subject: ReplySubject, typed: Typed, go: str) -> Response:
    """Keep what was typed for this browser, and ask who writes; or end the session, and come back to it."""
    if not visit.site.rates.may_keep_draft(visit.address):
        return show_typed(visit, subject, typed, wrong=MANY_DRAFTS, status=429)
    check_subject(visit.connection, subject, visit.viewer)
    here = f"{path_of(subject)}/reply"
    response = onward(here if go == "log-out" else f"{SIGN_IN}?next={quote(here, safe='')}")
    with visit.site.ledger.writing() as writer:
        keep_draft(writer, draft_id(visit, subject), pack_draft(typed), now=visit.site.now())
        if go == "log-out" and visit.replier_session:
            sign_replier_out(writer, visit.replier_session.session_id)
            visit.cookies.end(response, "reply-session")
    return response


def _lead_on(visit: Visit, subject: ReplySubject) -> Response:
    """An incident that was merged leads on to the other's form.

    Raises:
        HTTPException: 404, nothing may be seen there.
    """
    found = find_onward(visit.connection, visit.viewer, subject.id) if subject.kind is ReplySubjectKind.INCIDENT else []
    if len(found) != 1:
        raise HTTPException(404)
    return RedirectResponse(f"/incidents/{found[0].onward_id}/reply", status_code=301)


def _signs_in_by_mail(visit: Visit) -> bool:
    if visit.replier is None or visit.replier.notify:
        return False
    return any(one["provider"] == MAIL for one in list_identities(visit.connection, visit.replier.replier_id))


def _sentence(error: HarmledgerError) -> str:
    """What was wrong and what to do, as two sentences."""
    what, remedy = (f"{part[:1].upper()}{part[1:]}." for part in (error.what, error.remedy))
    return f"{what} {remedy}"
