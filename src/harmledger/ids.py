"""Ids are hashes of content, one function a noun: the same on every run and every machine.

Ids are hexadecimal SHA-256, of the bytes themselves (documents) or of canonical JSON (everything else).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, cast

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def document_id(content: bytes) -> str:
    """The id of a document: SHA-256 of its captured bytes."""
    return hashlib.sha256(content).hexdigest()


def capture_id(document: str, source: str, fetched: datetime) -> str:
    """The id of one fetch of a document from a source at a time."""
    return _digest("capture", document, source, fetched)


def claim_id(document: str, *values: object) -> str:
    """The id of a claim: its document, the span of its count, its harm and the values read, not what read them."""
    return _digest("claim", document, *values)


def statement_id(document: str, *values: object) -> str:
    """The id of a statement: its document and the values read."""
    return _digest("statement", document, *values)


def reading_id(document: str, *values: object) -> str:
    """The id of a reading: its document, what read it, and what it found."""
    return _digest("reading", document, *values)


def refusal_id(*values: object) -> str:
    """The id of a refusal: which source, and why."""
    return _digest("refusal", *values)


def decision_id(*values: str | None) -> str:
    """The id of a decision: the decision before it, and all that it says."""
    return _digest("decision", *values)


def entry_id(document: str, *values: object) -> str:
    """The id of a claim that a person entered: its document, its quote and the values, not who wrote them down."""
    return _digest("entry", document, *values)


def victim_id(salt: str, *values: object) -> str:
    """The id of a victim: chance and what is known, so that nobody can prove a guessed name by it."""
    return _digest("victim", salt, *values)


def reference_id(name: str, content: str, licence: str, citation: str) -> str:
    """The id of a version of a recorder's data set: what it is called, holds, and may be used as."""
    return _digest("reference", name, content, licence, citation)


def page_id(address: str) -> str:
    """The id of a page that is watched: of its normalised address without scheme and last slash, so that one page is no two."""
    return _digest("page", address.partition("://")[2].rstrip("/"))


def listing_id(source: str, url: str) -> str:
    """The id of a listing: for which watched source it is looked at, and where it is."""
    return _digest("listing", source, url)


def incident_id(founding_claim: str) -> str:
    """The id of an incident: minted once from the claim that it was founded on."""
    return _digest("incident", founding_claim)


_PLAIN = frozenset({type(None), bool, int, float, str})


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind))


def _digest(*values: object) -> str:
    canonical = json.dumps([plain(v) for v in values], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(value: Any) -> Plain:  # noqa: PLR0911  one a kind of value
    """A domain value as JSON's own types: dataclasses by field, enumerations by value, days in ISO form."""
    if type(value) in _PLAIN:  # nine of ten: told at once
        return value
    match value:
        case Enum():
            return plain(value.value)
        case int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case _ if is_dataclass(value):
            return {name: plain(getattr(value, name)) for name in _names(cast("type", type(value)))}
        case Mapping():
            return {str(k): plain(v) for k, v in cast("Mapping[str, object]", value).items()}
        case Sequence():
            return [plain(v) for v in cast("Sequence[object]", value)]
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
