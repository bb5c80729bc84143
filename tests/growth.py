"""How cost grows with length: hostile text must not make it grow faster. Seconds would tell of the machine, and of what else runs on it."""

from __future__ import annotations

import time
from collections.abc import Callable

SLACK_SECONDS = 0.1
"""What is lost in the noise: shorter runs are taken to cost this much."""


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Whether work of `size` costs less than ten times a quarter of it (four, where cost is in proportion; sixteen, where it is squared).

    Processor time; one bad pair in three is the machine's.
    """
    work(size // 20)  # what is loaded once
    return any(_cost(work, size) < 10 * _cost(work, size // 4) for _ in range(3))


def _cost(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return max(SLACK_SECONDS, time.process_time() - begun)
