"""Reliability data that Krippendorff publishes with their alpha."""

from __future__ import annotations

_ = None


def units(*coders: list) -> list[list]:
    """Reliability data, a line a coder, as units with the values that are there."""
    return [[value for value in unit if value is not None] for unit in zip(*coders, strict=True)]


BINARY = units([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
"""Krippendorff 2011, section A: two coders, two values, nothing missing."""
CATEGORIES = units(list("aabbdcccedda"), list("babbbccceddd"))
"""Section B: two coders, five categories, nothing missing."""
FOUR_CODERS = units(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
)
"""Section C: four coders, five values, some missing."""
THREE_CODERS = units(
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
)
"""The computational example of encyclopaedias: three coders, four values, many missing."""
