"""The versions of one page: which texts stood at its address, in the order of fetching, as one viewer may see them.

A capture says which page it is of. The same bytes fetched again are no new capture but a line in `fetches`, which tells how long a text stood.
Versions that a viewer may not see are as if nobody had fetched them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select, union_all

from harmledger.domain import Replaced, Version, Viewer
from harmledger.ids import document_id
from harmledger.link.copies import Shingles, share_of, shingle
from harmledger.link.told import own_words
from harmledger.store.access import may_see
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.schema import CAPTURES, READINGS, TEXTS
from harmledger.store.schema_fetched import FETCHES
from harmledger.store.seen import select_all

MOST_VIEWERS = 64
MOST_VERSIONS = 500
"""Of one page the latest so many are told: a page with a clock in its text changes with every fetch."""
TEXTS_AT_ONCE = 20
"""In memory: a text may have millions of characters."""
VERSION_SHARE = 0.3
"""Of the shorter text's sequences of five words: from so many on a later text is the same report anew, and what it no longer says is taken back.
Less is another text at the same address, as on a front page or behind a notice that wants consent, and takes nothing back. Set by hand: reports
rewritten within a day keep their quotations, and two reports of one outlet share next to nothing."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document at a page: when a fetch found it there first and last."""

    page_id: str
    document_id: str
    first: datetime
    last: datetime


def list_versions(connection: Connection, viewer: Viewer, document: str) -> dict[str, list[Version]]:
    """Of each page that the document stood at and that changed, its versions in order; nothing where no page did."""
    pages = connection.execute(_changed_pages(viewer), {"ids": [document]}).scalars().all()
    return {page: versions for page in sorted(pages) if len(versions := list_page(connection, viewer, page)) > 1}


def list_page(connection: Connection, viewer: Viewer, page_id: str) -> list[Version]:
    """The versions of one page, the first first; the latest of them, where there are too many."""
    rows = connection.execute(_runs(viewer), {"page": page_id, "most": MOST_VERSIONS}).all()
    words: dict[str, str] = _name_words(connection, {row.document_id for row in rows}) if len(rows) > 2 else {}
    versions: list[Version] = []
    stood: dict[str, datetime] = {}
    last = ""
    for row in reversed(rows):
        text: str = words.get(row.document_id) or row.document_id
        back_to = stood.get(text) if text != last else None
        found = {"document_id": row.document_id, "source": row.source, "since": row.seen}
        versions.append(Version(page_id=page_id, back_to=back_to, **found))
        if text != last:
            stood[text], last = row.seen, text
    return versions


def find_replaced(connection: Connection, viewer: Viewer, documents: Collection[str]) -> dict[str, Replaced]:
    """Which of some reports were replaced by a later version of their page, and by which.

    The last version counts where it is the same report anew, or tells of the same as these do; else the last one among these.
    """
    seen = _seen_beside(connection, viewer, documents)
    replaced: dict[str, Replaced] = {}
    prints: dict[str, Shingles] = {}
    elsewhere = _stand_elsewhere(connection, viewer, documents) if seen else set[str]()
    for document in sorted(set(documents) - elsewhere):
        later = _later_at_all(seen, document)
        if not later:
            continue
        names = {document, later[0].document_id} - prints.keys()
        prints |= _take_prints(connection, names)
        anew = share_of(prints[document], prints[later[0].document_id]) >= VERSION_SHARE
        by = next((each for each in later if each.document_id in documents), None)
        if anew or by:
            found = later[0] if anew or by is None else by
            replaced[document] = Replaced(
                document_id=found.document_id, since=_since(connection, viewer, seen, document, found)
            )
    return replaced


def find_first_versions(connection: Connection, viewer: Viewer, documents: Collection[str]) -> dict[str, str]:
    """Of those among some reports that are versions of one page, all but the first: which is the first."""
    first: dict[str, str] = {}
    for at in _seen_beside(connection, viewer, documents).values():
        here = sorted((each for each in at if each.document_id in documents), key=lambda e: (e.first, e.document_id))
        first |= {each.document_id: here[0].document_id for each in here[1:]}
    return {document: first.get(origin, origin) for document, origin in first.items() if origin != document}


def find_pages(connection: Connection, documents: Iterable[str]) -> set[str]:
    """The pages of these documents of which there are several versions, whoever may see them."""
    names = sorted(set(documents))
    everybody = _changed_pages(Viewer(sees_all=True))
    some = (names[start : start + MOST_NAMED] for start in range(0, len(names), MOST_NAMED))
    return {page for ids in some for page in connection.execute(everybody, {"ids": ids}).scalars()}


