"""Arabic words in Latin letters, letter by letter, for a reader who can't read them.

In comes any text; its Arabic letters come out as Latin ones, all else as it was. Short vowels are not written in Arabic and are not
guessed: "الميادين" is "al-myadin". A handle to say and to search by, not a name as maps or papers have it; nothing is looked up.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "ʿ", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ء": "ʾ", "ؤ": "u", "ئ": "i",
    "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v", "گ": "g", "ک": "k", "ی": "y", "ہ": "h", "ھ": "h",
    "\u064b": "an", "\u064c": "un", "\u064d": "in", "\u064e": "a", "\u064f": "u", "\u0650": "i", "\u0652": "", "\u0670": "a", "ـ": "",
    "،": ",", "؛": ";", "؟": "?", "٫": ".", "٬": ",",
}  # fmt: skip
"""Close to what newspapers write; emphatic letters are not told from plain ones."""
_TABLE = str.maketrans(_LETTERS)
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile(r"(?<![\u0620-\u064a])ال(?=[\u0620-\u064a]{2})")
_DOUBLED = re.compile("([\u0620-\u064a])([\u064b-\u0650]?)\u0651")
_BOUND_TA = re.compile("ة(?=[\u064b-\u0650])")
_LONG = re.compile("(?<=[بتثجحخدذرزسشصضطظعغفقكلمنه])([وي])(?![اأىةآ\u064b-\u0650])")
"""Waw and ya after a consonant are long vowels, unless alif, ta marbuta or a vowel sign follows."""


def romanize(text: str) -> str:
    """The text with its Arabic letters and figures in Latin ones.

    >>> romanize("الميادين"), romanize("٣٥ شخصا")
    ('al-myadin', '35 shkhsa')
    """
    if not _ARABIC.search(text):
        return text
    spelt = _BOUND_TA.sub("t", _DOUBLED.sub(r"\1\1\2", _ARTICLE.sub("al-", text)))
    spelt = _LONG.sub(lambda m: "u" if m[1] == "و" else "i", spelt)
    return _ARABIC.sub(lambda m: _figure(m[0]), spelt.translate(_TABLE))


def _figure(letter: str) -> str:
    """An Arabic figure as the Latin one; marks that have no sound are left out."""
    return str(unicodedata.digit(letter)) if letter.isdigit() else ""
