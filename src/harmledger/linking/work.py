"""What a linking works on, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harmledger.link.compare import load_weights
from harmledger.link.identity import name_incidents
from harmledger.link.join import Linked
from harmledger.linking.stood import Stood
from harmledger.store import Change, KnownIncidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How the ledger stands as a linking begins."""

    current: Sequence[int]
    """The current readings, in the order of filing."""
    linked: frozenset[int]
    """Those that some linking was of, current or not."""
    stood: Stood
    """What they tell as people left them."""
    earlier: Stood
    """The same as the last linking knew it."""
    decided: frozenset[int]
    """The current readings that people ever decided of or entered claims in."""
    changed: frozenset[int]
    """Those that they did so since the last linking."""
    stirred: frozenset[str]
    """Claims that these decisions touch: all of these reports, and of the incidents that these are in."""
    log: int
    """Decisions in the log."""

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
    left_out: int
    """Claims that count several events, of all that stand."""


def change_of(linked: Linked, standing: KnownIncidents, at: Now) -> Change:
    """The groups that were looked at, under the ids they have or get."""
    named = name_incidents(linked.groups, standing.incidents)
    return Change(
        incidents=named.incidents,
        pointers=named.pointers,
        links=linked.links,
        echoes=linked.echoes,
        weights=load_weights().learned,
        decisions=at.log,
    )
