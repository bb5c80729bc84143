"""Nothing within a network is reached by fetching a page, however its address is written and however it is led to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hostile_web import NET, HostileWeb, page, redirect

from harmledger.domain import Asked, Fetched, FetchOutcome, NotFetched
from harmledger.reach import Guard, parse_networks

FORBIDDEN, NO_HOST = FetchOutcome.FORBIDDEN_ADDRESS, FetchOutcome.NO_HOST
PUBLIC = f"{NET}77"

WRITTEN = {
    "loopback": "http://127.0.0.1/",
    "loopback, the rest of it": "http://127.8.9.1/",
    "this machine": "http://0.0.0.0/",
    "this network": "http://0.1.2.3/",
    "private, large": "http://10.1.2.3/",
    "private, middle": "http://172.16.0.1/",
    "private, middle's end": "http://172.31.255.254/",
    "private, small": "http://192.168.1.1/",
    "behind a provider's translation": "http://100.64.0.1/",
    "link-local": "http://169.254.1.1/",
    "metadata of most clouds": "http://169.254.169.254/latest/meta-data/",
    "metadata of containers": "http://169.254.170.2/v2/credentials/",
    "metadata, Alibaba": "http://100.100.100.200/latest/meta-data/",
    "metadata, Azure": "http://168.63.129.16/machine?comp=goalstate",
    "metadata, Oracle": "http://192.0.0.192/opc/v1/",
    "metadata, Amazon over IPv6": "http://[fd00:ec2::254]/latest/meta-data/",
    "protocols' own": "http://192.0.0.8/",
    "documentation 1": "http://192.0.2.1/",
    "documentation 2": "http://198.51.100.7/",
    "documentation 3": "http://203.0.113.7/",
    "benchmarks": "http://198.18.0.1/",
    "relays of 6to4": "http://192.88.99.1/",
    "many at once": "http://224.0.0.1/",
    "reserved": "http://240.0.0.1/",
    "everybody here": "http://255.255.255.255/",
    "IPv6 loopback": "http://[::1]/",
    "IPv6 loopback at length": "http://[0:0:0:0:0:0:0:1]/",
    "IPv6 nowhere": "http://[::]/",
    "IPv6 link-local": "http://[fe80::1]/",
    "IPv6 link-local with its interface": "http://[fe80::1%25eth0]/",
    "IPv6 link-local with its interface, bare": "http://[fe80::1%eth0]/",
    "IPv6 private": "http://[fc00::1]/",
    "IPv6 private, local": "http://[fd12:3456:789a::1]/",
    "IPv6 site-local": "http://[fec0::1]/",
    "IPv6 many at once": "http://[ff02::1]/",
    "IPv6 documentation": "http://[2001:db8::1]/",
    "IPv6 documentation, new": "http://[3fff::1]/",
    "IPv6 discarded": "http://[100::1]/",
    "IPv4 mapped": "http://[::ffff:127.0.0.1]/",
    "IPv4 mapped, in hexadecimal": "http://[::ffff:7f00:1]/",
    "IPv4 mapped, private": "http://[::ffff:10.0.0.1]/",
    "IPv4 compatible": "http://[::127.0.0.1]/",
    "IPv4 translated": "http://[::ffff:0:127.0.0.1]/",
    "NAT64": "http://[64:ff9b::127.0.0.1]/",
    "NAT64, local": "http://[64:ff9b:1::10.0.0.1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "6to4, metadata": "http://[2002:a9fe:a9fe::1]/",
    "Teredo": "http://[2001:0:53aa:64c:0:fbff:80ff:fffe]/",
    "ORCHID": "http://[2001:20::1]/",
    "ISATAP": "http://[2606:2800:220:1:0:5efe:a00:1]/",
    "segment routing": "http://[5f00::1]/",
    "decimal": "http://2130706433/",
    "hexadecimal": "http://0x7f000001/",
    "hexadecimal, by parts": "http://0x7f.0x0.0x0.0x1/",
    "octal": "http://0177.0.0.1/",
    "octal, whole": "http://017700000001/",
    "short": "http://127.1/",
    "shorter": "http://127.0.1/",
    "zero": "http://0/",
    "too long": "http://127.0.0.1.1/",
    "zeros before": "http://127.000.000.001/",
    "metadata as a number": "http://2852039166/",
    "a dot behind": "http://127.0.0.1./",
    "this machine's name": "http://localhost/",
    "this machine's name in capitals": "http://LOCALHOST/",
    "this machine's name, a dot behind": "http://localhost./",
    "a name below it": "http://x.localhost/",
    "its long name": "http://localhost.localdomain/",
    "Google's metadata": "http://metadata.google.internal/computeMetadata/v1/",
    "a name without a dot": "http://metadata/",
    "a name of the house": "http://printer.local/",
    "a router": "http://router.lan/",
    "a router by its standard": "http://router.home.arpa/",
    "circled digits": "http://①②⑦.⓪.⓪.①/",
    "wide digits": "http://１２７.0.0.1/",
    "ideographic stops": "http://127。0。0。1/",
    "circled letters": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "a soft hyphen": "http://local\u00adhost/",
    "a space that isn't seen": "http://127.0.0\u200b.1/",
    "a percent sign in the host": "http://127%2e0%2e0%2e1/",
    "a percent sign for a letter": "http://%6cocalhost/",
    "a name to sign in with": "http://news.example@127.0.0.1/",
    "a public name behind one": "http://127.0.0.1@news.example/",
    "an empty one": "http://@127.0.0.1/",
    "two of them": "http://a@b@127.0.0.1/",
    "a backslash": "http://news.example\\@127.0.0.1/",
    "backslashes for slashes": "http:\\\\127.0.0.1/",
    "a fragment before the host's end": "http://127.0.0.1#@news.example/",
    "a question before the host's end": "http://127.0.0.1?@news.example/",
    "line ends": "http://news.example/\r\nHost: 127.0.0.1",
    "a tab": "http://news.exa\tmple/",
    "a space before": " http://127.0.0.1/",
    "three slashes": "http:///127.0.0.1/",
    "no slashes": "http:127.0.0.1/",
    "no host": "http:///",
    "a port of mail": "http://news.example:25/",
    "a port of Redis": "http://news.example:6379/",
    "a port of others": "https://news.example:8443/",
    "port 0": "http://news.example:0/",
    "a port that is none": "http://news.example:99999/",
    "a file": "file:///etc/passwd",
    "a file of a host": "file://127.0.0.1/etc/passwd",
    "gopher": "gopher://127.0.0.1:6379/_INFO",
    "FTP": "ftp://127.0.0.1/",
    "a dictionary": "dict://127.0.0.1:11211/stat",
    "data": "data:text/html,hello",
    "script": "javascript:alert(1)",
    "a directory": "ldap://127.0.0.1/",
    "a jar": "jar:http://127.0.0.1!/",
    "no scheme": "//127.0.0.1/",
    "an empty address": "",
    "a label that is too long": f"http://{'a' * 64}.example/",
    "an address that is too long": f"http://news.example/{'a' * 5000}",
}  # fmt: skip
"""Addresses that lead nowhere, or not where they seem to; some would be harmless, and are refused since programs read them differently."""

NAMED: dict[str, Sequence[str]] = {
    "a name of this machine": ["127.0.0.1"],
    "a name of a private address": ["10.0.0.1"],
    "a name of metadata": ["169.254.169.254"],
    "a name of nothing": ["0.0.0.0"],  # noqa: S104  looked at, not bound to
    "a name of IPv6 loopback": ["::1"],
    "a name of link-local with its interface": ["fe80::1%eth0"],
    "a name of a private IPv6 address": ["fd00::1"],
    "a name of mapped loopback": ["::ffff:127.0.0.1"],
    "a name of NAT64": ["64:ff9b::a9fe:a9fe"],
    "a public address first, a private one behind": [PUBLIC, "10.0.0.1"],
    "a private address first, a public one behind": ["10.0.0.1", PUBLIC],
    "a public IPv4 address and a private IPv6 address": [PUBLIC, "fe80::1"],
    "what a name of a name leads to": ["192.168.0.10"],
    "no address at all": ["not an address"],
}
"""Names that are written well and lead inside; what a CNAME leads to comes as its addresses."""


@pytest.fixture(scope="module")
def served() -> Iterator[HostileWeb]:
    with HostileWeb() as opened:
        yield opened


@pytest.fixture
def web(served: HostileWeb) -> HostileWeb:
    served.clear()
    served["https://news.example/"] = page()
    served["http://news.example/"] = page()
    return served


def refused(web: HostileWeb, url: str) -> NotFetched:
    result = web.fetcher().fetch(Asked(url=url))
    assert isinstance(result, NotFetched), url
    assert web.escaped == []
    return result


def test_there_are_many_tricks() -> None:
    """The table below is no token."""
    assert len(WRITTEN) + len(NAMED) >= 100


@pytest.mark.parametrize("url", WRITTEN.values(), ids=WRITTEN)
def test_no_written_address_leads_inside(web: HostileWeb, url: str) -> None:
    """It is refused before anything is asked; not even the name is looked up."""
    result = refused(web, url)
    assert result.outcome is FORBIDDEN
    assert web.hits == []
    assert result.message.count("\n") <= url.count("\n")


@pytest.mark.parametrize("url", WRITTEN.values(), ids=WRITTEN)
def test_no_redirect_leads_inside(web: HostileWeb, url: str) -> None:
    """A public page that redirects there is asked, and no other host is."""
    web["https://news.example/r"] = redirect(url.encode().decode("latin-1"))
    result = web.fetcher().fetch(Asked(url="https://news.example/r"))
    assert web.escaped == []
    assert web.hits[0].url == "https://news.example/r"
    assert all(hit.url.startswith(("https://news.example/", "http://news.example/")) for hit in web.hits)
    assert isinstance(result, NotFetched) or result.url == "http://news.example/"  # a line end ended the head before


@pytest.mark.parametrize("addresses", NAMED.values(), ids=NAMED)
def test_no_name_leads_inside(web: HostileWeb, addresses: Sequence[str]) -> None:
    """One address that isn't public is enough; nothing is connected to, not even the public one."""
    web.names["inside.example"] = addresses
    assert refused(web, "https://inside.example/").outcome is FORBIDDEN
    assert web.hits == []


