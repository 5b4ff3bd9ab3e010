"""The example queries find something, the same in engines that know nothing of each other, and take other values."""

from __future__ import annotations

import math
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.engines import ENGINES, Answered, answers, fitting, missing_programs
from exports.json_form import read_json
from exports.rdf.examples import BadParameter, Example, UnknownExample, example, examples
from exports.rdf.files import write_turtle
from graph.model import KnowledgeGraph
from tests.seeds_graph import seeds_graph

SAMPLE = read_json(Path(__file__).parents[1] / "sample_graph.json")
NAMES = sorted(examples())


def fitted(turtle: Path) -> dict[str, str]:
    """The examples with values that this graph has something for."""
    values = fitting(turtle)
    return {
        name: each.with_values({key: value for key, value in values.items() if key in each.parameters})
        for name, each in examples().items()
    }


def differences(turtle: Path, queries: dict[str, str], engines: list[str]) -> list[str]:
    """Where an engine fails, or answers otherwise than pyoxigraph, the order of the rows included."""
    found = {engine: answers(ENGINES[engine](turtle), queries) for engine in ["pyoxigraph", *engines]}
    lines = []
    for name in queries:
        expected = found["pyoxigraph"][name]
        assert isinstance(expected, Answered), expected
        for engine in engines:
            said = found[engine][name]
            if isinstance(said, str):
                lines.append(f"{name}, {engine}: {said}")
            elif said.rows != expected.rows:
                lines.append(f"{name}, {engine}: {said.rows} instead of {expected.rows}")
    return lines


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(seeds_graph(), tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(SAMPLE, tmp_path_factory.mktemp("sample"))


def written(graph: KnowledgeGraph, folder: Path) -> Path:
    write_turtle(graph, folder / "graph.ttl")
    return folder / "graph.ttl"


def test_there_are_twenty_and_each_is_a_question_with_what_its_rows_show() -> None:
    assert len(NAMES) == 20
    for each in examples().values():
        assert each.title.endswith("?")
        assert each.about.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_can_be_pasted_anywhere_and_says_in_which_order_its_rows_come(name: str) -> None:
    sparql = example(name).sparql
    pyoxigraph.Store().query(sparql)  # every prefix is declared
    assert "ORDER BY" in sparql
    assert "GROUP_CONCAT" not in sparql and "SAMPLE" not in sparql


@pytest.mark.parametrize("name", NAMES)
def test_every_block_of_values_is_a_parameter(name: str) -> None:
    each = example(name)
    assert each.sparql.count("VALUES") == len(each.parameters)
    if any(not isinstance(value, str) for value in each.parameters.values()):
        assert "PREFIX xsd:" in each.sparql  # other values may need it


def test_each_finds_something_in_the_sample_articles_as_it_stands(seeds: Path) -> None:
    found = answers(ENGINES["pyoxigraph"](seeds), {name: each.sparql for name, each in examples().items()})
    assert {name: said for name, said in found.items() if isinstance(said, str) or not said.rows} == {}


@pytest.mark.parametrize("graph", ["seeds", "sample"])
def test_rdflib_and_pyoxigraph_answer_alike(graph: str, request: pytest.FixtureRequest) -> None:
    turtle = request.getfixturevalue(graph)
    assert differences(turtle, fitted(turtle), ["rdflib"]) == []
    assert differences(turtle, {name: each.sparql for name, each in examples().items()}, ["rdflib"]) == []


@pytest.mark.parametrize("graph", ["seeds", "sample"])
def test_virtuoso_and_an_oxigraph_server_answer_as_pyoxigraph_does(graph: str, request: pytest.FixtureRequest) -> None:
    if missing_programs() and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing_programs())}")
    turtle = request.getfixturevalue(graph)
    assert differences(turtle, fitted(turtle), ["Oxigraph", "Virtuoso"]) == []


def test_a_graph_with_nothing_in_it_gives_no_rows_anywhere(tmp_path: Path) -> None:
    turtle = written(KnowledgeGraph(), tmp_path)
    queries = {name: each.sparql for name, each in examples().items()}
    assert differences(turtle, queries, ["rdflib"]) == []


