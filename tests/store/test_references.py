"""Recorders' data sets are kept apart, versioned by what they hold, and come back as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import FIXED_NOW, fixed_now
from rows import read_rows

from harmledger.domain import Harm, Position, RecordedFigure, RecordedIncident, ReferenceSet
from harmledger.errors import BadInput, NotFound
from harmledger.ids import reference_id
from harmledger.store import (
    Ledger,
    add_reference,
    find_added,
    get_reference,
    list_references,
    load_incidents,
    open_ledger,
)

INCIDENTS = [
    RecordedIncident(
        code=f"X{n}",
        earliest=date(2017, 5, n),
        latest=date(2017, 5, n),
        place="Tell Example",
        radius_m=2000,
        belligerents=("A", "B"),
        figures=(RecordedFigure(harm=Harm.KILLED, low=1, high=n),),
        positions=(Position(belligerent="A", assessment="credible", conceded_low=1),),
    )
    for n in range(1, 6)
]


def reference(content: str = "1" * 64, name: str = "known") -> ReferenceSet:
    terms = ("CC0", "Somebody (2020)")
    return ReferenceSet(
        reference_id=reference_id(name, content, *terms), name=name, recorder="airwars", content_id=content, licence=terms[0], citation=terms[1], added=FIXED_NOW
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    yield opened
    opened.close()


def test_incidents_come_back_as_they_were(ledger: Ledger, database: str) -> None:
    """Every value of every incident is kept, in the file's order, and none becomes a claim."""
    assert add_reference(ledger, reference(), INCIDENTS) == 5
    with ledger.reading() as connection:
        assert list(load_incidents(connection, get_reference(connection, "known"))) == INCIDENTS
    assert read_rows(ledger.folder, database)["claims"] == []


def test_only_the_days_asked_for_are_loaded(ledger: Ledger) -> None:
    """Between two days, both included."""
    add_reference(ledger, reference(), INCIDENTS)
    with ledger.reading() as connection:
        found = load_incidents(connection, reference(), earliest=date(2017, 5, 2), latest=date(2017, 5, 3))
        assert [each.code for each in found] == ["X2", "X3"]


def test_new_content_is_a_new_version(ledger: Ledger) -> None:
    """Another file under the same name is current from then on; the older one stays, and is told as replaced."""
    add_reference(ledger, reference(), INCIDENTS)
    add_reference(ledger, reference("2" * 64), INCIDENTS[:2])
    with ledger.reading() as connection:
        assert [(each.incidents, each.is_current) for each in list_references(connection)] == [(5, False), (2, True)]
        assert get_reference(connection, "known").content_id == "2" * 64


def test_the_same_version_is_found(ledger: Ledger) -> None:
    """The same content under the same name and terms is known to be there."""
    add_reference(ledger, reference(), INCIDENTS)
    found = find_added(ledger, replace(reference(), added=FIXED_NOW))
    assert found is not None
    assert found.incidents == 5
    assert find_added(ledger, reference("2" * 64)) is None


def test_a_set_that_breaks_leaves_nothing(ledger: Ledger) -> None:
    """When the rows end in an error, or there is none, the ledger is as before."""

    def broken() -> Iterator[RecordedIncident]:
        yield INCIDENTS[0]
        raise RuntimeError("told to")

    with pytest.raises(RuntimeError):
        add_reference(ledger, reference(), broken())
    with pytest.raises(BadInput, match="none of its rows"):
        add_reference(ledger, reference(), [])
    with ledger.reading() as connection:
        assert list_references(connection) == []


def test_an_unknown_name_says_what_to_do(ledger: Ledger) -> None:
    """The sentence names the command that lists and the one that adds."""
    with ledger.reading() as connection, pytest.raises(NotFound, match="reference add"):
        get_reference(connection, "unknown")
