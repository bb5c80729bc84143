"""Decisions, entered claims and victims in the ledger: only ever added, found by their ids, and held to what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake, write_reports
from rows import read_rows

from harmledger.domain import OtherClaim, Reading, Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.pipeline import read_reports
from harmledger.review.chain import Break
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_claim, enter_victim
from harmledger.review.fold import fold
from harmledger.review.queue import find_waiting
from harmledger.store import Ledger, get_ledger, open_ledger
from harmledger.store.decisions import add_decision, add_entered, read_log, verify_log
from harmledger.store.entered import attach_document, list_victims
from harmledger.store.subjects import find_claim, find_subject, list_claims, list_fields


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


@pytest.fixture
def readings(ledger: Ledger, tmp_path: Path) -> list[Reading]:
    path = write_reports(tmp_path / "reports.jsonl", 3)
    return list(read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger))


def say(ledger: Ledger, subject: str, verdict: Verdict, kind: SubjectKind = SubjectKind.CLAIM, **said) -> str:
    said = {"who": "Amal", "reason": "as the report has it", **said}
    return add_decision(ledger, Said(subject=subject, kind=kind, verdict=verdict, **said), now=FIXED_NOW).decision_id


def enter(ledger: Ledger, reading: Reading, **said: str) -> str:
    document = reading.document
    said = {"low": "2", "harm": "injured", **said}
    entered = enter_claim(document.document_id, document.text, quote="Nobody was hurt elsewhere.", said=said)
    add_entered(ledger, entered, who="Bo", reason="missed", now=FIXED_NOW)
    return entered.entry_id


def change(ledger: Ledger, statement: str) -> None:
    with ledger.writing() as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1


def verified(ledger: Ledger) -> object:
    with ledger.reading() as connection:
        return verify_log(connection)


def test_decisions_are_read_as_they_were_made(ledger: Ledger, readings: list[Reading]) -> None:
    """The log gives back every decision in order, and that of one claim alone."""
    one, other = (reading.claims[0].claim_id for reading in readings[:2])
    ids = [say(ledger, one, Verdict.ACCEPT), say(ledger, other, Verdict.REJECT, reason="سنة أخرى \x1b[2J")]
    ids.append(say(ledger, one, Verdict.MERGE, value=OtherClaim(claim_id=other)))
    with ledger.reading() as connection:
        assert [decision.decision_id for decision in read_log(connection)] == ids
        assert [decision.verdict for decision in read_log(connection, one)] == [Verdict.ACCEPT, Verdict.MERGE]
        assert read_log(connection, other)[0].reason == "سنة أخرى \x1b[2J"
    assert verified(ledger) == (3, ids[-1])


def test_what_an_engine_read_is_never_touched(ledger: Ledger, readings: list[Reading], database: str) -> None:
    """Deciding adds rows to the log, and changes none of any other table."""
    before = read_rows(ledger.folder, database)
    claim = readings[0].claims[0].claim_id
    say(ledger, claim, Verdict.REJECT)
    after = read_rows(ledger.folder, database)
    assert len(after.pop("decisions")) == 1
    assert before.pop("decisions") == []
    assert after == before


def test_a_refused_decision_leaves_no_row(ledger: Ledger, readings: list[Reading]) -> None:
    """What can't be decided isn't in the log."""
    with pytest.raises(BadInput, match="needs a reason"):
        say(ledger, readings[0].claims[0].claim_id, Verdict.REJECT, reason="")
    assert verified(ledger) == (0, "0" * 64)


@pytest.mark.parametrize(
    ("column", "value"),
    [("reason", "'as the report had it'"), ("who", "'Bo'"), ("verdict", "'hold'"), ("subject", "x'00ff'"), ("before", "17"), ("when", "'2024'")],
)  # fmt: skip
def test_a_changed_row_is_found(ledger: Ledger, readings: list[Reading], column: str, value: str) -> None:
    """Whoever changes the database behind the ledger's back is found out, and the place is told; whatever type the new value has."""
    claim = readings[0].claims[0].claim_id
    for verdict in (Verdict.ACCEPT, Verdict.REJECT, Verdict.ACCEPT):
        say(ledger, claim, verdict)
    change(ledger, f'UPDATE decisions SET "{column}" = {value} WHERE sequence = 2')  # noqa: S608
    found = verified(ledger)
    assert isinstance(found, Break)
    assert found.position == 2


def test_a_log_that_no_longer_makes_sense_is_told(ledger: Ledger, readings: list[Reading]) -> None:
    """A decision that was made nonsense of isn't folded in silence."""
    say(ledger, readings[0].claims[0].claim_id, Verdict.ACCEPT)
    change(ledger, "UPDATE decisions SET verdict = 'love'")
    with ledger.reading() as connection, pytest.raises(Inconsistent, match="log was changed"):
        read_log(connection)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE entered SET low = 20", "changed afterwards"),
        ("UPDATE entered SET earliest = 'yesterday'", "changed afterwards"),
        ("UPDATE entered SET harm = 'loved'", "changed afterwards"),
        ("DELETE FROM entered", "no longer there"),
    ],
)
def test_a_changed_entry_is_found(ledger: Ledger, readings: list[Reading], statement: str, why: str) -> None:
    """What a person entered is held to its id as the log is to its chain."""
    enter(ledger, readings[0])
    assert verified(ledger) == (1, read_first(ledger))
    change(ledger, statement)
    found = verified(ledger)
    assert isinstance(found, Break)
    assert why in found.why


