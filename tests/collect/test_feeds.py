"""Feeds, sitemaps and pages of links give the addresses of reports, whatever they are called and however they are written."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import feedparser
import pytest
from fake_fetched import AT, fetched
from hypothesis import given
from hypothesis import strategies as st

from harmledger.collect.feeds import read_listing
from harmledger.domain import Found, ListingKind
from harmledger.errors import BadInput, HarmledgerError

FEED, SITEMAP, PAGE = ListingKind.FEED, ListingKind.SITEMAP, ListingKind.PAGE
ITEM = "<item><title>Market hit</title><link>https://news.example/1</link><pubDate>Tue, 03 Mar 2026 10:00:00 +0200</pubDate></item>"
RSS_2 = f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><link>https://news.example/</link>{ITEM}</channel></rss>"
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>News</title></channel>
<item rdf:about="https://news.example/1"><title>Market hit</title><link>https://news.example/1</link><dc:date>2026-03-03T10:00:00+02:00</dc:date></item></rdf:RDF>"""
RSS_091 = f"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel>{ITEM}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/x/"><entry><title>Market hit</title>
<link rel="self" href="self"/><link href="/1"/><published>2026-03-03T08:00:00Z</published><updated>2026-03-04T08:00:00Z</updated></entry></feed>"""
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "url": "/1", "title": "Market hit", "date_published": "2026-03-03T08:00:00Z"}]}'
ONE = Found(url="https://news.example/1", published=datetime(2026, 3, 3, 8, tzinfo=UTC), title="Market hit")


@pytest.mark.parametrize("feed", [RSS_2, RSS_1, RSS_091, JSON_FEED], ids=["RSS 2", "RSS 1", "RSS 0.91", "JSON Feed"])
def test_feeds_of_every_kind_say_the_same(feed: str) -> None:
    """One report is one address, its day in UTC and its title, in whichever format it is listed."""
    assert read_listing(fetched(feed), FEED).pages == (ONE,)


def test_atom_knows_published_from_updated() -> None:
    """An entry's own link counts, resolved against its base; when it was published and when it was changed are two days."""
    (found,) = read_listing(fetched(ATOM), FEED).pages
    assert (found.url, found.published, found.changed) == (ONE.url, ONE.published, datetime(2026, 3, 4, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/2</link>", "https://news.example/2"),
        ("<guid>https://news.example/3</guid>", "https://news.example/3"),
        ('<guid isPermaLink="false">https://news.example/3</guid>', None),
        ("<guid>tag:news,2026:1</guid>", None),
        ("<link>https://news.example/4?utm_source=rss&amp;id=7#top</link>", "https://news.example/4?id=7"),
        ("<feedburner:origLink>https://news.example/5</feedburner:origLink><link>https://proxy.example/x</link>", "https://news.example/5"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>https://user:secret@news.example/</link>", None),
        ("<title>Without a link</title>", None),
        ("<media:title>Film</media:title><link>https://news.example/6</link>", "https://news.example/6"),
        ("<link>https://приклад.example/новини</link>", "https://xn--80aikifvh.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
    ],
)  # fmt: skip
def test_items_lead_where_they_say(item: str, url: str | None) -> None:
    """An item's address is its original, its link or what identifies it; what is no address of the web is none."""
    feed = f"<rss version='2.0'><channel><item>{item}</item></channel></rss>"
    assert [each.url for each in read_listing(fetched(feed), FEED).pages] == ([url] if url else [])


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("Tue, 03 Mar 2026 10:00:00 +0200", "2026-03-03T08:00:00+00:00"),
        ("Tue, 3 Mar 2026 10:00 GMT", "2026-03-03T10:00:00+00:00"),
        ("2026-03-03", "2026-03-03T00:00:00+00:00"),
        ("2026-03-03T10:00:00.1234567Z", "2026-03-03T10:00:00.123456+00:00"),
        ("2026-03-03T10:00+02", "2026-03-03T08:00:00+00:00"),
        ("yesterday", None),
        ("9999-99-99", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written(stated: str, meant: str | None) -> None:
    """Times of mail and of ISO 8601 are read, in UTC; what is none leaves the report undated, not unlisted."""
    feed = f"<rss version='2.0'><channel><item><link>/1</link><pubDate>{stated}</pubDate></item></channel></rss>"
    (found,) = read_listing(fetched(feed), FEED).pages
    assert (found.published.isoformat() if found.published else None) == meant


@pytest.mark.parametrize(
    "feed", [RSS_2, RSS_1, RSS_091, ATOM, RSS_2.replace("</channel></rss>", ""), RSS_2.replace("hit", "hit &amp; run")]
)
def test_what_a_reader_of_feeds_finds_is_found(feed: str) -> None:
    """feedparser, which is too slow for what strangers send, finds the same links and titles."""
    theirs = feedparser.parse(io.BytesIO(feed.encode()), response_headers={"content-location": AT})
    assert [(each.url, each.title) for each in read_listing(fetched(feed), FEED).pages] == [
        (entry.link, entry.title) for entry in theirs.entries
    ]


def test_a_feed_is_read_in_the_encoding_that_it_or_its_server_says() -> None:
    """Its own word first, then the server's."""
    declared = f'<?xml version="1.0" encoding="windows-1251"?>{RSS_2.partition("?>")[2]}'.replace(
        "Market hit", "Удар по ринку"
    )
    assert read_listing(fetched(declared.encode("cp1251"), charset="utf-8"), FEED).pages[0].title == "Удар по ринку"
    silent = RSS_2.partition("?>")[2].replace("Market hit", "Удар по ринку")
    assert read_listing(fetched(silent.encode("cp1251"), charset="cp1251"), FEED).pages[0].title == "Удар по ринку"


# --- sitemaps --------------------------------------------------------------------------------------------------------

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>https://news.example/p.jpg</image:loc>
<image:title>A picture</image:title></image:image><loc>https://news.example/1</loc><news:news><news:publication_date>2026-03-03T08:00:00Z
</news:publication_date><news:title>Market hit</news:title></news:news></url></urlset>"""
INDEX = f"<sitemapindex {NS}><sitemap><loc>/s1.xml.gz</loc><lastmod>2026-03-03</lastmod></sitemap></sitemapindex>"


def test_news_sitemaps_have_days_and_titles() -> None:
    """A news sitemap's entry is its page, with the day and title of its news, not of its pictures."""
    assert read_listing(fetched(NEWS), SITEMAP).pages == (ONE,)


def test_an_index_names_further_sitemaps_and_no_pages() -> None:
    """What an index lists is apart from pages."""
    listing = read_listing(fetched(INDEX), SITEMAP)
    assert (listing.pages, [each.url for each in listing.sitemaps]) == ((), ["https://news.example/s1.xml.gz"])


@pytest.mark.parametrize(
    "content",
    [
        f"<urlset {NS}><url><loc>https://news.example/1</loc><lastmod>2026</lastmod></url></urlset>".encode(),
        gzip.compress(f"<urlset {NS}><url><loc> https://news.example/1 </loc></url></urlset>".encode()),
        b"https://news.example/1\r\nhttps://news.example/1\r\nnot an address\r\n",
        b"\xef\xbb\xbf" + f"<urlset {NS}><url><loc>https://news.example/1</loc></url></urlset>".encode(),
    ],
    ids=["xml", "gzip", "lines", "byte order mark"],
)
def test_sitemaps_come_in_several_forms(content: bytes) -> None:
    """XML, packed, or an address a line: each page once."""
    assert [each.url for each in read_listing(fetched(content), SITEMAP).pages] == ["https://news.example/1"]


# --- pages with links ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "taken"),
    [
        ("/2026/03/market-hit", True),
        ("/world/strike-hits-market-in-town", True),
        ("/news/1234567", True),
        ("https://www.news.example/news/1234567.html", True),
        ("https://other.example/2026/03/market-hit", False),
        ("/world", False),
        ("/tag/2026/03/market-hit", False),
        ("/2026/03/market-hit.jpg", False),
        ("/2026/03/", False),
        ("mailto:desk@news.example", False),
        ("/%D0%B0%D1%80%D0%BC%D1%96%D1%8F-%D0%BE%D0%B1%D1%81%D1%82%D1%80%D1%96%D0%BB%D1%8F%D0%BB%D0%B0-%D1%80%D0%B8%D0%BD%D0%BE%D0%BA-%D1%83-%D0%BC%D1%96%D1%81%D1%82%D1%96", True),
    ],
)  # fmt: skip
def test_links_of_the_site_that_look_like_reports_are_taken(href: str, *, taken: bool) -> None:
    """A day, a long number or a headline's words in the path of the same site; no lists, files or other sites."""
    page = f'<html><body><a href="{href}">Read</a></body></html>'
    assert bool(read_listing(fetched(page), PAGE).pages) is taken


def test_with_patterns_every_link_of_the_site_is_looked_at() -> None:
    """Where a person says what reports' addresses are like, the likeness isn't guessed."""
    page = '<html><base href="/a/"><body><a href="b">x</a><a href="https://other.example/b">y</a></body></html>'
    assert [each.url for each in read_listing(fetched(page), PAGE, every_link=True).pages] == [
        "https://news.example/a/b"
    ]


# --- traps -----------------------------------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><item><title>&b;</title><link>/1</link></item></channel></rss>"
OUTSIDE = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><link>/1</link><title>&x;</title></item></channel></rss>"
TRAPS = {
    "entities": LAUGHS,
    "entities in UTF-16": LAUGHS.encode("utf-16"),
    "files": OUTSIDE,
    "deep": "<rss>" + "<b>" * 1000,
    "a page": "<!doctype html><html><body>Sign in</body></html>",
    "JSON of another kind": '{"error": "no"}',
    "JSON nested deep": "[" * 200_000,
    "numbers": '{"items": ' + "9" * 10_000 + "}",
    "bomb": gzip.compress(b"<urlset>" + b" " * 60_000_000),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_told_and_not_stepped_into(trap: str) -> None:
    """Entities, bombs, what is nested without end or is no listing: one sentence, and nothing taken from it."""
    content = TRAPS[trap]
    with pytest.raises(BadInput) as told:
        read_listing(fetched(content), SITEMAP if trap == "bomb" else FEED)
    assert AT in str(told.value)


def test_a_listing_gives_no_more_than_the_protocol_allows() -> None:
    """Fifty thousand addresses are taken of one listing, however many it has."""
    lines = "".join(f"https://news.example/{n}\n" for n in range(50_010))
    assert len(read_listing(fetched(lines), SITEMAP).pages) == 50_000


PIECES = st.sampled_from(
    ["<rss>", "<item>", "<link>", "</link>", "/1", "<![CDATA[", "]]>", "<!--", "&#0;", "&amp;", "<feed xml:base='//['>", "<entry>", "<link href='http://[' rel=''/>",
     "<url>", "<loc>", "http://a.example/\ud800", "<a href='x'>", "<base href='//['>", "{", '"items":[', '{"url":', "\x00", "é", "</", "<?xml version='1.0' encoding='nope'?>"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=30), st.sampled_from(ListingKind))
def test_whatever_is_sent_is_read_or_told(pieces: list[str], kind: ListingKind) -> None:
    """Any bytes give addresses of the web or one of our own errors, and nothing else."""
    content = "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        listing = read_listing(fetched(content), kind)
    except HarmledgerError:
        return
    assert all(each.url.startswith(("http://", "https://")) for each in (*listing.pages, *listing.sitemaps))
