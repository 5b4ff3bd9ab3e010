"""Every format of RDF, as independent readers see it: rdflib, pyoxigraph and raptor find the same triples."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports import EXPORTERS
from exports.json_form import read_json
from exports.rdf.jsonld import CONTEXT
from exports.rdf.rdfxml import NotInXml
from graph.model import KnowledgeGraph

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
BASE = "https://example.org/kg/"
Triples = set[tuple[str, str, str]]
# Our name of each format, and what pyoxigraph, rdflib and raptor call it; raptor 2 reads no JSON-LD.
FORMATS: dict[str, tuple[pyoxigraph.RdfFormat, str, str | None]] = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, "turtle", "turtle"),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, "nt", "ntriples"),
    "trig": (pyoxigraph.RdfFormat.TRIG, "trig", "trig"),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, "nquads", "nquads"),
    "rdfxml": (pyoxigraph.RdfFormat.RDF_XML, "xml", "rdfxml"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, "json-ld", None),
}
NAMED = ("trig", "nquads")


def written(format: str, folder: Path, graph: KnowledgeGraph = GRAPH) -> Path:
    path = folder / f"graph{EXPORTERS[format].suffix}"
    EXPORTERS[format].write(graph, path, BASE)
    return path


def as_pyoxigraph_reads(path: Path, format: str) -> Triples:
    return _plain(pyoxigraph.parse(path=str(path), format=FORMATS[format][0]))


def as_rdflib_reads(path: Path, format: str) -> Triples:
    graph = rdflib.Dataset(default_union=True) if format in NAMED else rdflib.Graph()
    graph.parse(path, format=FORMATS[format][1])
    return {
        (_n3(subject), _n3(predicate), _n3(value)) for subject, predicate, value in graph.triples((None, None, None))
    }


def _n3(node: rdflib.term.Node) -> str:
    if not isinstance(node, rdflib.Literal):
        return str(node)
    return str(pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(node.datatype or rdflib.XSD.string))))


def as_raptor_reads(path: Path, format: str) -> Triples:
    command = ["rapper", "-q", "-i", str(FORMATS[format][2]), "-o", "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert not done.stderr
    return _plain(pyoxigraph.parse(done.stdout, format=pyoxigraph.RdfFormat.N_TRIPLES))


def _plain(quads: Iterable[pyoxigraph.Quad]) -> Triples:
    return {(quad.subject.value, quad.predicate.value, _object(quad.object)) for quad in quads}


def _object(value: object) -> str:
    return value.value if isinstance(value, pyoxigraph.NamedNode) else str(value)


@pytest.mark.parametrize("format", FORMATS)
def test_rdflib_and_pyoxigraph_find_the_triples_of_turtle_in_every_format(format: str, tmp_path: Path) -> None:
    expected = as_pyoxigraph_reads(written("turtle", tmp_path), "turtle")
    assert len(expected) > 100
    path = written(format, tmp_path)
    assert as_pyoxigraph_reads(path, format) == expected
    assert as_rdflib_reads(path, format) == expected


@pytest.mark.skipif(not shutil.which("rapper") and "CI" not in os.environ, reason="raptor2-utils is not installed")
@pytest.mark.parametrize("format", [name for name, names in FORMATS.items() if names[2]])
def test_raptor_finds_the_triples_of_turtle_in_every_format_it_reads(format: str, tmp_path: Path) -> None:
    expected = as_pyoxigraph_reads(written("turtle", tmp_path), "turtle")
    assert as_raptor_reads(written(format, tmp_path), format) == expected


@pytest.mark.parametrize("format", NAMED)
def test_each_article_has_a_named_graph_and_what_was_derived_another(format: str, tmp_path: Path) -> None:
    quads = list(pyoxigraph.parse(path=str(written(format, tmp_path)), format=FORMATS[format][0]))
    graphs = {str(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, pyoxigraph.NamedNode)}
    assert graphs == {f"{BASE}article/{article.id}" for article in GRAPH.articles} | {f"{BASE}graph/derived"}
    assert len({str(quad.triple) for quad in quads}) == len(quads)


def test_json_ld_has_a_key_for_every_word_and_keeps_what_belongs_together(tmp_path: Path) -> None:
    import json  # noqa: PLC0415

    document = json.loads(written("jsonld", tmp_path).read_text(encoding="utf-8"))
    flood = next(node for node in document["@graph"] if node.get("label") == "Flood in Marren")
    assert [role["player"]["name"] for role in flood["roles"] if isinstance(role["player"], dict)]
    assert sorted(claim["value"] for claim in flood["claims"] if claim["property"] == "ng:killed") == [4, 6]
    assert flood["findings"][0]["bestValue"] == 6
    assert all("mentions" in node for node in document["@graph"] if "headline" in node)
    known = set(json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"])
    assert {key for node in document["@graph"] for key in node if ":" not in key} <= known


@example(words="schema:", id="0", predicate="rescued")
@example(words="javascript:alert(1)", id="a b/../<c>", predicate="rescued")
@given(words=st.text(), id=st.text(min_size=1), predicate=st.sampled_from(["rescued", "paid_to", "fährt mit"]))
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_from_every_format_or_is_refused(
    words: str, id: str, predicate: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    article = replace(GRAPH.articles[0], title=words, byline=words, url=words, publisher=words, id=id)
    entity = replace(GRAPH.entities[0], name=words, aliases=(words,), description=words, links=(words,), id=id)
    relation = replace(GRAPH.relations[0], predicate=predicate, object=words)
    graph = replace(GRAPH, articles=(article,), mentions=(), entities=(entity,), relations=(relation,))
    expected = as_pyoxigraph_reads(written("ntriples", folder, graph), "ntriples")
    assert any(value == str(pyoxigraph.Literal(words)) for _, _, value in expected)
    for format in FORMATS:
        try:
            path = written(format, folder, graph)
        except NotInXml:
            assert format == "rdfxml"
            continue
        assert as_pyoxigraph_reads(path, format) == expected, format
