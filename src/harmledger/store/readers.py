"""Connections that only read, for the site: a pool of them, each giving up on a question that takes too long.

They see a ledger as it stands when they begin, whatever is written meanwhile, and can't write: SQLite itself refuses it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, cast

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import OperationalError

from harmledger.errors import SourceFailed
from harmledger.store.database import WAIT_MS

STEPS_BETWEEN_LOOKS = 50_000
"""SQLite's own steps between two looks at the clock: about a millisecond."""
_PRAGMAS = ("query_only=ON", "cache_size=-16000", "mmap_size=268435456", "temp_store=MEMORY")
"""16 MB of pages a connection; the file itself mapped, so that connections share what the system has read."""


class Readers:
    """A bounded number of reading connections to one ledger."""

    def __init__(self, database: Path, *, most: int) -> None:
        self._engine = create_engine(
            f"sqlite:///{database}",
            pool_size=most,
            max_overflow=0,
            connect_args={"isolation_level": None, "timeout": WAIT_MS / 1000, "check_same_thread": False},
        )
        event.listen(self._engine, "connect", _set_up)
        event.listen(self._engine, "begin", _begin)
        self._watching = self._engine.raw_connection()

    @contextmanager
    def reading(self, *, seconds: float) -> Generator[Connection]:
        """A view of the ledger as it stands now; whatever asks longer than this in all is given up.

        Raises:
            SourceFailed: it took longer, or the ledger can't be read.
        """
        ends = time.monotonic() + seconds
        try:
            with self._engine.connect() as connection, connection.begin():
                _sqlite(connection).set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN_LOOKS)
                yield connection
        except OperationalError as e:
            raise SourceFailed("the ledger can't answer now", "the site", "ask again, or for less at once") from e

    def renew(self, connection: Connection) -> None:
        """Look again: from here on the connection sees the ledger as it stands now, with what was written since it began."""
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN")

    def data_version(self) -> int:
        """A number that is another one after anybody wrote; asking takes microseconds."""
        connection = cast("SqliteConnection", self._watching.driver_connection)
        return connection.execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        """Let go of the file."""
        self._watching.close()
        self._engine.dispose()


def _sqlite(connection: Connection) -> SqliteConnection:
    return cast("SqliteConnection", connection.connection.driver_connection)


def _set_up(connection: SqliteConnection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
