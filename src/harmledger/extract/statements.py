"""Statements: what a speaker says about the conflict that is no count.

In come a text and its sentences; out come condemnations, denials, accusations, admissions, calls, expressions of concern, and
claims of harm without a number, each with its speaker. What the outlet says in its own voice gives none. Nobody is looked up.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick

from harmledger.domain import Source, Statement, StatementKind, Words
from harmledger.extract.attribution import find_sources
from harmledger.extract.clause import Span, find_object, find_subject, is_unsaid, trim
from harmledger.text.numerals import find_counts
from harmledger.text.speech import find_said

FindSources = Callable[[int, int], Sequence[Source]]


def find_statements(
    text: str, sentences: Sequence[Span], *, sources: FindSources | None = None
) -> tuple[Statement, ...]:
    """All statements in these sentences, in order; `sources` gives the attributions between two offsets."""
    lexicon = _lexicon()
    hits = lexicon.screen(text)
    if not hits:
        return ()
    finder = _Finder(text, sentences, sources or (lambda start, end: find_sources(text, start, end)), lexicon)
    found: list[Statement] = []
    for index, (start, end) in enumerate(sentences):
        if bisect_left(hits, start) < bisect_left(hits, end):
            found.extend(finder.find(index))
    return tuple(found)


# --- the lexicon -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    kind: StatementKind
    cue: re.Pattern[str]
    link: re.Pattern[str]
    until: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    stems: AhoCorasick
    about: re.Pattern[str]
    harm: re.Pattern[str]
    frames: tuple[_Frame, ...]
    passives: tuple[tuple[StatementKind, re.Pattern[str]], ...]
    arabic: tuple[tuple[StatementKind, re.Pattern[str], re.Pattern[str]], ...]

    def screen(self, text: str) -> list[int]:
        """Where words of the lexicon begin, ascending."""
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        return sorted(start for _, start, _ in self.stems.find_matches_as_indexes(lowered))


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(resources.files("harmledger.resources").joinpath("statements.toml").read_text("utf-8"))
    return _Lexicon(
        stems=AhoCorasick(data["screen"]),
        about=re.compile(data["about"], re.IGNORECASE),
        harm=re.compile(rf"\b(?:{'|'.join(data['harm'])})", re.IGNORECASE),
        frames=tuple(_frame(f) for f in data["frames"]),
        passives=tuple((StatementKind(f["kind"]), _words_of(f["cue"])) for f in data["by"]),
        arabic=tuple(_arabic_frame(f) for f in data["arabic"]),
    )


def _frame(data: dict[str, str]) -> _Frame:
    return _Frame(
        kind=StatementKind(data["kind"]),
        cue=_words_of(data["cue"]),
        link=re.compile(data["link"], re.IGNORECASE),
        until=re.compile(rf"[\s,]+(?:{data['until']})\b", re.IGNORECASE),
    )


def _arabic_frame(data: dict[str, str]) -> tuple[StatementKind, re.Pattern[str], re.Pattern[str]]:
    cue = re.compile(rf"(?<![\u0621-\u064a])[وف]?{data['cue']}[\u064b-\u0652]*(?![\u0621-\u064a])")
    return StatementKind(data["kind"]), cue, re.compile(rf"(?:^|\s){data['object']}")


def _words_of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


# --- one document ----------------------------------------------------------------------------------------------------

_FIRST_PERSON = re.compile(r"^(?:we|i|we’ve|we've|our\s+\w+)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they|who|and|also|which|both|the two|this|that|these|those)$", re.IGNORECASE)
_PERSONAL = re.compile(r"^(?:he|she|they)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:no\b|nobody|none|neither|nothing|there|what|how|where|attacks?|strikes?|airstrikes?|raids?|victims?|those|people|many|some|few|it\s+(?:is|was)|here"
    r"|\d|to\b|by\b|of\b|the\s+(?:attacks?|strikes?|airstrikes?|raids?|bombings?|killings?|incident|video|footage|toll|death|market|war)\b)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"[A-ZÀ-Þ]|\b(?:official|officials|spokes\w+|minist\w+|government|army|militar\w+|police|group|rebels?|opposition|activists?|residents?|witness\w*|organi[sz]ations?|agenc\w+"
    r"|commander|leaders?|president|envoy|ambassador|diplomats?|monitors?|observers?|doctors?|authorit\w+|militants?|coalition|council|committee|families|villagers|sources?|critics"
    r"|protesters|experts?|campaigners|movement|party|report|statement|he|she|they|it|we|i|both|sides?|forces|regime|commission|court|chief|director|general|king|prince)\b"
)
_PASSIVE = re.compile(r"\s*(?:[\w-]+ly\s+)?by\b", re.IGNORECASE)
_NEAR = 1
"""Sentences either side in which a quotation's speaker, or the conflict it is about, may stand."""


