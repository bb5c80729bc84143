"""Arabic statements: the verb, then who speaks, then what it is about; in headlines the speaker stands first.

In come the speakers of a document and the lexicon's Arabic frames; out come acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.domain import Source
from harmledger.extract.clause import Span, trim
from harmledger.extract.statement_speakers import ARABIC_LETTER, Speakers
from harmledger.extract.statement_words import Act, ArabicFrame

_BRIEF = 8
"""Words; more of them before a verb hold another clause."""
_REACH = 200
"""Characters after a verb in which its speaker and what it is about stand."""
_NOT = re.compile(r"(?<![\u0621-\u064a])(?:لم|لا|لن|دون أن|عدم|أن)\s*$")
_CLAUSE = re.compile(r"[،؛.:\n(\"“”«»]|\s(?:فيما|بينما|حيث|كما|و?قد|أن|التي|الذي)\s")
_CUT = re.compile(r"[،؛.:\n]|\s(?:إن|أن|التي|الذي|حيث)\s")
_END = re.compile(
    r"[،؛.:\n“”\"«»]|\s(?:حيث|مؤكد\w*|مشير\w*|معتبر\w*|داعي\w*|مطالب\w*|واصف\w*|قائل\w*|التي|الذي|فيما|بينما|وذلك|مضيف\w*)(?!\w)"
)


def find_arabic_acts(speakers: Speakers, index: int, frames: tuple[ArabicFrame, ...]) -> Iterator[Act]:
    """The acts told in Arabic in one sentence."""
    text, (start, end) = speakers.text, speakers.sentences[index]
    if ARABIC_LETTER.search(text, start, end) is None:
        return
    for frame in frames:
        for cue in frame.cue.finditer(text, start, end):
            if not _NOT.search(text[max(start, cue.start() - 12) : cue.start()]):
                yield from _read(speakers, index, frame, cue)


def _read(speakers: Speakers, index: int, frame: ArabicFrame, cue: re.Match[str]) -> Iterator[Act]:
    limit = min(speakers.sentences[index][1], cue.end() + _REACH)
    about = _about(speakers.text, frame, cue.end(), limit)
    if frame.first_person and cue["we"]:
        teller = speakers.find_teller(index, cue.start()) or speakers.find_quoted(index)
        speaker = teller and Source(words=teller.words, cue=speakers.words(cue.span()), said=teller.said)
    else:
        speaker = _subject(speakers, index, cue, about.start() if about else cue.end())
    if speaker is not None:
        yield Act(frame.kind, speaker, about and _target(speakers.text, about.start(), limit))


def _about(text: str, frame: ArabicFrame, at: int, limit: int) -> re.Match[str] | None:
    """Where that begins which the verb is about; right after the verb it is its subject, if another follows."""
    found = frame.object.search(text, at, limit)
    if found is not None and found.start() <= at:
        return frame.object.search(text, found.end(), limit) or found
    return found


def _subject(speakers: Speakers, index: int, cue: re.Match[str], boundary: int) -> Source | None:
    """After the verb, up to what it is about; where nothing stands there, before it."""
    text, start = speakers.text, speakers.sentences[index][0]
    after = trim(text, cue.end(), boundary, 100)
    if after is not None and _CUT.search(text[slice(*after)]) is None:
        return speakers.make_source(after, cue.span(), index)
    cuts = [m.end() for m in _CLAUSE.finditer(text, start, cue.start())]
    before = trim(text, cuts[-1] if cuts else start, cue.start(), 100)
    if before is None or len(text[slice(*before)].split()) > _BRIEF:
        return None
    return speakers.make_source(before, cue.span(), index)


def _target(text: str, begin: int, limit: int) -> Span | None:
    stop = _END.search(text, begin + 1, limit)
    return trim(text, begin, stop.start() if stop else limit, _REACH)
