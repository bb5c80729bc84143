"""The page furniture that is flattened into plain texts: which lines are not the article's own words, and of what kind.

Comes in: one line. Goes out: its kind of furniture and how far it reaches, or None. Knows English and Arabic wordings
as content systems print them; the wordings are general to many outlets. Whether the lines around agree is judged in
`plain`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from harmledger.read.lines import fold
from harmledger.resources.packaged import read_packaged_text


class Reach(Enum):
    """How much of the text a label takes with it."""

    LINE = auto()
    """Itself."""
    LIST = auto()
    """Itself and the headlines or chips that follow."""
    REST = auto()
    """Itself and all that follows."""


class Furniture(NamedTuple):
    """A kind of furniture and how far it reaches."""

    kind: str
    reach: Reach


LABEL_CHARS = 60
"""Longest line looked up as a label that stands by itself."""

NOTICE_CHARS = 500
"""Longest line that can be a notice (cookies, spam, comment policy, subscription)."""

OPENING_CHARS = 120
"""How much of a line of running text is compared with the openings of notices."""

_COUNTER = re.compile(r"^\d+ | ?\(?\d+\)?$")
_SECTIONS = frozenset(
    """home news world politics opinion opinions business economy sports sport health culture technology tech science
    lifestyle life travel environment education entertainment arts art music cinema film books book magazine video videos
    photos pictures multimedia gallery podcasts podcast features analysis interviews interview reports report columns
    editorial editorials international national local regional regions middle-east middle_east africa asia europe americas
    tourism food fashion style weather jobs live agenda diaspora investigations more kurdish arabic persian turkish french
    english russian spanish about contact subscribe follow help
    الرئيسيه اخبار سياسه اقتصاد رياضه ثقافه منوعات صحه تكنولوجيا علوم مقالات تقارير تحقيقات راي فيديو صور البرامج
    برامج محليات عربي دولي عالم مجتمع فن فنون حوارات ملفات تحليلات مدونات بودكاست انفوغراف كاريكاتير ترجمات""".split()
)


Row = Mapping[str, Any]
"""A table of `resources/furniture.toml`: kind, reach, and phrases or wordings."""


def _label_table(rows: Sequence[Row]) -> dict[str, Furniture]:
    pairs = [(fold(phrase), _furniture(row)) for row in rows for phrase in row["phrases"].split(",")]
    return {phrase: furniture for phrase, furniture in reversed(pairs) if phrase}


def _furniture(row: Row) -> Furniture:
    return Furniture(row["kind"], Reach[row["reach"]])


class _Notices:
    """Wordings compiled into one expression, with the furniture that each is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._pattern = re.compile("|".join(f"({'|'.join(row['wordings'])})" for row in rows))
        self._furniture = tuple(map(_furniture, rows))

    def find(self, folded: str) -> Furniture | None:
        match = self._pattern.match(folded)
        return self._furniture[match.lastindex - 1] if match and match.lastindex else None


_KNOWN = tomllib.loads(read_packaged_text("furniture.toml"))
_TABLE = _label_table(_KNOWN["labels"])
_WHOLE = _Notices(_KNOWN["whole"])
_OPENING = _Notices(_KNOWN["openings"])


def recognise(folded: str) -> Furniture | None:
    """What furniture a line is, by its own words alone; it comes folded (see `lines.fold`)."""
    if len(folded) <= LABEL_CHARS:
        found = _TABLE.get(folded) or _TABLE.get(_COUNTER.sub("", folded))
        if found:
            return found
    return _WHOLE.find(folded) or _OPENING.find(folded)


def recognise_opening(folded: str) -> Furniture | None:
    """What furniture a line of running text is, by the words it opens with: a notice about cookies, spam, comments."""
    return _OPENING.find(folded)


_BUTTONS = re.compile(
    r"(?<=[.!?)\"'”’»\d\s])\s((?:(?:Twitter|Facebook|Tweet|Share|Print|E-?mail|WhatsApp|Telegram|Pinterest|LinkedIn|Reddit"
    r"|تويتر|فيسبوك|فيس بوك|واتساب|تلغرام|طباعة|شارك)\s*\d*[\s|,]*)+)$"
)
BUTTONS_CHARS = 80
"""How much of a line's end is searched for buttons that were flattened into it."""


def find_buttons(text: str, start: int, end: int) -> int | None:
    """Where the share buttons begin that close a line of running text: `… in the city. (Source: Saba)  Twitter`."""
    match = _BUTTONS.search(text, max(start, end - BUTTONS_CHARS), end)
    return match.start(1) if match else None


def is_section(folded: str) -> bool:
    """A section's name as menus have it: `World`, `Arts & Culture`."""
    words = [word for word in folded.split() if len(word) > 1 and word not in ("and", "the")]
    return 0 < len(words) <= 3 and all(word in _SECTIONS or word.removeprefix("و") in _SECTIONS for word in words)
