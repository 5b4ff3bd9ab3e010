"""The graph as GraphML: the rules of its schema, and the networkx view back."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import networkx
from hypothesis import given, settings

from exports.networks.graphml import write_graphml
from graph.model import KnowledgeGraph
from graph.networkx_view import plain, to_networkx
from ingest.characters import encodable
from tests.exports.hostile import SAMPLE, WORDS, backwards, speaking

NS = "{http://graphml.graphdrawing.org/xmlns}"
NAME_TOKEN = re.compile(r"[\w.:-]+")
READ = {"string": str, "int": int, "double": float}


def written(graph: KnowledgeGraph) -> bytes:
    with TemporaryDirectory() as folder:
        write_graphml(graph, Path(folder, "graph.graphml"))
        return Path(folder, "graph.graphml").read_bytes()


def check(file: bytes) -> ElementTree.Element:
    """The root of a file that keeps GraphML's rules."""
    root = ElementTree.fromstring(file)
    assert root.tag == f"{NS}graphml"
    *keys, graph = root
    assert [key.tag for key in keys] == [f"{NS}key"] * len(keys)
    assert graph.tag == f"{NS}graph"
    assert graph.get("edgedefault") == "directed"
    declared = {key.attrib["id"]: (key.attrib["for"], READ[key.attrib["attr.type"]]) for key in keys}
    assert len(declared) == len(keys)
    assert all(NAME_TOKEN.fullmatch(key.attrib[name]) for key in keys for name in ("id", "attr.name"))
    nodes = [node.attrib["id"] for node in graph.iter(f"{NS}node")]
    edges = [edge.attrib["id"] for edge in graph.iter(f"{NS}edge")]
    assert len({*nodes, *edges}) == len(nodes) + len(edges)
    assert all(NAME_TOKEN.fullmatch(id) for id in [*nodes, *edges])
    for edge in graph.iter(f"{NS}edge"):
        assert {edge.attrib["source"], edge.attrib["target"]} <= set(nodes)
    for owner in graph:
        told = [data.attrib["key"] for data in owner]
        assert len(told) == len(set(told))
        for data in owner:
            kind, read = declared[data.attrib["key"]]
            assert owner.tag == NS + kind
            read(data.text or "")
    return root


def test_the_file_keeps_the_rules_of_graphml() -> None:
    check(written(SAMPLE))
    check(written(KnowledgeGraph()))


def test_networkx_reads_the_nodes_edges_and_attributes_of_its_plain_view(tmp_path: Path) -> None:
    write_graphml(SAMPLE, tmp_path / "graph.graphml")
    read = networkx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    view = plain(to_networkx(SAMPLE))
    assert set(read.nodes) == set(view.nodes)
    assert all(dict(view.nodes[node]).items() <= dict(read.nodes[node]).items() for node in view)
    there = {
        (*ends, key): {**known, "mentions": set(known["mentions"].split())}
        for *ends, key, known in view.edges(keys=True, data=True)
    }
    back = {
        (*ends, key): {**known, "mentions": set(known["mentions"].split())}
        for *ends, key, known in read.edges(keys=True, data=True)
    }
    assert there == back


def test_what_else_is_known_is_told() -> None:
    texts = written(SAMPLE).decode()
    entity = next(entity for entity in SAMPLE.entities if entity.lat is not None)
    article = next(article for article in SAMPLE.articles if article.published is not None)
    event = next(event for event in SAMPLE.events if event.start is not None)
    assert f'<data key="node.lat">{entity.lat}</data>' in texts
    assert f'<data key="node.published">{article.published}</data>' in texts
    assert f'<data key="node.start_date">{event.start}</data>' in texts


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_hostile_words_come_back_and_break_nothing(words: str) -> None:
    root = check(written(speaking(words)))
    told = {(data.get("key"), data.text or "") for data in root.iter(f"{NS}data")}
    for key in ("node.label", "node.publisher", "node.description", "node.mode", "edge.role"):
        assert (key, encodable(words)) in told
    ids = {data.text for data in root.iter(f"{NS}data") if data.get("key") == "node.original_id"}
    ids |= {node.get("id") for node in root.iter(f"{NS}node")}
    assert {encodable(f"{words}{number}") for number in range(len(SAMPLE.articles))} <= ids


def test_the_order_of_the_rows_does_not_show() -> None:
    assert written(backwards()) == written(SAMPLE)
