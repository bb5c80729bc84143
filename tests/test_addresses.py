"""Addresses of pages have one spelling, and what only tells where a reader came from is no part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.addresses import name_host, normalize_address
from harmledger.ids import watched_id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTPS://News.Example:443/A?b=1#c", "https://news.example/A?b=1"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y&at_medium=z", "https://news.example/a?id=7"),
        ("https://news.example/a?ref=home&page=2", "https://news.example/a?ref=home&page=2"),
        ("https://news.example/a b/é", "https://news.example/a%20b/%C3%A9"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("//news.example/a", None),
        ("ftp://news.example/a", None),
        ("https://me@news.example/", None),
        ("https://", None),
        ("https://news.example:99999/", None),
        ("https://[::1", None),
        ("https://" + "a" * 3000, None),
    ],
)
def test_addresses_are_spelt_one_way(written: str, meant: str | None) -> None:
    """Case of the host, usual ports, fragments and campaigns make no other address; all else does."""
    assert normalize_address(written) == meant


@pytest.mark.parametrize("other", ["http://news.example/a", "https://news.example/a/"])
def test_one_page_is_one_page(other: str) -> None:
    """With or without TLS, with or without its last slash, it is the same page."""
    assert watched_id("https://news.example/a") == watched_id(other)
    assert watched_id("https://news.example/b") != watched_id(other)


@given(st.text(max_size=80).map(lambda rest: "https://news.example/" + rest))
def test_an_address_in_its_one_spelling_stays(written: str) -> None:
    """Spelling it again changes nothing, and it is ASCII."""
    once = normalize_address(written)
    assert once is None or (normalize_address(once) == once and once.isascii())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.example/a", "news.example"),
        ("https://me:secret@news.example:81/a", "news.example:81"),
        ("mailto:x", "mailto:x"),
        ("http://[x", "http://[x"),
    ],
)
def test_an_addresss_host_is_told_without_what_signs_in_there(url: str, host: str) -> None:
    """What has no host is told whole."""
    assert name_host(url) == host