@pytest.mark.parametrize("addresses", NAMED.values(), ids=NAMED)
def test_no_redirect_by_name_leads_inside(web: HostileWeb, addresses: Sequence[str]) -> None:
    """Each hop's name is looked at like the first one's."""
    web.names["inside.example"] = addresses
    web["https://news.example/r"] = redirect("http://inside.example/")
    assert refused(web, "https://news.example/r").outcome is FORBIDDEN
    assert [hit.url for hit in web.hits] == ["https://news.example/r"]


def in_turn(*answers: Sequence[str]) -> Callable[[], Sequence[str]]:
    turns = iter(answers)
    return lambda: next(turns)


def test_a_name_is_looked_up_once(web: HostileWeb) -> None:
    """A name that is public when it is looked at and private afterwards (rebinding) is connected to where it was looked at."""
    web["https://rebinding.example/"] = page("<p>hello</p>")
    web.names["rebinding.example"] = in_turn([PUBLIC], ["127.0.0.1"], ["127.0.0.1"])
    result = web.fetcher().fetch(Asked(url="https://rebinding.example/"))
    assert isinstance(result, Fetched)
    assert [exchange.address for exchange in result.exchanges] == [PUBLIC]
    assert web.escaped == []


def test_a_name_is_looked_at_anew_on_every_hop(web: HostileWeb) -> None:
    """One that has become private by the time that it redirects to itself is asked no more."""
    web["https://rebinding.example/a"] = redirect("/b")
    web["https://rebinding.example/b"] = page()
    web.names["rebinding.example"] = in_turn([PUBLIC], ["127.0.0.1"])
    assert refused(web, "https://rebinding.example/a").outcome is FORBIDDEN
    assert [hit.url for hit in web.hits] == ["https://rebinding.example/a"]


