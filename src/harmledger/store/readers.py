"""Connections that only read, for the site: a pool of them, each giving up on a question that takes too long.

They see a ledger as it stands when they begin, whatever is written meanwhile, and can't write: the database itself refuses it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Protocol, cast

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError

from harmledger.errors import SourceFailed
from harmledger.store.changes import Marks, News, find_news
from harmledger.store.database import CONNECT_SECONDS, WAIT_MS, locate_database
from harmledger.store.unchanged import tells_of_writing

STEPS_BETWEEN_LOOKS = 50_000
"""SQLite's own steps between two looks at the clock: about a millisecond."""
LOOK_SECONDS = 5.0
"""Asking a server what is new takes half a millisecond."""
_PRAGMAS = ("query_only=ON", "cache_size=-16000", "mmap_size=268435456", "temp_store=MEMORY")
"""16 MB of pages a connection; the file itself mapped, so that connections share what the system has read."""
_READS_ONLY = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Readers(Protocol):
    """A bounded number of reading connections to one ledger."""

    quick: bool
    """Whether `look` takes microseconds, and so no thread of its own."""

    def reading(self, *, seconds: float) -> AbstractContextManager[Connection]:
        """A view of the ledger as it stands now; whatever asks longer than this in all is given up.

        Raises:
            SourceFailed: it took longer, or the ledger can't be read.
        """
        ...

    def renew(self, connection: Connection) -> None:
        """Look again: from here on the connection sees the ledger as it stands now, with what was written since it began."""
        ...

    def look(self) -> News | None:
        """What is new since it was last asked, for one who keeps pages; the first answer is that anything may be.

        Raises:
            SourceFailed: the ledger can't be read.
        """
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


def open_readers(file: Path, database: str, *, most: int) -> Readers:
    """Readers of the ledger in a file, or in the PostgreSQL database of an address."""
    url = locate_database(file, database)
    return ServerReaders(url, most=most) if database else FileReaders(url, most=most)


class FileReaders:
    """Readers of SQLite, which are stopped by its own clock and see at next to no cost whether anybody wrote."""

    quick = True

    def __init__(self, url: URL, *, most: int) -> None:
        told = {"isolation_level": None, "timeout": WAIT_MS / 1000, "check_same_thread": False}
        self._engine = create_engine(url, pool_size=most + 1, max_overflow=0, connect_args=told)
        event.listen(self._engine, "connect", _set_up_file)
        event.listen(self._engine, "begin", _begin)
        self._watching = self._engine.connect()
        self._version = -1
        self._marks: Marks | None = None

    @contextmanager
    def reading(self, *, seconds: float) -> Generator[Connection]:
        """See `Readers`."""
        ends = time.monotonic() + seconds
        with told_to_visitors(), self._engine.connect() as connection, connection.begin():
            _sqlite(connection).set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN_LOOKS)
            yield connection

    def renew(self, connection: Connection) -> None:
        """See `Readers`."""
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN")

    def look(self) -> News | None:
        """See `Readers`: what is new is only looked for where SQLite says that anybody wrote."""
        version = _sqlite(self._watching).execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return None
        with told_to_visitors(), self._watching.begin():
            news = find_news(self._watching, self._marks)
        self._version, self._marks = version, news.marks if news else self._marks
        return news

    def close(self) -> None:
        """Let go of the file."""
        self._watching.close()
        self._engine.dispose()


class ServerReaders:
    """Readers of PostgreSQL, whose own clock stops each question."""

    quick = False

    def __init__(self, url: URL, *, most: int) -> None:
        told = {"connect_timeout": CONNECT_SECONDS}
        self._engine = create_engine(url, pool_size=most + 1, max_overflow=0, connect_args=told)
        event.listen(self._engine, "connect", _set_up_server)
        event.listen(self._engine, "before_cursor_execute", _give_up_late)
        self._marks: Marks | None = None

    @contextmanager
    def reading(self, *, seconds: float) -> Generator[Connection]:
        """See `Readers`."""
        with told_to_visitors(), self._engine.connect() as connection, connection.begin():
            connection.info["ends"] = time.monotonic() + seconds
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
            yield connection

    def renew(self, connection: Connection) -> None:
        """See `Readers`."""
        connection.exec_driver_sql("COMMIT AND CHAIN")

    def look(self) -> News | None:
        """See `Readers`."""
        with self.reading(seconds=LOOK_SECONDS) as connection:
            news = find_news(connection, self._marks)
        self._marks = news.marks if news else self._marks
        return news

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()


@contextmanager
def told_to_visitors() -> Generator[None]:
    """The database's errors as one that shows no visitor what went on."""
    try:
        yield
    except DBAPIError as e:
        raise SourceFailed("the ledger can't answer now", "the site", "ask again, or for less at once") from e


def _give_up_late(connection: Connection, *_: Any) -> None:
    """No further question after a request's last moment: the server's clock knows each question alone."""
    if time.monotonic() > connection.info.get("ends", float("inf")):
        raise SourceFailed("the ledger can't answer now", "the site", "ask again, or for less at once")


def _sqlite(connection: Connection) -> SqliteConnection:
    return cast("SqliteConnection", connection.connection.driver_connection)


def _set_up_file(connection: SqliteConnection, record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    tells_of_writing(record.info)


def _set_up_server(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_READS_ONLY)
    connection.commit()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
