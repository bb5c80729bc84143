"""What fuzzing starts from: a few small inputs for each reader, written for it, and words that mean something to the reader."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, datetime

from backports import zstd

from harmledger.domain import Exchange
from harmledger.publish.warc import render_opening, render_records, render_resource

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Shelling kills seven in the port</title><meta charset="utf-8">
<meta property="article:published_time" content="2024-05-03T10:00:00Z"><script type="application/ld+json">
{"@context":"https://schema.org","@type":"NewsArticle","headline":"Shelling kills seven","datePublished":"2024-05-03","author":{"name":"A. Writer"}}
</script></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Shelling kills seven in the port</h1>
<p>Seven civilians were killed and twelve wounded on Thursday when shells hit a market, the governor said.</p>
<figure><img src="a.png"><figcaption>The market after the shelling.</figcaption></figure>
<p>&#8220;Two children are among the dead&#x201d;, he wrote.<br>The ministry denied it.</p><table><tr><td>killed</td><td>7</td></tr></table>
</article><div class="comments"><form><textarea></textarea></form></div></body></html>"""
ARABIC = """<html dir="rtl" lang="ar"><body><article><p>قُتل سبعة مدنيين وأصيب 12 آخرون في قصف على سوق المدينة يوم الخميس، بحسب المحافظ.</p></article></body></html>"""
SINGLE = f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://press.example/a \n saved date: Wed Mar 04 2026 05:06:07 GMT+0100 (CET)\n-->{PAGE[15:]}"
SAVED = f"<!-- saved from url=(0023)https://press.example/a -->\n{PAGE}"
HTML_SEEDS = [text.encode() for text in (PAGE, ARABIC, SINGLE, SAVED, "<p>Two killed", "<html><body>" + "<div>" * 40)]
HTML_SEEDS.append(PAGE.replace("utf-8", "windows-1251").encode("cp1251", errors="replace"))
HTML_SEEDS.append(PAGE.replace("Seven", "Se" + "ve" * 60 + "n").encode())  # once took sixteen seconds
HTML_SEEDS.append(b"\xff\xfe" + PAGE.encode("utf-16-le"))
HTML_WORDS = [
    b"<!--", b"-->", b"<script>", b"</p>", b"<table>", b"<td", b"<![CDATA[", b"]]>", b"&#", b"&#x110000;", b"<svg>", b"<math>", b"<template>",
    b"<meta charset=utf-7>", b"<a href='", b"<noscript>", b"\x00", b"\xed\xa0\x80", "\u202e".encode(), b"<time datetime='", b"99999999999999999999",
    b'{"@type":["NewsArticle"]}', b'{"datePublished":{}}', b"0000-00-00", b"at least 20 killed ", b"<br>" * 50, b"<div>" * 200, b"<b>" * 200,
]  # fmt: skip


def _exchange(head: bytes, payload: bytes, url: str = "https://press.example/a") -> Exchange:
    request = b"GET /a HTTP/1.1\r\nHost: press.example\r\n\r\n"
    return Exchange(url=url, request=request, head=head, payload=payload, address="192.0.2.7", started=NOW)


