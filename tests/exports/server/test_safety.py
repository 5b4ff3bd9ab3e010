"""What is refused, and that nothing an article says is more than text on a page."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from exports.rdf.answering import Answering
from exports.server.guard import POLICY
from exports.server.pages import Pages, Site
from exports.server.site import application
from graph.model import KnowledgeGraph
from tests.exports.server.conftest import GRAPH, HERE, PORT

BROWSER = {"Accept": "text/html"}
FRIEND = "https://friend.example"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input name=q>",
    "<object data=//evil.example/x>",
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<plaintext>",
    "<xmp><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "`onmouseover=alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "{{ 7*7 }}{% for x in y %}{{ config }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#x3c;b&#x3e;",
    "\u202e<b>gpj.exe\u2028</b>\u2029\u0000\ufeff",
    "<ſcript>alert(1)</ſcript>＜script＞",
    "<b\nonclick=alert(1)\n>bold</b>\r\n\x0b\x1b[31m",
    "\ud800<i>half a letter</i>".encode("utf-8", "replace").decode(),
]
TAME = "x"


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and every address on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def saying(text: str) -> KnowledgeGraph:
    """The sample graph with this for every text that comes from an article, or from who wrote one."""
    return replace(
        GRAPH,
        articles=tuple(
            replace(
                each,
                title=text,
                text=text,
                paragraphs=((0, len(text)),),
                publisher=text,
                byline=text,
                url=text,
                path=text,
            )
            for each in GRAPH.articles
        ),
        mentions=tuple(replace(each, text=text, start=0, end=len(text)) for each in GRAPH.mentions),
        entities=tuple(
            replace(each, name=text, aliases=(text,), description=text, links=(text,)) for each in GRAPH.entities
        ),
        events=tuple(
            replace(
                each,
                label=text,
                mode=text,
                participants=tuple(replace(part, text=text) for part in each.participants),
            )
            for each in GRAPH.events
        ),
        claims=tuple(
            replace(each, text=text, unit=text, said_by=text, value=text, property=text) for each in GRAPH.claims
        ),
        findings=tuple(replace(each, reasons=(text,), unit=text, value=text, property=text) for each in GRAPH.findings),
        relations=tuple(replace(each, predicate=text, object=text) for each in GRAPH.relations),
        storylines=tuple(replace(each, label=text) for each in GRAPH.storylines),
    )


def rendered(site: Site, text: str) -> dict[str, str]:
    """Every kind of page about a graph that says this everywhere."""
    pages = Pages(replace(site, graph=saying(text)))
    literal = {"type": "literal", "value": text}
    rows = [
        {"inward": {"type": "literal", "value": inward}, "property": value, "value": value, "called": literal}
        for inward in ("true", "false")
        for value in (literal, {"type": "uri", "value": text})
    ]
    answer = json.dumps({"results": {"bindings": rows}}).encode()
    return {
        "start": pages.start(""),
        "found": pages.start("x" if text == TAME else text),
        "entity": pages.entity("entity-brandt"),
        "event": pages.event("event-flood"),
        "article": pages.article("article-1"),
        "statements": pages.statements("/claim/claim-1", answer),
        "problem": pages.problem(400, text, text),
        "query": Pages(replace(site, base=f"https://example.org/{len(text)}/")).query(),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_article_says_never_becomes_a_part_of_the_page(site: Site, text: str) -> None:
    tame = rendered(site, TAME)
    for name, shown in rendered(site, text).items():
        shape = Shape(shown)
        if name == "found":  # how many are found depends on the words
            assert {element[0] for element in shape.elements} <= {
                element[0] for element in Shape(tame[name]).elements
            } | {"p"}
        else:
            assert shape.elements == Shape(tame[name]).elements, name
        for address in shape.addresses:
            assert address.startswith(("/", "#", "data:,")), (name, address)
            assert not address.startswith("//"), (name, address)


def test_a_hostile_base_or_example_stays_in_its_script(site: Site) -> None:
    pages = Pages(site)
    pages.examples = [{"title": text, "query": text} for text in HOSTILE]
    shown = pages.query()
    # elements of options with no attributes, and one block of settings that ends where it should
    settings = shown.partition('id="settings">')[2].partition("</script>")[0]
    assert [each["query"] for each in json.loads(settings)["examples"]] == HOSTILE
    assert "<script>alert" not in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_searched_for_is_only_shown(client: TestClient, text: str) -> None:
    response = client.get("/", params={"q": text})
    assert response.status_code == 200
    tags = {element[0] for element in Shape(response.text).elements}
    assert not tags & {"script", "img", "svg", "iframe", "object", "base", "math", "template", "b", "i", "style"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:80", "localhost:8081", ""]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 421
    assert client.post("/sparql", data={"query": "ASK {}"}, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_this_machine_goes_by_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8080", ""]
)
def test_another_origin_is_refused(client: TestClient, origin: str) -> None:
    for response in (
        client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin}),
        client.post("/sparql", data={"query": "ASK {}"}, headers={"Origin": origin}),
        client.options("/sparql", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
        client.get("/", headers={"Origin": origin}),
    ):
        assert response.status_code == 403
        assert "access-control-allow-origin" not in response.headers


def test_our_own_pages_may_ask(client: TestClient) -> None:
    assert client.post("/sparql", data={"query": "ASK {}"}, headers={"Origin": HERE}).status_code == 200


def test_a_page_elsewhere_cannot_use_us_as_an_image_but_may_link_here(client: TestClient) -> None:
    image = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/sparql", params={"query": "ASK {}"}, headers=image).status_code == 403
    assert client.get("/", headers=image | {"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert client.get("/", headers=image | {"Sec-Fetch-Mode": "navigate"}).status_code == 200
    assert client.get("/", headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status_code == 200


def test_an_origin_that_was_let_in_may_ask_and_no_other(site: Site, answering: Answering) -> None:
    app = application(site, answering, port=PORT, origins=[FRIEND])
    with TestClient(app, base_url=HERE) as client:
        response = client.post("/sparql", data={"query": "ASK {}"}, headers={"Origin": FRIEND})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, FRIEND)
        asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        assert client.options("/sparql", headers={"Origin": FRIEND, **asking}).status_code == 200
        assert client.get("/", headers={"Origin": "https://evil.example"}).status_code == 403


def test_every_answer_says_what_a_browser_may_do_with_it(client: TestClient) -> None:
    for address in ("/", "/query", "/sparql", "/nowhere", "/assets/site.css", "/files/graph.ttl", "/event/event-flood"):
        for headers in ({}, BROWSER, {"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            response = client.get(address, headers=headers)
            assert "default-src 'none'" in response.headers["content-security-policy"]
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"] == "no-referrer"
            assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "http" not in POLICY
    assert "unsafe" not in POLICY


@pytest.mark.parametrize(
    "address",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../site.py",
        "/assets/%2e%2e/site.py",
        "/assets/%2e%2e%2fsite.py",
        "/assets/..%5c..%5csite.py",
        "/assets/%252e%252e/site.py",
        "/assets//etc/passwd",
        "/assets/%00",
        "/files/../newsgraph.db",
        "/files/%2e%2e%2fetc%2fpasswd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files//etc/passwd",
        "/files/%2fetc%2fpasswd",
        "/files/newsgraph.db",
        "/files/graph.key",
        "/files/index",
        "/files/graph.ttl%00",
        "/files/.",
        "/article/../../../etc/passwd",
        "/article/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ],
)
def test_no_address_leads_out_of_what_is_served(site: Site, answering: Answering, address: str) -> None:
    # httpx tidies addresses, so the path is set where the server would set it
    from urllib.parse import unquote  # noqa: PLC0415

    app = application(site, answering, port=PORT)

    async def as_sent(scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["type"] == "http":
            scope = {**scope, "path": unquote(address), "raw_path": address.encode()}
        await app(scope, receive, send)

    with TestClient(as_sent, base_url=HERE) as client:
        response = client.get("/")
        assert response.status_code == 404
        assert "root:" not in response.text
