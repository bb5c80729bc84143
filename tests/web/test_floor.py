"""The floor that every request stands on: headers, hosts, sizes, rates, where forms come from, and paths that lead nowhere else."""

from __future__ import annotations

import asyncio
import inspect
import re
import stat
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sites import HOST, PASSWORD, Served, send, sign_in, token
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient

from harmledger import web
from harmledger.errors import SourceFailed
from harmledger.store import audit
from harmledger.web import routes
from harmledger.web.floor import MOST_BODY_BYTES
from harmledger.web.front import home
from harmledger.web.respond import safe_path
from harmledger.web.serving import serve as serve_site

TEMPLATES = sorted(Path(web.__file__).with_name("templates").rglob("*.html"))
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e{{7*7}}"


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/site.css", "/sign-in", "/account"])
def test_every_answer_binds_the_browser(browser: TestClient, path: str) -> None:
    """Only this site's own scripts and styles, in no frame, with no guessing of kinds, telling others nothing."""
    headers = browser.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "server" not in headers


DATA = "application/ld+json"
"""What browsers don't run: a page's data for search engines."""


class Inline(HTMLParser):
    """Finds what the content security policy would stop, and what would be loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != DATA):
            self.found.append(tag)
        loads = [names.get("src"), names.get("srcset"), names.get("href") if tag in {"link", "base", "use"} else None]
        self.found += [f"{tag} from {address}" for address in loads if address and "//" in address]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline_and_load_nothing_from_elsewhere(template: Path) -> None:
    """No inline script, style or handler: a page works under the policy, and no request leaves for another host."""
    finder = Inline()
    finder.feed(template.read_text(encoding="utf-8"))
    assert finder.found == []


def test_no_template_turns_escaping_off() -> None:
    """What reports and people wrote is escaped everywhere: nothing is marked as safe in a template."""
    assert TEMPLATES
    for template in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", template.read_text(encoding="utf-8")), template.name


@pytest.mark.either_database
def test_hostile_words_are_shown_as_words(served: Served) -> None:
    """A title, an account's name and an address that hold markup are letters on the page."""
    with served.site.ledger.writing() as connection:
        connection.execute(text("UPDATE readings SET title = :title"), {"title": HOSTILE})
        connection.execute(text("UPDATE shown_incidents SET title = :title, place = :title"), {"title": HOSTILE})
        connection.execute(text("UPDATE shown_facets SET label = :title"), {"title": HOSTILE})
    browser = served.signed_in("<b>Amal</b>")
    for path in (
        "/",
        "/search?q=raqqa",
        f"/search?q={HOSTILE}",
        f"/{HOSTILE.replace('?', '')}",
        f"/sign-in?next=/{HOSTILE}",
    ):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>" not in page
    assert "&lt;script&gt;" in browser.get("/").text


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "", f"{HOST}@evil.example"])
def test_other_hosts_are_refused(browser: TestClient, host: str) -> None:
    """A request for another name isn't answered: neither caches nor links can be poisoned by it."""
    assert browser.get("/", headers={"Host": host}).status_code == 400


def test_long_bodies_are_refused(browser: TestClient) -> None:
    """Whether it says its length or not, a body that is too long is given up."""
    fields = {"theme": "dark", "next": "/" + "x" * MOST_BODY_BYTES}
    assert browser.post("/theme", data=fields).status_code == 413

    def slices() -> object:
        for _ in range(MOST_BODY_BYTES // 1000 + 2):
            yield b"x" * 1000

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/theme", content=slices(), headers=kind).status_code == 413


def test_forms_of_many_fields_are_refused(browser: TestClient) -> None:
    """A short body can't be unpacked into much, nor be other than text."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/theme", content="&".join("a=" for _ in range(300)), headers=kind).status_code == 400
    assert browser.post("/theme", content=b"theme=\xff\xfe", headers=kind).status_code == 400


@pytest.mark.either_database
def test_questions_that_take_too_long_are_given_up(served: Served, tmp_path: Path) -> None:
    """One request can't keep a reading thread for ever: the database itself is stopped."""
    endless = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(SourceFailed), served.site.readers.reading(seconds=0.05) as connection:
        connection.execute(text(endless))


@pytest.mark.either_database
def test_a_question_given_up_is_told(browser: TestClient, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor is asked to come again; no cause or path is shown."""

    def slow(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("interrupted"))

    monkeypatch.setattr(home, "list_shown", slow)
    answer = browser.get("/")
    assert answer.status_code == 503
    assert str(served.site.ledger.folder) not in answer.text


@pytest.mark.either_database
def test_reading_connections_cant_write(served: Served) -> None:
    """What a page asks can change nothing, whatever it asks."""
    with (
        pytest.raises(SourceFailed),
        served.site.readers.reading(seconds=1) as connection,
    ):
        connection.execute(text("DELETE FROM captures"))


def test_slow_forms_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that trickles in holds nothing for longer than a few seconds."""
    monkeypatch.setattr(routes, "FORM_SECONDS", 0.02)

    async def trickle() -> dict[str, object]:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"a", "more_body": True}

    kind = (b"content-type", routes.FORM_KIND.encode())
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": [kind]}
    with pytest.raises(HTTPException) as refused:
        asyncio.run(routes._read_form(Request(scope, trickle)))
    assert refused.value.status_code == 408


def test_too_many_requests_are_refused(serve: Callable[..., Served]) -> None:
    """One network gets so many pages a minute, another still gets its own; files of pages aren't counted."""
    served = serve(site_rate=3)
    browser = served.browser()
    answers = [browser.get("/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert browser.get("/", headers={"Accept": "application/json"}).json()["error"]["kind"] == "too_many"
    assert browser.get("/").headers["retry-after"] == "60"
    assert browser.get("/static/site.css").status_code == 200
    assert served.browser("203.0.113.9").get("/").status_code == 200
    assert served.site.hide("2001:db8:1:2::1") == served.site.hide("2001:db8:1:2::2") != served.site.hide("2001:db8::1")


# --- paths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5capp.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "site.css%00.png",
        "v-x/../../app.py",
        "",
        "vendor/../../app.py",
    ],
)
def test_paths_lead_out_of_nowhere(browser: TestClient, path: str) -> None:
    """Files are found by their names in a list made at the start: no path leads to another."""
    assert browser.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/incidents/1?x=2#y", "/incidents/1?x=2#y"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_no_redirect_leads_elsewhere(path: str | None, safe: str) -> None:
    """After a form a browser stays on this site, whatever the form says."""
    assert safe_path(path) == safe


def test_signing_in_leads_nowhere_else(served: Served) -> None:
    """A link to the sign-in page can't hand whoever signs in to another site."""
    served.add("Amal")
    assert sign_in(served.browser(), "Amal", next="//evil.example/").headers["location"] == "/"
    assert 'value="/"' in served.browser().get("/sign-in?next=https://evil.example/").text


# --- cookies, addresses, the key -------------------------------------------------------------------------------------


def test_cookies_are_out_of_reach(serve: Callable[..., Served]) -> None:
    """No script reads them, no other site's form sends them; over https they are bound to this host and never sent without it."""
    for https in (False, True):
        served = serve(https=https)
        served.add("Amal")
        cookies = sign_in(served.browser(), "Amal").headers.get_list("set-cookie")
        (session,) = [cookie for cookie in cookies if "session=" in cookie]
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in session.split(";")}
        assert ("Secure" in session, session.startswith("__Host-session=")) == (https, https)
        assert "Domain" not in session


