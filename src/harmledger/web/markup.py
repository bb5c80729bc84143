"""What search engines read of a page, in schema.org's words: data in the page, never run. No ClaimReview: the project rates no truth.

Comes in: plain values that the page shows too, names struck. Goes out: a node for the macro `embed` of `markup.html`. What isn't known is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harmledger.config import Config

Node = dict[str, Any]


def dataset_node(config: Config) -> Node:
    """The record as a whole: for the home page and the page of data."""
    address = config.site_url.rstrip("/")
    return _node(
        "Dataset",
        name="Record of claims about civilian harm",
        description="Who says what about civilian harm in armed conflict: claims of reports, each with its quote, its source and its figures, side by side.",
        url=address and f"{address}/",
        license=config.site_licence,
        publisher=config.site_publisher and _part("Organization", name=config.site_publisher),
        distribution=[
            _part("DataDownload", encodingFormat=kind, contentUrl=f"{address}/data/{name}")
            for kind, name in (("text/csv", "incidents.csv"), ("application/geo+json", "incidents.geojson"))
        ],
    )


def incident_node(
    address: str,
    *,
    title: str,
    days: Mapping[str, str | None] | None,
    place: Mapping[str, Any] | None,
    reports: Sequence[str],
) -> Node:
    """One incident: when, where, and the addresses of the reports that tell of it. Figures stay on the page, beside who gives them."""
    return _node(
        "Event",
        name=title,
        url=address,
        startDate=days and days["earliest"],
        endDate=days and days["latest"],
        location=place and _place(place),
        subjectOf=[_part("Report", url=report) for report in reports],
    )  # fmt: skip


def report_node(address: str, document: Mapping[str, Any]) -> Node:
    """One report, as its outlet published it."""
    return _node(
        "Report",
        url=address,
        headline=document["title"],
        datePublished=document["published"],
        inLanguage=document["language"],
        author=document["author"] and _part("Person", name=document["author"]),
        publisher=document["publisher"] and _part("Organization", name=document["publisher"]),
    )


def _place(place: Mapping[str, Any]) -> Node:
    known = place["lat"] is not None and place["lon"] is not None
    return _part(
        "Place",
        name=place["name"] or place["exact"],
        address=place["country"] and _part("PostalAddress", addressCountry=place["country"]),
        geo=_part("GeoCoordinates", latitude=place["lat"], longitude=place["lon"]) if known else None,
    )


def _node(kind: str, **parts: Any) -> Node:
    return {"@context": "https://schema.org", **_part(kind, **parts)}


def _part(kind: str, **parts: Any) -> Node:
    return {"@type": kind, **{name: value for name, value in parts.items() if value not in (None, "", [])}}
