"""Turtle as independent readers see it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from exports.json_form import read_json
from exports.rdf.facts import number
from exports.rdf.files import write_turtle
from exports.rdf.rdflib_view import to_rdflib
from exports.rdf.terms import BadBase

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
ONTOLOGY = Path(__file__).parents[3] / "exports" / "rdf" / "ontology.ttl"
NG = "https://w3id.org/newsgraph/ns#"
SCHEMA = rdflib.Namespace("https://schema.org/")


def written(path: Path, graph: object = GRAPH, base: str = "https://example.org/kg/") -> rdflib.Graph:
    write_turtle(graph, path, base)  # type: ignore[arg-type]
    return rdflib.Graph().parse(path, format="turtle")


def test_rdflib_reads_the_very_triples_that_it_is_given_directly(tmp_path: Path) -> None:
    assert isomorphic(written(tmp_path / "g.ttl"), to_rdflib(GRAPH, "https://example.org/kg/"))


def test_there_are_no_blank_nodes_and_no_escaped_names(tmp_path: Path) -> None:
    graph = written(tmp_path / "g.ttl")
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    text = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    assert not re.search(r"\b\w+:[\w-]*\\", re.sub(r'"(?:[^"\\]|\\.)*"', '""', text))


def test_prefixes_are_sorted_and_subjects_stand_apart(tmp_path: Path) -> None:
    written(tmp_path / "g.ttl")
    text = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    header, *subjects = text.split("\n\n")
    assert header.splitlines() == sorted(header.splitlines())
    assert all(subject.endswith(" .") for subject in subjects[:-1])


def test_every_claim_can_be_followed_to_the_characters_that_make_it(tmp_path: Path) -> None:
    graph = written(tmp_path / "g.ttl")
    found = graph.query(
        """PREFIX ng: <https://w3id.org/newsgraph/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
        SELECT ?text ?start ?end ?words { ?claim a ng:Claim; prov:wasQuotedFrom ?said; prov:hadPrimarySource ?article.
        ?said nif:referenceContext ?article; nif:beginIndex ?start; nif:endIndex ?end; nif:anchorOf ?words.
        ?article nif:isString ?text }"""
    )
    rows = [tuple(term.toPython() for term in row) for row in found]  # type: ignore[union-attr]
    assert len(rows) == len(GRAPH.claims)
    assert all(text[start:end] == words for text, start, end, words in rows)


def test_a_finding_leads_to_the_claims_for_and_against_it_and_to_where_they_come_from(tmp_path: Path) -> None:
    graph = written(tmp_path / "g.ttl")
    found = graph.query(
        """PREFIX ng: <https://w3id.org/newsgraph/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?best ?other ?reason { ?finding a ng:Finding; ng:property ng:killed; ng:bestValue ?best;
        ng:reason ?reason;
        ng:supportedBy/ng:origin ?article; ng:origin ?article; ng:contradictedBy/ng:value ?other }"""
    )
    rows = {tuple(term.toPython() for term in row) for row in found}  # type: ignore[union-attr]
    assert rows == {(6, 4, reason) for reason in GRAPH.findings[0].reasons}


def test_every_word_of_ours_is_in_the_ontology(tmp_path: Path) -> None:
    known = set(rdflib.Graph().parse(ONTOLOGY).subjects())
    ours = {term for triple in written(tmp_path / "g.ttl") for term in triple if str(term).startswith(NG)}
    assert {str(term) for term in ours - known} == {NG + "rescued"}  # a property that only the sample has


def test_every_type_role_status_and_qualifier_is_in_the_ontology() -> None:
    from exports.rdf.terms import concept, term  # noqa: PLC0415
    from ingest.article import EventType, Qualifier, Role, Status  # noqa: PLC0415

    known = {str(subject) for subject in rdflib.Graph().parse(ONTOLOGY).subjects()}
    words = [term(f"ng:{word}") for word in (*EventType, *Role)] + [concept(word) for word in (*Status, *Qualifier)]
    assert {word.value for word in words} <= known


@pytest.mark.parametrize("base", ["", "news", "https://example.org/#", "https://example.org/?q=", "https://a b/"])
def test_a_base_that_cannot_start_an_iri_is_refused(base: str, tmp_path: Path) -> None:
    with pytest.raises(BadBase):
        write_turtle(GRAPH, tmp_path / "g.ttl", base)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (4.0, "4^^integer"),
        (-0.0, "0^^integer"),
        (0.25, "0.25^^decimal"),
        (1e300, "1E+300^^double"),
        (1e-7, "1E-07^^double"),
        (float("inf"), "INF^^double"),
    ],
)
def test_numbers_take_the_simplest_type(value: float, written: str) -> None:
    literal = number(value)
    name = literal.datatype.value.partition("#")[2]
    assert name == written.partition("^^")[2]
    assert float(literal.value) == value


@given(words=st.text(), id=st.text(min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_title_and_id_come_back_from_rdflib(words: str, id: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    article = replace(GRAPH.articles[0], title=words, byline=words, id=id)
    graph = replace(GRAPH, articles=(article,), mentions=())
    found = written(tmp_path_factory.getbasetemp() / "any.ttl", graph)
    subject = next(found.subjects(rdflib.RDF.type, SCHEMA.NewsArticle))
    assert str(found.value(subject, SCHEMA.headline)) == words
    assert str(found.value(subject, SCHEMA.author)) == words
