"""Replies in the ledger, on either database: what is closed is closed, and nothing is lost between two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from fake_replies import FakeJudge, People, make_people, within
from sqlalchemy import Connection, select

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    RefusalReason,
    Reply,
    ReplyKind,
    ReplyState,
    ReplySubject,
    ReplySubjectKind,
    Target,
    Verdict,
    Viewer,
)
from harmledger.domain.spam import SpamDecision, SpamJudgement, SpamVerdict
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound
from harmledger.replying import (
    Sending,
    appeal_reply,
    count_states,
    credit_within,
    credits_of,
    erase_reply,
    finish_source,
    get_published,
    get_reply,
    list_events,
    list_labels,
    list_public,
    list_published,
    list_queue,
    list_sources,
    withdraw_reply,
)
from harmledger.replying.keeping import MOST_A_DAY, Incoming, keep_all, look
from harmledger.review.decide import Said, SubjectKind
from harmledger.store.access import close_document
from harmledger.store.changes import read_marks
from harmledger.store.decisions import add_decision
from harmledger.store.groups import add_group
from harmledger.store.repliers import add_replier
from harmledger.store.schema import METADATA
from harmledger.store.withheld import withhold

URL = "https://news.example.com/zanzarim-a"
WORD = "zanzarim"
"""Stands in every word that a person wrote, and nowhere else."""


@pytest.fixture
def people(tmp_path: Path, database: str) -> Iterator[People]:
    made = make_people(tmp_path, database)
    yield made
    made.ledger.close()


# --- who sees what ---------------------------------------------------------------------------------------------------


def close(people: People, number: int = 1) -> None:
    with people.ledger.writing() as connection:
        group = add_group(connection, f"group {number}", now=people.now)
        close_document(connection, people.document(number).id, group.group_id)


def test_of_what_is_closed_nothing_is_told_and_nothing_taken(people: People) -> None:
    """Replies to a closed report, its claim or its incident show nowhere; to reply to it is answered as to what isn't there."""
    replier = people.trusted()
    subjects = (people.document(), people.claim(), people.incident())
    sent = [people.send(replier, subject=subject) for subject in subjects]
    assert all(each.state is ReplyState.PUBLISHED for each in sent)
    assert len(people.ask(list_published)) == 6
    close(people)
    assert people.ask(list_published) == []
    every = Viewer(sees_all=True)
    for subject, each in zip(subjects, sent, strict=True):
        assert people.ask(list_public, subject) == []
        assert len(people.ask(list_public, subject, every)) >= 1
        with pytest.raises(NotFound, match="no such reply"):
            people.ask(get_published, each.reference)
        with pytest.raises(NotFound, match="nothing to reply to"):
            people.send(replier, subject=subject)
        people.send(replier, subject=subject, viewer=every)
    assert people.ask(get_published, sent[0].reference, every).reply_id == sent[0].reply_id


def test_words_of_a_closed_report_show_on_no_open_incident(people: People) -> None:
    """A correction of an incident that points into a report goes with that report."""
    replier = people.trusted()
    sent = people.correct(replier, subject=people.incident())
    assert people.get(sent.reply_id).target is not None
    assert sent.reference in {each.reference for each in people.ask(list_published)}
    close(people)
    assert sent.reference not in {each.reference for each in people.ask(list_published)}


@pytest.mark.parametrize("wanted", ["", "x", "d" * 64, "d" * 63, "D" * 64, "../" * 20, "\ud800" * 64, "\x00" * 64])
def test_what_isnt_there_cant_be_replied_to(people: People, wanted: str) -> None:
    """Only whole ids of what is there are taken."""
    for kind in ReplySubjectKind:
        with pytest.raises(NotFound, match="nothing to reply to"):
            people.send(people.join(), subject=ReplySubject(kind=kind, id=wanted))


