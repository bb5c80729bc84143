"""Whether a figure is of one event, of several, or part of another figure: the encoder's word, but for a day's figure that sums nothing up.

In come a clause and what the encoder believes; out goes the scope.
"""

from __future__ import annotations

import re

from harmledger.domain import Scope
from harmledger.extract.passages import Span

_SUMS_UP = re.compile(
    r"\b(?:since|so\s+far|total|overall|altogether|in\s+all|to\s+date|during|over|between|past|last|this\s+(?:week|month|year)|days?|weeks?|months?|years?|hours|wars?|conflict|campaign|toll"
    r"|across|various|different|several|many|both|and|towns|villages|cities|areas|districts|provinces|regions|neighbou?rhoods|raids|strikes|airstrikes|attacks)\b"
    r"|منذ|حصيلة|إجمالي|خلال|مجمل|الماضي|الشهر|العام|حتى",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\s,;]*(?:and|while|whereas|but)\b", re.IGNORECASE)


def find_scope(text: str, clause: Span, when: Span | None, believed: Scope) -> Scope:
    """A cumulative figure needs words that sum up, or a time outside its clause; else it is the figure of that day's event."""
    if believed is not Scope.CUMULATIVE or when is None or not clause[0] <= when[0] < clause[1]:
        return believed
    joined = _JOINED.match(text, *clause)
    start = joined.end() if joined else clause[0]
    return believed if _SUMS_UP.search(text, start, clause[1]) else Scope.INCIDENT
