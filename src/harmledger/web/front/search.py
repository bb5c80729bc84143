"""Search: the reports that hold the words asked for, by the incidents that they tell of, each with the sentence that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.domain import ShownIncident
from harmledger.publish.redact import Withholding
from harmledger.publish.sentences import Shred, parse_phrases, show_sentence
from harmledger.publish.shorten import strike
from harmledger.store.front import get_shown, list_telling
from harmledger.store.index import find_reports
from harmledger.store.searched import Searched, get_searched
from harmledger.store.withheld import load_withholding
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
    withholding = load_withholding(visit.connection)
    sought = phrases if withholding.text(asked) == asked else []  # a withheld name finds nothing, wherever it stands
    found = find_reports(visit.connection, visit.viewer, sought, most=ON_A_PAGE + 1, skipped=(number - 1) * ON_A_PAGE)
    return page(
        visit,
        "front/search.html",
        asked=asked,
        state=state,
        phrases=phrases,
        groups=_group(visit, found[:ON_A_PAGE], phrases, withholding),
        number=number,
        earlier=f"/search?{urlencode({'q': asked, 'page': number - 1})}" if number > 1 else None,
        later=f"/search?{urlencode({'q': asked, 'page': number + 1})}" if len(found) > ON_A_PAGE else None,
    )


def _group(
    visit: Visit, documents: Sequence[str], phrases: list[tuple[str, ...]], withholding: Withholding
) -> list[Group]:
    """In the order of the likeliest report of each; a report of several incidents stands with the first."""
    telling = list_telling(visit.connection, documents)
    of = {document: incidents[0] for document, incidents in telling.items()}
    found = get_shown(visit.connection, list(of.values()))
    shown = {incident: strike(each, withholding) for incident, each in found.items()}
    hits = _hits(visit, documents, phrases, withholding)
    groups: dict[str, Group] = {}
    for document in documents:
        incident = of.get(document, "")
        group = groups.setdefault(incident, Group(shown.get(incident), []))
        group.hits.append(hits[document])
    return sorted(groups.values(), key=lambda group: group.incident is None)


def _hits(
    visit: Visit, documents: Sequence[str], phrases: list[tuple[str, ...]], withholding: Withholding
) -> dict[str, Hit]:
    hits: dict[str, Hit] = {}
    for report in get_searched(visit.connection, documents):
        clean = withholding.value(report)
        sentence = show_sentence(clean.text, phrases)
        hits[report.document_id] = Hit(
            replace(clean, document_id=report.document_id, text=""),
            sentence,
            any(shred.marked for shred in islice(sentence, 99)),
        )
    return hits
