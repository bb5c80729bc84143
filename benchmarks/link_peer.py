"""The peer: the same tellings joined in DuckDB by day and division, by the rare words they share alone, in connected components."""

from __future__ import annotations

import time
from typing import Any

import duckdb
import numpy as np
from link_world import load_months, tell_world

from harmledger.domain import Constraints
from harmledger.link.columns import Columns
from harmledger.link.join import Tellings

ALIKE = 0.3
"""Cosine from which two tellings are joined; below it hardly any that tell of one incident are."""
THREADS = 1
CHUNK = 5000
"""Tellings whose pairs are joined with their words at once: all at once took 2.7 GB for 10,000 claims."""
PAIRS = """
    create table pairs as
    with days as (
        select place, division, unnest(range(first, least(last, first + 10) + 2)) as day from tellings where division is not null
    )
    select distinct a.place as one, b.place as other from days a join days b using (division, day) where a.place < b.place
"""
WEIGHTS = """
    create table weighed as
    select place, word, pow(ln((select count(*) from tellings) / count(*) over (partition by word)), 2) as weight from words
"""
ALIKES = """
    with norms as (select place, sqrt(sum(weight)) as norm from weighed group by place)
    select one, other from pairs
    join weighed a on a.place = one join weighed b on b.place = other and b.word = a.word
    join norms n on n.place = one join norms m on m.place = other
    where one >= ? and one < ?
    group by one, other, n.norm, m.norm having sum(a.weight) / (n.norm * m.norm) >= ?
"""


def run_peer(size: int) -> dict[str, Any]:
    """Processor seconds and what came of it; putting the tellings into tables isn't counted."""
    tellings = Tellings.of_told(tell_world(load_months(), size), Constraints()).all
    database = duckdb.connect(":memory:", config={"threads": THREADS})
    fill(database, tellings)
    start = time.process_time()
    database.execute(PAIRS)
    database.execute(WEIGHTS)
    alike: list[tuple[int, int]] = []
    for first in range(0, len(tellings), CHUNK):
        alike += database.execute(ALIKES, [first, first + CHUNK, ALIKE]).fetchall()
    groups = count_components(len(tellings), alike)
    seconds = round(time.process_time() - start, 1)
    pairs = database.execute("select count(*) from pairs").fetchall()[0][0]
    return {"seconds": seconds, "tellings": len(tellings), "pairs": pairs, "incidents": groups}


def fill(database: duckdb.DuckDBPyConnection, tellings: Columns) -> None:
    """Put days, divisions and words into tables, all as numbers."""
    periods = tellings.values("period")
    first, last = (
        np.array([period[side].toordinal() for period in periods])[tellings.column("period")] for side in (0, 1)
    )
    divisions: dict[object, int] = {}
    numbers = [
        divisions.setdefault((spot.country, spot.admin1), len(divisions)) if spot and spot.admin1 else -1
        for spot in tellings.values("spot")
    ]
    told = {
        "place": np.arange(len(tellings)),
        "first": first,
        "last": last,
        "division": np.array(numbers)[tellings.column("spot")],
    }
    words, starts = tellings.rows("words")
    held = {"place": np.repeat(np.arange(len(tellings)), np.diff(starts)), "word": words}
    for name, columns in (("tellings", told), ("words", held)):
        database.register("given", columns)
        database.execute(f"create table {name} as select * from given")  # noqa: S608  two names of our own
        database.unregister("given")
    database.execute("update tellings set division = null where division < 0")


def count_components(count: int, pairs: list[tuple[int, int]]) -> int:
    """How many groups there are when everything joined by a pair is one."""
    above = list(range(count))

    def root(n: int) -> int:
        while above[n] != n:
            above[n] = n = above[above[n]]
        return n

    for one, other in pairs:
        above[root(one)] = root(other)
    return sum(above[n] == n for n in range(count))
