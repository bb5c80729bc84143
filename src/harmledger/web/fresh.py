"""Before a kept page is given, it is asked what is new in the ledger, and pages that may show it are forgotten: nobody gets what was before.

SQLite tells within microseconds, here and now. A server is asked in a thread, once for all requests that wait: each waits for an asking that
began after the request came, so that no page is older than the request for it.
"""

from __future__ import annotations

import asyncio

import anyio.to_thread

from harmledger.store.changes import SHOWN_PAGES, News
from harmledger.store.readers import Readers
from harmledger.web.kept import Kept
from harmledger.web.made import Made


class Fresh:
    """Keeps kept pages fresh."""

    def __init__(self, readers: Readers, kept: Kept, made: Made) -> None:
        self._readers, self._kept, self._made = readers, kept, made
        self._times = 0
        self._asking: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Forget what no longer holds.

        Raises:
            SourceFailed: the ledger can't be read.
        """
        if self._readers.quick:
            self._forget(self._readers.look())
            return
        if self._asking:  # it began before this request, and may not see what was written since
            await asyncio.wait([self._asking])
        if not self._asking:
            self._asking = asyncio.create_task(self._ask())
        await asyncio.shield(self._asking)

    async def _ask(self) -> None:
        try:
            self._forget(await anyio.to_thread.run_sync(self._readers.look))
        finally:
            self._asking = None

    def _forget(self, news: News | None) -> None:
        if news and news.touched is None:
            self._made.forget()
        if news:
            self._kept.forget(news.touched)
        if self._made.times != self._times:
            self._times = self._made.times
            self._kept.forget(frozenset({SHOWN_PAGES}))
