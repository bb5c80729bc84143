"""What programs ask again and again while they moderate."""

from __future__ import annotations

from moderating import Replies
from programs import Program

from harmledger.replying import appeal_reply, list_events


def listed(program: Program, **params: str) -> list[str]:
    """References of a page."""
    answer = program.get("/replies", **params)
    assert answer.status_code == 200, answer.text
    return [item["reference"] for item in answer.json()["items"]]


def steps(replies: Replies, reference: str) -> list[str]:
    with replies.served.site.ledger.reading() as connection:
        return [step.what for step in list_events(connection, replies.get(reference).reply_id)]


def appeal(replies: Replies, reference: str, who: str) -> None:
    reply, served = replies.get(reference), replies.served
    appeal_reply(served.site.ledger, reply.reply_id, "The ministry says so.", replier_id=who, now=served.clock())
