"""The front page: the incidents, the newest first."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.store.overview import list_overviews
from harmledger.web.cookies import THEMES, YEAR_SECONDS
from harmledger.web.respond import onward, page
from harmledger.web.visit import Visit

ON_A_PAGE = 50
MOST_PAGES = 100_000


def home(visit: Visit) -> Response:
    """A page of the list."""
    number = parse_page_number(visit)
    found = list_overviews(visit.connection, visit.viewer, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    return page(visit, "home.html", incidents=found[:ON_A_PAGE], number=number, more=len(found) > ON_A_PAGE)


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
