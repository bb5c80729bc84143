"""Addresses of further reports are read strictly."""

from __future__ import annotations

import pytest

from harmledger.errors import BadInput
from harmledger.reply.addresses import MOST_CHARS, parse_address


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example.com/a/b?c=d#e",
        "http://news.example.com",
        "HTTPS://News.Example.com:8443/a",
        "https://اخبار.example.com/خبر",
        "https://xn--e1afmkfd.com/",
        "https://93.184.216.34/a",
        "https://[2606:2800:220:1::1]/a",
        "https://web.archive.org/web/2016/https://news.example.com/a",
    ],
)
def test_an_address_of_the_web_is_taken_as_it_is(url: str) -> None:
    """Blanks around it are all that is left out."""
    assert parse_address(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example.com", "//news.example.com", "ftp://news.example.com", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "https://", "https:///a", "https://user@news.example.com", "https://user:word@news.example.com", "https://news.example.com\\@evil.com",
        "https://localhost/", "https://printer", "https://nas.local/", "https://db.internal", "https://a.corp/", "https://router.lan",
        "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://10.0.0.8/",
        "https://192.168.1.1", "https://169.254.169.254/latest", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/", "https://0.0.0.0/",
        "https://224.0.0.1/", "https://１２７.0.0.1/", "https://localhost./", "https://a..com/", "https://-a.com/", "https://a.com:99999/", "https://a.com:0/",
        "https://a.com/ b", "https://a.com/\u202egpj", "https://a.com/\x00", "https://a.com/<script>", 'https://a.com/"', "https://a.com/\ud800",
        "https://" + "a" * 64 + ".com/", "https://a.com/" + "a" * MOST_CHARS,
    ],
)  # fmt: skip
def test_what_others_shouldnt_open_is_refused(url: str) -> None:
    """Neither another scheme, nor a machine of one's own network however it is written, nor what hides where it leads."""
    with pytest.raises(BadInput, match=r"^the address: .+\.$"):
        parse_address(url)
