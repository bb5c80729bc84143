"""The whole of signing in to reply, in Chromium: by a letter through a real mail server and at a real OpenID provider, with scripts and without."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS, listening_at, opened
from fake_accounts import SECRET
from mail_server import MailServer, listening_for_mail
from sites import make_ledger

from harmledger.config import Config, Provider
from harmledger.web.app import make_app

pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
pytest.importorskip("aiosmtpd", reason="aiosmtpd isn't installed (group dev)")
mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock isn't installed (group dev)")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the mock provider's own
]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    with listening_for_mail() as server:
        yield server


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, mail: MailServer) -> Iterator[str]:
    """A site that knows how it is reached, a mail server, and a provider."""
    folder = make_ledger(tmp_path_factory.mktemp("signed-in"))
    with socket.socket() as free, mock.run_server_in_thread(require_nonce=True) as issuer:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        at = f"http://127.0.0.1:{port}"
        where = f"http://localhost:{issuer.server_port}"
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
        with listening_at(make_app(config), port=port):
            yield at


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with opened() as browser:
        yield browser


@pytest.fixture
def open_browser(chromium: Any) -> Iterator[Any]:
    contexts: list[Any] = []

    def begin(*, scripts: bool) -> Any:
        contexts.append(chromium.new_context(java_script_enabled=scripts))
        page = contexts[-1].new_page()
        page.set_default_timeout(WAIT_MS)
        return page

    yield begin
    for context in contexts:
        context.close()


@SCRIPTS
def test_by_a_letter_change_and_log_out(open_browser: Any, address: str, mail: MailServer, scripts: bool) -> None:
    """From a page to the letter, the button and a name, back to the page; then as another at the provider; then out."""
    name, to = f"River reader {scripts}", f"amal.{scripts}@example.org".lower()
    page = open_browser(scripts=scripts)
    page.goto(f"{address}/replies/sign-in?next=/method")
    page.fill("#address", to)
    page.click("text=Send me a link")
    assert "If the address is right" in page.inner_text("main")
    page.goto(mail.wait_for_link(to))
    page.click("main button")
    page.fill("#name", name)
    page.click("text=Use this name")
    page.wait_for_url("**/method")
    assert name in page.inner_text(".person")
    page.click(f".person >> text={name}")
    page.click("text=Change")
    page.click("text=The issuer")
    page.wait_for_url("**/oauth2/authorize*")
    page.fill("input[name=sub]", f"bo {scripts}")
    page.click("button:not([value=deny])")
    page.wait_for_url("**/replies/me/name*")
    page.click("text=Go on as")
    assert name not in page.inner_text("main")
    page.click("text=Log out >> nth=0")
    page.wait_for_url(f"{address}/")
    assert page.inner_text(".person").strip() == "Sign in"
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "reply-session"]


def test_in_another_browser_the_address_is_asked_for(open_browser: Any, address: str, mail: MailServer) -> None:
    """A link that was asked for on a computer works on a phone, for who knows where it went."""
    computer, phone = open_browser(scripts=True), open_browser(scripts=False)
    computer.goto(f"{address}/replies/sign-in")
    computer.fill("#address", "two@example.org")
    computer.click("text=Send me a link")
    phone.goto(mail.wait_for_link("two@example.org"))
    phone.fill("#address", "three@example.org")
    phone.click("main button")
    assert "wasn't sent to this address" in phone.inner_text("main")
    phone.fill("#address", "two@example.org")
    phone.click("main button")
    phone.wait_for_url("**/replies/me/name*")
