"""The walk of a reply: sent, held, judged, ruled on, edited, taken back. Whatever fails holds it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_replies import PLAIN, SENTENCE, FakeJudge, People, make_people, says, within
from fakes import fixed_now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.domain import (
    HoldReason,
    ModeratorVerdict,
    Receipt,
    RefusalReason,
    ReplyKind,
    ReplyState,
    Target,
)
from harmledger.domain.spam import Sender, SpamDecision, SpamJudgement
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound
from harmledger.replying import (
    Sending,
    appeal_reply,
    count_states,
    credit_within,
    erase_reply,
    find_target,
    get_own,
    list_events,
    list_labels,
    may_appeal,
    may_edit,
    tell_writer,
    unblock_within,
    withdraw_reply,
)
from harmledger.replying.keeping import MOST_A_DAY, MOST_A_DAY_FROM, MOST_EDITS
from harmledger.store import open_ledger

HELD, PUBLISHED, REFUSED, SPAM = ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REFUSED, ReplyState.SPAM


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    folder = tmp_path_factory.mktemp("made")
    make_people(folder).ledger.close()
    return folder


@pytest.fixture
def people(made: Path, tmp_path: Path) -> Iterator[People]:
    shutil.copytree(made / "ledger", tmp_path / "ledger")
    copied = People(ledger=open_ledger(tmp_path / "ledger", now=fixed_now), folder=tmp_path)
    yield copied
    copied.ledger.close()


def edit(people: People, reply_id: str, replier_id: str, text: str | None = None, **more: Any) -> Receipt:
    judge = more.pop("judge", people.judge)
    written = people.written(text, **more)
    return Sending(people.ledger).edit(reply_id, written, replier_id=replier_id, judge=judge, now=people.now)


# --- sent ------------------------------------------------------------------------------------------------------------


def test_the_first_three_wait_and_the_fourth_is_public(people: People) -> None:
    """Until three are public each waits for a moderator, however many were sent; what the filter then takes for no spam is public at once."""
    replier = people.join()
    for _ in range(3):
        waiting = [people.send(replier) for _ in range(2)]
        assert {each.state for each in waiting} == {HELD}
        people.publish(waiting[0].reply_id)
    fourth = people.send(replier)
    assert (fourth.state, fourth.why) == (PUBLISHED, "")
    assert people.get(fourth.reply_id).published == people.now


@pytest.mark.parametrize(
    ("judge", "state", "hold"),
    [
        (FakeJudge(), PUBLISHED, None),
        (FakeJudge(SpamDecision.SPAM), SPAM, None),
        (FakeJudge(SpamDecision.UNSURE), HELD, HoldReason.UNSURE),
        (lambda _: says(SpamDecision.UNSURE, failed=True), HELD, HoldReason.FAILED),
        (lambda _: SpamJudgement(verdicts=()), HELD, HoldReason.UNSURE),
        (lambda _: SpamJudgement(verdicts=(*says(SpamDecision.HAM).verdicts, *says(SpamDecision.UNSURE, failed=True).verdicts)), HELD, HoldReason.FAILED),
        (lambda _: None, HELD, HoldReason.FAILED),
        (lambda _: "ham", HELD, HoldReason.FAILED),
        (FakeJudge(raises=TimeoutError()), HELD, HoldReason.FAILED),
        (FakeJudge(raises=MemoryError()), HELD, HoldReason.FAILED),
    ],
)  # fmt: skip
def test_only_a_clear_answer_of_the_filter_passes(
    people: People, judge: Any, state: ReplyState, hold: HoldReason | None
) -> None:
    """What it can't tell, garbage, nothing and whatever it raises hold; spam waits to its writer."""
    sent = people.send(people.trusted(), judge=judge)
    assert people.state(sent.reply_id) is state
    assert people.get(sent.reply_id).holds == ((hold,) if hold else ())
    assert sent.state is (PUBLISHED if state is PUBLISHED else HELD)


def test_a_reply_is_kept_before_the_filter_is_asked(people: People) -> None:
    """Where a process dies while the filter thinks the reply waits for a moderator, and nothing of it is lost."""
    replier = people.trusted()

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people.send(replier, judge=FakeJudge(meanwhile=die))
    assert people.ask(count_states)[HELD] == 1


