"""How surely a report names who did it: stated, suspected, claimed by the actor itself, or denied.

Decided by the words around the naming in its own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.domain import Certainty, Source, Words

Span = tuple[int, int]
NEAR = 90
"""Characters before the naming of an actor that may hold a word of doubt over it."""
_DOUBT_BEFORE = re.compile(
    r"\b(?:suspected|alleged(?:ly)?|believed|presum(?:ed|ably)|likely|possibly|probably|apparent(?:ly)?|reported(?:ly)?\s+by|blam\w+|"
    r"accus\w+|thought\s+to|said\s+to\s+(?:be|have)|unconfirmed|purported\w*|may\s+have|attributed\s+to)\b|"
    r"يُ?عتقد|يُ?رجح|يُ?شتبه|مشتبه|اتهم|يُ?فترض",
    re.IGNORECASE,
)
_DOUBT_AFTER = re.compile(
    r"^\W{0,3}(?:is|are|was|were)?\s*(?:suspected|alleged(?:ly)?|believed|likely|thought|presumed|accused|blamed|may\s+have)\b",
    re.IGNORECASE,
)
_ADMISSION = re.compile(
    r"\b(?:claimed\s+(?:the\s+)?responsibility|claim(?:ing|s)?\s+responsibility|took\s+responsibility|admit\w*|acknowledg\w+|conced\w+)\b|"
    r"تبن[ىت]|اعترف|أعلنت?\s+مسؤولي",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|refut(?:e|es|ed))\b|نف[ىت]|أنكر", re.IGNORECASE)


def weigh_blame(text: str, sentence: Span, actor: Words, attribution: Sequence[Source]) -> Certainty:
    """How surely the actor is named, by the words of the sentence in which it is named."""
    before = text[max(0, actor.start - NEAR) : actor.start]
    after = text[actor.end : actor.end + NEAR]
    if _DENIAL.search(after[:40]):
        return Certainty.DENIED
    if _ADMISSION.search(text[sentence[0] : sentence[1]]) or _speaks_of_itself(actor, attribution):
        return Certainty.CLAIMED
    if _DOUBT_BEFORE.search(before + actor.exact) or _DOUBT_AFTER.search(after):
        return Certainty.SUSPECTED
    return Certainty.STATED


def _speaks_of_itself(actor: Words, attribution: Sequence[Source]) -> bool:
    return bool(attribution) and attribution[-1].words.exact.lower() == actor.exact.lower()
