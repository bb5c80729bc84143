"""Who says something in a sentence, and the words of saying: cues, their subjects, and when it was said.

In comes a stretch of a text, English or Arabic; out come its sayings in order, by rules on the words around a cue, without a
parser. What is said is not cut out, and nobody is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harmledger.text.dates import DateKind, find_dates

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """A speaker, the cue and, where it stands beside the cue, the words for when."""

    source: Span
    cue: Span
    said: Span | None
    cites: bool
    """The cue hands on another's words: "citing", "quoted …", "نقلاً عن"."""


_SAY = (
    "said|says|say|told|tells|reported|reports|report|added|adds|stated|states|confirmed|confirms|announced|announces|claimed|claims|claim"
    "|noted|notes|denied|denies|alleged|alleges|insisted|insists|warned|warns|explained|explains|declared|declares|estimated|estimates"
    "|argued|argues|wrote|writes|tweeted|posted|described|acknowledged|acknowledges|admitted|admits|accused|accuses|condemned|condemns"
    "|indicated|indicates|revealed|reveals|disclosed|recalled|mentioned|mentions|pointed out|points out|documented|recorded|counted"
    "|reiterated|stressed|stresses|emphasi[sz]ed|testified|asserted|asserts|suggested|suggests|predicted|conceded|concluded|maintained"
    "|asked|urged|commented|remarked|complained|boasted|vowed|pledged|promised|identified|affirmed|specified|clarified|observed"
    "|believes?|believed|thinks?|thought|called on|calls on|called for|made reference to|referred to|went on to say|put the (?:toll|number)"
    "|shared|shares|put the death toll|puts the (?:death )?toll|(?:was|is|were|been) quoted as saying|spoke|hopes?|hoped|expects?|expected|feared?|knows?|knew|agreed|agrees|found|learned|tells|replied|joked|responded|continued|cited"
)
_SAID_FIRST = frozenset(
    "said says added adds stated states reported reports told wrote writes explained noted announced claimed insisted argued warned"
    " confirmed recalled tweeted declared continued asked replied".split()
)
"""Cues that may stand before their subject: '"…," said Zakharova'."""
_CUE = re.compile(rf"(?<!-)\b(?:{_SAY})\b(?!\s+(?:to have|to be|by)\b|-)")
_CITING = re.compile(
    r"\b(?P<ago>according to(?: what)?|citing|cites|cited|quoting|quotes|(?<!was )(?<!were )(?<!is )(?<!been )quoted|as (?:reported|told|stated|cited|quoted|documented|confirmed) by"
    r"|(?:reported|cited|quoted|documented|confirmed|announced|recorded|attributed|provided|released|published|posted|shared|told|claimed|stated) by|attributed to"
    r"|(?:statements?|reports?|figures|data|information|testimony|footage) (?:by|from|of|released by|issued by|published by|provided by)"
    r"|sourced to|in the words of)\s+",
    re.I,
)
_CITES = re.compile(r"cit(?:ing|es|ed)|quot(?:ing|es|ed)|attributed to|عن|لسان", re.I)
_AS_SAYING = re.compile(r"\s+as (?:saying|telling|reporting|stating|adding)\b", re.I)

