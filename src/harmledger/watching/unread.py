"""Captures that a run filed and did not come to read, as they were when they were fetched."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.collect.decode import decode_bytes
from harmledger.collect.web import EASTERNMOST
from harmledger.domain import Capture, Given, Refused
from harmledger.errors import HarmledgerError
from harmledger.store import Ledger
from harmledger.store.frontier import Unread, list_unread


def open_unread(ledger: Ledger) -> Iterator[tuple[str, Capture | Refused]]:
    """Each with its page's id, the first filed first; one is in memory at a time."""
    with ledger.reading() as connection:
        left = list_unread(connection)
    for unread in left:
        try:
            yield unread.page, _open(ledger, unread)
        except HarmledgerError as e:
            yield unread.page, Refused(source=unread.source, id=None, kind=type(e).__name__, message=str(e))


def _open(ledger: Ledger, unread: Unread) -> Capture:
    content = ledger.blobs.get(unread.document_id)
    return Capture(
        capture_id=unread.capture_id,
        document_id=unread.document_id,
        source=unread.source,
        fetched=unread.fetched,
        content=content,
        media=unread.media,
        text=decode_bytes(content, where=unread.source, declared=unread.charset),
        given=Given(captured=(unread.fetched + EASTERNMOST).date()),
    )
