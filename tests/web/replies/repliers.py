"""How a test signs somebody in to reply: by the link in a letter that lies in the outbox."""

from __future__ import annotations

from pathlib import Path

from httpx2 import Response
from mail_server import link_of, read_letter
from sites import HOST, Served, token
from starlette.testclient import TestClient

from harmledger.web.replies.letters import send_letters

ASK = "/replies/sign-in/mail"


def ask_for_link(browser: TestClient, address: str, *, back: str = "/") -> Response:
    """Fill in the form, and send it."""
    fields = {"address": address, "next": back, "csrf": token(browser.get("/replies/sign-in").text)}
    return browser.post(ASK, data=fields)


def letters(served: Served) -> list[Path]:
    """All that went out, in order."""
    send_letters(served.site)
    folder = Path(served.site.config.mail.outbox)
    return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns) if folder.is_dir() else []


def last_link(served: Served) -> str:
    """The path of the link in the last letter."""
    found = link_of(read_letter(letters(served)[-1].read_bytes()))
    return found.partition(HOST)[2]


def follow(browser: TestClient, link: str, **typed: str) -> Response:
    """Open a link, and press the button."""
    shown = browser.get(link)
    return browser.post(link, data={**typed, "csrf": token(shown.text)})


def reply_as(served: Served, address: str, name: str = "") -> TestClient:
    """A browser of somebody who signed in to reply, and chose a name."""
    browser = served.browser()
    ask_for_link(browser, address)
    answer = follow(browser, last_link(served))
    assert answer.status_code == 303, answer.text
    if name:
        form = token(browser.get("/replies/me/name").text)
        assert browser.post("/replies/me/name", data={"name": name, "next": "/", "csrf": form}).status_code == 303
    return browser
