"""Joins the claims of many reports into groups that tell of one event each.

Comes in: claim records in the order they were filed, and what reviewers have decided. Goes out: the groups, founding claim first; copies; the
links that hold each group together; claims left out. Copies come first, then tellings, blocks, scores, clusters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.domain import Constraints, Echo, Link, Telling, Unlinked
from harmledger.link.block import find_pairs
from harmledger.link.cluster import cluster
from harmledger.link.compare import Known, Pair, Weights, explain_pair, load_weights, score_pair
from harmledger.link.copies import Text, find_echoes, originals
from harmledger.link.decisions import Decided
from harmledger.link.rarity import count_words, load_background
from harmledger.link.tell import Record, tell_report

Scores = dict[tuple[int, int], float]
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
    links: tuple[Link, ...]
    echoes: tuple[Echo, ...]
    unlinked: tuple[Unlinked, ...]


class Tellings:
    """All that the reports tell, with what comparing any two of them takes."""

    def __init__(self, records: Iterable[Record], decisions: Constraints | None = None) -> None:
        self.decisions = decisions or Constraints()
        self.classes = Decided(self.decisions)
        self.all: list[Telling] = []
        self.unlinked: list[Unlinked] = []
        self.one: list[tuple[int, int]] = []
        """Tellings that their report tells as one, but for what people decided."""
        texts = [self._take(record) for record in records]
        self.echoes = find_echoes(texts)
        self.known = Known(count_words(self.all, load_background()), originals(self.echoes), {})
        self.of = {claim: index for index, telling in enumerate(self.all) for claim in telling.claims}

    def pair(self, left: int, right: int) -> Pair:
        """Two of them side by side."""
        return Pair(self.all[left], self.all[right], self.known)

    def decided(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """The tellings of pairs of claims; claims that aren't there now have none."""
        return [(self.of[a], self.of[b]) for a, b in pairs if a in self.of and b in self.of]

    def _take(self, record: Record) -> Text:
        told, unlinked = tell_report(record, apart=self.classes.apart, asked=self.classes.claims)
        first = len(self.all)
        self.all += told
        self.unlinked += unlinked
        if len(told) > 1 and len(self.classes.claims.intersection(*[[c["claim_id"] for c in record["claims"]]])) > 1:
            self.one += _told_as_one(record, told, first)
        document = record["document"]
        day = document["published"]
        return Text(
            document_id=document["document_id"], published=day and date.fromisoformat(day), text=_own_words(document)
        )


def link_claims(
    tellings: Tellings, *, weights: Weights | None = None, before: Mapping[str, str] | None = None
) -> Linked:
    """Groups of claims that tell of one event each.

    `before` gives of each claim linked earlier its incident: groups that nothing new comes near are then left as they are, and only the
    others are worked out again.
    """
    weights = weights or load_weights()
    settled = _find_settled(tellings, before or {})
    open_ = [index for index in range(len(tellings.all)) if index not in settled]
    groups, scores = _group(tellings, open_, weights)
    kept = _settled_groups(tellings, settled, before or {})
    told = [[tellings.all[index] for index in group] for group in (*groups, *kept)]
    return Linked(
        groups=tuple(tuple(claim for telling in sorted(g, key=_founding) for claim in telling.claims) for g in told),
        links=tuple(_explain(tellings, groups, scores, weights)),
        echoes=tuple(tellings.echoes),
        unlinked=tuple(tellings.unlinked),
    )


def explain_claims(tellings: Tellings, left: str, right: str, weights: Weights | None = None) -> Link | None:
    """The link between the tellings of two claims with its reasons; None where both are of one telling.

    Raises:
        KeyError: one of the claims is left out of linking.
    """
    a, b = tellings.of[left], tellings.of[right]
    return None if a == b else explain_pair(tellings.pair(a, b), weights or load_weights())


# --- all or some of them ---------------------------------------------------------------------------------------------


