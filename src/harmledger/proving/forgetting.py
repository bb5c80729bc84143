"""`forget`: a document's bytes and words go for good, for a reason that stays; all else still proves itself.

document ─▶ what hangs on it (store) ─▶ tombstone and emptied rows, in one transaction ─▶ bytes taken away ─▶ what is shown made anew
                                                                                       ─▶ the database written anew, without what was deleted

The smallest thing that can be forgotten is a document: its hash is of all its bytes, and its quotes stand in its whole text. A name alone is
withheld (`harmledger withhold`), which strikes it from whatever is shown. Whoever is killed on the way runs it again: it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from harmledger.domain import Audited, Forgotten, Held
from harmledger.errors import BadInput, NotFound
from harmledger.projecting import bring_up
from harmledger.publish.redact import fold_name
from harmledger.review.decide import check_text
from harmledger.store import Ledger
from harmledger.store.audit import add_audited
from harmledger.store.changes import note_change
from harmledger.store.forgetting import (
    erase_hanging,
    find_hanging,
    find_same_text,
    list_elsewhere,
    set_readings_aside,
)
from harmledger.store.forgotten import DOCUMENT, LIFTED, add_forgotten, find_tombstone, load_gone
from harmledger.store.shown import forget_shown
from harmledger.store.subjects import find_document
from harmledger.store.touched import touch_documents, touch_search
from harmledger.store.withheld import list_withheld, withhold

HERE = "(command line)"
"""Who did it, as the audit has it: whoever may write the ledger's folder."""
LONGEST = 2_000
"""Characters of a reason."""
FORGOTTEN = "forgotten"
"""What the change is called of which pages are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """What is to be forgotten, and why."""

    document: str
    basis: str
    """The law or the request."""
    reason: str
    who: str
    copies: bool = False
    """Documents with the same clean text as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What forgetting came to."""

    stones: Sequence[Forgotten]
    replies: int
    """That stand on it, and may quote it: a person looks at them."""
    withheld: Sequence[str]
    """Names of its victims that stand in other reports, and are struck there from now on by ruling."""


def forget(ledger: Ledger, asked: Forget, *, now: Callable[[], datetime]) -> Outcome:
    """Forget a document; one that is forgotten already has left-overs taken away.

    Raises:
        NotFound: there is no such document.
        BadInput: others hold the same text, and it isn't said that they go too; or it isn't said why.
        SourceFailed: somebody else is using the database; what was to go is gone from every table, and not yet from the file's free parts.
    """
    said = {name: check_text(getattr(asked, name), name, LONGEST) for name in ("basis", "reason", "who")}
    if missing := [name for name, words in said.items() if not words.strip()]:
        raise BadInput("it is not said", missing[0], f"give it with --{missing[0] if missing[0] != 'who' else 'by'}")
    with ledger.writing() as connection:
        documents = _choose(connection, asked)
        outcome = _forget_all(connection, documents, said, now())
    sweep(ledger, now=now)
    return outcome


def lift(ledger: Ledger, document: str, *, said: dict[str, str], now: Callable[[], datetime]) -> Forgotten:
    """Let a forgotten document come in again, should it be read; what went stays gone.

    Raises:
        NotFound: nothing of that id was forgotten.
    """
    with ledger.writing() as connection:
        wanted = find_document(connection, document)
        if find_tombstone(connection, wanted) is None:
            raise NotFound(
                "nothing of that id was forgotten", document, "see the tombstones with `harmledger forget --list`"
            )
        held = Held(readings=tuple(set_readings_aside(connection, wanted)))
        stone = add_forgotten(connection, LIFTED, wanted, said=said, held=held, now=now())
        _note(connection, "lift-forgotten", wanted, said["who"], now())
    return stone


def sweep(ledger: Ledger, *, now: Callable[[], datetime]) -> int:
    """Take away what is left of what was forgotten: bytes, what is shown, free parts of the database. Tells how many files went.

    Raises:
        SourceFailed: somebody else is using the database.
    """
    with ledger.reading() as connection:
        gone = load_gone(connection)
        removed = sum(ledger.blobs.remove(blob) for blob in gone.blobs - gone.lifted)
    bring_up(ledger, now=now)
    ledger.rewrite()
    return removed


def _choose(connection: Connection, asked: Forget) -> list[str]:
    document = find_document(connection, asked.document)
    same = find_same_text(connection, document)
    if same and not asked.copies:
        what = f"{len(same)} other documents hold the same text ({', '.join(each[:10] for each in same[:5])})"
        raise BadInput(what, document[:10], "add --copies to forget them too")
    return [document, *same]


def _forget_all(connection: Connection, documents: Sequence[str], said: dict[str, str], now: datetime) -> Outcome:
    stones: list[Forgotten] = []
    names: list[str] = []
    replies = 0
    for document in documents:
        if find_tombstone(connection, document):
            continue
        found = find_hanging(connection, [document])
        elsewhere = list_elsewhere(connection, found.names, documents)
        forget_shown(connection, touch_documents(connection, [document]))
        touch_search(connection, [document])
        held = erase_hanging(connection, found.held, now=now)
        stones.append(add_forgotten(connection, DOCUMENT, document, said=said, held=held, now=now))
        _note(connection, "forget", document, said["who"], now)
        names += _withhold(connection, elsewhere, said, now)
        replies += found.replies
    note_change(connection, FORGOTTEN)
    return Outcome(stones=stones, replies=replies, withheld=names)


def _withhold(connection: Connection, names: Sequence[str], said: dict[str, str], now: datetime) -> list[str]:
    """Strike names by ruling that were struck since nobody released the victim whose row goes now."""
    held = {fold_name(each.name) for each in list_withheld(connection)}
    fresh = list({fold_name(name): name for name in names if fold_name(name) not in held}.values())
    for name in fresh:
        withhold(connection, name, who=said["who"], reason=said["basis"], now=now)
    return fresh


def _note(connection: Connection, what: str, document: str, who: str, now: datetime) -> None:
    subject = f"document {document}, by {who}"
    add_audited(connection, Audited(when=now, who=HERE, what=what, subject=subject, address=None, outcome="done"))
