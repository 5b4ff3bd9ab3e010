"""SPARQL over a graph: in this process, over an index on disk, and in a process with limits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from exports import DEFAULT_BASE
from exports.json_form import read_json
from exports.rdf.answering import Answering, Forms, NoForm, TookTooLong, TookTooMuch, TooMuchFound
from exports.rdf.index import fill, index_of
from exports.rdf.sparql import Answer, BadQuery, RemoteQuery, asks_elsewhere, query
from exports.rdf.terms import prefixes

ROOT = Path(__file__).parents[3]
GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
DERIVED = f"{DEFAULT_BASE}graph/derived"
DEATHS = """SELECT ?event ?value ?speaker {
  ?claim ng:about/rdfs:label ?event ; ng:property ng:killed ; ng:value ?value .
  OPTIONAL { ?claim prov:wasAttributedTo/schema:name ?speaker } } ORDER BY ?value"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def asked(sparql: str, base: str = DEFAULT_BASE) -> Answer:
    store = Store()
    fill(store, GRAPH, base)
    return query(store, sparql, prefixes(base))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Path]:
    with index_of(tmp_path, "digest", lambda: GRAPH, DEFAULT_BASE) as place:
        yield place


def test_claims_that_disagree_come_side_by_side_with_no_prefix_declared() -> None:
    answer = asked(DEATHS)
    assert answer.columns == ("event", "value", "speaker")
    assert answer.rows == (("Flood in Marren", "4", "Ilse Brandt"), ("Flood in Marren", "6", None))


def test_things_have_the_prefixes_of_their_base() -> None:
    answer = asked("SELECT ?name { entity:entity-brandt schema:name ?name }", "https://example.org/kg")
    assert answer.rows == (("Ilse Brandt",),)


def test_ask_and_construct_are_answered_too() -> None:
    assert asked("ASK { ?event sem:eventType ng:DISASTER }").rows == (("true",),)
    built = asked("CONSTRUCT { ?event a ng:News } { ?event sem:eventType ng:DISASTER }")
    assert built.columns == ("subject", "predicate", "object")
    assert len(built.rows) == 1


def test_a_query_is_about_all_named_graphs_unless_it_says_which() -> None:
    everything = asked("SELECT ?s ?p ?o { ?s ?p ?o }").rows
    derived = asked(f"SELECT ?s ?p ?o FROM <{DERIVED}> {{ ?s ?p ?o }}").rows
    assert set(derived) < set(everything)
    assert asked(f"SELECT ?s ?p ?o {{ GRAPH <{DERIVED}> {{ ?s ?p ?o }} }}").rows == derived
    assert asked("SELECT ?s ?p ?o { ?s ?p ?o } # FROM <http://example.org/>").rows == everything


def test_what_an_article_says_is_in_its_own_graph_and_what_was_made_of_it_is_not() -> None:
    said = asked("SELECT ?article ?p { GRAPH ?article { ?claim a ng:Claim ; prov:hadPrimarySource ?article ; ?p ?o } }")
    assert {article for article, _ in said.rows} == {f"{DEFAULT_BASE}article/{claim.article}" for claim in GRAPH.claims}
    ours = {predicate.rsplit("#", 1)[-1] for _, predicate in said.rows if predicate}
    assert {"value", "qualifier", "wasQuotedFrom"} <= ours
    assert not ours & {"about", "conflictsWith", "origin", "wasAttributedTo"}


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
        asked(sparql)


@pytest.mark.parametrize("sparql", LOCAL)
def test_the_word_service_elsewhere_is_no_reason_to_refuse(sparql: str) -> None:
    assert not asks_elsewhere(sparql)
    asked(sparql)


