"""Windows of days give the pairs, scores, incidents and copies that comparing all at once gives, whatever is told and however days are cut."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from fake_archives import begin
from fake_tellings import spot, telling
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.bulk import windows as bulk_windows
from harmledger.bulk.linking import keep_told, link_folder, load_told
from harmledger.bulk.parts import Done, Folder, read_rows
from harmledger.bulk.spill import Spill
from harmledger.bulk.tables import TABLES
from harmledger.bulk.windows import FAR, NO_DAY, Windows, score_in_windows
from harmledger.domain import Constraints, Figure, Harm
from harmledger.errors import HarmledgerError
from harmledger.link import pairs
from harmledger.link.columns import Columns
from harmledger.link.compare import load_weights
from harmledger.link.copies import Print
from harmledger.link.identity import name_incidents
from harmledger.link.join import Tellings, link_claims, score_pairs, unwatched
from harmledger.link.told import Told
from harmledger.link.weigh import Weigher

pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")

FIRST = date(2016, 1, 1)
CITY = spot(36.2, 37.1, km=3)
PLACES = [CITY, CITY, CITY, None, *(spot(34.0 + n, 38.0, km=2, admin1=f"district {n}") for n in range(3))]
COMMON = [f"common{n}" for n in range(12)]


def overlapping(overlap: int, more: int) -> Windows:
    return Windows(days=overlap + more, overlap_days=overlap)


CUTS = st.builds(overlapping, st.integers(0, 50), st.integers(1, 120))


def invent(seed: int, count: int = 100) -> list[Told]:
    """Reports of a dozen events, some told of again long after, some by their publication alone or without any day; many in a city that is
    told of too often over all to say anything by itself, and in words that are too common over all.
    """
    chance = random.Random(seed)
    events = [(chance.randrange(900), [f"rare{n}.{i}" for i in range(6)], chance.choice([2, 7, 30])) for n in range(12)]
    sequences = {
        word: np.arange(1000 * n, 1000 * n + 12) for n, word in enumerate(w for _, ws, _ in events for w in ws)
    }
    told: list[Told] = []
    for n in range(count):
        day, words, killed = chance.choice(events)
        when = FIRST + timedelta(days=day + chance.choice([0, 0, 0, 1, 25, 45, 400]))
        names = frozenset(chance.sample(words, 4))
        said = {*names, *chance.sample(COMMON, 5), chance.choice(["crater", "queue", *COMMON])}
        one = telling(
            f"claim {seed} {n}",
            day=when if chance.random() < 0.7 else None,
            published=when + timedelta(days=chance.randrange(40)) if chance.random() < 0.7 else None,
            spot=chance.choice(PLACES),
            figures=(Figure(harm=Harm.KILLED, low=killed, high=killed),),
            words=" ".join(said),
            names=names,
            places=frozenset(),
        )
        own = chance.sample(range(10**6, 2 * 10**6), 20)
        shingles = np.unique(np.concatenate([*(sequences[word] for word in names), own]).astype(np.uint32))
        text = Print(document_id=one.document_id, published=one.published, shingles=shingles)
        told.append(Told(tellings=(one,), unlinked=(), print=text))
    return told


def keep(told: Sequence[Told], path: Path) -> Folder:
    """A bulk folder of three inputs in which these reports were told."""
    begin(path)
    folder = Folder(path)
    for n in range(3):
        for table in TABLES:
            folder.part(table, f"in{n}").touch()
        keep_told(folder, f"in{n}", told[n::3])
        folder.mark_done(f"in{n}", Done(input=f"in{n}", stamp=""))
    return folder


def incidents(folder: Folder) -> dict[str, set[str]]:
    """Of each incident its claims, as they were written."""
    found: dict[str, set[str]] = {}
    for row in read_rows([folder.path / "members" / "members.parquet"]):
        found.setdefault(row["incident_id"], set()).add(row["claim_id"])
    return found


@settings(max_examples=25)
@given(st.integers(0, 2**32), CUTS)
def test_incidents_are_those_of_linking_at_once(seed: int, cut: Windows) -> None:
    """The same incidents under the same ids, and the same copies, as the ledger's own linking gives of all that is told."""
    with tempfile.TemporaryDirectory() as path:
        folder = keep(invent(seed), Path(path) / "out")
        link_folder(folder, cut)
        linked = link_claims(Tellings.of_told(load_told(folder), Constraints()))
        expected = {one.incident_id: set(one.claims) for one in name_incidents(linked.groups).incidents}
        assert incidents(folder) == expected
        copies = [tuple(row.values()) for row in read_rows([folder.path / "copies" / "copies.parquet"])]
        assert copies == [(echo.document_id, echo.original_id, echo.shared) for echo in linked.echoes]
        assert copies
        assert len(expected) < 60  # there is something to join


@pytest.mark.parametrize("seed", range(4))
def test_scores_are_those_of_comparing_at_once(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pairs with the same scores, to the last bit, however few are looked at together."""
    monkeypatch.setattr(pairs, "CHUNK", 150)
    monkeypatch.setattr(bulk_windows, "MOST_PAIRS", 20)
    tellings = Tellings.of_told(invent(seed), Constraints())
    weigher = Weigher(tellings.all, tellings.known, load_weights())
    at_once = score_pairs(tellings, range(len(tellings.all)), weigher, unwatched)
    columns = Columns(tellings.all, keep=lambda: Spill(np.int32, tmp_path))
    for cut in (Windows(), Windows(days=40, overlap_days=39), Windows(days=7, overlap_days=0), Windows(days=300)):
        found = score_in_windows(columns, tellings.known, windows=cut, folder=tmp_path, watch=unwatched)
        assert (found.left.tolist(), found.right.tolist()) == (at_once.left.tolist(), at_once.right.tolist())
        assert found.score.tolist() == at_once.score.tolist()
    assert at_once.score.size > 300


@given(st.lists(st.tuples(st.integers(-1, 800), st.integers(-1, 800)), min_size=1), CUTS)
def test_a_pair_is_compared_in_the_first_window_that_holds_both_days(days: list[tuple[int, int]], cut: Windows) -> None:
    """Windows begin at the first day and overlap as asked; a pair that none holds waits for the end."""
    step = cut.days - cut.overlap_days
    expected = [
        next((w for w in range(900) if w * step <= min(pair) and max(pair) <= w * step + cut.days), FAR)
        if NO_DAY not in pair
        else FAR
        for pair in days
    ]
    left, right = np.array(days, dtype=np.int64).T
    assert cut.place(left, right).tolist() == expected
    near = [abs(a - b) <= cut.overlap_days and NO_DAY not in (a, b) for a, b in days]
    assert all(window != FAR for window, is_near in zip(expected, near, strict=True) if is_near)


@pytest.mark.parametrize("days", [1, 30])
def test_windows_longer_than_their_overlap(days: int) -> None:
    """Windows that would never get on are refused."""
    with pytest.raises(HarmledgerError, match="can't overlap"):
        Windows(days=days, overlap_days=30)
