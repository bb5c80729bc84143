"""Signing in to reply with an account elsewhere: at OpenID Connect's mock provider, and at fakes of GitHub, WordPress.com and Mastodon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import httpx2
import pytest
from browsing import listening_at
from fake_accounts import SECRET, Accounts
from httpx2 import Response
from repliers import reply_as
from sites import HOST, Served, token
from sqlalchemy import select, update
from starlette.testclient import TestClient

from harmledger.config import Provider
from harmledger.identity import Client, open_providers
from harmledger.reach.transports import reach
from harmledger.replying import forget_old
from harmledger.store.instance_apps import MOST_APPS
from harmledger.store.schema_replies import INSTANCE_APPS, OAUTH_STATES, REPLIER_IDENTITIES
from harmledger.web.replies.apps import KeptApps
from harmledger.web.replies.provider import DECLINED, NOT_BEGUN

mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock isn't installed (group dev)")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """An OpenID provider on a port of this machine."""
    with mock.run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


@pytest.fixture
def elsewhere(accounts: Accounts) -> Iterator[str]:
    with listening_at(accounts.app()) as at:
        yield at


@pytest.fixture
def by_oidc(serve: Callable[..., Served], issuer: str) -> Served:
    """A site whose clock is the provider's."""
    served = serve(reply_providers=(of("oidc", issuer, name="issuer"),))
    served.clock.at = datetime.now(UTC)
    return served


def of(kind: str, issuer: str, *, name: str = "fediverse") -> Provider:
    return Provider(name=name, kind=kind, label=kind, client_id="record", client_secret=SECRET, issuer=issuer)


