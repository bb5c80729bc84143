"""The page about the record names all that a record holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "record.md"
TEXT = (
    "At least 12 civilians, including three children, were killed in an air strike by the US-led coalition on a bakery in Raqqa, Syria, "
    "on 3 May 2017, the Syrian Observatory for Human Rights said.\n\nRussia condemned the strike and called on the coalition to stop."
)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_every_field_is_explained(read_lines: Any) -> None:
    """No key of a record is missing from its page."""
    explained = set(re.findall(r"\w+", PAGE.read_text(encoding="utf-8")))
    (record,) = read_lines([{"id": "1", "published": "2017-05-04", "text": TEXT}])
    assert record["claims"]
    assert set(keys(record)) - explained == set()
