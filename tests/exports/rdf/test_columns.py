"""What RDF says as columns: the same from every format, and the same as is worked out from the graph itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import EXPORTERS
from exports.json_form import read_json
from exports.rdf.columns import FORMATS, Column, UnreadableRdf, read_columns
from exports.rdf.graph_columns import graph_columns
from exports.rdf.terms import term
from graph.model import KnowledgeGraph, Publication, Relation, Reprint
from ingest.article import EntityType, MentionKind

BASE = "https://example.org/kg/"
GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
EXPORTERS_OF_RDF = [name for name, exporter in EXPORTERS.items() if exporter.suffix in FORMATS]


def test_each_suffix_of_rdf_has_an_exporter() -> None:
    assert {EXPORTERS[name].suffix for name in EXPORTERS_OF_RDF} == set(FORMATS)


@pytest.mark.parametrize("name", EXPORTERS_OF_RDF)
def test_every_format_says_what_the_graph_says(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{EXPORTERS[name].suffix}"
    EXPORTERS[name].write(GRAPH, path, BASE)
    columns, worked_out = read_columns(path), graph_columns(GRAPH, BASE)
    assert list(columns.differences(worked_out)) == []
    assert columns.digests() == worked_out.digests()


AGAIN = replace(GRAPH, reprints=(Reprint(article="article-2", origin="article-1"),))


@pytest.mark.parametrize("name", EXPORTERS_OF_RDF)
def test_every_format_tells_reprints_and_other_places(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{EXPORTERS[name].suffix}"
    EXPORTERS[name].write(AGAIN, path, BASE)
    columns = read_columns(path)
    assert list(columns.differences(graph_columns(AGAIN, BASE))) == []
    assert columns.one(term("ng:reprintOf").value) == {f"{BASE}article/article-2": f"{BASE}article/article-1"}
    ((article, place),) = columns.pairs(term("schema:publication").value)
    assert article == f"{BASE}article/article-2"
    assert columns.one(term("schema:publishedBy").value) == {place: "Coast Times"}
    assert columns.one(term("schema:startDate").value) == {place: "2024-05-16"}


def odd(words: str, number: float) -> KnowledgeGraph:
    """A graph with such words and such a number wherever there is room for them, and references to nothing."""
    entity = replace(
        GRAPH.entities[1], name=words, aliases=(words, "other"), description=words, lat=number % 90, links=(words,)
    )
    event = replace(GRAPH.events[0], mode=words, mentions=("nothing", *GRAPH.events[0].mentions))
    claims = tuple(replace(each, value=words, upper=number, speaker="nobody", said_by=words) for each in GRAPH.claims)
    return replace(
        GRAPH,
        articles=tuple(replace(each, title=words, url=words, byline=words) for each in GRAPH.articles),
        publications=tuple(
            Publication(article=each.id, path=words, publisher=words or None, url=url, published=None)
            for each in GRAPH.articles
            for url in (words, None)
        ),
        reprints=(Reprint(article="article-2", origin="nowhere"),),
        mentions=(
            *GRAPH.mentions,
            replace(GRAPH.mentions[0], id="again", refers_to="event-flood", kind=MentionKind.EVENT),
        ),
        entities=(entity, *(replace(each, type=EntityType.WORK) for each in GRAPH.entities if each.id != entity.id)),
        events=(event, *GRAPH.events[1:]),
        claims=(replace(GRAPH.claims[0], value=number), *claims[1:]),
        relations=(*GRAPH.relations, Relation(subject="nobody", predicate=f"knows {words}", object=words)),
    )


@given(words=st.text(st.characters(codec="utf-8", exclude_characters="\0")), number=st.floats(allow_nan=False))
@settings(max_examples=60, deadline=None)
def test_any_words_and_numbers_come_to_the_same_either_way(
    words: str, number: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.nt"
    graph = odd(words, number)
    EXPORTERS["ntriples"].write(graph, path, BASE)
    assert list(read_columns(path).differences(graph_columns(graph, BASE))) == []


def test_a_difference_is_told_with_the_side_that_says_it() -> None:
    other = replace(GRAPH, claims=(replace(GRAPH.claims[0], value=5.0), *GRAPH.claims[1:]))
    told = list(graph_columns(other, BASE).differences(graph_columns(GRAPH, BASE)))
    claim, value = f"{BASE}claim/claim-1", term("ng:value").value
    integer = term("xsd:integer").value
    assert told == [(claim, value, integer, "4", False), (claim, value, integer, "5", True)]


def test_a_column_keeps_every_value_once_in_whatever_order_they_come() -> None:
    one, two = Column(), Column()
    for subject, value in [("a", "1"), ("b", "2"), ("a", "3"), ("a", "1"), ("a", "3")]:
        one.add(subject, value)
    for subject, value in [("a", "3"), ("a", "1"), ("b", "2")]:
        two.add(subject, value)
    assert one.values("a") == ["1", "3"]
    assert sorted(one.pairs()) == sorted(two.pairs())
    assert one.values("c") == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_that_is_not_rdf_is_named_in_the_error(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_text("[nothing of the kind")
    with pytest.raises(UnreadableRdf, match="graph"):
        read_columns(path)


def test_json_ld_that_asks_for_a_context_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonld"
    path.write_text('{"@context": "http://127.0.0.1:1/context", "name": "x"}')
    with pytest.raises(UnreadableRdf):
        read_columns(path)
