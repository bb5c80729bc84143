"""Each address of a hostile web is fetched as it came, or refused for the right reason, within bounds."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import httpcore2
import pytest
from hostile_web import (
    NET,
    WORDS,
    HostileWeb,
    chunked,
    fetch,
    packed,
    page,
    redirect,
    unless_known,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.collect.fetch import Fetcher
from harmledger.domain import Asked, Fetched, FetchOutcome, NotFetched
from harmledger.reach import Guard


@pytest.fixture(scope="module")
def served() -> Iterator[HostileWeb]:
    with HostileWeb() as opened:
        yield opened


@pytest.fixture
def web(served: HostileWeb) -> HostileWeb:
    served.clear()
    return served


def fetched(web: HostileWeb, url: str) -> Fetched:
    result = fetch(web, url)
    assert isinstance(result, Fetched), result
    return result


# --- what is kept of an exchange --------------------------------------------------------------------------------------


def test_an_exchange_is_kept_byte_for_byte(web: HostileWeb) -> None:
    """The request as sent, the head as it came with its odd spacing and order, the payload still packed, and who answered."""
    payload = gzip.compress(WORDS, mtime=0)
    head = f'HTTP/1.1 200  Fine\r\nx-ODD:   yes \r\nSet-Cookie: a=b\r\nContent-Encoding: gzip\r\nContent-Length: {len(payload)}\r\nETag: "é"\r\n\r\n'
    web["https://news.example/a?b=c"] = head.encode("latin-1") + payload
    result = fetched(web, "https://NEWS.example:443/a?b=c#d")
    (exchange,) = result.exchanges
    assert exchange.request == web.hits[0].head
    assert exchange.request.startswith(b"GET /a?b=c HTTP/1.1\r\nHost: news.example\r\n")
    assert (exchange.head, exchange.payload) == (head.encode("latin-1"), payload)
    assert (exchange.url, exchange.address) == ("https://news.example/a?b=c", f"{NET}1")
    assert (result.content, result.etag, result.asked) == (WORDS, '"é"', "https://NEWS.example:443/a?b=c#d")


def test_every_hop_is_kept(web: HostileWeb) -> None:
    """In order, from http to https and back to http, with what each server said and when."""
    web["http://old.example/"] = redirect("https://new.example/", "301 Moved Permanently")
    web["https://new.example/"] = redirect("http://old.example/plain", "307 Temporary Redirect")
    web["http://old.example/plain"] = page(WORDS)
    result = fetched(web, "http://old.example/")
    assert [exchange.url for exchange in result.exchanges] == ["http://old.example/", "https://new.example/", "http://old.example/plain"]  # fmt: skip
    assert [exchange.head.split(b"\r\n")[0][9:12] for exchange in result.exchanges] == [b"301", b"307", b"200"]
    times = [exchange.started for exchange in result.exchanges]
    assert times == sorted(times)
    assert (result.url, result.started) == ("http://old.example/plain", times[0])


def test_chunks_are_undone_in_what_is_kept(web: HostileWeb) -> None:
    """The payload is the body; that it came in chunks, its head still says."""
    web["https://news.example/"] = chunked(WORDS)
    (exchange,) = fetched(web, "https://news.example/").exchanges
    assert exchange.payload == WORDS
    assert b"Transfer-Encoding: chunked" in exchange.head


def test_an_announcement_is_no_part_of_the_head(web: HostileWeb) -> None:
    """Of several heads the last one is the answer's."""
    web["https://news.example/"] = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n" + page(
        WORDS
    )
    (exchange,) = fetched(web, "https://news.example/").exchanges
    assert exchange.head == page(WORDS).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=windows-1256", "cp1256"),
        ('text/html; a=b; Charset="UTF-8"', "utf-8"),
        ("text/html;charset=nonsense", None),
        ("text/html", None),
        ("text/html; xcharset=utf-8", None),
    ],
)
def test_the_declared_charset_is_told(web: HostileWeb, kind: str, charset: str | None) -> None:
    """Where there is one of that name."""
    web["https://news.example/"] = page(WORDS, kind=kind)
    assert fetched(web, "https://news.example/").charset == charset


# --- what is asked, and asked again -----------------------------------------------------------------------------------


def test_who_asks_says_so_and_keeps_no_cookie(web: HostileWeb) -> None:
    """The program's name with a contact, no cookie on the next hop, and no referrer."""
    web["https://news.example/"] = page(b"", status="302 Found", heads=["Location: /a", "Set-Cookie: id=1; Path=/"])
    web["https://news.example/a"] = page(WORDS)
    web.fetcher(agent="harmledger/9 (+desk@record.example)").fetch(Asked(url="https://news.example/"))
    for hit in web.hits:
        heads = hit.heads()
        assert heads["user-agent"] == "harmledger/9 (+desk@record.example)"
        assert heads["accept-encoding"] == "gzip, deflate"
        assert not {"cookie", "referer", "authorization"} & heads.keys()


