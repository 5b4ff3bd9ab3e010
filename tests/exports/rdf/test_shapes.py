"""Our small checker of shapes gives the verdicts of pyshacl, which takes SHACL's own word for what they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from exports.json_form import read_json
from exports.rdf.columns import read_columns
from exports.rdf.files import write_ntriples
from exports.rdf.shape_reading import UnknownShape, read_shapes
from exports.rdf.shapes import our_shapes, violations
from exports.rdf.terms import PREFIXES, concept, term
from ingest.article import DateSource, EventType, Qualifier, Role, Status

RDF = Path(__file__).parents[3] / "exports" / "rdf"
GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
BASE = "https://example.org/kg/"
SHAPES = rdflib.Graph().parse(RDF / "shapes.ttl")
ONTOLOGY = rdflib.Graph().parse(RDF / "ontology.ttl")


def ours(path: Path) -> set[tuple[str, str | None]]:
    """Node and path of each violation that our checker finds."""
    return {(each.focus, each.path) for each in violations(read_columns(path), our_shapes())}


def theirs(path: Path, shapes: rdflib.Graph = SHAPES, **options: Any) -> set[tuple[str, str | None]]:
    """Node and path of each violation that pyshacl finds."""
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(path), shacl_graph=shapes, **options)
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.objects(None, SH.result):
        path_node = report.value(result, SH.resultPath)
        inverse = report.value(path_node, SH.inversePath) if path_node is not None else None
        name = None if path_node is None else str(path_node) if inverse is None else f"^{inverse}"
        focus = report.value(result, SH.focusNode)
        found.add((f"_:{focus}" if isinstance(focus, rdflib.BNode) else str(focus), name))
    return found


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("shapes") / "graph.nt"
    write_ntriples(GRAPH, path, BASE)
    return path.read_text(encoding="utf-8").splitlines()


def shortened(line: str) -> str:
    """A line of N-Triples with prefixes, to be named in a table."""
    for prefix, namespace in {"": BASE, **PREFIXES}.items():
        line = re.sub(f"<{re.escape(namespace)}([^<>]*)>", rf"{prefix}:\1", line)
    return line


def test_the_sample_graph_has_the_shapes_with_and_without_the_ontology(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ours(path) == set()
    assert theirs(path) == set()
    assert theirs(path, ont_graph=ONTOLOGY) == set()


CHANGES = {
    "no article class": (r"article/article-1> \S+#type> \S+NewsArticle> \.", None),
    "no context class": (r"article/article-1> \S+#type> \S+Context> \.", None),
    "no headline": (r"article/article-1> \S+headline> .*", None),
    "two headlines": (r"(.*article/article-1> \S+headline> ).*", r'\g<0>\n\1"Another" .'),
    "a headline in English": (r"(article/article-1> \S+headline> \".*\") \.", r"\1@en ."),
    "a bad hash": (r"sha256> \"[0-9a-f]", 'sha256> "X'),
    "a bad date": (r"2024-05-14\"\^\^", '2025-13-45"^^'),
    "a date as text": (r"\"2024-05-14\"\^\^\S+", '"2024-05-14"'),
    "an article from 1": (r"(article-1> \S+beginIndex> )\"0\"", r'\1"1"'),
    "an article of no length": (r"(article-1> \S+endIndex> )\"\d+\"", r'\1"0"'),
    "an address that is a number": (r"(article-1> \S+schema.org/url> )<[^>]*>", rf'\1"7"^^<{PREFIXES["xsd"]}integer>'),
    "a mention of two articles": (
        r"(.*#char=73,79> \S+referenceContext> ).*", rf"\g<0>\n\1<{BASE}article/article-2> .",
    ),
    "a mention of no article": (r"(#char=73,79> \S+referenceContext> )\S+", rf"\1<{BASE}event/event-flood>"),
    "a mention that ends before it begins": (r"(#char=73,79> \S+endIndex> )\"79\"", r'\1"7"'),
    "a mention from a negative number": (r"(#char=73,79> \S+beginIndex> )\"73\"", r'\1"-3"'),
    "a mention with no words": (r"(#char=73,79> \S+anchorOf> )\"Marren\"", r'\1""'),
    "a mention with an odd name": (r"#char=73,79>", "#73-79>"),
    "a mention of three things": (
        r"(.*#char=73,79> \S+taIdentRef> ).*",
        rf"\g<0>\n\1<{BASE}entity/entity-port> .\n\1<{BASE}entity/entity-rescue> .",
    ),
    "a mention of a claim": (r"(#char=73,79> \S+taIdentRef> )\S+", rf"\1<{BASE}claim/claim-1>"),
    "a closed shape that is open": (r"(.*#char=73,79> )(\S+taIdentRef>).*", r'\g<0>\n\1<http://e.org/p> "x" .'),
    "an entity without a name": (r"entity/entity-brandt> \S+schema.org/name> .*", None),
    "an alias that is the name": (r"(.*entity-brandt> \S+altLabel> )\"Brandt\" \.", r'\g<0>\n\1"Ilse Brandt" .'),
    "an entity without a mention": (r"entity/entity-brandt> \S+denotedBy> .*", None),
    "an entity without a class": (r"entity/entity-brandt> \S+#type> .*", None),
    "a facility that is no place": (r"entity/entity-port> \S+#type> \S+schema.org/Place> \.", None),
    "a work without a name": (
        r"(entity-brandt>) (\S+#type>|\S+schema.org/name>) .*",
        rf"\1 <{PREFIXES['rdf']}type> <https://schema.org/CreativeWork> .",
    ),
    "positions that differ": (r"(entity-marren> \S+schema.org/geo> )\S+", rf"\1<{BASE}geometry/other>"),
    "a position without an entity": (r"entity-marren> \S+(hasGeometry|schema.org/geo)> .*", None),
    "a latitude of 148": (r"(latitude> )\"48.25\"", r'\1"148.25"'),
    "a latitude in words": (r"(latitude> )\"48.25\"\S+", r'\1"north"'),
    "an odd point": (r"POINT\(", "POLYGON("),
    "an event of no type": (r"event/event-flood> \S+eventType> .*", None),
    "an event of an odd type": (r"(event-flood> \S+eventType> \S+ns#)DISASTER", r"\1CARNIVAL"),
    "an event of an odd status": (r"(event-flood> \S+ns#status> \S+ns#)Happened", r"\1Exactly"),
    "an event that ends before it begins": (r"(event-flood> \S+LatestEnd\S+ )\"2024-05-14\"", r'\1"2024-05-13"'),
    "an event at an event": (r"(event-flood> \S+hasPlace> )\S+", rf"\1<{BASE}event/event-strike>"),
    "a role of no event": (r"event-strike> \S+ns#role> .*", None),
    "a role of two events": (r"(.*)event-strike> (\S+ns#role> .*)", r"\g<0>\n\1event-flood> \2"),
    "an odd role": (r"(roleType> \S+ns#)source", r"\1bystander"),
    "nobody in a role": (r"role/\S+ \S+22-rdf-syntax-ns#value> .*entity-brandt.*", None),
    "a claim about nothing": (r"(claim-1> \S+ns#about> )\S+", rf"\1<{BASE}event/event-fire>"),
    "a claim with two values": (r"(.*claim-1> \S+ns#value> ).*", r'\g<0>\n\1"four" .'),
    "a claim whose value is a date": (r"(claim-1> \S+ns#value> )\"4\"\S+", rf'\1"2024-05-14"^^<{PREFIXES["xsd"]}date>'),
    "a range without an upper end": (r"claim-5> \S+ns#upper> .*", None),
    "an upper end without a range": (r"(claim-5> \S+ns#qualifier> \S+ns#)Range", r"\1Exactly"),
    "a range upside down": (r"(claim-5> \S+ns#upper> )\"130\"", r'\1"13"'),
    "an odd property": (r"(claim-1> \S+ns#property> )\S+", r"\1<http://e.org/killed>"),
    "a claim by an event": (r"(claim-1> \S+wasAttributedTo> )\S+", rf"\1<{BASE}event/event-flood>"),
    "a claim that agrees and conflicts": (
        r"(.*claim-1> \S+ns#)conflictsWith(> .*)", r"\g<0>\n\1agreesWith\2",
    ),
    "a finding without support": (r"finding-1> \S+supportedBy> .*", None),
    "a finding without a reason": (r"finding-1> \S+ns#reason> .*", None),
    "a relation without a subject": (r"relation/\S+ \S+#subject> .*", None),
    "a storyline of one event": (r"storyline-flood> \S+hasPart> .*event-rescue.*", None),
    "nothing but types": (r"^\S+ (?!\S+#type>).*", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_verdict_on_a_changed_graph_is_pyshacls(name: str, lines: list[str], tmp_path: Path) -> None:
    pattern, new = CHANGES[name]
    changed = [line if new is None or not re.search(pattern, line) else re.sub(pattern, new, line) for line in lines]
    if new is None:
        changed = [line for line in lines if not re.search(pattern, line)]
    assert changed != lines
    path = tmp_path / "graph.nt"
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    found = ours(path)
    assert found
    assert found == theirs(path)


def test_every_shape_says_in_words_what_it_asks_and_how_bad_it_is() -> None:
    for shape in our_shapes():
        for each in (shape, *shape.properties):
            assert re.match(r"(an?|the|what|who|another) ", each.message), each
    with_words = set(SHAPES.subjects(SH.message)) & set(SHAPES.subjects(SH.severity, SH.Violation))
    assert set(SHAPES.subjects(rdflib.RDF.type, SH.NodeShape)) <= with_words
    assert set(SHAPES.subjects(rdflib.RDF.type, SH.PropertyShape)) <= with_words


def test_the_shapes_allow_just_the_words_that_the_nouns_have() -> None:
    allowed = {
        part.path.predicate: {value for values in part.allowed.values() for value in values}
        for shape in our_shapes()
        for part in shape.properties
        if part.allowed is not None
    }
    assert allowed[term("sem:eventType").value] == {term(f"ng:{each}").value for each in EventType}
    assert allowed[term("ng:status").value] == {concept(each).value for each in Status}
    assert allowed[term("ng:datedBy").value] == {concept(each).value for each in DateSource}
    assert allowed[term("ng:qualifier").value] == {concept(each).value for each in Qualifier}
    assert allowed[term("sem:roleType").value] == {term(f"ng:{each}").value for each in Role}


PREAMBLE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://e.org/> .
x:Shape a sh:NodeShape ; sh:targetClass x:Thing ; """
REFUSED = [
    "sh:sparql [ sh:select 'SELECT $this {}' ] .",
    "sh:not [ sh:class x:Thing ] .",
    "sh:property [ sh:path x:p ; sh:uniqueLang true ] .",
    "sh:property [ sh:path [ sh:zeroOrMorePath x:p ] ; sh:minCount 1 ] .",
    "sh:property [ sh:path ( x:p x:q ) ; sh:minCount 1 ] .",
    "sh:property [ sh:minCount 1 ] .",
    "sh:property [ sh:path x:p ; sh:minInclusive 'a' ] .",
    "sh:property [ sh:path x:p ; sh:pattern 'a' ; sh:flags 'i' ] .",
    "sh:nodeKind sh:Anything .",
    "sh:datatype x:a , x:b .",
    "sh:node x:Shape .",
    "sh:targetObjectsOf x:p .",
    "x:extra true .",
]


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_not_known_of_shacl_is_refused(words: str) -> None:
    with pytest.raises(UnknownShape):
        read_shapes(f"{PREAMBLE}{words}".encode())
