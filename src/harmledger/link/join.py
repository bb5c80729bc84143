"""Joins the claims of many reports into groups that tell of one event each.

Comes in: claim records in the order they were filed, or what was kept of them, and what reviewers have decided. Goes out: the groups, founding
claim first; copies; the ties that hold each group together; claims left out. Copies come first, then tellings, blocks, scores, clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from harmledger.domain import Constraints, Echo, Link, Tie, Unlinked
from harmledger.link.columns import Columns
from harmledger.link.compare import Weights, explain_pair, load_weights
from harmledger.link.copies import Print, find_copies, originals
from harmledger.link.decisions import Decided
from harmledger.link.features import Known, Pair
from harmledger.link.islands import Scored, cluster_islands
from harmledger.link.pairs import pair_up
from harmledger.link.rarity import Rarity, load_background
from harmledger.link.tell import Record
from harmledger.link.ties import Ties, in_order
from harmledger.link.told import Told, tell
from harmledger.link.weigh import Weigher

Indices = Sequence[int]
Watch = Callable[[str, int, int], object]
"""Is told what is being done, how much of it is done, and of how much."""


def unwatched(_what: str, _done: int, _of: int) -> None:
    """Tells nobody."""


WORTH_KEEPING = 0.05
"""A pair less likely than this is taken as 0, as are those never compared."""
WORTH_ASKING = 0.6
"""A pair of two groups that is at least so near to the threshold is kept, for people to decide."""
DECIDED = 1.0
"""Tellings that one report tells as one event, parted only because people decided on both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives; each claim is in one group or left out."""

    groups: tuple[tuple[str, ...], ...]
    worked_out: int
    """So many of the groups, the first ones, were worked out; the others were left as they are."""
    links: Iterable[Tie]
    echoes: tuple[Echo, ...]
    unlinked: tuple[Unlinked, ...]


class Tellings:
    """All that the reports tell, with what comparing any two of them takes."""

    def __init__(self, records: Iterable[Record], decisions: Constraints | None = None) -> None:
        self.decisions = decisions or Constraints()
        self.classes = Decided(self.decisions)
        prints = self._gather(tell(record, self.classes) for record in records)
        self._know(Rarity(self.all.reports, self.all.vocabulary, load_background()), find_copies(prints))

    @classmethod
    def of_told(cls, told: Iterable[Told], decisions: Constraints, among: Among | None = None) -> Tellings:
        """Of what was told already; `among` says how it stands among all that the ledger has, where these are but some."""
        tellings = cls((), decisions)
        prints = tellings._gather(told)
        rarity = Rarity(tellings.all.reports, tellings.all.vocabulary, load_background())
        if among is None:
            tellings._know(rarity, find_copies(prints))
        else:
            tellings._know(Rarity(among.reports, among.holding, rarity.background), among.echoes)
        return tellings

    def pair(self, left: int, right: int) -> Pair:
        """Two of them side by side."""
        return Pair(self.all[left], self.all[right], self.known)

    def decided(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """The tellings of pairs of claims; claims that aren't there now have none."""
        return [(self.of[a], self.of[b]) for a, b in pairs if a in self.of and b in self.of]

    def _gather(self, told: Iterable[Told]) -> list[Print]:
        self.all = Columns()
        self.unlinked: list[Unlinked] = []
        self.one: list[tuple[int, int]] = []
        """Tellings that their report tells as one, but for what people decided."""
        prints: list[Print] = []
        for report in told:
            first = len(self.all)
            for telling in report.tellings:
                self.all.add(telling)
            self.unlinked += report.unlinked
            self.one += [(first + left, first + right) for left, right in report.one]
            prints.append(report.print)
        self.of = {claim: index for index, claims in enumerate(self.all.claims) for claim in claims}
        return prints

    def _know(self, rarity: Rarity, echoes: Sequence[Echo]) -> None:
        self.echoes = echoes
        self.known = Known(rarity, originals(echoes), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """How some reports stand among all of them: how many there are, in how many each word stands, and which are copies."""

    reports: int
    holding: Mapping[str, int]
    echoes: Sequence[Echo]


def link_claims(
    tellings: Tellings,
    *,
    weights: Weights | None = None,
    before: Mapping[str, str] | None = None,
    touched: frozenset[str] | None = None,
    watch: Watch = unwatched,
) -> Linked:
    """Groups of claims that tell of one event each.

    `before` gives of each claim linked earlier its incident: groups that nothing new comes near are then left as they are, and only the
    others, which are those of `touched` where that is known, are worked out again.
    """
    weights = weights or load_weights()
    if touched is None:
        touched = find_touched(tellings, before, weights=weights) if before else frozenset[str]()
    settled = [i for i in range(len(tellings.all)) if before and _home(tellings, i, before) not in {None, *touched}]
    left_alone = set(settled)
    open_ = [index for index in range(len(tellings.all)) if index not in left_alone]
    weigher = Weigher(tellings.all, tellings.known, weights)
    scored = score_pairs(tellings, open_, weigher, watch)
    groups = _group(tellings, open_, scored, weights)
    kept = _settled_groups(tellings, settled, before or {})
    return Linked(
        groups=tuple(gather_claims(tellings.all, group) for group in (*groups, *kept)),
        worked_out=len(groups),
        links=Ties(
            tellings.all,
            weigher,
            weights,
            _worth_keeping(scored, groups, len(tellings.all), weights.threshold * WORTH_ASKING),
        ),
        echoes=tuple(tellings.echoes),
        unlinked=tuple(tellings.unlinked),
    )


def find_touched(
    tellings: Tellings,
    before: Mapping[str, str],
    decided: Iterable[str] | None = None,
    *,
    weights: Weights | None = None,
) -> frozenset[str]:
    """The earlier incidents that a new claim, a decision or a lost claim touches, or that hold a telling in part.

    `decided` are the claims that people decided on since; where that isn't known, all that were ever put together or kept apart.
    """
    stirred = {i for i in range(len(tellings.all)) if _home(tellings, i, before) is None}
    stirred |= {tellings.of[c] for c in (tellings.classes.claims if decided is None else decided) if c in tellings.of}
    stirred |= {
        i for pair in tellings.decided(tellings.decisions.must_link) if not stirred.isdisjoint(pair) for i in pair
    }
    near = _find_near(tellings, stirred, weights or load_weights()) if stirred else set[int]()
    touched = {before[claim] for i in near | stirred for claim in tellings.all.claims[i] if claim in before}
    return frozenset(touched | {incident for claim, incident in before.items() if claim not in tellings.of})


def explain_claims(tellings: Tellings, left: str, right: str, weights: Weights | None = None) -> Link | None:
    """The link between the tellings of two claims with its reasons; None where both are of one telling.

    Raises:
        KeyError: one of the claims is left out of linking.
    """
    a, b = tellings.of[left], tellings.of[right]
    return None if a == b else explain_pair(tellings.pair(a, b), weights or load_weights())


# --- all or some of them ---------------------------------------------------------------------------------------------


def score_pairs(tellings: Tellings, chosen: Indices, weigher: Weigher, watch: Watch) -> Scored:
    """The pairs worth keeping among the chosen tellings, in order."""
    parts: list[Scored] = []
    for left, right in pair_up(tellings.all, tellings.known.rarity, chosen):
        scored = Scored(left=left, right=right, score=weigher.score(left, right))
        kept = scored.only(scored.score >= WORTH_KEEPING)
        parts.append(Scored(left=kept.left.astype(np.int32), right=kept.right.astype(np.int32), score=kept.score))
        watch("pairs compared for", int(left[-1]) + 1, len(tellings.all))
    watch("pairs compared for", len(tellings.all), len(tellings.all))
    among = set(chosen)
    one = [(a, b) for a, b in tellings.one if a in among and b in among]
    return in_order(parts, one, DECIDED)


def _group(tellings: Tellings, chosen: Indices, scored: Scored, weights: Weights) -> list[list[int]]:
    """The groups of the chosen tellings."""
    order = np.asarray(chosen, dtype=np.int64)
    place = {index: n for n, index in enumerate(chosen)}
    must, cannot = (
        [(place[a], place[b]) for a, b in tellings.decided(pairs) if a in place and b in place]
        for pairs in (tellings.decisions.must_link, tellings.decisions.cannot_link)
    )
    local = Scored(
        left=np.searchsorted(order, scored.left), right=np.searchsorted(order, scored.right), score=scored.score
    )
    groups = cluster_islands(len(chosen), local, threshold=weights.threshold, must=must, cannot=cannot)
    return [order[group].tolist() for group in groups]


def _worth_keeping(scored: Scored, groups: Sequence[Indices], count: int, asking: float) -> Scored:
    """The pairs within a group, and those of two groups that are so near to the threshold that a person should look at them."""
    group_of = np.full(count, -1, dtype=np.int64)
    for n, group in enumerate(groups):
        group_of[np.asarray(group)] = n
    within = group_of[scored.left] == group_of[scored.right]
    return scored.only(within | (scored.score >= asking))


def _home(tellings: Tellings, index: int, before: Mapping[str, str]) -> str | None:
    """The one incident that all claims of a telling were linked into earlier; None where there is none such."""
    homes = {before.get(claim) for claim in tellings.all.claims[index]}
    return homes.pop() if len(homes) == 1 else None


def _find_near(tellings: Tellings, chosen: set[int], weights: Weights) -> set[int]:
    """Those that may be of one event with one of the chosen: most of whom blocking brings together aren't."""
    wanted = np.zeros(len(tellings.all), dtype=bool)
    wanted[list(chosen)] = True
    weigher = Weigher(tellings.all, tellings.known, weights)
    near: set[int] = set()
    for left, right in pair_up(tellings.all, tellings.known.rarity):
        met = wanted[left] | wanted[right]
        pairs = np.stack([left[met], right[met]])
        likely = weigher.score(pairs[0], pairs[1]) >= WORTH_KEEPING
        near.update(pairs[:, likely].ravel().tolist())
    return near


def _settled_groups(tellings: Tellings, settled: Indices, before: Mapping[str, str]) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = {}
    for index in settled:
        groups.setdefault(before[tellings.all.claims[index][0]], []).append(index)
    return iter(groups.values())


def gather_claims(columns: Columns, group: Indices) -> tuple[str, ...]:
    """The claims of a group: of the first published telling first; of one day of the first filed."""
    published, days = columns.column("published"), columns.values("published")
    ordered = sorted(group, key=lambda index: days[published[index]] or date.max)
    return tuple(claim for index in ordered for claim in columns.claims[index])
