"""Objects of S3-compatible stores are listed, told apart and brought whole, whoever may read them; what can't be had is told, and no key with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_store import KEY, REGION, SECRET, FakeStore, serve_store

from harmledger.bulk.inputs import Input, list_inputs
from harmledger.bulk.stores import Access, Store, load_access
from harmledger.errors import BadInput, HarmledgerError, SourceFailed

pytest.importorskip("pyarrow", reason="pyarrow isn't installed (extra bulk)")

BIG = os.urandom(1 << 20)
KEYS = ("crawl/1.warc.gz", "crawl/2.warc.gz", "crawl/2023/3 ä.warc.gz", "crawl/2023/01/4.warc.gz", "crawl/notes.txt")


@pytest.fixture
def served() -> Iterator[FakeStore]:
    store = FakeStore(
        {"press": dict.fromkeys(KEYS, b"x"), "public": {"a.warc": BIG}, "closed": {"a.warc": b"x"}},
        open_buckets={"public"},
        closed_buckets={"closed"},
    )
    with serve_store(store):
        yield store


def access(served: FakeStore) -> Access:
    return Access(endpoint=served.address, region=REGION, key=KEY, secret=SECRET)


def store(served: FakeStore, **said: object) -> Store:
    return Store(replace(access(served), **said), wait=[].append)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("s3://press/crawl/1.warc.gz", [0]),
        ("s3a://press/crawl/notes.txt", [4]),
        ("s3://press/crawl/*.warc.gz", [0, 1]),
        ("s3://press/crawl/[!1].warc.*", [1]),
        ("s3://press/crawl/?.*", [0, 1]),
        ("s3://press/crawl/*/*.gz", [2]),
        ("s3://press/**/[0-9]*.gz", [0, 1, 3, 2]),
        ("s3://press/crawl/2023/**", [3, 2]),
        ("s3://press/crawl/2023/", [3, 2]),
        ("s3://press/crawl/2023", [3, 2]),
        ("s3://press", [0, 3, 2, 1]),
        ("s3://press/none/", []),
        ("s3://press/crawl/*.none", []),
    ],
)
def test_patterns_and_prefixes_mean_objects(served: FakeStore, named: str, meant: list[int]) -> None:
    """An address means its object; a pattern what paths' patterns mean; a prefix all archives below it, page by page of the listing."""
    found = store(served).find(named)
    scheme = named.partition("://")[0] if meant in ([0], [4]) else "s3"
    assert sorted(one.name for one in found) == sorted(f"{scheme}://press/{KEYS[n]}" for n in meant)
    assert all(one.is_bucket for one in found)


def test_a_changed_object_is_another_version(served: FakeStore) -> None:
    """Objects of other sizes, or written later, have other stamps, however they are named."""
    name = "s3://press/crawl/1.warc.gz"
    stamps = [one.stamp for asked in (name, "s3://press/crawl/?.warc.gz") for one in store(served).find(asked)[:1]]
    assert len(set(stamps)) == 1
    served.pass_an_hour()
    stamps += [one.stamp for one in store(served).find(name)]
    served.buckets["press"]["crawl/1.warc.gz"] = b"longer"
    stamps += [one.stamp for one in store(served).find(name)]
    assert len(set(stamps)) == 3


def test_what_anybody_may_read_needs_no_key(served: FakeStore, tmp_path: Path) -> None:
    """Nothing is signed where that is asked for."""
    anonymous = store(served, key="", secret="", anonymous=True)
    assert [one.name for one in anonymous.find("s3://public/*")] == ["s3://public/a.warc"]
    anonymous.save("s3://public/a.warc", tmp_path / "a", most_bytes=len(BIG))
    assert (tmp_path / "a").read_bytes() == BIG


