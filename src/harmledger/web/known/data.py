"""The page from which the record is taken away: tables, releases, the API, by what licence, and how to cite it."""

from __future__ import annotations

from starlette.responses import Response

from harmledger.domain import Rule
from harmledger.web.known.downloads import DOWNLOADS
from harmledger.web.known.releases import list_releases
from harmledger.web.markup import dataset_node
from harmledger.web.respond import page
from harmledger.web.visit import Visit
from harmledger.web.words import RULE_WORDS


def show_data(visit: Visit) -> Response:
    """The page."""
    config = visit.site.config
    return page(
        visit,
        "known/data.html",
        downloads=DOWNLOADS.values(),
        rules=[(rule.value, RULE_WORDS[rule.value]) for rule in Rule],
        releases=list_releases(config.site_releases),
        publisher=config.site_publisher,
        licence=config.site_licence,
        address=config.site_url.rstrip("/"),
        node=dataset_node(config),
    )
