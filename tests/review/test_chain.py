"""The log's chain: whatever is changed in it is found, and where."""

from __future__ import annotations

import pytest
from decisions import Log, logs
from hypothesis import assume, given
from hypothesis import strategies as st

from harmledger.domain import Decision, Verdict
from harmledger.errors import Inconsistent
from harmledger.review.chain import CHAINED, START, decision_row, find_break, parse_decision


@given(logs())
def test_a_log_as_it_was_written_is_whole(decisions: list[Decision]) -> None:
    """Every decision names the one before it, and comes back from its row as it was."""
    rows = [decision_row(decision) for decision in decisions]
    assert find_break(rows) is None
    assert [parse_decision(row) for row in rows] == decisions
    assert [row["before"] for row in rows] == [START, *(row["decision_id"] for row in rows)][: len(rows)]


@given(logs(least=1), st.data())
def test_a_changed_letter_is_found_where_it_is(decisions: list[Decision], data: st.DataObject) -> None:
    """One letter of one field of one decision, changed, taken out or put in, is told with its place."""
    assume(decisions)
    rows = [decision_row(decision) for decision in decisions]
    at = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(("decision_id", *CHAINED)))
    old = rows[at][name] or ""
    cut = data.draw(st.integers(0, len(old)))
    letter = data.draw(st.sampled_from(["", "0", "x", "é", "\u202e", " "]))
    new = old[:cut] + letter + old[cut + data.draw(st.integers(0, 1)) :]
    assume(new != rows[at][name])
    rows[at] = {**rows[at], name: new}
    found = find_break(rows)
    assert found is not None
    assert found.position == at + 1


@given(logs(least=3), st.data())
def test_a_decision_taken_out_or_moved_is_found(decisions: list[Decision], data: st.DataObject) -> None:
    """A row that is missing, or stands elsewhere, breaks the chain at the first row that no longer follows."""
    assume(len(decisions) > 2)
    rows = [decision_row(decision) for decision in decisions]
    at = data.draw(st.integers(0, len(rows) - 2))
    missing = find_break(rows[:at] + rows[at + 1 :])
    moved = find_break([*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]])
    assert missing is not None
    assert moved is not None
    assert missing.position == moved.position == at + 1


def test_values_stay_apart() -> None:
    """A value moved from one field into the next is another decision."""
    log = Log()
    log.add("a", Verdict.REJECT, who="Amal", reason="b")
    row = decision_row(log.decisions[0])
    assert find_break([{**row, "reason": "", "who": "bAmal"}]) is not None


def test_a_row_that_is_no_decision_is_told() -> None:
    """A verdict that there is not can't be folded: the remedy says how to find it."""
    log = Log()
    log.add("a", Verdict.ACCEPT)
    with pytest.raises(Inconsistent, match="log --verify"):
        parse_decision({**decision_row(log.decisions[0]), "verdict": "love"})
