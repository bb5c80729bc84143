"""An outlet's notes on its own report: "Correction: an earlier version of this report said …", "this report has been retracted".

Comes in: a report's record. Goes out: whether it corrects or takes back, and which of its figures are those of the earlier version. A report
about somebody else's retraction is none: the words must be of this report. Wordings are data (`resources/reconcile.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harmledger.reconcile.knowledge import load_knowledge
from harmledger.reconcile.names import Record

NOTE_CHARS = 600
"""A note is a paragraph; in a text without any it ends after as many characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What a report says of itself."""

    document_id: str
    address: str | None = None
    """Where it was fetched, if that is on the web: the same address again is the same report, anew."""
    fetched: str = ""
    corrects: bool = False
    retracts: bool = False
    taken_back: frozenset[str] = frozenset()
    """Its claims that tell what an earlier version said."""


def read_noted(report: Record) -> Noted:
    """What a report's notes say."""
    document = report["document"]
    text, notes = document["text"], load_knowledge().notes
    corrections = list(_find_notes(text, notes["correction"]))
    return Noted(
        document_id=document["document_id"],
        address=_address(document),
        fetched=document["capture"]["fetched"],
        corrects=bool(corrections),
        retracts=notes["retraction"].search(text) is not None,
        taken_back=frozenset(claim["claim_id"] for claim in report["claims"] if _is_earlier(claim, corrections)),
    )


def _find_notes(text: str, wording: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each note begins, and where its paragraph ends."""
    for found in wording.finditer(text):
        start = found.start() + (text[found.start()] == "\n")
        end = text.find("\n", found.end())
        yield start, min(end if end >= 0 else len(text), start + NOTE_CHARS)


def _is_earlier(claim: Record, notes: Sequence[tuple[int, int]]) -> bool:
    """Whether a claim stands in a note, with words before it that say it is the earlier figure."""
    quote, count = claim["quote"], claim["count"]
    if not any(start <= count["start"] < end for start, end in notes):
        return False
    wordings = load_knowledge().notes
    before = quote["exact"][: count["start"] - quote["start"]]
    last = {name: max((m.start() for m in wordings[name].finditer(before)), default=-1) for name in ("earlier", "now")}
    return last["earlier"] > last["now"]


def _address(document: Record) -> str | None:
    told = (document["capture"]["source"], document["id"] or "")
    return next((each for each in told if each.startswith(("http://", "https://"))), None)
