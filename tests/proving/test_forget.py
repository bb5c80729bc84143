"""What is forgotten is gone from everything; a tombstone stays, and all else still proves itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FIXED_NOW, fixed_now, load_fake
from proved import RARE, URL, fetch_page, find, find_failing, make_proved, open_proved
from rows import change, read_rows
from sqlalchemy import insert, select

from harmledger.cli import main
from harmledger.domain import Found, PageState, Refused, Verdict, Weight
from harmledger.errors import BadInput, NotFound
from harmledger.linking import link_ledger
from harmledger.pipeline import read_report
from harmledger.projecting import bring_up
from harmledger.proving.forgetting import Forget, forget, lift, sweep
from harmledger.proving.sealing import seal
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_victim
from harmledger.store import Ledger, list_reports
from harmledger.store.audit import list_audited
from harmledger.store.decisions import add_decision, add_entered, read_log, verify_log
from harmledger.store.forgotten import list_forgotten
from harmledger.store.frontier import add_found, count_pages
from harmledger.store.schema import CAPTURES, CLAIMS, INCIDENT_CLAIMS, READINGS
from harmledger.store.schema_replies import REPLY_DRAFTS
from harmledger.store.schema_shown import PAGE_CHANGES
from harmledger.store.withheld import list_withheld

WORDS = (RARE, "hung in the", "Oven street", "zaynab-at-her-oven", "baker", "Bahiyya")
"""Of the page, of its address, and of what people wrote about it."""
SAID = {"basis": "GDPR, article 17", "reason": "the family asked", "who": "a lead"}


@pytest.fixture
def proved(tmp_path: Path, database: str) -> Path:
    """A ledger in which people wrote of the page as well."""
    at = make_proved(tmp_path, database)
    ledger = open_proved(at, database)
    document = page_id(ledger)
    with ledger.reading() as connection:
        record = next(f.record for f in list_reports(connection) if f.record["document"]["document_id"] == document)
    claim = record["claims"][0]["claim_id"]
    said = Said(
        subject=claim, kind=SubjectKind.CLAIM, verdict=Verdict.ACCEPT, who="amal", reason="Bahiyya the baker told me"
    )
    add_decision(ledger, said, now=FIXED_NOW)
    victim = enter_victim(
        document,
        record["document"]["text"],
        quote=f"Flour hung in the {RARE} air.",
        salt="s",
        names=["Bahiyya"],
        said={},
        claims=[claim],
    )
    add_entered(ledger, victim, who="amal", reason="Bahiyya is her name", now=FIXED_NOW)
    with ledger.writing() as connection:
        connection.execute(
            insert(REPLY_DRAFTS),
            {"draft_id": "e" * 64, "body": {"subject": claim, "text": f"about {RARE}"}, "made": FIXED_NOW},
        )
    with ledger.writing() as connection:
        found = Found(url=URL, title=f"{RARE} in Oven street")
        add_found(connection, [found], source="market", most=9, now=FIXED_NOW, watched=["market"])
        newer = (
            connection.execute(select(CAPTURES.c.document_id).where(CAPTURES.c.document_id != document))
            .scalars()
            .first()
        )
        told = {"words_changed": True, "claims_changed": 1, "told": [f"it told of {RARE}"], "since": FIXED_NOW}
        connection.execute(insert(PAGE_CHANGES), {**told, "page_id": "p", "older_id": document, "newer_id": newer})
    seal(ledger, now=FIXED_NOW)
    ledger.close()
    return at


def page_id(_ledger: Ledger) -> str:
    return fetch_page().document_id


def ask(ledger: Ledger, *, copies: bool = False, document: str | None = None) -> Forget:
    return Forget(document=document or page_id(ledger), copies=copies, **SAID)


def test_no_byte_of_it_is_left(proved: Path, database: str) -> None:
    """Neither in any row of any table, nor in any file of the ledger's folder, free parts of the database among them."""
    assert all(any(word.lower() in text for text in everything(proved, database)) for word in WORDS)
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    ledger.close()
    assert [word for word in WORDS if any(word.lower() in text for text in everything(proved, database))] == []


def test_a_watched_page_that_was_forgotten_is_left_alone(proved: Path, database: str) -> None:
    """It is still known, so that no listing brings it in again, and is not waited for."""
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.writing() as connection:
        again = add_found(connection, [Found(url=URL)], source="market", most=9, now=FIXED_NOW, watched=["market"])
        pages = count_pages(connection)
    assert (again, pages[PageState.WAITING], pages[PageState.DONE]) == (0, 0, 1)
    ledger.close()


