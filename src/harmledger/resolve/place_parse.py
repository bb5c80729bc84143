"""Takes words for a place apart: the names in them, what kind of place each is, how near, and what holds what.

"the Al-Lahham family home in the Al-Manara neighborhood east of Khan Yunis" gives the name Khan Yunis as holder of an unknown
Al-Manara; "between the villages of X and Y" gives two names, near. Words that the text adds just after ("…, in northern
Gaza") are read too, as holders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.domain import Words
from harmledger.resolve.place_mentions import MAX_WORDS, FindsPlaces
from harmledger.resolve.place_words import (
    AROUND,
    DIRECTIONS,
    ELEMENTS,
    FORCES,
    FUNCTION,
    NOUNS,
    RURAL,
    TOGETHER,
    bearing,
)
from harmledger.resources.gazetteer import Closeness, Namesake, PlaceKind, common_words, country_adjectives
from harmledger.text.transliterate import is_arabic

MAX_WORDING = 300
"""Code points of a wording that are taken apart; no report names a place at greater length."""
AFTER = 90
"""Code points after the words that may say where the place lies."""

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’‘ʿ`ʼ-]+[^\W_]+)*['’ʼ]?|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLES = frozenset("al el ar as ash ad an at az ez es".split())
_SENTENCE_END = re.compile(r"[.!?؟](?:\s|$)|\n")
_COMMON = FUNCTION | AROUND | DIRECTIONS | RURAL | NOUNS.keys()
_LEADS_ON = frozenset(("of", "to", "in", "between", "from"))
_ARABIC_PREFIX = re.compile(r"^(?:و|ب|ل|ف|وب|ول)(?=ال..|[\u0621-\u0652]{3})|^لل(?=..)")


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the words for a place."""

    name: str
    namesakes: tuple[Namesake, ...]
    noun: PlaceKind | None = None
    """What the common noun beside the name says it is."""
    noun_word: str = ""
    near: bool = False
    """"near", "east of", "the south of": by it or in a part of it."""
    rural: bool = False
    """Its countryside."""
    towards: tuple[int, int] = (0, 0)
    """Which side of it, as steps north and east."""
    loose: bool = False
    """Beside a word that nobody knows, so that it may be half of a longer name."""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The words for a place, taken apart."""

    names: tuple[Named, ...] = ()
    """The places meant; several when the words join them."""
    holders: tuple[Named, ...] = ()
    """The places that these lie in."""
    unknown: tuple[Named, ...] = ()
    """Names that no gazetteer has."""
    noun: PlaceKind | None = None
    """Without any name: what "the city", "the camp" is."""
    near: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    lower: str
    start: int
    end: int


def read_place(words: Words, *, text: str, gazetteer: FindsPlaces) -> PlaceReading:
    """The names in the words and in what the text adds right after them."""
    tokens = _tokens(words.exact[:MAX_WORDING])
    pieces = _pieces(tokens, gazetteer)
    names, holders = _sort_out(pieces, gazetteer)
    unknown = [piece for piece in pieces if isinstance(piece, Named) and not piece.namesakes]
    known = [named for named in names if named.namesakes]
    if not holders:
        holders = _said_after(words.end, text, gazetteer)
    if unknown and (not known or names[0] in unknown):
        return PlaceReading(names=tuple(n for n in known if n in names), holders=tuple(holders), unknown=tuple(unknown))
    if not known and not holders:
        known = _by_adjective(tokens, gazetteer)
    lower = [token.lower for token in tokens]
    noun = _definite_noun(lower)
    near = any(token in AROUND or token in DIRECTIONS for token in lower)
    return PlaceReading(names=tuple(known), holders=tuple(holders), unknown=(), noun=noun, near=near)


def _definite_noun(tokens: Sequence[str]) -> PlaceKind | None:
    """What "the city" is; "a city" and "several cities" point to none."""
    for before, token in zip(("", *tokens), tokens, strict=False):
        if token in NOUNS and (before in ("the", "this", "that") or token.startswith("ال")):
            return NOUNS[token]
    return None


def _by_adjective(tokens: Sequence[_Token], gazetteer: FindsPlaces) -> list[Named]:
    """Syria for "northern Syrian territories"; nothing for "the Turkish border" and "Russian positions"."""
    towards = bearing(token.lower for token in tokens)
    for token, after in zip(tokens, (*tokens[1:], None), strict=False):
        if token.lower in country_adjectives() and not (after and after.lower in FORCES | {"border", "borders"}):
            states = tuple(n for n in gazetteer.find(token.text) if n.entry.kind is PlaceKind.COUNTRY)
            return [Named(token.text, states, near=True, towards=towards)] if states else []
    return []


def _tokens(wording: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(wording):
        word = _POSSESSIVE.sub("", match.group()) or match.group()
        found.append(_Token(word, word.lower(), match.start(), match.start() + len(word)))
    return found


def _pieces(tokens: Sequence[_Token], gazetteer: FindsPlaces) -> list[Named | _Token]:
    """The tokens, with each longest stretch that is a name in their place; also names that no gazetteer has."""
    pieces: list[Named | _Token] = []
    at, careless = 0, not any(letter.isupper() for token in tokens for letter in token.text)
    while at < len(tokens):
        named, width = _name_at(tokens, at, gazetteer) if careless or _may_begin(tokens[at]) else (None, 1)
        pieces.append(named or tokens[at])
        at += width
    return _with_unknown(pieces)


def _name_at(tokens: Sequence[_Token], at: int, gazetteer: FindsPlaces) -> tuple[Named | None, int]:
    for width in range(min(MAX_WORDS, len(tokens) - at), 0, -1):
        stretch = tokens[at : at + width]
        if _is_no_name(stretch, alone=width == len(tokens)):
            continue
        for name in _spellings(" ".join(token.text for token in stretch)):
            if namesakes := _spelt(gazetteer.find(name), strict=any(_is_common(token) for token in stretch)):
                return Named(name, namesakes), width
    return None, 1


def _spelt(namesakes: tuple[Namesake, ...], *, strict: bool) -> tuple[Namesake, ...]:
    """The namesakes; of a stretch with common words in it ("NE Syria") only those that are spelt so."""
    return tuple(n for n in namesakes if n.closeness is Closeness.SPELLING) if strict else namesakes


def _is_no_name(stretch: Sequence[_Token], *, alone: bool) -> bool:
    """Common nouns, a mark between, the bare beginning of a longer name; "Syrian capital" is one."""
    first = stretch[0].lower
    if any(not token.text[0].isalnum() for token in stretch):
        return True
    if len(stretch) == 1 and not alone and (first in ELEMENTS or first in common_words()):
        return True
    return all(_is_common(token) for token in stretch) and not (len(stretch) > 1 and first in country_adjectives())


def _spellings(name: str) -> list[str]:
    """The name, and in Arabic the name without a preposition written as one with it."""
    bare = _ARABIC_PREFIX.sub("", name) if is_arabic(name) else name
    return [name] if bare == name else [name, bare, f"ال{bare}"]


def _may_begin(token: _Token) -> bool:
    return token.text[0].isupper() or is_arabic(token.text) or token.lower in _ARTICLES or "-" in token.text


def _is_common(token: _Token) -> bool:
    return token.lower in _COMMON or token.lower in country_adjectives()


def _with_unknown(pieces: Sequence[Named | _Token]) -> list[Named | _Token]:
    """Join what is left of capitalised words into names that nobody knows."""
    out: list[Named | _Token] = []
    for piece in pieces:
        if isinstance(piece, Named) or not _may_be_name(piece):
            out.append(piece)
        elif out and isinstance(out[-1], Named) and not out[-1].namesakes:
            out[-1] = Named(f"{out[-1].name} {piece.text}", ())
        else:
            out.append(Named(piece.text, ()))
    return [_with_looseness(out, at) for at in range(len(out))]


def _may_be_name(token: _Token) -> bool:
    common = _is_common(token) or token.lower in common_words()
    return token.text[0].isalnum() and _may_begin(token) and not common


def _with_looseness(pieces: Sequence[Named | _Token], at: int) -> Named | _Token:
    piece = pieces[at]
    beside = [*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]]
    if isinstance(piece, Named) and any(isinstance(other, Named) and not other.namesakes for other in beside):
        return replace(piece, loose=bool(piece.namesakes))
    return piece


def _sort_out(pieces: Sequence[Named | _Token], gazetteer: FindsPlaces) -> tuple[list[Named], list[Named]]:
    """The names meant, and those that hold them."""
    names: list[Named] = []
    holders: list[Named] = []
    between: list[str] = []
    listed = sum(not isinstance(piece, Named) and piece.text in ",،" for piece in pieces) > 1
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Named):
            between.append(piece.lower)
            continue
        described = _in_the_country(_described(piece, _words_after(pieces, at), between), gazetteer)
        joined = not names or (not holders and (_is_joined(between) or (listed and between == [","])))
        (names if joined else holders).append(described)
        between = []
    return _share_noun(names), holders


def _is_joined(between: Sequence[str]) -> bool:
    """Whether two names are of equal standing: "X and Y", "X Y"; not "X in Y", "X, Y province"."""
    return bool(set(between) & TOGETHER) or not set(between) - NOUNS.keys() - RURAL - {"its", "their"}


def _described(named: Named, after: Sequence[str], before: Sequence[str]) -> Named:
    """The name with what the common words on both sides of it say."""
    nouns = [w for w in after[:2] if w in NOUNS][:1] or [w for w in before[::-1] if w in NOUNS and "of" in before][:1]
    if not nouns and is_arabic(named.name):
        nouns = [w for w in before[::-1] if w in NOUNS][:1]
    noun_word = nouns[0] if nouns else ""
    rural = bool({*before, *after[:2]} & RURAL)
    near = rural or bool(set(before) & (AROUND | DIRECTIONS)) or bool(set(after[:2]) & (AROUND | DIRECTIONS))
    noun = NOUNS.get(noun_word)
    towards = bearing([*before, *after[:2]])
    return replace(named, noun=noun, noun_word=noun_word, near=near, rural=rural, towards=towards)


def _in_the_country(named: Named, gazetteer: FindsPlaces) -> Named:
    """A countryside that is a place of its own: that of Damascus is the governorate Rif Dimashq."""
    if not named.rural:
        return named
    whole = f"ريف {named.name}" if is_arabic(named.name) else f"{named.name} countryside"
    return replace(named, namesakes=gazetteer.find(whole) or named.namesakes)


def _words_after(pieces: Sequence[Named | _Token], at: int) -> list[str]:
    """The common words that follow a name and are its own: "countryside", not "east" in "east of Y"."""
    after: list[str] = []
    for piece in pieces[at + 1 :]:
        if isinstance(piece, Named) or piece.lower in _LEADS_ON:
            while after and after[-1] in AROUND | DIRECTIONS:
                after.pop()
            break
        if not piece.text[0].isalnum() or piece.lower in ("and", "or"):
            break
        after.append(piece.lower)
    return after


def _share_noun(names: list[Named]) -> list[Named]:
    """In "X and Y provinces" the last name's noun is that of all."""
    if len(names) < 2 or not names[-1].noun:
        return names
    last = names[-1]
    return [
        n if n.noun else replace(n, noun=last.noun, noun_word=last.noun_word, rural=n.rural or last.rural)
        for n in names
    ]


def _said_after(end: int, text: str, gazetteer: FindsPlaces) -> list[Named]:
    """The first place named right after the words, with nothing but common words between."""
    window = text[end : end + AFTER]
    stop = _SENTENCE_END.search(window)
    pieces = _pieces(_tokens(window[: stop.start()] if stop else window), gazetteer)
    between: list[str] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Named):
            if not piece.namesakes or not _leads_in(between):
                return []
            return [_in_the_country(_described(piece, _words_after(pieces, at), between), gazetteer)]
        if not _is_common(piece) and piece.text not in ",(":
            return []
        between.append(piece.lower)
    return []


def _leads_in(between: Sequence[str]) -> bool:
    return (
        bool(between)
        and not set(between) & TOGETHER
        and bool(set(between) & {",", "of", "in", "from", "في", "near", "(", *DIRECTIONS})
    )
