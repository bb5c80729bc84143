"""How many claims of the bulk output are right, by confidence: what two readers found who checked 200 of them, and how far they agree.

    python evals/bulk_precision.py [--raise]
    python evals/bulk_precision.py --check FILE     # does a pass keep to the form
    python evals/bulk_precision.py --differing      # on which claims the passes differ, and in what

Reads `evals/verdicts/` alone: no corpus, no engine. The verdicts are of the engine version that it prints, and tell of no other. Intervals are Wilson's
95 %. Exits non-zero below a floor (`evals/floors.toml`), or where a file breaks the form.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulk_verdicts import (
    ABSENT,
    CLAIM,
    FIELDS,
    FIGURE,
    JUDGED,
    MAY_BE_UNSTATED,
    NONE,
    RIGHT,
    UNCLEAR,
    FormBroken,
    Verdict,
    differ,
    follow,
    read_verdicts,
    settle,
)
from gate import FLOORS, Floors, floor_of, holds, raised, write_floors
from intervals import kappa, wilson
from measures import Figure

VERDICTS = Path(__file__).parent / "verdicts"
CORPUS = "bulk_claims"
BANDS = (0.5, 0.7, 0.85, 0.9)
"""Where a band of confidence ends and the next one begins: chosen before anybody checked. No claim of the sample has 0.95."""
ENOUGH = 10
"""Claims in a group; of fewer a share says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A claim of the sample."""

    claim_id: str
    set: str
    language: str
    learnt: bool
    confidence: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim of the sample with the verdict that stands."""

    drawn: Drawn
    verdict: Verdict


Judge = Callable[[Verdict], str]
TARGETS: dict[str, Judge] = {
    "is a claim": lambda verdict: verdict.fields[CLAIM],
    "count, harm, kind": lambda verdict: follow(verdict.fields, FIGURE),
    "whole claim": lambda verdict: verdict.whole,
}
PROMISED = "count, harm, kind"


def main(arguments: Sequence[str] | None = None, folder: Path = VERDICTS) -> int:
    """Print; 0 where every floor holds."""
    options = _parse(arguments)
    try:
        drawn = read_sample(folder / "bulk-claims.csv")
        if options.check:
            return check(options.check, drawn)
        passes = [_read(folder, name, drawn) for name in ("first", "second", "agreed")]
        if not passes[0] or not passes[1]:
            print("bulk precision skipped: no verdicts of two passes in evals/verdicts")
            return 0
        if options.differing:
            return show_differing(*passes)
        settled = settle(*passes)
    except FormBroken as e:
        print(e)
        return 1
    checked = [Checked(drawn=one, verdict=settled[one.claim_id]) for one in drawn if one.claim_id in settled]
    waiting = len(drawn) - len(checked)
    print(f"{len(checked)} of {len(drawn)} claims decided, {waiting} wait for a pass or a third look")
    print(f"read by {', '.join(sorted({one.by for one in drawn}))}")
    show_agreement(passes[0], passes[1])
    show_groups(checked)
    return hold(figures(checked), raise_floors=options.raise_floors)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=Path, metavar="FILE", help="say where a pass breaks the form")
    parser.add_argument("--differing", action="store_true", help="list the claims on which the passes differ")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="lift floors to what was measured")
    return parser.parse_args(arguments)


# --- what is read ----------------------------------------------------------------------------------------------------


def read_sample(path: Path) -> list[Drawn]:
    """The claims that were drawn; none where nothing was."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Drawn(
                claim_id=row["claim_id"], set=row["set"], language=row["language"], learnt=row["learnt"] == "yes",
                confidence=float(row["confidence"]), by=f"{row['engine']} {row['version']}",
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def _read(folder: Path, name: str, drawn: Sequence[Drawn]) -> dict[str, Verdict]:
    path = folder / f"bulk-claims-{name}.csv"
    return read_verdicts(path, frozenset(one.claim_id for one in drawn)) if path.exists() else {}


def check(path: Path, drawn: Sequence[Drawn]) -> int:
    """Whether a pass keeps to the form, and how many claims it has yet to judge."""
    verdicts = read_verdicts(path, frozenset(one.claim_id for one in drawn))
    print(f"{path.name} keeps to the form; {len(verdicts)} of {len(drawn)} claims are judged")
    return 0


# --- agreement -------------------------------------------------------------------------------------------------------


def show_differing(first: dict[str, Verdict], second: dict[str, Verdict], agreed: dict[str, Verdict]) -> int:
    """A line a claim: what each pass said where they differ, and whether it was looked at again."""
    for claim in sorted(first.keys() & second.keys()):
        if names := differ(first[claim], second[claim]):
            said = ", ".join(f"{n} {first[claim].fields[n] or '-'}/{second[claim].fields[n] or '-'}" for n in names)
            print(f"{claim}  {'settled' if claim in agreed else 'open'}  {said}")
    return 0


def show_agreement(first: dict[str, Verdict], second: dict[str, Verdict]) -> None:
    """Share of equal verdicts and Cohen's kappa; of a field over the claims for which both passes judged it."""
    print(f"\nagreement of the two passes{'':11} of  share  kappa")
    both = [(first[claim], second[claim]) for claim in sorted(first.keys() & second.keys())]
    _show_pairs("whole claim", [(a.whole, b.whole) for a, b in both])
    for name in FIELDS:
        pairs = [(a.fields[name], b.fields[name]) for a, b in both]
        _show_pairs(name, [pair for pair in pairs if all(pair)])


