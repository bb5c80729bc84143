"""Every address of those who reply. What is under `/replies/` and has a name of its own stands before `/replies/{reference}`."""

from __future__ import annotations

from starlette.routing import BaseRoute

from harmledger.web.replies.guard import for_repliers, opened
from harmledger.web.replies.me import choose_mails, choose_name, log_out, show_me, show_name
from harmledger.web.replies.notices import show_unsubscribe, unsubscribe
from harmledger.web.replies.provider import begin, begin_at_instance, come_back
from harmledger.web.replies.sign_in import ask_for_link, follow_link, show_link, show_sign_in
from harmledger.web.routes import form, page

ROUTES: tuple[BaseRoute, ...] = (
    page("/replies/sign-in", opened(show_sign_in)),
    form("/replies/sign-in/mail", opened(ask_for_link)),
    page("/replies/sign-in/mail/{token}", opened(show_link)),
    form("/replies/sign-in/mail/{token}", opened(follow_link)),
    page("/replies/sign-in/with/{provider}", opened(begin), outside=True),
    form("/replies/sign-in/with/{provider}", opened(begin_at_instance), outside=True),
    page("/replies/sign-in/back/{provider}", opened(come_back), outside=True),
    form("/replies/sign-out", opened(log_out)),
    page("/replies/unsubscribe/{token}", show_unsubscribe),
    form("/replies/unsubscribe/{token}", unsubscribe, token=False),  # its address is one
    page("/replies/me", for_repliers(show_me)),
    page("/replies/me/name", for_repliers(show_name)),
    form("/replies/me/name", for_repliers(choose_name)),
    form("/replies/me/mails", for_repliers(choose_mails)),
)
