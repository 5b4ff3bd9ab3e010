"""The graph as GEXF: the rules of its schema, and the days on which things are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.networks.gexf import write_gexf
from exports.networks.network import ALWAYS, Days, joined
from graph.model import KnowledgeGraph
from ingest.characters import encodable
from tests.exports.hostile import SAMPLE, WORDS, backwards, speaking

NS, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
READ = {"string": str, "integer": int, "double": float}
MAY_1, MAY_2, MAY_3, MAY_9 = (date(2024, 5, day) for day in (1, 2, 3, 9))


def written(graph: KnowledgeGraph) -> bytes:
    with TemporaryDirectory() as folder:
        write_gexf(graph, Path(folder, "graph.gexf"))
        return Path(folder, "graph.gexf").read_bytes()


def shown(element: ElementTree.Element) -> list[tuple[str, str]]:
    """The stretches in which a node or edge is shown; "" where open, none for always."""
    spells = [element] if {"start", "end"} & element.attrib.keys() else list(element.iter(f"{NS}spell"))
    return [(spell.get("start", ""), spell.get("end", "")) for spell in spells]


def check(file: bytes) -> ElementTree.Element:
    """The root of a file that keeps GEXF's rules."""
    root = ElementTree.fromstring(file)
    assert (root.tag, root.get("version")) == (f"{NS}gexf", "1.3")
    assert [child.tag for child in root] == [f"{NS}meta", f"{NS}graph"]
    graph = root[1]
    assert [child.tag for child in graph] == [f"{NS}{name}" for name in ("attributes", "attributes", "nodes", "edges")]
    assert graph.get("mode") == "static" or graph.get("timeformat") == "date"
    declared = {
        declaration.attrib["class"]: {each.attrib["id"]: READ[each.attrib["type"]] for each in declaration}
        for declaration in graph.iter(f"{NS}attributes")
    }
    assert all(len(each) == len(declared[each.attrib["class"]]) for each in graph.iter(f"{NS}attributes"))
    nodes, edges = graph.findall(f"{NS}nodes/{NS}node"), graph.findall(f"{NS}edges/{NS}edge")
    ids = [element.attrib["id"] for element in (*nodes, *edges)]
    assert len(set(ids)) == len(ids)
    for edge in edges:
        assert {edge.attrib["source"], edge.attrib["target"]} <= {node.attrib["id"] for node in nodes}
        assert float(edge.attrib["weight"]) >= 1
    between = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges]
    assert len(set(between)) == len(between)
    for element in (*nodes, *edges):
        names = declared[element.tag.removeprefix(NS)]
        values = element.findall(f"{NS}attvalues/{NS}attvalue")
        assert len({value.attrib["for"] for value in values}) == len(values)
        for value in values:
            names[value.attrib["for"]](value.attrib["value"])
        last = ""
        for start, end in shown(element):
            assert graph.get("mode") == "dynamic"
            assert start or end
            assert not start or not end or start <= end
            assert not last or last < start
            last = end
    for node in nodes:
        assert float(node.find(f"{VIZ}size").attrib["value"]) > 0  # type: ignore[union-attr]
        assert all(0 <= int(node.find(f"{VIZ}color").attrib[channel]) <= 255 for channel in "rgb")  # type: ignore[union-attr]
    return root


