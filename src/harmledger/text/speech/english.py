"""English sayings: "X said", "according to X", "said X", "Y, citing X"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from harmledger.text.speech.phrases import VERB, phrase_after, phrase_before
from harmledger.text.speech.saying import Saying, Span, find_said

_SAY = (
    "said|says|say|told|tells|reported|reports|report|added|adds|stated|states|confirmed|confirms|announced|announces|claimed|claims|claim"
    "|noted|notes|denied|denies|alleged|alleges|insisted|insists|warned|warns|explained|explains|declared|declares|estimated|estimates"
    "|argued|argues|wrote|writes|tweeted|posted|described|acknowledged|acknowledges|admitted|admits|accused|accuses|condemned|condemns"
    "|indicated|indicates|revealed|reveals|disclosed|recalled|mentioned|mentions|pointed out|points out|documented|recorded|counted"
    "|reiterated|stressed|stresses|emphasi[sz]ed|testified|asserted|asserts|suggested|suggests|predicted|conceded|concluded|maintained"
    "|asked|urged|commented|remarked|complained|boasted|vowed|pledged|promised|identified|affirmed|specified|clarified|observed"
    "|believes?|believed|thinks?|thought|called on|calls on|called for|(?:made|makes) (?:reference to|mention of)|(?:drew|draws|drawing) attention to|pointed to|points to|alluded to|listed|lists|enumerated|named|gave the (?:toll|number|figure)|gave (?:a|the) (?:death )?toll|spoke of|speaks of|blamed|blames|criticized|criticised|denounced|denounces|rejected|dismissed|cautioned|lamented|voiced|expressed|repeated|underlined|underscored|highlighted|referred to|went on to say|put the (?:toll|number)"
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
    re.IGNORECASE,
)
_CITES = re.compile(r"cit(?:ing|es|ed)|quot(?:ing|es|ed)|attributed to|عن|لسان", re.IGNORECASE)
_HANDS_ON = re.compile(r"(?:quot|cit)(?:ed|es|ing)$", re.IGNORECASE)
_NO_VERB_AFTER = re.compile(
    r"\b(?:the|an?|of|its|their|his|her|previous|new|any|no|these|this|for|with|such)\s$", re.IGNORECASE
)
"""Before a cue's letters these make it a noun or an adjective: "the alleged aim", "its calls on"."""
_NAMES_SOMEBODY = re.compile(r"(?:the |an? )?(?:[\w-]+ ){0,3}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}$")
_SHORT_SUBJECT_WORDS = 4


def find_english(text: str, start: int, end: int) -> Iterator[Saying]:
    """English sayings between two offsets; those that cite before those that say."""
    cited = list(_cited(text, start, end))
    yield from cited
    taken = [
        (saying.cue[0], max(saying.cue[1], saying.source[1])) for saying in cited if saying.source[0] >= saying.cue[1]
    ]
    last: Saying | None = None
    for cue in _CUE.finditer(text, start, end):
        if _within(cue.start(), taken) or _is_noun(text, start, cue):
            continue
        source = _subject(text, cue, start, end)
        if source and last and source[0] <= last.cue[0] < source[1]:
            source = last.source
        if source:
            last = _saying(text, source, cue.span(), (start, end))
            yield last


def _within(at: int, taken: list[Span]) -> bool:
    """Whether an offset lies in one of these ordered stretches."""
    i = bisect_right(taken, at, key=itemgetter(0)) - 1
    return i >= 0 and at < taken[i][1]


def _cited(text: str, start: int, end: int) -> Iterator[Saying]:
    """Who is cited, and who cites them."""
    taken: list[Span] = []
    for match in _CITING.finditer(text, start, end):
        source = phrase_after(text, match.end(), end, loose=True)
        if not source:
            continue
        cue = (match.start(), match.end("ago"))
        yield _saying(text, source, cue, (start, end), cites=bool(_CITES.match(match["ago"])))
        outer = phrase_before(text, start, match.start()) if _HANDS_ON.match(match["ago"]) else None
        if outer and not any(_overlap(outer, t) for t in taken[-2:]):
            yield _saying(text, outer, cue, (start, end))
        taken.append((match.start(), source[1]))


def _saying(text: str, source: Span, cue: Span, within: Span, *, cites: bool = False) -> Saying:
    return Saying(source=source, cue=cue, said=find_said(text, cue, *within), cites=cites)


def _is_noun(text: str, start: int, cue: re.Match[str]) -> bool:
    return bool(_NO_VERB_AFTER.search(text, max(start, cue.start() - _BEFORE_NOUN), cue.start()))


_BEFORE_NOUN = 12
"""Characters before a cue that may hold its article."""


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _subject(text: str, cue: re.Match[str], start: int, end: int) -> Span | None:
    """The words for who says: before the cue, or after it where the order is turned round."""
    before = text[max(start, cue.start() - 3) : cue.start()].rstrip()[-1:]
    if cue[0] not in _SAID_FIRST:
        return phrase_before(text, start, cue.start())
    after = phrase_after(text, cue.end(), end)
    if before in _CLOSING and after:
        return after
    closed = after if after and text[after[1] : after[1] + 1] in ",.;\n" else None
    if before == "," and closed and _TELLER.match(text[slice(*closed)]) and not VERB.search(text, *closed):
        return closed
    subject = phrase_before(text, start, cue.start())
    turned = closed and cue[0] != "told" and _NAMES_SOMEBODY.match(text[slice(*closed)])
    return closed if turned and not _short_subject(text, subject) else subject


_TELLER = re.compile(
    r"[A-Z]|(?:the|an?|one|another)\s|(?:[\w-]+\s){0,2}(?:activists|residents|officials|sources|witnesses|medics|doctors|police|media)\b"
)
"""How words begin that may tell something; "nine dead" doesn't."""
_CLOSING = frozenset("\"”’»'")


def _short_subject(text: str, subject: Span | None) -> bool:
    """Whether the words before a cue look like nothing but its subject."""
    if subject is None:
        return False
    wording = text[slice(*subject)]
    return len(wording.split()) <= _SHORT_SUBJECT_WORDS and not any(c.isdigit() for c in wording)
