"""Tables of victims become lists, and what isn't deduplicated or tells nothing is refused in one sentence."""

from __future__ import annotations

import pytest

from harmledger.domain import Overlap, VictimLists
from harmledger.errors import BadInput
from harmledger.reconcile.recapture import count_lists
from harmledger.reconcile.recapture.lists import LEAST_SHARED, check_overlap

HEADER = ["person", "A", "B", "C"]


def test_people_are_counted_by_the_lists_they_are_on() -> None:
    """0 and 1, and a list's own record ids, say the same; no id is kept."""
    rows = [["p1", "1", "r7", "0"], ["p2", "1", "r8", ""], ["p3", "0", "", "1"]]
    lists = count_lists(HEADER, rows, "x.csv")
    assert lists.names == ("A", "B", "C")
    assert lists.overlaps == (Overlap(lists=(0, 1), people=2), Overlap(lists=(2,), people=1))
    assert lists.people == 3


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        pytest.param(["person", "A", "B"], [["p", "1", "1"]], "2 lists, and a total needs at least 3", id="two lists"),
        pytest.param(["person", *"ABCDEFG"], [["p", *"1111111"]], "more than 6", id="seven lists"),
        pytest.param(["person", "A", "A", "C"], [["p", "1", "1", "1"]], "one name", id="one name twice"),
        pytest.param(["person", "A", " ", "C"], [["p", "1", "1", "1"]], "one has none", id="a list without a name"),
        pytest.param(HEADER, [], "names nobody", id="no rows"),
        pytest.param(HEADER, [["p", "1", "1"]], "line 2 has 3 cells", id="a short row"),
        pytest.param(HEADER, [["", "1", "1", "1"]], "line 2 has no id", id="no id"),
        pytest.param(
            HEADER, [["p", "1", "1", "1"], ["q", "0", "", "0"]], "line 3 is a person on no list", id="nobody's"
        ),
        pytest.param(HEADER, [["p", "1", "0", "1"]], "nobody is on the list B", id="an empty list"),
        pytest.param(
            HEADER,
            [["p", "1", "1", "1"], ["p", "1", "0", "0"]],
            "lines 2 and 3 have one person's id",
            id="a person twice",
        ),
        pytest.param(
            HEADER,
            [["p", "1", "1", "r1"], ["q", "1", "0", "r1"]],
            "lines 2 and 3 have one record of the list C",
            id="a record twice",
        ),
        pytest.param(
            HEADER, [["p", "1", "1", "yes"], ["q", "1", "0", "yes"]], "deduplicated", id="words that are no record ids"
        ),
    ],
)
def test_what_is_no_set_of_lists_is_refused(header: list[str], rows: list[list[str]], words: str) -> None:
    """In one sentence that names the line, and never the person."""
    with pytest.raises(BadInput) as refused:
        count_lists(header, rows, "x.csv")
    assert words in str(refused.value)
    assert "r1" not in str(refused.value)


def lists(**people: int) -> VictimLists:
    """By letters: `AB=3` are three people on A and B and no other."""
    overlaps = [Overlap(lists=tuple("ABC".index(letter) for letter in on), people=n) for on, n in people.items()]
    return VictimLists(names=("A", "B", "C"), overlaps=tuple(overlaps))


def test_too_few_shared_people_are_refused() -> None:
    """Six people on two lists tell nothing of those on none; seven may."""
    check_overlap(lists(A=50, AB=LEAST_SHARED - 1, BC=1), "x.csv")
    with pytest.raises(BadInput, match="only 6 of 56 people"):
        check_overlap(lists(A=50, AB=LEAST_SHARED - 2, BC=1), "x.csv")


def test_a_list_that_shares_nobody_is_refused() -> None:
    """It tells nothing of those on no list, whatever the others share."""
    with pytest.raises(BadInput, match="the list C shares nobody"):
        check_overlap(lists(A=50, AB=30, C=20), "x.csv")
