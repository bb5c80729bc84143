"""Block headers: a proof's end is held to the header's Merkle root, its work, and the headers before and after it."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from fake_stampers import double_sha256, mine, mine_chain

from harmledger.attest.blocks import LEAST_DIFFICULTY, Headers, check_block, parse_headers
from harmledger.errors import BadInput, Inconsistent

BLOCK_358391 = bytes.fromhex(
    "02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a"
    "1e376755f58616186272def6"
)
"""Bitcoin's own, which OpenTimestamps' first proof is in. Source: Bitcoin's chain."""
GENESIS = bytes.fromhex(
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
    "29ab5f49ffff001d1dac2b7c"
)
"""Bitcoin's first block. Source: the same."""
ROOT = BLOCK_358391[36:68]
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
ROOTS = [bytes([number]) * 32 for number in range(1, 9)]
CHAIN = mine_chain(ROOTS, time=NOW)


def test_bitcoins_own_header_holds() -> None:
    """The block of the first proof: its hash, its time, and the work that was in it, as the world knows them."""
    block = check_block(Headers(by_height={358_391: BLOCK_358391}), 358_391, ROOT)
    assert block is not None
    assert block.hash == "000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319"
    assert (block.time, block.after) == (datetime(2015, 5, 28, 15, 41, 18, tzinfo=UTC), 0)
    assert block.difficulty == pytest.approx(48_807_487_244.68, rel=1e-9)


def test_the_first_block_has_too_little_work_to_count() -> None:
    """Anybody makes a header as easy as those of 2009 today: it holds by itself, and is refused."""
    headers = Headers(by_height={0: GENESIS})
    block = check_block(headers, 0, GENESIS[36:68], least=1)
    assert block is not None
    assert (block.hash[:10], block.difficulty) == ("0000000000", 1)
    with pytest.raises(Inconsistent, match="too little work"):
        check_block(headers, 0, GENESIS[36:68])
    assert LEAST_DIFFICULTY < 48_807_487_244


def test_following_blocks_are_counted() -> None:
    """As many as follow without a gap, and no more than six are looked at."""
    after = [check_block(CHAIN, 800_000 + at, ROOTS[at], least=0) for at in range(8)]
    assert [block and block.after for block in after] == [6, 6, 5, 4, 3, 2, 1, 0]


def test_a_block_that_is_not_at_hand_is_none() -> None:
    """Nothing is said of it."""
    assert check_block(CHAIN, 700_000, ROOTS[0], least=0) is None
    assert check_block(Headers(run=b"".join(CHAIN.by_height.values())), 1, b"\x77" * 32, least=0) is None


def other_root() -> Headers:
    return Headers(by_height={1: mine(b"\x09" * 32, time=NOW)})


def without_work() -> Headers:
    header = struct.pack("<I", 2) + b"\0" * 32 + ROOT + struct.pack("<III", 1, 0x181686F5, 1)
    return Headers(by_height={1: header})


def without_target() -> Headers:
    return Headers(by_height={1: mine(ROOT, time=NOW, bits=0x20FFFFFF)})


def another_before() -> Headers:
    return Headers(by_height={0: mine(ROOTS[1], time=NOW), 1: mine(ROOT, time=NOW)})


def another_after() -> Headers:
    return Headers(by_height={1: mine(ROOT, time=NOW), 2: mine(ROOTS[1], time=NOW)})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (other_root, "not this block's Merkle root"),
        (without_work, "lacks the work"),
        (without_target, "lacks the work"),
        (another_before, "doesn't follow"),
        (another_after, "no chain"),
    ],
)
def test_headers_that_do_not_hold_are_refused(make: Callable[[], Headers], words: str) -> None:
    """Of another root, without its work, without a target, after another block, before another one."""
    with pytest.raises(Inconsistent, match=words):
        check_block(make(), 1, ROOT, least=0)


def test_a_following_header_without_work_is_refused() -> None:
    """Who appends headers to make a block look deep must work for each."""
    first = mine(ROOT, time=NOW)
    second = struct.pack("<I", 2) + double_sha256(first) + ROOT + struct.pack("<III", 1, 0x181686F5, 1)
    with pytest.raises(Inconsistent, match="lacks the work"):
        check_block(Headers(by_height={1: first, 2: second}), 1, ROOT, least=0)


def test_headers_are_read_in_each_form() -> None:
    """Lines, JSON, and 80 bytes each: the same block is found in all of them."""
    pairs = {height: header.hex() for height, header in CHAIN.by_height.items()}
    lines = "# heights and headers\n" + "\n".join(f"{height} {header}" for height, header in pairs.items())
    raw = b"".join(CHAIN.by_height.values())
    for data in (lines.encode(), json.dumps(pairs).encode(), raw):
        block = check_block(parse_headers(data, "headers"), 800_003, ROOTS[3], least=0)
        assert block is not None
        assert (block.after, block.hash) == (4, double_sha256(CHAIN.by_height[800_003])[::-1].hex())


def test_a_run_from_the_first_block_is_read_by_height() -> None:
    """In a file of all headers the height says where."""
    headers = parse_headers(GENESIS + BLOCK_358391, "headers")
    assert headers.find(1, b"") == (1, BLOCK_358391)
    assert headers.find(2, ROOT) is None


@pytest.mark.parametrize("wrong", [b"", b"\xff" * 81, b"{", b'{"1": "00"}', b"[1]", b"1 zz", b"{" * 100_000])
def test_what_is_no_header_is_refused(wrong: bytes) -> None:
    """Each in a sentence that says what forms there are."""
    with pytest.raises(BadInput, match="no block headers"):
        parse_headers(wrong, "headers")
