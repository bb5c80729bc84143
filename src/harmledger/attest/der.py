"""The one thing in an authority's answer that is often out of order: the set of certificates that it encloses.

DER wants a set sorted, programs that make tokens (OpenSSL's own among them) write it as it was given, and the parser here takes sorted ones
alone. The set isn't under the signature: sorting it alters nothing that anybody signed. What is kept is the answer as it came.

Source: RFC 3161, 2.4.2 (the answer); RFC 5652, 5.1 (signed data); X.690, 11.6 (sets).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harmledger.errors import BadInput

_CERTIFICATES = 0xA0
_MOST_LENGTH_BYTES = 4
"""No answer that is taken has lengths of more."""


class _Element(NamedTuple):
    tag: int
    start: int
    content: int
    end: int


def sort_certificates(answer: bytes) -> bytes:
    """The answer with its enclosed certificates in DER's order; as it is where it encloses none.

    Raises:
        BadInput: it is no answer of an authority's.
    """
    whole = _elements(answer, 0, len(answer))
    parts = _within(answer, whole[0])
    if len(parts) < 2:  # a refusal: a status alone
        return answer
    signed = _within(answer, _nth(_within(answer, parts[1]), 1))
    out = bytearray(answer)
    for each in _within(answer, _nth(signed, 0)):
        if each.tag == _CERTIFICATES:
            out[each.content : each.end] = b"".join(sorted(answer[c.start : c.end] for c in _within(answer, each)))
    return bytes(out)


def _within(data: bytes, element: _Element) -> list[_Element]:
    return _elements(data, element.content, element.end)


def _nth(elements: list[_Element], position: int) -> _Element:
    if position >= len(elements):
        raise _garbled()
    return elements[position]


def _elements(data: bytes, at: int, end: int) -> list[_Element]:
    found = list(_walk(data, at, end))
    if not found:
        raise _garbled()
    return found


def _walk(data: bytes, at: int, end: int) -> Iterator[_Element]:
    while at < end:
        if at + 2 > end:
            raise _garbled()
        start, length, at = at, data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            if not 0 < size <= _MOST_LENGTH_BYTES or at + size > end:
                raise _garbled()
            length, at = int.from_bytes(data[at : at + size]), at + size
        if at + length > end:
            raise _garbled()
        yield _Element(data[start], start, at, at + length)
        at += length


def _garbled() -> BadInput:
    return BadInput("this is no answer of a time-stamping authority", "its bytes", "check the authority's address")
