"""A PostgreSQL server for tests: private, in a folder of its own, on a Unix socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

OWNER = "harmledger"
PLAIN_USER = "postgres"
"""Who runs the server where the tests run as root, which PostgreSQL refuses."""
QUICK = (
    "-c listen_addresses='' -c max_connections=40 -c shared_buffers=32MB -c fsync=off -c full_page_writes=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c checkpoint_timeout=1h -c autovacuum=off"
)
"""Nothing outlives the tests, and the server writes nothing on its own account (see `written`)."""


ROOM = 4 << 30
"""Bytes: far more than the tests' databases ever take at one time."""


class Server:
    """Gives the address of an empty database as often as asked."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="harmledger-pg-", dir=_find_room()))
        self._numbers = count(1)
        if os.geteuid() == 0:
            shutil.chown(self._folder, PLAIN_USER)
        data, log = self._folder / "data", self._folder / "log"
        self._run("initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-k {self._folder} {QUICK}", "start")
        self._engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")

    def make_database(self) -> str:
        """The address of a new schema in the server's database: as empty as a database, and made in no time."""
        schema = f"ledger{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        return f"{self._address('postgres')}&options=-csearch_path%3D{schema}"

    def make_whole_database(self, *, like: str = "") -> str:
        """The address of a database of its own: empty, or a copy of another that nobody is connected to."""
        name = f"whole{next(self._numbers)}"
        template = f" TEMPLATE {make_url(like).database}" if like else ""
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{template}"))
        return self._address(name)

    def written(self) -> str:
        """Where the server's log of writings ends: where it ends as before, nobody has written anything since."""
        with self._engine.connect() as connection:
            return connection.execute(text("SELECT pg_current_wal_insert_lsn()")).scalar_one()

    def drop(self, database: str) -> None:
        """Take a database of its own away, whoever is still connected to it."""
        with self._engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {make_url(database).database} WITH (FORCE)"))

    def stop(self) -> None:
        """End the server and take its folder away."""
        self._engine.dispose()
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder)

    def _address(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self._folder}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(find_program(program)), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={PLAIN_USER}", f"--regid={PLAIN_USER}", "--clear-groups", *command]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _find_room() -> Path | None:
    """Memory, where there is enough of it: copying a database there takes no disk's time. Else where files of a while lie."""
    memory = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    return None


def find_program(name: str) -> Path | None:
    """A program of the server, where it is on the path or where Debian puts it; the newest."""
    found = shutil.which(name)
    if found:
        return Path(found)
    return max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default=None)


def why_not() -> str | None:
    """Why no server can be started here; None where one can."""
    try:
        import psycopg
    except ImportError:
        return "psycopg isn't installed: pip install 'harmledger[postgresql]'"
    del psycopg
    if not (find_program("initdb") and find_program("pg_ctl")):
        return "there is no PostgreSQL server: install the package postgresql"
    if os.geteuid() == 0 and not (_is_user(PLAIN_USER) and shutil.which("setpriv")):
        return f"PostgreSQL refuses to run as root, and there is no user {PLAIN_USER} or no setpriv to run it with"
    return None


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
