"""Opens a ledger's database: finds out whether it is one, makes or migrates it, and gives connections that wait for one another.

SQLite in WAL mode: one process writes while others read, and a killed writer leaves only whole transactions. A power cut may take the last
ones back (`synchronous=NORMAL`), never half of one; reading the same reports again brings them back.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from harmledger.errors import BadInput, SourceFailed
from harmledger.publish.wording import render_json
from harmledger.store.schema import REVISIONS
from harmledger.store.schema_accounts import METADATA

WAIT_MS = 30_000
"""How long a writer waits for another: a report's transaction takes milliseconds, a migration seconds."""
WRITING = "writing"
_VERSION = "alembic_version"


def open_database(path: Path) -> Engine:
    """An engine on the ledger's database, at the newest schema; made where there is none.

    Raises:
        BadInput: the file is no ledger, or a newer harmledger's.
        SourceFailed: it can't be opened or written.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        json_serializer=render_json,
        connect_args={"isolation_level": None, "timeout": WAIT_MS / 1000},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    with told_plainly(path):
        _bring_up_to_date(engine, path)
    return engine


@contextmanager
def told_plainly(path: Path) -> Generator[None]:
    """The database's own errors as one sentence that says what to do."""
    try:
        yield
    except OperationalError as e:
        reason = str(e.orig)
        raise SourceFailed(f"the ledger can't be used ({reason})", str(path), _remedy(reason)) from e
    except DatabaseError as e:
        raise BadInput(f"this is no ledger ({e.orig})", str(path), "name another folder with --ledger") from e
    except SQLAlchemyError as e:
        raise SourceFailed(f"the ledger can't be used ({e})", str(path), "check the file") from e


def current_revision(connection: Connection) -> str | None:
    """Which schema the database has; None where it has none yet.

    Raises:
        BadInput: it holds something else.
    """
    names = inspect(connection).get_table_names()
    if _VERSION in names:
        return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()  # noqa: S608  a constant
    if names:
        raise BadInput(
            "the database holds other tables", str(connection.engine.url.database), "name another folder with --ledger"
        )
    return None


def migrate(connection: Connection) -> None:
    """Bring an older ledger's schema to the newest, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415  a third of a second, and only for old ledgers
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415

    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        match current_revision(connection):
            case None:
                _create(connection)
            case revision if revision == REVISIONS[-1]:
                return
            case revision if revision in REVISIONS:
                migrate(connection)
            case revision:
                what = f"the ledger was made by a newer harmledger (schema {revision}; this one knows up to {REVISIONS[-1]})"
                raise BadInput(what, str(path), "update harmledger")


def _create(connection: Connection) -> None:
    """The newest schema at once: quicker than its migrations, and held equal to them by a test."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(text(f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {_VERSION} VALUES (:revision)"), {"revision": REVISIONS[-1]})  # noqa: S608  a constant


def _set_up(connection: SqliteConnection, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it looks, so that what it found still holds when it writes."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _remedy(reason: str) -> str:
    if "locked" in reason:
        return "wait until the other process is done"
    if "full" in reason:
        return "make room on the disk; all reports before are kept"
    return "check that its folder may be written, or name another with --ledger"
