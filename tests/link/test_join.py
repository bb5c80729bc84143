"""Reports' claims are joined; reviewers' decisions always hold; little that is new disturbs little."""

from __future__ import annotations

import pytest
from fake_tellings import IDLIB, RAQQA, Record, claim, report

from harmledger.domain import Constraints
from harmledger.errors import Inconsistent
from harmledger.link.join import Linked, Tellings, explain_claims, link_claims

BAKERY = "Shells that hit the Rumaila bakery queue of baker Hamdan Zarqan in Raqqa killed 3 people"
SCHOOL = "A mine under the Khansa school gate, laid for teacher Salma Idris, killed 7 children in Idlib"


def reports() -> list[Record]:
    """Two reports of a bakery, one that tells it and a school, and one of the school."""
    return [
        report("1", claim("a", f"{BAKERY}, medics said.", place=RAQQA, day="2017-05-05"), published="2017-05-05"),
        report("2", claim("b", f"{BAKERY} on Friday.", place=RAQQA, day="2017-05-05"), published="2017-05-06"),
        report(
            "3",
            claim("c", f"{BAKERY}, residents told us.", place=RAQQA, day="2017-05-05"),
            claim("d", f"{SCHOOL}, police said.", place=IDLIB, day="2017-05-06", low=7, high=7),
            published="2017-05-07",
        ),
        report("4", claim("e", f"{SCHOOL}.", place=IDLIB, day="2017-05-06", low=7, high=7), published="2017-05-07"),
    ]


def groups(linked: Linked) -> list[tuple[str, ...]]:
    return sorted(linked.groups)


def linked(records: list[Record], **decided: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    return groups(
        link_claims(Tellings(records, Constraints(**{name: frozenset(pairs) for name, pairs in decided.items()})))
    )


def test_a_round_up_is_joined_claim_by_claim() -> None:
    """A report of two events is in two incidents, each founded on its first published claim."""
    assert linked(reports()) == [("a", "b", "c"), ("d", "e")]


def test_the_order_of_filing_changes_no_group() -> None:
    """The same reports give the same groups, whichever came in first."""
    assert {frozenset(group) for group in linked(reports()[::-1])} == {frozenset("abc"), frozenset("de")}


def test_links_give_reasons_within_a_group() -> None:
    """What holds a group together is kept with its reasons; nothing is told of pairs that are apart."""
    links = link_claims(Tellings(reports())).links
    assert {(link.left, link.right) for link in links} == {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}
    assert all(link.values for link in links)


def test_reviewers_overrule_the_machine() -> None:
    """Must-link and cannot-link hold against every score."""
    assert linked(reports(), cannot_link=[("a", "b")]) in (
        [("a",), ("b", "c"), ("d", "e")],
        [("a", "c"), ("b",), ("d", "e")],
    )
    assert linked(reports(), must_link=[("a", "e")], cannot_link=[("a", "d")])[0][0] == "a"
    together = next(group for group in linked(reports(), must_link=[("a", "e")]) if "a" in group)
    assert "e" in together


def test_decisions_reach_into_a_telling() -> None:
    """Claims that one report tells as one event part when a person says so, and what was put with one stays away from the other."""
    records = [
        report(
            "1", claim("a", f"{BAKERY}.", place=RAQQA), claim("b", "9 were hurt in Raqqa.", place=RAQQA, harm="injured")
        ),
        report(
            "2", claim("c", f"{BAKERY}.", place=RAQQA), claim("d", "9 were hurt in Raqqa.", place=RAQQA, harm="injured")
        ),
    ]
    found = linked(records, must_link=[("a", "c")], cannot_link=[("b", "a"), ("d", "b")])
    of = {claim: group for group in found for claim in group}
    assert of["a"] == of["c"] != of["b"] != of["d"]


def test_claims_decided_one_by_one_stay_one_event() -> None:
    """Two claims of one telling, each put together with another report's, don't part for it."""
    records = [
        report(
            "1", claim("a", f"{BAKERY}.", place=RAQQA), claim("b", "9 were hurt in Raqqa.", place=RAQQA, harm="injured")
        ),
        report("2", claim("c", "3 died at the bakery.")),
        report("3", claim("d", "9 were hurt at the bakery.", harm="injured")),
    ]
    assert linked(records, must_link=[("a", "c"), ("b", "d")]) == [("a", "b", "c", "d")]


def test_contradicting_decisions_are_told() -> None:
    """Nobody can keep apart what other decisions put together: it is said, not settled silently."""
    with pytest.raises(Inconsistent, match="may not be linked to"):
        Tellings(
            reports(), Constraints(must_link=frozenset({("a", "b"), ("b", "c")}), cannot_link=frozenset({("a", "c")}))
        )


def test_decisions_on_claims_that_are_gone_do_nothing() -> None:
    """A claim that a new reading dropped can't be linked; the others still are."""
    assert linked(reports(), must_link=[("a", "gone")], cannot_link=[("gone", "b")]) == [("a", "b", "c"), ("d", "e")]


def test_what_comes_in_joins_what_is_there() -> None:
    """Report by report gives the incidents that all at once give, and leaves the untouched ones as they are."""
    before: dict[str, str] = {}
    for number in range(1, 5):
        found = link_claims(Tellings(reports()[:number]), before=before)
        before = {claim: group[0] for group in found.groups for claim in group}
    assert groups(found) == linked(reports())


def test_settled_groups_are_left_alone() -> None:
    """An earlier grouping that nothing new comes near isn't worked out again, even where it would now come out otherwise."""
    before = {"a": "x", "b": "y", "c": "y"}
    found = link_claims(Tellings(reports()), before=before)
    assert groups(found) == [("a",), ("b", "c"), ("d", "e")]


def test_a_pair_is_explained() -> None:
    """Two claims of two reports are weighed; two of one telling need no weighing."""
    records = [*reports(), report("5", claim("f", "3 died in Raqqa."), claim("g", "2 were hurt."))]
    tellings = Tellings(records)
    found = explain_claims(tellings, "a", "b")
    assert found is not None
    assert found.score > 0.5
    assert explain_claims(tellings, "f", "g") is None
