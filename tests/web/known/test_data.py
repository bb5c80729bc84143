"""Downloads and releases."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sites import Served
from starlette.testclient import TestClient

from harmledger.store.schema import READINGS
from harmledger.web.known import downloads
from harmledger.web.known.downloads import DOWNLOADS


@pytest.mark.either_database
@pytest.mark.parametrize("name", DOWNLOADS)
def test_every_file_on_the_page_can_be_taken(reader: TestClient, name: str) -> None:
    """It comes under its own name, and holds every incident that its shape has a place for."""
    assert f'href="/data/{name}"' in reader.get("/data").text
    answer = reader.get(f"/data/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    if name.endswith("csv"):
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len({len(row) for row in rows}) == 1
    else:
        json.loads(answer.text)


@pytest.mark.either_database
def test_rows_are_those_of_the_record(reader: TestClient) -> None:
    """A table holds what the API does, under the rule that was asked for."""
    rows = list(csv.DictReader(io.StringIO(reader.get("/data/incidents.csv?rule=majority").text)))
    assert {row["incident_id"] for row in rows} == {
        i["incident_id"] for i in reader.get("/api/v1/incidents").json()["items"]
    }
    assert {row["rule"] for row in rows} == {"majority"}
    assert reader.get("/data/incidents.csv?rule=none").status_code == 400


@pytest.mark.either_database
def test_spreadsheets_run_nothing(world: Served) -> None:
    """A title that a spreadsheet would take for a formula is text in the file."""
    world.change_records(READINGS, lambda record: record.update(title='=HYPERLINK("x")'))
    rows = list(csv.DictReader(io.StringIO(world.browser().get("/data/documents.csv").text)))
    assert {row["title"] for row in rows} == {'\'=HYPERLINK("x")'}


@pytest.mark.parametrize("name", ["x.csv", "../site.key", "..%2fsite.key", "incidents.csv%0d%0aX-Y:%20z", 'a"b.csv', "incidents.CSV"])  # fmt: skip
def test_names_of_downloads_are_of_a_list(reader: TestClient, name: str) -> None:
    """No name leads to another file, or into a header."""
    assert reader.get(f"/data/{name}").status_code == 404


def test_downloads_are_made_one_at_a_time(reader: TestClient) -> None:
    """A second is told when to come again; once the first has ended or broken off, it is served."""
    assert downloads._ONE_AT_A_TIME.acquire(blocking=False)
    try:
        busy = reader.get("/data/incidents.csv")
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "60")
    finally:
        downloads._ONE_AT_A_TIME.release()
    assert reader.get("/data/incidents.csv").status_code == 200


def test_a_download_that_grows_too_large_breaks_off(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks off is never taken for whole, and the next may begin."""
    monkeypatch.setattr(downloads, "MOST_BYTES", 10)
    with pytest.raises(Exception, match="already started"):
        reader.get("/data/incidents.csv")
    monkeypatch.undo()
    assert reader.get("/data/incidents.csv").status_code == 200


@pytest.fixture
def released(serve_world: Any, tmp_path: Path) -> Served:
    folder = tmp_path / "releases"
    (folder / "v1" / "data").mkdir(parents=True)
    (folder / "v1" / "data" / "incidents.csv").write_text("incident_id\n")
    (folder / "secret.txt").write_text("secret")
    (folder / "v1" / "link.csv").symlink_to(folder / "secret.txt")
    digest = hashlib.sha256(b"incident_id\n").hexdigest()
    names = ("data/incidents.csv", "../secret.txt", "link.csv", "gone.csv")
    (folder / "v1" / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name in names))
    (folder / "v1" / "unlisted.csv").write_text("x")
    return serve_world(site_releases=str(folder), site_licence="CC BY 4.0", site_publisher="A & Co")


def test_releases_are_offered_with_their_checksums(released: Served) -> None:
    """Each file that a release lists and holds, with its SHA-256, by what licence, and how to cite it."""
    reader = released.browser()
    page = reader.get("/data").text
    digest = hashlib.sha256(b"incident_id\n").hexdigest()
    assert page.count(digest) == 1
    assert "CC BY 4.0" in page
    assert "A &amp; Co" in page
    answer = reader.get("/data/releases/v1/data/incidents.csv")
    assert (answer.text, answer.headers["x-content-sha256"]) == ("incident_id\n", digest)


@pytest.mark.parametrize("path", ["v1/unlisted.csv", "v1/../secret.txt", "v1/%2e%2e/secret.txt", "v1/link.csv", "v1/gone.csv", "v2/data/incidents.csv", "../site.key", "v1/SHA256SUMS"])  # fmt: skip
def test_no_path_leads_out_of_a_release(released: Served, path: str) -> None:
    """Only what a release lists and itself holds is sent."""
    assert released.browser().get(f"/data/releases/{path}", follow_redirects=True).status_code == 404


def test_search_engines_data_ends_nothing(released: Served) -> None:
    """What a page tells search engines is JSON in the page, and no word in it can end its place."""
    page = released.browser().get("/data").text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    node = json.loads(found)
    assert (node["@type"], node["publisher"]["name"], node["license"]) == ("Dataset", "A & Co", "CC BY 4.0")
    assert "<" not in found
