"""Measure how often roll-ups and proposed grades come out as Airwars' people recorded them, on its narratives of Gaza.

    python evals/reconciling.py

Each of `airwars_gaza_narratives` sets several sources' figures of one incident side by side: all its claims but cumulative ones are taken as that
incident's, and reconciled as `harmledger incidents` does. A range comes out where both its ends are those that were recorded. Airwars recorded
what the sources say, of which a narrative tells a part; a figure that it doesn't tell can't come out. Half of the narratives, by their ids' hash, nobody
looked at while the rules were written: it is measured apart.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from corpora import Row, find_shared, is_held, load_rows, read_rows

from harmledger.domain import Harm, Reconciled, Rule
from harmledger.reconcile.rules import roll_up
from harmledger.reconcile.together import reconcile

CORPUS = "airwars_gaza_narratives"
Pair = tuple[Row, Reconciled]


def main() -> int:
    """Print the figures; it holds no floor."""
    shared = find_shared()
    if shared is None:
        print("reconciling not measured: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    rows = load_rows(shared, CORPUS)
    pairs = [
        (row, reconcile_record(record))
        for row, record in zip(rows, read_rows(rows), strict=True)
        if "error" not in record
    ]
    for name, some in (("all", pairs), ("held", [pair for pair in pairs if is_held(pair[0])])):
        print(f"{name}: {len(some)} narratives")
        for line in measure(some):
            print(f"  {line}")
    return 0


def reconcile_record(record: Row) -> Reconciled:
    """A narrative's claims as those of one incident, as nobody has decided on them."""
    claims = [(record["document"], claim) for claim in record["claims"]]
    return reconcile(record["document"]["document_id"], claims, reports=[record])


def measure(pairs: Sequence[Pair]) -> Iterator[str]:
    """A line each rule and harm, then the grades."""
    for rule in (Rule.AIRWARS, Rule.RANGE, Rule.BEST_LOW_HIGH):
        for harm in (Harm.KILLED, Harm.INJURED):
            recorded = [pair for pair in pairs if pair[0].get(f"{harm}_min") is not None]
            right = {
                "both ends": share(recorded, lambda p, h=harm, r=rule: ends(p, h, r) == gold(p, h)),
                "low end": share(recorded, lambda p, h=harm, r=rule: ends(p, h, r)[0] == gold(p, h)[0]),
                "high end": share(recorded, lambda p, h=harm, r=rule: ends(p, h, r)[1] == gold(p, h)[1]),
            }
            told = "  ".join(f"{name} {value:.3f}" for name, value in right.items())
            print_harm = f"{rule.value:14} {harm.value:8}"
            yield f"{print_harm} {told}  of {len(recorded)}"
    yield f"grade as recorded {share(pairs, lambda p: grade(p) == p[0]['grade']):.3f}; always Fair {share(pairs, lambda p: p[0]['grade'] == 'Fair'):.3f}"
    for (recorded_as, proposed), number in Counter((p[0]["grade"], grade(p)) for p in pairs).most_common():
        yield f"  {number:4}  recorded {recorded_as}, proposed {proposed}"


def ends(pair: Pair, harm: Harm, rule: Rule) -> tuple[int | None, int | None]:
    rolled = roll_up(pair[1], rule, harm=harm)
    return rolled.low, rolled.high


def gold(pair: Pair, harm: Harm) -> tuple[int | None, int | None]:
    return pair[0][f"{harm}_min"], pair[0][f"{harm}_max"]


def grade(pair: Pair) -> str:
    proposed = pair[1].grade.grade
    return proposed.value.capitalize() if proposed else "none"


def share(pairs: Sequence[Pair], holds: Callable[[Pair], bool]) -> float:
    return sum(map(holds, pairs)) / max(1, len(pairs))


if __name__ == "__main__":
    sys.exit(main())
