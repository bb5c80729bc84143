"""A release in a folder: whole, checked, described, the same bytes every time, and what changed."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from fake_incidents import a_bare_incident, an_id, an_incident, rolled
from frictionless import Package

from harmledger.domain import ExportedIncident, Rule
from harmledger.errors import BadInput, Inconsistent
from harmledger.publish.release.describe import Released
from harmledger.releasing import Outcome, make_release

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def release(folder: Path, version: str, incidents: list[ExportedIncident], made: datetime = NOON) -> Outcome:
    released = Released(version=version, rule=Rule.RANGE, made=made, program="harmledger test", by="Amal")
    return make_release(folder, released, [without_positions(i) for i in incidents], lambda _: None)


def without_positions(incident: ExportedIncident) -> ExportedIncident:
    """As entered by hand, so that no text is asked for."""
    return replace(incident, quotes=tuple(replace(q, start=None, end=None) for q in incident.quotes))


def test_a_release_is_a_valid_data_package(tmp_path: Path) -> None:
    """Frictionless reads and validates every table, keys and references among them; the checksums hold; nothing else is there."""
    outcome = release(tmp_path, "1.0", [an_incident(), a_bare_incident()])
    assert (outcome.incidents, outcome.since) == (2, None)
    place = tmp_path / "1.0"
    report = Package(str(place / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=place, check=True)
    package = json.loads((place / "datapackage.json").read_text())
    listed = {line.split("  ")[1] for line in (place / "SHA256SUMS").read_text().splitlines()}
    assert {each["path"] for each in package["resources"]} < listed
    assert listed | {"SHA256SUMS"} == {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    assert [each.name for each in tmp_path.iterdir()] == ["1.0"]
    assert '  - name: "Amal"' in (place / "CITATION.cff").read_text()
    assert "| `radius_m` | integer |" in (place / "data-dictionary.md").read_text()


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    """Both forms of a table hold the same rows."""
    release(tmp_path, "1.0", [an_incident(), a_bare_incident()])
    data = tmp_path / "1.0" / "data"
    for name in ("incidents", "figures", "totals"):
        csv, parquet = pd.read_csv(data / f"{name}.csv", dtype=str), pd.read_parquet(data / f"{name}.parquet")
        assert list(csv.columns) == list(parquet.columns)
        assert csv.isna().sum().to_dict() == parquet.isna().sum().to_dict()


def test_the_same_incidents_give_the_same_bytes(tmp_path: Path) -> None:
    """Whoever releases the same ledger at the same time has the same checksums."""
    for folder in ("one", "other"):
        release(tmp_path / folder, "1.0", [an_incident(), a_bare_incident()])
    one, other = ((tmp_path / folder / "1.0" / "SHA256SUMS").read_bytes() for folder in ("one", "other"))
    assert one == other


def test_what_changed_is_told(tmp_path: Path) -> None:
    """Incidents added, merged with where to, gone, and with other figures, since the release made last, whatever it is called."""
    release(
        tmp_path, "9", [replace(an_incident("a"), old_ids=()), an_incident("f"), an_incident("c"), an_incident("e")]
    )
    grown = an_incident("a")
    grown = replace(grown, totals=(replace(grown.totals[0], high=20), *grown.totals[1:]))
    outcome = release(
        tmp_path, "10", [grown, an_incident("c"), a_bare_incident("b")], made=datetime(2024, 4, 1, tzinfo=UTC)
    )
    assert (outcome.since, outcome.added, outcome.gone, outcome.changed) == ("9", 1, 2, 1)
    changes = json.loads((tmp_path / "10" / "changes.json").read_text())
    assert changes["added"] == [an_id("b")]
    assert changes["gone"] == [
        {"incident_id": an_id("e"), "merged_into": None},
        {"incident_id": an_id("f"), "merged_into": an_id("a")},
    ]
    (change,) = changes["figures"]
    assert (change["harm"], change["was"]["high"], change["is"]["high"]) == ("killed", 16, 20)
    page = (tmp_path / "10" / "CHANGES.md").read_text()
    assert "killed (all): 13–16 (best 14) → 13–20 (best 14)" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param(lambda i: replace(i, totals=(rolled(9, 3, used=()),)), "the total of killed runs from 9", id="a total that can't be"),
        pytest.param(lambda i: replace(i, totals=(rolled(1, 3, used=("x",)),)), "stands on claim x, which isn't there", id="a total of no claim"),
        pytest.param(lambda i: replace(i, documents=i.documents[:1]), "refers to no row of documents", id="a figure of no report"),
        pytest.param(lambda i: replace(i, figures=(*i.figures, i.figures[0])), "two rows of figures have the key", id="one claim twice"),
        pytest.param(lambda i: replace(i, figures=i.figures[1:]), "is superseded by", id="superseded by none"),
    ],
)  # fmt: skip
def test_nothing_is_released_when_a_check_fails(tmp_path: Path, wrong, told: str) -> None:
    """The first faults are told, and the folder is as it was."""
    with pytest.raises(Inconsistent, match=told):
        release(tmp_path, "1.0", [wrong(an_incident())])
    assert list(tmp_path.iterdir()) == []


def test_two_incidents_with_one_id_are_refused(tmp_path: Path) -> None:
    """Ids are unique over the whole release."""
    with pytest.raises(Inconsistent, match="two rows of incidents"):
        release(tmp_path, "1.0", [an_incident(), an_incident()])


@pytest.mark.parametrize("text", [None, "", "Before At least 13 were lost, doctors said."])
def test_a_quote_must_stand_in_its_report(tmp_path: Path, text: str | None) -> None:
    """Letter by letter, where its position says."""
    one = an_incident()
    one = replace(
        one, quotes=one.quotes[:1], figures=one.figures[:1], totals=(), responsibility=(), documents=one.documents
    )
    released = Released(version="1.0", rule=Rule.RANGE, made=NOON, program="harmledger test")
    with pytest.raises(Inconsistent, match="isn't in its report"):
        make_release(tmp_path, released, [one], lambda _: text)
    assert (
        make_release(tmp_path, released, [one], lambda _: "Before At least 13 were killed, doctors said.").incidents
        == 1
    )


@pytest.mark.parametrize("version", ["../up", "", ".hidden", "a/b", "1.0"])
def test_a_version_is_a_new_folders_name(tmp_path: Path, version: str) -> None:
    """No way out of the folder, and no release is ever replaced."""
    release(tmp_path, "1.0", [an_incident()])
    with pytest.raises(BadInput):
        release(tmp_path, version, [an_incident()])
    assert [each.name for each in tmp_path.iterdir()] == ["1.0"]


def test_a_release_that_was_changed_is_no_base(tmp_path: Path) -> None:
    """What changed since can't be told by files that aren't as they were released."""
    release(tmp_path, "1.0", [an_incident()])
    table = tmp_path / "1.0" / "data" / "totals.csv"
    table.write_text(table.read_text().replace("16", "61"))
    with pytest.raises(BadInput, match=r"data/totals.csv isn't as it was released"):
        release(tmp_path, "1.1", [an_incident()])
