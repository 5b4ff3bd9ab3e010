"""The pages: what each tells, and that every link on one leads to another."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from exports import DEFAULT_BASE
from exports.rdf.terms import Names
from exports.rdf.triples import triples
from exports.server.accept import TRIPLES
from exports.server.catalogue import Catalogue
from exports.server.pages import Pages, Site
from graph.model import KnowledgeGraph
from ingest.article import MentionKind
from tests.exports.server.conftest import FORMER, GRAPH

if TYPE_CHECKING:
    import httpx2 as httpx

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class Links(HTMLParser):
    """Collects where a page leads to, and what it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "a" and known.get("href"):
            self.addresses.append(known["href"] or "")
        if known.get("id"):
            self.ids.append(known["id"] or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(client: TestClient, address: str) -> Links:
    response = client.get(address, headers=BROWSER)
    assert response.status_code == 200, address
    assert response.headers["content-type"].startswith("text/html")
    return Links(response.text)


def rdf(client: TestClient, address: str, form: str = "application/n-triples") -> httpx.Response:
    return client.get(address, headers={"Accept": form})


def iris() -> list[str]:
    """The address of everything that the graph speaks of."""
    subjects = {triple.subject.value for triple in triples(GRAPH, Names(GRAPH, DEFAULT_BASE))}
    return [*sorted({iri.partition("#")[0].removeprefix(DEFAULT_BASE) for iri in subjects}), "graph/derived"]


def test_the_start_page_leads_to_people_places_events_and_files(client: TestClient) -> None:
    start = page(client, "/")
    assert {"/entity/entity-brandt", "/entity/entity-marren", "/event/event-flood", "/query"} <= set(start.addresses)
    assert {"/files/graph.ttl", "/files/graph.json", "/files/graph.html", "/files/explorer.html"} <= set(
        start.addresses
    )
    assert "2 articles" in start.text
    assert "disagree" in start.text


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ilse brandt", "/entity/entity-brandt"),
        ("bran", "/entity/entity-brandt"),
        ("MARREN", "/entity/entity-marren"),
        ("flood in marren", "/event/event-flood"),
        ("River Alder floods Marren, four dead", "/article/article-1"),
    ],
)
def test_things_are_found_by_the_beginnings_of_their_words(client: TestClient, words: str, first: str) -> None:
    found = client.get("/", params={"q": words}, headers=BROWSER)
    assert next(link for link in Links(found.text).addresses if link.count("/") == 2 and "/files/" not in link) == first


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert "Nothing goes by “zzz”" in client.get("/", params={"q": "zzz"}).text
    assert "read into one graph" in client.get("/", params={"q": "  "}).text


@pytest.mark.parametrize("address", iris())
def test_everything_in_the_graph_has_a_page_and_rdf(client: TestClient, address: str) -> None:
    assert page(client, f"/{address}").words
    found = list(parse(rdf(client, f"/{address}").content, format=RdfFormat.N_TRIPLES))
    if not address.startswith("graph/"):
        known = [
            each for each in triples(GRAPH, Names(GRAPH, DEFAULT_BASE)) if each.subject.value == DEFAULT_BASE + address
        ]
        statements = {(quad.predicate, getattr(quad.object, "value", "")) for quad in found}
        assert {(each.predicate, getattr(each.object, "value", "")) for each in known} <= statements


@pytest.mark.parametrize("form", TRIPLES)
def test_a_thing_comes_in_the_form_that_was_asked_for(client: TestClient, form: str) -> None:
    response = rdf(client, "/entity/entity-brandt", form)
    assert response.headers["content-type"].partition(";")[0] == form
    assert response.headers["vary"] == "Accept"
    found = list(parse(response.content, format=RdfFormat.from_media_type(form)))
    # what it names comes with its name
    assert any(getattr(quad.object, "value", "") == "Marren" for quad in found)
    assert response.content == rdf(client, "/entity/entity-brandt", form).content