def nodes(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {node.attrib["id"]: node for node in root.iter(f"{NS}node")}


def test_the_file_keeps_the_rules_of_gexf() -> None:
    check(written(SAMPLE))
    assert check(written(KnowledgeGraph()))[1].get("mode") == "static"


def test_an_article_is_shown_on_its_day_and_an_event_when_it_took_place() -> None:
    found = nodes(check(written(SAMPLE)))
    article = next(article for article in SAMPLE.articles if article.published is not None)
    event = next(event for event in SAMPLE.events if event.start is not None and event.end is not None)
    assert shown(found[article.id]) == [(str(article.published), str(article.published))]
    assert shown(found[event.id]) == [(str(event.start), str(event.end))]


def test_an_event_without_a_day_is_shown_when_it_was_told_of() -> None:
    event = next(event for event in SAMPLE.events if event.mentions)
    article_of = {mention.id: mention.article for mention in SAMPLE.mentions}
    told = {article_of[mention] for mention in event.mentions}
    graph = replace(
        SAMPLE,
        articles=tuple(replace(article, published=MAY_1) for article in SAMPLE.articles),
        events=tuple(replace(each, start=None, end=None) if each.id == event.id else each for each in SAMPLE.events),
    )
    assert told
    assert shown(nodes(check(written(graph)))[event.id]) == [(str(MAY_1), str(MAY_1))]


def test_what_has_no_day_at_all_is_always_shown() -> None:
    graph = replace(
        SAMPLE,
        articles=tuple(replace(article, published=None) for article in SAMPLE.articles),
        events=tuple(replace(event, start=None, end=None) for event in SAMPLE.events),
    )
    root = check(written(graph))
    assert root[1].get("mode") == "static"
    assert not any(shown(node) for node in root.iter(f"{NS}node"))


def test_days_that_are_open_or_the_wrong_way_round_keep_their_order() -> None:
    event = next(event for event in SAMPLE.events if event.start is not None)
    for start, end, told in (
        (MAY_2, None, (str(MAY_2), "")),
        (None, MAY_2, ("", str(MAY_2))),
        (MAY_9, MAY_1, (str(MAY_1), str(MAY_9))),
    ):
        events = tuple(replace(each, start=start, end=end) if each is event else each for each in SAMPLE.events)
        assert shown(nodes(check(written(replace(SAMPLE, events=events))))[event.id]) == [told]


@pytest.mark.parametrize(
    ("days", "whole"),
    [
        ([], ALWAYS),
        ([(MAY_1, MAY_1), (MAY_2, MAY_2)], ((MAY_1, MAY_2),)),
        ([(MAY_3, MAY_3), (MAY_1, MAY_1)], ((MAY_1, MAY_1), (MAY_3, MAY_3))),
        ([(MAY_1, MAY_9), (MAY_2, MAY_3)], ((MAY_1, MAY_9),)),
        ([(MAY_1, date.max), (MAY_9, MAY_9)], ((MAY_1, date.max),)),
        ([(MAY_1, MAY_1), *ALWAYS], ALWAYS),
    ],
)
def test_stretches_that_touch_are_one(days: list[Days], whole: tuple[Days, ...]) -> None:
    assert joined(days) == whole


@given(st.lists(st.tuples(st.dates(), st.dates()).map(lambda ends: (min(ends), max(ends)))))
def test_stretches_are_in_order_and_apart_and_hold_every_day(days: list[Days]) -> None:
    whole = joined(days)
    assert all(first[1] < second[0] for first, second in pairwise(whole))
    assert all(any(first <= start and end <= last for first, last in whole) for start, end in days)


def test_networkx_reads_it(tmp_path: Path) -> None:
    write_gexf(SAMPLE, tmp_path / "graph.gexf")
    read = networkx.read_gexf(tmp_path / "graph.gexf", version="1.3")
    assert {node: known["label"] for node, known in read.nodes(data=True)} == {
        **{entity.id: entity.name for entity in SAMPLE.entities},
        **{event.id: event.label for event in SAMPLE.events},
        **{article.id: article.title for article in SAMPLE.articles},
    }


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_hostile_words_come_back_and_break_nothing(words: str) -> None:
    root = check(written(speaking(words)))
    assert {node.get("label") for node in root.iter(f"{NS}node")} == {encodable(words)}
    told = {(value.get("for"), value.get("value")) for value in root.iter(f"{NS}attvalue")}
    assert {(name, encodable(words)) for name in ("publisher", "description", "mode", "role")} <= told


def test_the_order_of_the_rows_does_not_show() -> None:
    assert written(backwards()) == written(SAMPLE)
