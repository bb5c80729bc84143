"""Whatever a server does, a page is collected or refused as it should be."""

from __future__ import annotations

import gzip
import random
import zlib
from dataclasses import dataclass, replace

import pytest
from hostile_web import (
    QUICK,
    WORDS,
    Answer,
    HostileWeb,
    chunked,
    drip,
    endless,
    fetch,
    in_turn,
    packed,
    page,
    redirect,
)

from harmledger.collect.fetch import MOST_HOPS, FetchLimits
from harmledger.domain import Fetched, FetchOutcome, NotFetched

TINY = replace(QUICK, idle_seconds=0.2, whole_seconds=1)
SMALL = replace(QUICK, wire_bytes=100_000, content_bytes=100_000)


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


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
