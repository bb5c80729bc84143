"""OpenTimestamps' proofs: read and written as the reference library does, and bounded whatever a calendar sends."""

from __future__ import annotations

import base64
import warnings

import pytest
from fake_stampers import MINED, SALTED, apply_all, chained, complete, in_block, pending, promise
from hypothesis import given, settings
from hypothesis import strategies as st
from opentimestamps.core.serialize import BytesDeserializationContext, BytesSerializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile

from harmledger.attest.ots import (
    MOST_BYTES,
    MOST_DEPTH,
    block_height,
    parse_proof,
    parse_timestamp,
    pending_address,
    render_proof,
    render_timestamp,
)
from harmledger.attest.ots_tree import (
    APPEND,
    MOST_MESSAGE,
    PREPEND,
    SHA256,
    Attestation,
    Operation,
    Tree,
    graft,
    merge_trees,
)
from harmledger.errors import BadInput, Inconsistent

HELLO = base64.b64decode(
    "AE9wZW5UaW1lc3RhbXBzAABQcm9vZgC/ieLohOiSlAEIA7ogTlDRJuRnTABeBNguhMITZngK8fQ71Uo3gWtqs0AD8cgBAQAAAAHkgvnTLsw7ple2nYmAEIV7"
    "VEV6kEl5gv9W+XxOxY5vmAEAAABrSDBFAiEAslOt0dHPkIRDOKR1oE/xP8nnvSQrB3Yt6gf1YIst42cCIACyaMqcM0KzdpzdBiiRMXzc74eqwxC2hV6dk4mO"
    "u+jsASECDY5NEH0rM5sAUO/dS0oJJFqgVgSPElOWN06moqsHCcb/////AmUz5gUAAAAAGXapFAvwV9QPu6Z0SGJRX1tVojEN5XcviKyghgEAAAAAABl2qRTw"
    "BoisAAAAAAgI8SCph/cWxTORPDFMeONdNYhMrJQ/pCysSdKyxp9AA/hfiAgI8SDexVs0h+Hj9yKkm1WneDIVhieF9KOss5KEYBn3HcZKnQgI8SCyyhj0heCA"
    "R44CXas9RktBbA4ey2Ypya786MghTQQkMggI8CARsOkGYRlv9LCBPD7aFBurXpFgSDe996DJ3zfbDjoRmAgI8CDDS8GkoQk//RSMAWseZkdCkU6Tnvq+TT01"
    "ZRWRSybZ4ggI8CDD5ufDjGn2ryTCvjTrrEglft5h7AohuVNeREMne+MGRggI8SAHmL+GBuAAJOXV1UvwyWD2Kd+52taRV0VbbyZSwOjegQgI8CA/mtptYLqi"
    "RABrsKrVFEitL6+51LZIegmZz/JrkfD1NggI8SDHAwGelZqN0/rvdIm7MoukhVdHWOcJHwFGTrZYcsl1yAgI8CDL/v/1E/+EuRXj/tb515lnZjD4Nk6ipsdV"
    "f62UpbXXiAgI8SAL4jcJhZkTur1EYLvd+O0hPnyHc6Sx+s4w+Kz98JO3BQgIAAWIlg1z1xkBA/fvFQ=="
)
"""The project's first proof, of a file that says `Hello World!`, in Bitcoin's block 358,391. Source: `examples/hello-world.txt.ots` of the OpenTimestamps client."""
HELLO_DIGEST = "03ba204e50d126e4674c005e04d82e84c21366780af1f43bd54a37816b6ab340"
HELLO_ROOT = "007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a"
DIGEST = b"\x05" * 32
CALENDAR = "https://alice.calendar.example"


def reference_reads(proof: bytes) -> bytes:
    """The proof as the reference library writes it again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = BytesSerializationContext()
        DetachedTimestampFile.deserialize(BytesDeserializationContext(proof)).serialize(context)
    return context.getbytes()


@st.composite
def trees(draw: st.DrawFn, depth: int = 2, message: bytes = DIGEST) -> Tree:
    kinds = st.one_of(
        st.integers(0, 10**7).map(in_block),
        st.sampled_from([CALENDAR, "http://b.example:14788/x"]).map(pending),
        st.binary(max_size=9).map(lambda payload: Attestation(b"unknown!", payload)),
    )
    attestations = frozenset(draw(st.lists(kinds, min_size=0 if depth else 1, max_size=2)))
    operations = st.one_of(
        st.sampled_from([Operation(SHA256), Operation(0x02), Operation(0xF2), Operation(0xF3)]),
        st.builds(Operation, st.sampled_from([APPEND, PREPEND]), st.binary(min_size=1, max_size=200)),
    )
    wanted = draw(st.sets(operations, min_size=0 if attestations else 1, max_size=2)) if depth else set()
    branches = tuple((each, draw(trees(depth - 1, each.apply(message)))) for each in sorted(wanted))
    return Tree(message, attestations, branches)


def test_the_first_proof_of_all_ends_in_its_block() -> None:
    """The project's own first proof leads from its file's hash to the Merkle root of block 358,391."""
    tree = parse_proof(HELLO)
    assert tree.message.hex() == HELLO_DIGEST
    assert [(message.hex(), block_height(each)) for message, each in tree.walk()] == [(HELLO_ROOT, 358_391)]
    assert render_proof(tree) == HELLO


@settings(max_examples=40)
@given(trees())
def test_the_reference_library_reads_what_is_written(tree: Tree) -> None:
    """Any proof written here is read by the reference library, and what that writes says the same; so it is read here again."""
    proof = render_proof(tree)
    assert parse_proof(reference_reads(proof)) == tree
    assert parse_proof(proof) == tree


@settings(max_examples=40)
@given(trees(), trees())
def test_merged_proofs_say_what_both_do(left: Tree, right: Tree) -> None:
    """Two calendars' proofs of one hash become one with the attestations of both; the reference library reads it."""
    merged = merge_trees(left, right)
    assert set(merged.walk()) == {*left.walk(), *right.walk()}
    assert merge_trees(merged, right) == merged
    assert parse_proof(reference_reads(render_proof(merged))) == merged