def go(browser: TestClient, name: str, back: str = "/method") -> str:
    """Click on a provider; gives the address that the browser is sent to."""
    answer = browser.get(f"/replies/sign-in/with/{name}", params={"next": back})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def let_in(address: str, person: str = "amal") -> str:
    """What a person does at the OpenID provider; gives the path that the browser comes back to."""
    answer = httpx2.post(address, data={"sub": person}, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"].partition(HOST)[2]


def refused(answer: Response, why: str) -> bool:
    return (
        answer.status_code == 400
        and why in unescape(answer.text)
        and "reply-session" not in answer.headers.get("set-cookie", "")
    )


@pytest.mark.either_database
def test_an_openid_provider_signs_in(by_oidc: Served) -> None:
    """Who is new is asked for a name; who comes again is the same, and another is another."""
    browser = by_oidc.browser()
    answer = browser.get(let_in(go(browser, "issuer")))
    assert answer.headers["location"] == "/replies/me/name?next=%2Fmethod"
    again, other = by_oidc.browser(), by_oidc.browser()
    assert again.get(let_in(go(again, "issuer"))).headers["location"] == "/method"
    assert other.get(let_in(go(other, "issuer"), "bo")).headers["location"].startswith("/replies/me/name")
    with by_oidc.site.ledger.reading() as connection:
        rows = connection.execute(select(REPLIER_IDENTITIES)).all()
    assert len(rows) == 2
    assert "amal" not in str(rows)


@pytest.mark.parametrize(("kind", "person"), [("github", 4711), ("wordpress", 4711), ("mastodon", "109876543210")])
def test_others_sign_in_by_their_own_words(
    serve: Callable[..., Served], elsewhere: str, accounts: Accounts, kind: str, person: object
) -> None:
    """GitHub, WordPress.com, and one configured Mastodon instance; each checks code, secret and proof key."""
    accounts.person = person
    served = serve(reply_providers=(of(kind, elsewhere),))
    places = []
    for _ in range(2):
        browser = served.browser()
        sent = httpx2.get(go(browser, "fediverse"), follow_redirects=False).headers["location"]
        places.append(browser.get(sent.partition(HOST)[2]).headers["location"])
    assert places == ["/replies/me/name?next=%2Fmethod", "/method"]
    assert accounts.apps == (kind == "mastodon")


@pytest.mark.parametrize("person", [None, "", True, "x" * 300, ["a"], {"id": 1}])
def test_a_provider_that_names_nobody_signs_nobody_in(
    serve: Callable[..., Served], elsewhere: str, accounts: Accounts, person: object
) -> None:
    """Whatever stands where the name should be."""
    accounts.person = person
    browser = serve(reply_providers=(of("github", elsewhere),)).browser()
    sent = httpx2.get(go(browser, "fediverse"), follow_redirects=False).headers["location"]
    answer = browser.get(sent.partition(HOST)[2])
    assert answer.status_code == 503
    assert "reply-session" not in browser.cookies


def test_a_forged_state_is_refused(by_oidc: Served) -> None:
    """One that this browser didn't begin, in a clear sentence."""
    browser = by_oidc.browser()
    path = let_in(go(browser, "issuer"))
    for state in ("", "x", "0" * 43):
        assert refused(browser.get(re.sub(r"state=[^&]*", f"state={state}", path)), NOT_BEGUN)
    assert refused(browser.get("/replies/sign-in/back/issuer"), NOT_BEGUN)


def test_coming_back_twice_is_refused(by_oidc: Served) -> None:
    """A state is used up by coming back, whether that went well or not."""
    browser = by_oidc.browser()
    path = let_in(go(browser, "issuer"))
    assert browser.get(path).status_code == 303
    assert refused(browser.get(path), NOT_BEGUN)
    path = let_in(go(browser, "issuer"))
    assert browser.get(re.sub(r"code=[^&]*", "code=wrong", path)).status_code == 400
    assert refused(browser.get(path), NOT_BEGUN)


def test_another_browser_cant_come_back(by_oidc: Served) -> None:
    """Nobody is signed in as another by an address that the other began with."""
    path = let_in(go(by_oidc.browser(), "issuer"))
    victim = by_oidc.browser()
    victim.get("/replies/sign-in")
    assert refused(victim.get(path), NOT_BEGUN)


def test_a_sign_in_that_takes_too_long_is_begun_anew(by_oidc: Served) -> None:
    """After a quarter of an hour."""
    browser = by_oidc.browser()
    path = let_in(go(browser, "issuer"))
    by_oidc.clock.forward(minutes=16)
    assert refused(browser.get(path), NOT_BEGUN)


def test_a_nonce_of_another_sign_in_is_refused(by_oidc: Served) -> None:
    """What the provider signed must be for this very sign-in."""
    browser = by_oidc.browser()
    path = let_in(go(browser, "issuer"))
    with by_oidc.site.ledger.writing() as writer:
        writer.execute(update(OAUTH_STATES).values(nonce="another"))
    answer = browser.get(path)
    assert answer.status_code == 400
    assert "reply-session" not in browser.cookies


def test_a_state_of_one_provider_is_no_use_at_another(serve: Callable[..., Served], issuer: str) -> None:
    """So that none can pass off its answer as another's."""
    browser = serve(reply_providers=(of("oidc", issuer, name="one"), of("oidc", issuer, name="two"))).browser()
    path = let_in(go(browser, "one"))
    assert refused(browser.get(path.replace("/back/one", "/back/two")), NOT_BEGUN)


def test_who_declines_is_told_how_to_go_on(by_oidc: Served) -> None:
    """And led back to where they were."""
    browser = by_oidc.browser()
    state = re.findall(r"state=([^&]*)", go(browser, "issuer"))[0]
    answer = browser.get("/replies/sign-in/back/issuer", params={"error": "access_denied", "state": state})
    assert refused(answer, DECLINED)
    assert "next=/method" in answer.text


def test_no_provider_leads_elsewhere(by_oidc: Served) -> None:
    """Wherever a sign-in was asked to lead."""
    browser = by_oidc.browser()
    answer = browser.get(let_in(go(browser, "issuer", "//evil.example/x")))
    assert answer.headers["location"] == "/replies/me/name?next=%2F"


def test_other_sites_pages_begin_no_sign_in(by_oidc: Served) -> None:
    """A picture or a link elsewhere sends nobody to a provider."""
    browser = by_oidc.browser()
    answer = browser.get("/replies/sign-in/with/issuer", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 400
    assert browser.get("/replies/sign-in/with/nobody").status_code == 404


def test_one_network_begins_few_sign_ins(by_oidc: Served) -> None:
    """Sixty an hour."""
    browser = by_oidc.browser()
    codes = [browser.get("/replies/sign-in/with/issuer").status_code for n in range(61)]
    assert codes == [303] * 60 + [429]


def test_a_provider_that_is_away_is_told(serve: Callable[..., Served]) -> None:
    """In one sentence, with other ways to sign in."""
    answer = (
        serve(reply_providers=(of("oidc", "http://localhost:1", name="issuer"),))
        .browser()
        .get("/replies/sign-in/with/issuer")
    )
    assert answer.status_code == 503
    assert "can't be asked now" in unescape(answer.text)


def test_form_action_stays_at_this_site(by_oidc: Served) -> None:
    """The way to a provider is a link, so that no form needs to lead elsewhere."""
    answer = by_oidc.browser().get("/replies/sign-in")
    assert "form-action 'self';" in answer.headers["content-security-policy"]
    assert 'href="/replies/sign-in/with/issuer?next=/"' in answer.text


# --- instances that visitors name ------------------------------------------------------------------------------------


def name_instance(browser: TestClient, typed: str) -> Response:
    form = token(browser.get("/replies/sign-in/with/fediverse").text)
    return browser.post("/replies/sign-in/with/fediverse", data={"instance": typed, "next": "/method", "csrf": form})


def test_an_instance_that_is_named_signs_in(serve: Callable[..., Served], accounts: Accounts, elsewhere: str) -> None:
    """The site makes itself known there once; the page shows where the way leads, and goes there by a link."""
    served = serve(reply_providers=(of("mastodon", ""),))

    class Diverted(httpx2.BaseTransport):
        """What would go to the instance's public address goes to the fake."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            assert (request.url.host, request.headers["host"]) == ("93.184.216.34", "mastodon.example")
            url = httpx2.URL(f"{elsewhere}{request.url.raw_path.decode()}")
            headers = {
                name: value for name, value in request.headers.items() if name in {"authorization", "content-type"}
            }
            got = httpx2.request(request.method, url, headers=headers, content=request.read())
            return httpx2.Response(got.status_code, headers={"content-type": "application/json"}, content=got.content)

    way = reach(typed=True, resolve=lambda *_: ["93.184.216.34"], inner=Diverted())
    for last in ("/replies/me/name?next=%2Fmethod", "/method"):
        opened = open_providers(  # as after a restart: nothing is in memory
            served.site.config.reply_providers,
            site=served.site.url,
            back=served.site.back_from,
            now=served.clock,
            apps=KeptApps(served.site.ledger, served.site.key, served.clock),
            way=lambda _: way,
        )
        served.app.state.site = replace(served.site, providers=opened)
        browser = served.browser()
        page = name_instance(browser, "@me@mastodon.example").text
        [address] = re.findall(r'href="(https://mastodon\.example/oauth/authorize[^"]*)"', page)
        parts = urlsplit(unescape(address))
        sent = httpx2.get(f"{elsewhere}{parts.path}?{parts.query}", follow_redirects=False).headers["location"]
        assert browser.get(sent.partition(HOST)[2]).headers["location"] == last
    assert accounts.apps == 1


def test_how_an_instance_knows_the_site_is_sealed_bounded_and_forgotten(served: Served) -> None:
    """The ledger holds neither secret nor instance; another key or another address back finds nothing; after ninety days it is asked anew."""
    site, clock = served.site, served.clock
    apps = KeptApps(site.ledger, site.key, clock)
    client = Client(client_id="zanzarim-id", client_secret="zanzarim-secret", scope="read", method="client_secret_post")  # noqa: S106  no secret
    apps.keep("https://zanzarim.example", "https://here.example/back", client)
    assert apps.find("https://zanzarim.example", "https://here.example/back") == client
    assert apps.find("https://zanzarim.example", "https://moved.example/back") is None
    assert KeptApps(site.ledger, b"k" * 32, clock).find("https://zanzarim.example", "https://here.example/back") is None
    with site.ledger.reading() as connection:
        assert "zanzarim" not in str(connection.execute(INSTANCE_APPS.select()).all())
    for n in range(MOST_APPS):
        clock.forward(seconds=1)
        apps.keep(f"https://a{n}.example", "https://here.example/back", client)
    assert apps.find("https://zanzarim.example", "https://here.example/back") is None
    with site.ledger.reading() as connection:
        assert len(connection.execute(INSTANCE_APPS.select()).all()) == MOST_APPS
    clock.forward(days=91)
    assert apps.find("https://a9.example", "https://here.example/back") is None
    with site.ledger.writing() as connection:
        assert forget_old(connection, clock()) == MOST_APPS


@pytest.mark.parametrize(
    "typed", ["127.0.0.1", "localhost", "169.254.169.254", "a.example:22", "[::1]", "user:pw@10.0.0.1"]
)
def test_no_instance_within_the_network_is_asked(
    serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Whatever is typed, and whatever a name leads to: nothing of this machine or its network is reached."""
    served = serve(reply_providers=(of("mastodon", ""),))
    browser = served.browser()
    monkeypatch.setattr("socket.create_connection", pytest.fail)
    assert name_instance(browser, typed).status_code == 400
    monkeypatch.setattr(
        "harmledger.reach.names.socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.7", 443))]
    )
    answer = name_instance(browser, "inside.example")
    assert answer.status_code == 400
    assert "public internet" in answer.text


