"""The whole walk, in Chromium: a reader signs in and corrects a sentence, a moderator passes it, a reviewer corrects the record, and the record says whose correction it was.

By a letter through a real mail server, and at a real OpenID provider; with scripts and without.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS, listening_at, opened
from fake_accounts import SECRET
from mail_server import MailServer, listening_for_mail
from sites import PASSWORD, make_ledger

from harmledger.config import Config, Provider
from harmledger.domain import Role
from harmledger.store.accounts import add_account
from harmledger.web import passwords
from harmledger.web.app import make_app

pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
pytest.importorskip("aiosmtpd", reason="aiosmtpd isn't installed (group dev)")
mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock isn't installed (group dev)")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the mock provider's own
]
NAME = "River reader"
WORDS = "The door of the hospital said otherwise."


@dataclass(frozen=True)
class Walk:
    """A site that is served, and browsers."""

    address: str
    mail: MailServer
    chromium: Any

    def open(self, *, scripts: bool) -> Any:
        page = self.chromium.new_context(java_script_enabled=scripts, reduced_motion="reduce").new_page()
        page.set_default_timeout(WAIT_MS)
        return page

    def moderator(self, *, scripts: bool) -> Any:
        page = self.open(scripts=scripts)
        page.goto(f"{self.address}/sign-in")
        page.fill("#name", "Dee")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_load_state()
        return page


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = make_ledger(tmp_path_factory.mktemp("walk"))
    with socket.socket() as free, mock.run_server_in_thread(require_nonce=True) as issuer, listening_for_mail() as mail:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        at, where = f"http://127.0.0.1:{port}", f"http://localhost:{issuer.server_port}"
        provider = Provider(
            name="issuer", kind="oidc", label="The issuer", client_id="record", client_secret=SECRET, issuer=where
        )
        config = Config(
            ledger=str(folder),
            site_url=at,
            site_rate=0,
            mail_smtp=f"127.0.0.1:{mail.port}",
            mail_tls="off",
            mail_from="record@example.org",
            reply_providers=(provider,),
        )
        app = make_app(config)
        site = app.state.site
        with site.ledger.writing() as writer:
            hashed = passwords.hash_password(PASSWORD, name="Dee")
            add_account(writer, "Dee", Role.LEAD, password_hash=hashed, now=site.now())
        with listening_at(app, port=port), opened() as chromium:
            yield Walk(at, mail, chromium)


def find_incident(page: Any, walk: Walk, title: str) -> str:
    """The address of an incident by what the home page says of it."""
    page.goto(walk.address)
    page.click(f"h3 a:has-text('{title}')")
    page.wait_for_url("**/incidents/*")
    return page.url


def sign_in_by_mail(page: Any, walk: Walk, to: str, name: str) -> None:
    """By the form that the reply led to, back to which it leads."""
    page.fill("#address", to)
    page.click("text=Send me a link")
    page.goto(walk.mail.wait_for_link(to))
    page.click("main button")
    page.fill("#name", name)
    page.click("text=Use this name")


def sign_in_at_provider(page: Any, subject: str) -> None:
    page.click("text=The issuer")
    page.wait_for_url("**/oauth2/authorize*")
    page.fill("input[name=sub]", subject)
    page.click("button:not([value=deny])")
    page.wait_for_url("**/replies/me/name*")
    page.click("text=Go on as")


def correct_sentence(page: Any, incident: str, words: str) -> None:
    """Open the form from the incident's page, choose its sentence and type, without being signed in."""
    page.goto(incident)
    page.click("text=Leave a reply")
    page.wait_for_url("**/reply")
    page.check("#kind-correction")
    page.fill("#text", words)
    page.click("#choose button >> nth=0")
    page.wait_for_load_state()
    assert page.input_value("#text") == words
    page.click("button:has-text('Sign in and send')")


def send(page: Any) -> str:
    """Press the button; tells the reply's number."""
    page.click("main button:has-text('Send') >> nth=-1")
    page.wait_for_url("**/replies/*?done=sent")
    found = re.search(r"/replies/(\w{10})", page.url)
    assert found
    assert found[1] in page.inner_text("main")
    return found[1]


def publish(dee: Any, walk: Walk, reference: str, *, scripts: bool) -> None:
    """Find it in the queue beside its sentence, and pass it: by a key, or by the button."""
    dee.goto(f"{walk.address}/desk/replies")
    dee.click(f"text={reference}")
    assert "31 civilians were killed in Mosul" in dee.inner_text("main")
    if scripts:
        with dee.expect_navigation():
            dee.keyboard.press("p")
    else:
        dee.click("button:has-text('Publish')")
    dee.wait_for_url("**/desk/replies?*")


def correct(dee: Any, walk: Walk, reference: str) -> None:
    """From the list of what readers corrected to the claim, and there both bounds, as an answer to the reply."""
    dee.goto(f"{walk.address}/desk/replies/corrected")
    dee.click("text=Decide on the claim")
    assert WORDS in dee.inner_text("main")
    dee.click("#correcting summary")
    for field in ("low", "high"):
        dee.fill(f"#f-{field}", "29")
    dee.fill("#correct-reason", "the hospital's own list")
    assert dee.is_checked(f"#bc-{reference}")
    dee.click("text=Keep the corrections")
    dee.wait_for_load_state()


def change_and_log_out(page: Any, incident: str) -> None:
    """As another, by the form's own button; then as nobody. What is typed stays."""
    page.goto(f"{incident}/reply")
    page.fill("#text", "And one more thing.")
    page.click("button:has-text('Change')")
    sign_in_at_provider(page, "bo")
    page.wait_for_url("**/reply")
    assert page.input_value("#text") == "And one more thing."
    assert NAME not in page.inner_text(".as-whom")
    page.click(".as-whom button:has-text('Log out')")
    page.wait_for_url("**/reply")
    assert "You aren't signed in" in page.inner_text(".as-whom")
    assert page.input_value("#text") == "And one more thing."
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "reply-session"]


def test_a_reader_corrects_the_record(walk: Walk, scripts: bool) -> None:
    """What was typed survives the sign-in; it is held, and public after a moderator; no figure changes by it, but by a reviewer, and the log credits the reader."""
    reader, stranger = walk.open(scripts=scripts), walk.open(scripts=scripts)
    incident = find_incident(reader, walk, "People killed in Mosul")
    correct_sentence(reader, incident, WORDS)
    sign_in_by_mail(reader, walk, "reader@example.org", NAME)
    reader.wait_for_url("**/reply")
    assert reader.input_value("#text") == WORDS
    assert NAME in reader.inner_text(".as-whom")
    reference = send(reader)
    stranger.goto(incident)
    figures = stranger.inner_text("#figures")
    assert WORDS not in stranger.inner_text("main")
    assert "29" not in figures

    dee = walk.moderator(scripts=scripts)
    publish(dee, walk, reference, scripts=scripts)
    stranger.goto(incident)
    assert WORDS in stranger.inner_text("#replies")
    assert stranger.inner_text("#figures") == figures

    correct(dee, walk, reference)
    stranger.goto(incident)
    assert f"after a correction by {NAME}, reply {reference}" in stranger.inner_text("#changes")
    assert "29" in stranger.inner_text("#figures")
    reader.goto(f"{walk.address}/replies/{reference}")
    assert NAME in reader.inner_text("main")
    change_and_log_out(reader, incident)
