"""What became of a page's claims: each claim of either version is told once."""

from __future__ import annotations

from typing import Any

import pytest
from fake_pages import at, capture_of, report, said
from fakes import load_fake
from hypothesis import given
from hypothesis import strategies as st

from harmledger.compare import compare_claims
from harmledger.comparing import compare_versions
from harmledger.domain import ChangeKind, ClaimChange, FieldChange
from harmledger.pipeline import read_report
from harmledger.publish.changed import render_change
from harmledger.publish.record import Record, render_record

SAME, CHANGED, ADDED, GONE = ChangeKind.SAME, ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.GONE
READER = load_fake()


def read(*claims: str) -> Record:
    return render_record(read_report(capture_of(report(*claims), at(6)), READER))


def became(old: Record, new: Record) -> list[ClaimChange]:
    return list(compare_versions(old, new).claims)


def told(old: Record, new: Record) -> list[str]:
    return [render_change(change) for change in compare_versions(old, new).changed_claims]


TABLE: list[tuple[tuple[str, ...], tuple[str, ...], list[str]]] = [
    ((said(15),), (said(15),), []),
    ((said(15),), (said(12),), ["12 killed: the figure was 15, now 12."]),
    ((said(15),), (said(15, source="a soldier"),), ["15 killed: who says so was a medic, now a soldier."]),
    ((said(15),), (said(15, harm="injured"),), ["15 injured: the harm was killed, now injured."]),
    ((said(15),), (said(15, place="Raqqa"),), ["15 killed: the place was Idlib, now Raqqa."]),
    ((said(15),), (said(15).replace(" by Syrian forces", ""),), ["15 killed: who is blamed was Syrian government forces, now nobody."]),
    ((said(15),), (said(15).replace(", a medic said", ""),), ["15 killed: who says so was a medic, now the outlet itself."]),
    ((said(15),), (), ["Gone: 15 killed."]),
    ((), (said(15),), ["Added: 15 killed."]),
    ((said(15), said(4, "injured")), (said(12), said(4, "injured")), ["12 killed: the figure was 15, now 12."]),
    ((said(15), said(4, "injured")), (said(4, "injured"), said(15)), []),
    ((said(15),), (said(2, "injured"), said(15)), ["Added: 2 injured."]),
    ((said(15), said(15, source="a trader")), (said(15),), ["Gone: 15 killed."]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes"), TABLE)
def test_each_change_is_told(old: tuple[str, ...], new: tuple[str, ...], changes: list[str]) -> None:
    """Figure, source, harm, place and blame that changed are told with what they were; what was moved alone isn't."""
    assert told(read(*old), read(*new)) == changes


def test_a_change_has_both_sentences() -> None:
    """A claim that changed names both versions' claims, and where their sentences stand."""
    old, new = read(said(15)), read("It was before noon.", said(12))
    (change,) = became(old, new)
    assert (change.kind, change.old, change.new) == (
        CHANGED,
        old["claims"][0]["claim_id"],
        new["claims"][0]["claim_id"],
    )
    assert change.fields == (FieldChange(field="figure", before="15", after="12"),)
    for span, record, number in ((change.old_span, old, "15"), (change.new_span, new, "12")):
        assert span
        assert record["document"]["text"][span.start : span.end].strip().startswith(number)


def test_claims_of_no_text_are_paired_by_what_they_say() -> None:
    """A claim whose words stand in no text is still known again."""
    (claim,) = read(said(15))["claims"]
    away: dict[str, Any] = {
        **claim,
        "quote": {**claim["quote"], "start": None, "end": None},
        "count": {**claim["count"], "start": None, "end": None},
    }
    assert [change.kind for change in compare_claims([away], [{**away, "claim_id": "b"}], ())] == [SAME]


CLAIMS = st.lists(
    st.builds(
        said,
        st.integers(1, 3),
        st.sampled_from(("killed", "injured")),
        st.sampled_from(("a medic", "a trader")),
        st.sampled_from(("Raqqa", "Idlib")),
    ),
    max_size=5,
)


@given(CLAIMS, CLAIMS)
def test_every_claim_is_told_once(old: list[str], new: list[str]) -> None:
    """Each claim of either version is in one change; only one that is in both may be the same; forward and back the same are the same."""
    before, after = read(*old), read(*new)
    changes = became(before, after)
    for side, record in (("old", before), ("new", after)):
        ids = [getattr(change, side) for change in changes if getattr(change, side)]
        assert sorted(ids) == sorted(claim["claim_id"] for claim in record["claims"])
    assert all((change.old is None) == (change.kind is ADDED) for change in changes)
    assert all((change.new is None) == (change.kind is GONE) for change in changes)
    assert all(bool(change.fields) == (change.kind is CHANGED) for change in changes)


@given(CLAIMS)
def test_nothing_changes_in_the_same_text(claims: list[str]) -> None:
    """A version beside itself has no claim that changed."""
    one = read(*claims)
    assert {change.kind for change in became(one, one)} <= {SAME}
