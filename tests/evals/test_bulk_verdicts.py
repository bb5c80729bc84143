"""A line of verdicts says one thing: what breaks the form is refused, and two passes stand only where they agree or were looked at again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bulk_verdicts import COLUMNS, FIELDS, FormBroken, Verdict, differ, find_faults, follow, read_verdicts, settle

ALL_RIGHT = dict.fromkeys(FIELDS, "right")
NO_CLAIM = {**dict.fromkeys(FIELDS, ""), "claim": "wrong"}


def verdict(claim_id: str = "a", whole: str | None = None, **changes: str) -> Verdict:
    fields = {**ALL_RIGHT, **changes}
    return Verdict(claim_id=claim_id, whole=whole or follow(fields), fields=fields)


def line(one: Verdict) -> str:
    return ",".join([one.claim_id, one.whole, *one.fields.values()])


def write(folder: Path, *lines: str, header: str = ",".join(COLUMNS)) -> Path:
    path = folder / "bulk-claims-first.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("fields", "whole"),
    [
        (ALL_RIGHT, "right"),
        (NO_CLAIM, "wrong"),
        ({**NO_CLAIM, "claim": "unclear"}, "unclear"),
        ({**ALL_RIGHT, "count": "wrong"}, "wrong"),
        ({**ALL_RIGHT, "source": "absent"}, "wrong"),
        ({**ALL_RIGHT, "source": "none"}, "right"),
        ({**ALL_RIGHT, "scope": "unclear"}, "unclear"),
        ({**ALL_RIGHT, "scope": "unclear", "harm": "wrong"}, "wrong"),
        (
            {**ALL_RIGHT, "place": "wrong", "resolved": "", "time": "absent", "actor": "wrong", "means": "wrong"},
            "right",
        ),
    ],
)
def test_the_whole_follows_from_the_fields(fields: dict[str, str], whole: str) -> None:
    """As the rule says; and a line whose whole says otherwise is refused."""
    assert not list(find_faults(Verdict(claim_id="a", whole=whole, fields=fields)))
    for other in {"right", "wrong", "unclear", ""} - {whole}:
        assert list(find_faults(Verdict(claim_id="a", whole=other, fields=fields)))


@pytest.mark.parametrize(
    "changes",
    [
        {"claim": "absent"},
        {"count": "none"},
        {"kind": ""},
        {"time": "ok"},
        {"place": "none"},  # with a verdict on what it resolved to
        {"resolved": "none"},
        {"resolved": ""},
        {"claim": "wrong"},  # with verdicts on its fields
    ],
)
def test_a_word_that_a_field_cannot_have_is_a_fault(changes: dict[str, str]) -> None:
    """Each field has its own words, and is empty where nothing is to be judged."""
    assert list(find_faults(verdict(**changes)))


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    """What was judged comes back by claim."""
    ones = [verdict("a"), verdict("b", count="wrong")]
    assert read_verdicts(write(tmp_path, *map(line, ones)), frozenset("abc")) == {one.claim_id: one for one in ones}


def test_a_line_that_nobody_filled_waits(tmp_path: Path) -> None:
    """A pass half done can be checked."""
    path = write(tmp_path, line(verdict("a")), "b" + "," * (len(COLUMNS) - 1))
    assert list(read_verdicts(path, frozenset("ab"))) == ["a"]


@pytest.mark.parametrize(
    ("lines", "header", "said"),
    [
        ([line(verdict("z"))], None, "wasn't drawn"),
        ([line(verdict("a")), line(verdict("a"))], None, "two lines"),
        ([line(verdict("a", count="maybe"))], None, "count is 'maybe'"),
        (["a,right"], None, "'empty'"),
        ([], "claim_id,whole", "the columns must be"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, lines: list[str], header: str | None, said: str) -> None:
    """With what is wrong in it, and where."""
    path = write(tmp_path, *lines, **({"header": header} if header else {}))
    with pytest.raises(FormBroken, match=said):
        read_verdicts(path, frozenset("abc"))


def by_id(*ones: Verdict) -> dict[str, Verdict]:
    return {one.claim_id: one for one in ones}


@pytest.mark.parametrize(
    ("agreed", "stand"),
    [
        ({}, {"same": "right"}),
        (by_id(verdict("split", harm="wrong")), {"same": "right", "split": "wrong"}),
    ],
)
def test_what_is_split_waits_for_a_third_look(agreed: dict[str, Any], stand: dict[str, str]) -> None:
    """Claims that only one pass judged stand nowhere."""
    first = by_id(verdict("same"), verdict("split"), verdict("once"))
    second = by_id(verdict("same"), verdict("split", place="wrong", resolved=""))
    assert differ(first["split"], second["split"]) == ["place", "resolved"]
    assert {claim: one.whole for claim, one in settle(first, second, agreed).items()} == stand


def test_a_third_look_overrules_no_agreement() -> None:
    """Where both passes say the same there is nothing to settle."""
    with pytest.raises(FormBroken, match="don't differ"):
        settle(by_id(verdict()), by_id(verdict()), by_id(verdict(count="wrong")))