def test_replies_are_listed_with_what_they_are_of(people: People) -> None:
    """A report shows its claims' replies too, an incident those of the claims in it; nothing else's."""
    replier = people.trusted()
    to_claim = people.send(replier, subject=people.claim())
    to_other = people.send(replier, subject=people.claim(0))
    for subject in (people.claim(), people.document(), people.incident()):
        listed = [each.reference for each in people.ask(list_public, subject)]
        assert to_claim.reference in listed
        assert to_other.reference not in listed
    assert [each.reference for each in people.ask(list_public, people.claim())] == [to_claim.reference]


def test_lists_go_on_where_they_ended(people: People) -> None:
    """Page after page each public reply comes once, the last first."""
    replier = people.trusted()
    for _ in range(4):
        people.later(seconds=1)
        people.send(replier)
    whole = [each.reply_id for each in people.ask(list_published)]
    paged: list[str] = []
    before: tuple[datetime, str] | None = None
    while page := people.ask(list_published, before=before, most=2):
        paged += [each.reply_id for each in page]
        assert page[-1].published
        before = (page[-1].published, page[-1].reply_id)
    assert paged == whole
    assert len(set(whole)) == 7


def test_a_reference_is_found_as_people_read_it_out(people: People) -> None:
    """In small letters, with dashes, and with letters taken for digits."""
    sent = people.send(people.join())
    spoken = f"{sent.reference[:5]}-{sent.reference[5:]}".lower().replace("0", "o").replace("1", "l")
    assert people.get(spoken).reply_id == sent.reply_id
    for wanted in ("", "0" * 10, "0" * 32, "' OR 1=1 --", "\x00", "\x00" * 32, "\ud800" * 32, "x" * 10_000):
        with pytest.raises(NotFound):
            people.ask(get_reply, wanted)


def test_withheld_names_hold_replies_and_are_no_targets(people: People) -> None:
    """A name that is withheld is found in a reply however it is written, and can't be found in a text by pointing at it."""
    with people.ledger.writing() as connection:
        withhold(connection, "stalls", who="Amal", reason="asked for", now=people.now)
    replier = people.trusted()
    sent = people.send(replier, "it was by the S-T-A-L-L-S that day")
    assert HoldReason.NAMES in people.get(sent.reply_id).holds
    for exact in ("stalls", "The stalls burnt all night."):
        with pytest.raises(BadInput, match="don't stand there"):
            people.correct(replier, target=Target(exact=exact))
    shown = people.correct(replier, target=Target(exact="The ██████ burnt all night."))
    target = people.get(shown.reply_id).target
    assert target
    assert "stalls" not in target.exact


# --- queue, sources, labels, counts ----------------------------------------------------------------------------------


def test_the_queue_has_appeals_first(people: People) -> None:
    """Then what nobody ruled on, the oldest first, then what a moderator holds."""
    replier = people.join()
    held, first, second, refused = (people.send(replier).reply_id for _ in range(4) if not people.later(seconds=1))
    people.rule(held, ModeratorVerdict.HOLD)
    people.refuse(refused)
    appeal_reply(people.ledger, refused, "look again", replier_id=replier.replier_id, now=people.now)
    assert [each.reply_id for each in people.ask(list_queue)] == [refused, first, second, held]
    assert [each.reply_id for each in people.ask(list_queue, skipped=1, most=2)] == [first, second]
    assert [each.reply_id for each in people.ask(list_queue, hold=HoldReason.FIRST)] == [first, second]
    assert people.ask(list_queue, states=[ReplyState.SPAM]) == []


