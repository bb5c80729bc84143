"""The Atom feed, as a reader of feeds reads it."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from sites import Served
from starlette.testclient import TestClient
from worlds import HOSTILE

from harmledger.web.api.feed import NAMESPACE

pytestmark = pytest.mark.either_database


def test_readers_of_feeds_read_it(program: TestClient) -> None:
    """It is well formed, has all that Atom asks for, and names incidents and decisions by whole addresses, the latest first."""
    answer = program.get("/feed.atom")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert (feed.version, answer.headers["content-type"]) == ("atom10", "application/atom+xml; charset=utf-8")
    assert feed.feed.id
    assert feed.feed.author == "harmledger"
    assert all(entry.id and entry.title and entry.updated_parsed and entry.summary for entry in feed.entries)
    assert all(entry.link.startswith("http://record.example.org/") for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    updated = [entry.updated for entry in feed.entries]
    assert updated == sorted(updated, reverse=True)
    assert {entry.link.split("/")[3] for entry in feed.entries} == {"incidents", "claims"}


def test_titles_are_text_whatever_they_hold(program: TestClient) -> None:
    """A report's title that holds tags and what XML can't hold stays a title."""
    titles = {entry.text for entry in fromstring(program.get("/feed.atom").content).iter(f"{{{NAMESPACE}}}title")}  # noqa: S314  made by the site under test
    assert HOSTILE in titles or "Raid on market" in titles
    assert "<script>alert" not in program.get("/feed.atom").text


def test_what_xml_cant_hold_is_replaced(world: Served) -> None:
    """Control characters in a title break no feed."""
    world.write("UPDATE readings SET title = :title", title="a\x01\ufffeb")
    assert not feedparser.parse(world.browser().get("/feed.atom").content).bozo


def test_an_empty_record_has_a_feed(world: Served) -> None:
    """Without incidents and decisions it is valid, and empty."""
    world.write("DELETE FROM incident_claims", "DELETE FROM decisions")
    feed = feedparser.parse(world.browser().get("/feed.atom").content)
    assert (feed.bozo, feed.entries) == (False, [])
