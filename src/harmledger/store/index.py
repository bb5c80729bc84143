"""The words of reports, searched: FTS5 on SQLite, a tsvector on PostgreSQL, each behind a few statements of its own.

Words are folded before either sees them (`text.finding`), so that both find the same: title, clean text, and the names of places and claimants as
they were looked up, less withheld names. What is asked for are words and phrases folded likewise: nothing of a database's query language reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, Select, TextClause, bindparam, column, func, inspect, select, text

from harmledger.domain import Viewer
from harmledger.publish.record import Record
from harmledger.publish.redact import ANY_ENDING, BLOCK, PREFIXES, Withholding
from harmledger.store.access import may_see
from harmledger.store.adding import add_new
from harmledger.store.schema import CLAIMS, READINGS, TEXTS
from harmledger.store.schema_shown import SEARCH_TOUCHED, SEARCHED
from harmledger.text.finding import find_words, fold_phrase

MOST_WORDS = 100_000
"""Words of a report that are searched: what PostgreSQL takes in a tsvector, and more than a book has."""
MOST_VIEWERS = 64
_HIDDEN = "xwithheldx"
"""Holds the place of a withheld name, so that the words about it are no phrase; by it reports are found that hold one."""
_NO_WORDS: dict[str, str] = {"title": "", "body": "", "names": ""}
_BLOCKS = re.compile(f"{BLOCK}+")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database keeps and finds words."""

    make: tuple[str, ...]
    add: TextClause
    remove: TextClause
    held: TextClause
    """Whether what is held under `:number` is of these words."""
    find: str
    """Numbers and ranks of what holds `:asked`, the least rank the likeliest."""
    quote: str
    joins: str
    """Between the words of a phrase."""
    both: str
    """Between phrases."""
    open: str
    """Behind a word that may end in any way."""

    def ask(self, phrases: Iterable[Phrase]) -> str:
        """Phrases in the database's words. Folded words are letters and figures alone: no quote is in them to be closed."""
        return self.both.join(self._phrase(phrase) for phrase in phrases)

    def begins(self, phrases: Iterable[Phrase]) -> str:
        """The same, where the last word of each may end in any way."""
        return self.both.join(self._phrase(phrase, self.open) for phrase in phrases)

    def _phrase(self, phrase: Phrase, end: str = "") -> str:
        if self.quote == '"':
            return f'"{self.joins.join(phrase)}"{end}'
        return f"({self.joins.join(f'{self.quote}{word}{self.quote}' for word in phrase)}{end})"


_SQLITE = Dialect(
    make=(
        "CREATE VIRTUAL TABLE search_words USING fts5(title, body, names, tokenize = 'unicode61 remove_diacritics 0')",
        "INSERT INTO search_words (search_words, rank) VALUES ('rank', 'bm25(4.0, 1.0, 2.0)')",
    ),
    add=text("INSERT INTO search_words (rowid, title, body, names) VALUES (:number, :title, :body, :names)"),
    remove=text("DELETE FROM search_words WHERE rowid = :number"),
    held=text(
        "SELECT title = :title AND body = :body AND names = :names AS same FROM search_words WHERE rowid = :number"
    ),
    find="SELECT rowid AS number, rank AS likely FROM search_words WHERE search_words MATCH :asked",
    quote='"',
    joins=" ",
    both=" AND ",
    open="*",
)
_POSTGRESQL = Dialect(
    make=(
        "CREATE TABLE search_words (number integer PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
    ),
    add=text(
        "INSERT INTO search_words (number, words) VALUES (:number, setweight(to_tsvector('simple', :title), 'A')"
        " || setweight(to_tsvector('simple', :names), 'B') || to_tsvector('simple', :body))"
    ),
    remove=text("DELETE FROM search_words WHERE number = :number"),
    held=text(
        "SELECT words = (setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :names), 'B')"
        " || to_tsvector('simple', :body)) AS same FROM search_words WHERE number = :number"
    ),
    find=(
        "SELECT number, -ts_rank(words, to_tsquery('simple', :asked)) AS likely FROM search_words"
        " WHERE words @@ to_tsquery('simple', :asked)"
    ),
    quote="'",
    joins=" <-> ",
    both=" & ",
    open=":*",
)


def index_documents(connection: Connection, documents: Sequence[str], withholding: Withholding) -> None:
    """Take the words of these reports, as they are read now, in the place of those before."""
    words = _dialect(connection)
    if not _is_made(connection):
        for statement in words.make:
            connection.execute(text(statement))
    for document in documents:
        number = _number(connection, document)
        connection.execute(words.remove, {"number": number})
        if parts := _read(connection, document):
            kept = {name: _indexed(part, withholding) for name, part in parts.items()}
            connection.execute(words.add, {"number": number, **kept})


