"""Words that a pointer cut short, widened to what they are part of: whole words, a part of a town, a coalition with its leader.

In come a text and a span; out comes a span that holds it. Nothing is pointed at anew.
"""

from __future__ import annotations

import re

from harmledger.extract.passages import Span

PART_REACH = 90
"""Characters before a place in which the words may begin that say which part of it."""
_PART_OF = re.compile(
    r"(?:\b(?:an?|the) (?:area|district|suburb|location|neighbou?rhood|village) (?:in|on|at|to|of) )?\b(?:the )?"
    r"(?:(?:far )?(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|cent(?:re|er)|outskirts|edge|countryside|suburbs?)(?: (?:part|parts|side|outskirts|edge|countryside|suburbs?))?"
    r" of (?:the )?(?:(?:city|town|village|province|district|camp) of )?$",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\b(?:an?|the) (?:area|district|location|neighbou?rhood) (?:in|on|at|to|of) (?:the )?$", re.IGNORECASE
)
_LED = re.compile(
    r"-(?:led|backed|allied|aligned|dominated)\b(?:,? [\w-]+){0,3}? (?:coalition|alliance|forces|fighters|militias?|militants|troops|rebels|factions|groups?|air ?strikes?|air ?raids?|warplanes|jets)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'-]*")


def widen_place(text: str, sentence: Span, span: Span) -> Span:
    """With the words before it that say which part of it: "an area in the south of the city of Raqqa"."""
    start, end = span
    if not sentence[0] <= start < sentence[1]:
        return span
    for pattern in (_PART_OF, _IN_PART):
        if before := pattern.search(text, max(sentence[0], start - PART_REACH), start):
            start = before.start()
    return start, end


def widen_actor(text: str, span: Span) -> Span:
    """To the end of its last word, and of the coalition or force that it leads: "the US" of "the US-led coalition"."""
    led = _LED.match(text, span[1])
    word = _WORD.match(text, span[1])
    return span[0], led.end() if led else word.end() if word else span[1]
