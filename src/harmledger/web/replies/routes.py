"""Every address of those who reply. What is under `/replies/` and has a name of its own stands before `/replies/{reference}`."""

from __future__ import annotations

from starlette.routing import BaseRoute

from harmledger.web.replies import mine
from harmledger.web.replies.beside import PATHS
from harmledger.web.replies.guard import for_repliers, sends
from harmledger.web.replies.me import choose_mails, choose_name, log_out, show_me, show_name
from harmledger.web.replies.notices import show_unsubscribe, unsubscribe
from harmledger.web.replies.provider import begin, begin_at_instance, come_back, join_account
from harmledger.web.replies.sign_in import ask_for_joining_link, ask_for_link, follow_link, show_link, show_sign_in
from harmledger.web.replies.told import show_counts, show_notice
from harmledger.web.replies.ways import drop_way, freshly, show_ways
from harmledger.web.replies.write import about, send, show_form
from harmledger.web.routes import form, page

ROUTES: tuple[BaseRoute, ...] = (
    page("/replies/sign-in", show_sign_in),
    form("/replies/sign-in/mail", ask_for_link),
    page("/replies/sign-in/mail/{token}", show_link),
    form("/replies/sign-in/mail/{token}", follow_link),
    page("/replies/sign-in/with/{provider}", begin, outside=True),
    form("/replies/sign-in/with/{provider}", begin_at_instance, at="outside"),
    page("/replies/sign-in/back/{provider}", come_back, outside=True),
    form("/replies/sign-out", log_out),
    page("/replies/unsubscribe/{token}", show_unsubscribe),
    form("/replies/unsubscribe/{token}", unsubscribe, token=False),  # its address is one
    page("/replies/me", for_repliers(show_me)),
    page("/replies/me/name", for_repliers(show_name)),
    form("/replies/me/name", for_repliers(choose_name)),
    form("/replies/me/mails", for_repliers(choose_mails)),
    page("/replies/me/ways", freshly(show_ways)),
    form("/replies/me/ways/remove", freshly(drop_way)),
    form("/replies/me/ways/mail", freshly(ask_for_joining_link)),
    form("/replies/me/ways/with/{provider}", freshly(join_account), at="outside"),
    *(page(f"{path}/{{id}}/reply", about(kind, show_form)) for kind, path in PATHS.items()),
    *(form(f"{path}/{{id}}/reply", about(kind, send), at="reply") for kind, path in PATHS.items()),
    page("/replies/notice", show_notice),
    page("/replies/counts", show_counts),
    page("/replies/mine", for_repliers(mine.show_mine)),
    page("/replies/mine/export", for_repliers(mine.export)),
    page("/replies/mine/erase", for_repliers(mine.ask_erase_all)),
    form("/replies/mine/erase", for_repliers(mine.erase_all)),
    # from here on the name is a reply's own
    page("/replies/{reference}", mine.show_one),
    page("/replies/{reference}/edit", sends(mine.of_ones_own(mine.show_edit))),
    form("/replies/{reference}/edit", sends(mine.of_ones_own(mine.send_edit)), at="reply"),
    page("/replies/{reference}/withdraw", mine.of_ones_own(mine.ask_withdraw)),
    form("/replies/{reference}/withdraw", mine.of_ones_own(mine.withdraw)),
    page("/replies/{reference}/appeal", mine.of_ones_own(mine.ask_appeal)),
    form("/replies/{reference}/appeal", mine.of_ones_own(mine.appeal)),
    page("/replies/{reference}/erase", mine.of_ones_own(mine.ask_erase)),
    form("/replies/{reference}/erase", mine.of_ones_own(mine.erase)),
)
