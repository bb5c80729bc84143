"""What costs time to make and holds as long as what is shown stays the same: drawings, counts, the map's points.

Kept by the version of what is shown, which changes less often than the ledger: somebody who signs in changes nothing here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MOST_BYTES = 48 * 1024 * 1024
OTHER_BYTES = 20_000
"""What a value is taken for that isn't text: a page's counts, points and drawing."""

Made_ = TypeVar("Made_")


class Made:
    """Values of one version; another version begins anew."""

    def __init__(self) -> None:
        self._version = -1
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self.bringing_up = threading.Lock()
        """Held by the one request that brings up what is shown."""

    def get(self, version: int, key: Hashable, make: Callable[[], Made_]) -> Made_:
        """The value, kept or made now; two who ask at once may both make it."""
        with self._lock:
            if version != self._version:
                self._values.clear()
                self._version, self._size = version, 0
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if version == self._version and key not in self._values:
                self._values[key] = value
                self._size += _size(value)
                while self._size > MOST_BYTES:
                    self._size -= _size(self._values.popitem(last=False)[1])
        return value


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes) else OTHER_BYTES
