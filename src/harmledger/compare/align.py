"""Two sequences set side by side: what of one stands in the other, in order.

Comes in: two sequences of anything that can be compared. Goes out: steps that lead from one to the other. The longest common subsequence, found
in time and memory that grow with the product of both lengths over 64; beyond a bound only what both begin and end with is the same, and what
lies between counts as replaced whole. A text made to cost time costs no more than that bound.

Source: Hyyrö, Bit-parallel LCS-length computation revisited (2004), by rapidfuzz. difflib's time grows with the cube on texts of few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

MOST_CELLS = 60_000_000
"""A matrix of so many bits: a tenth of a second, and eight megabytes. 7,700 sentences of one version against as many of the other."""


@dataclass(frozen=True, slots=True)
class Step:
    """What stands beside what: both ends of a stretch of either sequence, half-open."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    same: bool


def align(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """The steps from one to the other, the same and the different in turn; together they hold all of both."""
    first = _shared_beginning(old, new)
    last = _shared_beginning(old[first:][::-1], new[first:][::-1])
    inner_old, inner_new = old[first : len(old) - last], new[first : len(new) - last]
    steps = [Step(0, first, 0, first, same=True)]
    steps += (
        Step(s.old_start + first, s.old_end + first, s.new_start + first, s.new_end + first, same=s.same)
        for s in _between(inner_old, inner_new)
    )
    steps.append(Step(len(old) - last, len(old), len(new) - last, len(new), same=True))
    return list(_joined(step for step in steps if step.old_start < step.old_end or step.new_start < step.new_end))


def _shared_beginning(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """What differs at both ends: by the longest common subsequence, where it can be had."""
    if len(old) * len(new) > MOST_CELLS or not (old and new):
        yield Step(0, len(old), 0, len(new), same=False)
        return
    numbers = {each: number for number, each in enumerate(dict.fromkeys((*old, *new)))}
    codes = LCSseq.opcodes([numbers[each] for each in old], [numbers[each] for each in new])
    for code in codes:
        yield Step(code.src_start, code.src_end, code.dest_start, code.dest_end, same=code.tag == "equal")


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """Steps of one kind that follow each other as one."""
    held: Step | None = None
    for step in steps:
        if held and held.same == step.same:
            held = Step(held.old_start, step.old_end, held.new_start, step.new_end, same=held.same)
        else:
            if held:
                yield held
            held = step
    if held:
        yield held
