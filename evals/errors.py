"""Where the reader goes wrong: misses by type on a set that is marked claim by claim.

    python evals/errors.py claims_train [--limit N] [--show TYPE] [--all] [--write]

Prints counts, and ids of the reports with most of each; `--show TYPE` prints the words of such misses, to the terminal only.
`--write` keeps the counts for the docs. Looks at the half of a set that building may look at; `--all` at every report.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from corpora import Row, find_shared, is_held, load_measure, load_rows, read_rows
from measures import CLAIM_SETS, TRAIN_SETS

FIELDS = ("low", "high", "harm", "kind", "group", "scope", "place", "date", "actor", "means", "source", "polarity")
SHOWN = {
    "low": ("low",),
    "high": ("high",),
    "place": ("place_wording",),
    "date": ("earliest", "latest"),
    "actor": ("actor_wording",),
    "source": ("source_wording",),
}
CONTEXT_CHARS = 90
COUNTS = Path(__file__).with_name("misses.json")
Claim = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing read wrongly: a mention missed or spurious, or a field of a matched pair."""

    type: str
    report: str
    start: int
    end: int
    said: str


def find_misses(program: ModuleType, row: Row, found: Sequence[Claim]) -> Iterator[Miss]:
    """Everything read wrongly in one report; optional marks count nowhere."""
    pairs = program.match(row["claims"], found)
    matched_gold, matched_found = [id(g) for g, _ in pairs], [id(f) for _, f in pairs]
    for gold in row["claims"]:
        if id(gold) not in matched_gold and not gold.get("optional"):
            yield _miss(f"missed {gold['harm']}", row, gold, _of(gold))
    for claim in found:
        if id(claim) not in matched_found and claim["start"] is not None:
            why = "spurious" if claim["honest"] else "dishonest span"
            yield _miss(f"{why} {claim['harm']}", row, claim, _of(claim))
    for gold, claim in pairs:
        if not gold.get("optional"):
            yield from _field_misses(program, row, gold, claim)


def _field_misses(program: ModuleType, row: Row, gold: Claim, found: Claim) -> Iterator[Miss]:
    for name in FIELDS:
        if not program.agrees(name, found, gold):
            yield _miss(
                f"{name}{_direction(name, gold, found)}", row, gold, f"{_value(name, found)} for {_value(name, gold)}"
            )


def _direction(name: str, gold: Claim, found: Claim) -> str:
    """Whether a value was left out, made up or another one was read."""
    want, got = (any(v is not None for v in _value(name, c)) for c in (gold, found))
    return " left out" if want and not got else " made up" if got and not want else " wrong"


def _value(name: str, claim: Claim) -> tuple[Any, ...]:
    return tuple(claim.get(key) for key in SHOWN.get(name, (name,)))


def _of(claim: Claim) -> str:
    return f"{claim['low']}-{claim['high']} {claim['kind']} {claim['scope']}"


def _miss(kind: str, row: Row, claim: Claim, said: str) -> Miss:
    return Miss(type=kind, report=str(row["id"]), start=claim["start"], end=claim["end"], said=said)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a set and print what went wrong."""
    options = _parse(arguments)
    shared = find_shared()
    if shared is None:
        print("nothing to look at: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    program = load_measure(shared, "score_claims")
    rows = [r for r in load_rows(shared, options.set) if options.all or not is_held(r)][: options.limit]
    docs = program.paired(rows, read_rows(rows))
    misses = [m for row, (_, found) in zip(rows, docs, strict=True) for m in find_misses(program, row, found)]
    matched = sum(len(program.match(gold, found)) for gold, found in docs)
    print(f"{options.set}: {len(rows)} reports, {sum(len(g) for g, _ in docs)} marked, {matched} matched")
    _print_counts(misses)
    if options.write:
        _write_counts(options.set, misses, reports=len(rows), marked=sum(len(g) for g, _ in docs), matched=matched)
    if options.show:
        _print_examples([m for m in misses if m.type.startswith(options.show)], {str(r["id"]): r["text"] for r in rows})
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=[*TRAIN_SETS, *CLAIM_SETS])
    parser.add_argument("--limit", type=int, help="only the first N reports")
    parser.add_argument("--show", metavar="TYPE", help="print the words of misses whose type begins so")
    parser.add_argument("--write", action="store_true", help="keep the counts for the docs (evals/misses.json)")
    parser.add_argument("--all", action="store_true", help="every report, the held half too")
    return parser.parse_args(arguments)


def _print_counts(misses: Sequence[Miss]) -> None:
    for kind, count in Counter(m.type for m in misses).most_common():
        worst = Counter(m.report for m in misses if m.type == kind).most_common(3)
        print(f"  {kind:28} {count:5}   {', '.join(f'{report} ({n})' for report, n in worst)}")


def _write_counts(corpus: str, misses: Sequence[Miss], **of: int) -> None:
    known = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    known[corpus] = {**of, "misses": dict(Counter(m.type for m in misses).most_common())}
    COUNTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _print_examples(misses: Sequence[Miss], texts: dict[str, str]) -> None:
    for m in misses:
        text = texts[m.report]
        before, after = text[max(0, m.start - CONTEXT_CHARS) : m.start], text[m.end : m.end + CONTEXT_CHARS]
        print(f"\n{m.report} {m.start} {m.type}: {m.said}")
        print(f"  …{before}[{text[m.start : m.end]}]{after}…".replace("\n", " "))


if __name__ == "__main__":
    sys.exit(main())