def test_a_name_that_nobody_knows_is_told(web: HostileWeb) -> None:
    """That is no refusal."""
    assert refused(web, "https://nobody.example/").outcome is NO_HOST


# --- private networks that may be reached ---------------------------------------------------------------------------


def within(web: HostileWeb, networks: str) -> Guard:
    return Guard(resolve=web.resolve, private=parse_networks(networks, "a test"))


def test_a_private_network_is_reached_where_that_is_set(web: HostileWeb) -> None:
    """By name and at any port, and no other network is."""
    guard = within(web, "10.0.0.0/8, fd00::/8")
    web.names["wiki.corp"] = ["10.1.2.3"]
    for url, inside in {"http://10.1.2.3:8000/": True, "http://wiki.corp/": True, "http://[fd00::1]/": True, "http://192.168.0.1/": False,
                        "http://127.0.0.1/": False, "http://169.254.169.254/": False, f"http://{PUBLIC}:8000/": False}.items():  # fmt: skip
        result = web.fetcher(guard=guard).fetch(Asked(url=url))
        assert isinstance(result, NotFetched)
        assert (result.outcome is FetchOutcome.NO_CONNECTION) is inside, url
    assert [host for host, _ in web.escaped] == ["10.1.2.3", "10.1.2.3", "fd00::1"]


def test_no_public_page_leads_into_a_private_network_that_may_be_reached(web: HostileWeb) -> None:
    """Who sets up reading an intranet doesn't thereby let the web reach it, by a redirect or a second one."""
    web["https://news.example/r"] = redirect("https://news.example/s")
    web["https://news.example/s"] = redirect("http://10.1.2.3/")
    result = web.fetcher(guard=within(web, "10.0.0.0/8")).fetch(Asked(url="https://news.example/r"))
    assert isinstance(result, NotFetched)
    assert result.outcome is FORBIDDEN
    assert web.escaped == []
