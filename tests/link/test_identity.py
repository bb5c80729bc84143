"""An incident's id is minted once and survives merges and splits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Incident
from harmledger.ids import incident_id
from harmledger.link.identity import Named, name_incidents


def held(named: Named) -> dict[str, tuple[str, ...]]:
    return {incident.founding_claim: incident.claims for incident in named.incidents}


def after(named: Named, before: tuple[Incident, ...] = ()) -> tuple[Incident, ...]:
    """All incidents ever minted, as a ledger gives them: those merged away hold nothing."""
    now = {incident.incident_id: incident for incident in named.incidents}
    kept = [
        now.pop(old.incident_id, Incident(incident_id=old.incident_id, founding_claim=old.founding_claim, claims=()))
        for old in before
    ]
    return (*kept, *now.values())


def pointers(named: Named) -> set[tuple[str, str, str]]:
    return {(p.incident_id, p.onward_id, p.why) for p in named.pointers}


ONE, TWO = incident_id("a"), incident_id("c")
FIRST = name_incidents([["a", "b"], ["c", "d"]])


def test_an_id_is_its_founding_claims() -> None:
    """The first claim founds the incident; its id says nothing else."""
    assert [incident.incident_id for incident in FIRST.incidents] == [ONE, TWO]


def test_more_claims_change_no_id() -> None:
    """New reports join; even an earlier published one takes nothing over."""
    named = name_incidents([["earlier", "a", "b"], ["c", "d", "e"]], FIRST.incidents)
    assert [i.incident_id for i in named.incidents] == [ONE, TWO]
    assert named.pointers == ()


def test_a_merge_leaves_a_pointer() -> None:
    """Of two that come together the first minted stays, and the other leads on to it."""
    named = name_incidents([["c", "d", "a", "b"]], FIRST.incidents)
    assert [i.incident_id for i in named.incidents] == [ONE]
    assert pointers(named) == {(TWO, ONE, "merged")}


def test_a_split_leaves_a_pointer() -> None:
    """The id stays with its founding claim, and leads on to what was split off."""
    named = name_incidents([["a"], ["b"], ["c", "d"]], FIRST.incidents)
    assert held(named) == {"a": ("a",), "b": ("b",), "c": ("c", "d")}
    assert pointers(named) == {(ONE, incident_id("b"), "split")}


def test_a_merge_undone_brings_the_old_id_back() -> None:
    """Minted once: the incident that parts again is the one that it was."""
    merged = name_incidents([["a", "b", "c", "d"]], FIRST.incidents)
    parted = name_incidents([["a", "b"], ["d", "c"]], after(merged, FIRST.incidents))
    assert [i.incident_id for i in parted.incidents] == [ONE, TWO]


def test_a_lost_founding_claim_hands_its_id_on() -> None:
    """A new reading may drop the founding claim: the id goes with most of the others."""
    named = name_incidents([["b2", "b"], ["c", "d"]], FIRST.incidents)
    assert [i.incident_id for i in named.incidents] == [ONE, TWO]


@given(st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8), min_size=1, max_size=5))
def test_every_id_ever_given_leads_somewhere(history: list[list[int]]) -> None:
    """Through any regroupings of the same claims no id is given twice, and one that holds nothing leads on."""
    before: tuple[Incident, ...] = ()
    onward: dict[str, str] = {}
    for labels in history:
        groups = [[f"c{n}" for n in range(8) if labels[n] == label] for label in sorted(set(labels))]
        named = name_incidents(groups, before)
        onward |= {p.incident_id: p.onward_id for p in named.pointers if p.why == "merged"}
        before = after(named, before)
        ids = [incident.incident_id for incident in named.incidents]
        assert len(set(ids)) == len(ids)
        for old in before:
            at, steps = old.incident_id, 0
            while at not in ids:
                at, steps = onward[at], steps + 1
                assert steps < 10
