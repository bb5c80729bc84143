"""Search: the reports that hold the words asked for, by the incidents that they tell of, each with the sentence that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import ShownIncident
from harmledger.publish.sentences import Shred, parse_phrases, show_sentence
from harmledger.store.front import get_shown, list_telling
from harmledger.store.index import find_reports
from harmledger.store.searched import Searched, get_searched
from harmledger.store.unreleased import read_withheld
from harmledger.text.finding import fold_phrase
from harmledger.web.front.current import bring_current
from harmledger.web.home import parse_page_number
from harmledger.web.respond import page
from harmledger.web.visit import Visit

MOST_CHARS = 200
MOST_PHRASES = 12
ON_A_PAGE = 20
MOST_PAGES = 25


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, and the sentence by which."""

    report: Searched
    sentence: list[Shred]
    marked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """An incident with the reports of it that were found; None: those that tell of none that is public."""

    incident: ShownIncident | None
    hits: list[Hit]


def search(visit: Visit) -> Response:
    """What was found; without words, how to search."""
    asked = " ".join(visit.request.query_params.get("q", "").split())
    if len(asked) > MOST_CHARS:
        raise HTTPException(400, f"Search for less: {MOST_CHARS} letters at the most.")
    number = parse_page_number(visit)
    if number > MOST_PAGES:
        raise HTTPException(400, "Search for more words: the list ends before this page.")
    phrases = [folded for part in parse_phrases(asked, most=MOST_PHRASES) if (folded := fold_phrase(part))]
    state = bring_current(visit)
    found = find_reports(visit.connection, visit.viewer, phrases, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    return page(
        visit,
        "front/search.html",
        asked=asked,
        state=state,
        phrases=phrases,
        groups=_group(visit, found[:ON_A_PAGE], phrases),
        number=number,
        earlier=f"/search?{urlencode({'q': asked, 'page': number - 1})}" if number > 1 else None,
        later=f"/search?{urlencode({'q': asked, 'page': number + 1})}" if len(found) > ON_A_PAGE else None,
    )


def _group(visit: Visit, documents: Sequence[str], phrases: list[tuple[str, ...]]) -> list[Group]:
    """In the order of the likeliest report of each; a report of several incidents stands with the first."""
    telling = list_telling(visit.connection, documents)
    of = {document: incidents[0] for document, incidents in telling.items()}
    shown = get_shown(visit.connection, list(of.values()))
    hits = _hits(visit, documents, phrases)
    groups: dict[str, Group] = {}
    for document in documents:
        incident = of.get(document, "")
        group = groups.setdefault(incident, Group(shown.get(incident), []))
        group.hits.append(hits[document])
    return sorted(groups.values(), key=lambda group: group.incident is None)


def _hits(visit: Visit, documents: Sequence[str], phrases: list[tuple[str, ...]]) -> dict[str, Hit]:
    withheld = read_withheld(visit.connection)
    hits: dict[str, Hit] = {}
    for report in get_searched(visit.connection, documents):
        blotted = withheld.blot(report.document_id, report.text)
        sentence = show_sentence(blotted, phrases)
        title = report.title and withheld.blot(report.document_id, report.title)
        clean = Searched(
            document_id=report.document_id, title=title, publisher=report.publisher, published=report.published, text=""
        )
        hits[report.document_id] = Hit(clean, sentence, any(shred.marked for shred in islice(sentence, 99)))
    return hits
