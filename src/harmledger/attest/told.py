"""One capture's proof as files for a court: what is in them, and how anybody checks them by hand, with OpenSSL and the OpenTimestamps client alone.

Comes in: the leaf, its proof and the stamps. Goes out: files by their names. Nothing of this program is needed to check them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from harmledger.attest.leaves import render_leaf
from harmledger.attest.merkle import hash_leaf
from harmledger.domain.stamp import Leaf, Root, Stamp, StampKind, StampState

LEAF, ROOT, PROOF, SCRIPT, TEXT = "leaf.txt", "root.bin", "proof.json", "check.sh", "README.txt"
DOCUMENT, RECORDS = "captured.bin", "captured.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """A stamp with its bytes: the token or the proof, and of a token the certificates to check it with."""

    stamp: Stamp
    content: bytes = b""
    anchors: bytes = b""
    """Root certificates, in PEM."""
    enclosed: bytes = b""
    """Certificates that came with it, in PEM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A capture under a root, the way from one to the other, and who attests the root."""

    leaf: Leaf
    root: Root
    position: int
    path: Sequence[bytes]
    attested: Sequence[Attested]


def render_proof_record(proven: Proven) -> dict[str, object]:
    """The proof as JSON's own types: all that is needed to check it but the tokens' bytes."""
    text = render_leaf(proven.leaf)
    return {
        "leaf": text.decode(),
        "leaf_hash": hash_leaf(text).hex(),
        "position": proven.position,
        "leaves": proven.root.leaves,
        "path": [each.hex() for each in proven.path],
        "root": proven.root.root,
        "root_made": _moment(proven.root.made),
        "stamped_sha256": hashlib.sha256(bytes.fromhex(proven.root.root)).hexdigest(),
        "stamps": [_stamp_record(each.stamp) for each in proven.attested],
    }


def render_files(proven: Proven, *, document: bytes | None, records: bytes | None) -> dict[str, bytes]:
    """The files by name. `document`, `records`: the captured bytes and their WARC records, where they are there and wanted."""
    files = {
        LEAF: render_leaf(proven.leaf),
        ROOT: bytes.fromhex(proven.root.root),
        PROOF: json.dumps(render_proof_record(proven), indent=2).encode() + b"\n",
    }
    commands = [*_climb(proven), *_hash_captured(document, records)]
    tokens, proofs = 0, 0
    for each in proven.attested:
        if each.stamp.kind is StampKind.RFC3161 and each.content:
            tokens += 1
            commands += _add_token(files, each, _numbered(tokens))
        elif each.content:
            proofs += 1
            files[f"root{_numbered(proofs)}.ots"] = each.content
            commands += _say_how_ots(_numbered(proofs))
    files |= {name: data for name, data in ((DOCUMENT, document), (RECORDS, records)) if data is not None}
    files[SCRIPT] = "\n".join(["#!/bin/sh", "# What README.txt tells, as commands.", "set -e", *commands, ""]).encode()
    files[TEXT] = _render_text(proven, sorted(files)).encode()
    return files


# --- commands --------------------------------------------------------------------------------------------------------


def _climb(proven: Proven) -> list[str]:
    """From the leaf up to the root, a hash a line: `printf` writes bytes by their octal numbers in every shell."""
    lines = [
        "# The leaf, hashed after a zero byte, and each pair of hashes after a one (RFC 6962):",
        f"(printf '\\000'; cat {LEAF}) | openssl dgst -sha256 -binary > node.tmp",
    ]
    position, last, left = proven.position, proven.root.leaves - 1, list(proven.path)
    while last:
        if position % 2 or position < last:
            beside = f"printf '{_octal(left.pop(0))}'"
            pair = f"{beside}; cat node.tmp" if position % 2 else f"cat node.tmp; {beside}"
            lines.append(f"(printf '\\001'; {pair}) | openssl dgst -sha256 -binary > next.tmp && mv next.tmp node.tmp")
        position, last = position // 2, last // 2
    return [*lines, f"cmp node.tmp {ROOT}", "rm node.tmp", 'echo "The leaf is under the root."']


def _hash_captured(document: bytes | None, records: bytes | None) -> list[str]:
    kept = [(DOCUMENT, "document")] if document is not None else []
    kept += [(RECORDS, "record")] if records is not None else []
    lines = ["# The captured bytes are those that the leaf names:"] if kept else []
    for name, noun in kept:
        lines.append(f'grep -qx "{noun} $(openssl dgst -sha256 -r {name} | cut -c1-64)" {LEAF}')
        lines.append(f'echo "{name} is what the leaf names."')
    return lines


def _add_token(files: dict[str, bytes], attested: Attested, number: str) -> list[str]:
    token, roots, chain = f"token{number}.tsr", f"roots{number}.pem", f"chain{number}.pem"
    files |= {token: attested.content, roots: attested.anchors, chain: attested.enclosed}
    when = attested.stamp.time
    at = f" -attime {int(when.timestamp())}" if when else ""
    return [
        f"# The authority's token over {ROOT}, its certificates as they stood when it signed:",
        f"openssl ts -verify -data {ROOT} -in {token} -CAfile {roots} -untrusted {chain}{at}",
        f"openssl ts -reply -in {token} -text 2>/dev/null | grep 'Time stamp:'",
    ]


def _say_how_ots(number: str) -> list[str]:
    return [f"# OpenTimestamps, with its own client and a Bitcoin node:  ots verify -f {ROOT} root{number}.ots"]


def _numbered(number: int) -> str:
    """The first of its kind needs no number."""
    return "" if number == 1 else f"-{number}"


def _octal(data: bytes) -> str:
    return "".join(f"\\{byte:03o}" for byte in data)


# --- the text --------------------------------------------------------------------------------------------------------


def _render_text(proven: Proven, names: Sequence[str]) -> str:
    leaf = proven.leaf
    known = {
        LEAF: "what was put under the root: the capture's id, the SHA-256 of its bytes, and that of its WARC records",
        ROOT: f"the root over {proven.root.leaves} leaves: 32 bytes. Its own SHA-256 is what authorities were sent",
        PROOF: "the way from the leaf to the root, and the stamps, for programs",
        SCRIPT: "the commands below",
        DOCUMENT: "the bytes that were captured",
        RECORDS: "the request and the answer as they went over the wire (WARC/1.1)",
    }
    files = "\n".join(f"  {name:18} {known.get(name) or _kind_of(name)}" for name in [*names, TEXT] if name != TEXT)
    stamps = "\n".join(f"  {_say(each.stamp)}" for each in proven.attested) or "  Nobody has attested this root yet."
    return _TEXT.format(capture=leaf.subject, document=leaf.document_id, files=files, stamps=stamps, script=SCRIPT)


def _kind_of(name: str) -> str:
    return {
        "tsr": "an authority's answer, whole, as it came (RFC 3161)",
        "ots": "a proof of OpenTimestamps over root.bin",
        "pem": "root certificates that the token was checked against"
        if name.startswith("roots")
        else "certificates that came with the token",
    }[name.rpartition(".")[2]]


def _say(stamp: Stamp) -> str:
    if stamp.kind is StampKind.RFC3161:
        told = f"it existed by {_moment(stamp.time)}" if stamp.time else "nothing was signed yet"
    elif stamp.time:
        told = f"it existed by {_moment(stamp.time)}, within some two hours (Bitcoin's block {stamp.height})"
    elif stamp.state is StampState.HELD:
        told = f"it is in Bitcoin's block {stamp.height}; the block's header was not at hand to tell the time"
    else:
        told = "a calendar took it, and has not told a block yet"
    return f"{_public(stamp)}: {told}"


def _public(stamp: Stamp) -> str:
    """The authority's address, less what may be a key to it."""
    return stamp.authority.partition("?")[0]


def _stamp_record(stamp: Stamp) -> dict[str, object]:
    return {
        "kind": stamp.kind.value,
        "authority": _public(stamp),
        "state": stamp.state.value,
        "time": _moment(stamp.time),
        "height": stamp.height,
        "asked": _moment(stamp.asked),
        "sha256": stamp.content_id,
        "message": stamp.message,
    }


def _moment(time: datetime | None) -> str | None:
    return time and time.strftime("%Y-%m-%dT%H:%M:%SZ")


_TEXT = """\
Proof of time for one capture
=============================

Capture   {capture}
Document  {document} (SHA-256 of the captured bytes)

What is said, and by whom
{stamps}

This shows that these very bytes existed by then. It does not show who wrote
them, that they are true, or that they did not exist long before.

Files
{files}

How to check it by hand
  sh {script}
runs every step with the programs `openssl`, `cmp` and `grep`, and stops at the first that
fails; read it first, it is short. Root certificates in this folder are those
that the token was checked against when it came: compare them with those that
the authority publishes, or put its own in their place.

A .ots file is checked with the OpenTimestamps client, which asks a Bitcoin
node for the block's header:  ots verify -f root.bin root.ots
"""