@pytest.mark.parametrize("verdict", [ModeratorVerdict.REFUSE, ModeratorVerdict.HOLD, ModeratorVerdict.SPAM])
def test_a_moderator_who_rules_meanwhile_is_not_overruled(people: People, verdict: ModeratorVerdict) -> None:
    """A filter that answers after a moderator changes nothing."""
    replier = people.trusted()
    ruled: list[ReplyState] = []

    def rule() -> None:
        (waiting,) = (each for each in people.ask(list_all_held))
        ruled.append(people.rule(waiting, verdict, reason=RefusalReason.ABUSE).state)

    sent = people.send(replier, judge=FakeJudge(meanwhile=rule))
    assert people.state(sent.reply_id) is ruled[0]
    assert ruled[0] is not PUBLISHED


def list_all_held(connection: Any) -> list[str]:
    from harmledger.replying import list_queue

    return [each.reply_id for each in list_queue(connection)]


def test_a_filled_trap_is_spam_and_isnt_told(people: People) -> None:
    """The filter isn't asked, the writer sees a reply that waits, and no edit helps it out."""
    replier, judge = people.trusted(), FakeJudge()
    sent = people.send(replier, trap="https://buy.example.com", judge=judge)
    plain = people.send(people.join())
    assert (sent.state, people.state(sent.reply_id), judge.asked) == (HELD, SPAM, [])
    assert sent.why in {plain.why, "A moderator reads it."}
    assert edit(people, sent.reply_id, replier.replier_id, judge=judge).state is HELD
    assert (people.state(sent.reply_id), judge.asked) == (SPAM, [])


def test_the_filter_is_told_what_will_be_read_and_little_else(people: People) -> None:
    """Text, pseudonym and kind; what is said of the sender goes to it and is kept nowhere; a witness's account never leaves."""
    judge = FakeJudge()
    sender = Sender(address="198.51.100.7", agent="Agent of zanzarim", email="zanzarim@example.com")
    replier = people.join("Reader")
    people.send(replier, PLAIN, judge=judge, sender=sender, permalink="https://record.example.org/r")
    people.send(replier, kind=ReplyKind.WITNESS, judge=judge)
    first, second = judge.asked
    assert (first.text, first.name, first.kind, first.sender, first.stays_here) == (
        PLAIN,
        "Reader",
        "comment",
        sender,
        False,
    )
    assert second.stays_here
    people.ledger.close()
    for path in (people.folder / "ledger").iterdir():
        assert path.is_dir() or b"zanzarim" not in path.read_bytes()


@pytest.mark.parametrize("where", ["document", "claim", "incident"])
def test_a_correction_points_at_words_wherever_it_is_sent_from(people: People, where: str) -> None:
    """From a report's, a claim's and an incident's page the same sentence is the same words of the same claim."""
    sent = people.correct(people.join(), subject=getattr(people, where)())
    target = people.get(sent.reply_id).target
    assert target
    assert (target.exact, target.document_id, target.claim_id) == (SENTENCE, people.document().id, people.claim().id)
    with pytest.raises(BadInput, match="don't stand there"):
        people.correct(people.join(), subject=getattr(people, where)(), target=Target(exact="32 civilians"))


