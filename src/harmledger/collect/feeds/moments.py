"""Times as feeds and sitemaps write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 64
"""Characters; the longest of RFC 822 has under forty."""
_SHORT_ZONE = re.compile(r"([+-]\d\d)$")
_FRACTION = re.compile(r"(?<=:\d\d)[.,](\d{1,6})\d*")


def parse_moment(text: str | None) -> datetime | None:
    """A time of RFC 822 or ISO 8601 in UTC, where it states no zone as if it were; None where it is none.

    >>> parse_moment("Tue, 03 Mar 2026 10:00:00 +0200").isoformat()
    '2026-03-03T08:00:00+00:00'
    """
    stated = (text or "").strip()
    if not stated or len(stated) > _LONGEST:
        return None
    found = _parse_iso(stated) if stated[:4].isdigit() else _parse_mail(stated)
    try:
        return found and (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):  # the first day of the calendar, east of Greenwich
        return None


def _parse_iso(stated: str) -> datetime | None:
    tidy = _FRACTION.sub(
        lambda f: "." + f[1].ljust(6, "0"), _SHORT_ZONE.sub(r"\1:00", stated) if "T" in stated else stated
    )
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _parse_mail(stated: str) -> datetime | None:
    try:
        return parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
