"""What is done for replies behind the pages, whatever else is served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_akismet import BLOG, KEY, serving
from moderating import Replies, rule
from sites import Served

from harmledger.domain import ReplyState
from harmledger.store.reply_tellings import TOLD, WAITING
from harmledger.store.schema_replies import REPLY_NETWORKS, REPLY_TELLINGS
from harmledger.web.replies.behind import Chores


def test_what_was_kept_long_enough_goes_every_hour(served: Served) -> None:
    """Hashes of networks are gone after thirty days without anybody writing: swept at the start, and every hour."""
    replies = Replies(served)
    replies.send(replies.join())
    chores = Chores(served.site)

    def kept() -> int:
        with served.site.ledger.reading() as connection:
            return len(connection.execute(REPLY_NETWORKS.select()).all())

    chores.do()
    assert kept() == 1
    served.clock.forward(days=30, minutes=1)
    chores.do()
    assert kept() == 0


def test_it_is_swept_no_more_often(served: Served) -> None:
    """Within an hour nothing is looked for again."""
    replies = Replies(served)
    chores = Chores(served.site)
    chores.do()
    replies.send(replies.join())
    with served.site.ledger.writing() as writer:
        writer.execute(REPLY_NETWORKS.update().values(until=served.clock()))
    served.clock.forward(minutes=59)
    chores.do()
    with served.site.ledger.reading() as connection:
        assert connection.execute(REPLY_NETWORKS.select()).first()


@pytest.mark.parametrize("answers", [True, False], ids=["heard", "silent"])
def test_akismet_is_told_where_a_moderator_contradicts_it(serve: Callable[..., Served], answers: bool) -> None:
    """By its own protocol, once, with the page's address and without a sender; where it doesn't take that, the row waits and the ruling stands."""
    with serving() as akismet:
        served = serve(akismet_key=KEY, akismet_blog=BLOG, akismet_url=akismet.url)
        replies = Replies(served)
        judge: Any = served.site.replies.judge
        replies.judge = judge
        sent = replies.send(replies.join(), text="The bridge of the village stood all that week, said the keeper.")
        assert akismet.of("comment-check")
        rule(served.signed_in("Amal"), sent.reference, "spam")
        chores = Chores(served.site)
        if answers:
            chores.do()
            chores.do()
    chores.do()
    assert replies.get(sent.reference).state is ReplyState.SPAM
    with served.site.ledger.reading() as connection:
        (row,) = connection.execute(REPLY_TELLINGS.select()).all()
    if not answers:
        assert (row.state, row.tries) == (WAITING, 1)
        return
    (told,) = akismet.of("submit-spam")
    assert row.state == TOLD
    assert told["permalink"] == f"http://record.example.org/claims/{replies.claim()}"
    assert told["user_ip"] == "0.0.0.0"  # noqa: S104  what says that none is told
    assert "user_agent" not in told
    assert "comment_author_email" not in told