_BOUNDARY = re.compile(
    r"[,;:“”\"«»()\[\]\n•|]|\s[-–—]{1,2}\s|[.!?](?=\s+[A-Z“\"])"
    r"|\b(?:that|but|while|whereas|as|when|where|because|although|though|if|after|before|until|since|which|who|then|so)\b(?!-)",
    re.I,
)
_FILLER = re.compile(
    r"(?:[\s,\"“]*\b(?:also|later|further|earlier|however|reportedly|separately|meanwhile|then|now|has|have|had|is|are|was|were|would|will|could|been"
    r"|be|being|did|does|do|not|never|already|recently|previously|initially|repeatedly|reported|officially|explicitly|only|both|all|still"
    r"|often|once|again|even|just|simply|always|immediately|subsequently|falsely|may|might|should|must|can|cannot|himself|herself|itself)\b|n['’]t\b)+\s*$",
    re.I,
)
_TIME = (
    r"(?:(?:on|late|early|later|earlier)\s+)*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?"
    r"|yesterday|today|earlier today|earlier this week"
)
_TIME_LAST = re.compile(rf"[\s,]*\b(?:{_TIME})\s*,?\s*$", re.I)
_LEAD = re.compile(
    rf"^(?:[\s,]+|(?:and|or|yet|also|meanwhile|however|earlier|later|still|so|for|in addition|moreover|separately|similarly|now|finally|{_TIME})\b[\s,]*)+",
    re.I,
)
_LEADING_PHRASE = re.compile(r"^(?:in|on|at|from|during|by|for|with|of|to)\s", re.I)
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|be|been|killed|wounded|injured|died|hit|struck|targeted|left|bombed|carried|took|said|will|would|did|could|should)\b",
    re.I,
)
_APPOSED = re.compile(
    r"^\s*(?:an?|the|who|which|whose|one|its|his|her|their|himself|herself|citing|quoting|speaking|also|now|then|head|director|spokes\w+|a member"
    r"|[\w-]+ of|\w+’s|\w+'s|[\w -]*(?:official|minister|president|spokes\w+|director|leader|activist|doctor|chief|head))\b",
    re.I,
)
_AFTER = re.compile(
    r"(?:[^\s,;:“”\"«»()\[\]\n.!?•|]|[.!?'’](?=\S)|(?<=\b[A-Z])\.|(?<=\bDr)\.|(?<=\bMr)\.|(?<=\bMs)\.|(?<=\bLt)\.|(?<=\bMrs)\.|(?<=\bCol)\.|(?<=\bGen)\.|(?<=\bMaj)\.| )+"
)
_STOP_AFTER = re.compile(
    r"\s(?:who|which|that|whose|when|while|as|told|said|says|saying|adding|after|during|before|because|but|where|if|was|were|is|are|has|had|have|on|last"
    r"|killed|left|shows|showed|showing|in (?:a|an|his|her|its|their|remarks|comments|reference|response)|in the (?:statement|report|past|last)|and (?:added|said|was|were|has|is)"
    rf"|at least|at a|to|{_TIME})\b.*",
    re.I | re.S,
)
_NOUNLESS = re.compile(
    r"^(?:it|this|there|what|which|that|these|those|who|here|not|by|to|nobody|none|something|nothing|also|have|has|is|being|been|so|far|as|and|or|been|much|it'?s"
    r"|\d[\d,.]*)$",
    re.I,
)
_LONGEST = 160
"""Characters of words for a speaker."""
_SAID_REACH = 90
_GAP = re.compile(
    r"^(?:\s*,)?(?:\s+(?:(?:in|to|at|during|via|from|through) [^,.;:“”\"]{1,60}|(?:reporters|journalists|(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}"
    r"|the [\w-]+(?: [\w-]+){0,2})(?: in [A-Z]\w+)?|late|early))?(?:\s+on)?\s*$"
)
"""What may stand between a cue and the day it was said: "told reporters in Geneva", "said in a statement"."""
_ARABIC_SAY = re.compile(
    r"(?<![\u0621-\u064a])[وف]?(?:قالت?|[أا]فادت?|ذكرت?|[أا]علنت?|[أا]كّ?دت?|[أا]وضحت?|[أا]ضافت?|[أا]شارت?|وثّ?قت?|كشفت?|بيّنت?|نشرت?|صرّ?حت?|نقلت?|[أا]حصت?|[أا]حصى"
    r"|سجّ?لت?|رصدت?|نفت|نفى|[أا]دانت?|يقول|تقول|[أا]بلغت?|[أا]خبرت?|رجّحت?|لفتت?|نوهت?|طالبت?|دعت?|اتهمت?|حمّلت?|تحدّ?ثت?)[\u064b-\u0652]*(?![\u0621-\u064a])"
)
_ARABIC_CITING = re.compile(
    r"(?<![\u0621-\u064a])(?:و?ب?حسب(?:\s+ما\s+(?:أفاد|ذكر|قال|نقل|أعلن|أورد|نشر|أكد)ت?)?|و?فقًا|و?فقاً|و?فقا|و?وفق(?:اً|ًا|ا)?(?:\s+ما\s+(?:أفاد|ذكر|قال|نقل|أعلن|أورد|نشر|أكد)ت?)?"
    r"|نقل(?:اً|ًا|ا)?\s+عن|على\s+لسان|كما\s+(?:أفاد|ذكر|قال|أعلن)ت?)(?![\u0621-\u064a])\s*"
)
_ARABIC_PHRASE = re.compile(r"[^،؛.:\n()؟!]{2,120}")
_ARABIC_STOP = re.compile(
    r"\s(?:[أإا]نّ?|ب[أا]نّ?|[أا]نها|[إا]نها|إنه|أنه|عن|على|إلى|خلال|عبر|اليوم|أمس|لـ|من\s+خلال|مقتل|إصابة|استشهاد|سقوط|وفاة|وقوع|في\s+(?:بيان|تصريح|تقرير|وقت|منشور)|أيضا"
    r"|قوله|قولها|أسماء|تفاصيل|كما|حيث|فإن|فقد|قد|ما|لموقع|لوكالة|لمراسل|ل[\"“«]|بتاريخ|يوم|مساء|صباح|هجوما|قصف|ارتكاب|بعد|منذ|ب[\"“«]|الإ?[أا]?ثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|أكثر|معلومات|عدد)(?![\u0621-\u064a]).*",
    re.S,
)  # fmt: skip