def warc() -> bytes:
    """A WARC of six captures, record by record in gzip."""
    page, head = PAGE.encode(), b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(page[i : i + 300]), page[i : i + 300]) for i in range(0, len(page), 300))
    moved = _exchange(b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n", b"")
    plain = _exchange(head + b"\r\n", page)
    packed = _exchange(
        head + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(page, mtime=0), "https://press.example/b"
    )
    parts = [render_records([moved, plain], by="fuzz", metadata={}), render_records([packed], by="fuzz", metadata={})]
    cut = render_records([_exchange(head + b"X: y\r\n\r\n", chunks + b"0\r\n\r\n")], by="fuzz", metadata={})
    parts.append(repacked(cut, lambda plain: plain.replace(b"X: y", b"Transfer-Encoding: chunked")))
    parts.append(
        render_resource(b"Two killed.", url="file:///a.txt", media="text/plain", date=NOW, metadata={"a": "b"})
    )
    return render_opening("a.warc.gz", {"software": "fuzz"}, date=NOW) + b"".join(parts)


REVISIT = (
    b"WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-03-05T05:06:07Z\r\nWARC-Target-URI: https://press.example/a\r\n"
    b"WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\nContent-Type: application/http;msgtype=response\r\n"
    b"Content-Length: 44\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\r\n\r\n"
)


def members(packed: bytes) -> list[bytes]:
    """The records of a WARC in gzip, unpacked."""
    found = [piece for piece in gzip.decompress(packed).split(b"WARC/1.1\r\n") if piece]
    return [b"WARC/1.1\r\n" + piece for piece in found]


def repacked(packed: bytes, change: object) -> bytes:
    """With each record changed, and packed again."""
    assert callable(change)
    return b"".join(gzip.compress(change(record), mtime=0) for record in members(packed))


WARC = warc()
WARC_PLAIN = gzip.decompress(WARC) + REVISIT
_DICTIONARY = zstd.train_dict(members(WARC) * 40, 1200)
WARC_SEEDS = [
    WARC,
    WARC + gzip.compress(REVISIT, mtime=0),
    WARC_PLAIN,
    gzip.compress(WARC_PLAIN, mtime=0),
    b"".join(map(zstd.compress, members(WARC))),
    b"\x5d\x2a\x4d\x18" + len(_DICTIONARY.dict_content).to_bytes(4, "little") + _DICTIONARY.dict_content
    + b"".join(zstd.compress(record, zstd_dict=_DICTIONARY) for record in members(WARC)),
]  # fmt: skip
WARC_WORDS = [
    b"WARC/1.1\r\n", b"\r\n\r\n", b"Content-Length: 0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"WARC-Type: revisit\r\n",
    b"WARC-Type: response\r\n", b"WARC-Date: 0000-01-01T00:00:00Z\r\n", b"WARC-Date: 9999-12-31T23:59:59-14:00\r\n", b"sha1:AAAA", b"sha256:zz",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br, gzip, zstd\r\n", b"ffffffff\r\n", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"\0" * 300,
    b"HTTP/1.1 200\n\n", b"charset=utf-16", b"charset=\xff", b"WARC-Target-URI: <", b"WARC-Concurrent-To: ",
]  # fmt: skip


def wacz(warc_bytes: bytes = WARC, *, packing: int = zipfile.ZIP_STORED) -> bytes:
    """A WACZ that holds a WARC."""
    out, digest = io.BytesIO(), __import__("hashlib").sha256(warc_bytes).hexdigest()
    listed = {"path": "archive/a.warc.gz", "name": "a.warc.gz", "hash": f"sha256:{digest}", "bytes": len(warc_bytes)}
    with zipfile.ZipFile(out, "w", packing) as package:
        package.writestr("archive/a.warc.gz", warc_bytes)
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages"}\n')
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": [listed]}))
    return out.getvalue()


WACZ_SEEDS = [wacz(), wacz(packing=zipfile.ZIP_DEFLATED), wacz(WARC_PLAIN)]
WACZ_WORDS = [
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x63\x00", b"\x08\x00", b"../",
    b"archive/b.warc", b'"hash": 1', b"[[[[[[[[[[", b"\x01\x00", b"\x09\x00",
]  # fmt: skip

_BOUNDARY = "----MultipartBoundary--x----"
MHTML = (
    f"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://press.example/a\r\nSubject: =?utf-8?Q?Two_killed?=\r\n"
    f"Date: Wed, 4 Mar 2026 05:06:07 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"{_BOUNDARY}\"\r\n\r\n\r\n"
    f"--{_BOUNDARY}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    f"Content-Location: https://press.example/a\r\n\r\n{PAGE.replace('=', '=3D')}\r\n--{_BOUNDARY}\r\nContent-Type: image/png\r\n"
    f"Content-Transfer-Encoding: base64\r\nContent-Location: https://press.example/a.png\r\n\r\niVBORw0KGgo=\r\n--{_BOUNDARY}--\r\n"
).encode()  # fmt: skip
MHTML_SEEDS = [MHTML, MHTML.replace(b"\r\n", b"\n"), MHTML.replace(b"quoted-printable", b"base64", 1)]
MHTML_WORDS = [
    b"boundary=", b'boundary*=utf-8\'\'x', b"charset*0=utf", b"start=\"<a>\"", b"=?utf-8?B?////?=", b"=?x-unknown?Q?a?=", b"Content-Type: text/html\r\n", b"=\r\n",
    b"=ZZ", b"--" + _BOUNDARY.encode(), b"\r\n\r\n", b"Content-Transfer-Encoding: x-uuencode\r\n", b"Date: Fri, 99 Foo 99999 99:99:99 +9999\r\n",
    b"Content-Type: multipart/related; boundary=a\r\n", b"\xff" * 20, b"(" * 500, b"\"" * 50, b"<" * 500, b"@," * 200,
]  # fmt: skip

LINE_SEEDS = [
    json.dumps({"id": "a1", "title": "Two killed", "published": "2024-05-03", "captured": "2024-05-04", "text": "Two civilians were killed."}).encode(),
    json.dumps({"id": 7, "text": "قُتل اثنان."}, ensure_ascii=False).encode(),
    b'{"text": "Two \\ud83d killed \\u0000", "published": "2024-05-03T10:00:00+03:00"}',
]  # fmt: skip
LINE_WORDS = [
    b'{"a":', b"[" * 2000, b'"text":', b"\\u", b"\\ud800", b"null", b"1e999", b"9" * 5000, b"NaN", b"Infinity", b"\xff", b'"published": "0000-00-00"',
    b'"published": "2024-W05-1"', b'"id": true', b"-", b"\\", b'"', b"\xef\xbb\xbf",
]  # fmt: skip

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Press</title>
<link>https://press.example/</link><item><title>Two killed</title><link>https://press.example/a?x=1&amp;y=2</link><guid isPermaLink="true">https://press.example/a</guid>
<pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate><description><![CDATA[<p>Two killed.</p>]]></description></item><item><link>/b</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://press.example/"><entry><title>Two killed</title><link rel="alternate" href="a"/>
<id>urn:1</id><updated>2026-03-04T05:06:07Z</updated></entry></feed>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Press", "items": [{"id": "1", "url": "https://press.example/a",
"date_published": "2026-03-04T05:06:07Z", "content_text": "Two killed."}, {"id": 2}]}"""
SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://press.example/a</loc><lastmod>2026-03-04</lastmod><news:news><news:publication_date>2026-03-04</news:publication_date></news:news></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://press.example/s.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"""
LINKS = b"""<html><base href="/n/"><body><a href="2026/03/04/two-killed-in-port">Two killed in port</a><a href="javascript:x">no</a><a href="//other.example/">o</a></body></html>"""
FEED_SEEDS = [
    RSS,
    ATOM,
    JSON_FEED,
    SITEMAP,
    INDEX,
    LINKS,
    gzip.compress(SITEMAP, mtime=0),
    b"https://press.example/a\nhttps://press.example/b\n",
]
FEED_WORDS = [
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"<item>", b"</item>", b"<entry>", b"<link href='", b"<loc>", b"http://[::1",
    b"http://a:99999999/", b"\x00", b"xmlns:a=''", b"<?xml encoding='utf-7'?>", b"<a:b:c/>", b"<a>" * 300, b"99999-99-99", b"Wed, 99 Foo", b"\xff\xfe", b"[[" * 500,
    b'"items": {}', b'"url": 7', b"<![CDATA[", b"]]>", b"https://press.example/" + b"a" * 3000, b"\xef\xbb\xbf", b"file:///x", b"http://\xe2\x84\xa1.example/",
]  # fmt: skip
