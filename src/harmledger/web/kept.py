"""Pages that were made and still hold: those that anybody may see, until something is new in the ledger that they may show.

What that is, `store.changes` tells. A page is made once for all who ask for it at the same time. No page of somebody signed in comes in here.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import Response

MOST_BYTES = 64 * 1024 * 1024
"""Thousands of pages; the ones not asked for longest go first."""
WORTH_PACKING_BYTES = 1_000
"""A smaller page fits into one packet anyhow."""
VARY = "Cookie, HX-Request, Accept, Accept-Encoding"

Key = tuple[str, ...]


class KeptPage:
    """One page in the forms that it is sent in."""

    def __init__(self, made: Response) -> None:
        self.etag = f'W/"{hashlib.blake2b(bytes(made.body), digest_size=12).hexdigest()}"'
        told = {"etag": self.etag, "cache-control": "no-cache", "vary": VARY}
        made.headers.update(told)
        self._plain = made
        self._unchanged = Response(status_code=304, headers=told)
        self._packed = self._pack(made)
        self.size = len(made.body) + len(self._packed.body)

    def answer(self, asked: Headers) -> Response:
        """What this browser gets: nothing where it has it already, else the page, packed where it can unpack."""
        if any(tag.strip() in {self.etag, "*"} for tag in asked.get("if-none-match", "").split(",")):
            return self._unchanged
        return self._packed if "gzip" in asked.get("accept-encoding", "") else self._plain

    @staticmethod
    def _pack(made: Response) -> Response:
        """Packing what holds no secret tells nobody anything by its length."""
        if len(made.body) < WORTH_PACKING_BYTES:
            return made
        headers = {name: value for name, value in made.headers.items() if name != "content-length"}
        packed = gzip.compress(bytes(made.body), compresslevel=5, mtime=0)
        return Response(packed, status_code=made.status_code, headers={**headers, "content-encoding": "gzip"})


class Kept:
    """Kept pages of the ledger as it stands."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._about: defaultdict[str | None, set[Key]] = defaultdict(set)
        """Pages by what they are about alone; None: by anything."""
        self._making: dict[tuple[int, Key], asyncio.Future[KeptPage | None]] = {}
        self._generation = 0
        self._size = 0

    def forget(self, touched: frozenset[str] | None) -> None:
        """Forget the pages that are about any of these or about anything; all of them where None is told."""
        self._generation += 1
        if touched is None:
            self._pages.clear()
            self._about.clear()
            self._size = 0
            return
        for subject in (None, *touched):
            for key in self._about.pop(subject, ()):
                if page := self._pages.pop(key, None):
                    self._size -= page.size

    async def get(
        self, key: Key, *, about: str | None = None, make: Callable[[], Awaitable[Response]]
    ) -> KeptPage | Response:
        """The page, kept or made now; what isn't a whole page is given as it was made."""
        if page := self._pages.get(key):
            self._pages.move_to_end(key)
            return page
        if (waiting := self._making.get((self._generation, key))) and (page := await asyncio.shield(waiting)):
            return page
        return await self._make(key, about, make)

    async def _make(
        self, key: Key, about: str | None, make: Callable[[], Awaitable[Response]]
    ) -> KeptPage | Response:
        done: asyncio.Future[KeptPage | None] = asyncio.get_running_loop().create_future()
        generation = self._generation
        self._making[generation, key] = done
        page: KeptPage | None = None
        try:
            made = await make()
            if made.status_code != 200 or "set-cookie" in made.headers:
                return made
            page = KeptPage(made)
            if generation == self._generation:  # else it may show what was before
                self._keep(key, about, page)
            return page
        finally:
            self._making.pop((generation, key), None)
            done.set_result(page)

    def _keep(self, key: Key, about: str | None, page: KeptPage) -> None:
        if before := self._pages.pop(key, None):
            self._size -= before.size
        self._pages[key] = page
        self._about[about].add(key)
        self._size += page.size
        while self._size > MOST_BYTES:
            self._size -= self._pages.popitem(last=False)[1].size
