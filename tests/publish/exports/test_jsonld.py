"""JSON-LD as a triple store reads it."""

from __future__ import annotations

from dataclasses import replace

from fake_incidents import a_bare_incident, an_id, an_incident
from rdflib import RDF, Graph, Namespace, URIRef

from harmledger.domain import Superseded
from harmledger.publish.exports.assemble import leave_out_quotes
from harmledger.publish.exports.jsonld import render_jsonld

PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")


def graph(*incidents) -> Graph:
    return Graph().parse(data="".join(render_jsonld(incidents)), format="json-ld")


def test_a_claim_leads_to_its_report_its_claimant_and_its_engine() -> None:
    """PROV-O from a claim; what a later one replaced is what that one revises."""
    found = graph(an_incident())
    claim = URIRef(f"urn:harmledger:claim:a{'1' * 63}")
    assert found.value(claim, PROV.wasQuotedFrom) == URIRef(f"urn:harmledger:document:{an_id('d')}")
    assert found.value(claim, PROV.wasAttributedTo) == URIRef("urn:harmledger:claimant:doctors")
    assert found.value(claim, PROV.wasGeneratedBy) == URIRef("urn:harmledger:reading:fake%2F1%2Fpattern")
    assert found.value(claim, PROV.wasRevisionOf) == URIRef(f"urn:harmledger:claim:a{'6' * 63}")
    assert str(found.value(claim, PROV.generatedAtTime)) == "2017-03-24"


def test_what_was_taken_back_is_invalidated() -> None:
    """A claim that its outlet retracted says so; one that replaces two revises both."""
    shown = an_incident()
    taken = replace(shown.figures[2], superseded=Superseded.RETRACTED)
    older = replace(shown.figures[3], superseded_by=shown.figures[0].claim_id, superseded=Superseded.LATER)
    found = graph(replace(shown, figures=(*shown.figures[:2], taken, older, *shown.figures[4:])))
    activity = found.value(URIRef(f"urn:harmledger:claim:a{'3' * 63}"), PROV.wasInvalidatedBy)
    assert found.value(activity, RDF.type) == PROV.Activity
    assert len(list(found.objects(URIRef(f"urn:harmledger:claim:a{'1' * 63}"), PROV.wasRevisionOf))) == 2


def test_quotes_are_annotations_with_both_selectors() -> None:
    """Six quotes, each with its words and its position; none where quotes are left out."""
    found = graph(an_incident())
    assert len(set(found.subjects(RDF.type, OA.Annotation))) == 6
    assert len(list(found.subjects(RDF.type, OA.TextPositionSelector))) == 6
    assert "At least 13 were killed, doctors said." in map(str, found.objects(None, OA.exact))
    assert not set(graph(leave_out_quotes(an_incident())).subjects(RDF.type, OA.Annotation))


def test_no_truth_is_rated() -> None:
    """No ClaimReview, no rating, nothing of schema.org."""
    text = "".join(render_jsonld([an_incident(), a_bare_incident()]))
    assert "schema.org" not in text
    assert "Review" not in text


def test_a_query_sums_over_incidents() -> None:
    """SPARQL over totals, as a linked-data user asks."""
    query = """PREFIX : <urn:harmledger:term:> SELECT (SUM(?high) AS ?most) WHERE
    { ?incident a :Incident; :totals ?t . ?t :harm "killed"; :high ?high FILTER NOT EXISTS { ?t :kind ?k } FILTER NOT EXISTS { ?t :group ?g } }"""
    (row,) = graph(an_incident("a"), an_incident("c")).query(query)
    assert int(row.most) == 32
