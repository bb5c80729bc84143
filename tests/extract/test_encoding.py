"""Passages as word pieces: every piece knows where it stands in the document."""

from __future__ import annotations

import pytest

from harmledger.extract.encoding import PieceMaker
from harmledger.extract.model import load_model
from harmledger.extract.passages import MAX_TOKENS, Passage

TEXTS = {
    "en": "At least 7 people were killed near Tell Zarnabah.\nNine others, among them “two nurses”, were hurt — medics said.",
    "ar": "قُتل مدنيان وأصيب 5 آخرون في قصف على بلدة تل زرنبة.\nوقال مسعفون إن بينهم طفلة.",
}


@pytest.fixture(scope="module", params=sorted(TEXTS))
def case(request: pytest.FixtureRequest) -> tuple[PieceMaker, str]:
    return load_model(request.param).maker, TEXTS[request.param]


def test_pieces_cover_the_words(case: tuple[PieceMaker, str]) -> None:
    """Pieces stand in order and leave out nothing but white space and marks of vocalisation."""
    maker, text = case
    (pieces,) = maker.split(text, [(0, len(text))])
    covered = set()
    for a, b in pieces.spans:
        assert 0 <= a <= b <= len(text)
        covered |= set(range(a, b))
    assert [c for i, c in enumerate(text) if i not in covered and c.isalnum()] == []
    assert [a for a, _ in pieces.spans] == sorted(a for a, _ in pieces.spans)


def test_spans_begin_with_a_letter_or_sign(case: tuple[PieceMaker, str]) -> None:
    """The white space before a word belongs to none of its pieces."""
    maker, text = case
    (pieces,) = maker.split(text, [(0, len(text))])
    assert not any(text[a:b][:1].isspace() for a, b in pieces.spans)


def test_sentences_keep_their_offsets_in_the_document(case: tuple[PieceMaker, str]) -> None:
    """A sentence cut out of a document gives the same pieces at the document's offsets."""
    maker, text = case
    cut = text.index("\n") + 1
    (alone,) = maker.split(text[cut:], [(0, len(text) - cut)])
    (inside,) = maker.split(text, [(cut, len(text))])
    assert inside.ids == alone.ids
    assert inside.spans == [(a + cut, b + cut) for a, b in alone.spans]


def test_a_passage_is_never_longer_than_the_encoder_reads(case: tuple[PieceMaker, str]) -> None:
    """A sentence without end is cut; ids, spans and sentence numbers stay of one length."""
    maker, text = case
    long = text.replace("\n", " ") * 60
    (pieces,) = maker.split(long, [(0, len(long))])
    passage = maker.encode(Passage(sentences=(0,), core=0), {0: pieces})
    assert len(passage.ids) == len(passage.spans) == len(passage.sentence) == MAX_TOKENS


def test_a_gap_between_sentences_is_marked(case: tuple[PieceMaker, str]) -> None:
    """Sentences that don't follow one another have a mark between them, which stands nowhere in the text."""
    maker, text = case
    (pieces,) = maker.split(text, [(0, text.index("\n"))])
    near = maker.encode(Passage(sentences=(0, 1), core=0), {0: pieces, 1: pieces})
    far = maker.encode(Passage(sentences=(0, 5), core=1), {0: pieces, 5: pieces})
    assert len(far.ids) == len(near.ids) + 1
    assert far.sentence[len(pieces.ids) + 1] == -1
    assert far.core == len(pieces.ids) + 2
