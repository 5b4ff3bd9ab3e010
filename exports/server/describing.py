"""RDF about one thing, and about the endpoint itself."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize

from exports.rdf.terms import PREFIXES, term
from exports.server.accept import SOLUTIONS, TRIPLES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}
# The properties by which things in the graph are called.
LABELS = "rdfs:label schema:name schema:headline schema:text nif:anchorOf"


def known_query(iri: str) -> str:
    """A query for whether anything is said of a thing, or in a named graph."""
    return f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} }}"


def description_query(iri: str) -> str:
    """A query for what the graph says of a thing, and what the things that it names are called.

    An article comes with its mentions, whose IRIs are fragments of its own. A named graph comes with all it holds.
    """
    if "/graph/" in iri:
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    return f"""CONSTRUCT {{ ?thing ?p ?o . ?o ?label ?name }} WHERE {{
  {{ SELECT ?thing {{ {{ BIND (<{iri}> AS ?thing) }} UNION {{ ?thing nif:referenceContext <{iri}> }} }} }}
  ?thing ?p ?o .
  OPTIONAL {{ VALUES ?label {{ {LABELS} }} ?o ?label ?name }}
}}"""


def table_query(iri: str) -> str:
    """A query for the statements about a thing and those in which it is spoken of; of a graph, how much is in it."""
    if "/graph/" in iri:
        return f"""SELECT (false AS ?inward) (?class AS ?property) (COUNT(?thing) AS ?value) WHERE {{
  GRAPH <{iri}> {{ ?thing a ?class }}
}} GROUP BY ?class ORDER BY ?class"""
    return f"""SELECT ?inward ?property ?value (SAMPLE(?name) AS ?called) WHERE {{
  {{ <{iri}> ?property ?value . BIND (false AS ?inward) }}
  UNION {{ ?value ?property <{iri}> . BIND (true AS ?inward) }}
  OPTIONAL {{ VALUES ?label {{ {LABELS} }} ?value ?label ?name }}
}} GROUP BY ?inward ?property ?value ORDER BY ?inward ?property ?value LIMIT 1000"""


def in_order(ntriples: bytes, form: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in another form of RDF, sorted, with those of the prefixes that they need."""
    found = sorted(
        (Triple(quad.subject, quad.predicate, quad.object) for quad in parse(ntriples, format=RdfFormat.N_TRIPLES)),
        key=str,
    )
    used = {prefix: iri for prefix, iri in prefixes.items() if any(iri in str(triple) for triple in found)}
    return _serialized(found, form, used)


def service_description(address: str, form: str) -> bytes:
    """What the endpoint at this address can do, in one of the forms of RDF (SPARQL 1.1 Service Description)."""

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    service, dataset, graph = NamedNode(address), BlankNode("dataset"), BlankNode("graph")
    facts = [
        Triple(service, term("rdf:type"), sd("Service")),
        Triple(service, sd("endpoint"), service),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, term("rdf:type"), sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), graph),
        Triple(graph, term("rdf:type"), sd("Graph")),
    ]
    facts[4:4] = [
        Triple(service, sd("resultFormat"), NamedNode(FORMATS + RESULT_FORMATS[each]))
        for each in (*SOLUTIONS, *TRIPLES)
    ]
    return _serialized(facts, form, {"sd": SD, "formats": FORMATS, "rdf": PREFIXES["rdf"]})


def _serialized(triples: list[Triple], form: str, prefixes: dict[str, str]) -> bytes:
    kind = RdfFormat.from_media_type(form)
    assert kind is not None
    written = serialize(triples, format=kind, prefixes=prefixes)
    assert written is not None
    return written
