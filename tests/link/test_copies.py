"""Copies of one text are found and count as one source."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from harmledger.domain import Echo
from harmledger.link.copies import Text, find_copies, take_print

WORDS = [f"word{n}" for n in range(3000)]


def text(name: str, words: list[str], day: int = 1) -> Text:
    return Text(document_id=name, published=date(2017, 5, day), text=" ".join(words))


def story(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def find_among(texts: Iterable[Text]) -> list[Echo]:
    return find_copies([take_print(each) for each in texts])


def test_copies_point_to_the_earliest() -> None:
    """Fourteen outlets that print one wire text are fourteen copies of its first print, whatever the order they came in."""
    wire = story(1)
    texts = [text(f"copy {n}", [*wire[: 200 - 3 * n], f"outlet{n}"], day=2) for n in range(14)]
    echoes = find_among([*texts, text("wire", wire), text("other", story(2))])
    assert {(e.document_id, e.original_id) for e in echoes} == {(f"copy {n}", "wire") for n in range(14)}


def test_a_cut_copy_is_one() -> None:
    """An outlet that prints the first third of a text copied it."""
    wire = story(3, 300)
    (echo,) = find_among([text("wire", wire), text("cut", wire[:160], day=2)])
    assert (echo.document_id, echo.shared) == ("cut", 1.0)


def test_a_shared_paragraph_is_no_copy() -> None:
    """Background that two reports share doesn't make one of them an echo."""
    background = story(4, 60)
    assert find_among([text("a", story(5) + background), text("b", story(6) + background)]) == []


def test_a_chain_of_edits_has_no_far_ends() -> None:
    """A text that shares little with the original is no copy of it, though it is of a copy."""
    wire, rest = story(7, 200), story(8, 400)
    middle = wire[60:] + rest[:60]
    far = middle[130:] + rest[60:300]
    found = {
        e.document_id: e.original_id
        for e in find_among([text("wire", wire), text("middle", middle, 2), text("far", far, 3)])
    }
    assert found == {"middle": "wire"}


def test_short_texts_are_no_copies() -> None:
    """A line of a few words that two reports share says nothing."""
    assert find_among([text("a", story(9, 10)), text("b", story(9, 10))]) == []
