"""What people write of the record becomes replies, and replies become public or not: the composition of `reply` and `store`.

what was written ─▶ looked at (reply.checks) ─▶ kept, held ─▶ judged (a filter, given) ─▶ public only where nothing holds it
                                                                 └─▶ a moderator's ruling ─▶ public, refused, spam, held

Whatever fails holds. A reply is kept before the filter is asked, and every step is taken from the version it was made of: nothing is lost
when a filter hangs, a process dies or two act at once.
"""

from harmledger.reply.told import tell_writer
from harmledger.replying.judged import Judge
from harmledger.replying.judging import Judging
from harmledger.replying.moderating import (
    credit_within,
    finish_source,
    rule_on,
    unblock_within,
)
from harmledger.replying.own import (
    appeal_reply,
    erase_replier,
    erase_reply,
    export_of,
    may_appeal,
    may_edit,
    withdraw_reply,
)
from harmledger.replying.pointing import find_target
from harmledger.replying.repeating import is_repeated, is_unblocking_repeated
from harmledger.replying.sending import Sending
from harmledger.store.replies import get_reply
from harmledger.store.reply_erasing import forget_old
from harmledger.store.reply_lists import (
    count_states,
    credits_of,
    get_own,
    get_published,
    list_beside,
    list_events,
    list_labels,
    list_led_to,
    list_own,
    list_public,
    list_published,
    list_queue,
    list_sources,
)

__all__ = [
    "Judge",
    "Judging",
    "Sending",
    "appeal_reply",
    "count_states",
    "credit_within",
    "credits_of",
    "erase_replier",
    "erase_reply",
    "export_of",
    "find_target",
    "finish_source",
    "forget_old",
    "get_own",
    "get_published",
    "get_reply",
    "is_repeated",
    "is_unblocking_repeated",
    "list_beside",
    "list_events",
    "list_labels",
    "list_led_to",
    "list_own",
    "list_public",
    "list_published",
    "list_queue",
    "list_sources",
    "may_appeal",
    "may_edit",
    "rule_on",
    "tell_writer",
    "unblock_within",
    "withdraw_reply",
]
