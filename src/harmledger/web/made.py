"""What costs time to make and is the same on many pages: drawings, counts, the map's points.

Kept by the version of what is shown. Where that has moved on, the old one is given for a few seconds more, and made anew behind the pages that show
it: nobody waits for it, however often somebody decides. What must be gone at once, of a closed document say, is forgotten (`forget`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

MOST_BYTES = 48 * 1024 * 1024
OTHER_BYTES = 20_000
"""What a value is taken for that isn't text: a page's counts, points and drawing."""
ITEM_BYTES = 500
"""What one of a tuple of many is taken for: a point of the map with its words."""
ANEW_SECONDS = 5.0
"""How old a value gets before it is made anew: half a second's work for fifty thousand incidents."""
_LOG = logging.getLogger("harmledger.web")

Made_ = TypeVar("Made_")
Later = Callable[[], "tuple[int, Any]"]
"""Makes a value of its own view of the ledger; gives that view's version too."""


@dataclass(frozen=True, slots=True)
class _Value:
    version: int
    value: Any
    since: float

    @property
    def size(self) -> int:
        if isinstance(self.value, tuple):
            return OTHER_BYTES + ITEM_BYTES * len(cast("tuple[Any, ...]", self.value))
        return len(self.value) if isinstance(self.value, str | bytes) else OTHER_BYTES


class Made:
    """Values by what they are of."""

    def __init__(self) -> None:
        self.times = 0
        """How often a value was made anew behind the pages: those that show the old one hold no longer."""
        self.bringing_up = threading.Lock()
        """Held by the one request or task that brings up what is shown."""
        self.behind_pages = False
        """Whether a task brings up what is shown, so that no page needs to."""
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()
        self._size = 0
        self._generation = 0
        self._due: set[Hashable] = set()
        self._lock, self._making = threading.Lock(), threading.Lock()

    def get(self, version: int, key: Hashable, make: Callable[[], Made_], *, later: Later | None = None) -> Made_:
        """The value, kept or made now; where `later` can make it anew, an old one in the meantime."""
        with self._lock:
            kept, generation = self._values.get(key), self._generation
            if kept and (kept.version == version or later):
                self._values.move_to_end(key)
                if later and kept.version != version and key not in self._due:
                    self._due.add(key)
                    self._begin(key, later, wait=kept.since + ANEW_SECONDS - time.monotonic())
                return kept.value
        value = make()
        self._keep(key, version, value, generation)
        return value

    def forget(self) -> None:
        """Let nothing be shown any longer that was made before."""
        with self._lock:
            self._values.clear()
            self._size, self._generation = 0, self._generation + 1

    def _begin(self, key: Hashable, later: Later, *, wait: float) -> None:
        timer = threading.Timer(max(0.0, wait), self._make_anew, (key, later))
        timer.daemon = True
        timer.start()

    def _make_anew(self, key: Hashable, later: Later) -> None:
        """One at a time: the machine is there for those who read.

        Due until it is made: whoever asks while it is being made begins no second making. What moved on meanwhile is seen by the next who asks, and
        somebody does, since the pages that show the old one hold no longer.
        """
        with self._lock:
            generation = self._generation
        made = False
        try:
            with self._making:
                version, value = later()
            self._keep(key, version, value, generation)
            made = True
        except Exception:  # noqa: BLE001  whoever asks next is told what is wrong
            _LOG.exception("what pages show couldn't be made anew")
        with self._lock:
            self._due.discard(key)
            self.times += made

    def _keep(self, key: Hashable, version: int, value: Any, generation: int) -> None:
        new = _Value(version, value, time.monotonic())
        with self._lock:
            old = self._values.get(key)
            if generation != self._generation or (old and old.version > version):
                return
            self._size += new.size - (old.size if old else 0)
            self._values[key] = new
            self._values.move_to_end(key)
            while self._size > MOST_BYTES:
                self._size -= self._values.popitem(last=False)[1].size
