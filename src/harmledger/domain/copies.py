"""One text at several outlets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedReport:
    """A report of a text that others printed too."""

    document_id: str
    title: str | None
    outlet: str | None
    """As the page names it, else the host of its address."""
    published: date | None
    fetched: datetime | None
    """The first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """All reports of one text, the first seen first."""

    reports: tuple[CopiedReport, ...]
    outlets: int
    """How many there are; reports whose outlet isn't known count as one."""

    @property
    def first(self) -> CopiedReport:
        """The earliest published, of one day the earliest fetched."""
        return self.reports[0]
