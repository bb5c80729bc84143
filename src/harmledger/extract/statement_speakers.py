"""Who speaks in a sentence: the subject of a verb, whoever is quoted, whom a pronoun stands for.

In comes a document's text with its sentences and attributions; out come sources, None where nobody speaks ("the raid condemned").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from harmledger.domain import Source, Words
from harmledger.extract.clause import Span, find_subject
from harmledger.text.speech import find_said

FindSources = Callable[[int, int], Sequence[Source]]
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_FIRST_PERSON = re.compile(r"^(?:we|i|we’ve|we've|our\s+\w+)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they|who|and|also|which|both|the two|this|that|these|those)$", re.IGNORECASE)
_PERSONAL = re.compile(r"^(?:he|she|they)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:no\b|nobody|none|neither|nothing|there|what|how|where|attacks?|strikes?|airstrikes?|raids?|victims?|those|people|many|some|few|it\s+(?:is|was)|here|been\b|currently"
    r"|\d|to\b|by\b|of\b|in\b|on\b|at\b|with\b|(?-i:[a-z]+(?:ed|ing)\b(?!\s+(?:nations|states|kingdom)))|shot|condolences|(?-i:far|long)\b|the\s+(?:attacks?|strikes?|airstrikes?|raids?|bombings?|killings?|incident|video|footage|toll|death|market|war)\b)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r"\b(?:should|must|would|could|make|let)\b")
_NO_TELLING = re.compile(r"\sof$|^(?:accused?|blamed?|condemn|critici)", re.IGNORECASE)
_SPEAKS = re.compile(
    r"[A-ZÀ-Þ]|\b(?:official|officials|spokes\w+|minist\w+|government|army|militar\w+|police|group|rebels?|opposition|activists?|residents?|witness\w*|organi[sz]ations?|agenc\w+"
    r"|commander|leaders?|president|envoy|ambassador|diplomats?|monitors?|observers?|doctors?|authorit\w+|militants?|coalition|council|committee|families|villagers|sources?|critics"
    r"|protesters|experts?|campaigners|movement|party|report|statement|he|she|they|it|we|i|both|sides?|forces|regime|commission|court|chief|director|general|king|prince)\b"
)
_QUOTE_REACH = 600
"""Characters before a word in which the quotation that it stands in may have begun."""


class Speakers:
    """The speakers of one document, looked up sentence by sentence."""

    def __init__(self, text: str, sentences: Sequence[Span], look: FindSources) -> None:
        self.text, self.sentences, self._look = text, sentences, look
        self._known: dict[int, Sequence[Source]] = {}

    def find_speaker(self, index: int, cue: Span) -> Source | None:
        """The subject of a verb; for "we" whoever is quoted, for a pronoun whom it stands for."""
        start, _ = self.sentences[index]
        subject = find_subject(self.text, start, cue)
        if subject is None:
            return None
        wording = self.text[slice(*subject)]
        if _FIRST_PERSON.match(wording):
            said = self.find_teller(index, cue[0])
            return said and Source(words=said.words, cue=self.words(cue), said=said.said)
        if _PRONOUN.match(wording):
            named = self._named_before(index, subject[0])
            if named is not None or not _PERSONAL.match(wording) or self._is_quoted(index, subject[0]):
                return named and Source(words=named.words, cue=self.words(cue), said=named.said)
        return self.make_source(subject, cue, index) if self.may_speak(subject) else None

    def may_speak(self, span: Span) -> bool:
        """Whether words can name or describe somebody who speaks."""
        wording = self.text[slice(*span)]
        return not (_NOBODY.match(wording) or _OTHER_CLAUSE.search(wording)) and _SPEAKS.search(wording) is not None

    def make_source(self, speaker: Span, cue: Span, index: int) -> Source:
        """A speaker with the words of the act and those for when."""
        said = find_said(self.text, cue, *self.sentences[index])
        return Source(words=self.words(speaker), cue=self.words(cue), said=said and self.words(said))

    def find_teller(self, index: int, at: int) -> Source | None:
        """Who says the words at an offset: the sentence's own speaker, or that of the quotation that it goes on with."""
        own = self._sources(index)
        if own:
            return min(own, key=lambda s: abs((s.cue or s.words).start - at))
        return self.find_quoted(index) if self._is_quoted(index, at) else None

    def _is_quoted(self, index: int, at: int) -> bool:
        start, _ = self.sentences[index]
        window = self.text[max(0, start - _QUOTE_REACH) : at]
        return window.rfind("“") > window.rfind("”") or window[-(at - start) - 1 :].count('"') % 2 == 1

    def find_quoted(self, index: int) -> Source | None:
        """The speaker of the sentences next to this one."""
        for near in (index - 1, index + 1, index - 2):
            if 0 <= near < len(self.sentences) and (found := self._sources(near)):
                return found[-1] if near < index else found[0]
        return None

    def _named_before(self, index: int, at: int) -> Source | None:
        """The speaker whom a pronoun stands for, in its sentence ("X said it condemned …") or the one before."""
        own = next((s for s in self._sources(index) if s.words.end <= at), None)
        return own or (self._sources(index - 1)[-1] if index and self._sources(index - 1) else None)

    def _sources(self, index: int) -> Sequence[Source]:
        if index not in self._known:
            found = self._look(*self.sentences[index])
            self._known[index] = [s for s in found if self._is_told(s)]
        return self._known[index]

    def _is_told(self, source: Source) -> bool:
        """Whether a source is one who speaks, no "we" and no "footage of …"."""
        if _FIRST_PERSON.match(source.words.exact) or (source.cue and _NO_TELLING.search(source.cue.exact)):
            return False
        span = (source.words.start, source.words.end)
        return ARABIC_LETTER.search(source.words.exact) is not None or self.may_speak(span)

    def words(self, span: Span) -> Words:
        """The words of a span."""
        return Words(exact=self.text[slice(*span)], start=span[0], end=span[1])
