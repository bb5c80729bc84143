"""Letters wait in the ledger until they are sent, once each."""

from __future__ import annotations

import pytest
from repliers import ask_for_link, letters
from sites import Served
from sqlalchemy import select

from harmledger.domain import Letter, QueuedMail
from harmledger.errors import BadInput, SourceFailed
from harmledger.mailing import SentMails, send_due
from harmledger.store.reply_mails import PAUSES, TAKEN_FOR, queue_mail, take_due
from harmledger.store.schema_replies import REPLY_MAILS
from harmledger.web.replies.letters import write_letter


class Post:
    """A mailer that a test lets fail."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.sent: list[str] = []

    def send(self, letter: Letter) -> None:
        if self.error:
            raise self.error
        self.sent.append(letter.to)


def queue(served: Served, *to: str) -> None:
    with served.site.ledger.writing() as writer:
        for one in to:
            queue_mail(writer, to=one, template="test", told={}, now=served.clock())


def send(served: Served, post: Post) -> SentMails:
    def render(mail: QueuedMail) -> Letter:
        return Letter(to=mail.to, subject="s", text="t", when=served.clock(), letter_id=mail.mail_id)

    return send_due(served.site.ledger, post, render, now=served.clock)


def states(served: Served) -> list[tuple[str, str]]:
    with served.site.ledger.reading() as connection:
        rows = connection.execute(select(REPLY_MAILS.c.to, REPLY_MAILS.c.state).order_by(REPLY_MAILS.c.to)).all()
        return [(row[0], row[1]) for row in rows]


@pytest.mark.either_database
def test_a_dead_mail_server_loses_no_letter(served: Served) -> None:
    """They wait, are tried again, and go out once it is back; the page that wrote them waits for nothing."""
    post = Post()
    queue(served, "a@example.org", "b@example.org")
    post.error = SourceFailed("the mail server can't be used", "mail", "check it")
    assert send(served, post).put_off == 2
    assert send(served, post) == SentMails()
    for pause in PAUSES[1:4]:
        served.clock.at += pause
        assert send(served, post).put_off == 2
    post.error = None
    served.clock.at += PAUSES[-1]
    assert send(served, post).sent == 2
    assert sorted(post.sent) == ["a@example.org", "b@example.org"]
    assert states(served) == [("", "sent"), ("", "sent")]


def test_what_cant_be_sent_is_given_up_and_kept(served: Served) -> None:
    """An address that no server knows at once, any other after two days; neither holds up the rest."""
    post = Post()
    queue(served, "a@example.org")
    post.error = BadInput("no such person", "mail", "look")
    assert send(served, post).failed == 1
    post.error = SourceFailed("away", "mail", "wait")
    queue(served, "b@example.org")
    for pause in (*PAUSES, PAUSES[-1]):
        assert send(served, post).put_off == 1
        served.clock.at += pause
    assert send(served, post) == SentMails()
    assert states(served) == [("a@example.org", "failed"), ("b@example.org", "failed")]


def test_a_letter_is_taken_by_one(served: Served) -> None:
    """Of two who send at once; where one dies over it, it is sent by the other minutes later."""
    queue(served, "a@example.org")
    with served.site.ledger.writing() as writer:
        assert len(take_due(writer, served.clock(), most=5)) == 1
        assert not take_due(writer, served.clock(), most=5)
        assert len(take_due(writer, served.clock() + TAKEN_FOR, most=5)) == 1


def test_an_old_link_isnt_sent(served: Served) -> None:
    """A link that is of no use any longer, where the mail server was away for an hour."""
    ask_for_link(served.browser(), "amal@example.org")
    served.clock.forward(hours=1)
    assert letters(served) == []
    assert states(served) == [("", "sent")]


def test_an_unknown_letter_is_told(served: Served) -> None:
    """A template that there is none of is a fault of the program's, and doesn't stop the others."""
    mail = QueuedMail(mail_id="x", to="a@example.org", template="none", told={}, tries=0, made=served.clock())
    with pytest.raises(BadInput, match="no such letter"):
        write_letter(served.site, mail)
