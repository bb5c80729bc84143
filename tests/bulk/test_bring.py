"""Archives of the web are brought whole to a file, by the guard that pages are fetched by; what can't be had is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_store import KEY, REGION, SECRET, FakeStore, serve_store
from hostile_web import HostileWeb, in_turn, page, redirect

from harmledger.bulk.bring import Web, bring
from harmledger.bulk.inputs import Input
from harmledger.bulk.stores import Access
from harmledger.config import FetchSettings
from harmledger.errors import BadInput, SourceFailed
from harmledger.reach import Guard

URL = "https://data.example/crawl/1.warc.gz"
CONTENT = bytes(range(256)) * 5000


@pytest.fixture
def web() -> Iterator[HostileWeb]:
    with HostileWeb() as served:
        served[URL] = page(CONTENT, kind="application/gzip")
        yield served


def client(web: HostileWeb, waited: list[float] | None = None) -> Web:
    wait = [].append if waited is None else waited.append
    return Web(FetchSettings(), network=web, trust=web.trust, guard=Guard(resolve=web.resolve), wait=wait)


def test_an_archive_comes_as_it_is(web: HostileWeb, tmp_path: Path) -> None:
    """Byte for byte, whatever its kind."""
    client(web).save(URL, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(web: HostileWeb, tmp_path: Path) -> None:
    """What passes by itself is waited for, longer each time."""
    busy, waited = page(status="503 Busy"), list[float]()
    web[URL] = in_turn(busy, busy, page(CONTENT))
    client(web, waited).save(URL, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert waited == [5.0, 10.0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (page(status="404 Gone"), "isn't there"),
        (page(status="503 Busy"), "busy"),
        (redirect("http://127.0.0.1/"), "redirects"),
        (page(b"short", length=100_000), "breaks off before its end"),
    ],
)
def test_what_cannot_be_had_is_told(web: HostileWeb, tmp_path: Path, answer: bytes, told: str) -> None:
    """A server that refuses, leads elsewhere or hangs up gives no archive, in words."""
    web[URL] = answer
    with pytest.raises(SourceFailed, match=told):
        client(web).save(URL, tmp_path / "a")


def test_too_much_is_given_up(web: HostileWeb, tmp_path: Path) -> None:
    """More bytes than are allowed aren't taken."""
    with pytest.raises(SourceFailed, match="too long"):
        client(web).save(URL, tmp_path / "a", most_bytes=10_000)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a.warc", "http://169.254.169.254/a.warc", "https://inside.example/a.warc"]
)
def test_nothing_inside_is_reached(web: HostileWeb, tmp_path: Path, url: str) -> None:
    """Archives are brought from the public internet alone."""
    web.names["inside.example"] = ["10.0.0.7"]
    with pytest.raises(SourceFailed, match="isn't in the public internet"):
        client(web).save(url, tmp_path / "a")
    assert not web.escaped


def test_a_proxy_is_not_passed_by() -> None:
    """Where pages go through a proxy, archives don't go around it."""
    with pytest.raises(BadInput, match="through a proxy"):
        Web(FetchSettings(proxy="http://proxy.example:3128"))


def test_a_local_file_stays_where_it_is(tmp_path: Path) -> None:
    """Nothing is copied that lies here."""
    assert bring(Input(name="/data/a.warc.gz"), tmp_path, None) == Path("/data/a.warc.gz")


def test_an_object_is_brought_as_it_is(tmp_path: Path) -> None:
    """Byte for byte, from where the user says that the store is."""
    pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")
    with serve_store(FakeStore({"press": {"1.warc.gz": CONTENT}})) as store:
        access = Access(endpoint=store.address, region=REGION, key=KEY, secret=SECRET)
        came = bring(Input(name="s3://press/1.warc.gz"), tmp_path, None, access)
    assert came.read_bytes() == CONTENT