def find_sayings(text: str, start: int, end: int) -> list[Saying]:
    """All sayings between two offsets, in the order of their cues; one whose speaker can't be made out is left out."""
    found = [*_english(text, start, end), *_arabic(text, start, end)]
    return sorted(found, key=lambda s: s.cue)


def find_said(text: str, cue: Span, start: int, end: int) -> Span | None:
    """The words for when a thing was said: right after the cue ("said on Wednesday") or right before its subject's verb."""
    reach = min(end, cue[1] + _SAID_REACH)
    for day in find_dates(text, cue[1], reach):
        if day.kind not in _SAID_KINDS:
            continue
        gap = text[cue[1] : day.start]
        return (_with_preposition(text, day.start), day.end) if _GAP.match(gap) else None
    before = _TIME_LAST.search(text, max(start, cue[0] - _SAID_REACH), cue[0])
    return _trim(text, before.start(), before.end()) if before else None


def _with_preposition(text: str, start: int) -> int:
    return start - 3 if text[max(0, start - 4) : start] == " on " else start


_SAID_KINDS = {DateKind.DAY, DateKind.DAY_OF_YEAR, DateKind.WEEKDAY, DateKind.RELATIVE}


def _english(text: str, start: int, end: int) -> Iterator[Saying]:
    taken: list[Span] = []
    for cue in _CITING.finditer(text, start, end):
        source = _phrase_after(text, cue.end(), end, loose=True)
        if source:
            span = (cue.start(), cue.end("ago"))
            taken.append((cue.start(), source[1]))
            yield Saying(source, span, find_said(text, span, start, end), bool(_CITES.match(cue["ago"])))
            outer = _phrase_before(text, start, cue.start()) if _HANDS_ON.match(cue["ago"]) else None
            if outer and not any(_overlap(outer, t) for t in taken[:-1]):
                yield Saying(outer, span, find_said(text, span, start, end), False)
    last: Saying | None = None
    for cue in _CUE.finditer(text, start, end):
        if any(a <= cue.start() < b for a, b in taken) or _NO_VERB_AFTER.search(
            text, max(start, cue.start() - 12), cue.start()
        ):
            continue
        source = _subject(text, cue, start, end)
        if source and last and source[0] <= last.cue[0] < source[1]:
            source = last.source
        if source:
            last = Saying(source, cue.span(), find_said(text, cue.span(), start, end), False)
            yield last


_HANDS_ON = re.compile(r"(?:quot|cit)(?:ed|es|ing)$", re.I)
_NO_VERB_AFTER = re.compile(r"\b(?:the|an?|of|its|their|his|her|previous|new|any|no|these|this|for|with|such)\s$", re.I)
"""Before a cue's letters these make it a noun or an adjective: "the alleged aim", "its calls on"."""


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _subject(text: str, cue: re.Match[str], start: int, end: int) -> Span | None:
    before = text[max(start, cue.start() - 3) : cue.start()].rstrip()
    first = cue[0].lower() in _SAID_FIRST
    if first and before[-1:] in ('"', "”", "’", "»", "'"):
        return _phrase_after(text, cue.end(), end) or _phrase_before(text, start, cue.start())
    if first and before[-1:] == ",":
        after = _phrase_after(text, cue.end(), end)
        if after and text[after[1] : after[1] + 1] in ",.;\n" and not _VERB.search(text, *after):
            return after
    subject = _phrase_before(text, start, cue.start())
    if first and cue[0] != "told" and not _short_subject(text, subject):
        after = _phrase_after(text, cue.end(), end)
        if after and text[after[1] : after[1] + 1] in ",.;\n" and _NAMES_SOMEBODY.match(text[slice(*after)]):
            return after
    return subject


