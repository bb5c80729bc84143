"""The listings that are watched: when each is due, what it last said, and the sitemaps that an index names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from harmledger.addresses import host_of, normalize_address
from harmledger.domain import Found, ListingKind, Task, WatchedSource
from harmledger.ids import listing_id
from harmledger.store.schema_watch import WATCHED

_W = WATCHED.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A listing as it stands."""

    source: str
    url: str
    kind: ListingKind
    due: datetime | None
    checked: datetime | None
    tries: int
    outcome: str | None
    message: str | None
    found: int


def set_watched(connection: Connection, sources: Sequence[WatchedSource], *, now: datetime) -> None:
    """Note what is watched from now on; a source that is new, or looks elsewhere, is due at once."""
    for source in sources:
        key = listing_id(source.name, source.url)
        known = connection.execute(select(_W.kind).where(_W.listing_id == key)).scalar_one_or_none()
        if known != source.kind.value:
            connection.execute(delete(WATCHED).where(_W.source == source.name))
            connection.execute(insert(WATCHED), _new_row(key, source.name, source.url, source.kind, now))


def add_sitemaps(connection: Connection, index: Task, sitemaps: Sequence[Found], *, now: datetime) -> None:
    """Note the sitemaps that an index names; those that it says were changed, or says nothing of, are due again."""
    for each in sitemaps:
        key = listing_id(index.source, each.url)
        row = connection.execute(select(_W.checked).where(_W.listing_id == key)).one_or_none()
        if row is None:
            new = _new_row(key, index.source, each.url, ListingKind.SITEMAP, now)
            connection.execute(insert(WATCHED), {**new, "depth": index.depth + 1})
        elif row.checked is None or each.changed is None or each.changed >= row.checked:
            connection.execute(update(WATCHED).where(_W.listing_id == key, _W.due.is_(None)).values(due=now))


def list_due_listings(connection: Connection, watched: Sequence[str], *, now: datetime, most: int) -> Sequence[Task]:
    """Listings to look at now, whichever waited longest first."""
    wanted = select(WATCHED).where(_W.due <= now, _W.source.in_(watched)).order_by(_W.due, _W.listing_id).limit(most)
    return [_task(row) for row in connection.execute(wanted)]


def find_next_look(connection: Connection, watched: Sequence[str]) -> datetime | None:
    """When the next listing falls due, now or later."""
    return connection.execute(select(func.min(_W.due)).where(_W.source.in_(watched))).scalar_one()


def end_look(connection: Connection, listing: str, told: Mapping[str, object], *, found: int = 0) -> None:
    """Note how a look ended, and when the next one is due."""
    connection.execute(update(WATCHED).where(_W.listing_id == listing).values({**told, "found": _W.found + found}))


def list_watched(connection: Connection) -> Sequence[Looked]:
    """Every listing, by source."""
    rows = connection.execute(select(WATCHED).order_by(_W.source, _W.depth, _W.url))
    names = ("source", "url", "due", "checked", "tries", "outcome", "message", "found")
    return [Looked(kind=ListingKind(row.kind), **{name: getattr(row, name) for name in names}) for row in rows]


def _new_row(key: str, source: str, url: str, kind: ListingKind, now: datetime) -> dict[str, object]:
    told = {"listing_id": key, "source": source, "url": url, "kind": kind.value}
    return {**told, "depth": 0, "due": now, "tries": 0, "found": 0}


def _task(row: Row[tuple[object, ...]]) -> Task:
    return Task(
        key=row.listing_id,
        url=row.url,
        source=row.source,
        host=host_of(normalize_address(row.url) or row.url),
        listing=ListingKind(row.kind),
        depth=row.depth,
        tries=row.tries,
        etag=row.etag,
        last_modified=row.last_modified,
    )
