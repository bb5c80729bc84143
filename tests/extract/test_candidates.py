"""Where a passage may count people, in the document and in the passage's pieces."""

from __future__ import annotations

import numpy as np

from harmledger.extract.candidates import find_candidates, locate
from harmledger.extract.encoding import EncodedPassage
from harmledger.text.sentences import split_sentences

TEXT = "At least 7 people died in Tell Zarnabah in 2015. Two nurses and a boy were hurt. The mill is 40 years old."


def by_words(text: str, *chosen: int) -> EncodedPassage:
    """A passage whose pieces are the words of the chosen sentences."""
    spans, sentence = [(0, 0)], [-1]
    for i, (start, end) in enumerate(split_sentences(text)):
        at = start
        for word in text[start:end].split() if i in chosen else []:
            at = text.index(word, at)
            spans.append((at, at + len(word)))
            sentence.append(i)
            at += len(word)
    return EncodedPassage(ids=np.zeros(len(spans), int), spans=spans, sentence=np.array(sentence), core=1)


def words_of(passage: EncodedPassage, first: int, last: int) -> str:
    return TEXT[passage.spans[first][0] : passage.spans[last][1]]


def test_proposals_come_with_their_pieces() -> None:
    """Every expression that may count people is found, hedge included, with the pieces that it stands on; years and ages are none."""
    passage = by_words(TEXT, 0, 1, 2)
    found = find_candidates(TEXT, split_sentences(TEXT), passage)
    assert [words_of(passage, c.first, c.last) for c in found if not c.named] == ["At least 7", "Two", "a boy"]
    assert [TEXT[slice(*c.span)] for c in found if not c.named] == ["At least 7", "Two", "a boy"]
    assert [TEXT[slice(*c.span)] for c in found if c.named] == ["Tell Zarnabah"]


def test_only_the_passages_own_sentences_propose() -> None:
    """A sentence that the passage leaves out gives nothing."""
    passage = by_words(TEXT, 1)
    assert [TEXT[slice(*c.span)] for c in find_candidates(TEXT, split_sentences(TEXT), passage)] == ["Two", "a boy"]


def test_what_a_passage_lacks_is_not_located() -> None:
    """A span of another sentence has no pieces here; one that begins inside a piece has that piece."""
    passage = by_words(TEXT, 1)
    assert locate(passage, (0, 10)) is None
    nurses = TEXT.index("nurses")
    assert locate(passage, (nurses, nurses + 6)) == (2, 2)
