"""What everybody may know of replies: how they are processed, and how many stand how."""

from __future__ import annotations

from starlette.responses import Response

from harmledger.domain import ReplyState
from harmledger.reply.notice import Terms, write_notice
from harmledger.replying import count_states
from harmledger.store.replier_sessions import LASTS
from harmledger.store.replies import NETWORK_FOR
from harmledger.store.reply_erasing import DRAFT_FOR, MAIL_FOR, SIGN_IN_FOR
from harmledger.web.respond import page
from harmledger.web.visit import Visit

TERMS = Terms(network=NETWORK_FOR, draft=DRAFT_FOR, sign_in=SIGN_IN_FOR, mail=MAIL_FOR, session=LASTS)
STATES = (
    (ReplyState.HELD, "wait for the filter or a moderator"),
    (ReplyState.PUBLISHED, "are public"),
    (ReplyState.REFUSED, "were refused by a moderator"),
    (ReplyState.SPAM, "were taken for advertising or fraud"),
    (ReplyState.WITHDRAWN, "were taken back by their writers"),
    (ReplyState.ERASED, "were erased by their writers"),
)


def show_notice(visit: Visit) -> Response:
    """How replies are processed here."""
    return page(visit, "replies/notice.html", sections=write_notice(visit.site.config, TERMS))


def show_counts(visit: Visit) -> Response:
    """How many replies stand how."""
    counted = count_states(visit.connection)
    states = [(state.value, counted[state], words) for state, words in STATES]
    gone = visit.request.query_params.get("done") == "erased"
    return page(visit, "replies/counts.html", states=states, total=sum(n for _, n, _ in states), gone=gone)
