"""Each address of a hostile web is fetched as it came, or refused for the right reason, within bounds."""

from __future__ import annotations

import gzip
import random
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpcore2
import pytest
from hostile_web import (
    NET,
    QUICK,
    Answer,
    HostileWeb,
    drip,
    endless,
    in_turn,
    packed,
    page,
    redirect,
    unless_known,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.collect.fetch import MOST_HOPS, Fetcher, FetchLimits, Proxy
from harmledger.domain import Asked, Fetched, FetchOutcome, NotFetched
from harmledger.reach import Guard

WORDS = b"<html><body><p>Two people were killed, a medic said.</p></body></html>"
TINY = replace(QUICK, idle_seconds=0.2, whole_seconds=1)
SMALL = replace(QUICK, wire_bytes=100_000, content_bytes=100_000)


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def chunked(content: bytes, *heads: str) -> bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", *heads, "", ""])
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (content[:10], content[10:]) if piece)
    return head.encode() + pieces + b"0\r\n\r\n"


def two_members(content: bytes) -> bytes:
    return gzip.compress(content[:20]) + gzip.compress(content[20:])


@dataclass(frozen=True)
class Case:
    """What a host answers at `/`, and what becomes of fetching it."""

    answer: Answer
    outcome: FetchOutcome = FetchOutcome.CAPTURED
    says: str = ""
    certificate: str = ""
    limits: FetchLimits = QUICK


