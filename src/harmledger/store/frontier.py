"""The pages that watched listings name, and where each stands: waiting, begun, done or given up.

A page is one row however often and by whichever listing it is named. It stays as it was until what came of it is filed, and changes in the
same transaction: a run that is killed leaves rows that tell where to go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from harmledger.addresses import host_of
from harmledger.domain import Found, Media, PageState, Task
from harmledger.ids import page_id
from harmledger.store.schema import CAPTURES, DOCUMENTS
from harmledger.store.schema_watch import FRONTIER

AT_A_TIME = 500
"""Keys asked for in one query; databases bound the values of one."""
_F = FRONTIER.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A capture that was filed and not read."""

    page: str
    capture_id: str
    document_id: str
    source: str
    fetched: datetime
    media: Media
    charset: str | None
    """As the server declared it."""


def add_found(
    connection: Connection, found: Iterable[Found], *, source: str, most: int, now: datetime, watched: Sequence[str]
) -> int:
    """Note the pages that nobody named before, up to so many; tells how many. Pages of a source that is watched no more become this one's."""
    added = 0
    pages = iter({page_id(each.url): each for each in found}.items())
    while some := dict(islice(pages, AT_A_TIME)):
        known = set(connection.execute(select(_F.page_id).where(_F.page_id.in_(list(some)))).scalars())
        _adopt(connection, sorted(known), source=source, watched=watched)
        new = [_new_row(key, each, source, now) for key, each in some.items() if key not in known][: most - added]
        if new:
            connection.execute(insert(FRONTIER), new)
            added += len(new)
    return added


def list_due_hosts(connection: Connection, watched: Sequence[str], *, now: datetime, most: int) -> Sequence[str]:
    """Hosts that have pages to fetch now, whoever waited longest first."""
    wanted = (
        select(_F.host).where(*_due(watched, now)).group_by(_F.host).order_by(func.min(_F.due), _F.host).limit(most)
    )
    return connection.execute(wanted).scalars().all()


def list_due_pages(
    connection: Connection, host: str, watched: Sequence[str], *, now: datetime, most: int
) -> Sequence[Task]:
    """A host's pages to fetch now, in the order in which they fell due, the newest of those found together first."""
    newest = func.coalesce(_F.published, _F.found).desc()
    wanted = select(FRONTIER).where(_F.host == host, *_due(watched, now)).order_by(_F.due, newest, _F.page_id)
    return [_task(row) for row in connection.execute(wanted.limit(most))]


def find_next_due(connection: Connection, watched: Sequence[str]) -> datetime | None:
    """When the next page falls due, now or later."""
    wanted = select(func.min(_F.due)).where(_F.state == PageState.WAITING.value, _F.source.in_(watched))
    return connection.execute(wanted).scalar_one()


def change_page(connection: Connection, page: str, **values: object) -> None:
    """Note where a page stands from now on."""
    connection.execute(update(FRONTIER).where(_F.page_id == page).values(values))


def list_unread(connection: Connection) -> Sequence[Unread]:
    """Captures that a run filed and did not come to read, the first first."""
    wanted = select(CAPTURES, DOCUMENTS.c.media, _F.page_id, _F.charset).select_from(
        FRONTIER.join(CAPTURES, CAPTURES.c.capture_id == _F.capture_id).join(DOCUMENTS)
    )
    rows = connection.execute(wanted.order_by(CAPTURES.c.fetched, CAPTURES.c.capture_id))
    return [
        Unread(
            page=row.page_id,
            capture_id=row.capture_id,
            document_id=row.document_id,
            source=row.source,
            fetched=row.fetched,
            media=Media(row.media),
            charset=row.charset,
        )
        for row in rows
    ]


def count_pages(connection: Connection) -> dict[PageState, int]:
    """How many pages stand where."""
    rows = connection.execute(select(_F.state, func.count()).group_by(_F.state))
    counts = {PageState(state): count for state, count in rows}
    return {state: counts.get(state, 0) for state in PageState}


def _due(watched: Sequence[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_F.state == PageState.WAITING.value, _F.due <= now, _F.source.in_(watched))


def _adopt(connection: Connection, known: Sequence[str], *, source: str, watched: Sequence[str]) -> None:
    orphans = (_F.page_id.in_(known), _F.source.not_in(watched))
    connection.execute(update(FRONTIER).where(*orphans).values(source=source))


def _new_row(key: str, found: Found, source: str, now: datetime) -> dict[str, object]:
    return {
        "page_id": key,
        "url": found.url,
        "host": host_of(found.url),
        "source": source,
        "published": found.published,
        "title": found.title,
        "found": now,
        "state": PageState.WAITING.value,
        "due": now,
        "tries": 0,
        "visits": 0,
    }


def _task(row: Row[tuple[object, ...]]) -> Task:
    names = ("url", "source", "host", "tries", "visits", "first")
    return Task(key=row.page_id, **{name: getattr(row, name) for name in names})
