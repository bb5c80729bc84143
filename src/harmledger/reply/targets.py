"""Where the words stand that a correction points at.

Comes in: passages as they are shown, withheld names struck, and what somebody chose on the page. Goes out: the same words with their place, or one
sentence that says why not. Since only what is shown is looked through, nobody learns by trying whether a withheld name stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from harmledger.domain import Target
from harmledger.errors import BadInput
from harmledger.reply.checks import LONGEST_TARGET


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that can be pointed at."""

    document_id: str
    claim_id: str | None
    text: str
    start: int | None
    """Where they begin in the document's text; None where it has none."""


def locate(target: Target, passages: Iterable[Passage]) -> Target:
    """The chosen words with their place: where it was said that they stand, else where they stand first.

    Raises:
        BadInput: they don't stand there.
    """
    among = [each for each in passages if target.claim_id in {None, each.claim_id}]
    if not target.exact.strip() and target.field and among:
        return _at(target, among[0], 0, len(among[0].text))
    if not 0 < len(target.exact.strip()) <= LONGEST_TARGET:
        what = f"a correction points at 1 to {LONGEST_TARGET} characters of the text"
        raise BadInput(what, "the chosen words", "choose one sentence or figure")
    for passage in among:
        if _stands_at(target, passage):
            return _at(target, passage, (target.start or 0) - (passage.start or 0), len(target.exact))
    words = re.compile(r"\s+".join(map(re.escape, target.exact.split())))
    for passage in among:
        if found := words.search(passage.text):
            return _at(target, passage, found.start(), found.end() - found.start())
    raise BadInput("these words don't stand there", "the chosen words", "choose them in the text as it is shown")


def _stands_at(target: Target, passage: Passage) -> bool:
    """Whether the words stand where it was said, in code points."""
    if target.start is None or passage.start is None or target.start < passage.start:
        return False
    begin = target.start - passage.start
    said = target.end is None or target.end - target.start == len(target.exact)
    return said and passage.text.startswith(target.exact, begin)


def _at(target: Target, passage: Passage, begin: int, length: int) -> Target:
    start = None if passage.start is None else passage.start + begin
    return replace(
        target,
        exact=passage.text[begin : begin + length],
        start=start,
        end=None if start is None else start + length,
        document_id=passage.document_id,
        claim_id=passage.claim_id,
    )
