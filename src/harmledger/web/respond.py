"""Answers: a whole page, or only its main part where htmx asks; JSON; a refusal in one shape; the way on after a form.

What a page holds is escaped by the templates. A refusal says what was wrong and never what went on inside.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from harmledger.web.cookies import Cookies
from harmledger.web.site import Site
from harmledger.web.visit import Visit

FOR_ONE = "private, no-store"
"""How pages that are made for one person are kept: nowhere."""

KINDS = {
    400: ("bad_request", "This request can't be understood."),
    401: ("not_signed_in", "Sign in first."),
    403: ("not_allowed", "You may not do that."),
    404: ("not_found", "There is nothing here, or nothing that you may see."),
    405: ("wrong_method", "This address takes no such request."),
    408: ("too_slow", "The request came in too slowly."),
    409: ("conflict", "This contradicts what is there already."),
    413: ("too_large", "The request is too large."),
    415: ("wrong_kind", "A request of this kind isn't taken here."),
    429: ("too_many", "Too many requests. Wait a few minutes."),
    500: ("failed", "Something went wrong here. It was noted."),
    503: ("unavailable", "The ledger can't answer now. Try again in a minute."),
}


def page(visit: Visit, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page; htmx gets its main part alone."""
    site, request = visit.site, visit.request
    values = {**_surroundings(site, request), **_person(visit), **values}
    response = HTMLResponse(site.templates.get_template(template).render(values), status_code=status)
    if visit.seed is not None:
        response.headers["cache-control"] = FOR_ONE
    return response


def onward(path: str) -> Response:
    """After a form: where to look now. Only paths of this site lead anywhere."""
    return RedirectResponse(safe_path(path), status_code=303, headers={"cache-control": FOR_ONE})


def safe_path(path: str | None) -> str:
    """A path of this site; anything else, wherever it would lead, is the front page."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return "/"
    parts = urlsplit(path)
    return "/" if parts.scheme or parts.netloc else path


def failure(request: Request, status: int, message: str | None = None, **headers: str) -> Response:
    """A refusal: `{"error": {"kind", "message", "status"}}` for programs, a page for people."""
    kind, usual = KINDS.get(status, KINDS[400 if status < 500 else 500])
    told = {"cache-control": FOR_ONE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    error = {"kind": kind, "message": message or usual, "status": status}
    if wants_json(request):
        return JSONResponse({"error": error}, status_code=status, headers=told)
    site: Site = request.app.state.site
    values = {**_surroundings(site, request), **NOBODY, "error": error}
    return HTMLResponse(site.templates.get_template("error.html").render(values), status_code=status, headers=told)


def wants_json(request: Request) -> bool:
    """Whether a program asks: under /api, and wherever JSON is preferred to a page."""
    if request.url.path.startswith(("/api/", "/openapi")):
        return True
    accepts = request.headers.get("accept", "")
    return "json" in accepts.partition("text/html")[0]


NOBODY = {"me": None, "replier": None, "csrf": None}


def _person(visit: Visit) -> dict[str, Any]:
    return {"me": visit.account, "replier": visit.replier, "csrf": visit.seed and visit.site.sign("form", visit.seed)}


def _surroundings(site: Site, request: Request) -> dict[str, Any]:
    """What the layout shows on every page."""
    part = request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"
    path, query = request.url.path, request.url.query
    return {
        "layout": "fragment.html" if part else "layout.html",
        "theme": Cookies(request, site.https).theme,
        "path": path,
        "here": f"{path}?{query}" if query else path,
        "nav": request.app.state.nav,
    }
