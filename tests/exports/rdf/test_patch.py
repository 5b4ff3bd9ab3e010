"""A patch turns the triples of one file into exactly those of another."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from exports import EXPORTERS
from exports.json_form import read_json
from exports.rdf.files import UnreadableTurtle
from exports.rdf.patch import Patch, patch, write_patch
from graph.model import KnowledgeGraph

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
HOSTILE = 'A "\n\nTX .\nD <a> <b> <c> .\r\n\\ \x00 \u2028 é 🙂 """ \'\'\' @prefix _: '


def applied(triples: set[str], written: bytes) -> set[str]:
    """A small applier of RDF Patch: one transaction, whose deletions are there and whose additions are not."""
    text = written.decode()
    assert text.endswith("\n")
    header, begin, *lines, commit = text.removesuffix("\n").split("\n")
    assert header.startswith("H id <urn:uuid:")
    assert (begin, commit) == ("TX .", "TC .")
    assert [line[0] for line in lines] == sorted((line[0] for line in lines), reverse=True)
    triples = set(triples)
    for line in lines:
        (quad,) = parse(input=line[2:], format=RdfFormat.N_TRIPLES)
        triple = str(quad.triple)
        assert (triple in triples) == line.startswith("D ")
        triples ^= {triple}
    for sign in "DA":
        signed = [line for line in lines if line.startswith(sign)]
        assert signed == sorted(signed)
    return triples


def triples_of(path: Path) -> set[str]:
    return {str(quad.triple) for quad in parse(path=path, format=RdfFormat.TURTLE)}


def check(old: Path, new: Path) -> Patch:
    found = patch(old, new)
    out = io.BytesIO()
    write_patch(found, out)
    assert applied(triples_of(old), out.getvalue()) == triples_of(new)
    return found


def turtle(graph: KnowledgeGraph, path: Path, base: str = "https://example.org/") -> Path:
    EXPORTERS["turtle"].write(graph, path, base)
    return path


CHANGES = [
    replace(GRAPH, events=GRAPH.events[1:]),
    replace(GRAPH, entities=GRAPH.entities[:-1], relations=()),
    replace(GRAPH, entities=tuple(replace(each, name=each.name + HOSTILE) for each in GRAPH.entities)),
    replace(GRAPH, articles=tuple(replace(each, text=HOSTILE, title=HOSTILE) for each in GRAPH.articles)),
    replace(GRAPH, mentions=GRAPH.mentions[::2], claims=GRAPH.claims[1:]),
    KnowledgeGraph(articles=GRAPH.articles[:1]),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_patch_leads_there_and_back(number: int, tmp_path: Path) -> None:
    old, new = turtle(GRAPH, tmp_path / "old.ttl"), turtle(CHANGES[number], tmp_path / "new.ttl")
    there, back = check(old, new), check(new, old)
    assert (there.deleted, there.added) == (back.added, back.deleted)
    assert there.deleted or there.added


def test_a_graph_of_another_base_shares_no_subject(tmp_path: Path) -> None:
    old, new = turtle(GRAPH, tmp_path / "old.ttl"), turtle(GRAPH, tmp_path / "new.ttl", "https://example.com/")
    found = check(old, new)
    assert len(found.deleted) == len(triples_of(old))


def test_equal_graphs_give_an_empty_patch(tmp_path: Path) -> None:
    old, new = turtle(GRAPH, tmp_path / "old.ttl"), turtle(GRAPH, tmp_path / "new.ttl")
    assert check(old, new) == Patch([], [])


HEAD = "@prefix a: <http://a/> .\n\n"
OTHER_HANDS = {
    "long": HEAD + 'a:b a:c """x\n\ny""" , "z" .\n',
    "twice": HEAD + 'a:b a:c """x\n\ny""" .\n\n@prefix a: <http://b/> .\n\na:b a:c "z" .\n',
    "bare": '<http://a/b> <http://a/c> "z" .',
}


@pytest.mark.parametrize("name", ["twice", "bare"])
def test_turtle_of_other_hands_is_read_whole(name: str, tmp_path: Path) -> None:
    for file, text in OTHER_HANDS.items():
        (tmp_path / file).write_text(text)
    assert len(check(tmp_path / "long", tmp_path / name).deleted) == 1


def test_what_is_no_turtle_is_told(tmp_path: Path) -> None:
    old = turtle(GRAPH, tmp_path / "old.ttl")
    (tmp_path / "new.ttl").write_bytes(old.read_bytes() + b"\n\n<broken")
    with pytest.raises(UnreadableTurtle, match=r"new\.ttl"):
        patch(old, tmp_path / "new.ttl")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3), st.integers(0, 3))
def test_any_texts_survive(tmp_path_factory: pytest.TempPathFactory, texts: list[str], kept: int) -> None:
    folder = tmp_path_factory.mktemp("patch")
    named = tuple(replace(GRAPH.entities[0], id=f"entity-{i}", name=text) for i, text in enumerate(texts))
    old = turtle(replace(GRAPH, entities=GRAPH.entities[:kept]), folder / "old.ttl")
    check(old, turtle(replace(GRAPH, entities=named), folder / "new.ttl"))