def test_https_is_kept_to(serve: Callable[..., Served]) -> None:
    """Who came over https once comes so again."""
    assert "max-age" in serve(https=True).browser().get("/").headers["strict-transport-security"]
    assert "strict-transport-security" not in serve().browser().get("/").headers


@pytest.mark.either_database
def test_addresses_are_noted_only_as_keyed_hashes(served: Served) -> None:
    """The audit tells equal addresses apart from others, and nobody can read one from it, or find it by trying all."""
    served.add("Amal")
    for address in ("198.51.100.7", "198.51.100.7", "203.0.113.9"):
        sign_in(served.browser(address), "Amal")
    with served.site.ledger.reading() as connection:
        noted = [one.address for one in audit.list_audited(connection, most=9)]
    assert (len(noted), len(set(noted))) == (3, 2)
    assert all(re.fullmatch("[0-9a-f]{32}", address or "") for address in noted)


@pytest.mark.either_database
def test_what_is_done_is_audited(served: Served) -> None:
    """Signing in and failing to, and each change of an account, is noted with who and how it ended; a wrong name is not, it may be a password."""
    browser = served.signed_in("Amal")
    sign_in(served.browser(), "Amal", "wrong password")
    sign_in(served.browser(), PASSWORD, "Amal")
    send(browser, "/account/password", {"new": "another long password", "again": "another long password"})
    send(browser, "/sign-out")
    assert served.audit() == [
        ("Amal", "sign-in", "done"),
        ("Amal", "sign-in", "refused"),
        (None, "sign-in", "refused"),
        ("Amal", "change-password", "done"),
        ("Amal", "sign-out", "done"),
    ]


def test_the_audit_is_only_added_to() -> None:
    """No function changes or deletes what was noted."""
    source = inspect.getsource(audit)
    assert "insert(" in source
    assert not re.search(r"\b(update|delete)\(", source)
    others = [path for path in Path(web.__file__).parents[1].rglob("*.py") if "AUDIT" in path.read_text("utf-8")]
    assert not any(re.search(r"\b(update|delete)\(\s*(\w+\.)?AUDIT\b", path.read_text("utf-8")) for path in others)
    readers = {"seals.py", "stamp.py", "stamps.py", "check.py"}
    assert {path.name for path in others} == {"audit.py", "schema_accounts.py", *readers}


def test_only_its_owner_reads_the_sites_key(served: Served) -> None:
    """Forms are signed with chance that lies in a file of one's own."""
    path = served.site.ledger.folder / "site.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32


def test_the_server_logs_no_addresses() -> None:
    """No access log is written, and the word of strangers on where they come from isn't taken."""
    source = inspect.getsource(serve_site)
    assert "access_log=False" in source
    assert "proxy_headers=proxies is not None" in source


def test_a_stranger_cant_forge_an_address(served: Served) -> None:
    """Where a request comes from is what the server saw, not what a header says."""
    browser = served.browser()
    for n in range(6):
        fields = {"name": "x", "password": "y", "csrf": token(browser.get("/sign-in").text)}
        answer = browser.post("/sign-in", data=fields, headers={"X-Forwarded-For": f"203.0.113.{n}"})
    assert answer.status_code == 429
