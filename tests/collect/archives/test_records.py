"""Records of a WARC, in whatever they are packed."""

from __future__ import annotations

import gzip
import io

import pytest
from archived import OPENING, PACKINGS, PAGE, PICTURE, REQUEST, each_gzip, record, response
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.collect.archives.codecs import Damaged
from harmledger.collect.archives.records import Damage, Record, iter_records
from harmledger.collect.limits import Limits
from harmledger.collect.streams import FullReads

RECORDS = [OPENING, REQUEST, response(), PICTURE, response(PAGE * 40, number=2, version="1.0")]
SHORT = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:7>\r\nContent-Length: "


def read(content: bytes, *, pipe: bool = False, start: int = 0) -> list[tuple[str, bytes] | Damage]:
    raw = FullReads(io.BytesIO(content)) if pipe else io.BytesIO(content)
    found: list[tuple[str, bytes] | Damage] = []
    for item in iter_records(io.BufferedReader(raw), limits=Limits(), start=start):  # pyright: ignore[reportArgumentType]
        if isinstance(item, Record):
            try:
                found.append((item.kind, item.raw_head + item.block() + b"\r\n\r\n"))
            except Damaged:
                continue
        else:
            found.append(item)
    return found


def whole(content: bytes, **other: bool) -> list[bytes]:
    return [item[1] for item in read(content, **other) if not isinstance(item, Damage)]


@pytest.mark.parametrize("pipe", [False, True])
@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing(packing: str, pipe: bool):
    """The same records come out of every packing, byte for byte, from a file and from a pipe."""
    assert whole(PACKINGS[packing](RECORDS), pipe=pipe) == RECORDS


@pytest.mark.parametrize("packing", PACKINGS)
def test_passed_over(packing: str):
    """A record that nobody reads is passed over to the next one."""
    raw = io.BufferedReader(io.BytesIO(PACKINGS[packing](RECORDS)))  # pyright: ignore[reportArgumentType]
    kinds = [item.kind for item in iter_records(raw, limits=Limits()) if isinstance(item, Record)]
    assert kinds == ["warcinfo", "request", "response", "response", "response"]


@pytest.mark.parametrize(
    "packing", ["plain", "gzip, record by record", "zstd, record by record", "zstd with a dictionary"]
)
def test_found_again(packing: str):
    """A record whose offset is told can be read from there."""
    content = PACKINGS[packing](RECORDS)
    raw = io.BufferedReader(io.BytesIO(content))  # pyright: ignore[reportArgumentType]
    offsets = [(item.offset, item.apart) for item in iter_records(raw, limits=Limits()) if isinstance(item, Record)]
    assert all(apart for _, apart in offsets)
    for (offset, _), expected in zip(offsets, RECORDS, strict=True):
        assert read(content, start=offset)[0] == (read(expected)[0])


@pytest.mark.parametrize("packing", ["plain", "gzip, record by record", "zstd, record by record"])
@pytest.mark.parametrize("pipe", [False, True])
def test_damage_costs_one(packing: str, pipe: bool):
    """A damaged record is told once, where it is, and all others are read."""
    broken = RECORDS[2].replace(b"Content-Length: ", b"Content-Length: x", 1)
    if packing != "plain":
        pieces = [bytearray(PACKINGS[packing]([each])) for each in RECORDS]
        pieces[2][len(pieces[2]) // 2] ^= 0xFF
        content, offset = b"".join(pieces), len(pieces[0]) + len(pieces[1])
    else:
        content = b"".join([*RECORDS[:2], broken, *RECORDS[3:]])
        offset = len(RECORDS[0]) + len(RECORDS[1])
    found = read(content, pipe=pipe)
    assert [item.offset for item in found if isinstance(item, Damage)] == [offset]
    assert [item[1] for item in found if not isinstance(item, Damage)] == [*RECORDS[:2], *RECORDS[3:]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SHORT + b"5000\r\n\r\nshort", "shorter than it says"),
        (SHORT + b"2\r\n\r\nlonger", "longer than it says"),
        (SHORT + b"-5\r\n\r\n", "how long it is"),
        (SHORT + b"9" * 40 + b"\r\n\r\n", "how long it is"),
        (b"WARC/1.1\r\n" + b"a: b\r\n" * 20_000, "no end"),
        (b"WARC/x\r\n\r\n", "no record begins"),
        (gzip.compress(OPENING)[:-4], "ends before"),
        (gzip.compress(OPENING) + b"trailing rubbish", "stands what is none"),
        (b"\x5d\x2a\x4d\x18\xff\xff\xff\xff", "no sensible size"),
        (b"\x5d\x2a\x4d\x18\x10\x00\x00\x00" + b"\x00" * 16, "dictionary"),
    ],
)
def test_what_is_wrong(content: bytes, says: str):
    """What is wrong with a record is said in words."""
    damages = [item for item in read(content) if isinstance(item, Damage)]
    assert len(damages) == 1
    assert says in damages[0].what


def test_trailing_rubbish_costs_nothing():
    """What follows the last record takes nothing from it."""
    assert whole(gzip.compress(OPENING) + b"rubbish") == [OPENING]
    assert whole(gzip.compress(OPENING) + b"\0" * 100_000) == [OPENING]


def test_bomb_is_given_up():
    """A record that unpacks to a thousand times its size is told, not unpacked; the next one is read."""
    bomb = gzip.compress(record("response", b"0" * 30_000_000), 9)
    found = read(bomb + gzip.compress(OPENING))
    assert isinstance(found[0], Damage)
    assert "200 times its size" in found[0].what
    assert found[1] == ("warcinfo", OPENING)


def test_no_record_from_within_another():
    """What looks like a record inside of a page is none."""
    assert whole(each_gzip([response(OPENING), OPENING])) == [response(OPENING), OPENING]
    assert whole(response(OPENING) + OPENING) == [response(OPENING), OPENING]


@given(st.binary(max_size=3000), st.integers(0, 3000), st.sampled_from(sorted(PACKINGS)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_anything_goes(rubbish: bytes, at: int, packing: str, pipe: bool):
    """Whatever stands in a file, reading it ends, with records or words for what is wrong."""
    content = PACKINGS[packing](RECORDS)
    for item in read(content[:at] + rubbish + content[at:], pipe=pipe):
        assert isinstance(item, Damage) or item[1].startswith(b"WARC/")