def test_the_reading_queue_lists_what_waits_or_is_public(people: People) -> None:
    """A source of spam, of a refused or withdrawn reply isn't on it, nor one that was read; nothing is fetched."""
    replier = people.join()
    ids = [people.send(replier, "", kind=ReplyKind.SOURCE, url=f"{URL}{n}").reply_id for n in range(4)]
    assert {each.url for each in people.ask(list_sources)} == {f"{URL}{n}" for n in range(4)}
    people.publish(ids[0])
    people.refuse(ids[1])
    withdraw_reply(people.ledger, ids[2], replier_id=replier.replier_id, now=people.now)
    people.rule(people.send(replier, "", kind=ReplyKind.SOURCE, url=f"{URL}9").reply_id, ModeratorVerdict.SPAM)
    assert {each.url for each in people.ask(list_sources)} == {f"{URL}0", f"{URL}3"}
    finish_source(people.ledger, ids[0], who="Amal", now=people.now)
    with pytest.raises(NotFound):
        finish_source(people.ledger, ids[0], who="Amal", now=people.now)
    assert [each.url for each in people.ask(list_sources)] == [f"{URL}3"]


def test_the_last_ruling_teaches_the_filter(people: People) -> None:
    """Published is no spam, spam and advertising are; other refusals teach nothing, nor do witnesses."""
    replier = people.join()
    sent = people.send(replier, "the last word")

    def taught() -> list[bool]:
        return [each.spam for each in people.ask(list_labels)]

    people.publish(sent.reply_id)
    assert taught() == [False]
    people.rule(sent.reply_id, ModeratorVerdict.SPAM)
    assert taught() == [True]
    people.refuse(sent.reply_id, RefusalReason.ABUSE)
    assert taught() == []
    people.publish(sent.reply_id)
    people.refuse(sent.reply_id, RefusalReason.ADVERTISING)
    assert taught() == [True]
    witness = people.send(replier, kind=ReplyKind.WITNESS, consent=True)
    people.publish(witness.reply_id, is_lead=True, publish_witness=True)
    assert taught() == [True]


def test_every_state_is_counted(people: People) -> None:
    """Also those in which no reply is; drafts aren't counted."""
    people.trusted()
    people.send(people.join())
    counts = people.ask(count_states)
    assert set(counts) == set(ReplyState) - {ReplyState.DRAFT}
    assert {state: n for state, n in counts.items() if n} == {ReplyState.PUBLISHED: 3, ReplyState.HELD: 1}


def test_a_decision_credits_the_reply_that_led_to_it(people: People) -> None:
    """Once, with the pseudonym where the reply is public; pages are told."""
    replier = people.join("Reader of the valley")
    sent = people.correct(replier)
    said = Said(subject=people.claim().id, kind=SubjectKind.CLAIM, verdict=Verdict.ACCEPT, who="Amal")
    decision = add_decision(people.ledger, said, now=people.now)
    before = people.ask(read_marks)
    within(people.ledger, credit_within, sent.reply_id, decision.decision_id, who="Amal", now=people.now)
    assert people.ask(read_marks) != before

    def credited() -> tuple[Any, ...]:
        (one,) = people.ask(credits_of, [people.claim().id, "x"])
        return one.reference, one.decision_id, one.decided_on, one.pseudonym, one.kind

    told = (sent.reference, decision.decision_id, people.claim().id, "", ReplyKind.CORRECTION)
    assert credited() == told
    people.publish(sent.reply_id)
    assert credited() == (*told[:3], "Reader of the valley", told[4])
    with pytest.raises(Inconsistent, match="already"):
        within(people.ledger, credit_within, sent.reply_id, decision.decision_id, who="Amal", now=people.now)
    with pytest.raises(NotFound):
        within(people.ledger, credit_within, sent.reply_id, "f" * 64, who="Amal", now=people.now)
    erase_reply(people.ledger, sent.reply_id, replier_id=replier.replier_id, now=people.now)
    assert credited() == told


def test_no_figure_changes_by_a_reply(people: People) -> None:
    """Sending, publishing and crediting leave every table of the record as it was."""
    record = [t for t in METADATA.sorted_tables if t.name.split("_")[0] in {"claims", "statements", "decisions", "incidents", "incident", "readings", "texts"}]  # fmt: skip
    assert len(record) >= 6

    def rows(connection: Connection) -> list[Any]:
        return [connection.execute(select(table)).all() for table in record]

    before = people.ask(rows)
    sent = people.correct(people.join(), "the figure is 44, not 31")
    people.publish(sent.reply_id)
    assert people.ask(rows) == before