def test_who_names_no_form_gets_turtle_and_may_name_one_in_the_address(client: TestClient) -> None:
    assert client.get("/event/event-flood").headers["content-type"].startswith("text/turtle")
    for suffix, form in {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml"}.items():
        response = client.get(f"/event/event-flood?as={suffix}", headers=BROWSER)
        assert response.headers["content-type"].startswith(form)
    assert "sem:Event" in Links(client.get("/event/event-flood?as=table").text).text
    assert client.get("/event/event-flood?as=exe").status_code == 404
    assert rdf(client, "/event/event-flood", "image/png").status_code == 406


def test_an_article_comes_with_its_mentions_whose_names_are_fragments_of_its_own(client: TestClient) -> None:
    found = parse(rdf(client, "/article/article-1").content, format=RdfFormat.N_TRIPLES)
    subjects = {getattr(quad.subject, "value", "") for quad in found}
    assert f"{DEFAULT_BASE}article/article-1#char=73,79" in subjects
    assert "char=73,79" in page(client, "/article/article-1").ids


def test_an_entity_page_tells_names_facts_events_and_sentences(client: TestClient) -> None:
    brandt = page(client, "/entity/entity-brandt")
    assert "Mayor Ilse Brandt" in brandt.text
    assert "Mayor of Marren" in brandt.text
    assert "/article/article-1#char=" in " ".join(brandt.addresses)
    assert "/entity/entity-marren" in brandt.addresses
    assert any(address.startswith("/event/") for address in brandt.addresses)


def test_an_event_page_sets_claims_side_by_side(client: TestClient) -> None:
    flood = page(client, "/event/event-flood")
    assert "14 May 2024" in flood.text
    assert "the reports disagree" in flood.text
    assert {"/claim/claim-1", "/claim/claim-3", "/article/article-1", "/article/article-2"} <= set(flood.addresses)
    assert "Ilse Brandt" in flood.text
    assert "/storyline/storyline-flood" in flood.addresses


def test_an_article_page_marks_the_mentions_and_changes_no_character(client: TestClient) -> None:
    article = GRAPH.articles[0]
    stretches = [stretch for part in Catalogue(GRAPH).paragraphs(article) for stretch in part]
    assert "".join(stretch.text for stretch in stretches) == article.text.replace("\n", "")
    mentions = sorted((each for each in GRAPH.mentions if each.article == article.id), key=lambda each: each.start)
    named = [mention.text for mention in mentions]
    assert [stretch.text for stretch in stretches if stretch.kind] == named
    assert "/entity/entity-marren" in page(client, "/article/article-1").addresses


def test_mentions_within_mentions_keep_their_anchors() -> None:
    inner = replace(GRAPH.mentions[0], id="mention-inner", start=74, end=77, text="arr", kind=MentionKind.NUMBER)
    graph = replace(GRAPH, mentions=(*GRAPH.mentions, inner))
    stretches = [each for part in Catalogue(graph).paragraphs(GRAPH.articles[0]) for each in part]
    (holder,) = [each for each in stretches if "char=74,77" in each.anchors]
    assert holder.anchors == ("char=73,79", "char=74,77")
    assert "".join(each.text for each in stretches) == GRAPH.articles[0].text.replace("\n", "")


def test_every_link_stays_on_the_server_and_leads_somewhere(client: TestClient) -> None:
    waiting, seen = ["/"], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = client.get(address, headers=BROWSER)
        assert response.status_code == 200, address
        if not response.headers["content-type"].startswith("text/html") or address.startswith("/files/"):
            continue
        for link in Links(response.text).addresses:
            outside = {each.url for each in GRAPH.articles} | {link for each in GRAPH.entities for link in each.links}
            assert link.startswith(("/", "#")) or link in outside, (address, link)
            plain = link.partition("#")[0]
            if plain.startswith("/") and plain not in seen and plain not in waiting:
                waiting.append(plain)
    assert {"/claim/claim-1", "/finding/finding-1", "/storyline/storyline-flood"} <= seen


@pytest.mark.parametrize("id", ["a/b", "a b", "über/..", "100%", "a\nb\n", "?q=1#x", "a//b"])
def test_an_article_with_any_id_has_a_page(site: Site, id: str, client: TestClient) -> None:
    article = replace(GRAPH.articles[0], id=id)
    pages = Pages(replace(site, graph=KnowledgeGraph(articles=(article,))))
    (address,) = [listed.path for listed in pages.catalogue.find("river alder")]
    assert address.count("/") == 2
    assert unquote(address.rpartition("/")[2]) == id
    assert article.title in pages.article(id)
    # the router finds the whole id, though there is no such article here
    assert client.get(address, headers=BROWSER).status_code == 404


def test_a_thing_with_a_former_id_has_moved(client: TestClient) -> None:
    response = client.get(f"/event/{FORMER}", headers=BROWSER)
    assert (response.status_code, response.headers["location"]) == (301, "/event/event-flood")
    assert rdf(client, f"/event/{FORMER}").status_code == 301


@pytest.mark.parametrize(
    "address", ["/nowhere", "/entity/nobody", "/claim/none", "/graph/other", "/entity/", "/files/x"]
)
def test_what_is_not_there_says_so_in_the_form_that_was_asked_for(client: TestClient, address: str) -> None:
    shown = client.get(address, headers=BROWSER)
    assert shown.status_code == 404
    assert "There is nothing here" in shown.text
    told = client.get(address)
    assert told.status_code == 404
    assert len(told.text.splitlines()) == 1


def test_files_are_given_as_they_are(client: TestClient) -> None:
    turtle = client.get("/files/graph.ttl")
    assert turtle.headers["content-disposition"].startswith("attachment")
    assert len(list(parse(turtle.content, format=RdfFormat.TURTLE))) > 100
    assert client.get("/files/graph.ttl", headers={"If-None-Match": turtle.headers["etag"]}).status_code == 304
    picture = client.get("/files/graph.html")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert picture.headers["content-type"].startswith("text/html")


def test_the_query_page_knows_the_prefixes_and_asks_nobody_else(client: TestClient) -> None:
    shown = client.get("/query")
    assert '"sem": "http://semanticweb.cs.vu.nl/2009/11/sem/"' in shown.text
    assert 'src="/assets/query.js"' in shown.text
    assert "unsafe" not in shown.headers["content-security-policy"]
    assert client.get("/assets/query.js").status_code == 200
    assert client.get("/assets/query.css").status_code == 200
    assert "http" not in client.get("/assets/site.css").text
