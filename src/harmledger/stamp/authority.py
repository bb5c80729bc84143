"""Time-stamping authorities by their addresses: asked as RFC 3161 has it, checked at once.

Source: RFC 3161, 2.4.1 (the request) and 3.4 (over HTTP).
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from rfc3161_client import TimestampRequestBuilder
from rfc3161_client.base import HashAlgorithm

from harmledger.attest.token import check_token
from harmledger.domain.stamp import Token
from harmledger.stamp.asking import Asker, Question


def ask_authority(asker: Asker, url: str, stamped: bytes, *, roots: Sequence[x509.Certificate]) -> tuple[bytes, Token]:
    """The authority's answer as it came, and what its token says of the bytes that were to be stamped: their SHA-256, with a number made for this once.

    Raises:
        SourceFailed: it gave no answer.
        BadInput, Inconsistent: its answer is no token over these bytes and this number that leads to a known root.
    """
    request = (
        TimestampRequestBuilder()
        .data(stamped)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    answer = asker.ask(
        Question(
            url=url,
            content=request.as_bytes(),
            accept="application/timestamp-reply",
            kind="application/timestamp-query",
        )
    )
    return answer, check_token(answer, stamped, roots=roots, nonce=request.nonce, where=url)
