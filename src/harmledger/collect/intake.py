"""What every step of taking in needs, and what it gives: a Capture, or a Refused in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from harmledger.collect.decode import keepable
from harmledger.collect.limits import Limits
from harmledger.domain import Capture, Given, Media, Provenance, Refused
from harmledger.errors import HarmledgerError
from harmledger.ids import capture_id, document_id

EASTERNMOST = timedelta(hours=14)
"""Where a day begins first (UTC+14): no page bears a later date than the one there."""


TakePage = Callable[[str], Capture | Refused]
"""What an address on the web gives."""
Glance = Callable[[bytes, Media, str | None], str | None]
"""Why a page isn't worth taking in, told from its bytes and the encoding it was served with; None where it is."""
PASSED_OVER = "PassedOver"
"""The kind of what stands in the place of a page that a glance found not worth taking in."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The clock, the bounds, and who fetches from the web, if anybody does."""

    now: Callable[[], datetime]
    limits: Limits
    take_page: TakePage | None = None
    glance: Glance | None = None
    """Looks at each page of an archive before anything is made of it; none: all are taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a capture is from, when it was fetched, and how it came."""

    source: str
    fetched: datetime
    given: Given = Given()  # noqa: RUF009  a frozen value
    provenance: Provenance | None = None


def make_capture(content: bytes, text: str, media: Media, origin: Origin) -> Capture:
    """A capture with its ids."""
    document, source = document_id(content), keepable(origin.source)
    return Capture(
        capture_id=capture_id(document, source, origin.fetched),
        document_id=document,
        source=source,
        fetched=origin.fetched,
        content=content,
        media=media,
        text=text,
        given=origin.given,
        provenance=origin.provenance,
    )


def refuse(error: HarmledgerError, source: str, own_id: str | None = None) -> Refused:
    """What stands in the place of a report that couldn't be taken in."""
    kind = type(error).__name__
    return Refused(source=keepable(source), id=own_id, kind=kind, message=keepable(str(error)))


def pass_over(reason: str, source: str) -> Refused:
    """What stands in the place of a page that isn't worth taking in."""
    return Refused(source=keepable(source), id=None, kind=PASSED_OVER, message=reason)


def latest_day(fetched: datetime) -> date:
    """The last day that a page fetched then can bear, wherever it is published."""
    return (fetched + EASTERNMOST).date() if fetched.year < date.max.year else date.max
