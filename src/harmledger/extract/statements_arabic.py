"""Arabic statements: the verb, then who speaks, then what it is about; in headlines the speaker stands first.

In come the speakers of a document and the lexicon's Arabic frames; out come acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.domain import Source, StatementKind
from harmledger.extract.clause import Span, trim
from harmledger.extract.statement_speakers import ARABIC_LETTER, Speakers
from harmledger.extract.statement_words import Act, ArabicFrame

_BRIEF = 8
"""Words; more of them before a verb hold another clause."""
_REACH = 200
"""Characters after a verb in which its speaker and what it is about stand."""
_LONGEST = 100
"""Characters of words for a speaker."""
_NOT = re.compile(r"(?<![\u0621-\u064a])(?:لم|لا|لن|دون أن|عدم|أن|ما)\s*$")
_PRESENT = re.compile(r"[وف]?[يت](?:دين|ندد|ستنكر|نفي|تهم|عترف|تبنى|دعو|طالب|ناشد|عرب|عبر)")
_CLAUSE = re.compile(r"[،؛.:\n(|؟!]|(?:^|\s)(?:فيما|بينما|في حين|حيث|كما|و?قد|إذ|أن|إن|التي|الذي|مما|ما|ثم)(?=\s)")
_LED = re.compile(r"\s*(?:و?كانت?|و?من جانب(?:ه|ها|هم|\s+آخر)|و?بدور(?:ه|ها|هم)|عاجل|و?تارة)\s*")
_VERB_AFTER_NOUN = re.compile(r"(?<=[\u0621-\u064a”\"»])\s+[يت][\u0621-\u064a]{3,}\s")
"""In a headline the verb comes second: what follows is no part of its subject."""
_NOBODY = re.compile(
    r"(?:(?:من|في|عن|على|إلى|الى|بعد|قبل|خلال|منذ|عند|مع|ل\w+\s|صحة|هذه|هذا|ذلك|وهو|وهي|و?تارة|أمس|اليوم|مسؤولي\w+|وجود|قصف\w*|استهداف|بينما|إذ|لم|كل|أي|مقتل|كما|إلا|دون|تبقى|وحمل)(?:\s|$)|[لب](?!ري|يدن|وتين|ايدن|لدية|لدي)[\u0621-\u064a]{4,}\s)"
)
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
    text, (start, end) = speakers.text, speakers.sentences[index]
    limit = min(end, cue.end() + _REACH)
    about = _about(text, frame, cue.end(), limit)
    if frame.first_person and cue["we"]:
        speaker = speakers.find_teller(index, cue.start()) or speakers.find_quoted(index)
        speaker = speaker and Source(words=speaker.words, cue=speakers.words(cue.span()), said=speaker.said)
    else:
        if about is not None and about.start() <= cue.end() and _may_follow(text, frame, cue, start):
            about = frame.object.search(text, about.end(), limit)
        subject = _subject(speakers, index, cue, about.start() if about else cue.end())
        speaker = subject and speakers.make_source(subject, cue.span(), index)
    if speaker is not None:
        yield Act(frame.kind, speaker, about and _target(text, about.start(), limit))


def _may_follow(text: str, frame: ArabicFrame, cue: re.Match[str], start: int) -> bool:
    """Whether the words right after a verb may be its speaker, though others are told so ("دعت الأمم المتحدة إلى …")."""
    goes_on = cue[0].startswith("و") and text[start : cue.start()].strip() != ""
    past = _PRESENT.match(cue[0]) is None and _before(text, start, cue) is None
    return past and not goes_on and frame.kind in {StatementKind.CALL_FOR, StatementKind.ACCUSE}


def _about(text: str, frame: ArabicFrame, at: int, limit: int) -> re.Match[str] | None:
    """Where that begins which the verb is about."""
    return frame.object.search(text, at, limit)


def _subject(speakers: Speakers, index: int, cue: re.Match[str], boundary: int) -> Span | None:
    """Before the verb in its clause ("الجيش ينفي …"); else after it, up to what it is about ("نفى الجيش …")."""
    text, start = speakers.text, speakers.sentences[index][0]
    before = _before(text, start, cue)
    if before is not None or _PRESENT.match(cue[0]):
        return before
    after = trim(text, cue.end(), boundary, _LONGEST)
    return after if after is not None and _is_speaker(text[slice(*after)]) else None


def _before(text: str, start: int, cue: re.Match[str]) -> Span | None:
    cuts = [m.end() for m in _CLAUSE.finditer(text, start, cue.start())]
    begin = cuts[-1] if cuts else start
    led = _LED.match(text, begin, cue.start())
    found = trim(text, led.end() if led else begin, cue.start(), _LONGEST)
    if found is None:
        return None
    verb = _VERB_AFTER_NOUN.search(text, *found)
    found = trim(text, found[0], verb.start(), _LONGEST) if verb else found
    wording = text[slice(*found)] if found else ""
    return found if len(wording.split()) <= _BRIEF and _is_speaker(wording) else None


def _is_speaker(wording: str) -> bool:
    return bool(wording) and _CUT.search(wording) is None and _NOBODY.match(wording) is None


def _target(text: str, begin: int, limit: int) -> Span | None:
    stop = _END.search(text, begin + 1, limit)
    return trim(text, begin, stop.start() if stop else limit, _REACH)