def _show_pairs(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    if pairs:
        told = kappa(pairs)
        share = sum(a == b for a, b in pairs) / len(pairs)
        print(f"  {name:34} {len(pairs):4}  {share:.3f}  {'   –' if told is None else f'{told:5.2f}'}")


# --- precision -------------------------------------------------------------------------------------------------------


def tally(words: Iterable[str]) -> tuple[int, int]:
    """How many are right, of how many for which something was claimed; what is unclear is not right."""
    claimed = [word for word in words if word in JUDGED]
    return sum(word == RIGHT for word in claimed), len(claimed)


def show_groups(checked: Sequence[Checked]) -> None:
    """Precision over all, by field, band, set, language, and by whether the engine learnt from the report."""
    _show_targets("all", checked)
    print("\nfields of right claims")
    for name in FIELDS[1:]:
        words = [one.verdict.fields[name] for one in checked]
        _show_share(name, *tally(words), _left_out(name, words))
    show_bands(checked)
    for title, key in GROUPS.items():
        print(f"\nby {title}")
        for value in sorted({key(one.drawn) for one in checked}):
            _show_targets(value, [one for one in checked if key(one.drawn) == value])


GROUPS: dict[str, Callable[[Drawn], str]] = {
    "set": lambda drawn: drawn.set,
    "language": lambda drawn: drawn.language or "not told",
    "whether its report was learnt from": lambda drawn: "learnt from" if drawn.learnt else "never seen",
}


def _show_targets(title: str, checked: Sequence[Checked]) -> None:
    print(f"\n{title}: {len(checked)} claims")
    for target, judge in TARGETS.items():
        words = [judge(one.verdict) for one in checked]
        _show_share(target, *tally(words), f"{words.count(UNCLEAR)} unclear" if UNCLEAR in words else "")


def _show_share(name: str, right: int, of: int, more: str = "") -> None:
    low, high = wilson(right, of)
    share = f"{right / of:.3f}  ({low:.3f} to {high:.3f})" if of else "–"
    print(f"  {name:20} {right:4} of {of:4}  {share}  {more}".rstrip())


def _left_out(name: str, words: Sequence[str]) -> str:
    told = [f"{words.count(UNCLEAR)} unclear"] if UNCLEAR in words else []
    if name in MAY_BE_UNSTATED:
        told.append(f"{words.count(ABSENT)} left out, {words.count(NONE)} not stated")
    elif ABSENT in words:
        told.append(f"{words.count(ABSENT)} left out")
    return "; ".join(told)


# --- confidence ------------------------------------------------------------------------------------------------------


def band_of(confidence: float) -> str:
    """The band of a confidence; its lower end is in it."""
    ends = [0.0, *BANDS, 1.0]
    number = sum(confidence >= end for end in BANDS)
    return f"{ends[number]:.2f} to {ends[number + 1]:.2f}"


def group_bands(checked: Iterable[Checked]) -> dict[str, list[Checked]]:
    """The claims of each band that holds any, from the least confidence up."""
    bands: dict[str, list[Checked]] = {}
    for one in sorted(checked, key=lambda one: one.drawn.confidence):
        bands.setdefault(band_of(one.drawn.confidence), []).append(one)
    return bands


def show_bands(checked: Sequence[Checked]) -> None:
    """Precision by band of confidence; of what confidence promises, beside its mean."""
    print(f"\nby confidence (a promise that {PROMISED} are right)")
    for band, members in group_bands(checked).items():
        few = "" if len(members) >= ENOUGH else ", too few to tell"
        mean = sum(one.drawn.confidence for one in members) / len(members)
        print(f"  {band}: {len(members)} claims, mean confidence {mean:.3f}{few}")
        for target, judge in TARGETS.items():
            right, of = tally(judge(one.verdict) for one in members)
            low, high = wilson(right, of)
            said = ""
            if target == PROMISED:
                said = f"  {'holds' if low <= mean <= high else 'is off'}: {right / of - mean:+.3f}"
            print(f"    {target:18} {right:4} of {of:4}  {right / of:.3f}  ({low:.3f} to {high:.3f}){said}")
    print(f"  calibration error {calibration_error(checked):.3f}")


def calibration_error(checked: Sequence[Checked]) -> float:
    """How far a band's share of right ones is from its mean confidence, over bands by their size."""
    judge, error = TARGETS[PROMISED], 0.0
    for members in group_bands(checked).values():
        right = sum(judge(one.verdict) == RIGHT for one in members)
        error += abs(right - sum(one.drawn.confidence for one in members))
    return error / len(checked) if checked else 0.0


# --- floors ----------------------------------------------------------------------------------------------------------


def figures(checked: Sequence[Checked]) -> list[Figure]:
    """What floors hold: precision over all claims."""
    out: list[Figure] = []
    for target, judge in TARGETS.items():
        right, of = tally(judge(one.verdict) for one in checked)
        if of:
            low, high = wilson(right, of)
            out.append(Figure(corpus=CORPUS, measure=f"{target}: right", value=right / of, low=low, high=high, of=of))
    return out


def hold(measured: Sequence[Figure], *, raise_floors: bool) -> int:
    """Print each figure with its floor; 0 where all hold."""
    floors: Floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    if raise_floors:
        floors = raised(floors, measured)
        write_floors(floors)
    print()
    for figure in measured:
        limit = floor_of(figure, floors)
        verdict = "no floor" if limit is None else f"floor {limit:.2f}{'' if holds(figure, floors) else '  BELOW'}"
        print(f"{figure.measure:26} {figure.value:.3f}  ({figure.low:.3f} to {figure.high:.3f})  {verdict}")
    return 0 if all(holds(figure, floors) for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
