"""Which language a text is in.

Comes in: a text. Goes out: an ISO 639-1 code, or None where there is too little to tell. Judged on a few stretches of
the text, in lower case, so that wire copy in capitals is read like any other. Does not tell scripts that no human
language detector was trained on.
"""

from __future__ import annotations

import re

from resiliparse.parse.lang import detect_fast

STRETCH_CHARS = 500
"""How much is looked at in one place."""

MIN_LETTERS = 20
"""Fewer letters say nothing sure about a language."""

SURE_LETTERS = 400
"""Up to here the detector takes headlines full of names for any language, and fewer function words are asked for."""

FUNCTION_WORDS_FROM = 0.2
"""Share of English function words from which a Latin text is English, whatever the detector says: news has .35 or more,
other languages .05 at most."""

FUNCTION_WORDS_SHORT = 0.12
"""The same for short texts: headlines have .10 to .25."""

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    """the of and in to a an for on at by with from that was were is are has have had as after near who which their his
    killed injured wounded said say says more than least people two three four five six seven eight nine ten including
    been its it be not this over into when forces""".split()
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_ARABIC = re.compile("[پچژگکیےەێۆڕڵڤټډړښځڅھٹڈڑں]")
_ARABIC_WORDS = re.compile(
    r"(?<!\w)(?:ال\w{2,}|وال\w{2,}|في|من|على|إلى|الى|عن|أن|التي|الذي|بعد|مع|قتل|مقتل|إصابة|جراء|\w{2,}[ةى])(?!\w)"
)
OTHER_LETTERS = 0.04
"""Share of letters that Arabic does not have, from which a text in Arabic script is Persian, Kurdish or Urdu."""


def detect_language(text: str) -> str | None:
    """The language of a text (ISO 639-1); None where it is too short to tell."""
    sample = _sample(text).lower()
    letters = sum(map(len, _WORD.findall(sample)))
    if letters < MIN_LETTERS:
        return None
    arabic = len(_ARABIC.findall(sample))
    if arabic > letters / 2:
        return _arabic_script(sample, arabic)
    least = FUNCTION_WORDS_SHORT if letters < SURE_LETTERS else FUNCTION_WORDS_FROM
    if _english_share(sample) >= least:
        return "en"
    return _detected(sample)


def is_latin(text: str) -> bool:
    """Most letters are of the Latin alphabet."""
    letters = [c for c in text[:STRETCH_CHARS] if c.isalpha()]
    return sum(c < "\u0250" for c in letters) > len(letters) / 2


def _sample(text: str) -> str:
    """The text, or three stretches of a long one: furniture at one end shall not decide."""
    if len(text) <= 3 * STRETCH_CHARS:
        return text
    middle = (len(text) - STRETCH_CHARS) // 2
    return " ".join((text[:STRETCH_CHARS], text[middle : middle + STRETCH_CHARS], text[-STRETCH_CHARS:]))


def _arabic_script(sample: str, letters: int) -> str | None:
    """Arabic by its article, endings and particles; else what the detector says of the others."""
    if len(_NOT_ARABIC.findall(sample)) < OTHER_LETTERS * letters:
        return "ar" if _ARABIC_WORDS.search(sample) else _detected(sample)
    detected = _detected(sample)
    return detected if detected != "ar" else None


def _english_share(sample: str) -> float:
    words = _WORD.findall(sample)
    return sum(word in _ENGLISH for word in words) / len(words)


def _detected(sample: str) -> str | None:
    language, _distance = detect_fast(sample)
    return None if language == "unknown" else language
