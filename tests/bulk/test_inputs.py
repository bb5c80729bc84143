"""Paths, folders, patterns and lists become inputs, each once and in a steady order; what is none is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from harmledger.bulk.inputs import Input, list_inputs
from harmledger.errors import BadInput, HarmledgerError, SourceFailed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with inputs and other things in it."""
    (tmp_path / "deep").mkdir()
    for name in ("b.warc.gz", "a.jsonl", "deep/c.parquet", "deep/d.wacz", "notes.txt", "image.png"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def names(inputs: list[Input], folder: Path) -> list[str]:
    return [one.name.removeprefix(f"{folder}/") for one in inputs]


def nothing(url: str) -> bytes:
    raise AssertionError(url)


def test_a_folder_gives_its_archives_sorted(folder: Path) -> None:
    """Only what holds many reports is taken of a folder."""
    assert names(list_inputs([str(folder)], read=nothing), folder) == [
        "a.jsonl",
        "b.warc.gz",
        "deep/c.parquet",
        "deep/d.wacz",
    ]


def test_each_is_taken_once(folder: Path) -> None:
    """What is named by its path and by a pattern is one input."""
    found = list_inputs([str(folder / "b.warc.gz"), f"{folder}/**/*.*"], read=nothing)
    assert names(found, folder)[:2] == ["b.warc.gz", "a.jsonl"]
    assert len(found) == len({one.id for one in found}) == 6


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_list_gives_addresses(pack: object) -> None:
    """Lines of a list are based on an address, unless they are one; comments and empty lines are none."""
    content = b"# paths\ncrawl/1.warc.gz\n\nhttps://elsewhere.example/2.warc.gz\n"
    found = list_inputs(
        [], ["https://data.example/warc.paths.gz"], base="https://data.example/", read=lambda _: pack(content)
    )  # type: ignore[operator]
    assert [one.name for one in found] == [
        "https://data.example/crawl/1.warc.gz",
        "https://elsewhere.example/2.warc.gz",
    ]


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"a" * 50_000_000), gzip.compress(b"crawl/1.warc.gz")[:-9]],
    ids=["a bomb", "broken off"],
)
def test_a_list_that_unpacks_to_no_list_is_refused(packed: bytes) -> None:
    """A bomb and a broken list are told, not read to their end."""
    with pytest.raises(SourceFailed, match="can't be unpacked"):
        list_inputs([], ["https://data.example/warc.paths.gz"], base="https://data.example/", read=lambda _: packed)


def test_a_changed_file_is_another_version(folder: Path) -> None:
    """An input keeps its id when it changes, and gets another stamp."""
    (before,) = list_inputs([str(folder / "a.jsonl")], read=nothing)
    (folder / "a.jsonl").write_bytes(b"longer")
    (after,) = list_inputs([str(folder / "a.jsonl")], read=nothing)
    assert before.id == after.id
    assert before.stamp != after.stamp


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("missing.warc", "there is no such file"),
        ("ftp://x.example/a.warc", "ftp:// is no kind"),
        ("gs://x/a.warc", "gs:// is no kind"),
        ("https://me:secret@x.example/a.warc", "a password or a signature"),
        ("https://x.example/a.warc?X-Amz-Signature=secret", "a password or a signature"),
        ("s3://me:secret@x/a.warc", "no address of an object store"),
        ("*.none", "there are no files of reports"),
    ],
)
def test_what_is_no_input_is_told(named: str, told: str) -> None:
    """A name that leads nowhere is refused in words."""
    with pytest.raises(BadInput, match=told.replace("*", ".")) as raised:
        list_inputs([named], read=nothing)
    assert "secret" not in str(raised.value)


def test_what_a_list_names_may_be_missing(folder: Path) -> None:
    """A list's other inputs are read where one isn't there: it fails by itself when it is read."""
    (folder / "list").write_text("none.jsonl\na.jsonl\ndeep\n")
    found = list_inputs([], [str(folder / "list")], base=str(folder), read=nothing)
    assert [(name, bool(one.stamp)) for name, one in zip(names(found, folder), found, strict=True)] == [
        ("none.jsonl", False),
        ("a.jsonl", True),
        ("deep/c.parquet", True),
        ("deep/d.wacz", True),
    ]
    (folder / "list").write_text("none.jsonl\n")
    with pytest.raises(BadInput, match="there is no such file"):
        list_inputs([], [str(folder / "list")], base=str(folder), read=nothing)


def test_a_list_of_the_web_names_no_file_of_this_machine(folder: Path) -> None:
    """Whoever writes a list elsewhere doesn't choose what is read here."""
    for line in (b"/etc/hostname", str(folder / "a.jsonl").encode()):
        with pytest.raises(BadInput, match="names a file of this machine"):
            list_inputs([], ["https://data.example/list"], base="https://data.example", read=lambda _, line=line: line)


def test_a_list_that_is_missing_is_told(tmp_path: Path) -> None:
    """A list that can't be read is refused in words."""
    with pytest.raises(HarmledgerError, match="the list can't be read"):
        list_inputs([], [str(tmp_path / "none")], read=nothing)
