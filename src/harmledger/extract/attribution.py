"""Attribution: who says what in a sentence, and through whom it came.

In come sentences, or the words of the claimant that an engine found; out come sources with their cues and the words for when it
was said, and chains of them, outermost first. Nobody is looked up here; a hearer ("told Reuters") is no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.domain import Source, Words
from harmledger.text.people import Person, find_people
from harmledger.text.speech import Saying, Span, find_sayings

__all__ = ["Person", "find_chain", "find_people", "find_sources"]

_SENTENCE_END = re.compile(r"[.!?؟](?:[\"”’»)]*)\s+(?=[\"“‘«(]*[A-Z\u0621-\u064a])|\n")
_REACH = 600
"""Characters either side of a claimant in which its sentence is looked for."""
_SEVERED = re.compile(r";|\b(?:while|whereas|but|although)\b|بينما|في حين|فيما", re.IGNORECASE)
"""What makes two sayings of one sentence stand side by side, neither handing on the other."""


def find_sources(text: str, start: int, end: int) -> list[Source]:
    """All attributions between two offsets, in the order of their cues."""
    return [_source(text, saying) for saying in find_sayings(text, start, end)]


def find_chain(text: str, sentence: Span, innermost: Words) -> tuple[Source, ...]:
    """The claimant with cue and words of when, and those who hand its words on, outermost first."""
    near = sentence[0] <= innermost.start < sentence[1] <= sentence[0] + 2 * _REACH
    start, end = sentence if near else _sentence_around(text, innermost)
    sayings = find_sayings(text, start, end)
    own = _own_saying(sayings, innermost)
    claimant = Source(
        words=innermost, cue=own and _words(text, own.cue), said=own and own.said and _words(text, own.said)
    )
    return (*(_source(text, outer) for outer in _outer(text, sayings, own, innermost)), claimant)


def _sentence_around(text: str, words: Words) -> Span:
    start, end = max(0, words.start - _REACH), min(len(text), words.end + _REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    return max((e for e in ends if e <= words.start), default=start), min(
        (e for e in ends if e >= words.end), default=end
    )


def _own_saying(sayings: Sequence[Saying], words: Words) -> Saying | None:
    """The saying whose speaker these words are; of several, the nearest cue."""
    own = [s for s in sayings if s.source[0] < words.end and words.start < s.source[1]]
    return min(own, key=lambda s: min(abs(s.cue[0] - words.end), abs(words.start - s.cue[1])), default=None)


def _outer(text: str, sayings: Sequence[Saying], own: Saying | None, words: Words) -> list[Saying]:
    """Who hands on the claimant's words: "state media quoted a medic", "SANA said that police reported"."""
    if own is None:
        return []
    outer: list[Saying] = []
    for saying in sayings:
        apart = saying.source[1] <= words.start or words.end <= saying.source[0]
        if apart and not any(_overlap(saying.source, o.source) for o in outer) and _hands_on(text, saying, own):
            outer.append(saying)
    return outer


def _hands_on(text: str, outer: Saying, inner: Saying) -> bool:
    """Whether the outer speaker tells what the inner one says: by a citing cue, or by an inner clause right after its own cue."""
    if (outer.cites and not inner.cites) or outer.source[0] >= inner.source[0]:
        return False
    if text.count(" ", *outer.source) > _LONGEST_HANDER:
        return False
    if inner.cites or outer.cue == inner.cue:
        return not _SEVERED.search(text, outer.cue[1], inner.cue[0])
    return 0 <= inner.source[0] - outer.cue[1] <= _NEAR and not _SEVERED.search(text, outer.cue[1], inner.source[0])


_NEAR = 40
"""Characters between "SANA reported" and "a police source said" that may stand in one another."""
_LONGEST_HANDER = 9
"""Words of one who hands on another's words; longer ones have the story stuck to them."""


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _source(text: str, saying: Saying) -> Source:
    said = saying.said and _words(text, saying.said)
    return Source(words=_words(text, saying.source), cue=_words(text, saying.cue), said=said)


def _words(text: str, span: Span) -> Words:
    return Words(exact=text[span[0] : span[1]], start=span[0], end=span[1])
