"""Whether a moderator's program says again what it said before, since it didn't hear the answer: then nothing is done a second time."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from harmledger.domain import ModeratorVerdict, RefusalReason, Reply, ReplyEvent, Ruling
from harmledger.reply.checks import clean_text
from harmledger.reply.lifecycle import ReplyAction
from harmledger.store.reply_lists import list_events

_OF_WRITER = frozenset({ReplyAction.BLOCK, ReplyAction.UNBLOCK})
_OF_ITSELF = frozenset(ReplyAction) - _OF_WRITER - {ReplyAction.CREDIT}
"""Steps that make another version of a reply."""


def is_repeated(connection: Connection, reply: Reply, ruling: Ruling) -> bool:
    """Whether this ruling, on this version, is what made the reply as it stands."""
    if ruling.version is None:
        return False
    if ruling.verdict is ModeratorVerdict.BLOCK:
        last = _find_last(connection, reply, _OF_WRITER)
        # what was public stays as it was, what waited was refused with it
        return _is_same(last, ruling) and reply.version - ruling.version in {0, 1}
    return reply.version - ruling.version == 1 and _is_same(_find_last(connection, reply, _OF_ITSELF), ruling)


def is_unblocking_repeated(connection: Connection, reply: Reply, who: str) -> bool:
    """Whether the writer was let reply again by this moderator, on this reply, and nothing was done of that since."""
    last = _find_last(connection, reply, _OF_WRITER)
    return last is not None and (last.what, last.who) == (ReplyAction.UNBLOCK, who)


def _find_last(connection: Connection, reply: Reply, among: Collection[ReplyAction]) -> ReplyEvent | None:
    steps = [each for each in list_events(connection, reply.reply_id) if each.what in among]
    return steps[-1] if steps else None


def _is_same(last: ReplyEvent | None, ruling: Ruling) -> bool:
    reason: RefusalReason | None = ruling.reason if ruling.verdict is ModeratorVerdict.REFUSE else None
    words = clean_text(ruling.words) or None
    said = (ruling.verdict.value, ruling.who, reason and reason.value, words)
    return last is not None and (last.what, last.who, last.reason, last.words) == said
