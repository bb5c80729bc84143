"""The Atom feed, as a reader of feeds reads it."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from sites import Served
from starlette.testclient import TestClient
from worlds import HOSTILE

from harmledger.domain import Role
from harmledger.store.schema import CLAIMS
from harmledger.web.api.feed import NAMESPACE
from harmledger.web.words import UNNAMED

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


def name_every_place(world: Served, name: str) -> None:
    """As if reports had called it so: titles of incidents hold no other words of theirs."""

    def change(record: dict[str, Any]) -> None:
        if record["place"]:
            record["place"]["name"] = name

    world.change_records(CLAIMS, change)


def test_titles_are_text_whatever_they_hold(world: Served) -> None:
    """A place's name that holds tags stays part of a title."""
    name_every_place(world, HOSTILE)
    program = world.browser()
    titles = {entry.text for entry in fromstring(program.get("/feed.atom").content).iter(f"{{{NAMESPACE}}}title")}  # noqa: S314  made by the site under test
    assert [title for title in titles if title and f" in {HOSTILE}, " in title]
    assert "<script>alert" not in program.get("/feed.atom").text


def test_what_xml_cant_hold_is_replaced(world: Served) -> None:
    """Control characters in a title break no feed."""
    name_every_place(world, "a\x01\ufffeb")
    feed = feedparser.parse(world.browser().get("/feed.atom").content)
    assert not feed.bozo
    assert [entry for entry in feed.entries if "a\ufffd\ufffdb" in entry.title]


def test_what_is_not_public_has_no_title(world: Served) -> None:
    """A lead reads of incidents that only closed reports tell of, by a name that says nothing; others read of none."""
    for (document,) in world.ask("SELECT DISTINCT document_id FROM claims"):
        world.close(document)
    lead = feedparser.parse(world.signed_in("Dee", Role.LEAD).get("/feed.atom").content)
    of = [entry.title for entry in lead.entries if "/incidents/" in entry.link]
    assert of
    assert set(of) == {UNNAMED}
    public = feedparser.parse(world.browser().get("/feed.atom").content)
    assert not [entry for entry in public.entries if "/incidents/" in entry.link]


def test_an_empty_record_has_a_feed(world: Served) -> None:
    """Without incidents and decisions it is valid, and empty."""
    world.write("DELETE FROM incident_claims", "DELETE FROM decisions")
    feed = feedparser.parse(world.browser().get("/feed.atom").content)
    assert (feed.bozo, feed.entries) == (False, [])
