"""Tokens of time-stamping authorities: what one says, and whether it is signed by whom it should be, over what it should be.

In come the answer as the authority gave it, the bytes that were stamped, and root certificates; out goes what the token says. Certificates count
as they stood at the token's own time: one that has expired since still vouches for what it signed while it was good.

Source: RFC 3161.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from harmledger.attest.der import sort_certificates
from harmledger.domain.stamp import Token
from harmledger.errors import BadInput, Inconsistent

MOST_BYTES = 128 * 1024
"""Of one answer: with a chain of three certificates it has 6 KB."""
_T = TypeVar("_T")
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def check_token(
    answer: bytes, stamped: bytes, *, roots: Sequence[x509.Certificate], nonce: int | None = None, where: str
) -> Token:
    """What the token says of the stamped bytes, once its signature and chain were checked; against enclosed roots where none that was given fits.

    Raises:
        BadInput: it is no token, or its chain leads to no root that is known.
        Inconsistent: it is one, and doesn't hold.
    """
    if len(answer) > MOST_BYTES:
        raise BadInput("the authority's answer is too long", where, "check its address")
    response = _soundly(lambda: decode_timestamp_response(sort_certificates(answer)), where)
    if response.status != 0:
        words = "; ".join(response.status_string)[:200] or f"status {response.status}"
        raise BadInput(f"the authority refused ({words})", where, "check what it wants")
    enclosed = _soundly(lambda: _enclosed(response), where)
    given = _fitting(enclosed, roots)
    anchors = given or [each for each in enclosed if each.issuer == each.subject]
    if not anchors:
        what = f"no root certificate is known that vouches for {_issuers(enclosed)}"
        raise BadInput(what, where, "get the authority's root certificate and name its file in stamp_roots")
    _soundly(lambda: _verify(response, stamped, anchors, nonce), where)
    return _soundly(lambda: _read(response, enclosed, anchors, given=bool(given)), where)


def parse_certificates(data: bytes, where: str) -> list[x509.Certificate]:
    """Certificates in PEM, one or many, with whatever stands between them; or one in DER.

    Raises:
        BadInput: there is none, or one is garbled.
    """
    try:
        if found := _PEM.findall(data):
            return [x509.load_pem_x509_certificate(each) for each in found]
        return [x509.load_der_x509_certificate(data)]
    except ValueError as e:
        raise BadInput("this holds no certificate", where, "name a file in PEM or DER, or a folder of such") from e


def enclosed_certificates(answer: bytes) -> bytes:
    """The certificates that came with a token, in PEM: what a court's own tools need to build its chain."""
    response = _soundly(lambda: decode_timestamp_response(sort_certificates(answer)), "the token")
    return _pem(_soundly(lambda: _enclosed(response), "the token"))


def _enclosed(response: TimeStampResponse) -> list[x509.Certificate]:
    """Sorted, so that the same answer is told of in the same words every time."""
    return [x509.load_der_x509_certificate(each) for each in sorted(response.signed_data.certificates)]


def _fitting(enclosed: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """Of what was given, whatever issued something enclosed, and what issued that: all the world's roots needn't be kept with each token."""
    found: list[x509.Certificate] = []
    wanted = {each.issuer for each in enclosed}
    while more := [root for root in roots if root.subject in wanted and root not in found]:
        found.extend(more)
        wanted |= {each.issuer for each in more}
    return found


def _verify(
    response: TimeStampResponse, stamped: bytes, anchors: Sequence[x509.Certificate], nonce: int | None
) -> None:
    """Only anchors go in: whatever else is put beside them would be trusted as they are."""
    verifier = VerifierBuilder(roots=list(anchors), nonce=nonce).build()
    verifier.verify_message(response, stamped)


def _read(
    response: TimeStampResponse,
    enclosed: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    *,
    given: bool,
) -> Token:
    (signer,) = response.signed_data.signer_infos
    named = (each for each in enclosed if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number))
    told = response.tst_info
    return Token(
        time=told.gen_time,
        signer=next(named).subject.rfc4514_string()[:300],
        serial=told.serial_number,
        policy=told.policy.dotted_string,
        anchors=_pem(anchors),
        given=given,
    )


def _soundly(read: Callable[[], _T], where: str) -> _T:
    """What hostile bytes do to the parser is told, and goes no further.

    Raises:
        BadInput: they can't be read.
        Inconsistent: they can, and don't hold.
    """
    try:
        return read()
    except BadInput as e:
        raise BadInput(e.what, where, e.remedy) from e
    except VerificationError as e:
        what = f"the token doesn't hold ({str(e).partition(': ErrorStack')[0][:200]})"
        raise Inconsistent(what, where, "do not rely on it; ask the authority again") from e
    except ValueError as e:
        raise BadInput("this is no time-stamp token that can be read", where, "check the authority's address") from e
    except BaseException as e:  # the parser's own panics are no Exception
        if type(e).__name__ != "PanicException":
            raise
        raise BadInput("this is no time-stamp token that can be read", where, "check the authority's address") from None


def _issuers(enclosed: Sequence[x509.Certificate]) -> str:
    subjects = {each.subject for each in enclosed}
    unknown = sorted({each.issuer.rfc4514_string() for each in enclosed if each.issuer not in subjects})
    return "; ".join(unknown)[:300] or "the token, which encloses no certificate"


def _pem(certificates: Sequence[x509.Certificate]) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)