class _Finder:
    """Finds the statements of one document, sentence by sentence."""

    def __init__(self, text: str, sentences: Sequence[Span], sources: FindSources, lexicon: _Lexicon) -> None:
        self._text, self._sentences, self._lexicon = text, sentences, lexicon
        self._look, self._known = sources, dict[int, Sequence[Source]]()

    def find(self, index: int) -> Iterator[Statement]:
        """The statements of one sentence, one of a kind and speaker."""
        if not self._is_about_conflict(index):
            return
        seen: set[tuple[StatementKind, int]] = set()
        acts: list[Statement] = []
        for act in (*self._acts(index), *self._passives(index), *self._arabic(index)):
            if (act.kind, act.speaker.words.start) not in seen:
                seen.add((act.kind, act.speaker.words.start))
                acts.append(act)
        yield from acts
        yield from self._claims(index, acts)

    def _is_about_conflict(self, index: int) -> bool:
        first, last = max(0, index - _NEAR), min(len(self._sentences) - 1, index + _NEAR)
        return self._lexicon.about.search(self._text, self._sentences[first][0], self._sentences[last][1]) is not None

    def _acts(self, index: int) -> Iterator[Statement]:
        start, end = self._sentences[index]
        for frame in self._lexicon.frames:
            for cue in frame.cue.finditer(self._text, start, end):
                passive = frame.kind is not StatementKind.EXPRESS_CONCERN and _PASSIVE.match(self._text, cue.end(), end)
                if passive or is_unsaid(self._text, start, cue.start()):
                    continue
                speaker = self._speaker(index, cue.span())
                if speaker is not None:
                    target = find_object(self._text, cue.end(), end, frame.link, frame.until)
                    yield self._statement(index, frame.kind, speaker, target)

    def _passives(self, index: int) -> Iterator[Statement]:
        start, end = self._sentences[index]
        for kind, pattern in self._lexicon.passives:
            for cue in pattern.finditer(self._text, start, end):
                agent = find_object(self._text, cue.end(), end, _ANYTHING, _AGENT_END)
                if agent is not None and self._may_speak(agent) and not is_unsaid(self._text, start, cue.start()):
                    target = find_subject(self._text, start, cue.span())
                    yield self._statement(index, kind, self._source(agent, cue.span(), index), target)

    def _claims(self, index: int, acts: Sequence[Statement]) -> Iterator[Statement]:
        """Harm without a number that a speaker tells; not what is condemned, denied or called for."""
        start, end = self._sentences[index]
        harm = next(
            (m for m in self._lexicon.harm.finditer(self._text, start, end) if not self._is_counted(m.span())), None
        )
        if harm is None or any(a.speaker.cue and a.speaker.cue.end <= harm.start() for a in acts):
            return
        speaker = self._teller(index, harm.start())
        if speaker is not None and not is_unsaid(self._text, start, harm.start()):
            yield self._statement(index, StatementKind.CLAIM, speaker, trim(self._text, *harm.span(), 200))

    def _is_counted(self, harm: Span) -> bool:
        return next(find_counts(self._text, max(0, harm[0] - 30), min(len(self._text), harm[1] + 20)), None) is not None

    def _statement(self, index: int, kind: StatementKind, speaker: Source, target: Span | None) -> Statement:
        words = self._words(self._sentences[index])
        return Statement(sentence=words, speaker=speaker, kind=kind, target=target and self._words(target))

    # --- speakers

    def _speaker(self, index: int, cue: Span) -> Source | None:
        start, _ = self._sentences[index]
        subject = find_subject(self._text, start, cue)
        if subject is None:
            return None
        wording = self._text[slice(*subject)]
        if _FIRST_PERSON.match(wording):
            said = self._teller(index, cue[0])
            return said and Source(words=said.words, cue=self._words(cue), said=said.said)
        if _PRONOUN.match(wording):
            named = self._named_before(index, subject[0])
            if named is not None or not _PERSONAL.match(wording):
                return named and Source(words=named.words, cue=self._words(cue), said=named.said)
        return self._source(subject, cue, index) if self._may_speak(subject) else None

    def _may_speak(self, span: Span) -> bool:
        wording = self._text[slice(*span)]
        return _NOBODY.match(wording) is None and _SPEAKS.search(wording) is not None

    def _source(self, speaker: Span, cue: Span, index: int) -> Source:
        said = find_said(self._text, cue, *self._sentences[index])
        return Source(words=self._words(speaker), cue=self._words(cue), said=said and self._words(said))

    def _teller(self, index: int, at: int) -> Source | None:
        """Who says the words at an offset: the sentence's own speaker, or that of the quotation that it goes on with."""
        own = self._sources(index)
        if own:
            return min(own, key=lambda s: abs((s.cue or s.words).start - at))
        return self._quoted_before(index) if self._is_quoted(index, at) else None

    def _is_quoted(self, index: int, at: int) -> bool:
        start, _ = self._sentences[index]
        window = self._text[max(0, start - 600) : at]
        return window.rfind("“") > window.rfind("”") or window[-(at - start) - 1 :].count('"') % 2 == 1

    def _quoted_before(self, index: int) -> Source | None:
        for near in (index - 1, index + 1, index - 2):
            if 0 <= near < len(self._sentences) and (found := self._sources(near)):
                return found[-1] if near < index else found[0]
        return None

    def _named_before(self, index: int, at: int) -> Source | None:
        """The speaker whom a pronoun stands for, in its sentence ("X said it condemned …") or the one before."""
        own = next((s for s in self._sources(index) if s.words.end <= at), None)
        return own or (self._sources(index - 1)[-1] if index and self._sources(index - 1) else None)

    def _sources(self, index: int) -> Sequence[Source]:
        if index not in self._known:
            found = self._look(*self._sentences[index])
            self._known[index] = [s for s in found if not _FIRST_PERSON.match(s.words.exact)]
        return self._known[index]

    # --- Arabic

    def _arabic(self, index: int) -> Iterator[Statement]:
        start, end = self._sentences[index]
        if _ARABIC_LETTER.search(self._text, start, end) is None:
            return
        for kind, cue_pattern, object_pattern in self._lexicon.arabic:
            for cue in cue_pattern.finditer(self._text, start, end):
                if _ARABIC_NOT.search(self._text[max(start, cue.start() - 12) : cue.start()]):
                    continue
                yield from self._arabic_statement(index, kind, cue, object_pattern)

    def _arabic_statement(
        self, index: int, kind: StatementKind, cue: re.Match[str], objects: re.Pattern[str]
    ) -> Iterator[Statement]:
        _, end = self._sentences[index]
        limit = min(end, cue.end() + 200)
        stop = objects.search(self._text, cue.end(), limit)
        boundary = stop.start() if stop else cue.end()
        spoken = "we" in cue.groupdict() and cue["we"]
        if spoken:
            teller = self._teller(index, cue.start()) or self._quoted_before(index)
            speaker = teller and Source(words=teller.words, cue=self._words(cue.span()), said=teller.said)
        else:
            speaker = self._arabic_subject(index, cue, boundary)
        if speaker is not None:
            target = stop and _arabic_target(self._text, stop.start(), limit)
            yield self._statement(index, kind, speaker, target)

    def _arabic_subject(self, index: int, cue: re.Match[str], boundary: int) -> Source | None:
        """After the verb, up to what it is about; where nothing stands there, before it."""
        start, _ = self._sentences[index]
        after = trim(self._text, cue.end(), boundary, 100)
        if after is not None and _ARABIC_CUT.search(self._text[slice(*after)]) is None:
            return self._source(after, cue.span(), index)
        cuts = [m.end() for m in _ARABIC_CLAUSE.finditer(self._text, start, cue.start())]
        before = trim(self._text, cuts[-1] if cuts else start, cue.start(), 100)
        return self._source(before, cue.span(), index) if before is not None else None

    def _words(self, span: Span) -> Words:
        return Words(exact=self._text[slice(*span)], start=span[0], end=span[1])