_NAMES_SOMEBODY = re.compile(r"(?:the |an? )?(?:[\w-]+ ){0,3}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}$")
_SHORT_SUBJECT_WORDS = 4


def _short_subject(text: str, subject: Span | None) -> bool:
    """Whether the words before a cue look like nothing but its subject."""
    if subject is None:
        return False
    wording = text[slice(*subject)]
    return len(wording.split()) <= _SHORT_SUBJECT_WORDS and not any(c.isdigit() for c in wording)


def _phrase_before(text: str, start: int, at: int) -> Span | None:
    """The words for the speaker that end right before a cue."""
    start = max(start, at - 2 * _LONGEST)
    at = _skip_back(text, start, at)
    if text[at - 1 : at] == ")" and (opening := text.rfind("(", start, at)) > at - 40:
        at = _skip_back(text, start, opening)
    if text[at - 1 : at] == ",":
        at = _before_apposition(text, start, at - 1)
    cuts = [m.end() for m in _BOUNDARY.finditer(text, start, max(at, start))]
    return _noun_phrase(text, cuts[-1] if cuts else start, at)


def _skip_back(text: str, start: int, at: int) -> int:
    """Back over what may stand between a subject and its verb: adverbs, auxiliaries, the day."""
    for _ in range(4):
        filler = _FILLER.search(text, max(start, at - 60), at) or _TIME_LAST.search(text, max(start, at - 40), at)
        if not filler:
            break
        at = filler.start()
    while at > start and text[at - 1].isspace():
        at -= 1
    return at


def _before_apposition(text: str, start: int, at: int) -> int:
    """The end of the name before "…, a spokesman for the ministry, said"; of the title before "…, Jane Doe, said" the name stays."""
    floor = max(
        (m.end() for m in _ENDS.finditer(text, max(start, at - _LONGEST), at)), default=max(start, at - _LONGEST)
    )
    comma = text.rfind(",", floor, at)
    while comma > floor:
        if _APPOSED.match(text[comma + 1 : at]):
            return comma
        comma = text.rfind(",", floor, comma)
    return at


_ENDS = re.compile(r"[.!?][\"”’)]*\s+(?=[“\"‘A-Z])|\n|[”\"](?=\s)")


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    if start >= end:
        return None
    start += len(_lead[0]) if (_lead := _LEAD.match(text[start:end])) else 0
    for joint in (" and ", " or "):
        cut = text.rfind(joint, start, end)
        if cut >= 0 and _VERB.search(text, start, cut):
            start = cut + len(joint)
    if verb := list(_VERB.finditer(text, start, end)):
        start = verb[-1].end()
    return _trim(text, _last_phrase(text, start, end), end)


_LONG_WORDS = 7
"""Words from which a subject is taken to have what comes before it stuck to it, as in texts that lost their commas."""
_PHRASE_BEGINS = re.compile(
    r"(?<!\bof)(?<!\bfor)(?<!\bin)(?<!\bfrom)(?<!\bat)(?<!\bby)(?<!\bwith)(?<!\bto)(?<!\band)(?<!\bor)(?<!\bon)(?<!\bover)(?<!\bnear)"
    r"\s(?:an?|the|another|one|some|several|its)\s"
)
_PLURAL_TELLERS = re.compile(
    r"\b(?:(?:local|military|medical|security|opposition|state|several|rebel|human|rights|Kurdish|Syrian|Palestinian|Iraqi|Yemeni|Turkish|rescue|hospital|health)\s)*"
    r"(?:activists|sources|residents|witnesses|officials|media|medics|monitors|doctors|rebels|reports|police)(?:\s(?:and|or)\s[\w ]{3,30})?$"
)


