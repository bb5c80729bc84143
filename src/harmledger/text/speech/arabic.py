"""Arabic sayings: a verb and its subject, "بحسب" and its kin, and who is cited through whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.text.dates import find_dates
from harmledger.text.speech.saying import LONG_WORDS, SAID_KINDS, Saying, Span, trim

_SAY = re.compile(
    r"(?<![\u0621-\u064a])[وف]?(?:قالت?|[أا]فادت?|ذكرت?|[أا]علنت?|[أا]كّ?دت?|[أا]وضحت?|[أا]ضافت?|[أا]شارت?|وثّ?قت?|كشفت?|بيّنت?|نشرت?|صرّ?حت?|نقلت?|[أا]حصت?|[أا]حصى"
    r"|سجّ?لت?|رصدت?|نفت|نفى|[أا]دانت?|يقول|تقول|[أا]بلغت?|[أا]خبرت?|رجّحت?|لفتت?|نوهت?|طالبت?|دعت?|اتهمت?|حمّلت?|تحدّ?ثت?)[\u064b-\u0652]*(?![\u0621-\u064a])"
)
_CITING = re.compile(
    r"(?<![\u0621-\u064a])(?:و?ب?حسب(?:\s+ما\s+(?:أفاد|ذكر|قال|نقل|أعلن|أورد|نشر|أكد)ت?)?|و?فقًا|و?فقاً|و?فقا|و?وفق(?:اً|ًا|ا)?(?:\s+ما\s+(?:أفاد|ذكر|قال|نقل|أعلن|أورد|نشر|أكد)ت?)?"
    r"|نقل(?:اً|ًا|ا)?\s+عن|على\s+لسان|كما\s+(?:أفاد|ذكر|قال|أعلن)ت?)(?![\u0621-\u064a])\s*"
)
_CITES = re.compile(r"cit(?:ing|es|ed)|quot(?:ing|es|ed)|attributed to|عن|لسان", re.IGNORECASE)
_PHRASE = re.compile(r"[^،؛.:\n()؟!]{2,120}")
_STOP = re.compile(
    r"\s(?:[أإا]نّ?|ب[أا]نّ?|[أا]نها|[إا]نها|إنه|أنه|عن|على|إلى|خلال|عبر|اليوم|أمس|لـ|من\s+خلال|مقتل|إصابة|استشهاد|سقوط|وفاة|وقوع|في\s+(?:بيان|تصريح|تقرير|وقت|منشور)|أيضا"
    r"|قوله|قولها|أسماء|تفاصيل|كما|حيث|فإن|فقد|قد|ما|لموقع|لوكالة|لمراسل|ل[\"“«]|بتاريخ|يوم|مساء|صباح|هجوما|قصف|ارتكاب|بعد|منذ|ب[\"“«]|الإ?[أا]?ثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|أكثر|معلومات|عدد)(?![\u0621-\u064a]).*",
    re.DOTALL,
)  # fmt: skip
_HAS_ARABIC = re.compile(r"[\u0621-\u064a]")
_FROM = re.compile(r"[^.؛:\n]{0,80}?\sعن\s")
_BEFORE = re.compile(r"[^،؛.:\n]{3,80}$")
_AUXILIARY = frozenset("قد كان كانت وكان وكانت".split())
_LEAD = re.compile(r"^\s*(?:[وف]?كان(?:ت)?\s|[وف]?قد\s|و(?=[اأإ]ل))+")
_TAIL = re.compile(r"\s(?:قد|لقد|كان|كانت)\s*$")


def find_arabic(text: str, start: int, end: int) -> Iterator[Saying]:
    """Arabic sayings between two offsets; those that cite before those that say."""
    if not _HAS_ARABIC.search(text, start, end):
        return
    for cue in _CITING.finditer(text, start, end):
        if source := _phrase(text, cue.end(), end):
            span = (cue.start(), cue.start() + len(cue[0].rstrip()))
            said = _said(text, source[1], end)
            yield Saying(source=source, cue=span, said=said, cites=bool(_CITES.search(cue[0])))
    for cue in _SAY.finditer(text, start, end):
        source = _phrase(text, cue.end(), end) or _before(text, start, cue.start())
        if source and text[source[0] : source[1]] not in _AUXILIARY:
            yield Saying(source=source, cue=cue.span(), said=_said(text, source[1], end), cites=False)
        if cited := _handed_on(text, cue, end):
            yield Saying(source=cited, cue=cue.span(), said=None, cites=True)


def _handed_on(text: str, cue: re.Match[str], end: int) -> Span | None:
    """Whose words are handed on: "نقلت الوكالة عن مصدر"."""
    through = _FROM.match(text, cue.end(), end) if "نقل" in cue[0] else None
    return _phrase(text, through.end(), end) if through else None


def _before(text: str, start: int, at: int) -> Span | None:
    """The subject that stands before its verb: "وكان الدفاع المدني قد وثق"."""
    match = _BEFORE.search(text, max(start, at - 80), at)
    if not match or len(match[0].split()) > LONG_WORDS:
        return None
    lead, tail = _LEAD.match(match[0]), _TAIL.search(match[0])
    return trim(
        text, match.start() + (lead.end() if lead else 0), match.start() + (tail.start() if tail else len(match[0]))
    )


def _phrase(text: str, at: int, end: int) -> Span | None:
    while at < end and text[at] in ' \t:"“«':
        at += 1
    match = _PHRASE.match(text, at, end)
    if not match or _STOP.match(" " + match[0]):
        return None
    return trim(text, at, at + len(_STOP.sub("", match[0])))


def _said(text: str, at: int, end: int) -> Span | None:
    for day in find_dates(text, at, min(end, at + 40)):
        near = day.kind in SAID_KINDS and day.start - at <= 3
        return (day.start, day.end) if near else None
    return None