def read_first(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        return read_log(connection)[0].decision_id


def test_an_entered_claim_stands_beside_those_read(ledger: Ledger, readings: list[Reading]) -> None:
    """It waits, is found and is coded as others are, with an id of its own; the same again is refused with who entered it."""
    entry = enter(ledger, readings[0])
    with ledger.reading() as connection:
        assert find_claim(connection, entry[:12]) == entry
        assert [waiting.claim_id for waiting in list_claims(connection)][-1] == entry
        assert list_fields(connection)[entry]["low"] == 2
        assert len(list_fields(connection)) == 4
    with pytest.raises(BadInput, match="Bo entered just this"):
        enter(ledger, readings[0])
    assert enter(ledger, readings[0], place="Raqqa") != entry


def test_victims_come_back_whole(ledger: Ledger, readings: list[Reading]) -> None:
    """Every spelling, in the order given, and the claims that count the person."""
    document, claim = readings[0].document, readings[0].claims[0].claim_id
    victim = enter_victim(
        document.document_id,
        document.text,
        quote="Nobody was hurt elsewhere.",
        salt="s",
        names=["Nadia K.", "نادية", "Nadia K."],
        said={"age": "about 40", "sex": "female"},
        claims=[claim],
    )
    add_entered(ledger, victim, who="Bo", reason="", now=FIXED_NOW)
    with ledger.reading() as connection:
        assert list(list_victims(connection)) == [victim]
        assert find_subject(connection, victim.victim_id[:9]).kind is SubjectKind.VICTIM
    assert victim.names == ("Nadia K.", "نادية")
    change(ledger, "UPDATE victims SET names = '[\"Else\"]'")
    assert isinstance(verified(ledger), Break)


def test_a_file_that_only_people_read_is_kept(ledger: Ledger) -> None:
    """The bytes of a PDF lie with the others under their hash, and a claim may stand on them; a text belongs to `read`."""
    content = b"%PDF-1.7\n\xff\xfe scanned"
    document = attach_document(ledger, content, source="list.pdf", now=FIXED_NOW)
    assert ledger.blobs.get(document) == content
    assert attach_document(ledger, content, source="copy.pdf", now=FIXED_NOW) == document
    with ledger.reading() as connection:
        assert find_subject(connection, "list.pdf").id == document
    entered = enter_claim(document, None, quote="Four were killed", said={"low": "4", "high": "4"})
    add_entered(ledger, entered, who="Bo", reason="", now=FIXED_NOW)
    assert entered.start is None
    with pytest.raises(BadInput, match="this is a text"):
        attach_document(ledger, b"Four were killed.", source="note.txt", now=FIXED_NOW)


def test_what_is_not_there_cannot_be_decided(ledger: Ledger, readings: list[Reading]) -> None:
    """An id that begins nothing, and one that begins several things, are told."""
    with ledger.reading() as connection:
        with pytest.raises(NotFound, match="called so"):
            find_subject(connection, "0123456789")
        ids = [waiting.claim_id for waiting in list_claims(connection)] + [r.document.document_id for r in readings]
        shared = next(digit for digit in "0123456789abcdef" if sum(each.startswith(digit) for each in ids) != 1)
        with pytest.raises((BadInput, NotFound)):
            find_subject(connection, shared)


def test_reviewers_at_once_wait_for_one_another(ledger: Ledger, readings: list[Reading], database: str) -> None:
    """Several people deciding at the same time make one chain, in which every decision is."""
    claim = readings[0].claims[0].claim_id

    def decide_some(who: str) -> None:
        own = get_ledger(ledger.folder, now=fixed_now, database=database)
        for _ in range(5):
            say(own, claim, Verdict.ACCEPT, who=who)
        own.close()

    with ThreadPoolExecutor(3) as people:
        list(people.map(decide_some, ["Amal", "Bo", "Che"]))
    with ledger.reading() as connection:
        assert Counter(decision.who for decision in read_log(connection)) == {"Amal": 5, "Bo": 5, "Che": 5}
        assert isinstance(verify_log(connection), tuple)


def test_decisions_outlive_a_newer_reading(ledger: Ledger, readings: list[Reading], tmp_path: Path) -> None:
    """A claim that another version reads alike is the same claim: what people decided of it holds."""
    claim = readings[0].claims[0].claim_id
    say(ledger, claim, Verdict.REJECT)
    path = write_reports(tmp_path / "reports.jsonl", 3)
    newer = list(read_reports([str(path)], load=partial(load_fake, "2"), now=fixed_now, keeper=ledger))
    assert newer[0].claims[0].claim_id == claim
    with ledger.reading() as connection:
        waiting = list(find_waiting(list_claims(connection), fold(read_log(connection)), who="Amal"))
    assert claim not in {each.claim_id for each in waiting}
    assert len(waiting) == 2
