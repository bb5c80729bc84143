"""The Atom feed: incidents that are new or changed, decisions that changed the record, pages whose claims changed. Source: RFC 4287."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

from harmledger.domain import Correction, Decision, OtherClaim, PageChange
from harmledger.publish.redact import Withholding
from harmledger.store.news import NewsOfIncident, list_changing_decisions, list_news
from harmledger.store.page_changes import list_page_changes
from harmledger.store.versions import list_page
from harmledger.store.victims import list_victim_ids
from harmledger.store.withheld import load_withholding
from harmledger.web.api.questions import absolute
from harmledger.web.front.current import bring_current
from harmledger.web.respond import FOR_ONE
from harmledger.web.visit import Visit
from harmledger.web.words import UNNAMED

ATOM = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
ENTRIES = 50
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries last changed."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold."""
_DONE = {
    "correct": "corrected",
    "reject": "rejected",
    "merge": "put into one incident with another",
    "split": "put into another incident",
    "enter": "written down by a person",
    "undo": "given back an earlier standing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of the feed."""

    id: str
    title: str
    updated: datetime
    path: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself."""

    path: str
    urn: str
    """Its name where the site wasn't told how it is reached."""
    title: str
    page: str
    """Where the same is read."""


RECORD = FeedHead(
    path="/feed.atom",
    urn="urn:harmledger:feed",
    title="harmledger: incidents, decisions, reports that changed",
    page="/",
)


def show_feed(visit: Visit) -> Response:
    """The feed."""
    bring_current(visit)
    entries = [_of_incident(news) for news in list_news(visit.connection, visit.viewer, most=ENTRIES)]
    decided = list_changing_decisions(visit.connection, visit.viewer, most=ENTRIES)
    victims = list_victim_ids(visit.connection, [each.subject for each in decided])
    entries += [_of_decision(each) for each in decided if each.subject not in victims]
    entries += _of_changes(visit)
    entries.sort(key=lambda entry: (entry.updated, entry.id), reverse=True)
    return answer_feed(visit, entries[:ENTRIES], RECORD)


def answer_feed(visit: Visit, entries: Sequence[FeedEntry], head: FeedHead) -> Response:
    """A feed of these entries; what is made for one person is kept nowhere."""
    told = {"cache-control": FOR_ONE} if visit.seed is not None else None
    return Response(_render_feed(visit, entries, head), media_type=ATOM, headers=told)


def _render_feed(visit: Visit, entries: Sequence[FeedEntry], head: FeedHead) -> bytes:
    """The feed as XML; others' words are text in it, whatever they hold."""
    feed = Element("feed", xmlns=NAMESPACE)
    _add(feed, "id", absolute(visit, head.path) if visit.site.config.site_url else head.urn)
    _add(feed, "title", head.title)
    _add(feed, "updated", _moment(entries[0].updated if entries else BEGINNING))
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=absolute(visit, head.path))
    SubElement(feed, "link", rel="alternate", type="text/html", href=absolute(visit, head.page))
    SubElement(SubElement(feed, "author"), "name").text = "harmledger"
    withholding = load_withholding(visit.connection)
    for entry in entries:
        _add_entry(feed, visit, entry, withholding)
    return tostring(feed, encoding="utf-8", xml_declaration=True)


def _add_entry(feed: Element, visit: Visit, entry: FeedEntry, withholding: Withholding) -> None:
    node = SubElement(feed, "entry")
    _add(node, "id", entry.id)
    _add(node, "title", withholding.text(entry.title))
    _add(node, "updated", _moment(entry.updated))
    SubElement(node, "link", rel="alternate", type="text/html", href=absolute(visit, entry.path))
    _add(node, "summary", withholding.text(entry.summary))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _of_incident(news: NewsOfIncident) -> FeedEntry:
    days = " – ".join(dict.fromkeys(day.isoformat() for day in (news.earliest, news.latest) if day))
    counted = f"{news.claims} claim{'s' * (news.claims != 1)} in {news.reports} report{'s' * (news.reports != 1)}"
    summary = f"{days or 'Day not known'}, {news.country or 'place not known'}: {counted}. {'New' if news.is_new else 'Changed'}."
    return FeedEntry(
        id=f"urn:harmledger:incident:{news.incident_id}",
        title=news.title or UNNAMED,
        updated=news.changed,
        path=f"/incidents/{news.incident_id}",
        summary=summary,
    )


def _of_changes(visit: Visit) -> list[FeedEntry]:
    """Pages that were found to say something else of those harmed; whether one was put back is told by the versions that the viewer may see."""
    changes = list_page_changes(visit.connection, visit.viewer, most=ENTRIES)
    pages = {page: list_page(visit.connection, visit.viewer, page) for page in {change.page_id for change in changes}}
    back = {(v.page_id, v.since): v.back_to for versions in pages.values() for v in versions}
    return [_of_change(change, back.get((change.page_id, change.since))) for change in changes]


def _of_change(change: PageChange, back_to: datetime | None) -> FeedEntry:
    first, *others = change.claims
    several = f" and {len(others)} more" if others else ""
    how, told = "changed", ""
    if back_to:
        how, told = "put back", f" It says again what it had said {back_to.astimezone(UTC):%Y-%m-%d %H:%M UTC}."
    return FeedEntry(
        id=f"urn:harmledger:page-change:{change.page_id}:{change.since.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}",
        title=f"A report was {how}: {first.rstrip('.')}{several}",
        updated=change.since,
        path=f"/reports/{change.newer}/changes/{change.older}",
        summary=f"{' '.join(change.claims)} Found {how} when the page was fetched again.{told}",
    )


def _of_decision(decision: Decision) -> FeedEntry:
    match decision.value:
        case Correction(field=field, value=value):
            what = f" {field} is {'not stated' if value is None else value}."
        case OtherClaim(claim_id=other):
            what = f" The other claim is {other[:10]}."
        case None:
            what = ""
    return FeedEntry(
        id=f"urn:harmledger:decision:{decision.decision_id}",
        title=f"Claim {decision.subject[:10]} was {_DONE[decision.verdict.value]}",
        updated=decision.when,
        path=f"/claims/{decision.subject}",
        summary=f"{decision.reason}{'' if decision.reason.endswith('.') else '.'}{what}",
    )