def everything(at: Path, database: str) -> list[str]:
    """All rows as text, and all files as they are; in small letters."""
    files = [path.read_bytes().decode("latin-1").lower() for path in at.rglob("*") if path.is_file()]
    return [repr(read_rows(at, database)).lower(), *files]


def test_all_else_still_verifies(proved: Path, database: str) -> None:
    """Right afterwards, linked and sealed again: nothing fails, and the tombstone is told."""
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    assert find_failing(proved, database) == []
    link_ledger(ledger, now=fixed_now)
    link_ledger(ledger, now=fixed_now, again=True)
    bring_up(ledger, now=fixed_now)
    assert seal(ledger, now=FIXED_NOW)
    found = find(proved, database)
    assert [(f.check, f.id) for f in found if f.weight is Weight.FAILS] == []
    assert ("forgotten", page_id(ledger)) in {(f.check, f.id) for f in found}
    with ledger.reading() as connection:
        assert isinstance(verify_log(connection), tuple)
    ledger.close()


def test_the_log_still_tells_who_decided_what_when(proved: Path, database: str) -> None:
    """Of a decision about it the reason and the value go; who, what and when stay, held by the tombstone."""
    ledger = open_proved(proved, database)
    with ledger.reading() as connection:
        before = read_log(connection)
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        after = read_log(connection)
        (stone,) = list_forgotten(connection)
    ledger.close()
    emptied = {decision for decision, _ in stone.held.decisions}
    assert len(emptied) == 2
    for one, other in zip(before, after, strict=True):
        assert (one.decision_id, one.who, one.when, one.verdict) == (
            other.decision_id,
            other.who,
            other.when,
            other.verdict,
        )
        assert (one.reason == other.reason) is (one.decision_id not in emptied)


def test_a_changed_leftover_is_named(proved: Path, database: str) -> None:
    """Nobody uses a tombstone to change what is left of a decision, a reading or a capture."""
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        (stone,) = list_forgotten(connection)
    ledger.close()
    decision = stone.held.decisions[0][0]
    assert change(proved, database, f"UPDATE decisions SET who = 'another' WHERE decision_id = '{decision}'") == 1  # noqa: S608  an id
    assert decision in {finding.id for finding in find_failing(proved, database, only=["decisions"])}
    assert change(proved, database, "UPDATE forgotten SET reason = 'none'") == 1
    assert stone.forgotten_id in {finding.id for finding in find_failing(proved, database, only=["forgotten"])}


def test_its_claims_leave_their_incidents(proved: Path, database: str) -> None:
    """Its claims are in no incident any longer, and no list shows an incident of it alone."""
    ledger = open_proved(proved, database)
    with ledger.reading() as connection:
        mine = (
            connection.execute(select(CLAIMS.c.claim_id).where(CLAIMS.c.document_id == page_id(ledger))).scalars().all()
        )
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        moved = select(INCIDENT_CLAIMS.c.incident_id).where(INCIDENT_CLAIMS.c.claim_id.in_(mine))
        last = connection.execute(moved.order_by(INCIDENT_CLAIMS.c.linking.desc())).scalars().first()
        left = connection.execute(select(CLAIMS.c.claim_id).where(CLAIMS.c.claim_id.in_(mine))).all()
    ledger.close()
    assert mine
    assert (last, left) == (None, [])


def test_the_same_is_not_taken_in_again(proved: Path, database: str) -> None:
    """Neither the same bytes from elsewhere nor another page of the same text, until somebody lets it in again; then it is as it was."""
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    for capture in (fetch_page("https://other.example/"), fetch_page(page=PADDED)):
        refused = ledger.keep(capture, read_report(capture, load_fake()))
        assert isinstance(refused, Refused)
        assert "GDPR, article 17" in refused.message
        assert not ledger.blobs.path(capture.document_id).exists()
    lift(ledger, page_id(ledger), said=SAID, now=fixed_now)
    capture = fetch_page()
    assert not isinstance(ledger.keep(capture, read_report(capture, load_fake())), Refused)
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    with ledger.reading() as connection:
        assert RARE in next(
            f.record["document"]["text"]
            for f in list_reports(connection)
            if f.record["document"]["document_id"] == page_id(ledger)
        )
        sources = select(CAPTURES.c.source).where(CAPTURES.c.document_id == page_id(ledger))
        assert connection.execute(sources).scalars().all() == [URL]
    ledger.close()
    assert find_failing(proved, database) == []


PADDED = fetch_page().text.replace("<body>", "<body ><!-- another day -->")


