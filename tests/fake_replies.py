"""A ledger of two reports that people reply to, and short ways to do it: what tests of replies begin with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fakes import FIXED_NOW, fixed_now, load_fake

from harmledger.domain import (
    ModeratorVerdict,
    Receipt,
    RefusalReason,
    Replier,
    Reply,
    ReplyKind,
    ReplyState,
    ReplySubject,
    ReplySubjectKind,
    Ruling,
    Sent,
    Target,
    Written,
)
from harmledger.domain.spam import SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.replying import Sending, get_reply, rule_on
from harmledger.store import Ledger, list_reports, open_ledger
from harmledger.store.database import told_plainly
from harmledger.store.one_incident import list_incidents_of
from harmledger.store.repliers import add_replier, get_replier

SENTENCE = "31 civilians were killed in Mosul on January 9, 2016, a trader said."
REPORTS = (
    "Army shells town\n\n7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.\n",
    f"Raid on market\n\n{SENTENCE} The stalls burnt all night. The stalls burnt all week.\n",
)
PLAIN = "the count of the wounded differs from what the hospital put on its door that evening"
SHOWN = timedelta(minutes=2)


def says(decision: SpamDecision, *, failed: bool = False) -> SpamJudgement:
    """A judgement of one filter."""
    return SpamJudgement(verdicts=(SpamVerdict(decision=decision, by="fake 1", reason="told to", failed=failed),))


@dataclass
class FakeJudge:
    """Says what it was told to, and remembers what it was asked; `meanwhile` is done while it thinks."""

    decision: SpamDecision = SpamDecision.HAM
    raises: Exception | None = None
    meanwhile: Callable[[], Any] | None = None
    asked: list[Submission] = field(default_factory=list)

    def __call__(self, submission: Submission, /) -> SpamJudgement:
        self.asked.append(submission)
        if self.meanwhile:
            self.meanwhile()
        if self.raises:
            raise self.raises
        return says(self.decision)


def within(ledger: Ledger, step: Callable[..., Any], *said: Any, **more: Any) -> Any:
    """What moderators and deciders do within a transaction of theirs (`rule_on`, `credit_within`, `unblock_within`), done in one of its own."""
    with told_plainly(ledger.where), ledger.writing() as connection:
        return step(connection, *said, **more)


@dataclass
class People:
    """A ledger with people who reply, and a clock that a test moves."""

    ledger: Ledger
    folder: Path
    now: datetime = FIXED_NOW
    judge: Any = field(default_factory=FakeJudge)
    texts: int = 0

    def join(self, pseudonym: str = "Reader of the valley") -> Replier:
        with self.ledger.writing() as connection:
            return add_replier(connection, pseudonym, now=self.now)

    def trusted(self, pseudonym: str = "Old hand") -> Replier:
        """Somebody of whom three replies are public."""
        joined = self.join(pseudonym)
        for _ in range(3):
            self.publish(self.send(joined).reply_id)
        with self.ledger.reading() as connection:
            return get_replier(connection, joined.replier_id)

    def document(self, number: int = 1) -> ReplySubject:
        """A report by its place among REPORTS."""
        filed = self.ask(lambda connection: list(list_reports(connection)))
        found = {each.record["document"]["id"]: each.record["document"] for each in filed}
        return ReplySubject(kind=ReplySubjectKind.DOCUMENT, id=found[f"r{number}"]["document_id"])

    def claim(self, number: int = 1) -> ReplySubject:
        """The report's one claim."""
        filed = self.ask(lambda connection: list(list_reports(connection)))
        (claim,) = (c for f in filed for c in f.record["claims"] if f.record["document"]["id"] == f"r{number}")
        return ReplySubject(kind=ReplySubjectKind.CLAIM, id=claim["claim_id"])

    def incident(self, number: int = 1) -> ReplySubject:
        """The incident of the report's one claim."""
        claim = self.claim(number).id
        return ReplySubject(kind=ReplySubjectKind.INCIDENT, id=self.ask(list_incidents_of, [claim])[claim])

    def fresh_text(self) -> str:
        """A text that copies none before, and names nobody."""
        self.texts += 1
        words = "bridge well road wall roof door yard field shop mill quay barn".split()
        return " ".join(f"the {words[(at * 7 + self.texts) % 12]}{self.texts}x{at} stood" for at in range(12))

    def written(self, text: str | None = None, **more: Any) -> Written:
        said: dict[str, Any] = {"text": self.fresh_text() if text is None else text, "shown": self.now - SHOWN}
        return Written(**{**said, **more})

    def sent(self, replier: Replier, text: str | None = None, **more: Any) -> Sent:
        """A comment on the second report unless told otherwise."""
        kind = more.pop("kind", ReplyKind.COMMENT)
        subject = more.pop("subject", None) or self.document()
        address_hash = more.pop("address_hash", None)
        written = self.written(text, **more)
        return Sent(
            replier_id=replier.replier_id, subject=subject, kind=kind, written=written, address_hash=address_hash
        )

    def send(self, replier: Replier, text: str | None = None, *, judge: Any = None, **more: Any) -> Receipt:
        return Sending(self.ledger).send(self.sent(replier, text, **more), judge=judge or self.judge, now=self.now)

    def edit(self, reply_id: str, replier_id: str, text: str | None = None, **more: Any) -> Receipt:
        """Other words in the place of a reply's."""
        judge = more.pop("judge", self.judge)
        written = self.written(text, **more)
        return Sending(self.ledger).edit(reply_id, written, replier_id=replier_id, judge=judge, now=self.now)

    def correct(self, replier: Replier, text: str | None = None, **more: Any) -> Receipt:
        """A correction of the second report's sentence."""
        target = more.pop("target", Target(exact=SENTENCE))
        return self.send(replier, text, kind=ReplyKind.CORRECTION, target=target, **more)

    def rule(self, reply_id: str, verdict: ModeratorVerdict, **more: Any) -> Reply:
        ruling = Ruling(**{"verdict": verdict, "who": "Amal", **more})
        return within(self.ledger, rule_on, reply_id, ruling, now=self.now)

    def publish(self, reply_id: str, **more: Any) -> Reply:
        return self.rule(reply_id, ModeratorVerdict.PUBLISH, **more)

    def refuse(self, reply_id: str, reason: RefusalReason = RefusalReason.OFF_TOPIC, **more: Any) -> Reply:
        return self.rule(reply_id, ModeratorVerdict.REFUSE, reason=reason, **more)

    def get(self, reply_id: str) -> Reply:
        with self.ledger.reading() as connection:
            return get_reply(connection, reply_id)

    def state(self, reply_id: str) -> ReplyState:
        return self.get(reply_id).state

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def ask(self, question: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """The answer to a question of the ledger as it stands now."""
        with self.ledger.reading() as connection:
            return question(connection, *arguments, **more)


def make_people(folder: Path, database: str = "") -> People:
    """The ledger, read and linked."""
    ledger = open_ledger(folder / "ledger", now=fixed_now, database=database)
    path = folder / "reports.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "title": text.split("\n")[0], "published": "2018-08-30", "text": text})
        for n, text in enumerate(REPORTS)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    return People(ledger=ledger, folder=folder)


def a_reply(**more: Any) -> Reply:
    """A reply that waits, as pure rules are asked about it."""
    plain: dict[str, Any] = {
        "reply_id": "a" * 32, "reference": "0123456789", "replier_id": "b" * 32, "pseudonym": "Reader", "text": PLAIN, "target": None,
        "subject": ReplySubject(kind=ReplySubjectKind.DOCUMENT, id="d" * 64), "kind": ReplyKind.COMMENT, "url": None, "consent": False,
        "state": ReplyState.HELD, "holds": (), "refusal": None, "refusal_words": None, "made": FIXED_NOW, "edited": None, "published": None,
        "ruled": False, "appealed": False, "appeal_words": None, "version": 1,
    }  # fmt: skip
    return replace(Reply(**plain), **more)
