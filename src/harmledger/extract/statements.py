"""Statements: what a speaker says about the conflict that is no count.

In come a text and its sentences; out come condemnations, denials, accusations, admissions, calls, expressions of concern, and
claims of harm without a number, each with its speaker. What the outlet says in its own voice gives none. Nobody is looked up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from harmledger.domain import Statement, StatementKind
from harmledger.extract.attribution import find_sources
from harmledger.extract.clause import Span, find_object, find_subject, is_unsaid, trim
from harmledger.extract.statement_speakers import FindSources, Speakers
from harmledger.extract.statement_words import Act, Frame, Lexicon, load_lexicon
from harmledger.extract.statements_arabic import find_arabic_acts
from harmledger.text.numerals import find_counts

_NEAR = 4
"""Sentences either side in which the conflict that a statement is about may stand."""
_NUMBER_BEFORE, _NUMBER_AFTER = 70, 20
"""Characters about words of harm in which a number makes them a count's, not a statement's."""
_PREPOSITION = re.compile(r"(?:in|on|at|by|of|for|to|after)\s+", re.IGNORECASE)
_NOUN_CUE = re.compile(r"condemnation|outrage|criticism|denial", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|an?|its|their|his|her|our|these|those|of|for|no|any|such|all|more|in|on|with|public|popular|most|\w+est)|[’']s|s[’'])\s+$",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:been|was|were|is|are|being|be|stands?|stood)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\s*(?:[\w-]+ly\s+)?by\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|not|any|without)\s+$", re.IGNORECASE)
_ANYTHING = re.compile("")
_ACCUSER_END = re.compile(r"[\s,]+(?:of|for|as|after|which|who|that|but|while)\b", re.IGNORECASE)
_AGENT_END = re.compile(
    r"[\s,]+(?:as|for|after|which|who|whose|that|and\s+\w+ed|but|while|because|when|where|over|on|in\s+(?:a|the)|to|has|had|was|were|said|killed|left|hit|struck|targeted|wounded|injured|took)\b",
    re.IGNORECASE,
)


def find_statements(
    text: str, sentences: Sequence[Span], *, sources: FindSources | None = None
) -> tuple[Statement, ...]:
    """All statements in these sentences, in order; `sources` gives the attributions between two offsets."""
    lexicon = load_lexicon()
    hits = lexicon.screen(text)
    if not hits:
        return ()
    finder = _Finder(Speakers(text, sentences, sources or (lambda start, end: find_sources(text, start, end))), lexicon)
    found: list[Statement] = []
    for index, (start, end) in enumerate(sentences):
        if bisect_left(hits, start) < bisect_left(hits, end):
            found.extend(finder.find(index))
    return tuple(found)


class _Finder:
    """Finds the statements of one document, sentence by sentence."""

    def __init__(self, speakers: Speakers, lexicon: Lexicon) -> None:
        self._speakers, self._lexicon = speakers, lexicon
        self._text, self._sentences = speakers.text, speakers.sentences

    def find(self, index: int) -> Iterator[Statement]:
        """The statements of one sentence, one of a kind and speaker."""
        acts: dict[tuple[StatementKind, int], Act] = {}
        arabic = find_arabic_acts(self._speakers, index, self._lexicon.arabic)
        for act in (*self._acts(index), *self._passives(index), *arabic):
            acts.setdefault((act.kind, act.speaker.words.start), act)
        told = [*acts.values(), *self._claims(index, list(acts.values()))]
        if not told or not self._is_about_conflict(index):
            return
        words = self._speakers.words(self._sentences[index])
        for kind, speaker, target in told:
            yield Statement(sentence=words, speaker=speaker, kind=kind, target=target and self._speakers.words(target))

    def _is_about_conflict(self, index: int) -> bool:
        first, last = max(0, index - _NEAR), min(len(self._sentences) - 1, index + _NEAR)
        return self._lexicon.about.search(self._text, self._sentences[first][0], self._sentences[last][1]) is not None

    def _acts(self, index: int) -> Iterator[Act]:
        start, end = self._sentences[index]
        for frame in self._lexicon.frames:
            for cue in frame.cue.finditer(self._text, start, end):
                if self._is_passive(frame, cue, end) or is_unsaid(self._text, start, cue.start()):
                    continue
                speaker = self._speakers.find_speaker(index, cue.span())
                if speaker is not None:
                    target = find_object(self._text, cue.end(), end, frame.link, frame.until)
                    yield Act(frame.kind, speaker, target)

    def _is_passive(self, frame: Frame, cue: re.Match[str], end: int) -> bool:
        """Also true of nouns that look like verbs ("their demands for …")."""
        before = self._text[max(0, cue.start() - 24) : cue.start()]
        if _NOUN_BEFORE.search(before):
            return True
        if frame.kind is StatementKind.EXPRESS_CONCERN:
            return False
        being = cue[0].lower().endswith("ed") and _BEING.search(before)
        return bool(being or _PASSIVE.match(self._text, cue.end(), end))

    def _passives(self, index: int) -> Iterator[Act]:
        start, end = self._sentences[index]
        for kind, pattern in self._lexicon.passives:
            for cue in pattern.finditer(self._text, start, end):
                until = _ACCUSER_END if kind is StatementKind.ACCUSE else _AGENT_END
                agent = find_object(self._text, cue.end(), end, _ANYTHING, until)
                if (
                    agent is not None
                    and self._speakers.may_speak(agent)
                    and not is_unsaid(self._text, start, cue.start())
                ):
                    target = None if _NOUN_CUE.match(cue[0]) else self._patient(start, cue.span())
                    yield Act(kind, self._speakers.make_source(agent, cue.span(), index), target)

    def _patient(self, start: int, cue: Span) -> Span | None:
        """What is condemned or claimed, before its participle."""
        found = find_subject(self._text, start, cue)
        if found is None:
            return None
        preposition = _PREPOSITION.match(self._text, *found)
        return trim(self._text, preposition.end() if preposition else found[0], found[1], 200)

    def _claims(self, index: int, acts: Sequence[Act]) -> Iterator[Act]:
        """Harm without a number that a speaker tells; not what is condemned, denied or called for."""
        start, end = self._sentences[index]
        harm = next(
            (m for m in self._lexicon.harm.finditer(self._text, start, end) if not self._is_counted(m.span())), None
        )
        if harm is None or any(a.speaker.cue and a.speaker.cue.end <= harm.start() for a in acts):
            return
        speaker = self._speakers.find_teller(index, harm.start())
        unsaid = is_unsaid(self._text, start, harm.start()) or _NO.search(
            self._text, max(start, harm.start() - 8), harm.start()
        )
        if speaker is not None and not unsaid:
            yield Act(StatementKind.CLAIM, speaker, trim(self._text, *harm.span(), 200))

    def _is_counted(self, harm: Span) -> bool:
        start, end = max(0, harm[0] - _NUMBER_BEFORE), min(len(self._text), harm[1] + _NUMBER_AFTER)
        return next(find_counts(self._text, start, end), None) is not None
