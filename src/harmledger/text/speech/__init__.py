"""Who says something in a sentence, and the words of saying: cues, their subjects, and when it was said.

In comes a stretch of a text, English or Arabic; out come its sayings in order, by rules on the words around a cue, without a
parser. What is said is not cut out, and nobody is looked up.
"""

from __future__ import annotations

from functools import lru_cache

from harmledger.text.speech.arabic import find_arabic
from harmledger.text.speech.english import find_english
from harmledger.text.speech.saying import Saying, Span, find_said

__all__ = ["Saying", "Span", "find_said", "find_sayings"]


@lru_cache(maxsize=8)
def find_sayings(text: str, start: int, end: int) -> tuple[Saying, ...]:
    """All sayings between two offsets, in the order of their cues; one whose speaker can't be made out is left out."""
    found = [*find_english(text, start, end), *find_arabic(text, start, end)]
    return tuple(sorted(found, key=lambda s: s.cue))
