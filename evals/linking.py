"""Measure how well claims are joined into incidents, on the halves of the open sets that weights weren't learnt on.

    python evals/linking.py

`gva_reports`: each report as one telling, and as `harmledger link` does it, claim by claim (a report without claims stands alone).
`airwars_syria_reports_*`: claim by claim against the coded incidents. Two reports are together when any of their claims are. Beside it
two baselines on the same tellings: the same day; and day and 10 km, joined in connected components. Density: how many coded incidents lie within
10 km and a day of a report's own. Exits non-zero below a floor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from corpora import Row, find_shared, load_rows
from link_corpora import SHOOTINGS, STRIKES, Case, halve, load_cases, whole_tellings
from link_measures import Sets, b_cubed, pair_f1

from harmledger.domain import Spot, Telling
from harmledger.link.cluster import cluster
from harmledger.link.compare import Known, Pair, load_weights, score_pair
from harmledger.link.copies import Text, find_copies, originals, take_print
from harmledger.link.join import Tellings, link_claims
from harmledger.link.pairs import find_pairs
from harmledger.link.rarity import count_words, load_background
from harmledger.link.space import apart_km

INCIDENTS = "airwars_syria_incidents"
FLOORS = {"pair F1": 0.75, "B-cubed": 0.85}
"""On `gva_reports`, claim by claim; overlap of words alone reaches a pair F1 of 0.59."""
NEAR_KM = 10.0
CROWDED = 2
"""Incidents within 10 km and a day, its own included, from which a neighbourhood counts as dense."""


def main() -> int:
    """Print every figure; 0 where the floors hold."""
    shared = find_shared()
    if shared is None:
        print("linking skipped: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    cases = halve(load_cases(shared, SHOOTINGS))[1]
    print(f"{SHOOTINGS}: {len(cases)} reports of {len(_events(cases))} shootings")
    show("each report as one telling", group_whole(cases), [case.events for case in cases])
    reached = show("claim by claim", group_claims(cases), [case.events for case in cases])
    for corpus in STRIKES:
        measure_strikes(corpus, halve(load_cases(shared, corpus))[1], load_rows(shared, INCIDENTS))
    below = [name for name, floor in FLOORS.items() if reached[name] < floor]
    print(f"\nbelow its floor: {', '.join(below)}" if below else "\nthe floors hold")
    return len(below)


def measure_strikes(corpus: str, cases: Sequence[Case], incidents: Sequence[Row]) -> None:
    """The set whole, beside the baselines, and by the density of the neighbourhood."""
    gold = [case.events for case in cases]
    found = group_claims(cases)
    print(f"\n{corpus}: {len(cases)} reports of {len(_events(cases))} incidents")
    show("linked", found, gold)
    show("same day", components(cases, _same_day), gold)
    show("day and 10 km, components", components(cases, _day_and_near), gold)
    dense = [_neighbours(case, incidents) >= CROWDED for case in cases]
    for name, wanted in (("alone within 10 km and a day", False), ("among others", True)):
        chosen = [n for n, is_dense in enumerate(dense) if is_dense is wanted]
        show(f"linked, {len(chosen)} reports {name}", [found[n] for n in chosen], [gold[n] for n in chosen])


def show(name: str, found: Sets, gold: Sets) -> dict[str, float]:
    """Print one line, and give its two F1s."""
    pairs, items = pair_f1(found, gold), b_cubed(found, gold)
    print(
        f"  {name:44} pair F1 {pairs.f1:.3f} ({pairs.precision:.3f}, {pairs.recall:.3f})"
        f"  B-cubed {items.f1:.3f} ({items.precision:.3f}, {items.recall:.3f})",
        flush=True,
    )
    return {"pair F1": pairs.f1, "B-cubed": items.f1}


def group_claims(cases: Sequence[Case]) -> list[frozenset[object]]:
    """Of each report the groups that its claims are in, as `harmledger link` makes them."""
    linked = link_claims(Tellings(case.record for case in cases))
    group_of = {claim: n for n, group in enumerate(linked.groups) for claim in group}
    return [
        frozenset(group_of[c["claim_id"]] for c in case.record["claims"] if c["claim_id"] in group_of) for case in cases
    ]


def group_whole(cases: Sequence[Case]) -> list[frozenset[object]]:
    """Of each report its group, where each is one telling."""
    tellings, weights = whole_tellings(cases), load_weights()
    documents = [case.record["document"] for case in cases]
    texts = [Text(document_id=d["document_id"], published=None, text=d["text"]) for d in documents]
    known = Known(
        count_words(tellings, load_background()), originals(find_copies([take_print(text) for text in texts])), {}
    )
    pairs = find_pairs(tellings, known.rarity)
    scores = {(a, b): score_pair(Pair(tellings[a], tellings[b], known), weights) for a, b in pairs}
    groups = cluster(len(tellings), scores, threshold=weights.threshold)
    group_of = {index: n for n, group in enumerate(groups) for index in group}
    return [frozenset([group_of[index]]) for index in range(len(tellings))]


# --- baselines -------------------------------------------------------------------------------------------------------


def components(cases: Sequence[Case], together: Callable[[Telling, Telling], bool]) -> list[frozenset[object]]:
    """Of each report the connected components that its tellings are in; quadratic, for a few hundred reports."""
    told = Tellings(case.record for case in cases)
    home = list(range(len(told.all)))
    for a, left in enumerate(told.all):
        for b in range(a):
            if home[a] != home[b] and together(left, told.all[b]):
                gone, kept = home[a], home[b]
                home = [kept if h == gone else h for h in home]
    of = {claim: home[index] for claim, index in told.of.items()}
    return [frozenset(of[c["claim_id"]] for c in case.record["claims"] if c["claim_id"] in of) for case in cases]


def _same_day(a: Telling, b: Telling) -> bool:
    return a.earliest is not None and (a.earliest, a.latest) == (b.earliest, b.latest)


def _day_and_near(a: Telling, b: Telling) -> bool:
    return _same_day(a, b) and a.spot is not None and b.spot is not None and apart_km(a.spot, b.spot) <= NEAR_KM


# --- density ---------------------------------------------------------------------------------------------------------


def _events(cases: Iterable[Case]) -> set[str]:
    return {event for case in cases for event in case.events}


def _neighbours(case: Case, incidents: Iterable[Row]) -> int:
    """How many of all coded incidents lie within 10 km and a day of any of the report's own, which count themselves."""
    return max(1, *(sum(_are_near(own, other) for other in incidents) for own in case.gold), 1)


def _are_near(a: Row, b: Row) -> bool:
    if not (a.get("date") and b.get("date") and a.get("lat") and b.get("lat")):
        return False
    if abs((date.fromisoformat(a["date"]) - date.fromisoformat(b["date"])).days) > 1:
        return False
    return apart_km(_point(a), _point(b)) <= NEAR_KM


def _point(row: Row) -> Spot:
    return Spot(id=None, name=None, country=None, admin1=None, lat=row["lat"], lon=row["lon"], radius_km=0.0)


if __name__ == "__main__":
    sys.exit(main())
