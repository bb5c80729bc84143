"""Whether a figure is asserted, denied or questioned: by the encoder's word, and by denials that govern it in its sentence."""

from __future__ import annotations

import re

from harmledger.domain import Polarity, Words

Span = tuple[int, int]
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?)\b"
    r"[^.;“”\"]{0,60}?\b(?:that|killing|having|causing|responsibility|reports?|claims?|allegations?|accusations?|wounding|injuring|the)\b[^.;]*$|"
    r"(?:نف[ىت]|أنكرت?)[^.؛]{0,80}$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:(?:could|can|did)\s+not\s+(?:be\s+)?(?:confirm|verif)\w*|disput(?:es|ed|ing)|cast(?:s|ing)?\s+doubt|question(?:s|ed|ing)\s+(?:the|whether|reports?|claims?)|"
    r"no\s+evidence\s+that)\b[^.;]*$",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|while|whereas|although|though|however|after|insist\w*|saying|adding)\b", re.IGNORECASE)


def find_polarity(text: str, sentence: Span, count: Words, believed: Polarity) -> Polarity:
    """The polarity of a counted expression; a turn ("but", "saying") between denial and figure frees the figure."""
    before = text[sentence[0] : count.start]
    for pattern, polarity in ((_DENIAL, Polarity.DENIED), (_QUESTION, Polarity.QUESTIONED)):
        if (m := pattern.search(before)) and not _TURN.search(before, m.start()):
            return polarity
    return believed
