"""The page: self-contained, safe with any words, and honest about what it leaves out."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from exports.html.layout import GAP, place
from exports.html.page import render, write_html
from exports.html.picture import choose
from exports.html.story import Storyteller
from exports.json_form import read_json
from graph.model import Event, KnowledgeGraph
from ingest.article import EventType, Status

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \"'<!--"


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, scripts, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        else:
            self.text += data

    def json(self, id: str) -> Any:
        return next(json.loads(text) for attributes, text in self.scripts if attributes.get("id") == id)


PAGE = Page(render(GRAPH))


def test_nothing_on_the_page_comes_from_elsewhere() -> None:
    for tag, attributes in PAGE.tags:
        for name in ("src", "href", "action", "srcset", "data"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, attributes)
    style = render(GRAPH).partition("</style>")[0]
    assert "@import" not in style
    assert "url(" not in style


def test_the_policy_forbids_all_fetching_and_all_scripts_but_ours() -> None:
    policy = next(a["content"] for tag, a in PAGE.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src" not in policy
    running = [text for attributes, text in PAGE.scripts if attributes.get("type") != "application/json"]
    hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in running}
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert len(hashes) == 2


def test_hostile_words_stay_words() -> None:
    hostile = replace(
        GRAPH,
        articles=tuple(replace(a, title=HOSTILE, publisher=HOSTILE, text=HOSTILE * 9) for a in GRAPH.articles),
        entities=tuple(replace(e, name=HOSTILE, aliases=(HOSTILE,), description=HOSTILE) for e in GRAPH.entities),
        events=tuple(replace(e, label=HOSTILE, mode=HOSTILE) for e in GRAPH.events),
        claims=tuple(replace(c, value=HOSTILE, unit=HOSTILE, text=HOSTILE) for c in GRAPH.claims),
        findings=tuple(replace(f, value=HOSTILE, unit=HOSTILE, reasons=(HOSTILE,)) for f in GRAPH.findings),
    )
    page = Page(render(hostile))
    assert len(page.scripts) == len(PAGE.scripts)
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in PAGE.tags}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert page.json("details")["event-flood"]["name"] == HOSTILE
    assert HOSTILE in page.text


def test_the_first_screen_says_what_happened_and_where_reports_disagree() -> None:
    text = " ".join(PAGE.text.split())
    assert "2 articles, 3 events, 4 people, places and organisations" in text
    assert "Reports disagree on 2 facts" in text
    assert text.index("Flood in Marren") < text.index("Strike at Port Marren")
    assert "4 / at least 6 killed" in text
    assert "planned" in text


def test_claims_stand_side_by_side_with_who_says_so() -> None:
    killed, injured = PAGE.json("details")["event-flood"]["claims"]
    assert (killed["property"], killed["verdict"]) == ("killed", "disagree")
    assert [cell["value"] for cell in killed["cells"]] == ["4", "at least 6"]
    assert killed["best"] == ["at least 6: one report, attributed to nobody, 1 report contradicts it"]
    assert [cell["speaker"] for cell in injured["cells"]] == ["Ilse Brandt", "Alder Valley Rescue Service"]


def test_quotations_are_the_sentences_of_the_articles() -> None:
    quotes = PAGE.json("details")["event-flood"]["quotes"]
    said = [quote["before"] + quote["words"] + quote["behind"] for quote in quotes]
    assert said == ["The River Alder broke its banks in Marren early on Tuesday.", "Flood in Marren kills at least six"]


def test_every_node_can_be_told_of_and_physics_is_off() -> None:
    drawing = PAGE.json("drawing")
    assert {node["id"] for node in drawing["nodes"]} == set(PAGE.json("details"))
    assert drawing["options"]["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in drawing["nodes"])


def test_a_graph_too_large_for_one_picture_says_what_was_left_out() -> None:
    many = tuple(
        Event(
            id=f"event-{number:04}",
            type=EventType.OTHER,
            mode=None,
            label=f"Happening {number}",
            status=Status.HAPPENED,
            start=None,
            end=None,
        )
        for number in range(400)
    )
    graph = replace(GRAPH, events=(*many, *GRAPH.events))
    picture = choose(graph)
    assert len(picture.events) + len(picture.entities) == 300
    assert set(picture.events) > {event.id for event in GRAPH.events}
    assert picture.left_out == {"event": 107}
    assert "Left out: 107 events." in Page(render(graph)).text


def test_a_graph_without_anything_is_still_a_page() -> None:
    assert "The articles tell of no event." in Page(render(KnowledgeGraph())).text


def test_no_two_nodes_stand_on_top_of_one_another() -> None:
    sizes = {f"n{number:02}": (90.0 + number, 30.0) for number in range(40)}
    lines = [(f"n{number:02}", f"n{number // 3:02}") for number in range(1, 30)]
    at = place(sizes, lines)
    assert at == place(sizes, lines)
    ids = sorted(sizes)
    for number, one in enumerate(ids):
        for other in ids[:number]:
            apart_x = abs(at[one][0] - at[other][0]) - (sizes[one][0] + sizes[other][0]) / 2
            apart_y = abs(at[one][1] - at[other][1]) - (sizes[one][1] + sizes[other][1]) / 2
            assert max(apart_x, apart_y) > GAP / 4, (one, other)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("Rain fell. Ilse Brandt spoke. All left.", "Ilse Brandt", "Ilse Brandt spoke."),
        ("A bridge in the U.S. Senate's care fell. Rain.", "bridge", "A bridge in the U.S. Senate's care fell."),
        ("Title without a stop\n\nMarren is wet", "Marren", "Marren is wet"),
        ("“We need boats.” She left Marren.", "Marren", "She left Marren."),
    ],
)
def test_a_mention_is_quoted_with_its_sentence(text: str, words: str, sentence: str) -> None:
    mention = replace(GRAPH.mentions[0], start=text.index(words), end=text.index(words) + len(words))
    graph = replace(GRAPH, articles=(replace(GRAPH.articles[0], text=text),), mentions=(mention,))
    entity = next(entity for entity in graph.entities if entity.id == mention.refers_to)
    (quote,) = Storyteller(graph).entity(entity)["quotes"]
    assert quote["before"] + quote["words"] + quote["behind"] == sentence


IN_EXPLORER = re.compile(r"explorer\.html#panel=articles\\u0026article=[\w-]+\\u0026at=\d+-\d+")


@pytest.mark.parametrize("address", ["https://example.org/flood", "javascript:alert(1)", None])
def test_a_sentence_leads_to_its_article_on_the_web_or_in_the_explorer(address: str | None, tmp_path: Path) -> None:
    graph = replace(GRAPH, articles=tuple(replace(each, url=address) for each in GRAPH.articles))
    links = {}
    for name in ("graph.html", "elsewhere.html"):
        write_html(graph, tmp_path / name)
        links[name] = set(re.findall(r'"link": "([^"]*)"', (tmp_path / name).read_text(encoding="utf-8")))
    if address == "https://example.org/flood":
        assert links == {"graph.html": {address}, "elsewhere.html": {address}}
    else:
        assert links["graph.html"]
        assert all(IN_EXPLORER.fullmatch(link) for link in links["graph.html"])
        assert links["elsewhere.html"] == {""}
