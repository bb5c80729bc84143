"""A reply before it is public, and what filters make of it. Only what every filter took for no spam may pass; what failed is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What is known of the machine and the mailbox that a reply came from; a filter elsewhere is told of it only where the settings allow."""

    address: str = field(default="", repr=False)
    """Network address."""
    agent: str = field(default="", repr=False)
    """What the browser calls itself."""
    email: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A reply as filters see it: what will be read, and little of who wrote it."""

    text: str
    name: str = ""
    """The pseudonym that will be shown."""
    kind: str = "comment"
    language: str | None = None
    """Code of ISO 639-1."""
    permalink: str = ""
    """Address of the page that is replied to."""
    stays_here: bool = False
    """Never told to a service elsewhere, whatever the settings say: witness accounts are such."""
    sender: Sender = Sender()


class SpamDecision(StrEnum):
    HAM = "ham"
    """No spam."""
    SPAM = "spam"
    UNSURE = "unsure"
    """Neither was found, or nothing was found out: a person looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamVerdict:
    """What one filter makes of a submission; of a filter that failed, why."""

    decision: SpamDecision
    by: str
    """The filter's name and version."""
    reason: str
    """In words, for moderators."""
    score: float | None = None
    """How likely it is spam, where the filter says so."""
    failed: bool = False
    """The filter couldn't find out."""
    blatant: bool = False
    """The filter would throw it away; we don't."""

    def __post_init__(self) -> None:
        if self.failed and self.decision is not SpamDecision.UNSURE:
            raise ValueError("a filter that failed decides nothing")
        if self.score is not None and not 0 <= self.score <= 1:  # NaN too
            raise ValueError("a score lies between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamJudgement:
    """What all filters asked make of a submission. The decision follows from the verdicts and can't be set: none that failed can pass."""

    verdicts: tuple[SpamVerdict, ...]

    @property
    def decision(self) -> SpamDecision:
        """Spam where one filter says so; no spam where there are filters and all say so; else unsure."""
        said = {verdict.decision for verdict in self.verdicts}
        if SpamDecision.SPAM in said:
            return SpamDecision.SPAM
        return SpamDecision.HAM if said == {SpamDecision.HAM} else SpamDecision.UNSURE

    @property
    def passes(self) -> bool:
        """Whether nothing here keeps the reply from being public; whatever else may hold it is asked elsewhere."""
        return self.decision is SpamDecision.HAM

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each filter's reason, with its name."""
        return tuple(f"{verdict.by}: {verdict.reason}" for verdict in self.verdicts) or ("no filter was asked",)
