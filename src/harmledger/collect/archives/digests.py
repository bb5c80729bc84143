"""Whether bytes are those that a digest was made of.

Comes in: a digest as WARC and WACZ write it (`sha1:` and 32 letters, `sha256:` and 64 digits …). Goes out: yes, no, or that it can't be told.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from hmac import compare_digest
from typing import Protocol

_KNOWN = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


class Hash(Protocol):
    """What computes a digest."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


def new_hash(digest: str) -> Hash | None:
    """What computes a digest of that kind; none where it isn't known."""
    name = digest.partition(":")[0].strip().lower().replace("-", "")
    return hashlib.new(name, usedforsecurity=False) if name in _KNOWN else None


def is_digest(digest: str, computed: bytes) -> bool:
    """Whether a digest says these bytes, in whichever of the ways that archives write them."""
    stated = digest.partition(":")[2].strip()
    base32 = base64.b32encode(computed).decode().rstrip("=")
    base_64 = base64.b64encode(computed).decode().rstrip("=")
    bare = stated.rstrip("=")
    forms = (
        (computed.hex(), bare.lower()),
        (base32, bare.upper()),
        (base_64, bare.replace("-", "+").replace("_", "/")),
    )
    return any(compare_digest(ours.encode(), theirs.encode(errors="replace")) for ours, theirs in forms)


def holds(digest: str | None, contents: Iterable[bytes]) -> bool | None:
    """Whether the digest is of one of these; None where there is none, or it is of an unknown kind."""
    if not digest or new_hash(digest) is None:
        return None
    for content in contents:
        hashed = new_hash(digest)
        assert hashed is not None  # noqa: S101  it was known above
        hashed.update(content)
        if is_digest(digest, hashed.digest()):
            return True
    return False
