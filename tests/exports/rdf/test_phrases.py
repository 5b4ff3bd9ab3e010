"""Mentions are written as Turtle without pyoxigraph, to the same bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from exports.json_form import read_json
from exports.rdf.files import write_tidily, write_turtle
from exports.rdf.phrases import are_plain
from exports.rdf.terms import PREFIXES, Names
from exports.rdf.triples import triples
from graph.model import GraphMention, KnowledgeGraph
from ingest.article import MentionKind

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
BASE = "https://example.org/kg/"
THINGS = [GRAPH.entities[0].id, GRAPH.events[0].id, "entity-of-nobody", None]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)

mentions = st.builds(
    GraphMention,
    id=st.sampled_from(["x", "y"]), article=st.sampled_from(["a1", "a b", "ä/ö"]),
    start=st.integers(0, 2), end=st.integers(3, 5), text=TEXT | st.sampled_from(['"', "\\", "\u2028", "a\tb\r\n"]),
    kind=st.sampled_from(MentionKind), refers_to=st.sampled_from(THINGS),
)  # fmt: skip


def by_pyoxigraph(graph: KnowledgeGraph, base: str) -> bytes:
    out, names = BytesIO(), Names(graph, base)
    write_tidily(triples(graph, names), out, RdfFormat.TURTLE, names.prefixes())
    return out.getvalue()


def assert_same(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    write_turtle(graph, path, base)
    assert path.read_bytes() == by_pyoxigraph(graph, base)


@settings(max_examples=150, deadline=None)
@given(st.lists(mentions, max_size=5))
def test_any_mentions_are_written_as_pyoxigraph_writes_them(
    tmp_path_factory: pytest.TempPathFactory, found: list[GraphMention]
) -> None:
    named = [replace(each, id=f"{each.article} {each.start} {each.end} {each.id}") for each in found]
    graph = replace(GRAPH, mentions=tuple({each.id: each for each in named}.values()))
    assert are_plain(graph.mentions, Names(graph, BASE))
    assert_same(graph, tmp_path_factory.mktemp("any") / "g.ttl")


@pytest.mark.parametrize("thing", ["-a", "a.b", "a b", "ä", "a%2Fb", "a/b", ""])
def test_ids_that_need_an_escape_are_left_to_pyoxigraph(thing: str, tmp_path: Path) -> None:
    graph = replace(GRAPH, mentions=(replace(GRAPH.mentions[0], refers_to=thing),))
    assert not are_plain(graph.mentions, Names(graph, BASE))
    assert_same(graph, tmp_path / "g.ttl")


@pytest.mark.parametrize("base", [BASE, *PREFIXES.values()])
def test_a_base_that_a_prefix_begins_with_changes_nothing(base: str, tmp_path: Path) -> None:
    if "#" not in base:
        assert_same(GRAPH, tmp_path / "g.ttl", base)


def test_mentions_without_articles_and_nothing_at_all_are_written_too(tmp_path: Path) -> None:
    assert_same(KnowledgeGraph(mentions=GRAPH.mentions), tmp_path / "g.ttl")
    assert_same(KnowledgeGraph(), tmp_path / "g.ttl")
