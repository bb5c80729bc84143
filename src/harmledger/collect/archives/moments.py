"""The moments that archives state, as moments in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_BROWSER = re.compile(r"\w{3} (\w{3}) (\d\d?) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")


def parse_moment(stated: str) -> datetime | None:
    """A moment as WARC writes it (`2026-03-04T05:06:07.89Z`), in 1.1 as coarse as a year; None where it is none."""
    part = _PART.fullmatch(stated.strip())
    if part:
        stated = f"{part[1]}-{part[2] or '01'}-{part[3] or '01'}T00:00:00Z"
    try:
        return _in_utc(datetime.fromisoformat(stated.strip()))
    except (ValueError, OverflowError):
        return None


def parse_mail_moment(stated: str) -> datetime | None:
    """A moment as mail writes it (`Wed, 4 Mar 2026 05:06:07 -0000`)."""
    try:
        return _in_utc(parsedate_to_datetime(stated.strip()))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parse_browser_moment(stated: str) -> datetime | None:
    """A moment as browsers' own programs write it (`Wed Mar 04 2026 05:06:07 GMT+0100 (CET)`)."""
    found = _BROWSER.match(stated.strip())
    return parse_mail_moment(f"{found[2]} {found[1]} {found[3]} {found[4]} {found[5]}") if found else None


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
