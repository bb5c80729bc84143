"""What reconciling goes by, from its data file: the order of sources, what vague words count, how notes are worded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from harmledger.domain import SpeakerType
from harmledger.resources.packaged import read_packaged_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The data file, parsed."""

    order: tuple[SpeakerType, ...]
    counts: tuple[tuple[re.Pattern[str], int], ...]
    """What vague words count at the least, the first that is met."""
    led_by: Mapping[str, str]
    notes: Mapping[str, re.Pattern[str]]
    """How an outlet words `correction` and `retraction`, and what stands before an `earlier` figure and the one of `now`."""


@cache
def load_knowledge() -> Knowledge:
    """What ships, read once."""
    data = tomllib.loads(read_packaged_text("reconcile.toml"))
    flags = re.IGNORECASE | re.VERBOSE
    return Knowledge(
        order=tuple(map(SpeakerType, data["order"])),
        counts=tuple((re.compile(rf"\b(?:{c['words']})\b", re.IGNORECASE), c["value"]) for c in data["counts"]),
        led_by=MappingProxyType(data["led_by"]),
        notes={name: re.compile(words.strip(), flags) for name, words in data["notes"].items()},
    )
