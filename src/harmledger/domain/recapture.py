"""How many victims no list names, as lists of names that overlap tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The people who are on these lists and on no other."""

    lists: tuple[int, ...]
    """Places in the lists' order, counted from 0; never empty."""
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimLists:
    """Three or more lists of victims, each person counted once: who is named drops out here."""

    names: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    """Only those with people."""

    @property
    def people(self) -> int:
        """How many people are named at all."""
        return sum(overlap.people for overlap in self.overlaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedTotal:
    """A total by one model; never shown without the model's name, its interval and what it assumes."""

    model: str
    best: float
    low: float
    """Of the 95 % interval."""
    high: float
    interval: str
    """What kind of interval that is."""
    assumes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLinearModel:
    """One model of the lists: which pairs depend on one another, and what follows from it."""

    pairs: tuple[tuple[str, str], ...]
    total: float
    standard_error: float
    low: float
    """Of the 95 % interval, if this model is the true one."""
    high: float
    bic: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLinear:
    """All models of pairs that lists can have, the best first."""

    estimate: EstimatedTotal
    best: tuple[LogLinearModel, ...]
    tried: int
    left_out: int
    """Models that give no finite total for these lists."""
    rivals: tuple[float, float]
    """The least and the greatest total among the models that are about as good as the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentClasses:
    """The total when people fall into kinds that nobody recorded, and how well its chains agree."""

    estimate: EstimatedTotal
    r_hat: float
    """1 where chains that started apart can't be told from one another."""
    effective: float
    """So many independent draws are worth as much as all that were made."""
    chains: int
    draws: int
    """Kept, of all chains together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recaptured:
    """What overlapping lists tell of all victims whom they could have named: two models side by side."""

    lists: VictimLists
    log_linear: LogLinear
    latent_classes: LatentClasses
    counts: str
    """Whom the totals count, and whom they can't."""
