"""Pages that were made and still hold: those that anybody may see, until something is new in the ledger that they may show.

What that is, `store.changes` tells. A page is made once for all who ask for it at the same time. No page of somebody signed in comes in here.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import Response

from harmledger.store.changes import SHOWN_PAGES

MOST_BYTES = 64 * 1024 * 1024
"""Some seven thousand pages; the ones not asked for longest go first."""
WORTH_PACKING_BYTES = 1_000
"""A smaller page fits into one packet anyhow."""
PACKING = 3
"""Of zlib's levels: a tenth larger than by 6, in half the time."""
LISTS_SECONDS = 2.0
"""How old a page of lists gets before it is made anew, however often something new is told: readers wait for no such page, but for what it takes of a core."""
OWN_BYTES = 1_000
"""What a kept page takes beside its body."""
VARY = "Cookie, HX-Request, Accept, Accept-Encoding"
SAID_AGAIN = ("etag", "cache-control", "vary")
"""Headers of a page that a browser has already."""

MOST_COUNTED = 20_000
"""Subjects of which it is counted how often something new was told."""
_LOG = logging.getLogger("harmledger.web")

Key = tuple[str, ...]
Make = Callable[[], Awaitable["KeptPage | Response"]]
"""Makes a page: packed already, or as it is."""
Stamp = tuple[int, int]


def pack(made: Response) -> KeptPage | Response:
    """A page ready to be kept; what isn't a whole page, or is for one browser alone, as it is."""
    return made if made.status_code != 200 or "set-cookie" in made.headers else KeptPage(made)


class KeptPage:
    """One page, kept packed: most browsers take it so, and eight times as many fit."""

    __slots__ = ("_body", "_headers", "_is_packed", "etag", "since")

    def __init__(self, made: Response) -> None:
        """Packing what holds no secret tells nobody anything by its length."""
        body = bytes(made.body)
        self.etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        own = {name: value for name, value in made.headers.items() if name != "content-length"}
        self._headers = {**own, "etag": self.etag, "cache-control": "no-cache", "vary": VARY}
        self.since = time.monotonic()
        self._is_packed = len(body) >= WORTH_PACKING_BYTES
        self._body = gzip.compress(body, compresslevel=PACKING, mtime=0) if self._is_packed else body

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self._body) + OWN_BYTES

    def plain(self) -> bytes:
        """The page as it was made."""
        return gzip.decompress(self._body) if self._is_packed else self._body

    def answer(self, asked: Headers) -> Response:
        """What this browser gets: nothing where it has it already, else the page, packed where it can unpack."""
        if any(tag.strip() in {self.etag, "*"} for tag in asked.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers={name: self._headers[name] for name in SAID_AGAIN})
        if self._is_packed and "gzip" in asked.get("accept-encoding", ""):
            return Response(self._body, headers={**self._headers, "content-encoding": "gzip"})
        return Response(self.plain(), headers=self._headers)


class Kept:
    """Kept pages of the ledger as it stands."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._about: defaultdict[str | None, set[Key]] = defaultdict(set)
        """Pages by what they are about alone; None: by anything."""
        self._lagging: set[Key] = set()
        """Of SHOWN_PAGES, those that are given once more while they are made anew."""
        self._making: dict[tuple[Stamp, Key], asyncio.Future[KeptPage | None]] = {}
        self._behind: set[asyncio.Task[None]] = set()
        self._epoch, self._times = 0, Counter[str | None]()
        self._size = 0

    def forget(self, touched: frozenset[str] | None) -> None:
        """Forget the pages that are about any of these or about anything; all of them where None is told.

        Pages of incidents in short follow the record a moment later anyhow: they are given until they are made anew.
        """
        if touched is None or len(self._times) > MOST_COUNTED:
            self._epoch += 1
            self._times.clear()
        if touched is None:
            self._pages.clear()
            self._about.clear()
            self._lagging.clear()
            self._size = 0
            return
        for subject in (None, *touched):
            self._times[subject] += 1
            if subject == SHOWN_PAGES:
                self._lagging |= self._about[subject]
            else:
                for key in self._about.pop(subject, ()):
                    self._drop(key)

    async def get(self, key: Key, *, about: str | None = None, make: Make) -> KeptPage | Response:
        """The page, kept or made now; what isn't a whole page is given as it was made."""
        if page := self._pages.get(key):
            self._pages.move_to_end(key)
            if key in self._lagging and time.monotonic() >= page.since + LISTS_SECONDS:
                self._lagging.discard(key)
                task = asyncio.create_task(self._make_behind(key, about, make))
                self._behind.add(task)
                task.add_done_callback(self._behind.discard)
            return page
        waiting = self._making.get((self._stamp(about), key))
        if waiting and (page := await asyncio.shield(waiting)):
            return page
        return await self._make(key, about, make)

    async def _make(self, key: Key, about: str | None, make: Make) -> KeptPage | Response:
        done: asyncio.Future[KeptPage | None] = asyncio.get_running_loop().create_future()
        stamp = self._stamp(about)
        self._making[stamp, key] = done
        page: KeptPage | None = None
        try:
            made = await make()
            if isinstance(made, Response):
                self._drop(key)
                return made
            page = made
            self._keep(key, about, page, stamp)
            return page
        finally:
            self._making.pop((stamp, key), None)
            done.set_result(page)

    async def _make_behind(self, key: Key, about: str | None, make: Make) -> None:
        try:
            await self._make(key, about, make)
        except Exception:  # noqa: BLE001  whoever asks next is told what is wrong
            _LOG.exception("a page couldn't be made anew")
            self._drop(key)

    def _stamp(self, about: str | None) -> Stamp:
        """Another one as soon as a page about it may have changed."""
        return self._epoch, self._times[about]

    def _keep(self, key: Key, about: str | None, page: KeptPage, stamp: Stamp) -> None:
        if stamp != self._stamp(about):  # it may show what was before
            if about != SHOWN_PAGES or stamp[0] != self._epoch:
                return
            self._lagging.add(key)
        self._drop(key)
        self._pages[key] = page
        self._about[about].add(key)
        self._size += page.size
        while self._size > MOST_BYTES:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        if page := self._pages.pop(key, None):
            self._size -= page.size