def test_a_filter_that_answers_garbage_breaks_nothing(people: People) -> None:
    """Zero bytes, halves of code points and a megabyte in its words: the reply is kept, and so much of them as can be."""
    garbage = SpamVerdict(decision=SpamDecision.UNSURE, by="x\x00\ud800", reason="\x00\ud800" * 500_000)
    sent = people.send(people.join(), judge=lambda _: SpamJudgement(verdicts=(garbage,)))
    assert HoldReason.UNSURE in people.get(sent.reply_id).holds


# --- at once ---------------------------------------------------------------------------------------------------------


def test_all_that_is_sent_at_once_is_kept(people: People) -> None:
    """Eight who send at the same moment each get a reference of their own, and each reply is there."""
    repliers = [people.join() for _ in range(8)]
    sent = [people.sent(each) for each in repliers]
    got: list[Any] = []
    start = Barrier(len(sent))

    def run(one: Any) -> None:
        start.wait()
        got.append(Sending(people.ledger).send(one, judge=FakeJudge(), now=people.now))

    threads = [Thread(target=run, args=(one,)) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.reference for each in got}) == 8
    assert people.ask(count_states)[ReplyState.HELD] == 8


def test_of_two_rulings_at_once_one_is_told(people: People) -> None:
    """Both saw the same version: the second is told that it was changed, and no step is lost or doubled."""
    sent = people.send(people.join())
    version = people.get(sent.reply_id).version
    told: list[str] = []
    start = Barrier(2)

    def run(verdict: ModeratorVerdict, reason: RefusalReason | None) -> None:
        start.wait()
        try:
            people.rule(sent.reply_id, verdict, reason=reason, version=version)
            told.append("done")
        except HarmledgerError as e:
            told.append(type(e).__name__)

    verdicts = ((ModeratorVerdict.PUBLISH, None), (ModeratorVerdict.REFUSE, RefusalReason.ABUSE))
    threads = [Thread(target=run, args=each) for each in verdicts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Inconsistent", "done"]
    steps = people.ask(list_events, sent.reply_id)
    assert len(steps) == 3
    assert people.state(sent.reply_id) is steps[-1].state


@pytest.mark.parametrize("pseudonym", ["", " ", "x" * 65, "a\u202eb", "a\x00b"])
def test_a_pseudonym_can_be_shown(people: People, pseudonym: str) -> None:
    """Short, on one line, without signs that turn or hide others; two people may have the same."""
    with people.ledger.writing() as connection, pytest.raises(BadInput):
        add_replier(connection, pseudonym, now=people.now)
    assert people.join("Same").replier_id != people.join("Same").replier_id


def test_those_that_come_together_are_held_against_one_another(people: People) -> None:
    """In one transaction as in several: of two alike the second waits as a copy, and the last one over a person's bound isn't kept."""
    writer = people.trusted()
    now = people.now
    texts = ["the mill by the quay stood open all that night and nobody came", None, None]
    sent = [people.sent(writer, text) for text in (texts[0], texts[0], *([None] * MOST_A_DAY))]
    incoming = [
        Incoming(sent=one, looked=look(people.ledger, one.subject, one.kind, one.written), now=now) for one in sent
    ]
    became = keep_all(people.ledger, incoming)
    kept = [each for each in became if isinstance(each, Reply)]
    assert len(kept) == MOST_A_DAY - 3
    assert [HoldReason.REPEATED in each.holds for each in kept[:3]] == [False, True, False]
    assert {type(each) for each in became[len(kept) :]} == {NotAllowed}
    assert [people.get(each.reply_id) for each in kept] == list(kept)
