"""Both views without a mouse: every panel, an event, its article at the words, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.browser import CHROMIUM, Browser
from exports.html.explorer import write_explorer
from exports.html.page import write_html
from exports.json_form import read_json
from graph.model import KnowledgeGraph

pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no Chromium here")
GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
PANELS = ("graph", "timeline", "map", "claims", "articles")
SHOWN = "document.querySelector('[role=tab][aria-selected=true]').id.slice(4)"
FOCUS = "document.activeElement"
TITLE = "document.querySelector('.side h2').textContent"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1280, 800) as opened:
        opened.prefer("light")
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    for name, graph in (
        ("whole", GRAPH), ("none", KnowledgeGraph()), ("one", KnowledgeGraph(articles=GRAPH.articles[:1])),
    ):  # fmt: skip
        (folder / name).mkdir()
        write_html(graph, folder / name / "graph.html")
        write_explorer(graph, folder / name / "explorer.html")
    return folder


def test_numbers_and_arrows_reach_every_panel_and_the_tab_key_goes_into_it(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    for number, panel in enumerate(PANELS, start=1):
        browser.press(str(number))
        assert browser.evaluate(SHOWN) == panel
        browser.tab_to(f"#panel-{panel} :not(select, input)")  # those take the numbers for themselves
    browser.press("1")
    for panel in (*PANELS[1:], PANELS[0]):
        browser.press("ArrowRight")
        assert browser.evaluate(SHOWN) == panel
        assert browser.evaluate(f"{FOCUS}.id") == f"tab-{panel}"
    browser.press("ArrowLeft")
    assert browser.evaluate(SHOWN) == PANELS[-1]
    assert browser.said == []


def test_whatever_has_the_focus_in_the_explorer_is_seen_to_have_it(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    for _ in range(40):
        browser.press("Tab")
        bare = f"getComputedStyle({FOCUS}).outlineStyle === 'none' && {FOCUS} !== document.body"
        assert not browser.evaluate(f"{bare} && {FOCUS}.outerHTML")


def test_from_an_event_to_the_words_of_its_article_and_back(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    browser.tab_to(".headline")
    name = browser.evaluate(f"{FOCUS}.querySelector('strong').textContent")
    browser.press("Enter")
    assert browser.evaluate(TITLE) == name
    # What was chosen is gone with the list; the focus is where its place has been taken.
    assert browser.evaluate(f"document.querySelector('.side-body').contains({FOCUS})")
    browser.tab_to(".cell .link.article", most=20)
    browser.press("Enter")
    assert browser.evaluate(SHOWN) == "articles"
    assert browser.evaluate(f"{FOCUS}.matches('.reader .passage')")
    browser.evaluate("history.back()")
    browser.wait(f"{SHOWN} === 'graph'")
    assert browser.evaluate(TITLE) == name
    browser.press("Escape")
    assert browser.evaluate(TITLE) == "What happened"
    assert browser.said == []


def test_back_from_an_event_the_focus_is_on_it_in_the_list(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    browser.tab_to(".headline")
    browser.press("Tab")
    name = browser.evaluate(f"{FOCUS}.querySelector('strong').textContent")
    browser.press("Enter")
    browser.press("Escape")
    assert browser.evaluate(f"{FOCUS}.querySelector('strong')?.textContent") == name


def test_an_article_is_chosen_and_read_and_a_name_in_it_selected(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    browser.press("5")
    browser.tab_to(".article-list button")
    browser.press("Enter")
    browser.tab_to(".mention")
    name = browser.evaluate(f"{FOCUS}.title")
    browser.press("Enter")
    assert browser.evaluate(TITLE) == name
    assert browser.evaluate(f"{FOCUS}.matches('.mention.selected')")


def test_an_event_of_the_timeline_and_a_place_of_the_map_are_selected(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "explorer.html")
    browser.press("2")
    browser.tab_to(".tl-mark")
    browser.press("Enter")
    assert "node=" in browser.evaluate("location.hash")
    browser.press("Escape")
    browser.press("3")
    browser.tab_to(".map-place")
    browser.press("Enter")
    assert "node=" in browser.evaluate("location.hash")
    assert browser.said == []


@pytest.mark.parametrize("file", ["graph.html", "explorer.html"])
def test_a_slash_searches_the_arrows_choose_and_enter_takes(browser: Browser, folder: Path, file: str) -> None:
    browser.open(folder / "whole" / file)
    browser.press("/")
    assert browser.evaluate(f"{FOCUS}.type") == "search"
    browser.type("mar")
    assert browser.evaluate("document.querySelectorAll('#found li').length") > 1
    browser.press("ArrowDown")
    second = browser.evaluate(
        "document.querySelector('#found [aria-selected=true] span, #found button:focus')?.firstChild.textContent"
    )
    browser.press("Enter")
    assert second
    assert browser.evaluate("document.querySelector('.side h2, #panel h2').textContent") == second
    browser.press("Escape")
    assert browser.evaluate("document.querySelector('.side h2, #panel h2').textContent") != second


def test_the_picture_alone_is_used_without_a_mouse(browser: Browser, folder: Path) -> None:
    browser.open(folder / "whole" / "graph.html")
    browser.tab_to(".headline:not(.lead)")
    name = browser.evaluate(f"{FOCUS}.querySelector('strong').textContent")
    browser.press("Enter")
    assert browser.evaluate("document.querySelector('#panel h2').textContent") == name
    browser.tab_to("#panel button.name")
    other = browser.evaluate(f"{FOCUS}.textContent")
    browser.press("Enter")
    assert browser.evaluate("document.querySelector('#panel h2').textContent") == other
    assert browser.evaluate(f"document.getElementById('panel').contains({FOCUS})")
    browser.press("Escape")
    assert browser.evaluate("document.querySelector('#panel h2').textContent") == "How to read this"
    assert browser.said == []


# The only article of a graph is open at once.
@pytest.mark.parametrize(
    ("name", "panel"),
    [(name, panel) for name in ("none", "one") for panel in PANELS if (name, panel) != ("one", "articles")],
)
def test_a_panel_with_nothing_in_it_says_so(browser: Browser, folder: Path, name: str, panel: str) -> None:
    browser.open(folder / name / "explorer.html")
    browser.press(str(PANELS.index(panel) + 1))
    said = browser.evaluate(
        f"[...document.querySelectorAll('#panel-{panel} .empty')].filter((each) => each.offsetHeight)"
        ".map((each) => each.textContent)"
    )
    assert said, panel
    assert all(len(each) > 20 for each in said)
    assert browser.said == []


@pytest.mark.parametrize("name", ["none", "one"])
def test_a_picture_with_nothing_in_it_says_so(browser: Browser, folder: Path, name: str) -> None:
    browser.open(folder / name / "graph.html")
    assert "The articles tell of no event." in browser.evaluate("document.querySelector('nav').innerText")
    assert browser.evaluate("document.querySelector('h1').innerText").startswith("1 article" if name == "one" else "0")
    assert browser.said == []


@pytest.mark.parametrize("panel", PANELS)
def test_filters_that_nothing_passes_leave_a_word_in_every_panel(browser: Browser, folder: Path, panel: str) -> None:
    browser.open(folder / "whole" / "explorer.html", f"#panel={panel}&from=1900-01-01&to=1900-01-02")
    shown = browser.evaluate(f"document.getElementById('panel-{panel}').innerText")
    assert "passes the filters" in shown or panel == "articles"
