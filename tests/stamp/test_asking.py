"""Authorities and calendars are asked within bounds: what the user set wherever it lies, what a calendar tells in the public internet alone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from fake_stampers import Stampers

from harmledger.errors import NotFound, SourceFailed
from harmledger.stamp.asking import MOST_BYTES, Asker, Limits, Question

QUICK = Limits(connect_seconds=1, whole_seconds=1)


@pytest.fixture
def them() -> Iterator[Stampers]:
    with Stampers() as them:
        them["/in"] = b"well"
        yield them


def ask(url: str, *trusted: str, content: bytes | None = None) -> bytes:
    return Asker(trusted=trusted, limits=QUICK).ask(Question(url=url, content=content, accept="x/y", kind="a/b"))


def test_what_is_posted_arrives(them: Stampers) -> None:
    """As it was given, at the address that was given."""
    assert ask(them.at("/in"), them.at("/elsewhere"), content=b"\0hash") == b"well"
    assert them.asked == [("POST", "/in", b"\0hash")]


def test_only_what_the_user_set_may_lie_within(them: Stampers) -> None:
    """This machine's own addresses are gone to where the user named that host and port, and nowhere else."""
    with pytest.raises(SourceFailed, match="isn't in the public internet"):
        ask(them.at("/in"))
    with pytest.raises(SourceFailed, match="isn't in the public internet"):
        ask(them.at("/in"), "http://127.0.0.1:1/")
    assert them.asked == []


def test_a_name_that_leads_within_is_not_followed(them: Stampers) -> None:
    """Whatever a calendar's address is called, where its name leads counts; each name is looked up once."""
    looked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        looked.append(host)
        return ["93.184.216.34", "127.0.0.1"]

    with pytest.raises(SourceFailed, match="isn't in the public internet"):
        Asker(resolve=resolve).ask(Question(url="http://calendar.example/digest", accept="x"))
    assert (looked, them.asked) == (["calendar.example"], [])


def test_nothing_there_is_told_apart(them: Stampers) -> None:
    """A calendar that knows nothing yet is no failure; an authority that isn't there is one."""
    with pytest.raises(NotFound):
        ask(them.at("/none"), them.at("/"))
    with pytest.raises(SourceFailed, match="status 404"):
        ask(them.at("/none"), them.at("/"), content=b"")


def test_no_redirect_is_followed(them: Stampers) -> None:
    """It leads where nobody set."""
    them["/on"] = (302, them.at("/in").encode())
    with pytest.raises(SourceFailed, match="status 302"):
        ask(them.at("/on"), them.at("/"))
    assert [path for _, path, _ in them.asked] == ["/on"]


def test_too_much_is_given_up(them: Stampers) -> None:
    """An answer of more bytes than any token has."""
    them["/huge"] = b"x" * (MOST_BYTES + 1)
    with pytest.raises(SourceFailed, match="too long"):
        ask(them.at("/huge"), them.at("/"))


def test_who_says_nothing_is_given_up() -> None:
    """A server that takes the question and is silent, one that hangs up, and one that isn't there."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(SourceFailed, match=r"in time|too long"):
            ask(url, url)
    with pytest.raises(SourceFailed, match="can't be reached"):
        ask(url, url)


@pytest.mark.parametrize("url", ["ftp://a.example", "http://user:pass@a.example/", "http://a b/", "", "http://0x7f.1/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """A setting or a calendar that says it is told so."""
    with pytest.raises(SourceFailed):
        ask(url)
