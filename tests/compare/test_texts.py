"""What of a page's words changed: both texts are in the passages, whole and in order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.compare import compare_texts, list_own
from harmledger.compare.align import align
from harmledger.domain import ChangeKind, Passage, Span

SAME, CHANGED, ADDED, GONE = ChangeKind.SAME, ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.GONE
WORDS = st.sampled_from(
    "seven nine twelve people were killed . hurt, said the medic «al-Amal» بغداد قتل \u200b 1,200 — ".split(" ")
)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=12).map(". ".join) | st.text(max_size=200)


def compare(old: str, new: str) -> tuple[Passage, ...]:
    return compare_texts(old, new, old_own=[Span(start=0, end=len(old))], new_own=[Span(start=0, end=len(new))])


def told(old: str, new: str) -> list[tuple[ChangeKind, str | None, str | None]]:
    """Each passage with its words on both sides."""
    return [(p.kind, p.old and _cut(old, p.old), p.new and _cut(new, p.new)) for p in compare(old, new)]


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def plain(text: str) -> str:
    """All but white space."""
    return "".join(text.split())


def patch(old: str, new: str, passages: Sequence[Passage]) -> str:
    """The older text with what is gone taken out and what was added put in: nothing else of the newer one is looked at."""
    out: list[str] = []
    for passage in passages:
        if passage.kind is ADDED:
            out += [_cut(new, span) for span in passage.added]
        elif passage.old:
            out.append(_kept(old, passage.old, passage.gone, [_cut(new, span) for span in passage.added], passage, new))
    return "".join(out)


def _kept(old: str, span: Span, gone: Sequence[Span], put: Sequence[str], passage: Passage, new: str) -> str:
    """An older passage, patched: pieces that stay are the older text's; each that was added goes where the newer text has it."""
    stay = _less(old, span, gone)
    if passage.new is None:
        return stay
    at, out, rest = passage.new.start, [], plain(stay)
    for each, words in zip(passage.added, put, strict=True):
        between = len(plain(new[at : each.start]))
        out += [rest[:between], words]
        rest, at = rest[between:], each.end
    return "".join([*out, rest])


def _less(text: str, span: Span, out: Sequence[Span]) -> str:
    at, kept = span.start, ""
    for each in out:
        kept, at = kept + text[at : each.start], each.end
    return kept + text[at : span.end]


@given(TEXTS, TEXTS)
def test_the_older_text_with_its_changes_is_the_newer_one(old: str, new: str) -> None:
    """Taking out what is gone and putting in what was added gives the newer text, but for white space."""
    assert plain(patch(old, new, compare(old, new))) == plain(new)


@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_passages(old: str, new: str) -> None:
    """Every letter of either text stands in one passage, in order; what is marked lies within its passage."""
    passages = compare(old, new)
    for text, side, marks in ((old, "old", "gone"), (new, "new", "added")):
        spans = [span for p in passages if (span := getattr(p, side))]
        assert "".join(plain(_cut(text, span)) for span in spans) == plain(text)
        for passage in passages:
            within = getattr(passage, side)
            assert all(within and within.start <= s.start < s.end <= within.end for s in getattr(passage, marks))


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    """Nothing differs between a text and its copy, nor one whose white space was laid out anew."""
    assert all(kind is SAME for kind, _, _ in told(text, text))


def test_an_edited_figure_is_marked_alone() -> None:
    """Of a sentence whose figure was changed, the figure is marked on both sides, and nothing else."""
    old = "The market was shelled. At least 15 people were killed, the mayor said. It rained."
    new = "The market was shelled. At least 12 people were killed, the mayor said. It rained."
    (_, edited, _) = passages = compare(old, new)
    assert [p.kind for p in passages] == [SAME, CHANGED, SAME]
    assert [_cut(old, s) for s in edited.gone] == ["15"]
    assert [_cut(new, s) for s in edited.added] == ["12"]


def test_a_sentence_that_is_gone_and_one_that_came() -> None:
    """Sentences that share little are told apart: one is gone, the other was added."""
    old = "The army shelled the town. Twelve people were killed. The road is closed."
    new = "The army shelled the town. No figures could be had by Monday evening. The road is closed."
    assert told(old, new) == [
        (SAME, "The army shelled the town.", "The army shelled the town."),
        (GONE, "Twelve people were killed.", None),
        (ADDED, None, "No figures could be had by Monday evening."),
        (SAME, "The road is closed.", "The road is closed."),
    ]


def test_what_stands_around_the_article_is_not_looked_at() -> None:
    """A menu that changed is no change of the article."""
    texts = [f"Twelve people were killed.\nMost read: {item}" for item in ("the weather", "football")]
    cut = len("Twelve people were killed.\n")
    documents = [
        {
            "text": text,
            "parts": [
                {"role": "body", "start": 0, "end": cut},
                {"role": "furniture", "start": cut, "end": len(text)},
            ],
        }
        for text in texts
    ]
    passages = compare_texts(*texts, old_own=list_own(documents[0]), new_own=list_own(documents[1]))
    assert [p.kind for p in passages] == [SAME]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 40_000, "a b " * 30_000),
        ("a. " * 20_000, "A b. " * 20_000),
        ("\n\n".join("ab"[n % 2] for n in range(20_000)), "\n\n".join("ba"[n % 3 == 0] for n in range(20_000))),
        ("." * 100_000, "!" * 100_000),
        ("\u202e" * 10_000, "x\u0301" * 50_000),
        ("", "x" * 200_000),
    ],
)
def test_hostile_texts_are_compared_too(old: str, new: str) -> None:
    """Texts made to cost time are told apart, however coarsely, and nothing of either is lost."""
    passages = compare(old, new)
    assert "".join(plain(_cut(new, p.new)) for p in passages if p.new) == plain(new)
    assert "".join(plain(_cut(old, p.old)) for p in passages if p.old) == plain(old)


def test_beyond_the_bound_all_between_is_replaced() -> None:
    """Of sequences too long to be searched only what both begin and end with is the same."""
    old, new = ["first", *map(str, range(9_000)), "last"], ["first", *map(str, range(1, 9_001)), "last"]
    assert [(step.same, step.old_end - step.old_start) for step in align(old, new)] == [
        (True, 1),
        (False, 9_000),
        (True, 1),
    ]
