"""Gives groups of claims the ids of incidents: minted once from the founding claim, kept through merges and splits.

An incident's id stays with its founding claim; where that claim is gone, with most of the others. Of several that come together the first minted
stays and the rest point on to it; what is split off gets an id of its own, and the old one points on to it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.domain import Incident, Pointer
from harmledger.ids import incident_id

MERGED, SPLIT = "merged", "split"
Group = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The incidents, in the order of their groups, and where older ids lead on to."""

    incidents: tuple[Incident, ...]
    pointers: tuple[Pointer, ...]


def name_incidents(groups: Sequence[Group], before: Sequence[Incident] = ()) -> Named:
    """The incidents of the groups, whose founding claims come first.

    `before` are all incidents ever minted, in that order, with the claims they hold now; those merged into others hold none.
    """
    group_of = {claim: n for n, group in enumerate(groups) for claim in group}
    homes = {old.incident_id: _find_home(old, group_of) for old in before}
    owners = _find_owners(before, homes)
    incidents = tuple(owners[n] if n in owners else _mint(group) for n, group in enumerate(groups))
    incidents = tuple(
        Incident(incident_id=i.incident_id, founding_claim=i.founding_claim, claims=tuple(group))
        for i, group in zip(incidents, groups, strict=True)
    )
    return Named(incidents=incidents, pointers=tuple(_point(before, homes, incidents, group_of)))


def _find_home(old: Incident, group_of: Mapping[str, int]) -> int | None:
    """The group that has its founding claim, else the one with most of its claims; None where none is left."""
    if old.founding_claim in group_of:
        return group_of[old.founding_claim]
    held = Counter(group_of[claim] for claim in old.claims if claim in group_of)
    return min(held, key=lambda n: (-held[n], n), default=None)


def _find_owners(before: Sequence[Incident], homes: Mapping[str, int | None]) -> dict[int, Incident]:
    """Whose id each group keeps: the first minted of those that live, else of those merged away whose founding claim it has."""
    owners: dict[int, Incident] = {}
    for old in sorted(before, key=lambda incident: not incident.claims):
        home = homes[old.incident_id]
        if home is not None:
            owners.setdefault(home, old)
    return owners


def _mint(group: Group) -> Incident:
    return Incident(incident_id=incident_id(group[0]), founding_claim=group[0], claims=())


def _point(
    before: Sequence[Incident],
    homes: Mapping[str, int | None],
    incidents: Sequence[Incident],
    group_of: Mapping[str, int],
) -> Iterator[Pointer]:
    for old in before:
        if not old.claims:
            continue
        home = homes[old.incident_id]
        holding = dict.fromkeys(group_of[claim] for claim in old.claims if claim in group_of)
        if home is not None and incidents[home].incident_id != old.incident_id:
            yield Pointer(incident_id=old.incident_id, onward_id=incidents[home].incident_id, why=MERGED)
        for n in holding:
            if n != home:
                yield Pointer(incident_id=old.incident_id, onward_id=incidents[n].incident_id, why=SPLIT)
