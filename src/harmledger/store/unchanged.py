"""What hardly ever changes, asked for once as long as nobody writes: SQLite tells each connection in microseconds whether anybody did.

For connections that only read: one that writes isn't told of its own writing. A server tells nothing of the kind, and is asked every time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

Answer = TypeVar("Answer")
_TELLS, _HELD = "tells of writing", "unchanged"


def tells_of_writing(info: dict[Any, Any]) -> None:
    """Say of a connection, by what is noted of it, that it reads an SQLite file and never writes."""
    info[_TELLS] = True


def while_unchanged(connection: Connection, name: str, ask: Callable[[Connection], Answer]) -> Answer:
    """The answer to a question that a name stands for; asked again only where somebody wrote."""
    if not connection.info.get(_TELLS):
        return ask(connection)
    written: int = cast("Any", connection.connection.driver_connection).execute("PRAGMA data_version").fetchone()[0]
    held: dict[str, tuple[int, Any]] = connection.info.setdefault(_HELD, {})
    if name not in held or held[name][0] != written:
        held[name] = (written, ask(connection))
    return held[name][1]
