"""Looks at what was written before it is kept: what can't be a reply is refused in one sentence, what may need a person's eye is named.

Comes in: what a form said, and what the ledger knows of its writer. Goes out: the text as it will be kept, and why it waits; or an error that says
what to change. No clock and no chance: when the form was shown and sent comes in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from harmledger.domain import HoldReason, ReplyKind, Written
from harmledger.errors import BadInput
from harmledger.reply.addresses import parse_address
from harmledger.reply.lifecycle import in_order
from harmledger.reply.markdown import count_links
from harmledger.reply.names import find_name

LONGEST: Mapping[ReplyKind, int] = {
    ReplyKind.CORRECTION: 2_000,
    ReplyKind.SOURCE: 1_500,
    ReplyKind.OFFICIAL: 8_000,
    ReplyKind.WITNESS: 10_000,
    ReplyKind.COMMENT: 3_000,
}
"""Code points: a page of print for most, four for who was there and for who answers for an office."""
MOST_LINKS: Mapping[ReplyKind, int] = {kind: 10 if kind is ReplyKind.OFFICIAL else 3 for kind in ReplyKind}
SHORTEST = 2
LONGEST_APPEAL = 1_000
LONGEST_TARGET = 1_000
"""Code points of the words that a correction points at: the longest sentences of news reports have half of them."""
QUICKEST = timedelta(seconds=3)
"""Sooner than a form is read nobody fills it in."""
STALEST = timedelta(hours=24)
"""A form that was shown longer ago was kept to be sent again."""
FIRST_REPLIES = 3
"""So many replies of a person wait for a moderator, whatever the filter says."""
NOT_KEPT = frozenset("\u200b\u2060\ufeff\u00ad\u180e\u061c\u2028\u2029")
"""Signs without width, and marks that only break lines: words are split by them where nobody sees it."""
KEPT = frozenset("\n\t\u200c\u200d\u200e\u200f")
"""Line ends, and what Arabic, Persian and emoji are written with."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger knows that a reply is looked at with."""

    published: int
    """How many other replies of its writer are public."""
    repeated: bool
    """A copy of it came within a week."""
    named: bool
    """It holds the name of a victim, or one that is withheld."""


def clean_text(text: str) -> str:
    """The text as it is kept: line ends alike, nothing that shows nothing, no overrides of direction, no halves of code points."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (each for each in text if each in KEPT or not (each in NOT_KEPT or unicodedata.category(each) in _UNSEEN))
    return "".join(kept).strip()


def check_written(kind: ReplyKind, written: Written) -> tuple[str, str | None]:
    """The text and the address as they are kept.

    Raises:
        BadInput: it is too long or short, has too many links, or lacks what its kind needs.
    """
    longest = LONGEST[kind]
    if len(written.text) > 2 * longest:  # before anything is made of it: what is a megabyte long is no slip
        raise _too_long(kind)
    text = clean_text(written.text)
    if len(text) > longest:
        raise _too_long(kind)
    if len(text) < SHORTEST and kind is not ReplyKind.SOURCE:
        raise BadInput("there are no words in it", "your reply", "write what is to be said")
    if count_links(text) > MOST_LINKS[kind]:
        raise BadInput(
            f"it holds more than {MOST_LINKS[kind]} links", "your reply", "leave out those that matter least"
        )
    if kind is ReplyKind.CORRECTION and written.target is None:
        what = "a correction points at the sentence or figure that is wrong"
        raise BadInput(what, "your reply", "choose it in the text")
    if kind is ReplyKind.SOURCE and not written.url.strip():
        raise BadInput("no address of the report is given", "your reply", "copy it from the browser")
    return text, parse_address(written.url) if written.url.strip() else None


def check_appeal(words: str) -> str:
    """The words of an appeal.

    Raises:
        BadInput: there are none, or too many.
    """
    cleaned = clean_text(words[: 2 * LONGEST_APPEAL])
    if len(cleaned) < SHORTEST or len(cleaned) > LONGEST_APPEAL or len(words) > 2 * LONGEST_APPEAL:
        what = f"an appeal says in at most {LONGEST_APPEAL} characters what was overlooked"
        raise BadInput(what, "your appeal", "write that")
    return cleaned


def find_holds(kind: ReplyKind, text: str, written: Written, known: Known, *, now: datetime) -> tuple[HoldReason, ...]:
    """Why the reply waits, before any filter is asked."""
    found = {HoldReason.CHECKING}
    if written.trap:
        found.add(HoldReason.TRAPPED)
    if not is_in_time(written.shown, now):
        found.add(HoldReason.QUICK)
    if known.published < FIRST_REPLIES:
        found.add(HoldReason.FIRST)
    if known.repeated:
        found.add(HoldReason.REPEATED)
    if known.named or find_name(text):
        found.add(HoldReason.NAMES)
    if kind is ReplyKind.WITNESS:
        found.add(HoldReason.WITNESS)
    if kind is ReplyKind.OFFICIAL:
        found.add(HoldReason.OFFICIAL)
    return in_order(found)


def is_in_time(shown: datetime | None, now: datetime) -> bool:
    """Whether a form was shown long enough ago, and not too long."""
    return shown is not None and QUICKEST <= now - shown <= STALEST


def _too_long(kind: ReplyKind) -> BadInput:
    what = f"it is longer than the {LONGEST[kind]} characters that a reply of this kind may have"
    return BadInput(what, "your reply", "say it in fewer words, or in two replies")
