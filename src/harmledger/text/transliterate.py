"""Names that were carried over from Arabic, brought to one key however they were spelt.

In comes a name ("Al-Mayādīn", "Mayadeen", "الميادين"), out come three keys, from strict to loose:

- `fold_name`: the same letters, without case, accents, points, apostrophes and hyphens. Equal folds are one spelling.
- `sound_key`: the same name however its article, vowels, doubled letters and final -h are written.
- `skeleton_key`: only the consonants, so that Latin and Arabic script meet ("Mayadin", "ميادين" → "mdn").

Keys are for matching and mean nothing to a reader; an equal fold is always better than an equal sound, and that than an
equal skeleton. Whose name it is, is for the caller: unlike places may share a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ′ʿʾـ\u200c\u200d\u200e\u200f"))
"""Ayn, hamza, soft signs, the Arabic stretching line and marks of direction: written or left out at will."""
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ß": "ss",
        "ى": "ي", "ة": "ه", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ٱ": "ا", "ھ": "ه", "ہ": "ه", "ە": "ه", "ء": "",
    }
)  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")
_ARTICLES = frozenset("al el ul il ar er ur as es ash esh ad ed adh edh an en at et ath eth az ez aṣ ıl".split())
"""The article as it stands before a word, assimilated to the letter that follows or not."""
_SUN_ARTICLE = re.compile(r"^[aeu](?:([rsdnztl])(?=\1)|(?=shsh|thth|dhdh))(?=.{3})")
_FUSED_ARTICLE = re.compile(r"^(?:al|el)(?=[bcdfghjkmnpqrstvwxyz].{2})")
_ARABIC_ARTICLE = re.compile(r"^(?:ال)(?=..)")
_BOUND_TA = re.compile(r"(?<=..)ه$")
"""The feminine ending is heard as t before a second noun: معرة النعمان, Maarat al-Numan."""
_ELEMENTS = {
    spelling: element
    for element, spellings in {
        "kafr": "kfar kafar kfer kefer kafer kfr kufr kefr",
        "shaykh": "sheik shaikh sheekh shekh shiekh",
        "abu": "aboo abi bu",
        "deir": "dir dier",
        "jubb": "jib jeb jab",
        "salah": "saleh",
        "din": "eddin eddine aldin aldeen uddin",
    }.items()
    for spelling in spellings.split()
}
"""Words that half the region's village names begin with, and the spellings that the rules of sound don't bring together."""
_CONSONANTS = (
    ("sch", "C"), ("tch", "C"), ("sh", "C"), ("ch", "C"), ("kh", "X"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("c", "k"),
)  # fmt: skip
_VOWELS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeiouyw])h(?=$|[bCdfgjklmnpqrstvwXz])"), ""),
    (re.compile(r"[eiay]+"), "a"),
    (re.compile(r"[ouw]+"), "u"),
    (re.compile(r"au"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""Doubled letters; an h that only lengthens; front vowels are one, back vowels are one, `aw` is `o`."""
_ARABIC = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچڤژ", "bttjhXddrzsCsdtzgfkklmnhbCfj", strict=True)) | dict.fromkeys("اويعءئؤ")
)
_IS_ARABIC = re.compile(r"[\u0600-\u06ff]")


def is_arabic(name: str) -> bool:
    """Whether there is an Arabic letter in it."""
    return bool(_IS_ARABIC.search(name))


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """The name's letters in lower case, its words set apart by one space; all else that a writer may drop is dropped."""
    if name.isascii():
        return _NO_LETTER.sub(" ", name.lower().replace("'", "").replace("`", "")).strip()
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NO_LETTER.sub(" ", plain.casefold().translate(_LETTERS).translate(_APOSTROPHES)).strip()


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """One key for all ways to spell a name in Latin letters, and one for all in Arabic; "" where no letter is left."""
    words = fold_name(name).split()
    if is_arabic(name):
        return "".join(_BOUND_TA.sub("ت", _ARABIC_ARTICLE.sub("", word)) for word in words[:-1]) + "".join(
            _ARABIC_ARTICLE.sub("", word) for word in words[-1:]
        )
    return "".join(_sound_of_word(word) for word in _drop_articles(words))


def skeleton_key(name: str) -> str:
    """The consonants of a name, the same from Latin and from Arabic letters."""
    return skeleton_of(sound_key(name))


@lru_cache(maxsize=65536)
def skeleton_of(key: str) -> str:
    """The consonants of a sound key."""
    if is_arabic(key):
        return key.removesuffix("ه").translate(_ARABIC)
    return key.replace("a", "").replace("u", "")


def _drop_articles(words: list[str]) -> list[str]:
    """The words without the articles between and before them; a name that is nothing else keeps its last word."""
    kept = [word for word in words[:-1] if word not in _ARTICLES]
    return kept + words[-1:]


@lru_cache(maxsize=65536)
def _sound_of_word(word: str) -> str:
    word = _ELEMENTS.get(word, word)
    word = _FUSED_ARTICLE.sub("", _SUN_ARTICLE.sub("", word))
    word = _ELEMENTS.get(word, word)
    for letters, sound in _CONSONANTS:
        word = word.replace(letters, sound)
    for pattern, vowel in _VOWELS:
        word = pattern.sub(vowel, word)
    return word
