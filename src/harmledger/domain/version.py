"""What one page said at different times, and what of it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that stood at a page's address from one fetch on, until a fetch found another one there."""

    page_id: str
    document_id: str
    source: str
    """The address as it was asked for."""
    since: datetime
    """The first fetch that found it; a text that came back has two versions."""
    back_to: datetime | None = None
    """Since when the same words stood there before they were changed: the page was put back. None where it says something new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The later version of its page by which a report was replaced."""

    document_id: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text, half-open, in code points."""

    start: int
    end: int


class ChangeKind(StrEnum):
    """What became of a passage or a claim."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of either version beside the other's, or what can't be set side by side in smaller pieces."""

    kind: ChangeKind
    old: Span | None
    """None where it was added."""
    new: Span | None
    """None where it is gone."""
    gone: tuple[Span, ...] = ()
    """Words of the older text that aren't in the newer one any longer."""
    added: tuple[Span, ...] = ()
    """Words of the newer text that weren't in the older one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One thing that a claim says otherwise now."""

    field: str
    """`figure`, `harm`, `victims`, `scope`, `place`, `when`, `actor`, `means`, `attribution` or `polarity`."""
    before: str | None
    """In words; None: not stated."""
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """What became of one claim from one version to the next."""

    kind: ChangeKind
    old: str | None
    """The older version's claim; None where it was added."""
    new: str | None
    harm: str
    """Of the newer claim, else of the older one."""
    figure: str
    """The same."""
    old_span: Span | None
    """Its sentence; None where it stands in no text."""
    new_span: Span | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of one page side by side."""

    older: str
    newer: str
    passages: tuple[Passage, ...]
    """In order; together they hold all of both texts, but for what is no part of the article."""
    claims: tuple[ClaimChange, ...]
    """Those that are the same among them."""
    same_reader: bool
    """Whether one engine in one version read both: else claims may differ by that alone."""

    @property
    def words_changed(self) -> bool:
        """Whether a word of the article changed: else only its markup, or what stands around it, did."""
        return any(passage.kind is not ChangeKind.SAME for passage in self.passages)

    @property
    def changed_claims(self) -> tuple[ClaimChange, ...]:
        """Those that aren't the same."""
        return tuple(claim for claim in self.claims if claim.kind is not ChangeKind.SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """A page that was found to say something else, as it is kept for lists."""

    page_id: str
    older: str
    newer: str
    since: datetime
    """The fetch that found it."""
    words_changed: bool
    claims: tuple[str, ...]
    """A sentence for each claim that changed."""
