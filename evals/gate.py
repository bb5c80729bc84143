"""Measure reading, linking and checking against marked corpora and hold their floors.

    python evals/gate.py [SET …] [--raise] [--write]

Prints every figure with its 95 % interval over documents and the floor it must hold, and the seed report's checks.
Exits non-zero when a figure is below its floor or the seed is not read exactly right. `--raise` lifts floors to what was
measured, less the room that another processor's arithmetic may take; it never lowers one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Sequence
from math import ceil, floor
from pathlib import Path

from corpora import find_shared
from downstream import SHOOTINGS, measure_shootings, measure_strikes
from measures import CLAIM_SETS, CORPORA, LESS_IS_BETTER, TRAIN_SETS, Figure, measure_corpus, read_corpus
from seed import check_seed

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
FIGURES = HERE / "figures.json"
ROOM = 0.01
"""8-bit products round differently on different processors; a figure moves by a mention or two; one of fewer than a hundred items, by one of them."""
Floors = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """The gate; 0 where everything holds."""
    options = _parse(arguments)
    shared = find_shared()
    if shared is None:
        print("evals skipped: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
        return 0
    floors: Floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    figures = [f for corpus in _chosen(options.sets) for f in _shown(measure(shared, corpus), floors)]
    if options.write:
        _write_figures(figures)
    if options.raise_floors:
        write_floors(raised(floors, figures))
    seed_holds = _show_seed(shared) if not options.sets or "seed" in options.sets else True
    below = [f for f in figures if not holds(f, floors)]
    print(
        f"\n{len(figures) - len(below)} figures hold, {len(below)} below their floor; seed {'right' if seed_holds else 'WRONG'}"
    )
    return 0 if not below and seed_holds else 1


def measure(shared: Path, corpus: str) -> list[Figure]:
    """All figures of one set: how it is read, and what is made of what was read."""
    if corpus == SHOOTINGS:
        return measure_shootings(shared)
    rows, records = read_corpus(shared, corpus)
    return [*measure_corpus(shared, corpus, rows, records), *measure_strikes(shared, corpus, rows, records)]


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sets", nargs="*", choices=[*CLAIM_SETS, *CORPORA, SHOOTINGS, *TRAIN_SETS, "seed", []], help="only these"
    )
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="lift floors to what was measured")
    parser.add_argument("--write", action="store_true", help="keep the figures for the docs (evals/figures.json)")
    return parser.parse_args(arguments)


def _chosen(sets: Sequence[str]) -> list[str]:
    return [s for s in sets if s != "seed"] if sets else [*CLAIM_SETS, *CORPORA, SHOOTINGS]


def floor_of(figure: Figure, floors: Floors) -> float | None:
    """What a figure must reach, where anything is set."""
    return floors.get(figure.corpus, {}).get(figure.measure)


def holds(figure: Figure, floors: Floors) -> bool:
    """Whether a figure is on the right side of its floor; one without a floor always is."""
    limit = floor_of(figure, floors)
    if limit is None:
        return True
    return figure.value <= limit if figure.measure in LESS_IS_BETTER else figure.value >= limit


def raised(floors: Floors, figures: Iterable[Figure]) -> Floors:
    """The floors lifted to the figures less some room, to hundredths; never lowered."""
    out = {corpus: dict(measures) for corpus, measures in floors.items()}
    for figure in figures:
        limits = out.setdefault(figure.corpus, {})
        room = max(ROOM, 1 / figure.of) if figure.of else ROOM
        if figure.measure in LESS_IS_BETTER:
            limits[figure.measure] = min(limits.get(figure.measure, 1.0), ceil((figure.value + room) * 100) / 100)
        else:
            limits[figure.measure] = max(limits.get(figure.measure, 0.0), floor((figure.value - room) * 100) / 100)
    return out


def _shown(figures: list[Figure], floors: Floors) -> list[Figure]:
    print(f"\n{figures[0].corpus}", flush=True)
    for figure in figures:
        limit = floor_of(figure, floors)
        verdict = "" if limit is None else f"  floor {limit:.2f}" + ("" if holds(figure, floors) else "  BELOW")
        print(f"  {figure.measure:34} {figure.value:.3f}  ({figure.low:.3f} to {figure.high:.3f}){verdict}", flush=True)
    return figures


def _show_seed(shared: Path) -> bool:
    checks = check_seed(shared)
    print(f"\nseed: {sum(ok for _, ok in checks)} of {len(checks)} hold")
    for name, ok in checks:
        if not ok:
            print(f"  WRONG  {name}")
    return all(ok for _, ok in checks)


def write_floors(floors: Floors) -> None:
    """Keep them in the file."""
    lines = ["# What must hold, by corpus and measure. Only ever raised: python evals/gate.py --raise", ""]
    for corpus, measures in floors.items():
        lines += [f"[{corpus}]", *(f'"{name}" = {limit:.2f}' for name, limit in measures.items()), ""]
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def _write_figures(figures: Iterable[Figure]) -> None:
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    for f in figures:
        known.setdefault(f.corpus, {})[f.measure] = {
            "value": round(f.value, 3),
            "low": round(f.low, 3),
            "high": round(f.high, 3),
            "of": f.of,
        }
    FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