def test_proofs_of_different_things_are_not_merged() -> None:
    """A proof of another hash can't slip in."""
    with pytest.raises(Inconsistent, match="different things"):
        merge_trees(Tree(DIGEST, frozenset({in_block(1)})), Tree(b"\x06" * 32, frozenset({in_block(1)})))


def test_a_promise_grows_into_a_proof() -> None:
    """What a calendar tells later joins where it promised, and the whole leads from the hash to the block's root."""
    promised = parse_timestamp(promise(CALENDAR)(DIGEST), DIGEST)
    commitment = apply_all(DIGEST, SALTED)
    assert [(message, pending_address(each)) for message, each in promised.walk()] == [(commitment, CALENDAR)]
    grown = graft(promised, parse_timestamp(complete(commitment, 800_000), commitment))
    ends = {block_height(each): message for message, each in grown.walk()}
    assert ends == {None: commitment, 800_000: apply_all(commitment, MINED)}
    assert parse_proof(render_proof(grown)) == grown
    assert graft(promised, Tree(b"elsewhere", frozenset({in_block(1)}))) == promised


DEEP = bytes([SHA256]) * (MOST_DEPTH + 1)
END = render_timestamp(Tree(DIGEST, frozenset({in_block(1)})))
LONG = bytes([APPEND]) + b"\x80\x20" + b"x" * MOST_MESSAGE


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "no proof"),
        (b"<html>busy</html>", "operation that isn't known"),
        (END[:-1], "no proof"),
        (END + b"\0", "no proof"),
        (DEEP + END, "too deep"),
        (b"\xff" + bytes([SHA256]), "no proof"),
        (b"\x67" + END, "operation that isn't known"),
        (LONG + END, "too long"),
        (bytes([APPEND, 0]) + END, "no proof"),
        (bytes([0xF3]) * 8 + END, "too long"),
        (bytes([APPEND]) + b"\xff" * 10 + END, "no proof"),
        ((b"\xff" + END) * 5000 + END, "too long|too many"),
        (b"\xff\xff" * 20 + END, "operation that isn't known"),
        (b"x" * (MOST_BYTES + 1), "too long"),
        (render_timestamp(Tree(DIGEST, frozenset({pending("https://user@calendar.example")}))), "garbled"),
        (render_timestamp(Tree(DIGEST, frozenset({pending("https://calendar.example/?a=b")}))), "garbled"),
        (render_timestamp(Tree(DIGEST, frozenset({Attestation(in_block(1).tag, b"\x01\x01")}))), "garbled"),
    ],
)
def test_hostile_answers_are_refused(answer: bytes, words: str) -> None:
    """Cut short, endless, deep, large, unknown or garbled: each is refused in a sentence."""
    with pytest.raises(BadInput, match=words):
        parse_timestamp(answer, DIGEST)


def test_a_proof_that_forks_at_every_step_is_refused() -> None:
    """A small file that unfolds into millions of hashes isn't followed."""
    fork = b"\xff" + bytes([SHA256]) + END
    with pytest.raises(BadInput, match="too many parts"):
        parse_timestamp(fork * 4100 + END, DIGEST)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(garbage: bytes) -> None:
    """No bytes break the reader; what it reads it writes so that it reads the same."""
    try:
        tree = parse_timestamp(garbage, DIGEST)
    except BadInput:
        return
    assert parse_timestamp(render_timestamp(tree), DIGEST) == tree


@pytest.mark.parametrize("wrong", [b"", HELLO[:40], b"x" + HELLO[1:], HELLO[:31] + b"\x02" + HELLO[32:], HELLO + b"\0"])
def test_what_is_no_proof_of_a_sha256_is_refused(wrong: bytes) -> None:
    """Another file, another version or hash, something after its end."""
    with pytest.raises(BadInput):
        parse_proof(wrong)


def test_chains_lead_where_their_operations_do() -> None:
    """A tree's messages are what its operations make, not what somebody says."""
    tree = chained(DIGEST, [Operation(PREPEND, b"a"), Operation(APPEND, b"b"), Operation(SHA256)], in_block(9))
    ((message, _),) = parse_timestamp(render_timestamp(tree), DIGEST).walk()
    assert message == Operation(SHA256).apply(b"a" + DIGEST + b"b")
