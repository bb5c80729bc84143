"""What reviewers have decided on pairs of claims, and what follows from it before anything is linked."""

from __future__ import annotations

from harmledger.classes import Classes
from harmledger.domain import Constraints
from harmledger.errors import Inconsistent


class Decided:
    """Claims that people have put together, directly or through others; each claim they decided on has its class.

    Raises:
        Inconsistent: two claims are put together and kept apart.
    """

    def __init__(self, decisions: Constraints) -> None:
        pairs = (*decisions.must_link, *decisions.cannot_link)
        self.claims: frozenset[str] = frozenset(claim for pair in pairs for claim in pair)
        """All that were decided on."""
        self._classes = Classes(decisions.must_link)
        for left, right in decisions.cannot_link:
            if self._classes.are_one(left, right):
                what = f"claim {left} may not be linked to {right}, and other decisions put them together"
                raise Inconsistent(what, "the reviewers' decisions", "take one of them back")

    def apart(self, left: str, right: str) -> bool:
        """Whether two claims must not share a telling: both were decided on, and not as one."""
        return left in self.claims and right in self.claims and not self._classes.are_one(left, right)
