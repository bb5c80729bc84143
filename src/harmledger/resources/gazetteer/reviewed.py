"""The reviewed files beside this module: knowledge as data, each with its source, licence and date in its first lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

PACKAGED = "gazetteer.sqlite"
"""The gazetteer that `build` makes of these files and GeoNames."""
AT_WAR = frozenset("SY IQ YE PS LB IL JO LY SD SS SO AF ER ET DJ TD CF ML NE BF NG CM CD MM EG SA UA AM AZ GE".split())
"""In or beside a war of the last fifteen years: here the press names villages."""


def read_reviewed(name: str) -> Iterator[dict[str, str]]:
    """The rows of a reviewed CSV file of this package; lines that begin with # say where it is from."""
    text = files("harmledger.resources.gazetteer").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def country_adjectives() -> dict[str, str]:
    """The adjectives of countries in lower case ("syrian", "السورية"), each with its country's ISO code."""
    rows = read_reviewed("countries.csv")
    return {word.lower(): row["country"] for row in rows for word in row["adjectives"].split("|") if word}


@cache
def common_words() -> frozenset[str]:
    """Words, in lower case, that some place is called by and that mostly mean something else: "police", "Ahmad"."""
    text = files("harmledger.resources.gazetteer").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
