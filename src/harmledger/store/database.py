"""Opens a ledger's database: finds out whether it is one, makes or migrates it, and gives connections that wait for one another.

SQLite in WAL mode: one process writes while others read, and a killed writer leaves only whole transactions. A power cut may take the last
ones back (`synchronous=NORMAL`), never half of one; reading the same reports again brings them back.

PostgreSQL keeps the same promises: writers take turns by one lock, so that what a writer found still holds when it writes, and readers see
the ledger as it stood when they began.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from harmledger.errors import BadInput, SourceFailed
from harmledger.publish.wording import render_json
from harmledger.store.schema import REVISIONS
from harmledger.store.schema_watch import METADATA

WAIT_MS = 30_000
"""How long a writer waits for another: a report's transaction takes milliseconds, a migration seconds."""
CONNECT_SECONDS = 10
"""A server that doesn't answer so long isn't there."""
WRITING = "writing"
WRITERS_LOCK = 0x6861726D
"""The lock on a PostgreSQL database that its writers take in turn; the number is `harm` in ASCII, to be told from other programs' locks."""
DRIVER = "postgresql+psycopg"
_VERSION = "alembic_version"


def locate_database(file: Path, database: str = "") -> URL:
    """Where a ledger's rows are: in a PostgreSQL database if one is named, else in a file.

    Raises:
        BadInput: what is named is no address of one.
    """
    if not database:
        return URL.create("sqlite", database=str(file))
    remedy = "give it as postgresql://USER@HOST/NAME"
    try:
        url = make_url(database)
    except ArgumentError:  # its message repeats what was given, which may hold a password
        raise BadInput("this is no address of a database", "--database", remedy) from None
    if url.drivername not in {"postgresql", "postgres", DRIVER}:
        raise BadInput(f"a ledger can't be kept in {url.drivername[:40]}", "--database", remedy)
    return url.set(drivername=DRIVER)


def render_location(url: URL) -> str:
    """Where the rows are, without a password."""
    is_file = url.get_backend_name() == "sqlite"
    return str(url.database) if is_file else url.set(drivername="postgresql").render_as_string(hide_password=True)


def open_database(url: URL, *, make: bool = True) -> Engine | None:
    """An engine on the ledger's database, at the newest schema; made where there is none, or None if it shouldn't be.

    Raises:
        BadInput: it is no ledger, or a newer harmledger's; or what speaks with PostgreSQL isn't installed.
        SourceFailed: it can't be opened or written.
    """
    engine = _create_engine(url)
    with told_plainly(render_location(url)):
        if _bring_up_to_date(engine, render_location(url), make=make):
            return engine
    engine.dispose()
    return None


@contextmanager
def told_plainly(where: Path | str) -> Generator[None]:
    """The database's own errors as one sentence that says what to do."""
    try:
        yield
    except OperationalError as e:
        reason = " ".join(str(e.orig).split())
        raise SourceFailed(f"the ledger can't be used ({reason})", str(where), _remedy(reason)) from e
    except DatabaseError as e:
        if type(e.orig).__module__.startswith("sqlite3"):
            raise BadInput(f"this is no ledger ({e.orig})", str(where), "name another folder with --ledger") from e
        reason = " ".join(str(e.orig).split())
        raise SourceFailed(f"the database refused it ({reason})", str(where), "check its rights and its log") from e
    except SQLAlchemyError as e:
        raise SourceFailed(f"the ledger can't be used ({e})", str(where), "check the file") from e


def current_revision(connection: Connection) -> str | None:
    """Which schema the database has; None where it has none yet.

    Raises:
        BadInput: it holds something else.
    """
    names = inspect(connection).get_table_names()
    if _VERSION in names:
        return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()  # noqa: S608  a constant
    if names:
        where = render_location(connection.engine.url)
        raise BadInput("the database holds other tables", where, "name another with --ledger or --database")
    return None


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring an older ledger's schema to the newest, in the connection's transaction; or back to an older one, with the loss of what it had not."""
    from alembic import command  # noqa: PLC0415  a third of a second, and only for old ledgers
    from alembic.config import Config as AlembicConfig  # noqa: PLC0415

    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to) if to == "head" else command.downgrade(config, to)


def _create_engine(url: URL) -> Engine:
    """An engine whose writers take turns, in the words of its database."""
    if url.get_backend_name() == "sqlite":
        told = {"isolation_level": None, "timeout": WAIT_MS / 1000}
        engine = create_engine(url, json_serializer=render_json, connect_args=told)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin_in_file)
        return engine
    try:
        engine = create_engine(url, json_serializer=render_json, connect_args={"connect_timeout": CONNECT_SECONDS})
    except ModuleNotFoundError as e:
        what = "what speaks with PostgreSQL isn't installed"
        raise BadInput(what, "--database", "install it with `pip install 'harmledger[postgresql]'`") from e
    event.listen(engine, "begin", _begin_on_server)
    return engine


def _bring_up_to_date(engine: Engine, where: str, *, make: bool) -> bool:
    """Make or migrate the tables; False where there are none and none should be made. Who finds all current waits for no writer."""
    with engine.begin() as connection:
        if current_revision(connection) == REVISIONS[-1]:
            return True
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        match current_revision(connection):
            case None if not make:
                return False
            case None:
                _create(connection)
            case revision if revision == REVISIONS[-1]:
                pass
            case revision if revision in REVISIONS:
                migrate(connection)
            case revision:
                what = f"the ledger was made by a newer harmledger (schema {revision}; this one knows up to {REVISIONS[-1]})"
                raise BadInput(what, where, "update harmledger")
    return True


def _create(connection: Connection) -> None:
    """The newest schema at once: quicker than its migrations, and held equal to them by a test."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(text(f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {_VERSION} VALUES (:revision)"), {"revision": REVISIONS[-1]})  # noqa: S608  a constant


def _set_up(connection: SqliteConnection, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_in_file(connection: Connection) -> None:
    """A writer takes its turn before it looks, so that what it found still holds when it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing(connection) else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    """A writer takes its turn, and sees all that those before it wrote; a reader sees one moment."""
    if not _is_writing(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_MS}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITING, False))


def _remedy(reason: str) -> str:
    if "lock" in reason:
        return "wait until the other process is done"
    if "full" in reason:
        return "make room on the disk; all reports before are kept"
    if "connect" in reason or "authentication" in reason:
        return "check the address, the server and who may use it"
    return "check that its folder may be written, or name another with --ledger"