F = FetchOutcome
CASES = {
    # --- collected ---
    "a page": Case(page(WORDS)),
    "a page without a length": Case(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + WORDS),
    "a page of HTTP/1.0": Case(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + WORDS),
    "a page in chunks": Case(chunked(WORDS)),
    "a page with bare line ends in its head": Case(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + WORDS),
    "a page behind an announcement": Case(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + page(WORDS)),
    "a page packed by gzip": Case(packed(WORDS)),
    "a page packed by gzip in chunks": Case(chunked(gzip.compress(WORDS), "Content-Encoding: gzip")),
    "a page packed in two members": Case(packed(WORDS, pack=two_members)),
    "a page packed by gzip with rubbish behind": Case(packed(WORDS, pack=lambda c: gzip.compress(c) + b"\0\0rubbish")),
    "a page packed by deflate": Case(packed(WORDS, coding="deflate", pack=zlib.compress)),
    "a page packed by bare deflate": Case(packed(WORDS, coding="deflate", pack=raw_deflate)),
    "a page packed twice": Case(packed(WORDS, coding="gzip, gzip", pack=lambda c: gzip.compress(gzip.compress(c)))),
    "a page of no kind": Case(page(WORDS, kind="")),
    "a page said to be bytes": Case(page(WORDS, kind="application/octet-stream")),
    "a text": Case(page(WORDS, kind="text/plain")),
    "XML": Case(page("<?xml version='1.0'?><urlset/>", kind="application/xml")),
    "a feed": Case(page("<rss/>", kind="application/rss+xml; charset=utf-8")),
    "JSON": Case(page("{}", kind="application/feed+json")),
    "a packed map of a site": Case(page(gzip.compress(b"<urlset/>"), kind="application/x-gzip")),
    "a slow page": Case(drip(page(WORDS), seconds=0.01, piece=20)),
    "a page of much white space": Case(packed(WORDS + b" " * 1_500_000)),
    "a page behind five redirects": Case(in_turn(*[redirect(f"/{n}") for n in range(5)], page(WORDS))),
    # --- redirects ---
    "a circle": Case(redirect("/"), F.REDIRECTS, "in a circle"),
    "a circle that a fragment hides": Case(redirect("/#more"), F.REDIRECTS, "in a circle"),
    "redirects without an end": Case(lambda hit: redirect(f"{hit.url}x"), F.REDIRECTS, f"more than {MOST_HOPS}"),
    "a redirect to nowhere": Case(page(b"", status="302 Found"), F.REDIRECTS, "to no address"),
    "a redirect to no address": Case(redirect("http://[::"), F.REDIRECTS, "what is no address"),
    "a redirect to a file": Case(redirect("file:///etc/passwd"), F.FORBIDDEN_ADDRESS, "/, which leads to file:/etc/passwd: the address isn't http"),
    "a redirect to a private address": Case(redirect("http://10.0.0.1/"), F.FORBIDDEN_ADDRESS, "public internet"),
    "a redirect to another port": Case(redirect("https://hostile.example:22/"), F.FORBIDDEN_ADDRESS, "port 22"),
    "a redirect to script": Case(redirect("javascript:alert(1)"), F.FORBIDDEN_ADDRESS, "isn't http"),
    "a redirect to nobody": Case(redirect("https://nobody.example/"), F.NO_HOST, "nobody knows"),
    # --- too slow, too large ---
    "silence": Case(drip(page(WORDS), seconds=0.5), F.TIMED_OUT, limits=TINY),
    "a page without an end in time": Case(drip(page(b"x" * 5000), seconds=0.05), F.TIMED_OUT, limits=TINY),
    "a head without an end in time": Case(drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000, seconds=0.05), F.TIMED_OUT, limits=TINY),
    "a page that says it is huge": Case(page(WORDS, length=10**12), F.TOO_LARGE, "1,000,000,000,000 bytes"),
    "a page without an end": Case(endless(), F.TOO_LARGE, "too long"),
    "a head without an end": Case(endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 1000), F.TOO_LARGE, "head"),
    "announcements without an end": Case(endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000), F.TOO_LARGE, "head"),
    "a chunk's head without an end": Case(endless(chunked(b"")[:-5], b"1;x=" + b"y" * 90_000 + b"\r\nz\r\n"), F.TOO_LARGE, limits=SMALL),
    "a page that unpacks to too much": Case(packed(random.Random(1).randbytes(90_000) * 2), F.TOO_LARGE, "unpacks", limits=replace(SMALL, wire_bytes=QUICK.wire_bytes)),
    "a bomb": Case(packed(bytes(50_000_000)), F.BOMB, "200 times"),
    "a bomb of deflate": Case(packed(bytes(50_000_000), coding="deflate", pack=zlib.compress), F.BOMB, "200 times"),
    "a bomb in a bomb": Case(packed(bytes(50_000_000), coding="gzip,gzip", pack=lambda c: gzip.compress(gzip.compress(c))), F.BOMB),
    "a bomb of many members": Case(packed(gzip.compress(bytes(900_000)) * 50, pack=bytes), F.BOMB, "200 times"),
    # --- not there, not now ---
    "a page that isn't there": Case(page(status="404 Not Found"), F.GONE, "status 404"),
    "a page that was taken away": Case(page(status="410 Gone"), F.GONE, "status 410"),
    "a page for who signs in": Case(page(status="401 Unauthorized"), F.REFUSED, "status 401"),
    "a page that isn't for programs": Case(page(status="403 Forbidden"), F.REFUSED, "status 403"),
    "a page that law took away": Case(page(status="451 Unavailable For Legal Reasons"), F.REFUSED, "status 451"),
    "a page that asks to wait": Case(page(status="429 Too Many Requests"), F.BUSY, "status 429"),
    "a server at work": Case(page(status="503 Service Unavailable"), F.BUSY, "status 503"),
    "a broken server": Case(page(status="500 Internal Server Error"), F.BROKEN, "status 500"),
    "a broken way to a server": Case(page(status="502 Bad Gateway"), F.BROKEN, "status 502"),
    "as before, though nothing is known of before": Case(page(b"", status="304 Not Modified"), F.NO_PAGE, "status 304"),
    "nothing": Case(b"HTTP/1.1 204 No Content\r\n\r\n", F.NO_PAGE, "status 204"),
    "an empty page": Case(page(b" \n "), F.NO_PAGE, "empty"),
    "a part of a page": Case(page(WORDS, status="206 Partial Content"), F.GARBLED, "status 206"),
    # --- no page ---
    "a picture": Case(page(b"\x89PNG\r\n", kind="image/png"), F.NO_PAGE, "image/png"),
    "a film without an end": Case(endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"), F.NO_PAGE, "video/mp4"),
    "a document": Case(page(b"%PDF-1.7", kind="application/pdf"), F.NO_PAGE, "save its text"),
    "a program": Case(page(b"alert(1)", kind="text/javascript"), F.NO_PAGE, "text/javascript"),
    "a picture said to be a page": Case(page(b"\x89PNG\r\n\x1a\n"), F.NO_PAGE, "a picture"),
    "a document of no kind": Case(page(b"%PDF-1.7", kind=""), F.NO_PAGE, "a PDF"),
    # --- no HTTP ---
    "nothing at all": Case(b"", F.NO_CONNECTION, "breaks off"),
    "a page cut off": Case(page(WORDS, length=len(WORDS) + 1), F.NO_CONNECTION, "breaks off"),
    "a head cut off": Case(b"HTTP/1.1 200 OK\r\nContent-", F.NO_CONNECTION, "breaks off"),
    "chunks cut off": Case(chunked(WORDS)[:-5], F.NO_CONNECTION, "breaks off"),
    "another protocol": Case(b"SSH-2.0-OpenSSH_9.6\r\n", F.GARBLED, "no HTTP"),
    "rubbish": Case(bytes(range(256)) * 8, F.GARBLED, "no HTTP"),
    "two lengths": Case(page(WORDS, heads=["Content-Length: 3"]), F.GARBLED, "no HTTP"),
    "a length below nothing": Case(page(WORDS, length=-1), F.GARBLED, "no HTTP"),
    "chunks of no size": Case(chunked(WORDS).replace(b"a\r\n", b"zz\r\n", 1), F.GARBLED, "no HTTP"),
    "another protocol from now on": Case(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", F.GARBLED, "no HTTP"),
    "what is said to be packed": Case(page(WORDS, heads=["Content-Encoding: gzip"]), F.GARBLED, "can't be unpacked"),
    "what is packed and cut off": Case(packed(WORDS, pack=lambda c: gzip.compress(c)[:-9]), F.GARBLED, "ends before"),
    "what wasn't asked for": Case(packed(WORDS, coding="br", pack=bytes), F.GARBLED, "'br'"),
    "what is packed over and over": Case(page(WORDS, heads=["Content-Encoding: gzip, gzip, gzip"]), F.GARBLED, "over and over"),
    # --- bad TLS ---
    "a certificate that has expired": Case(page(WORDS), F.BAD_TLS, "expired", "expired"),
    "a certificate of another name": Case(page(WORDS), F.BAD_TLS, "hostile.example", "wrong name"),
    "a certificate of one's own": Case(page(WORDS), F.BAD_TLS, "issuer", "self-signed"),
    "no TLS": Case(page(WORDS), F.BAD_TLS, "speaks no TLS", "no TLS"),
}  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[HostileWeb]:
    with HostileWeb() as opened:
        yield opened


@pytest.fixture
def web(served: HostileWeb) -> HostileWeb:
    served.clear()
    return served


def fetch(web: HostileWeb, url: str, limits: FetchLimits = QUICK) -> Fetched | NotFetched:
    return web.fetcher(limits=limits).fetch(Asked(url=url))


def fetched(web: HostileWeb, url: str) -> Fetched:
    result = fetch(web, url)
    assert isinstance(result, Fetched), result
    return result


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_is_collected_or_refused_as_it_should_be(case: Case) -> None:
    """One table of what servers do; nothing is raised, and what is told is one sentence with the address in it."""
    with HostileWeb() as web:
        web.certificates["hostile.example"] = case.certificate
        for path in ("", *map(str, range(5)), *("x" * n for n in range(1, MOST_HOPS + 3))):
            web[f"https://hostile.example/{path}"] = case.answer
        result = fetch(web, "https://hostile.example/", case.limits)
    assert web.escaped == []
    if case.outcome is FetchOutcome.CAPTURED:
        assert isinstance(result, Fetched), result
        return
    assert isinstance(result, NotFetched)
    assert (result.outcome, case.says in result.message) == (case.outcome, True), result.message
    assert result.message.startswith("https://hostile.example/")
    assert len(result.message) < 900
    assert result.message.isprintable()


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


# --- through a proxy --------------------------------------------------------------------------------------------------


@contextmanager
def a_proxy(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy of its own: notes what it is asked, and answers that."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            while True:
                connection, _ = listening.accept()
                with connection:
                    asked.append(connection.recv(65536))
                    connection.sendall(answer)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1], asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def by_proxy(port: int, *, looks_up: bool) -> Fetcher:
    guard = Guard(resolve=lambda host, _: [f"{NET}1"] if host == "news.example" else ["10.0.0.1"])
    return Fetcher(guard=guard, limits=QUICK, proxy=Proxy(url=f"http://me:secret@127.0.0.1:{port}", looks_up=looks_up))


def test_a_proxy_is_asked_and_its_password_not_kept() -> None:
    """All goes through it; the records of a capture, which are published, hold nothing that signs in there."""
    with a_proxy(page(WORDS)) as (port, asked):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="http://news.example/a"))
    assert isinstance(result, Fetched)
    assert asked[0].startswith(b"GET http://news.example/a HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic " in asked[0]
    (exchange,) = result.exchanges
    assert b"roxy" not in exchange.request
    assert exchange.address == ""


def test_a_proxy_is_asked_for_nothing_within_the_network() -> None:
    """Names are looked at here first, unless the proxy alone knows them; what is no name is looked at all the same."""
    with a_proxy(page(WORDS)) as (port, asked):
        outcomes = {
            url: by_proxy(port, looks_up=looks_up).fetch(Asked(url=url))
            for looks_up in (False, True)
            for url in (f"http://inside.example/{looks_up}", f"http://10.0.0.1/{looks_up}", f"http://metadata.google.internal/{looks_up}", f"http://inside.example:22/{looks_up}")
        }  # fmt: skip
    assert [url for url, result in outcomes.items() if isinstance(result, Fetched)] == ["http://inside.example/True"]
    assert len(asked) == 1


def test_a_proxy_that_says_no_is_told() -> None:
    """As no connection, which is tried again."""
    with a_proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (port, _):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="https://news.example/a"))
    assert isinstance(result, NotFetched)
    assert (result.outcome, "the proxy refuses (407" in result.message) == (FetchOutcome.NO_CONNECTION, True)
    assert "secret" not in result.message


def test_what_is_not_there_through_a_proxy_is_told_as_that() -> None:
    """Its answer is left where its head tells so."""
    with a_proxy(page(WORDS, status="404 Not Found")) as (port, _):
        result = by_proxy(port, looks_up=False).fetch(Asked(url="http://news.example/a"))
    assert isinstance(result, NotFetched)
    assert (result.outcome, result.status) == (FetchOutcome.GONE, 404)
