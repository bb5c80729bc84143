"""Words of a report with the sentence they stand in, as a line for a terminal.

Comes in: a part of a claim's record with its words, the claim, and the document's record. Goes out: the words, their offset, and whether
they stand in the claim's own sentence, else a glance at the one that holds them.
"""

from __future__ import annotations

from harmledger.publish.record import Record
from harmledger.publish.wording import isolate, render_plain
from harmledger.text.sentences import split_sentences

GLANCE_CHARS = 100
"""Of another sentence, enough to find it by."""
OWN = "in its own sentence"
"""In the claim's, where its counted words stand."""
_BODY = "body"


def tell_words(words: Record, claim: Record, document: Record) -> str:
    """The words, where they stand, and the sentence where it isn't the claim's own."""
    told = f"{quote_words(words['exact'])} at {words['start']}"
    quote = claim["quote"]
    if quote["start"] <= words["start"] < quote["end"]:
        return f"{told}, {OWN}"
    start, end, role = find_sentence(document, words["start"])
    part = "" if role == _BODY else f" of the {role}"
    return f"{told}, in another sentence{part} ({start}–{end}): {_glance(document['text'], (start, end), words)}"


def quote_words(exact: str) -> str:
    """Words in quotation marks, safe to print."""
    return f"“{isolate(render_plain(exact))}”"


def find_sentence(document: Record, offset: int) -> tuple[int, int, str]:
    """Start and end of the sentence at an offset, and the role of its part."""
    part = next(p for p in document["parts"] if p["start"] <= offset < p["end"])
    within = split_sentences(document["text"], part["start"], part["end"])
    start, end = next((s for s in within if s[0] <= offset < s[1]), (part["start"], part["end"]))
    return start, end, part["role"]


def _glance(text: str, sentence: tuple[int, int], words: Record) -> str:
    """The sentence, cut around the words where it is long."""
    start = max(sentence[0], min(words["start"] - GLANCE_CHARS // 2, sentence[1] - GLANCE_CHARS))
    end = min(sentence[1], max(start + GLANCE_CHARS, words["end"]))
    before, after = "…" * (start > sentence[0]), "…" * (end < sentence[1])
    return f"“{isolate(f'{before}{render_plain(text[start:end])}{after}')}”"
