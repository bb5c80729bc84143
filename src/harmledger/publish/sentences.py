"""A report as a search shows it: the sentence that holds most of what was asked for, with it marked.

Comes in: a text whose withheld names are blotted out, and folded phrases. Goes out: stretches of one sentence, each marked or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from harmledger.text.finding import Found, find_words
from harmledger.text.sentences import split_sentences

MOST_WORDS = 100_000
"""Words that are looked through: as many as are searched."""
MOST_CHARS = 320
"""Of a sentence that are shown."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shred:
    """A stretch of a sentence, and whether it was asked for."""

    text: str
    marked: bool


def parse_phrases(asked: str, *, most: int) -> list[str]:
    """What was typed as words and "phrases"; a quotation mark that isn't closed counts for nothing."""
    for mark in "“”„«»＂":
        asked = asked.replace(mark, '"')
    parts = asked.split('"')
    phrases: list[str] = []
    for number, part in enumerate(parts):
        quoted = number % 2 == 1 and number < len(parts) - 1
        phrases += [part] if quoted else part.split()
    return [phrase for phrase in phrases if phrase.strip()][:most]


def show_sentence(text: str, phrases: Sequence[Phrase]) -> list[Shred]:
    """The sentence in which most phrases stand, the first of several; the text's beginning where none does."""
    words = list(islice(find_words(text), MOST_WORDS))
    marks = sorted(set(_find(words, phrases)))
    start, end = _choose(text, marks)
    start, end = _cut(start, end, [(a, b) for a, b, _ in marks])
    return list(_shreds(text, start, end, [(a, b) for a, b, _ in marks if start <= a and b <= end]))


def _find(words: Sequence[Found], phrases: Sequence[Phrase]) -> Iterator[tuple[int, int, int]]:
    """Where each phrase stands, with its number."""
    by_first: dict[str, list[tuple[int, Phrase]]] = {}
    for number, phrase in enumerate(phrases):
        by_first.setdefault(phrase[0], []).append((number, phrase))
    for at, word in enumerate(words):
        for number, phrase in by_first.get(word.word, ()):
            stretch = words[at : at + len(phrase)]
            if tuple(each.word for each in stretch) == phrase:
                yield word.start, stretch[-1].end, number


def _choose(text: str, marks: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """By sentence, in one walk beside the marks: a long report has many of both."""
    sentences = split_sentences(text, 0, min(len(text), (marks[-1][1] if marks else 0) + 4 * MOST_CHARS))
    best, most, at = (sentences[0] if sentences else (0, 0)), 0, 0
    for start, end in sentences:
        held: set[int] = set()
        while at < len(marks) and marks[at][0] < end:
            held.add(marks[at][2])
            at += 1
        if len(held) > most:
            best, most = (start, end), len(held)
    return best


def _cut(start: int, end: int, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """So much of a long sentence that the first mark is in it."""
    if end - start <= MOST_CHARS:
        return start, end
    first = next((a for a, _ in marks if a >= start), start)
    begin = max(start, min(first - MOST_CHARS // 3, end - MOST_CHARS))
    return begin, begin + MOST_CHARS


def _shreds(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[Shred]:
    at = start
    for a, b in marks:
        if a >= at:
            yield Shred(text[at:a], marked=False)
            yield Shred(text[a:b], marked=True)
            at = b
    yield Shred(text[at:end], marked=False)