def _last_phrase(text: str, start: int, end: int) -> int:
    """Where the last noun phrase of a long stretch begins."""
    if text.count(" ", start, end) < _LONG_WORDS:
        return start
    if plural := _PLURAL_TELLERS.search(text, start, end):
        return plural.start()
    begins = list(_PHRASE_BEGINS.finditer(text, start, end))
    return begins[-1].start() + 1 if begins else start


def _phrase_after(text: str, at: int, end: int, *, loose: bool = False) -> Span | None:
    """The words for the speaker that begin at an offset; a loose one keeps "in the town"."""
    match = _AFTER.match(text, at, min(end, at + _LONGEST))
    if not match:
        return None
    wording = _STOP_AFTER.sub("", " " + match[0])[1:]
    if loose and (next_phrase := _PHRASE_BEGINS.search(wording, 4)):
        wording = wording[: next_phrase.start()]
    if wording.startswith(("that ", "it ", "there ", "he was", "they were")):
        return None
    return _trim(text, at, at + len(wording))


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in " \t\r\n,;:\"“”'‘«»-–—":
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;:\"“”'‘«»-–—":
        end -= 1
    wording = text[start:end]
    if not wording or len(wording) > _LONGEST or _NOUNLESS.match(wording) or _LEADING_PHRASE.match(wording):
        return None
    return start, end


def _arabic(text: str, start: int, end: int) -> Iterator[Saying]:
    if not _HAS_ARABIC.search(text, start, end):
        return
    for cue in _ARABIC_CITING.finditer(text, start, end):
        if source := _arabic_phrase(text, cue.end(), end):
            span = (cue.start(), cue.start() + len(cue[0].rstrip()))
            yield Saying(source, span, _arabic_said(text, source[1], end), bool(_CITES.search(cue[0])))
    for cue in _ARABIC_SAY.finditer(text, start, end):
        source = _arabic_phrase(text, cue.end(), end) or _arabic_before(text, start, cue.start())
        if source and text[source[0] : source[1]] not in _ARABIC_AUXILIARY:
            yield Saying(source, cue.span(), _arabic_said(text, source[1], end), False)
        if "نقل" in cue[0] and (inner := _ARABIC_FROM.match(text, cue.end(), end)):
            if cited := _arabic_phrase(text, inner.end(), end):
                yield Saying(cited, cue.span(), None, True)


_HAS_ARABIC = re.compile(r"[\u0621-\u064a]")
_ARABIC_FROM = re.compile(r"[^.؛:\n]{0,80}?\sعن\s")
_ARABIC_BEFORE = re.compile(r"[^،؛.:\n]{3,80}$")
_ARABIC_AUXILIARY = frozenset("قد كان كانت وكان وكانت".split())
_ARABIC_LEAD = re.compile(r"^\s*(?:[وف]?كان(?:ت)?\s|[وف]?قد\s|و(?=[اأإ]ل))+")
_ARABIC_TAIL = re.compile(r"\s(?:قد|لقد|كان|كانت)\s*$")


def _arabic_before(text: str, start: int, at: int) -> Span | None:
    """The subject that stands before its verb: "وكان الدفاع المدني قد وثق"."""
    match = _ARABIC_BEFORE.search(text, max(start, at - 80), at)
    if not match or len(match[0].split()) > _LONG_WORDS:
        return None
    lead, tail = _ARABIC_LEAD.match(match[0]), _ARABIC_TAIL.search(match[0])
    return _trim(
        text, match.start() + (lead.end() if lead else 0), match.start() + (tail.start() if tail else len(match[0]))
    )


def _arabic_phrase(text: str, at: int, end: int) -> Span | None:
    while at < end and text[at] in ' \t:"“«':
        at += 1
    match = _ARABIC_PHRASE.match(text, at, end)
    if not match or _ARABIC_STOP.match(" " + match[0]):
        return None
    return _trim(text, at, at + len(_ARABIC_STOP.sub("", match[0])))


def _arabic_said(text: str, at: int, end: int) -> Span | None:
    for day in find_dates(text, at, min(end, at + 40)):
        near = day.kind in _SAID_KINDS and day.start - at <= 3
        return (day.start, day.end) if near else None
    return None
