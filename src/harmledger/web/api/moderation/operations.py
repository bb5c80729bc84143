"""All that moderators' programs may ask and do, in one list."""

from __future__ import annotations

from harmledger.domain import TokenScope
from harmledger.web.api import replies
from harmledger.web.api.moderation import asking, ruling, shapes
from harmledger.web.api.params import LIMIT, REFERENCE, SUBJECT, path_id
from harmledger.web.api.questions import Question
from harmledger.web.api.schemas import page_of

PATH = "/api/v1/moderation"
_ONE = path_id("a reply's reference", REFERENCE)

MODERATION: tuple[Question, ...] = (
    Question(
        path=f"{PATH}/replies",
        about="Replies in a state, those that wait unless told otherwise, the oldest first",
        params=(LIMIT, asking.AFTER_NUMBER, asking.STATE, replies.KIND, asking.APPEALS, SUBJECT),
        answers=page_of(shapes.MODERATED),
        answer=asking.list_replies,
        scope=TokenScope.READ,
    ),
    Question(
        path=f"{PATH}/replies/{{id}}",
        about="One reply with why it waits, what filters said, every step of it, and what can be ruled now",
        params=(_ONE,),
        answers=shapes.WHOLE_REPLY,
        answer=asking.get_reply,
        scope=TokenScope.READ,
    ),
    Question(
        path=f"{PATH}/replies/{{id}}/rulings",
        about="Rule on a reply as it was looked at; the answer is the reply as it stands then, and the same where the same ruling is sent again",
        params=(_ONE,),
        says=ruling.RULING,
        answers=shapes.WHOLE_REPLY,
        answer=ruling.rule,
        scope=TokenScope.MODERATE,
    ),
    Question(
        path=f"{PATH}/replies/{{id}}/unblock",
        about="Take replies of its writer again; for leads",
        params=(_ONE,),
        says=(),
        answers=shapes.WHOLE_REPLY,
        answer=ruling.unblock,
        scope=TokenScope.MODERATE,
    ),
    Question(
        path=f"{PATH}/sources",
        about="The reading queue: addresses that replies name, which a person reads; nothing of them is fetched",
        params=(LIMIT, asking.AFTER_NUMBER),
        answers=page_of(asking.SOURCE),
        answer=asking.list_sources,
        scope=TokenScope.READ,
    ),
    Question(
        path=f"{PATH}/sources/{{id}}/done",
        about="Take the address that a reply names off the reading queue",
        params=(_ONE,),
        says=(),
        answers=ruling.DONE_SOURCE,
        answer=ruling.finish,
        scope=TokenScope.MODERATE,
    ),
    Question(
        path=f"{PATH}/counts",
        about="How many replies stand how, and how much there is to do",
        answers=asking.COUNTS,
        answer=asking.get_counts,
        scope=TokenScope.READ,
    ),
)