def test_what_is_known_needs_no_sending(web: HostileWeb) -> None:
    """A page that is as it was comes back as such; one that changed is fetched."""
    web["https://news.example/"] = unless_known(page(WORDS), etag='"1"')
    fetcher = web.fetcher()
    first = fetcher.fetch(Asked(url="https://news.example/"))
    assert isinstance(first, Fetched)
    again = fetcher.fetch(
        Asked(url="https://news.example/", etag=first.etag, last_modified="Mon, 02 Jan 2023 00:00:00 GMT")
    )
    assert isinstance(again, NotFetched)
    assert (again.outcome, again.status) == (FetchOutcome.UNCHANGED, 304)
    assert web.hits[1].heads()["if-modified-since"] == "Mon, 02 Jan 2023 00:00:00 GMT"
    web["https://news.example/"] = unless_known(page(b"<p>changed</p>"), etag='"2"')
    changed = fetcher.fetch(Asked(url="https://news.example/", etag='"1"'))
    assert isinstance(changed, Fetched)
    assert changed.content == b"<p>changed</p>"


def test_what_is_known_of_one_host_is_told_to_no_other(web: HostileWeb) -> None:
    """A mark could name who asks; and the age of one page says nothing of another that it leads to now."""
    web["https://news.example/"] = redirect("/a")
    web["https://news.example/a"] = redirect("https://other.example/")
    web["https://other.example/"] = page(WORDS)
    asked = Asked(url="https://news.example/", etag='"1"', last_modified="Mon, 02 Jan 2023 00:00:00 GMT")
    assert isinstance(web.fetcher().fetch(asked), Fetched)
    known = [({"if-none-match", "if-modified-since"} & hit.heads().keys()) for hit in web.hits]
    assert known == [{"if-none-match", "if-modified-since"}, {"if-none-match"}, set()]


NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 01 Mar 2024 12:05:00 GMT", 300.0),
        ("Fri, 01 Mar 2024 11:00:00 GMT", 0.0),
        ("99999999999999999999", 30 * 24 * 3600.0),
        ("Fri, 01 Mar 9999 12:00:00 GMT", 30 * 24 * 3600.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_how_long_a_server_asks_to_be_left_alone(web: HostileWeb, said: str, seconds: float | None) -> None:
    """In seconds or as a time, a month at most; nonsense is none."""
    answer = page(status="429 Too Many Requests", heads=["Retry-After: " + said.encode().decode("latin-1")])
    web["https://news.example/"] = answer
    result = web.fetcher(now=lambda: NOW).fetch(Asked(url="https://news.example/"))
    assert isinstance(result, NotFetched)
    assert (result.outcome, result.retry_seconds) == (FetchOutcome.BUSY, seconds)


def test_a_failure_behind_a_redirect_names_both_addresses(web: HostileWeb) -> None:
    """What was asked for, and where it went wrong."""
    web["https://news.example/"] = redirect("https://news.example/away")
    result = fetch(web, "https://news.example/")
    assert isinstance(result, NotFetched)
    assert (result.asked, result.url) == ("https://news.example/", "https://news.example/away")
    assert result.message.startswith("https://news.example/, which leads to https://news.example/away: the page isn't")


def test_a_host_with_a_dead_address_is_reached_at_the_next(web: HostileWeb) -> None:
    """Of several that are all public."""
    web["https://news.example/"] = page(WORDS)
    web.names["news.example"] = ["2001:4860:4860::8888", f"{NET}9"]
    (exchange,) = fetched(web, "https://news.example/").exchanges
    assert exchange.address == f"{NET}9"
    assert web.escaped == [("2001:4860:4860::8888", 443)]


def test_a_name_in_another_script_is_asked_by_its_ascii_form(web: HostileWeb) -> None:
    """And a path in it by its bytes in UTF-8."""
    web["https://xn--bcher-kva.example/%D8%A7?q=%C3%A9"] = page(WORDS)
    assert fetched(web, "https://bücher.example/ا?q=é").url == "https://xn--bcher-kva.example/%D8%A7?q=%C3%A9"


def test_a_redirect_in_bytes_of_utf_8_is_followed(web: HostileWeb) -> None:
    """Servers write addresses so, though none should."""
    web["https://news.example/"] = redirect("/é".encode().decode("latin-1"))
    web["https://news.example/%C3%A9"] = page(WORDS)
    assert fetched(web, "https://news.example/").url == "https://news.example/%C3%A9"


def test_several_are_fetched_at_once(web: HostileWeb) -> None:
    """By one fetcher from several threads, none in another's way."""
    for number in range(20):
        web[f"https://news.example/{number}"] = page(f"<p>{number}</p>")
    fetcher, found = web.fetcher(), {}

    def take(number: int) -> None:
        found[number] = fetcher.fetch(Asked(url=f"https://news.example/{number}"))

    threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n: getattr(r, "content", r) for n, r in found.items()} == {n: f"<p>{n}</p>".encode() for n in range(20)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", page(WORDS)[:40], packed(WORDS)[:90]]))
def test_no_answer_breaks_it(web: HostileWeb, rubbish: bytes, before: bytes) -> None:
    """Whatever comes, there is a result."""
    web["https://news.example/"] = before + rubbish
    assert isinstance(fetch(web, "https://news.example/"), Fetched | NotFetched)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{0,20}(/.{0,20})?", fullmatch=True))
def test_no_address_breaks_it(url: str) -> None:
    """Whatever is asked for, there is a result, and no name is found here."""
    result = NOWHERE.fetch(Asked(url=url))
    assert isinstance(result, NotFetched)
    assert result.outcome in {FetchOutcome.FORBIDDEN_ADDRESS, FetchOutcome.NO_HOST, FetchOutcome.NO_CONNECTION}


class Nowhere(httpcore2.NetworkBackend):
    def connect_tcp(self, *_: object, **__: object) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("nowhere")


NOWHERE = Fetcher(guard=Guard(resolve=lambda *_: []), network=Nowhere())