@pytest.mark.parametrize("sparql", ["", "SELECT", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1:1/>"])
def test_what_is_no_query_is_refused(sparql: str) -> None:
    with pytest.raises(BadQuery):
        asked(sparql)


def test_an_index_is_made_once_and_again_for_another_graph(tmp_path: Path) -> None:
    made = []
    for digest in ("one", "one", "two"):
        with index_of(tmp_path, digest, lambda: GRAPH, DEFAULT_BASE, lambda: made.append("made")) as place:
            assert len(query(Store.read_only(str(place)), DEATHS, prefixes(DEFAULT_BASE)).rows) == 2
    assert len(made) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_index_that_cannot_be_kept_is_a_temporary_one(tmp_path: Path) -> None:
    folder = tmp_path / "a file, not a folder"
    folder.write_text("")
    with index_of(folder, "digest", lambda: GRAPH, DEFAULT_BASE) as place:
        assert len(query(Store.read_only(str(place)), DEATHS, prefixes(DEFAULT_BASE)).rows) == 2
    assert not place.exists()


def test_a_query_without_end_is_stopped_and_the_next_one_answered(index: Path) -> None:
    with Answering(index, prefixes(DEFAULT_BASE), seconds=1) as answering:
        start = time.perf_counter()
        with pytest.raises(TookTooLong, match="1 s"):
            answering.answer(ENDLESS, Forms())
        assert time.perf_counter() - start < 5
        assert answering.answer("ASK { ?s ?p ?o }", Forms()).body == b'{"head":{},"boolean":true}'


def test_an_answer_that_is_too_large_is_refused_and_the_next_one_given(index: Path) -> None:
    with Answering(index, prefixes(DEFAULT_BASE), size=100) as answering:
        with pytest.raises(TooMuchFound, match="100 bytes"):
            answering.answer("SELECT * { ?s ?p ?o }", Forms())
        assert answering.answer("ASK { ?s ?p ?o }", Forms()).kind == "boolean"


def test_a_query_that_needs_too_much_memory_is_stopped(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.rdf.answering.MEMORY", 1 << 29)
    with Answering(index, prefixes(DEFAULT_BASE)) as answering:
        with pytest.raises(TookTooMuch, match="memory"):
            answering.answer("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c", Forms())
        assert answering.answer("ASK { ?s ?p ?o }", Forms()).kind == "boolean"


@pytest.mark.parametrize(
    ("sparql", "forms", "kind", "start"),
    [
        (DEATHS, Forms(), "solutions", b'{"head":{"vars":["event","value","speaker"]}'),
        (DEATHS, Forms(solutions="text/csv"), "solutions", b"event,value,speaker\r\nFlood in Marren,4,Ilse Brandt"),
        (DEATHS, Forms(solutions="application/sparql-results+xml"), "solutions", b"<?xml"),
        ("ASK { ?s ?p ?o }", Forms(solutions="text/csv"), "boolean", b"true"),
        ("DESCRIBE entity:entity-brandt", Forms(), "triples", b"@prefix claim: "),
        ("DESCRIBE entity:entity-brandt", Forms(triples="application/rdf+xml"), "triples", b"<?xml"),
        ("DESCRIBE entity:entity-brandt", Forms(triples="application/ld+json"), "triples", b"["),
    ],
)
def test_answers_come_in_the_form_asked_for(index: Path, sparql: str, forms: Forms, kind: str, start: bytes) -> None:
    with Answering(index, prefixes(DEFAULT_BASE)) as answering:
        answered = answering.answer(sparql, forms)
    assert (answered.kind, answered.body[: len(start)]) == (kind, start)


def test_what_is_refused_in_the_process_is_refused_here(index: Path) -> None:
    with Answering(index, prefixes(DEFAULT_BASE)) as answering:
        with pytest.raises(BadQuery, match="expected"):
            answering.answer("SELECT", Forms())
        with pytest.raises(RemoteQuery):
            answering.answer(REMOTE[0], Forms())
        with pytest.raises(NoForm, match="RDF/XML"):
            answering.answer('CONSTRUCT { entity:a rdfs:label "\\u0001" } {}', Forms(triples="application/rdf+xml"))


def test_a_dataset_given_with_the_query_takes_the_place_of_its_own(index: Path) -> None:
    with Answering(index, prefixes(DEFAULT_BASE)) as answering:
        csv = Forms(solutions="text/csv")
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        derived = answering.answer(count, csv, default_graphs=[DERIVED]).body
        assert derived == answering.answer(f"SELECT (COUNT(*) AS ?n) FROM <{DERIVED}> {{ ?s ?p ?o }}", csv).body
        assert derived != answering.answer(count, csv).body
        assert answering.answer(count, csv, named_graphs=[DERIVED]).body.split() == [b"n", b"0"]


def test_a_process_whose_asker_was_killed_ends_whatever_it_computes(index: Path) -> None:
    program = f"""
from pathlib import Path
from exports.rdf.answering import Answering, Forms
with Answering(Path({str(index)!r}), {{}}, seconds=None) as answering:
    answering.answer("ASK {{}}", Forms())
    print(answering._process.pid, flush=True)
    answering.answer({ENDLESS!r}, Forms())
"""
    asker = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert asker.stdout is not None
    answerer = int(asker.stdout.readline())
    asker.kill()
    asker.communicate()
    deadline = time.monotonic() + 10
    while _runs(answerer) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _runs(answerer)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # one that has ended may wait for somebody to take note
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
