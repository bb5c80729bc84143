"""Incidents and their claims as JSON-LD: where each claim comes from, who says it, what read it, what replaced it, and its quote.

Source: W3C PROV-O (a subset), W3C Web Annotation Data Model. The context stands in the file: nothing is looked up to read it. No ClaimReview:
the project rates no truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from harmledger.domain import By, ClaimedFigure, ExportedDocument, ExportedIncident, Quoted, RollUp, Superseded
from harmledger.publish.wording import render_json

ABOUT = (
    "Linked data: incidents, their figures by rule, claims with PROV-O (wasQuotedFrom, wasAttributedTo, wasGeneratedBy, wasRevisionOf, "
    "wasInvalidatedBy, generatedAtTime, which is a day here) and each quote as a W3C annotation with text quote and position selectors. Ids are URNs. Lost are "
    "who blames whom beside the claims themselves, reasons and people's log."
)
Node = dict[str, Any]
OWN = "urn:harmledger:term:"
CONTEXT: Node = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "@vocab": OWN,
    "earliest": {"@type": "xsd:date"},
    "latest": {"@type": "xsd:date"},
    "dcterms:issued": {"@type": "xsd:date"},
    "prov:generatedAtTime": {"@type": "xsd:date"},
    "claims": {"@type": "@id"},
    "stands_on": {"@type": "@id"},
    "was": {"@type": "@id"},
    **{
        f"prov:{name}": {"@type": "@id"}
        for name in ("wasQuotedFrom", "wasAttributedTo", "wasGeneratedBy", "wasRevisionOf", "wasInvalidatedBy")
    },
    "oa:hasSource": {"@type": "@id"},
    "oa:hasBody": {"@type": "@id"},
}


def render_jsonld(incidents: Iterable[ExportedIncident]) -> Iterator[str]:
    """The graph, node by node; one that several incidents share stands with the first."""
    yield f'{{"@context": {render_json(CONTEXT)},\n"@graph": [\n'
    seen: set[str] = set()
    for incident in incidents:
        for node in _nodes(incident):
            if node["@id"] not in seen:
                yield (",\n" if seen else "") + render_json(_stated(node))
                seen.add(node["@id"])
    yield "\n]}\n"


def _nodes(incident: ExportedIncident) -> Iterator[Node]:
    yield _incident(incident)
    yield from map(_document, incident.documents)
    yield from map(_activity, incident.read_by)
    quotes = {quoted.claim_id: quoted for quoted in incident.quotes}
    for figure in incident.figures:
        quoted = quotes.get(figure.claim_id)
        replaced = [f.claim_id for f in incident.figures if f.superseded_by == figure.claim_id]
        yield {"@id": _agent(figure), "@type": "prov:Agent", "dcterms:title": figure.claimant.name}
        yield {**_claim(figure, quoted), "prov:wasRevisionOf": [_urn("claim", claim) for claim in replaced]}
        if figure.superseded is Superseded.RETRACTED:
            yield {"@id": _urn("retraction", figure.claim_id), "@type": "prov:Activity", "dcterms:title": "retraction"}
        if quoted and quoted.exact:
            yield _annotation(figure, quoted)


def _incident(incident: ExportedIncident) -> Node:
    place = incident.place
    return {
        "@id": _urn("incident", incident.incident_id),
        "@type": "Incident",
        "was": [_urn("incident", old) for old in incident.old_ids],
        "earliest": incident.earliest and incident.earliest.isoformat(),
        "latest": incident.latest and incident.latest.isoformat(),
        "place": place and (place.name or place.words),
        "country": place and place.country,
        "geo:lat": place and place.lat,
        "geo:long": place and place.lon,
        "precision_m": place and place.radius_m,
        "means": [means.value for means in incident.means],
        "proposed_grade": incident.grade.grade and incident.grade.grade.value,
        "proposed_because": incident.grade.reason,
        "claims": [_urn("claim", quoted.claim_id) for quoted in incident.quotes],
        "totals": [_total(total) for total in incident.totals],
    }


def _total(total: RollUp) -> Node:
    return _stated(
        {
            "rule": total.rule.value,
            "harm": total.harm.value,
            "kind": total.kind and total.kind.value,
            "group": total.group and total.group.value,
            "low": total.low,
            "best": total.best,
            "high": total.high,
            "told": total.told,
            "stands_on": [_urn("claim", claim) for claim in total.used],
        }
    )


def _document(document: ExportedDocument) -> Node:
    return {
        "@id": _urn("document", document.document_id),
        "@type": "prov:Entity",
        "dcterms:title": document.title,
        "dcterms:publisher": document.outlet,
        "dcterms:issued": document.published and document.published.isoformat(),
        "dcterms:language": document.language,
        "prov:wasQuotedFrom": _urn("document", document.copy_of),
    }


def _activity(by: By) -> Node:
    title = " ".join((by.engine, by.version, *by.models))
    return {"@id": _reading(by), "@type": "prov:Activity", "dcterms:title": title}


def _claim(figure: ClaimedFigure, quoted: Quoted | None) -> Node:
    retracted = figure.superseded is Superseded.RETRACTED
    return {
        "@id": _urn("claim", figure.claim_id),
        "@type": ["Claim", "prov:Entity"],
        "harm": figure.harm.value,
        "low": figure.low,
        "high": figure.high,
        "hedge": figure.hedge and figure.hedge.value,
        "kind": figure.kind.value,
        "group": figure.group and figure.group.value,
        "scope": figure.scope.value,
        "polarity": figure.polarity.value,
        "blamed": figure.actor,
        "decided": figure.standing and figure.standing.value,
        "prov:wasQuotedFrom": _urn("document", figure.document_id),
        "prov:wasAttributedTo": _agent(figure),
        "prov:wasGeneratedBy": _reading(quoted.by) if quoted and quoted.by else None,
        "prov:wasInvalidatedBy": _urn("retraction", figure.claim_id) if retracted else None,
        "prov:generatedAtTime": figure.said and figure.said.isoformat(),
    }


def _annotation(figure: ClaimedFigure, quoted: Quoted) -> Node:
    quote = {"@type": "oa:TextQuoteSelector", "oa:exact": quoted.exact, "oa:prefix": quoted.prefix}
    selectors: list[Node] = [_stated({**quote, "oa:suffix": quoted.suffix})]
    if quoted.start is not None:
        selectors.append({"@type": "oa:TextPositionSelector", "oa:start": quoted.start, "oa:end": quoted.end})
    return {
        "@id": _urn("quote", figure.claim_id),
        "@type": "oa:Annotation",
        "oa:hasBody": _urn("claim", figure.claim_id),
        "oa:hasTarget": {"oa:hasSource": _urn("document", figure.document_id), "oa:hasSelector": selectors},
    }


def _agent(figure: ClaimedFigure) -> str:
    return f"urn:harmledger:claimant:{_escaped(figure.claimant.key)}"


def _reading(by: By) -> str:
    return f"urn:harmledger:reading:{_escaped('/'.join((by.engine, by.version, *by.models)))}"


def _urn(noun: str, id: str | None) -> str | None:
    return None if id is None else f"urn:harmledger:{noun}:{id}"


def _escaped(words: str) -> str:
    """Words as part of a URN: all but plain letters and digits by the bytes of their UTF-8."""
    kept = "-._~"
    return "".join(
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in kept) else f"%{b:02X}"
        for b in words.encode(errors="replace")
    )


def _stated(node: Node) -> Node:
    """What is stated; the rest has no triple."""
    return {name: value for name, value in node.items() if value not in (None, [])}