_ANYTHING = re.compile("")
_AGENT_END = re.compile(
    r"[\s,]+(?:as|for|of|after|which|who|whose|that|and\s+\w+ed|but|while|because|when|where|over|on|in\s+(?:a|the)|to)\b",
    re.IGNORECASE,
)
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_ARABIC_NOT = re.compile(r"(?<![\u0621-\u064a])(?:لم|لا|لن|دون أن|عدم|أن)\s*$")
_ARABIC_CLAUSE = re.compile(r"[،؛.:\n(\"“”«»]|\s(?:فيما|بينما|حيث|كما|و?قد|أن|التي|الذي)\s")
_ARABIC_CUT = re.compile(r"[،؛.:\n]|\s(?:إن|أن|التي|الذي|حيث)\s")
_ARABIC_END = re.compile(
    r"[،؛.:\n“”\"«»]|\s(?:حيث|مؤكد\w*|مشير\w*|معتبر\w*|داعي\w*|مطالب\w*|واصف\w*|قائل\w*|التي|الذي|فيما|بينما|وذلك|مضيف\w*)(?!\w)"
)


def _arabic_target(text: str, begin: int, limit: int) -> Span | None:
    stop = _ARABIC_END.search(text, begin + 1, limit)
    return trim(text, begin, stop.start() if stop else limit, 200)