def find_misindexed(connection: Connection, withholding: Withholding) -> Iterator[str]:
    """Reports of which other words are indexed than they have now; those that wait to be indexed are passed over."""
    if not _is_made(connection):
        return
    waiting = set(connection.execute(select(SEARCH_TOUCHED.c.document_id)).scalars())
    for number, document in connection.execute(select(SEARCHED.c.number, SEARCHED.c.document_id)).all():
        parts = _read(connection, document)
        kept = {name: _indexed(part, withholding) for name, part in parts.items()}
        asked: dict[str, str | int] = {**_NO_WORDS, **kept, "number": number}
        row = connection.execute(_dialect(connection).held, asked).first()
        if document not in waiting and bool(kept) != bool(row and row.same):
            yield document


def check_index(connection: Connection) -> None:
    """Have SQLite hold its index of words against the words themselves; to be called where writing is allowed.

    Raises:
        DatabaseError: they differ.
    """
    if _is_made(connection) and connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 0)"))


def find_reports(
    connection: Connection, viewer: Viewer, phrases: Sequence[Phrase], *, most: int, skipped: int = 0
) -> Sequence[str]:
    """Ids of the reports that hold all phrases and may be seen, the likeliest first. What waits to be indexed anew isn't found."""
    if not phrases or not _is_made(connection) or any(_HIDDEN in phrase for phrase in phrases):
        return []
    asked = {"asked": _dialect(connection).ask(phrases), "most": most, "skipped": skipped}
    return connection.execute(_question(viewer, connection.dialect.name), asked).scalars().all()


def find_naming(connection: Connection, names: Iterable[str]) -> set[str]:
    """Reports whose words hold one of some names, or hold a place of any that was withheld."""
    if not _is_made(connection):
        return set()
    words = _dialect(connection)
    hits = _hits(words)
    wanted = select(SEARCHED.c.document_id).join(hits, hits.c.number == SEARCHED.c.number)
    asked = {words.ask([(_HIDDEN,)])} | {question for name in names for question in _spelled(words, name)}
    return {
        document for question in sorted(asked) for document in connection.execute(wanted, {"asked": question}).scalars()
    }


def _spelled(words: Dialect, name: str) -> Iterator[str]:
    """Questions for a name as it may stand in the index: with Arabic prefixes, its words apart or run together, its end open."""
    ask = words.begins if name.rstrip().endswith(ANY_ENDING) else words.ask
    for prefix in ("", *PREFIXES):
        if phrase := fold_phrase(f"{prefix}{name.lstrip()}"):
            yield from (ask([form]) for form in {phrase, ("".join(phrase),)})
    together = "".join(fold_phrase(name))
    yield from (ask([(together[:at], together[at:])]) for at in range(1, len(together)))


@lru_cache(maxsize=MOST_VIEWERS)
def _question(viewer: Viewer, dialect: str) -> Select[Any]:
    """Built once a viewer: building it takes longer than the database takes to answer it."""
    hits = _hits(_POSTGRESQL if dialect == "postgresql" else _SQLITE)
    of = SEARCHED.c.document_id
    waiting = select(SEARCH_TOUCHED.c.document_id)
    seen = select(of).join(hits, hits.c.number == SEARCHED.c.number).where(may_see(viewer, of), of.not_in(waiting))
    return seen.order_by(hits.c.likely, SEARCHED.c.number).limit(bindparam("most")).offset(bindparam("skipped"))


def _hits(words: Dialect) -> Any:
    return text(words.find).columns(column("number", Integer), column("likely")).subquery("hits")


def _dialect(connection: Connection) -> Dialect:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE


def _is_made(connection: Connection) -> bool:
    return inspect(connection).has_table("search_words")


def _number(connection: Connection, document: str) -> int:
    mine = select(SEARCHED.c.number).where(SEARCHED.c.document_id == document)
    known = connection.execute(mine).scalar()
    if known is None:
        last = connection.execute(select(func.max(SEARCHED.c.number))).scalar() or 0
        add_new(connection, SEARCHED, {"number": last + 1, "document_id": document})
        return last + 1
    return known


def _read(connection: Connection, document: str) -> dict[str, str]:
    """What of a report is searched, by its current reading; nothing of one that only people read."""
    last = select(READINGS.c.reading_id, READINGS.c.title, TEXTS.c.text).join(TEXTS)
    mine = last.where(READINGS.c.document_id == document).order_by(READINGS.c.sequence.desc()).limit(1)
    row = connection.execute(mine).first()
    if row is None:
        return {}
    claims = connection.execute(select(CLAIMS.c.record).where(CLAIMS.c.reading_id == row.reading_id)).scalars()
    names = dict.fromkeys(name for claim in claims for name in _names(claim) if name)
    return {"title": row.title or "", "body": row.text, "names": "\n".join(names)}


def _names(claim: Record) -> Iterator[str | None]:
    """What a claim's words mean: a report in Arabic is found by the English names too."""
    yield from (claim[part]["name"] for part in ("place", "actor") if claim[part])
    for speaker in claim["attribution"]:
        yield from (speaker["name"], speaker["organisation"])


def _indexed(part: str, withholding: Withholding) -> str:
    """The folded words, less withheld names."""
    struck = _BLOCKS.sub(f" {_HIDDEN} ", withholding.text(part)) if withholding else part
    return " ".join(each.word for each in islice(find_words(struck), MOST_WORDS))