def test_a_broken_connection_is_taken_up(served: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks off is asked for again from there, and comes whole; waits grow."""
    monkeypatch.setattr("harmledger.bulk.stores.PIECE_BYTES", len(BIG) // 3)
    waited = list[float]()
    served.cut_off = 3 * 2
    Store(access(served), wait=waited.append).save("s3://public/a.warc", tmp_path / "a", most_bytes=len(BIG))
    assert (tmp_path / "a").read_bytes() == BIG
    assert waited == [5.0, 10.0]


def test_what_never_comes_is_given_up(served: FakeStore, tmp_path: Path) -> None:
    """A store that breaks off each time is told of."""
    served.cut_off = 1000
    with pytest.raises(SourceFailed, match="can't be reached"):
        store(served).save("s3://public/a.warc", tmp_path / "a", most_bytes=len(BIG))


def test_an_object_that_changes_meanwhile_is_not_taken(served: FakeStore, tmp_path: Path) -> None:
    """Half of one version and half of the next are no archive."""
    served.changes_when_read = True
    with pytest.raises(SourceFailed, match="changed while it was read"):
        store(served).save("s3://public/a.warc", tmp_path / "a", most_bytes=len(BIG))


def test_too_much_is_given_up(served: FakeStore, tmp_path: Path) -> None:
    """More bytes than are allowed aren't taken."""
    with pytest.raises(SourceFailed, match="more than 10 bytes"):
        store(served).save("s3://public/a.warc", tmp_path / "a", most_bytes=10)


TROUBLES: list[tuple[dict[str, object], str, str]] = [
    ({}, "s3://press/crawl/9.warc.gz", "there is no such object"),
    ({}, "s3://nothing/a.warc", "there is no such bucket"),
    ({}, "s3://nothing/*.warc", "there is no such bucket"),
    ({}, "s3://closed/a.warc", "doesn't let you read it"),
    ({}, "s3://closed/", "doesn't let you read it"),
    ({"secret": "wrong/secret"}, "s3://press/", "doesn't take the key"),
    ({"key": "AKIANOBODY"}, "s3://press/", "doesn't take the key"),
    ({"key": "AKIANOBODY"}, "s3://press/crawl/1.warc.gz", "doesn't let you read it"),
    ({"anonymous": True}, "s3://press/", "doesn't let you read it"),
    ({"endpoint": "http://127.0.0.1:1"}, "s3://press/", "can't be reached"),
]


@pytest.mark.parametrize(("said", "named", "told"), TROUBLES)
def test_what_cannot_be_had_is_told(served: FakeStore, said: dict[str, object], named: str, told: str) -> None:
    """Each trouble has one sentence, with the address, and with nothing of a key in it, whatever the store repeats."""
    with pytest.raises(SourceFailed, match=told) as raised:
        store(served, **said).find(named)
    whole = f"{raised.value} {raised.value.__cause__} {raised.value.__suppress_context__ or raised.value.__context__}"
    assert named in whole
    assert not [word for word in (KEY, SECRET, "AKIANOBODY", "wrong/secret") if word in whole]


@pytest.mark.parametrize(
    "named", ["s3://", "s3:///a.warc", f"s3://{KEY}:{SECRET}@press/a.warc", "s3://press/[z-a].warc"]
)
def test_what_is_no_address_is_told(served: FakeStore, named: str) -> None:
    """Keys don't belong in an address, and what means nothing is refused before anything is asked."""
    with pytest.raises(BadInput) as raised:
        store(served).find(named)
    assert SECRET not in str(raised.value)
    assert not served.asked


def test_lists_name_objects_too(served: FakeStore) -> None:
    """Objects of a list have stamps; one that isn't there stays, to be told of when it is read; where none is to be had that is told."""
    lines = b"crawl/1.warc.gz\ncrawl/none.warc.gz\n"
    found = list_inputs([], ["https://x.example/l"], base="s3://press", read=lambda _: lines, find=store(served).find)
    assert [(one.name, bool(one.stamp)) for one in found] == [
        ("s3://press/crawl/1.warc.gz", True),
        ("s3://press/crawl/none.warc.gz", False),
    ]
    find = store(served, key="AKIANOBODY").find
    with pytest.raises(HarmledgerError, match="doesn't let you"):
        list_inputs([], ["https://x.example/l"], base="s3://press", read=lambda _: lines, find=find)


def test_access_is_what_amazons_tools_read() -> None:
    """The variables of Amazon's tools count, S3's own before the others; secrets don't show."""
    said = {
        "AWS_ENDPOINT_URL": "https://other.example",
        "AWS_ENDPOINT_URL_S3": "https://store.example:9000/",
        "AWS_DEFAULT_REGION": "eu-1",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_SESSION_TOKEN": "a-token",
        "AWS_NO_SIGN_REQUEST": "YES",
    }
    loaded = load_access(said)
    assert (loaded.endpoint, loaded.region, loaded.anonymous) == ("https://store.example:9000/", "eu-1", True)
    assert (loaded.key, loaded.secret, loaded.token) == (KEY, SECRET, "a-token")
    assert not [word for word in (KEY, SECRET, "a-token") if word in repr(loaded)]
    assert load_access({}) == Access()
    for endpoint in ("store.example:9000", f"https://{KEY}:{SECRET}@store.example", "file:///etc"):
        with pytest.raises(BadInput, match="no object store's address"):
            load_access({"AWS_ENDPOINT_URL": endpoint})


def test_an_input_of_a_store_is_one_by_its_address() -> None:
    """Both names of the scheme are known."""
    assert Input(name="s3a://press/a.warc").is_bucket
    assert not Input(name="gs://press/a.warc").is_bucket
