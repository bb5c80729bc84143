"""Lists of victims to try: two that were published, and simulated ones whose truth is known.

Facts, not texts: aggregated counts without names. Kosovo: killings from 20 March to 22 June 1999 in Ball, Betts, Scheuren, Dudukovic and Asher
(2002), Killings and Refugee Flow in Kosovo, March–June 1999 (AAAS and ABA/CEELI), the table that the R package LCMCR carries. United Kingdom:
potential victims of modern slavery in 2013, Home Office (2014), Modern Slavery: an Application of Multiple Systems Estimation (Open Government
Licence 3.0), with police forces and the National Crime Agency taken as one list, as Silverman (2020) does.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from harmledger.domain import Overlap, VictimLists

KOSOVO = (
    ("ABA", "EXH", "HRW", "OSCE"),
    {
        "1111": 27, "0111": 181, "1011": 18, "0011": 177,
        "1110": 32, "0110": 217, "1010": 31, "0010": 845,
        "1101": 42, "0101": 228, "1001": 106, "0001": 1131,
        "1100": 123, "0100": 936, "1000": 306,
    },
)  # fmt: skip
UNITED_KINGDOM = (
    ("local authorities", "organisations", "police", "government", "public"),
    {
        "10000": 54, "01000": 463, "00100": 995, "00010": 695, "00001": 316,
        "11000": 15, "10100": 19, "10010": 3, "01100": 62, "01010": 19, "01001": 1, "00110": 76, "00101": 11, "00011": 8,
        "11100": 1, "11010": 1, "01110": 4, "11110": 1,
    },
)  # fmt: skip


def lists_of(table: tuple[tuple[str, ...], dict[str, int]]) -> VictimLists:
    """As the lists of victims that such a table counts."""
    names, counts = table
    overlaps = [
        Overlap(lists=tuple(place for place, on in enumerate(code) if on == "1"), people=people)
        for code, people in counts.items()
    ]
    return VictimLists(names=names, overlaps=tuple(sorted(overlaps, key=lambda overlap: overlap.lists)))


def simulated(total: int, shares: list[float], reach: list[list[float]], *, seed: int) -> VictimLists:
    """Lists of people who fall into kinds, each with its own reach of every list."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(len(shares), total, p=shares)
    on = rng.random((total, len(reach[0]))) < np.array(reach)[kinds]
    counted = Counter(tuple(np.flatnonzero(row).tolist()) for row in on if row.any())
    return VictimLists(
        names=tuple("ABCDEF"[: len(reach[0])]),
        overlaps=tuple(Overlap(lists=lists, people=people) for lists, people in sorted(counted.items())),
    )