def test_an_account_is_added_to_who_is_signed_in(by_oidc: Served) -> None:
    """By a form of this site and the provider's proof, both in this browser; it signs in the same person from then on, and another's account is refused."""
    browser, stranger = reply_as(by_oidc, "river@example.org", "River"), by_oidc.browser()

    def begin(by: TestClient) -> str:
        form = token(by.get("/replies/me/ways").text)
        page = by.post("/replies/me/ways/with/issuer", data={"csrf": form})
        [address] = re.findall(r'href="(http://localhost:\d+/[^"]*)"', page.text)
        return unescape(address)

    assert browser.post("/replies/me/ways/with/issuer", data={"csrf": "forged"}).status_code == 403
    path = let_in(begin(browser))
    assert refused(stranger.get(path), NOT_BEGUN)
    assert browser.get(path).headers["location"] == "/replies/me/ways?done=joined"
    again = by_oidc.browser()
    assert again.get(let_in(go(again, "issuer"))).headers["location"] == "/method"
    assert "River" in again.get("/replies/me").text
    path = let_in(begin(browser), "bo")
    browser.post("/replies/sign-out", data={"csrf": token(browser.get("/replies/me").text)})
    assert browser.get(path).status_code == 403
    with by_oidc.site.ledger.reading() as connection:
        assert len(connection.execute(select(REPLIER_IDENTITIES)).all()) == 2
