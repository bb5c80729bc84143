"""What a linking works on, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harmledger.domain import Constraints
from harmledger.link.compare import load_weights
from harmledger.link.identity import name_incidents
from harmledger.link.join import Linked
from harmledger.store import Change, KnownIncidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How the ledger stands as a linking begins."""

    current: Sequence[int]
    """The current readings, in the order of filing."""
    linked: frozenset[int]
    """Those that some linking was of, current or not."""
    decisions: Constraints
    decided: frozenset[str]
    """Claims that people ever put together or kept apart, also where they took it back."""

    @property
    def new(self) -> list[int]:
        """The current readings that no linking was of yet."""
        return [sequence for sequence in self.current if sequence not in self.linked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What a linking found, to be kept."""

    standing: KnownIncidents
    """What stood before: all, or what was looked at."""
    change: Change
    counts: Mapping[str, int]
    """The words whose count changed."""
    linked_after_all: int
    """Claims that would be left out, had nobody decided on them."""


def change_of(linked: Linked, standing: KnownIncidents) -> Change:
    """The groups that were looked at, under the ids they have or get."""
    named = name_incidents(linked.groups, standing.incidents)
    return Change(
        incidents=named.incidents,
        pointers=named.pointers,
        links=linked.links,
        echoes=linked.echoes,
        weights=load_weights().learned,
    )