def _group(tellings: Tellings, chosen: Sequence[int], weights: Weights) -> tuple[list[list[int]], Scores]:
    """The groups of the chosen tellings, and the scores that made them, both by index among all."""
    place = {index: n for n, index in enumerate(chosen)}
    pairs = find_pairs([tellings.all[index] for index in chosen], tellings.known.rarity)
    scores = {pair: score_pair(tellings.pair(chosen[pair[0]], chosen[pair[1]]), weights) for pair in pairs}
    scores = {pair: score for pair, score in scores.items() if score >= WORTH_KEEPING}
    scores |= {(place[a], place[b]): DECIDED for a, b in tellings.one if a in place and b in place}
    must, cannot = (
        [(place[a], place[b]) for a, b in tellings.decided(pairs) if a in place and b in place]
        for pairs in (tellings.decisions.must_link, tellings.decisions.cannot_link)
    )
    groups = cluster(len(chosen), scores, threshold=weights.threshold, must=must, cannot=cannot)
    by_index = {(chosen[a], chosen[b]): score for (a, b), score in scores.items()}
    return [[chosen[n] for n in group] for group in groups], by_index


def _find_settled(tellings: Tellings, before: Mapping[str, str]) -> set[int]:
    """Tellings of earlier incidents that no new claim, decision or lost claim touches."""
    if not before:
        return set()
    stirred = {i for i, t in enumerate(tellings.all) if not _was_one(t, before)}
    stirred |= {
        i for pair in (*tellings.decisions.must_link, *tellings.decisions.cannot_link) for i in _indices(tellings, pair)
    }
    near = {i for pair in _pairs_with(tellings, stirred) for i in pair}
    touched = {before[claim] for i in near | stirred for claim in tellings.all[i].claims if claim in before}
    touched |= {incident for claim, incident in before.items() if claim not in tellings.of}
    return {i for i, t in enumerate(tellings.all) if i not in stirred and before[t.claims[0]] not in touched}


def _was_one(telling: Telling, before: Mapping[str, str]) -> bool:
    """Whether all its claims were linked earlier, into one incident."""
    homes = {before.get(claim) for claim in telling.claims}
    return len(homes) == 1 and None not in homes


def _indices(tellings: Tellings, pair: tuple[str, str]) -> Iterator[int]:
    return (tellings.of[claim] for claim in pair if claim in tellings.of)


def _pairs_with(tellings: Tellings, chosen: Collection[int]) -> Iterator[tuple[int, int]]:
    pairs = find_pairs(tellings.all, tellings.known.rarity) if chosen else iter(())
    return (pair for pair in pairs if pair[0] in chosen or pair[1] in chosen)


def _settled_groups(tellings: Tellings, settled: Iterable[int], before: Mapping[str, str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for index in sorted(settled):
        groups.setdefault(before[tellings.all[index].claims[0]], []).append(index)
    return list(groups.values())


def _explain(tellings: Tellings, groups: Sequence[Sequence[int]], scores: Scores, weights: Weights) -> Iterator[Link]:
    """The links within each group, and those between two that a person should look at, with their reasons."""
    group_of = {index: n for n, group in enumerate(groups) for index in group}
    for (left, right), score in sorted(scores.items()):
        if group_of[left] == group_of[right] or score >= weights.threshold * WORTH_ASKING:
            yield explain_pair(tellings.pair(left, right), weights)


def _founding(telling: Telling) -> tuple[date, int]:
    """The first published comes first; of one day the first filed, which the sort keeps."""
    return (telling.published or date.max, 0)


# --- one report ------------------------------------------------------------------------------------------------------


def _own_words(document: Record) -> str:
    """The report without its page's furniture, which all reports of an outlet share."""
    parts = [part for part in document["parts"] if part["role"] != "furniture"]
    return "\n".join(document["text"][part["start"] : part["end"]] for part in parts)


def _told_as_one(record: Record, told: Sequence[Telling], first: int) -> Iterator[tuple[int, int]]:
    """Pairs of tellings that would be one, had nobody decided on their claims."""
    plain = {claim: t.telling_id for t in tell_report(record)[0] for claim in t.claims}
    home = [plain.get(telling.claims[0]) for telling in told]
    for left in range(len(told)):
        yield from ((first + left, first + right) for right in range(left + 1, len(told)) if home[left] == home[right])
