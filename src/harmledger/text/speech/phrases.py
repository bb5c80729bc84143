"""The words for a speaker on either side of an English cue, found without a parser."""

from __future__ import annotations

import re

from harmledger.text.speech.saying import LONG_WORDS, LONGEST, TIME, TIME_LAST, Span, trim

_BOUNDARY = re.compile(
    r"[,;:“”\"«»()\[\]\n•|]|\s[-–—]{1,2}\s|[.!?](?=\s+[A-Z“\"])"
    r"|\b(?:that|but|while|whereas|as|when|where|because|although|though|if|after|before|until|since|which|who|then|so)\b(?!-)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:[\s,\"“]*\b(?:also|later|further|earlier|however|reportedly|separately|meanwhile|then|now|has|have|had|is|are|was|were|would|will|could|been"
    r"|be|being|did|does|do|not|never|already|recently|previously|initially|repeatedly|reported|officially|explicitly|only|both|all|still"
    r"|often|once|again|even|just|simply|always|immediately|subsequently|falsely|may|might|should|must|can|cannot|himself|herself|itself)\b|n['’]t\b)+\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"^(?:[\s,]+|(?:and|or|yet|also|meanwhile|however|earlier|later|still|so|for|in addition|moreover|separately|similarly|now|finally|{TIME})\b[\s,]*)+",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|be|been|killed|wounded|injured|died|hit|struck|targeted|left|bombed|carried|took|said|will|would|did|could|should)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"^\s*(?:an?|the|who|which|whose|one|its|his|her|their|himself|herself|citing|quoting|speaking|also|now|then|head|director|spokes\w+|a member"
    r"|[\w-]+ of|\w+’s|\w+'s|[\w -]*(?:official|minister|president|spokes\w+|director|leader|activist|doctor|chief|head))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[^\s,;:“”\"«»()\[\]\n.!?•|]|[.!?'’](?=\S)|(?<=\b[A-Z])\.|(?<=\bDr)\.|(?<=\bMr)\.|(?<=\bMs)\.|(?<=\bLt)\.|(?<=\bMrs)\.|(?<=\bCol)\.|(?<=\bGen)\.|(?<=\bMaj)\.| )+"
)
_STOP_AFTER = re.compile(
    r"\s(?:who|which|that|whose|when|while|as|told|said|says|saying|adding|after|during|before|because|but|where|if|was|were|is|are|has|had|have|on|last"
    r"|killed|left|shows|showed|showing|in (?:a|an|his|her|its|their|remarks|comments|reference|response)|in the (?:statement|report|past|last)|and (?:added|said|was|were|has|is)"
    rf"|at least|at a|to|{TIME})\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"[.!?][\"”’)]*\s+(?=[“\"‘A-Z])|\n|[”\"](?=\s)")
_PHRASE_BEGINS = re.compile(
    r"(?<!\bof)(?<!\bfor)(?<!\bin)(?<!\bfrom)(?<!\bat)(?<!\bby)(?<!\bwith)(?<!\bto)(?<!\band)(?<!\bor)(?<!\bon)(?<!\bover)(?<!\bnear)"
    r"\s(?:an?|the|another|one|some|several|its)\s"
)
_PLURAL_TELLERS = re.compile(
    r"\b(?:(?:local|military|medical|security|opposition|state|several|rebel|human|rights|Kurdish|Syrian|Palestinian|Iraqi|Yemeni|Turkish|rescue|hospital|health)\s)*"
    r"(?:activists|sources|residents|witnesses|officials|media|medics|monitors|doctors|rebels|reports|police)(?:\s(?:and|or)\s[\w ]{3,30})?$"
)


def phrase_before(text: str, start: int, at: int) -> Span | None:
    """The words for the speaker that end right before a cue."""
    start = max(start, at - 2 * LONGEST)
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
        filler = _FILLER.search(text, max(start, at - 60), at) or TIME_LAST.search(text, max(start, at - 40), at)
        if not filler:
            break
        at = filler.start()
    while at > start and text[at - 1].isspace():
        at -= 1
    return at


def _before_apposition(text: str, start: int, at: int) -> int:
    """The end of the name before "…, a spokesman for the ministry, said"; of the title before "…, Jane Doe, said" the name stays."""
    floor = max((m.end() for m in _ENDS.finditer(text, max(start, at - LONGEST), at)), default=max(start, at - LONGEST))
    comma = text.rfind(",", floor, at)
    while comma > floor:
        if _APPOSED.match(text[comma + 1 : at]):
            return comma
        comma = text.rfind(",", floor, comma)
    return at


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    if start >= end:
        return None
    start += len(_lead[0]) if (_lead := _LEAD.match(text[start:end])) else 0
    for joint in (" and ", " or "):
        cut = text.rfind(joint, start, end)
        if cut >= 0 and VERB.search(text, start, cut):
            start = cut + len(joint)
    if verb := list(VERB.finditer(text, start, end)):
        start = verb[-1].end()
    return trim(text, _last_phrase(text, start, end), end)


def _last_phrase(text: str, start: int, end: int) -> int:
    """Where the last noun phrase of a long stretch begins."""
    if text.count(" ", start, end) < LONG_WORDS:
        return start
    if plural := _PLURAL_TELLERS.search(text, start, end):
        return plural.start()
    begins = list(_PHRASE_BEGINS.finditer(text, start, end))
    return begins[-1].start() + 1 if begins else start


def phrase_after(text: str, at: int, end: int, *, loose: bool = False) -> Span | None:
    """The words for the speaker that begin at an offset; a loose one keeps "in the town"."""
    match = _AFTER.match(text, at, min(end, at + LONGEST))
    if not match:
        return None
    wording = _STOP_AFTER.sub("", " " + match[0])[1:]
    if loose and (next_phrase := _PHRASE_BEGINS.search(wording, 4)):
        wording = wording[: next_phrase.start()]
    if wording.startswith(("that ", "it ", "there ", "he was", "they were")):
        return None
    return trim(text, at, at + len(wording))
