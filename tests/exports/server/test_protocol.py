"""The query operation of the SPARQL 1.1 Protocol: every case that the W3C's tests have for it, and our own refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from starlette.testclient import TestClient

from exports import DEFAULT_BASE
from exports.server.accept import SOLUTIONS, TRIPLES, best
from exports.server.protocol import MOST_BYTES

if TYPE_CHECKING:
    import httpx2 as httpx

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
FIRST = f"{DEFAULT_BASE}article/article-1"
SECOND = f"{DEFAULT_BASE}article/article-2"
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s { ?s a schema:NewsArticle } ORDER BY ?s"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def asked(client: TestClient, query: str, **more: str | list[str]) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more})


def direct(client: TestClient, body: str | bytes, address: str = "/sparql", kind: str = DIRECT) -> httpx.Response:
    return client.post(address, content=body, headers={"Content-Type": kind})


def truth(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    answer = json.loads(response.content)["boolean"]
    assert isinstance(answer, bool)
    return answer


def is_in(*articles: str, graph: str = "") -> str:
    """A query that is true where each of these articles is described in the default graph, or in a named graph."""
    patterns = " ".join(f"<{article}> a schema:NewsArticle ." for article in articles)
    return f"ASK {{ GRAPH {graph} {{ {patterns} }} }}" if graph else f"ASK {{ {patterns} }}"


# query_get, query_post_form, query_post_direct


def test_a_query_is_answered_by_get(client: TestClient) -> None:
    assert truth(asked(client, ASK))


def test_a_query_is_answered_by_a_form(client: TestClient) -> None:
    assert truth(client.post("/sparql", data={"query": ASK}))


def test_a_query_is_answered_as_the_body_of_a_post(client: TestClient) -> None:
    assert truth(direct(client, ASK))
    assert truth(direct(client, ASK, kind=f"{DIRECT}; charset=UTF-8"))


def test_a_query_may_have_any_letters(client: TestClient) -> None:
    query = "ASK { FILTER (STRLEN('Київ 東京') = 7) }"
    assert truth(asked(client, query))
    assert truth(client.post("/sparql", data={"query": query}))
    assert truth(direct(client, query))


# query_dataset_default_graph, query_dataset_default_graphs_get and _post


def test_a_default_graph_named_in_the_address_of_a_direct_post_is_all_there_is(client: TestClient) -> None:
    address = "/sparql?" + urlencode({"default-graph-uri": FIRST})
    assert truth(direct(client, is_in(FIRST), address))
    assert not truth(direct(client, is_in(SECOND), address))


@pytest.mark.parametrize("method", ["get", "form"])
def test_several_default_graphs_are_merged(client: TestClient, method: str) -> None:
    def ask(query: str, *graphs: str) -> bool:
        parameters = {"query": query, "default-graph-uri": list(graphs)}
        if method == "get":
            return truth(client.get("/sparql", params=parameters))
        return truth(client.post("/sparql", data=parameters))

    assert ask(is_in(FIRST, SECOND), FIRST, SECOND)
    assert not ask(is_in(FIRST, SECOND), FIRST)
    assert not ask("ASK { ?s a sem:Event }", FIRST, SECOND)  # that was derived, and stands in another graph


# query_dataset_named_graphs_get and _post


@pytest.mark.parametrize("method", ["get", "form", "form with graphs in the address"])
def test_named_graphs_are_the_only_ones_to_be_had_by_name(client: TestClient, method: str) -> None:
    graphs = {"named-graph-uri": [FIRST]}

    def ask(query: str) -> bool:
        if method == "get":
            return truth(client.get("/sparql", params={"query": query, **graphs}))
        if method == "form":
            return truth(client.post("/sparql", data={"query": query, **graphs}))
        return truth(client.post("/sparql", params=graphs, data={"query": query}))

    assert ask(is_in(FIRST, graph=f"<{FIRST}>"))
    assert ask(is_in(FIRST, graph="?any"))
    assert not ask(is_in(SECOND, graph="?any"))
    assert not ask(ASK)  # the default graph is empty where only named graphs are asked for


# query_dataset_full


def test_default_and_named_graphs_make_one_data_set(client: TestClient) -> None:
    both = {"default-graph-uri": FIRST, "named-graph-uri": SECOND}
    assert truth(asked(client, f"ASK {{ <{FIRST}> a schema:NewsArticle GRAPH ?g {{ <{SECOND}> ?p ?o }} }}", **both))
    assert not truth(asked(client, is_in(SECOND), **both))
    assert not truth(asked(client, is_in(FIRST, graph="?any"), **both))


# query_multiple_dataset


def test_the_data_set_of_the_request_stands_above_that_of_the_query(client: TestClient) -> None:
    query = f"ASK FROM <{SECOND}> {{ <{FIRST}> a schema:NewsArticle }}"
    assert not truth(asked(client, query))
    assert truth(asked(client, query, **{"default-graph-uri": FIRST}))
    assert not truth(asked(client, query.replace(f"<{FIRST}>", f"<{SECOND}>"), **{"default-graph-uri": FIRST}))


# query_content_type_select, _ask, _describe, _construct


@pytest.mark.parametrize("form", SOLUTIONS)
def test_rows_come_in_the_form_that_was_asked_for(client: TestClient, form: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": form})
    assert response.headers["content-type"].partition(";")[0] == form
    assert "accept" in response.headers["vary"].lower()
    if form == "text/csv":
        assert response.text.splitlines() == ["s", FIRST, SECOND]
        return
    kind = QueryResultsFormat.from_media_type(form)
    assert kind is not None
    rows = parse_query_results(BytesIO(response.content), format=kind)
    assert isinstance(rows, QuerySolutions)
    assert [str(row["s"]) for row in rows] == [f"<{FIRST}>", f"<{SECOND}>"]


@pytest.mark.parametrize("form", SOLUTIONS)
def test_a_truth_value_comes_in_the_form_that_was_asked_for(client: TestClient, form: str) -> None:
    response = client.get("/sparql", params={"query": ASK}, headers={"Accept": form})
    assert response.headers["content-type"].partition(";")[0] == form
    kind = QueryResultsFormat.from_media_type(form)
    if form == "text/csv" or kind is None:
        assert response.text.strip() == "true"
    else:
        answer = parse_query_results(BytesIO(response.content), format=kind)
        assert isinstance(answer, QueryBoolean)
        assert answer


@pytest.mark.parametrize("form", TRIPLES)
@pytest.mark.parametrize("query", [f"DESCRIBE <{FIRST}>", f"CONSTRUCT {{ <{FIRST}> ?p ?o }} {{ <{FIRST}> ?p ?o }}"])
def test_triples_come_in_the_form_that_was_asked_for(client: TestClient, form: str, query: str) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": form})
    assert response.headers["content-type"].partition(";")[0] == form
    found = list(parse(response.content, format=RdfFormat.from_media_type(form)))
    assert any("NewsArticle" in str(quad.object) for quad in found)


def test_who_names_no_form_gets_json_and_turtle(client: TestClient) -> None:
    assert asked(client, SELECT).headers["content-type"].startswith(SOLUTIONS[0])
    assert asked(client, f"DESCRIBE <{FIRST}>").headers["content-type"].startswith(TRIPLES[0])


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*, application/json;q=0.1", "text/csv"),
        ("*/*;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
        ("APPLICATION/JSON ; Q=1", "application/sparql-results+json"),
        ("text/csv;q=nonsense, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("", "application/sparql-results+json"),
        ("nonsense, text/csv", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_form_that_is_liked_best_is_taken(accept: str, form: str | None) -> None:
    assert best(accept, SOLUTIONS) == form


@pytest.mark.parametrize("query", [SELECT, ASK, f"DESCRIBE <{FIRST}>"])
def test_a_form_that_we_do_not_have_is_not_acceptable(client: TestClient, query: str) -> None:
    assert client.get("/sparql", params={"query": query}, headers={"Accept": "image/png"}).status_code == 406
    other = "text/turtle" if query in (SELECT, ASK) else "text/csv"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": other})
    assert response.status_code == 406
    assert "can be had as" in response.text


# bad_query_method


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_other_methods_are_not_allowed(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": ASK})
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))


# bad_multiple_queries


def test_two_queries_are_refused(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": [ASK, SELECT]}).status_code == 400
    assert client.post("/sparql", data={"query": [ASK, SELECT]}).status_code == 400
    assert client.post("/sparql", params={"query": ASK}, data={"query": ASK}).status_code == 400
    assert direct(client, ASK, "/sparql?" + urlencode({"query": ASK})).status_code == 400


def test_no_query_is_refused(client: TestClient) -> None:
    assert client.post("/sparql", data={"question": ASK}).status_code == 400
    assert asked(client, "").status_code == 400
    assert direct(client, "").status_code == 400


# bad_query_wrong_media_type, bad_query_missing_form_type, bad_query_missing_direct_type


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", "", None])
@pytest.mark.parametrize("body", [ASK, urlencode({"query": ASK})])
def test_a_body_of_another_type_is_refused(client: TestClient, kind: str | None, body: str) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    response = client.post("/sparql", content=body, headers=headers)
    assert response.status_code == 415
    assert DIRECT in response.headers["accept-post"]


# bad_query_non_utf8


def test_what_is_not_utf_8_is_refused(client: TestClient) -> None:
    latin = "ASK { ?s rdfs:label 'Zürich' }".encode("latin-1")
    assert direct(client, latin).status_code == 400
    assert direct(client, ASK, kind=f"{DIRECT}; charset=iso-8859-1").status_code == 415
    assert direct(client, b"query=ASK+%7B+%3Fs+%3Fp+%27Z%FCrich%27+%7D", kind=FORM).status_code == 400
    assert client.get("/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%27Z%FCrich%27%7D").status_code == 400


# bad_query_syntax


@pytest.mark.parametrize("query", ["ASK { ?s ?p", "nonsense", "SELECT ?x { ?s nowhere:p ?x }", "ASK { '\ud800' }"])
def test_what_is_not_sparql_is_refused(client: TestClient, query: str) -> None:
    encoded = query.encode("utf-8", "surrogatepass")
    response = direct(client, encoded)
    assert response.status_code == 400
    assert len(response.text.splitlines()) >= 1
    assert response.headers["content-type"].startswith("text/plain")


def test_a_graph_that_is_no_iri_is_refused(client: TestClient) -> None:
    assert asked(client, ASK, **{"default-graph-uri": "not an iri"}).status_code == 400
    assert asked(client, ASK, **{"named-graph-uri": "a"}).status_code == 400


# updates


def test_an_update_is_forbidden(client: TestClient) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    for response in (
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", params={"update": update}, data={"query": ASK}),
        client.get("/sparql", params={"update": update}),
        direct(client, update, kind="application/sparql-update"),
    ):
        assert response.status_code == 403
        assert "read-only" in response.text
    assert asked(client, update).status_code == 400
    assert direct(client, update).status_code == 400
    assert not truth(asked(client, "ASK { <urn:a> ?p ?o }"))


def test_another_machine_is_not_asked(client: TestClient) -> None:
    response = asked(client, "SELECT * { SERVICE <http://192.0.2.1/sparql> { ?s ?p ?o } }")
    assert response.status_code == 400
    assert "offline" in response.text


# limits


@pytest.mark.parametrize("kind", [DIRECT, FORM])
def test_a_body_that_is_too_long_is_refused(client: TestClient, kind: str) -> None:
    start = "query=" if kind == FORM else ""
    fits = start + "ASK {} #" + "x" * (MOST_BYTES - 8 - len(start))
    assert direct(client, fits, kind=kind).status_code in (200, 400)  # read, whatever is made of it
    assert direct(client, fits + "x", kind=kind).status_code == 413


def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_long(client: TestClient) -> None:
    parts: Iterator[bytes] = iter([b"x" * (MOST_BYTES // 2)] * 3)
    response = client.post("/sparql", content=parts, headers={"Content-Type": DIRECT})
    assert response.status_code == 413


def test_a_runaway_query_is_stopped_and_the_next_one_answered(client: TestClient) -> None:
    response = asked(client, RUNAWAY)
    assert response.status_code == 503
    assert "no answer within 2 s" in response.text
    assert truth(asked(client, ASK))


def test_an_answer_that_is_too_large_is_refused(client: TestClient) -> None:
    response = asked(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert response.status_code == 500
    assert "LIMIT" in response.text
    assert truth(asked(client, ASK))


# the endpoint itself


@pytest.mark.parametrize("form", TRIPLES)
def test_the_endpoint_describes_itself(client: TestClient, form: str) -> None:
    response = client.get("/sparql", headers={"Accept": form})
    assert response.headers["content-type"].partition(";")[0] == form
    said = {
        (quad.predicate.value.rpartition("#")[2], getattr(quad.object, "value", ""))
        for quad in parse(response.content, format=RdfFormat.from_media_type(form))
    }
    assert ("endpoint", "http://127.0.0.1:8080/sparql") in said
    assert ("feature", "http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph") in said
    assert len([name for name, _ in said if name == "resultFormat"]) == len(SOLUTIONS) + len(TRIPLES)


def test_a_browser_that_comes_without_a_query_is_shown_where_to_ask_one(client: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", headers={"Accept": browser})
    assert (response.status_code, response.headers["location"]) == (303, "/query")


def test_head_is_get_without_a_body(client: TestClient) -> None:
    response = client.head("/sparql", params={"query": ASK})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"].startswith(SOLUTIONS[0])


def test_a_form_that_cannot_hold_what_is_found_is_refused(client: TestClient) -> None:
    query = 'CONSTRUCT { entity:a rdfs:label "\\u0001" } {}'
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert answer.status_code == 406
    assert "U+0001" in answer.text
