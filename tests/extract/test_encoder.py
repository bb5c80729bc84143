"""The encoder engine: what is read, in what company, and what is not read at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from harmledger.extract.encoder import Page, propose
from harmledger.extract.model import Model, load_model

CALM = "The council met in the town hall and spoke of roads, schools and the price of bread. "
TELLING = "On Monday an air strike killed seven civilians in the village of Tal Hasan, residents said. "
SEEMING = "The senate killed the bill in a vote of 51 to 48 after nine hours of debate. "


@cache
def _model() -> Model:
    return load_model("en")


def _counting() -> tuple[Model, list[int]]:
    """The model, and how many word pieces each passage had that it read."""
    read: list[int] = []

    def run(inputs: Mapping[str, Any]) -> Any:
        read.append(inputs["words"].shape[1])
        return _model().run(inputs)

    return replace(_model(), run=run), read


def test_one_claim_amid_much_else_is_found() -> None:
    text = CALM * 8 + TELLING + CALM * 8
    assert [text[p.start : p.end] for p in propose(Page.of(text), _model())] == ["seven"]


def test_a_sentence_that_promises_nothing_is_not_read_again() -> None:
    model, read = _counting()
    assert list(propose(Page.of(CALM * 8 + SEEMING + CALM * 8), model)) == []
    assert len(read) == 1


def test_one_that_does_is_read_again_among_its_neighbours() -> None:
    model, read = _counting()
    list(propose(Page.of(CALM * 8 + TELLING + CALM * 8), model))
    assert len(read) == 2
    assert read[1] > 2 * read[0]


def test_a_report_full_of_harm_is_read_once() -> None:
    model, read = _counting()
    list(propose(Page.of(TELLING * 4), model))
    assert len(read) == 1


def test_words_that_tell_of_nobody_are_no_claim() -> None:
    text = "The agency Sahel Now put the number of dead at nine, three of them children, after the raid on Tal Hasan."
    assert [text[p.start : p.end] for p in propose(Page.of(text), _model())] == ["nine", "three"]