def test_parameters_are_strings_dates_and_numbers_with_the_values_that_stand_in_the_query() -> None:
    assert example("between").parameters == {
        "place": "Kharkiv", "from": date(2023, 12, 1), "to": date(2025, 6, 30),
    }  # fmt: skip
    assert example("near").parameters["within"] == Decimal(100)


def test_other_values_stand_where_the_first_ones_stood_and_keep_their_datatype() -> None:
    sparql = example("between").with_values({"place": "Port Marren", "to": "2024-05-31"})
    assert '  VALUES ?place { "Port Marren" }\n' in sparql
    assert '  VALUES ?to { "2024-05-31"^^xsd:date }\n' in sparql
    assert '  VALUES ?from { "2023-12-01"^^xsd:date }\n' in sparql
    assert "  VALUES ?within { 12.5 }\n" in example("near").with_values({"within": "12.5"})
    assert '  VALUES ?latitude { "-0.5"^^xsd:decimal }\n' in example("near").with_values({"latitude": "-0.5"})
    assert example("between").with_values({}) == example("between").sparql


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("between", {"where": "Kharkiv"}, "no parameter 'where'; its parameters: place, from, to"),
        ("met", {"who": "Ada"}, "its parameters: none"),
        ("between", {"from": "last week"}, "from='last week' is no date; write it as 2025-06-11"),
        ("near", {"within": "100 km"}, "is no number; write it as 100 or -0.5"),
        ("near", {"within": "1 } ?s ?p ?o { VALUES ?x { 1"}, "is no number"),
        ("near", {"within": "٣"}, "is no number"),
        ("near", {"within": "NaN"}, "is no number"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(BadParameter) as error:
        example(name).with_values(values)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_that_no_example_has_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownExample, match="attacks, best, between"):
        example("everything")


@given(text=st.text(st.characters()) | st.text("\"\\}{\n\r '?ux0041#", max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_text_comes_out_of_the_query_as_it_was_put_in(text: str) -> None:
    echo = Example(
        name="echo", title="?", about=".", parameters={"name": "Ada"},
        sparql='SELECT ?name {\n  VALUES ?name { "Ada" }\n}',
    )  # fmt: skip
    found = pyoxigraph.Store().query(echo.with_values({"name": text}))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    ((value,),) = [tuple(solution) for solution in found]
    assert value == pyoxigraph.Literal(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


@given(
    latitude=st.floats(-80, 80), longitude=st.floats(-180, 180), way=st.floats(1, 99), course=st.floats(0, 2 * math.pi)
)
@settings(max_examples=100, deadline=None)
def test_what_is_near_is_as_far_as_the_great_circle_says(
    latitude: float, longitude: float, way: float, course: float
) -> None:
    north = latitude + way * math.cos(course) / 111.195
    assume(-80 < north < 80)
    east = longitude + way * math.sin(course) / 111.195 / math.cos(math.radians(latitude))
    east = (east + 540) % 360 - 180
    here, there = (round(latitude, 6), round(longitude, 6)), (round(north, 6), round(east, 6))
    # half a kilometre for rounding, a per cent where the cosine is worst
    true = great_circle(here, there)
    assert kilometres(here, there) == pytest.approx(true, abs=0.51 + 0.01 * true)


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The kilometres that the query gives between two points (latitude, longitude in degrees)."""
    store = pyoxigraph.Store()
    store.load(
        f"""@prefix schema: <https://schema.org/> .
        <urn:e> <http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace> <urn:p> ;
            <http://www.w3.org/2000/01/rdf-schema#label> "e" .
        <urn:p> schema:name "p" ; schema:geo <urn:g> .
        <urn:g> schema:latitude {there[0]:.6f} ; schema:longitude {there[1]:.6f} .""",
        format=pyoxigraph.RdfFormat.TURTLE,
    )
    values = {"latitude": f"{here[0]:.6f}", "longitude": f"{here[1]:.6f}", "within": "110"}
    found = store.query(example("near").with_values(values))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    (km,) = [solution["km"] for solution in found]
    assert isinstance(km, pyoxigraph.Literal)
    return float(km.value)


def great_circle(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees) on a sphere, by the haversine formula."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (here, there))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(chord))
