"""Things put together by pairs, directly or through others: which of them are one."""

from __future__ import annotations

from collections.abc import Iterable


class Classes:
    """Ids in classes; one that was never named is alone."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._above: dict[str, str] = {}
        for one, other in pairs:
            self.join(one, other)

    def join(self, one: str, other: str) -> None:
        """Put two ids, and all that is one with them, together."""
        self._above[self.name(one)] = self.name(other)

    def are_one(self, one: str, other: str) -> bool:
        """Whether pairs chain the two together."""
        return self.name(one) == self.name(other)

    def name(self, member: str) -> str:
        """The one of its class that stands for all of them until more is joined."""
        while (above := self._above.get(member, member)) != member:
            self._above[member] = self._above.get(above, above)  # a shorter way for the next who asks
            member = above
        return member