@pytest.mark.parametrize("field", ["truth", "low; DROP TABLE replies", "", "__class__"])
def test_only_values_of_claims_can_be_meant(people: People, field: str) -> None:
    """A field that no claim has is refused; one that it has needs no words."""
    with pytest.raises(BadInput):
        people.ask(find_target, people.claim(), Target(exact=SENTENCE, field=field))
    found = people.ask(find_target, people.claim(), Target(exact="", field="low"))
    assert (found.exact, found.claim_id) == (SENTENCE, people.claim().id)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\x00" * 5, "\u202e\u200b", "[](" * 400_000, "\ud800"])
def test_hostile_texts_are_refused_and_not_kept(people: People, text: str) -> None:
    """A megabyte, nothing, and nothing that can be seen."""
    with pytest.raises(BadInput):
        people.send(people.join(), text)
    assert sum(people.ask(count_states).values()) == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a\u202eb\x00c\ud800d", "'; DROP TABLE replies; --", "{{ 7*7 }} %s %(x)s", "[x](javascript:alert(1))"])  # fmt: skip
def test_hostile_words_are_kept_as_words(people: People, text: str) -> None:
    """Nothing in them does anything; what hides is left out."""
    sent = people.send(people.join(), text)
    kept = people.get(sent.reply_id).text
    assert kept == text.replace("\u202e", "").replace("\x00", "").replace("\ud800", "")


def test_copies_wait(people: People) -> None:
    """The same words, nearly the same, or from somebody else, within a week; later they are new."""
    one, other = people.trusted("One"), people.trusted("Other")
    text = people.fresh_text()
    assert people.send(one, text).state is PUBLISHED
    for copy in (text, text.upper(), text.replace("stood", "stood,")):
        assert HoldReason.REPEATED in people.get(people.send(other, copy).reply_id).holds
    people.later(days=8)
    assert people.send(other, text).state is PUBLISHED


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_one_sends_so_many_a_day(people: People) -> None:
    """Counted in the ledger: erasing what was sent makes no room, the next day does."""
    replier = people.join()
    ids = [people.send(replier).reply_id for _ in range(MOST_A_DAY)]
    erase_reply(people.ledger, ids[0], replier_id=replier.replier_id, now=people.now)
    with pytest.raises(NotAllowed, match=f"{MOST_A_DAY} replies within a day"):
        people.send(replier)
    assert sum(people.ask(count_states).values()) == MOST_A_DAY
    people.later(days=1, seconds=1)
    people.send(replier)


def test_a_network_sends_so_many_a_day(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends from it."""
    monkeypatch.setattr("harmledger.replying.keeping.MOST_A_DAY_FROM", 3)
    assert MOST_A_DAY_FROM > 3
    for _ in range(3):
        people.send(people.join(), address_hash="n" * 64)
    with pytest.raises(NotAllowed, match="your network"):
        people.send(people.join(), address_hash="n" * 64)
    people.send(people.join(), address_hash="m" * 64)


# --- by who wrote it -------------------------------------------------------------------------------------------------


def test_an_edited_reply_is_judged_anew(people: People) -> None:
    """A public one waits while it is looked at again, and is spam where it has become that."""
    replier = people.trusted()
    sent = people.send(replier)
    judge = FakeJudge(SpamDecision.SPAM)
    judge.meanwhile = lambda: seen.append(people.state(sent.reply_id))
    seen: list[ReplyState] = []
    assert edit(people, sent.reply_id, replier.replier_id, "Buy it now", judge=judge).state is HELD
    assert (seen, people.state(sent.reply_id), judge.asked[0].text) == ([HELD], SPAM, "Buy it now")
    assert people.get(sent.reply_id).published is None


def test_an_edit_is_held_to_all_rules_of_sending(people: People) -> None:
    """Lengths, links, targets, names and blocks count as before; nothing is changed by what is refused."""
    replier = people.trusted()
    sent = people.send(replier)
    before = people.get(sent.reply_id)
    for text in ("a" * 3_001, "", "https://a.example.com " * 4):
        with pytest.raises(BadInput):
            edit(people, sent.reply_id, replier.replier_id, text)
    assert people.get(sent.reply_id) == before
    assert edit(people, sent.reply_id, replier.replier_id, "Kotek Welles was there").state is HELD
    people.rule(sent.reply_id, ModeratorVerdict.BLOCK, words="names people")
    with pytest.raises(HarmledgerError):
        edit(people, sent.reply_id, replier.replier_id)


def test_edits_end(people: People) -> None:
    """After a quarter of an hour, and after ten."""
    replier = people.join()
    sent = people.send(replier)
    for _ in range(MOST_EDITS):
        edit(people, sent.reply_id, replier.replier_id)
    with pytest.raises(NotAllowed, match="10 times"):
        edit(people, sent.reply_id, replier.replier_id)
    late = people.send(replier)
    assert may_edit(people.get(late.reply_id), now=people.now)
    people.later(minutes=15, seconds=1)
    assert not may_edit(people.get(late.reply_id), now=people.now)
    with pytest.raises(Inconsistent, match="15 minutes"):
        edit(people, late.reply_id, replier.replier_id)


def test_of_an_edit_and_a_ruling_one_is_told(people: People) -> None:
    """Who edits what a moderator ruled on meanwhile is told, and the ruling stands."""
    replier = people.join()
    sent = people.send(replier)
    seen = people.get(sent.reply_id).version
    edit(people, sent.reply_id, replier.replier_id)
    with pytest.raises(Inconsistent, match="changed meanwhile"):
        people.rule(sent.reply_id, ModeratorVerdict.PUBLISH, version=seen)
    people.refuse(sent.reply_id)
    with pytest.raises(Inconsistent, match="it was refused"):
        edit(people, sent.reply_id, replier.replier_id)


def test_others_replies_are_not_found(people: People) -> None:
    """Whatever is tried of somebody else's, it is answered as what isn't there."""
    owner, other = people.join(), people.join()
    reply_id = people.send(owner).reply_id
    them = {"replier_id": other.replier_id, "now": people.now}
    for act in (
        lambda: edit(people, reply_id, other.replier_id),
        lambda: withdraw_reply(people.ledger, reply_id, **them),
        lambda: appeal_reply(people.ledger, reply_id, "look again", **them),
        lambda: erase_reply(people.ledger, reply_id, **them),
        lambda: people.ask(get_own, reply_id, other.replier_id),
        lambda: people.ask(get_own, people.get(reply_id).reference, ""),
    ):
        with pytest.raises(NotFound, match="no such reply"):
            act()


def test_a_refusal_is_looked_at_again_once(people: People) -> None:
    """With the writer's words; what a moderator then refuses again stays refused."""
    replier = people.trusted()
    sent = people.send(replier)
    refused = people.refuse(sent.reply_id, words="Where is that?")
    assert may_appeal(refused)
    assert tell_writer(refused).why == "It isn't about what it replies to. Where is that?"
    again = appeal_reply(people.ledger, sent.reply_id, "It is in line 3", replier_id=replier.replier_id, now=people.now)
    assert (again.state, again.holds, again.appeal_words) == (HELD, (HoldReason.APPEAL,), "It is in line 3")
    final = people.refuse(sent.reply_id)
    assert not may_appeal(final)
    with pytest.raises(Inconsistent, match="once is all"):
        appeal_reply(people.ledger, sent.reply_id, "again", replier_id=replier.replier_id, now=people.now)


def test_what_was_withdrawn_can_only_be_erased(people: People) -> None:
    """Nobody publishes what its writer took back."""
    replier = people.trusted()
    sent = people.send(replier)
    withdraw_reply(people.ledger, sent.reply_id, replier_id=replier.replier_id, now=people.now)
    for verdict in (ModeratorVerdict.PUBLISH, ModeratorVerdict.REFUSE, ModeratorVerdict.SPAM, ModeratorVerdict.HOLD):
        with pytest.raises(Inconsistent, match="its writer took it back"):
            people.rule(sent.reply_id, verdict, reason=RefusalReason.ABUSE)
    assert (
        erase_reply(people.ledger, sent.reply_id, replier_id=replier.replier_id, now=people.now).state
        is ReplyState.ERASED
    )


# --- by moderators ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "is_lead", "says_so", "public"),
    [(True, True, True, True), (False, True, True, False), (True, False, True, False), (True, True, False, False)],
)
def test_a_witness_account_is_public_only_by_a_lead_and_its_writer(
    people: People, *, consent: bool, is_lead: bool, says_so: bool, public: bool
) -> None:
    """The filter never publishes one; a lead does who says so, where its writer agreed."""
    sent = people.send(people.trusted(), kind=ReplyKind.WITNESS, consent=consent)
    assert sent.state is HELD
    if public:
        assert people.publish(sent.reply_id, is_lead=is_lead, publish_witness=says_so).state is PUBLISHED
        return
    with pytest.raises(NotAllowed):
        people.publish(sent.reply_id, is_lead=is_lead, publish_witness=says_so)
    assert people.state(sent.reply_id) is HELD


def test_consent_that_is_taken_back_by_an_edit_counts(people: People) -> None:
    """What was agreed to is what the last version says."""
    replier = people.join()
    sent = people.send(replier, kind=ReplyKind.WITNESS, consent=True)
    edit(people, sent.reply_id, replier.replier_id, consent=False)
    with pytest.raises(NotAllowed, match="didn't agree"):
        people.publish(sent.reply_id, is_lead=True, publish_witness=True)


def test_refusing_and_blocking_need_reasons(people: People) -> None:
    """A refusal one of the list, `other` and a block words."""
    sent = people.send(people.join())
    for verdict, more in (
        (ModeratorVerdict.REFUSE, {}),
        (ModeratorVerdict.REFUSE, {"reason": RefusalReason.OTHER, "words": "  "}),
        (ModeratorVerdict.REFUSE, {"reason": RefusalReason.ABUSE, "words": "x" * 1_001}),
        (ModeratorVerdict.BLOCK, {}),
    ):
        with pytest.raises(BadInput):
            people.rule(sent.reply_id, verdict, **more)
    assert [each.what for each in people.ask(list_events, sent.reply_id)] == ["send", "clear"]


def test_who_is_blocked_sends_no_more(people: People) -> None:
    """What waits is refused, what is public stays until somebody rules on it, and it can be taken back."""
    replier = people.join()
    public, held, other = (people.send(replier).reply_id for _ in range(3))
    people.publish(public)
    people.rule(held, ModeratorVerdict.BLOCK, words="threatens others")
    assert [people.state(each) for each in (public, held, other)] == [PUBLISHED, REFUSED, REFUSED]
    assert people.get(other).refusal is RefusalReason.BLOCKED
    with pytest.raises(NotAllowed, match="taken no longer"):
        people.send(replier)
    withdraw_reply(people.ledger, public, replier_id=replier.replier_id, now=people.now)
    within(people.ledger, unblock_within, held, who="Amal", now=people.now)
    people.send(replier)
    with pytest.raises(Inconsistent, match="isn't blocked"):
        within(people.ledger, unblock_within, held, who="Amal", now=people.now)


def test_a_witness_that_isnt_public_is_credited_nowhere(people: People) -> None:
    """Whoever reads the log of changes doesn't learn that there is one."""
    sent = people.send(people.join(), kind=ReplyKind.WITNESS)
    with pytest.raises(Inconsistent, match="credited nowhere"):
        within(people.ledger, credit_within, sent.reply_id, "f" * 64, who="Amal", now=people.now)


def test_each_step_is_noted(people: People) -> None:
    """Who did what, when, why, and how the reply stood then; steps are only added."""
    replier = people.trusted()
    sent = people.send(replier)
    people.later(minutes=1)
    edit(people, sent.reply_id, replier.replier_id)
    people.refuse(sent.reply_id, RefusalReason.ABUSE, words="No threats.")
    people.publish(sent.reply_id)
    steps = [
        (each.who, each.what, each.state.value, each.reason, each.words)
        for each in people.ask(list_events, sent.reply_id)
    ]
    assert steps == [
        ("writer", "send", "held", None, None),
        ("filter", "clear", "published", "ham", None),
        ("writer", "edit", "held", None, None),
        ("filter", "clear", "published", "ham", None),
        ("Amal", "refuse", "refused", "abuse", "No threats."),
        ("Amal", "publish", "published", None, None),
    ]
    assert [each.spam for each in people.ask(list_labels)][-1:] == [False]


# --- the law ---------------------------------------------------------------------------------------------------------

ACTS = ("edit", "withdraw", "appeal", "erase", "publish", "refuse", "spam", "hold", "block", "unblock")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(
    kind=st.sampled_from([ReplyKind.COMMENT, ReplyKind.CORRECTION, ReplyKind.WITNESS, ReplyKind.OFFICIAL]),
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(SpamDecision), st.booleans()), max_size=8),
)
def test_nothing_is_public_without_a_clear_filter_or_a_moderator(
    people: People, kind: ReplyKind, acts: list[tuple[str, SpamDecision, bool]]
) -> None:
    """Whatever writer, filter and moderators do in whatever order, the last step of what is public is one of the two, and the log tells the state."""
    replier = people.trusted()
    people.later(days=2)
    target = Target(exact=SENTENCE) if kind is ReplyKind.CORRECTION else None
    decision, trap = (acts[0][1], acts[0][2]) if acts else (SpamDecision.HAM, False)
    sent = people.send(replier, kind=kind, target=target, judge=FakeJudge(decision), trap="x" * trap)
    for act, decision, trap in acts:
        try:
            _do(people, act, sent.reply_id, replier.replier_id, FakeJudge(decision), trap=trap, target=target)
        except HarmledgerError:
            continue
    reply, steps = people.get(sent.reply_id), people.ask(list_events, sent.reply_id)
    assert steps[-1].state is reply.state
    if reply.state is PUBLISHED:
        last = [each for each in steps if each.what not in {"block", "unblock"}][-1]
        assert (last.who, last.what) in {("filter", "clear"), ("Amal", "publish")}
        assert last.who == "Amal" or kind in {ReplyKind.COMMENT, ReplyKind.CORRECTION}
    assert (reply.published is not None) is (reply.state is PUBLISHED)


def _do(
    people: People, act: str, reply_id: str, replier_id: str, judge: FakeJudge, *, trap: bool, target: Target | None
) -> None:
    mine: dict[str, Any] = {"replier_id": replier_id, "now": people.now}
    match act:
        case "edit":
            edit(people, reply_id, replier_id, judge=judge, trap="x" * trap, target=target)
        case "withdraw":
            withdraw_reply(people.ledger, reply_id, **mine)
        case "appeal":
            appeal_reply(people.ledger, reply_id, "look again", **mine)
        case "erase":
            erase_reply(people.ledger, reply_id, **mine)
        case "unblock":
            within(people.ledger, unblock_within, reply_id, who="Amal", now=people.now)
        case _:
            people.rule(reply_id, ModeratorVerdict(act), reason=RefusalReason.ABUSE, words="so")