def _name_words(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """Of each document that was read a hash of its article's words: what else differs, such as markup or a list beside it, is the same report."""
    names, found = sorted(documents), dict[str, str]()
    for start in range(0, len(names), TEXTS_AT_ONCE):
        for row in connection.execute(_READ, {"ids": names[start : start + TEXTS_AT_ONCE]}):
            words = own_words({**row.record, "text": row.text}).split()
            found[row.document_id] = document_id(" ".join(words).encode(errors="replace")) if words else row.document_id
    return found


def _since(
    connection: Connection, viewer: Viewer, seen: Mapping[str, Sequence[_Seen]], document: str, found: _Seen
) -> datetime:
    """When the later version came: of a text that came back, when it last did."""
    own = next(each for each in seen[found.page_id] if each.document_id == document)
    if found.first > own.last:
        return found.first
    versions = list_page(connection, viewer, found.page_id)
    return max((v.since for v in versions if v.document_id == found.document_id), default=found.first)


def _later_at_all(seen: Mapping[str, Sequence[_Seen]], document: str) -> list[_Seen]:
    """What stood at a document's page after it, the last first; nothing where it is the last at any of its pages."""
    found: list[_Seen] = []
    for at in seen.values():
        own = next((each for each in at if each.document_id == document), None)
        if own is None:
            continue
        later = [each for each in at if (each.last, each.document_id) > (own.last, own.document_id)]
        if not later:
            return []
        found += later
    return sorted(found, key=lambda each: (each.last, each.document_id), reverse=True)


def _seen_beside(connection: Connection, viewer: Viewer, documents: Collection[str]) -> dict[str, list[_Seen]]:
    """Of each page of these documents that changed, what stood there."""
    names = sorted(documents)
    pages: set[str] = set()
    for start in range(0, len(names), MOST_NAMED):
        pages |= set(connection.execute(_changed_pages(viewer), {"ids": names[start : start + MOST_NAMED]}).scalars())
    found: defaultdict[str, list[_Seen]] = defaultdict(list)
    for page in sorted(pages):
        for row in connection.execute(_seen_at(viewer), {"page": page}):
            found[page].append(_Seen(page, row.document_id, row.first, row.last))
    return found


def _stand_elsewhere(connection: Connection, viewer: Viewer, documents: Collection[str]) -> set[str]:
    """Those that stand at a page that never changed."""
    names = sorted(documents)
    some = (names[start : start + MOST_NAMED] for start in range(0, len(names), MOST_NAMED))
    return {each for ids in some for each in connection.execute(_unchanged(viewer), {"ids": ids}).scalars()}


def _take_prints(connection: Connection, documents: Collection[str]) -> dict[str, Shingles]:
    """What copies are known by, of each document's article; of one that no engine read, nothing."""
    prints = dict.fromkeys(documents, shingle(""))
    rows = connection.execute(_READ, {"ids": sorted(documents)})
    return prints | {row.document_id: shingle(own_words({**row.record, "text": row.text})) for row in rows}


# --- questions -------------------------------------------------------------------------------------------------------

_READ = (
    select(READINGS.c.document_id, READINGS.c.record, TEXTS.c.text)
    .join(TEXTS)
    .where(READINGS.c.document_id.in_(bindparam("ids", expanding=True)))
    .order_by(READINGS.c.sequence)
)


_NAMED = and_(CAPTURES.c.document_id.in_(bindparam("ids", expanding=True)), CAPTURES.c.page_id.is_not(None))


@lru_cache(maxsize=MOST_VIEWERS)
def _changed_pages(viewer: Viewer) -> Select[Any]:
    """The pages of some documents at which another one stood too."""
    return select(CAPTURES.c.page_id).distinct().where(_NAMED, _is_changed(viewer))


@lru_cache(maxsize=MOST_VIEWERS)
def _unchanged(viewer: Viewer) -> Select[Any]:
    """Of some documents those that have a page at which no other stood."""
    return select(CAPTURES.c.document_id).distinct().where(_NAMED, ~_is_changed(viewer))


def _is_changed(viewer: Viewer) -> ColumnElement[bool]:
    """Of a row of `captures`: another document stood at its page too."""
    other = CAPTURES.alias("other")
    same = and_(other.c.page_id == CAPTURES.c.page_id, other.c.document_id != CAPTURES.c.document_id)
    return exists().where(same, may_see(viewer, other.c.document_id))


def _sightings(viewer: Viewer) -> Any:
    """Every fetch that found a text at the page: a capture, or the same bytes once more."""
    of = CAPTURES.c
    known = and_(of.page_id == bindparam("page"), may_see(viewer, of.document_id))
    same = and_(
        FETCHES.c.document_id == of.document_id,
        or_(FETCHES.c.capture_id == of.capture_id, and_(FETCHES.c.capture_id.is_(None), FETCHES.c.url == of.source)),
    )
    first = select(of.document_id, of.source, of.fetched.label("seen")).where(known)
    again = select(of.document_id, of.source, FETCHES.c.started.label("seen")).join(FETCHES, same).where(known)
    return union_all(first, again).subquery()


@lru_cache(maxsize=MOST_VIEWERS)
def _seen_at(viewer: Viewer) -> Select[Any]:
    seen = _sightings(viewer)
    ends = func.min(seen.c.seen).label("first"), func.max(seen.c.seen).label("last")
    return select_all(seen.c.document_id, *ends).group_by(seen.c.document_id)


@lru_cache(maxsize=MOST_VIEWERS)
def _runs(viewer: Viewer) -> Select[Any]:
    """The sightings before which another text was seen, or none; the last first."""
    seen = _sightings(viewer)
    before = func.lag(seen.c.document_id).over(order_by=(seen.c.seen, seen.c.document_id)).label("before")
    told = select(seen, before).subquery()
    new = or_(told.c.before.is_(None), told.c.before != told.c.document_id)
    return select(told).where(new).order_by(told.c.seen.desc(), told.c.document_id.desc()).limit(bindparam("most"))
