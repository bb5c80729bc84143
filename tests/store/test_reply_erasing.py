"""What goes of replies and of people, on either database: words that are erased, and what is kept for a while only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fake_replies import SENTENCE, People, make_people
from sqlalchemy import Connection, insert, select

from harmledger.domain import (
    ModeratorVerdict,
    RefusalReason,
    Replier,
    ReplyState,
)
from harmledger.errors import NotAllowed, NotFound
from harmledger.replying import (
    appeal_reply,
    erase_replier,
    erase_reply,
    export_of,
    forget_old,
    list_events,
    list_labels,
)
from harmledger.store.repliers import get_replier
from harmledger.store.schema import METADATA
from harmledger.store.schema_replies import (
    REPLIER_IDENTITIES,
    REPLIER_SESSIONS,
    REPLY_DRAFTS,
    REPLY_MAILS,
    REPLY_NETWORKS,
    SIGN_IN_LINKS,
)

URL = "https://news.example.com/zanzarim-a"
WORD = "zanzarim"
"""Stands in every word that a person wrote, and nowhere else."""


@pytest.fixture
def people(tmp_path: Path, database: str) -> Iterator[People]:
    made = make_people(tmp_path, database)
    yield made
    made.ledger.close()


def dump(connection: Connection) -> str:
    """All rows of all tables, as text."""
    tables = METADATA.sorted_tables
    return "\n".join(f"{t.name} {tuple(row)!r}" for t in tables for row in connection.execute(select(t)))


def fill(people: People, replier: Replier) -> str:
    """A reply with words wherever there is a place for some."""
    sent = people.correct(replier, f"{WORD} one", url=URL, address_hash="n" * 64)
    people.refuse(sent.reply_id, RefusalReason.OTHER, words=f"{WORD} two")
    appeal_reply(people.ledger, sent.reply_id, f"{WORD} three", replier_id=replier.replier_id, now=people.now)
    people.publish(sent.reply_id, words=f"{WORD} four")
    mail = {
        "mail_id": sent.reply_id,
        "replier_id": replier.replier_id,
        "reply_id": sent.reply_id,
        "to": f"{WORD}@example.com",
    }
    rest = {
        "template": "state",
        "told": {"text": f"{WORD} five"},
        "state": "waiting",
        "tries": 0,
        "made": people.now,
        "due": people.now,
    }
    with people.ledger.writing() as connection:
        connection.execute(insert(REPLY_MAILS), {**mail, **rest})
    return sent.reply_id


def test_erased_words_are_nowhere(people: People) -> None:
    """No table holds a word of an erased reply, its address, its chosen words or what others wrote about it; that there was one stays."""
    replier = people.join()
    reply_id = fill(people, replier)
    before = people.ask(dump)
    assert before.count(WORD) >= 7
    reference = people.get(reply_id).reference
    erase_reply(people.ledger, reply_id, replier_id=replier.replier_id, now=people.now)
    after = people.ask(dump)
    assert WORD not in after
    assert "nnnnnnnn" not in after
    stone = people.get(reply_id)
    assert (stone.reference, stone.state, stone.text, stone.target, stone.pseudonym) == (
        reference,
        ReplyState.ERASED,
        "",
        None,
        "",
    )
    assert [each.what for each in people.ask(list_events, reply_id)] == "send clear refuse appeal publish erase".split()
    assert people.ask(list_labels) == []


def test_erased_words_are_in_no_free_part_of_the_file(tmp_path: Path) -> None:
    """SQLite writes over what is deleted: once the ledger is closed its file holds no byte of the word, long texts and edited ones included."""
    people = make_people(tmp_path)
    replier = people.join()
    reply_id = fill(people, replier)
    long = people.send(replier, f"{WORD} and so on " * 80)
    erase_reply(people.ledger, reply_id, replier_id=replier.replier_id, now=people.now)
    erase_reply(people.ledger, long.reply_id, replier_id=replier.replier_id, now=people.now)
    people.ledger.close()
    left = [
        path.name for path in (tmp_path / "ledger").iterdir() if path.is_file() and WORD.encode() in path.read_bytes()
    ]
    assert left == []


def sign_in(people: People, replier: Replier) -> None:
    """What signing in keeps of a person."""
    identity = {
        "subject_hash": "s" * 64,
        "provider": "mail",
        "replier_id": replier.replier_id,
        "address": f"{WORD}@example.com",
    }
    link = {"link_id": "l" * 64, "address_hash": identity["subject_hash"], "next": "/"}
    session = {"session_id": "t" * 64, "replier_id": replier.replier_id, "provider": "mail", "seen": people.now}
    with people.ledger.writing() as connection:
        connection.execute(insert(REPLIER_IDENTITIES), {**identity, "made": people.now})
        connection.execute(insert(SIGN_IN_LINKS), {**link, "made": people.now, "expires": people.now})
        connection.execute(insert(REPLIER_SESSIONS), {**session, "made": people.now})


def test_an_erased_person_is_nowhere(people: People) -> None:
    """Neither replies, pseudonym, address, sessions nor hashes stay; tombstones are nobody's."""
    replier = people.join(f"{WORD} reader")
    sign_in(people, replier)
    reply_id = fill(people, replier)
    people.send(replier, f"{WORD} six")
    assert erase_replier(people.ledger, replier.replier_id, now=people.now) == 2
    after = people.ask(dump)
    assert WORD not in after
    assert replier.replier_id not in after
    assert "ssssssss" not in after
    assert people.get(reply_id).replier_id is None
    with pytest.raises(NotFound):
        people.ask(get_replier, replier.replier_id)


