"""Every expression of a stretch of text that could count people; years, days, ages, distances and the like are left out.

Numbers and vague words with their hedges, articles before a word for a person ("a young woman"), owned kin ("his wife"),
bare singulars that open a line ("Woman killed"), Arabic duals and singulars. Lists of names are not proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from harmledger.domain import Hedge
from harmledger.text.numerals import arabic, arabic_nouns, english
from harmledger.text.numerals.arabic_fold import SCRIPT
from harmledger.text.numerals.counts import CountWords, bound
from harmledger.text.numerals.people import SINGULAR

_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
_NO_COUNT_BEFORE = re.compile(
    r"(?:[A-Z]-|\w|[$€£#:/]|\b(?:No|Nos|nos?)\.?\s|\b(?:Resolution|Article|Highway|Route|Road|Unit|Brigade|Division|Block|Chapter|Area|aged?|ages)\s+(?:of\s+)?)$"
)
_MONTH_BEFORE = re.compile(rf"{_MONTHS}\.?\s+(?:the\s+)?$")
_THINGS = (
    "years? months? weeks? days? hours? minutes? seconds? decades? times? o.clock per\\s?cent percent percentage km kms kilomet\\w+ met(?:er|re)s? miles? feet kg kilos? "
    "tons? tonnes? mm cm litres? liters? dollars? euros? pounds? houses? homes? buildings? apartments? vehicles? cars? tanks? trucks? buses aircraft planes? warplanes? jets? "
    "helicopters? drones? (?:air)?strikes? (?:air\\s|drone\\s)?(?:raids?|strikes) attacks? operations? missiles? rockets? shells? bombs? mortars? rounds? explosions? blasts? barrels? bodies\\sof\\swater "
    "villages? towns? cities districts? provinces governorates? countries neighbou?rhoods? areas? locations? places schools? hospitals? mosques? shops? positions? targets? "
    "checkpoints? rounds grams? acres? hectares? degrees? goats? sheep cows? cattle livestock camels? horses? donkeys? dogs? birds? chickens? animals?"
).split()
_NO_COUNT_AFTER = re.compile(
    rf"(?:(?:st|nd|rd|th)\b|[-\s]+{_MONTHS}|[-\s]+(?:\w+[-\s]+)?(?:{'|'.join(_THINGS)})\b(?!\s+(?:{SINGULAR}|child))|:\d\d|\s*%|\s*[ap]\.?m\b|-\w+-old|,?\s+(?:19|20)\d\d\b|[-/]\d+[-/]\d+)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PEOPLE_NEXT = re.compile(
    rf"\s+(?:[a-z]+\s+)?(?:people|persons?|children|women|men|civilians|killed|dead|wounded|injured|deaths|(?:{SINGULAR})s)\b",
    re.IGNORECASE,
)
_SPAN = r"(?:(?!\d+\s)[\w’'-]+\s+){0,4}?"
_ARTICLE = re.compile(
    rf"\b(?:at\s+least\s+|just\s+|only\s+)?(?:an?|another)\s+{_SPAN}(?:{SINGULAR})\b(?![’']s|-)"
    rf"|\b(?:his|her|their|my)\s+(?:[\w-]+\s+){{0,2}}?(?:{SINGULAR})\b(?![’']s|-)"
    rf"|\b(?:kill|injur|wound|martyr|execut|arrest|detain|kidnap|shoot|abduct)\w*\s+(?P<bare>{SINGULAR})\b(?![’']s|-)(?!\s+(?:after|in|and)\s+\w+ing)"
    rf"|(?:^|(?<=\n)|(?<=[,:|]\s)|(?<=\s\s))(?:{SINGULAR})\b(?![’']s|-)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_LATIN = re.compile(r"[a-z]{2}")
_AR_YEAR = re.compile(r"^(?:19|20|١٩|٢٠)[\d]{2}$")
_AR_THINGS = re.compile(
    r"\s*(?:%|[/:-]\d|(?:عاما|عام|سنة|سنوات|أعوام|شهر|أشهر|يوم|أيام|ساعة|ساعات|دقيقة|كم|كيلو|متر|أمتار|غارة|غارات|صاروخ|صواريخ|قذيفة|قذائف|برميل|براميل|مرة|مرات|منزل|منازل|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)(?!\w))"
)


def find_counts(text: str, start: int = 0, end: int | None = None) -> Iterator[CountWords]:
    """Proposals in the order of their beginnings; they do not overlap.

    >>> text = "On May 25 at least 20 people and a young woman died."
    >>> [text[c.start:c.end] for c in find_counts(text)]
    ['at least 20', 'a young woman']
    """
    return iter(_find(text, start, len(text) if end is None else min(end, len(text))))


@lru_cache(maxsize=256)
def _find(text: str, start: int, limit: int) -> tuple[CountWords, ...]:
    """Kept for a report's sentences: the screen, the encoder's candidates and the statements ask for the same."""
    return tuple(_propose(text, start, limit))


def _propose(text: str, start: int, limit: int) -> Iterator[CountWords]:
    if SCRIPT.search(text, start, limit) is None:
        return _merged(_numbers(text, start, limit), _articles(text, start, limit))
    numbers = list(_arabic_numbers(text, start, limit))
    counted = {_SPACE.match(text, c.end, limit).end() for c in numbers}  # pyright: ignore[reportOptionalMemberAccess]
    nouns = (c for c in arabic_nouns.find_nouns(text, start, limit) if c.start not in counted)
    read = [iter(numbers), nouns]
    if _LATIN.search(text, start, limit) is not None:
        read += [_numbers(text, start, limit), _articles(text, start, limit)]
    return _merged(*read)


def _merged(*proposals: Iterator[CountWords]) -> Iterator[CountWords]:
    """All in order; of two that overlap the longer."""
    kept: CountWords | None = None
    for found in sorted(chain(*proposals), key=lambda c: (c.start, -c.end)):
        if kept is None or found.start >= kept.end:
            if kept is not None:
                yield kept
            kept = found
        elif found.end - found.start > kept.end - kept.start:
            kept = found
    if kept is not None:
        yield kept


def _numbers(text: str, start: int, end: int) -> Iterator[CountWords]:
    return (c for c in english.find_numbers(text, start, end) if _may_count(text, c))


def _may_count(text: str, found: CountWords) -> bool:
    if found.count.low == found.count.high == 0:
        return False
    if _NO_COUNT_AFTER.match(text, found.end) is not None:
        return False
    before, figures = text[max(0, found.start - 24) : found.start], text[found.start].isdigit()
    if figures and (_NO_COUNT_BEFORE.search(before) or _MONTH_BEFORE.search(before)):
        return False
    year = _YEAR.search(text, found.start, found.end)
    return year is None or _PEOPLE_NEXT.match(text, found.end) is not None


def _articles(text: str, start: int, end: int) -> Iterator[CountWords]:
    for m in _ARTICLE.finditer(text, start, end):
        part = m.lastgroup or 0
        hedge = Hedge.AT_LEAST if m[0][:2].lower() == "at" else Hedge.ARTICLE
        yield CountWords(start=m.start(part), end=m.end(part), count=bound(1, hedge))


def _arabic_numbers(text: str, start: int, end: int) -> Iterator[CountWords]:
    for found in arabic.find_numbers(text, start, end):
        year = _AR_YEAR.match(text[found.start : found.end])
        after_sign = found.start > start and text[found.start - 1] in ":/-."
        if year is None and not after_sign and _AR_THINGS.match(text, found.end) is None:
            yield found
