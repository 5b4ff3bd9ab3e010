"""SPARQL over a graph in memory and over a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.json_form import read_json
from exports.rdf.sparql import BadQuery, RemoteQuery, UnreadableTurtle, asks_elsewhere, query
from exports.rdf.turtle import write_turtle

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
DEATHS = """SELECT ?event ?value ?speaker {
  ?claim ng:about/rdfs:label ?event ; ng:property ng:killed ; ng:value ?value .
  OPTIONAL { ?claim prov:wasAttributedTo/schema:name ?speaker } } ORDER BY ?value"""


def test_claims_that_disagree_come_side_by_side_with_no_prefix_declared(tmp_path: Path) -> None:
    write_turtle(GRAPH, tmp_path / "graph.ttl")
    answer = query(tmp_path / "graph.ttl", DEATHS)
    assert answer.columns == ("event", "value", "speaker")
    assert answer.rows == (("Flood in Marren", "4", "Ilse Brandt"), ("Flood in Marren", "6", None))
    assert query(GRAPH, DEATHS) == answer


def test_the_things_of_a_file_keep_the_prefixes_of_its_base(tmp_path: Path) -> None:
    write_turtle(GRAPH, tmp_path / "graph.ttl", "https://example.org/kg/")
    answer = query(tmp_path / "graph.ttl", "SELECT ?name { entity:entity-brandt schema:name ?name }")
    assert answer.rows == (("Ilse Brandt",),)


def test_ask_and_construct_are_answered_too() -> None:
    assert query(GRAPH, "ASK { ?event sem:eventType ng:DISASTER }").rows == (("true",),)
    built = query(GRAPH, "CONSTRUCT { ?event a ng:News } { ?event sem:eventType ng:DISASTER }")
    assert built.columns == ("subject", "predicate", "object")
    assert len(built.rows) == 1


REMOTE = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { SERVICE# here\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE ex:here { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <http://127.0.0.1:1/> } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE SILENT # x\n :here { ?s ?p ?o } } } }",
]
LOCAL = [
    "SELECT ?service { ?service schema:serviceType ?o }",
    'SELECT * { ?s schema:name ?n FILTER(CONTAINS(?n, "service")) }',
    'SELECT * { ?s schema:name "Alder Valley Rescue Service" }',
    "PREFIX x: <http://example.org/service/> SELECT * { ?s x:service <http://example.org/service> }",
    "SELECT * { ?service <http://example.org/p> ?o } # at your service",
]


@pytest.mark.parametrize("sparql", REMOTE)
def test_a_query_that_asks_another_machine_is_refused(sparql: str) -> None:
    with pytest.raises(RemoteQuery, match="offline"):
        query(GRAPH, sparql)


@pytest.mark.parametrize("sparql", LOCAL)
def test_the_word_service_elsewhere_is_no_reason_to_refuse(sparql: str) -> None:
    assert not asks_elsewhere(sparql)
    query(GRAPH, sparql)


@pytest.mark.parametrize("sparql", ["", "SELECT", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1:1/>"])
def test_what_is_no_query_is_refused(sparql: str) -> None:
    with pytest.raises(BadQuery):
        query(GRAPH, sparql)


def test_a_file_that_is_not_turtle_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("no turtle")
    with pytest.raises(UnreadableTurtle, match=r"graph\.ttl"):
        query(path, "ASK { ?s ?p ?o }")
