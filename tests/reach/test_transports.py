"""How providers are reached: nowhere that isn't public where a visitor named it, and no further than an answer is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import httpx2
import pytest

from harmledger.errors import BadInput
from harmledger.identity.mastodon import parse_instance
from harmledger.reach.transports import MOST_BYTES, reach


class Noted(httpx2.BaseTransport):
    """Answers whatever it is asked, and notes it."""

    def __init__(self, answer: httpx2.Response | None = None) -> None:
        self.asked: list[httpx2.Request] = []
        self._answer = answer

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        return self._answer or httpx2.Response(200, json={})


def ask(inner: Noted, url: str, addresses: Sequence[str]) -> httpx2.Response:
    way = reach(typed=True, resolve=lambda *_: addresses, inner=inner)
    return httpx2.Client(transport=way).get(url)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], []])
def test_a_typed_name_that_leads_inside_is_asked_nothing(addresses: Sequence[str]) -> None:
    """One address that isn't public is enough; nothing is sent."""
    inner = Noted()
    with pytest.raises(BadInput, match="public internet"):
        ask(inner, "https://mastodon.example/", addresses)
    assert inner.asked == []


@pytest.mark.parametrize("url", ["http://mastodon.example/", "https://mastodon.example:8443/"])
def test_a_typed_name_is_reached_over_https_alone(url: str) -> None:
    """At its usual port: no other service of a host is asked."""
    with pytest.raises(BadInput, match="https alone"):
        ask(Noted(), url, ["93.184.216.34"])


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    """A name that changes its mind after it was looked at leads nowhere else; the certificate is held to the name all the same."""
    inner = Noted()
    ask(inner, "https://mastodon.example/api", ["93.184.216.34"])
    [asked] = inner.asked
    assert asked.url.host == "93.184.216.34"
    assert asked.headers["host"] == "mastodon.example"
    assert asked.extensions["sni_hostname"] == "mastodon.example"


class Endless(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield b"x" * 4096


def test_an_endless_answer_is_given_up() -> None:
    """At its bound in bytes."""
    inner = Noted(httpx2.Response(200, stream=Endless()))
    with pytest.raises(httpx2.ReadError, match="too long"):
        httpx2.Client(transport=reach(inner=inner)).get("https://issuer.example/")
    assert MOST_BYTES < 1_000_000


def test_an_answer_that_trickles_in_is_given_up() -> None:
    """At its bound in seconds, however little comes."""
    seconds = iter(range(0, 100, 3))
    inner = Noted(httpx2.Response(200, stream=Endless()))
    with pytest.raises(httpx2.ReadTimeout, match="too long"):
        httpx2.Client(transport=reach(inner=inner, clock=lambda: next(seconds))).get("https://issuer.example/")


def test_a_packed_answer_isnt_unpacked() -> None:
    """A few bytes that become many are no answer."""
    inner = Noted(httpx2.Response(200, headers={"content-encoding": "gzip"}, stream=Endless()))
    with pytest.raises(httpx2.DecodingError):
        httpx2.Client(transport=reach(inner=inner)).get("https://issuer.example/")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" HTTPS://Mastodon.Example/ ", "https://mastodon.example"),
        ("@me@mastodon.example", "https://mastodon.example"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_instance_is_understood_as_people_write_it(typed: str, meant: str) -> None:
    """By its name, its address, or an account there."""
    assert parse_instance(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433", "mastodon.example:22", "mastodon.example/x", "http://mastodon.example",
     "a b.example", "mastodon.example?x", "mastodon.example#x", "-a.example", "x" * 300 + ".example", "ⓛocalhost", "a..example", "a.example\r\nX: y"],
)  # fmt: skip
def test_what_is_no_instance_is_refused(typed: str) -> None:
    """Numbers, ports, paths and names without a dot among them."""
    with pytest.raises(BadInput):
        parse_instance(typed)
