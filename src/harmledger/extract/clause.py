"""The clause around a verb, by the words about it: its subject, what it is about, whether it is denied or only wished.

English without a parser: a subject is the noun phrase that ends at the verb's auxiliaries, or, across "and" and participles, the
one that opens the sentence. Offsets are kept; nothing is looked up.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

LONGEST_SUBJECT = 140
"""Characters; a longer stretch before a verb holds more than its subject."""
LONGEST_OBJECT = 160
_REACH = 320

_AUXILIARY = re.compile(
    r"(?:[\s,]*\b(?:also|always|again|once|more|again|later|earlier|meanwhile|then|now|today|yesterday|has|have|had|is|are|was|were|been|being|already|repeatedly"
    r"|previously|recently|jointly|both|all|still|once\s+again|itself|himself|herself|themselves|swiftly|quick\s+to|went\s+on\s+to|further|reportedly|never\s+fails\s+to"
    r"|continue[sd]?\s+to|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?!\b(?:family|army|Italy|July|ally|rally|assembly|only)\b)[a-z]+ly)\b)+\s*$"
)
_NOT_SAID = re.compile(
    r"(?:\b(?:not|never|neither|nor|without|cannot|nobody|no[\s-]one|none|no\s+\w+(?:\s+\w+){0,2}\s+(?:has|have|had|immediately)|refus\w+\s+to|declin\w+\s+to|fail\w*\s+to|stop\w*\s+short\s+of|yet\s+to|if|unless|instead\s+of"
    r"|would|could|should|must|might|may|will|shall|can|to|who\s+would)|n['’]t)(?:\s+(?:also|be|been|have|immediately|yet|publicly|strongly|\w+ly))*\s*$",
    re.IGNORECASE,
)
_STILL_SAID = re.compile(
    r"\b(?:went\s+on|continue[sd]?|quick|want(?:s|ed)?|wish(?:es|ed)?|like|likes)\s+to\s*(?:\w+ly\s+)?$", re.IGNORECASE
)
_CUT = re.compile(
    r"[;:“”\"«»()\[\]\n|•]|\s[-–—]{1,2}\s"
    r"|(?<!\b(?-i:[A-Z]))(?<!\b(?:Dr|Mr|Lt|Ms|St))(?<!\b(?:Col|Gen|Maj|Sgt|Mrs|Gov|Sen|Rep|Rev))(?<!\b(?:Capt|Prof))[.!?](?=\s+[A-Z“\"])"
    r"|\b(?:that|but|while|whereas|as|when|where|because|although|though|if|after|before|until|since|which|than|so|including|such\s+as)\b(?!-)",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"(?:as|when|where|because|although|though|if|after|before|until|since|while|whereas)$", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|said|says|will|would|did|could|killed|wounded|injured|hit|struck|took|held|met|told|issued|called|urged|condemned|denied"
    r"|accused|expressed|voiced|reiterated|repeated|blamed|claimed|stressed|added|warned|published|released|demanded|reported|visited|made|gave|carried|left|began|launched|described|spoke|criticized|criticised)\b"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_OPENING = re.compile(
    r"^(?:(?:[\s,“\"‘]+|(?:and|but|meanwhile|however|earlier|later|still|also|in\s+addition|moreover|officially|separately|similarly|yesterday|today|yet|for\s+(?:its|his|her|their)\s+part)\b,?"
    rf"|(?:in|on|at|from|during|after|following|speaking|according|by|amid|citing|commenting|over)\b[^,“”\"]{{2,90}},|(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?(?:\s+\d{{4}})?,?(?=\s)|on\s+\w+day\b,?)\s*)+",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|which|whose)\b", re.IGNORECASE)
_WHO = re.compile(r",?\s+who\s*$", re.IGNORECASE)
_MAY_PARTICIPATE = re.compile(
    r"(?:[,”\"]|\b(?:and|statement|letter|message|video|tweet|post|resolution|communiqu[eé]|speech|petition|declaration|on\s+\w+day|also|\w+ly))$",
    re.IGNORECASE,
)
"""What stands before a participle of the sentence's own subject ("…, condemning", "a statement condemning")."""
_PARTICIPLE = re.compile(r"ing\b", re.IGNORECASE)


def is_unsaid(text: str, start: int, at: int) -> bool:
    """Whether the words before a verb deny it, put it off or only wish it ("did not condemn", "to condemn")."""
    before = text[max(start, at - 60) : at]
    stripped = re.sub(r"(?:\s*\b[a-z]+ly\b)*\s*$", " ", before)
    return _NOT_SAID.search(stripped) is not None and _STILL_SAID.search(stripped) is None


