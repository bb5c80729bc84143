"""A reader's whole way, in Chromium, with scripts and without: choose words, type, sign in by a link, find what was typed, send, edit, withdraw."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS, listening_at, opened
from mail_server import link_of, read_letter
from sites import make_ledger

from harmledger.config import Config
from harmledger.web.app import make_app

pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
WORDS = "The door of the hospital said otherwise."
SELECT = """() => {
  const walker = document.createTreeWalker(document.querySelector("[data-reply-at]"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf("trader");
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 6);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


@dataclass(frozen=True)
class Walk:
    """A site that is served, its outbox, and browsers."""

    address: str
    outbox: Path
    chromium: Any

    def link(self, after: int) -> str:
        """The link in the letter that came after so many."""
        ends = time.monotonic() + WAIT_MS / 1000
        while time.monotonic() < ends:
            found = sorted(self.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
            if len(found) > after:
                return link_of(read_letter(found[-1].read_bytes()))
            time.sleep(0.1)
        raise AssertionError("no letter came")


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = make_ledger(tmp_path_factory.mktemp("walk"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = f"http://127.0.0.1:{port}"
    config = Config(ledger=str(folder), site_url=at, site_rate=0)
    with listening_at(make_app(config), port=port), opened() as chromium:
        yield Walk(at, Path(config.mail.outbox), chromium)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_reader_corrects_a_sentence(walk: Walk, scripts: bool) -> None:  # noqa: PLR0915  one way, step by step
    """Nothing that was typed is lost on the way, and state and number are there at once."""
    context = walk.chromium.new_context(java_script_enabled=scripts, reduced_motion="reduce")
    page, letters = context.new_page(), len(list(walk.outbox.glob("*.eml")))
    page.set_default_timeout(WAIT_MS)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(walk.address)
    page.click("h3 a:has-text('Mosul')")
    page.click("#reports a")
    page.wait_for_url("**/reports/*")
    if scripts:
        page.evaluate(SELECT)
        page.click("a.reply-here")
        chosen = "trader"
    else:
        page.click("text=Leave a reply")
        page.fill("#text", WORDS)
        page.click(".choices button >> nth=0")
        chosen = "31 civilians were killed in Mosul on January 9, 2016, a trader said."
    page.wait_for_url("**/reply*")
    assert page.inner_text("[data-chosen]") == chosen
    page.fill("#text", WORDS)
    page.check("#kind-correction")
    if scripts:
        assert f"{len(WORDS)} of 2,000 characters" in page.inner_text("[data-counter]")
    page.click("text=Sign in and send")
    page.fill("#address", f"river.{scripts}@example.org".lower())
    page.click("text=Send me a link")
    page.goto(walk.link(letters))
    page.click("main button")
    page.fill("#name", "River with" if scripts else "River without")
    page.click("text=Use this name")
    page.wait_for_url("**/reply")
    assert page.input_value("#text") == WORDS
    assert page.inner_text("[data-chosen]") == chosen
    assert page.is_checked("#kind-correction")
    assert "River" in page.inner_text(".as-whom")
    page.click("button:text-is('Send')")
    page.wait_for_url("**/replies/*")
    assert page.inner_text(".state") == "It waits"
    number = page.inner_text(".reference")
    assert len(number) == 10
    page.click("main >> text=Edit")
    page.fill("#text", f"{WORDS} I saw it.")
    page.click("text=Save the change")
    page.wait_for_url(f"**/replies/{number}*")
    assert "I saw it." in page.inner_text(".reply-text")
    page.click("main >> text=Withdraw")
    page.click("text=Withdraw it")
    page.wait_for_url(f"**/replies/{number}*")
    assert page.inner_text(".state") == "You took it back"
    assert not faults
    context.close()
