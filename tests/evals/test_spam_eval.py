"""The measures of the spam filter count rightly, its floors hold, and it says so where there is nothing to learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spam as measured
from training.own_replies import read_replies

from harmledger.domain import SpamDecision

ORDER = np.array([0.9, 0.8, 0.2, 0.1])


@pytest.mark.parametrize(
    ("is_spam", "auc", "recall"),
    [
        ([True, True, False, False], 1.0, 1.0),
        ([False, True, False, True], 0.25, 0.0),
        ([True, False, True, False], 0.75, 0.5),
    ],
)
def test_ranks_are_counted(is_spam: list[bool], auc: float, recall: float) -> None:
    """AUC is the share of pairs in the right order; recall counts spam above the highest ham of a hundred."""
    labels = np.array(is_spam)
    assert (measured.auc(ORDER, labels), measured.recall(ORDER, labels)) == (auc, recall)


def test_ties_are_half() -> None:
    """A filter that says the same of all ranks by chance."""
    assert measured.auc(np.full(4, 0.5), np.array([True, True, False, False])) == 0.5


def test_the_floors_hold_without_a_network(capsys: pytest.CaptureFixture[str]) -> None:
    """The model that ships holds its floors on what is in the repository; what needs a download is said to be left out."""
    assert measured.main([]) == 0
    told = capsys.readouterr().out
    assert "BELOW" not in told
    assert "learning not measured: no messages" in told


def test_messages_are_read_once_each(tmp_path: Path) -> None:
    """Lines without a label are passed over; a message that stands twice counts once."""
    path = tmp_path / "messages.tsv"
    path.write_text("ham\tyes\nspam\twin\nham\tyes\nno label\n\n", encoding="utf-8")
    assert sorted(measured.read_sms(path)) == [("win", SpamDecision.SPAM), ("yes", SpamDecision.HAM)]


def test_nothing_is_measured_on_that_was_learnt_from() -> None:
    """The held replies and those learnt from share no line; every slot of a line is filled."""
    start, held = read_replies("start"), read_replies("held", 1)
    assert {reply.line for reply in start}.isdisjoint(reply.line for reply in held)
    assert not any(sign in reply.text for reply in start for sign in "{}")
    assert {reply.language for reply in (*start, *held)} == {"en", "ar"}