def test_documents_of_the_same_text_are_told_and_go_when_asked(proved: Path, database: str) -> None:
    """A text that stands in another document would stay: that is refused, unless both are to go."""
    ledger = open_proved(proved, database)
    other = fetch_page(page=PADDED)
    ledger.keep(other, read_report(other, load_fake()))
    with pytest.raises(BadInput, match="1 other documents hold the same text"):
        forget(ledger, ask(ledger), now=fixed_now)
    outcome = forget(ledger, ask(ledger, copies=True), now=fixed_now)
    ledger.close()
    assert {stone.subject for stone in outcome.stones} == {other.document_id, fetch_page().document_id}
    assert find_failing(proved, database) == []
    assert not any(RARE in text for text in everything(proved, database))


def test_a_victim_that_stands_elsewhere_stays_withheld(proved: Path, database: str) -> None:
    """With the report goes the victim's row, which withheld the name in other reports: a ruling takes its place, so that none shows it."""
    ledger = open_proved(proved, database)
    page = fetch_page(
        "https://other.example/",
        page="<html><body><article><h1>Bread</h1><p>Bahiyya baked bread for the town for years, people said of her. 3 civilians were injured in Raqqa on May 9, 2017.</p></article></body></html>",
    )
    ledger.keep(page, read_report(page, load_fake()))
    bring_up(ledger, now=fixed_now)
    outcome = forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        assert "Bahiyya" in [each.name for each in list_withheld(connection)]
    ledger.close()
    assert outcome.withheld == ["Bahiyya"]


def test_broken_off_it_is_told_and_ended(proved: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between rows and bytes, `verify` names the bytes that are still there, and a sweep takes them away."""
    ledger = open_proved(proved, database)
    with monkeypatch.context() as broken:
        broken.setattr("harmledger.proving.forgetting.sweep", _die)
        with pytest.raises(KeyboardInterrupt):
            forget(ledger, ask(ledger), now=fixed_now)
    assert page_id(ledger) in {finding.id for finding in find_failing(proved, database, only=["blobs"])}
    assert sweep(ledger, now=fixed_now) == 2  # the page, and its records
    ledger.close()
    assert find_failing(proved, database) == []


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_who_forgot_what_is_noted(proved: Path, database: str) -> None:
    """In the audit, and in a tombstone that says why; nothing goes without a basis, a reason and a name."""
    ledger = open_proved(proved, database)
    for missing in SAID:
        with pytest.raises(BadInput, match="it is not said"):
            forget(ledger, Forget(document=page_id(ledger), **{**SAID, missing: " "}), now=fixed_now)
    with pytest.raises(NotFound):
        forget(ledger, ask(ledger, document="f" * 64), now=fixed_now)
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        noted = list_audited(connection, most=1)[0]
        (stone,) = list_forgotten(connection)
    ledger.close()
    assert (noted.what, noted.subject) == ("forget", f"document {stone.subject}, by a lead")
    assert (stone.basis, stone.reason, stone.who) == tuple(SAID.values())


def test_the_command_line_forgets_lists_and_lifts(tmp_path: Path) -> None:
    """What a person types does what it says, each by its own words."""
    at = str(make_proved(tmp_path))
    document = fetch_page().document_id[:12]
    said = ["--basis", "a court's order", "--reason", "so ordered", "--by", "amal"]
    done = CliRunner().invoke(main, ["forget", document, *said, "--ledger", at])
    assert (done.exit_code, "is forgotten, with 1 claim and" in done.output) == (0, True), done.output
    listed = CliRunner().invoke(main, ["forget", "--list", "--ledger", at]).output
    assert "a court's order" in listed
    assert fetch_page().document_id in listed
    assert CliRunner().invoke(main, ["forget", "--sweep", "--ledger", at]).exit_code == 0
    assert CliRunner().invoke(main, ["forget", document, "--lift", *said, "--ledger", at]).exit_code == 0
    assert CliRunner().invoke(main, ["forget", "--ledger", at]).exit_code == 2


def test_addresses_keep_their_host_alone(proved: Path, database: str) -> None:
    """Where it came from is told as far as it names nobody."""
    ledger = open_proved(proved, database)
    forget(ledger, ask(ledger), now=fixed_now)
    with ledger.reading() as connection:
        (source,) = connection.execute(
            select(CAPTURES.c.source).where(CAPTURES.c.document_id == page_id(ledger))
        ).scalars()
        titles = (
            connection.execute(select(READINGS.c.title).where(READINGS.c.document_id == page_id(ledger)))
            .scalars()
            .all()
        )
    ledger.close()
    assert source.startswith("https://news.example/#forgotten-")
    assert set(titles) == {None}
    assert "zaynab" in URL


def test_sqlite_is_written_anew(tmp_path: Path) -> None:
    """The file has no free page left in which deleted rows might lie."""
    at = make_proved(tmp_path)
    ledger = open_proved(at)
    forget(ledger, ask(ledger), now=fixed_now)
    ledger.close()
    with closing(sqlite3.connect(at / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