def find_subject(text: str, start: int, verb: Span) -> Span | None:
    """The words for the subject of a verb in the sentence that begins at `start`."""
    if _PARTICIPLE.search(text[slice(*verb)].split(" ", maxsplit=1)[0]) is not None:
        near = text[max(start, verb[0] - 24) : verb[0]].rstrip()
        return _opening_phrase(text, start, verb[0]) if _MAY_PARTICIPATE.search(near) else None
    begin = max(start, verb[0] - _REACH)
    at = verb[0]
    if m := _AUXILIARY.search(text, begin, at):
        at = m.start()
    at = begin + len(text[begin:at].rstrip())
    if who := _WHO.search(text, begin, at):
        return _phrase(
            text, max([m.end() for m in _CUT.finditer(text, begin, who.start())], default=begin), who.start()
        )
    if text[at - 1 : at] == "," or re.search(r"\b(?:and|then)$", text[begin:at]):
        return _across(text, begin, at)
    return _phrase(text, _after_clause(text, begin, at), at)


def _after_clause(text: str, begin: int, at: int) -> int:
    """Where the clause of a verb begins: after the last mark or conjunction; after one that opens a side clause, its comma."""
    cuts = list(_CUT.finditer(text, begin, at))
    if not cuts:
        return begin
    comma = text.rfind(",", cuts[-1].end(), at)
    return comma + 1 if comma >= 0 and _SIDE.match(cuts[-1][0]) else cuts[-1].end()


def _across(text: str, begin: int, at: int) -> Span | None:
    """The subject before an apposition ("X, the envoy, denied") or of an earlier verb ("X met Y and denied")."""
    if text[at - 1 : at] == ",":
        comma = text.rfind(",", begin, at - 1)
        inner = text[comma + 1 : at - 1]
        if (
            comma > begin
            and _CUT.search(inner.replace("who", "").replace("which", "")) is None
            and not _FINITE.search(text[begin:comma])
        ):
            return _phrase(text, begin, comma)
    return _opening_phrase(text, begin, at)


def _opening_phrase(text: str, start: int, at: int) -> Span | None:
    """The noun phrase with which a sentence opens, up to its first verb."""
    stretch = text[start:at]
    opening = _OPENING.match(stretch)
    begin = start + (opening.end() if opening else 0)
    verb = _FINITE.search(text, begin, at)
    comma = text.find(",", begin, at)
    stops = [p for p in (verb.start() if verb else -1, comma) if p > begin]
    return _phrase(text, begin, min(stops)) if stops else None


def _phrase(text: str, begin: int, end: int) -> Span | None:
    opening = _OPENING.match(text[begin:end])
    begin += opening.end() if opening else 0
    if verbs := [m.end() for m in _FINITE.finditer(text, begin, end)]:
        opening = _OPENING.match(text[verbs[-1] : end])
        begin = verbs[-1] + (opening.end() if opening else 0)
    comma = text.rfind(",", begin, end)
    if comma >= 0 and _AFTER_COMMA.match(text, comma + 1, end):
        begin = comma + 1
    stretch = text[begin:end]
    joint = stretch.rfind(" and ")
    if joint >= 0 and re.search(r"\b\w+(?:ed|ing)\b", stretch[:joint]):
        begin += joint + 5
    return trim(text, begin, end, LONGEST_SUBJECT)


_AFTER_COMMA = re.compile(r"\s*(?:he|she|it|they|we|i)\s*$", re.IGNORECASE)


def find_object(text: str, at: int, end: int, link: re.Pattern[str], until: re.Pattern[str]) -> Span | None:
    """What a verb is about: the words after it and its preposition, up to the next clause."""
    after = _SPACES.match(text, at, end)
    begin = after.end() if after else at
    linked = link.match(text, begin, end)
    if linked is None:
        return None
    begin = linked.end()
    limit = min(end, begin + LONGEST_OBJECT)
    stop = until.search(text, begin, limit)
    finish = stop.start() if stop else limit
    opened = 0
    for mark in _CLOSING.finditer(text, begin, finish):
        if mark[0] in {"“", '"'} and (mark.start() == begin or text[mark.start() - 1].isspace()):
            opened += 1
        elif mark[0] in {"”", '"'} and opened:
            opened -= 1
        else:
            finish = mark.start()
            break
    return trim(text, begin, finish, LONGEST_OBJECT)


_SPACES = re.compile(r"\s*")
_CLOSING = re.compile(r"[;:“”\"«»()\n]|,(?=\s*[“”\"])|,\s|(?<!\b[A-Z])[.!?](?=[\s”\"’]|$)|\s[-–—]\s")


def trim(text: str, start: int, end: int, longest: int) -> Span | None:
    """The stretch without marks and spaces at its ends; None where nothing is left or too much."""
    while start < end and text[start] in " \t\r\n,;:\"“”‘«»-–—’'":
        start += 1
    while end > start and text[end - 1] in ' \t\r\n,;:"“”‘«»-–—':
        end -= 1
    return (start, end) if 0 < end - start <= longest else None
