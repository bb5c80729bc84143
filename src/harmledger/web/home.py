"""What pages share that stand in no room of their own: the number of a list's page, and the choice of light or dark."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.web.cookies import THEMES, YEAR_SECONDS
from harmledger.web.respond import onward
from harmledger.web.visit import Visit

MOST_PAGES = 100_000


def parse_page_number(visit: Visit) -> int:
    """Which page of a list is asked for in `?page=`.

    Raises:
        HTTPException: 400, it is no number.
    """
    asked = visit.request.query_params.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and 1 <= len(asked) <= 6 and 1 <= int(asked) <= MOST_PAGES):
        raise HTTPException(400, "There is no such page of the list.")
    return int(asked)


def choose_theme(visit: Visit) -> Response:
    """Light, dark, or as the system has it."""
    response = onward(visit.form.get("next", "/"))
    theme = visit.form.get("theme", "")
    if theme in THEMES:
        visit.cookies.set(response, "theme", theme, seconds=YEAR_SECONDS)
    else:
        visit.cookies.end(response, "theme")
    return response
