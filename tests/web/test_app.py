"""The skeleton: pages, parts of pages, what browsers keep, files, and how refusals look."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from sites import REPORTS, Served
from starlette.testclient import TestClient

from harmledger.store.changes import note_change
from harmledger.web.front import home


@pytest.mark.either_database
def test_the_front_page_lists_the_incidents(browser: TestClient) -> None:
    """Whoever opens the site sees each incident, with its report's title, without signing in or scripts."""
    page = browser.get("/")
    assert page.status_code == 200
    assert page.text.count('<h3><a href="/incidents/') == len(REPORTS)
    data = page.text.count('<script type="application/ld+json">')  # no browser runs it
    assert page.text.count("<script") - data == page.text.count('<script type="module" src="/static/') == 1
    assert "set-cookie" not in page.headers


def test_htmx_gets_only_the_main_part(browser: TestClient) -> None:
    """A part of a page is asked for by a header, and comes without what surrounds it."""
    part = browser.get("/", headers={"HX-Request": "true"}).text
    assert "<h1>Incidents</h1>" in part
    assert "<html" not in part


@pytest.mark.either_database
def test_a_page_that_is_unchanged_is_not_sent_again(browser: TestClient, served: Served) -> None:
    """The browser names what it has; a new writing into the ledger alone sends nothing where the page came out the same."""
    tag = browser.get("/").headers["etag"]
    assert browser.get("/", headers={"If-None-Match": tag}).status_code == 304
    with served.site.ledger.writing() as connection:
        note_change(connection, "nothing that shows")
    again = browser.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.either_database
def test_a_kept_page_is_made_once_until_something_is_written(
    browser: TestClient, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages for everybody are answered from memory, and made anew as soon as something is new that they may show."""
    made: list[int] = []
    real = home.list_shown
    monkeypatch.setattr(home, "list_shown", lambda *args, **named: made.append(1) or real(*args, **named))
    first, second = browser.get("/").text, browser.get("/").text
    assert (first == second, len(made)) == (True, 1)
    with served.site.ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE shown_incidents SET title = 'Another title'")
        note_change(connection, "title")
    assert "Another title" in browser.get("/").text
    assert len(made) == 2


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9999999", "1'"])
def test_a_page_that_is_no_number_is_refused(browser: TestClient, page: str) -> None:
    """What is in an address is read strictly."""
    assert browser.get("/search", params={"q": "raid", "page": page}).status_code == 400


def test_pages_are_packed_for_who_can_unpack(browser: TestClient) -> None:
    """The same page, smaller."""
    packed = browser.get("/", headers={"Accept-Encoding": "gzip"})
    plain = browser.get("/", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content)


def test_light_and_dark_are_chosen_without_scripts(browser: TestClient) -> None:
    """A form sets a cookie, the page says it, and the system's choice comes back when it is taken away."""
    assert "data-theme" not in browser.get("/").text
    answer = browser.post("/theme", data={"theme": "dark", "next": "/?country=IQ"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?country=IQ")
    assert 'data-theme="dark"' in browser.get("/").text
    browser.post("/theme", data={"theme": "", "next": "/"})
    assert "data-theme" not in browser.get("/").text


def test_files_are_kept_for_a_year_by_their_hash(browser: TestClient, served: Served) -> None:
    """A file's address holds a hash of all files; by its bare name it is asked for again, and by an old hash too."""
    address = served.site.assets.url("site.css")
    assert "immutable" in browser.get(address).headers["cache-control"]
    bare = browser.get("/static/site.css")
    assert bare.headers["cache-control"] == "no-cache"
    assert browser.get("/static/v-old/site.css").headers["cache-control"] == "no-cache"
    assert browser.get("/static/site.css", headers={"If-None-Match": bare.headers["etag"]}).status_code == 304


def test_parts_of_files_are_served(browser: TestClient) -> None:
    """A map asks for stretches of one file."""
    part = browser.get("/static/site.css", headers={"Range": "bytes=3-9"})
    assert (part.status_code, len(part.content)) == (206, 7)
    assert part.content == browser.get("/static/site.css").content[3:10]


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/?from=x", 400, "bad_request"),
        ("DELETE", "/", 405, "wrong_method"),
        ("POST", "/theme", 415, "wrong_kind"),
    ],
)
def test_refusals_have_one_shape(browser: TestClient, method: str, path: str, status: int, kind: str) -> None:
    """A program gets kind, message and status; a person a page of the site."""
    told = browser.request(method, path, headers={"Accept": "application/json"})
    assert told.status_code == status
    assert told.json()["error"].keys() == {"kind", "message", "status"}
    assert (told.json()["error"]["kind"], told.json()["error"]["status"]) == (kind, status)
    assert "<h1>" in browser.request(method, path, headers={"Accept": "text/html"}).text


def test_what_breaks_shows_nothing_of_the_inside(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault is noted in the log, and the visitor sees neither code nor paths."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret of the inside")

    monkeypatch.setattr(home, "list_shown", broken)
    page = served.browser().get("/")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert "Traceback" not in page.text
    assert "content-security-policy" in page.headers


def test_a_site_that_is_closed_opens_again(serve: Callable[..., Served]) -> None:
    """What the site keeps in the ledger's folder is found again, and the ledger is still one."""
    served = serve()
    key = served.site.key
    served.site.close()
    again = Served.__new__(Served)
    Served.__init__(again, served.site.ledger.folder, served.site.ledger.folder.parent / "again")
    assert again.site.key == key
    again.site.close()
