"""The cheap first look: which sentences hold a word of harm at all.

In comes a text; out go the offsets of harm words, found in one pass by Aho-Corasick at hundreds of MB/s. A stem found here
promises nothing; a sentence without one, and without such a neighbour, is not looked at again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

HARM_STEMS = tuple(
    "kill dead death die dying fatal casualt injur wound hurt martyr massacr murder execut behead slain slaughter shot toll"
    " victim lives perish missing trapped buried rubble arrest detain captur kidnap abduct prison hostage displac fled flee"
    " refugee homeless evacuat bodies body corpse burn suffocat poison maim amputat lynch losses eliminat neutraliz neutralis"
    " assassinat gunned blew claimed lost left leaving liquidat sustain annihilat stabb tortur drown targeted bombing".split()
)
"""Word beginnings of harm to people: every stem that stands in a sentence with a claim of the training set, and their kin."""

ARABIC_STEMS = tuple(
    "قتل قتيل قتلى استشه إستشه شهيد شهداء شهادة إصاب اصاب أصيب اصيب مصاب أصاب جرح جريح ضحاي ضحي وفاة وفيات توفي مات موت قضى قضوا قضت مفقود فقدان فقد"
    " أنقاض انقاض ركام اعتقل معتقل اعتقال احتجز محتجز خطف مخطوف اختطاف أسير أسر أسرى نزح نازح نزوح تهجير هجّر مهجر أعدم اعدم إعدام اعدام مجزرة مجازر"
    " ارتقى ارتقاء ارتقت ارتفع حصيلة جثة جثث جثمان جثامين ذبح اغتيل اغتيال لقي مصرع هلاك تصفية قنص اختناق اختنق خنق تسمم انتشال انتشل عالق شظايا"
    " سقط سقوط خسائر خسر أودى اودى أودت راح حرق احترق بتر إبادة ابادة طال استهدف قصف تشييع دفن غرق تفجير تضرر مدني أشلاء".split()
)
"""The same in Arabic. Prefixes are written onto a word, so a stem may stand inside one."""

_SCREEN = AhoCorasick(HARM_STEMS)
_ARABIC_SCREEN = AhoCorasick(ARABIC_STEMS)
_ARABIC_LETTERS = re.compile("[\u0621-\u064a]{2}")


def find_harm_words(text: str) -> list[int]:
    """The offsets of all harm stems, ascending: in Latin script those that begin a word."""
    lowered = lower(text)
    found = [start for _, start, _ in _SCREEN.find_matches_as_indexes(lowered, overlapping=True)]
    begin = [i for i in found if i == 0 or not lowered[i - 1].isalpha()]
    if _ARABIC_LETTERS.search(text):
        begin += (start for _, start, _ in _ARABIC_SCREEN.find_matches_as_indexes(text, overlapping=True))
    return sorted(begin)


def mark_sentences(sentences: Sequence[tuple[int, int]], harm_words: Sequence[int]) -> list[bool]:
    """For each sentence, whether a harm word stands in it."""
    return [bisect_left(harm_words, start) < bisect_left(harm_words, end) for start, end in sentences]


def lower(text: str) -> str:
    """The text in lower case with every character in its place (a few letters lengthen when lowered: they stay)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