def test_a_blocked_person_cant_come_back_by_erasing(people: People) -> None:
    """All words go, and the keyed hash stays with the block."""
    replier = people.join(f"{WORD} reader")
    sign_in(people, replier)
    reply_id = fill(people, replier)
    people.rule(reply_id, ModeratorVerdict.BLOCK, words=f"{WORD} seven")
    erase_replier(people.ledger, replier.replier_id, now=people.now)
    after = people.ask(dump)
    assert WORD not in after
    assert "ssssssss" in after
    assert "tttttttt" not in after
    with pytest.raises(NotAllowed, match="no longer"):
        people.send(replier)


def test_an_export_holds_all_that_erasing_takes(people: People) -> None:
    """Whatever a person wrote or is known by is in the export, but for moderators' names and others' secrets."""
    replier = people.join(f"{WORD} reader")
    sign_in(people, replier)
    fill(people, replier)
    exported = json.dumps(people.ask(export_of, replier.replier_id))
    for said in ("reader", "@example.com", "one", "two", "three", "four", "five"):
        assert f"{WORD} {said}" in exported or f"{WORD}{said}" in exported, said
    assert SENTENCE in exported
    assert URL in exported
    assert "n" * 64 in exported
    assert "Amal" not in exported
    assert "t" * 64 not in exported


def test_what_is_kept_for_a_while_goes(people: People) -> None:
    """Hashes of networks after 30 days, drafts after one."""
    replier = people.join()
    people.send(replier, address_hash="n" * 64)
    with people.ledger.writing() as connection:
        connection.execute(insert(REPLY_DRAFTS), {"draft_id": "f" * 64, "body": {"text": WORD}, "made": people.now})
    with people.ledger.writing() as connection:
        assert forget_old(connection, people.now + timedelta(hours=23)) == 0
    people.later(days=1)
    with people.ledger.writing() as connection:
        assert forget_old(connection, people.now) == 1
    assert WORD not in people.ask(dump)
    networks = select(REPLY_NETWORKS.c.address_hash)
    people.later(days=28, hours=23)
    with people.ledger.writing() as connection:
        forget_old(connection, people.now)
        assert connection.execute(networks).scalars().all() == ["n" * 64]
        assert forget_old(connection, people.now + timedelta(hours=1)) == 1
        assert connection.execute(networks).scalars().all() == []
