"""How the desk speaks of replies."""

from __future__ import annotations

from collections.abc import Mapping

from harmledger.domain import HoldReason, RefusalReason, ReplyKind, ReplyState

KINDS: Mapping[ReplyKind, str] = {
    ReplyKind.CORRECTION: "Correction",
    ReplyKind.SOURCE: "Additional source",
    ReplyKind.OFFICIAL: "Official response",
    ReplyKind.WITNESS: "Witness account",
    ReplyKind.COMMENT: "Comment",
}
STATES: Mapping[ReplyState, str] = {
    ReplyState.HELD: "Waiting",
    ReplyState.PUBLISHED: "Public",
    ReplyState.REFUSED: "Refused",
    ReplyState.SPAM: "Spam",
}
HOLDS: Mapping[HoldReason, str] = {
    HoldReason.CHECKING: "the filter hasn't answered yet",
    HoldReason.FIRST: "one of its writer's first replies",
    HoldReason.NAMES: "it may name a person",
    HoldReason.WITNESS: "a witness account",
    HoldReason.OFFICIAL: "who speaks for the office is to be found out",
    HoldReason.REPEATED: "nearly the same came within a week",
    HoldReason.QUICK: "sent sooner than a person types, or its form can't be told",
    HoldReason.UNSURE: "the filter couldn't tell",
    HoldReason.FAILED: "the filter couldn't be asked",
    HoldReason.TRAPPED: "a field that people don't see was filled in",
    HoldReason.APPEAL: "its writer asks to look again",
    HoldReason.MODERATOR: "a moderator wants it to wait",
}
REFUSALS: Mapping[RefusalReason, str] = {
    RefusalReason.OFF_TOPIC: "Off topic: not about what it replies to",
    RefusalReason.ABUSE: "Abuse: attacks, threatens or demeans people",
    RefusalReason.PERSONAL_DATA: "Personal data that could harm somebody",
    RefusalReason.UNCHECKABLE: "Nothing in it can be checked",
    RefusalReason.REPEATED: "Said before",
    RefusalReason.ADVERTISING: "Advertising",
    RefusalReason.UNLAWFUL: "Unlawful to publish",
    RefusalReason.OTHER: "Another reason, in words",
}
"""Those that a moderator chooses from; that a writer is blocked follows by itself."""
