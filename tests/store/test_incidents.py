"""Incidents are kept by adding rows only where something changed, and old ids lead on."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from fakes import FIXED_NOW
from sqlalchemy import func, select

from harmledger.domain import Incident, Pointer, Tie
from harmledger.errors import Inconsistent, NotFound
from harmledger.link.identity import name_incidents
from harmledger.store import (
    Change,
    KnownIncidents,
    Ledger,
    get_incident,
    get_known_incidents,
    keep_linking,
    list_old_ids,
    open_ledger,
)
from harmledger.store.schema import INCIDENT_CLAIMS, LINKS


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Generator[Ledger]:
    ledger = open_ledger(tmp_path / "ledger", now=lambda: FIXED_NOW, database=database)
    yield ledger
    ledger.close()


def standing(ledger: Ledger) -> KnownIncidents:
    with ledger.reading() as connection:
        return get_known_incidents(connection)


def keep(ledger: Ledger, *groups: list[str], links: tuple[Tie, ...] = ()) -> tuple[Incident, ...]:
    before = standing(ledger)
    named = name_incidents(groups, before.incidents)
    change = Change(incidents=named.incidents, pointers=named.pointers, links=links, echoes=(), weights="by hand")
    with ledger.writing() as connection:
        keep_linking(connection, before, change, filed=FIXED_NOW)
    return named.incidents


def rows(ledger: Ledger, table: object) -> int:
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_was_kept_stands(ledger: Ledger) -> None:
    """A claim is in the incident that the last linking put it into; a lost one is in none."""
    keep(ledger, ["a", "b"], ["c"])
    one, two = keep(ledger, ["a"], ["c", "b"])
    assert standing(ledger).incident_of == {"a": one.incident_id, "b": two.incident_id, "c": two.incident_id}
    keep(ledger, ["c", "b"])
    assert set(standing(ledger).incident_of) == {"b", "c"}


def test_the_same_again_adds_no_rows(ledger: Ledger) -> None:
    """Links and memberships that stand are not written twice; a score that hardly moved is no news."""
    link = Tie(left="a", right="b", score=0.9, values={})
    keep(ledger, ["a", "b"], links=(link,))
    keep(ledger, ["a", "b"], links=(Tie(left="a", right="b", score=0.902, values={}),))
    assert (rows(ledger, INCIDENT_CLAIMS), rows(ledger, LINKS)) == (2, 1)
    keep(ledger, ["a", "b"], links=(Tie(left="a", right="b", score=0.5, values={}),))
    assert rows(ledger, LINKS) == 2


def test_a_merged_id_leads_on_and_comes_back(ledger: Ledger) -> None:
    """Asked for an old id, the ledger gives the incident that it is part of; parted again, the incident itself."""
    one, two = keep(ledger, ["a"], ["c"])
    keep(ledger, ["a", "c"])
    with ledger.reading() as connection:
        passed, found = get_incident(connection, get_known_incidents(connection), two.incident_id[:12])
    assert (passed, found.incident.incident_id) == ([two.incident_id], one.incident_id)
    keep(ledger, ["a"], ["c"])
    with ledger.reading() as connection:
        passed, found = get_incident(connection, get_known_incidents(connection), two.incident_id)
    assert (passed, found.incident.incident_id) == ([], two.incident_id)


def test_a_split_leads_on(ledger: Ledger) -> None:
    """The incident that was split names what was split off."""
    (one,) = keep(ledger, ["a", "b"])
    _, new = keep(ledger, ["a"], ["b"])
    with ledger.reading() as connection:
        _, found = get_incident(connection, get_known_incidents(connection), one.incident_id)
    assert found.pointers == (Pointer(incident_id=one.incident_id, onward_id=new.incident_id, why="split"),)


def test_an_incident_without_claims_is_told(ledger: Ledger) -> None:
    """Where every claim is gone the id leads nowhere, and that is said."""
    (one,) = keep(ledger, ["a"])
    keep(ledger, ["z"])
    with ledger.reading() as connection, pytest.raises(NotFound, match="holds no claims any longer"):
        get_incident(connection, get_known_incidents(connection), one.incident_id)


def test_two_who_link_at_once_are_told(ledger: Ledger) -> None:
    """A linking worked out on what no longer stands is not kept."""
    before = standing(ledger)
    keep(ledger, ["a"])
    change = Change(incidents=(), pointers=(), links=(), echoes=(), weights="by hand")
    with pytest.raises(Inconsistent, match="somebody else linked meanwhile"), ledger.writing() as connection:
        keep_linking(connection, before, change, filed=FIXED_NOW)


def test_old_ids_are_followed_to_where_they_end(ledger: Ledger) -> None:
    """Two mergers in a row lead to one incident; an incident that holds claims is nobody's old id; a split leaves none."""
    one, two, three = keep(ledger, ["a"], ["b"], ["c"])
    keep(ledger, ["a"], ["b", "c"])
    keep(ledger, ["a", "b", "c"])
    known = standing(ledger)
    with ledger.reading() as connection:
        assert list_old_ids(connection, known) == {one.incident_id: (two.incident_id, three.incident_id)}
    keep(ledger, ["a"], ["b", "c"])
    known = standing(ledger)
    with ledger.reading() as connection:
        old = list_old_ids(connection, known)
    holding = {incident.incident_id for incident in known.incidents if incident.claims}
    assert not holding & {each for some in old.values() for each in some}
    assert set(old) <= holding
