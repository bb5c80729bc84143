"""Replies to the small ledger of `sites`, and moderators who rule on them as browsers do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fake_replies import FakeJudge, within
from httpx2 import Response
from sites import Served, token
from starlette.testclient import TestClient

from harmledger.domain import (
    ModeratorVerdict,
    Receipt,
    Replier,
    Reply,
    ReplyKind,
    ReplySubject,
    ReplySubjectKind,
    Ruling,
    Sent,
    Target,
    Viewer,
    Written,
)
from harmledger.replying import get_reply, rule_on
from harmledger.store.one_incident import list_incidents_of
from harmledger.store.repliers import add_replier
from harmledger.store.schema import CLAIMS

RAQQA, MOSUL, HODEIDAH = range(3)
"""The reports of `sites`, by their places."""
SENTENCES = (
    "7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.",
    "31 civilians were killed in Mosul on January 9, 2016, a trader said.",
    "12 people were injured in Hodeidah on August 2, 2018, a fisher said.",
)
ALL = Viewer(sees_all=True)
WORDS = "the count on the door of the hospital was lower that evening"


@dataclass
class Replies:
    """People who reply to a served record."""

    served: Served
    judge: FakeJudge = field(default_factory=FakeJudge)
    number: int = 0

    def join(self, name: str = "River reader") -> Replier:
        with self.served.site.ledger.writing() as writer:
            return add_replier(writer, name, now=self.served.clock())

    def claim(self, report: int = MOSUL) -> str:
        document = self.served.documents()[report]
        with self.served.site.ledger.reading() as connection:
            found = connection.execute(CLAIMS.select().where(CLAIMS.c.document_id == document)).mappings().first()
            assert found
            return found["claim_id"]

    def incident(self, report: int = MOSUL) -> str:
        claim = self.claim(report)
        with self.served.site.ledger.reading() as connection:
            return list_incidents_of(connection, [claim])[claim]

    def send(self, who: Replier, kind: ReplyKind = ReplyKind.COMMENT, *, report: int = MOSUL, **said: Any) -> Receipt:
        """A reply to a report's claim; `to` names something else."""
        self.number += 1
        self.served.clock.forward(seconds=1)  # so that they have an order
        subject = said.pop("to", None) or ReplySubject(kind=ReplySubjectKind.CLAIM, id=self.claim(report))
        text = said.pop("text", f"{WORDS}, as the book number {self.number} of the ward {self.number * 7} has it")
        shown = self.served.clock() - timedelta(minutes=2)
        written = Written(text=text, shown=shown, viewer=said.pop("viewer", ALL), **said)
        sent = Sent(replier_id=who.replier_id, subject=subject, kind=kind, written=written, address_hash="e" * 32)
        return self.served.site.replies.sending.send(sent, judge=self.judge, now=self.served.clock())

    def correct(self, who: Replier, *, report: int = MOSUL, **said: Any) -> Receipt:
        """A correction of a report's sentence."""
        target = said.pop("target", Target(exact=SENTENCES[report]))
        return self.send(who, ReplyKind.CORRECTION, report=report, target=target, **said)

    def publish(self, reference: str) -> Reply:
        ruling = Ruling(verdict=ModeratorVerdict.PUBLISH, who="Amal")
        return within(self.served.site.ledger, rule_on, self.get(reference).reply_id, ruling, now=self.served.clock())

    def get(self, reference: str) -> Reply:
        with self.served.site.ledger.reading() as connection:
            return get_reply(connection, reference)


def rule(browser: TestClient, reference: str, verdict: str, *, to: str = "", **fields: str) -> Response:
    """Open a reply at the desk, and send its form as it is there."""
    path = f"/desk/replies/{reference}"
    shown = browser.get(path)
    assert shown.status_code == 200, shown.text
    version = re.search(r'name="version" value="(\d+)"', shown.text)
    assert version, shown.text
    said = {"version": version[1], "csrf": token(shown.text), "verdict": verdict, **fields}
    return browser.post(f"{path}{to}", data=said)
