"""What reviewers have decided on pairs of claims, and what follows from it before anything is linked."""

from __future__ import annotations

from harmledger.domain import Constraints
from harmledger.errors import Inconsistent


class Classes:
    """Claims that people have put together, directly or through others; each claim they decided on has its class.

    Raises:
        Inconsistent: two claims are put together and kept apart.
    """

    def __init__(self, decisions: Constraints) -> None:
        self._above: dict[str, str] = {}
        for pair in (*decisions.must_link, *decisions.cannot_link):
            for claim in pair:
                self._above.setdefault(claim, claim)
        for left, right in decisions.must_link:
            self._above[self._root(left)] = self._root(right)
        for left, right in decisions.cannot_link:
            if self._root(left) == self._root(right):
                raise Inconsistent(
                    f"claim {left} may not be linked to {right}, and other decisions put them together",
                    "the reviewers' decisions",
                    "take one of them back",
                )

    @property
    def claims(self) -> frozenset[str]:
        """All that were decided on."""
        return frozenset(self._above)

    def apart(self, left: str, right: str) -> bool:
        """Whether two claims must not share a telling: both were decided on, and not as one."""
        return left in self._above and right in self._above and self._root(left) != self._root(right)

    def _root(self, claim: str) -> str:
        while self._above[claim] != claim:
            claim = self._above[claim]
        return claim
