"""The cheap first look: which sentences hold a word of harm at all.

In comes a text; out go the offsets of harm words, found in one pass by Aho-Corasick at hundreds of MB/s. A stem found here
promises nothing; a sentence without one, and without such a neighbour, is not looked at again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from harmledger.text.numerals import find_counts

STRONG_STEMS = tuple(
    "kill dead death die dies died dying fatal casualt injur wound martyr massacr murder execut behead slain slaughter shot victim perish missing trapped rubble"
    " detain kidnap abduct displac bodies corpse toll".split()
)
"""Word beginnings that tell of harm to people by themselves."""
WEAK_STEMS = tuple(
    "hurt lives buried arrest captur prison hostage fled flee refugee homeless evacuat body burn suffocat poison maim amputat lynch losses eliminat neutraliz"
    " neutralis assassinat gunned blew claimed lost left leaving liquidat sustain annihilat stabb tortur drown targeted bombing destroy foil struck".split()
)
"""Those that may: they count in a report that has one of the others. Together they stand in nearly every sentence with a claim of the training set."""
ARABIC_STEMS = tuple(
    "قتل قتيل قتلى استشه إستشه شهيد شهداء شهادة إصاب اصاب أصيب اصيب مصاب أصاب جرح جريح ضحاي ضحي وفاة وفيات توفي مات موت قضى قضوا قضت مفقود فقدان فقد"
    " أنقاض انقاض ركام اعتقل معتقل اعتقال احتجز محتجز خطف مخطوف اختطاف أسير أسر أسرى نزح نازح نزوح تهجير هجّر مهجر أعدم اعدم إعدام اعدام مجزرة مجازر"
    " ارتقى ارتقاء ارتقت ارتفع حصيلة جثة جثث جثمان جثامين ذبح اغتيل اغتيال لقي مصرع هلاك تصفية قنص اختناق اختنق خنق تسمم انتشال انتشل عالق شظايا"
    " سقط سقوط خسائر خسر أودى اودى أودت راح حرق احترق بتر إبادة ابادة طال استهدف قصف تشييع دفن غرق تفجير تضرر مدني أشلاء".split()
)
"""The same in Arabic. Prefixes are written onto a word, so a stem may stand inside one."""

_SCREEN = AhoCorasick(STRONG_STEMS + WEAK_STEMS)
_STRONG = len(STRONG_STEMS)
_NAMED = re.compile(
    r"(?:[A-Z][\w’'-]+,? (?:was|were|been) (?:\w+ )?|\b(?:[Dd]eath|[Mm]urder|[Bb]ody) of |\b(?:identified|named) as )"
    r"|[A-Z][\w’'-]+(?:,[^.\n]{0,60},|\s\([^)\n]{0,40}\))?\s(?:has\s|had\s)?(?:died|succumbed)\b"
    r"|\b(?:kill|martyr)(?:ed|ing)\b|\bmartyrs?\b"
)
"""What may stand by a person who is named and not counted."""
_ARABIC_SCREEN = AhoCorasick(ARABIC_STEMS)
_ARABIC_LETTERS = re.compile("[\u0621-\u064a]{2}")


def find_harm_words(text: str) -> list[int]:
    """The offsets of all harm stems, ascending: in Latin script those that begin a word."""
    return [start for start, _ in _stems(text)]


def tells_of_harm(text: str) -> bool:
    """Whether a word stands anywhere that tells of harm by itself."""
    return any(strong for _, strong in _stems(text))


def screen(text: str, sentences: Sequence[tuple[int, int]]) -> list[bool]:
    """For each sentence, whether it may hold a claim: a harm word beside a count or a name; none where the report has no strong one."""
    stems = _stems(text)
    if not any(strong for _, strong in stems):
        return [False] * len(sentences)
    harm = mark_sentences(sentences, [start for start, _ in stems])
    hits = [hit and _may_claim(text, sentence) for hit, sentence in zip(harm, sentences, strict=True)]
    strong = mark_sentences(sentences, [start for start, strong in stems if strong])
    return hits if any(h and s for h, s in zip(hits, strong, strict=True)) else [False] * len(sentences)


def _may_claim(text: str, sentence: tuple[int, int]) -> bool:
    return next(find_counts(text, *sentence), None) is not None or _NAMED.search(text, *sentence) is not None


def _stems(text: str) -> list[tuple[int, bool]]:
    """Where harm stems stand, in order, and whether each is a strong one; all Arabic ones are."""
    lowered = lower(text)
    found = _SCREEN.find_matches_as_indexes(lowered, overlapping=True)
    stems = [(start, which < _STRONG) for which, start, _ in found if start == 0 or not lowered[start - 1].isalpha()]
    if _ARABIC_LETTERS.search(text):
        stems += ((start, True) for _, start, _ in _ARABIC_SCREEN.find_matches_as_indexes(text, overlapping=True))
    return sorted(stems)


def mark_sentences(sentences: Sequence[tuple[int, int]], harm_words: Sequence[int]) -> list[bool]:
    """For each sentence, whether a harm word stands in it."""
    return [bisect_left(harm_words, start) < bisect_left(harm_words, end) for start, end in sentences]


def lower(text: str) -> str:
    """The text in lower case with every character in its place (a few letters lengthen when lowered: they stay)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
