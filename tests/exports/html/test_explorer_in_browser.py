"""explorer.html in a real browser that reaches no network: it is quiet, and does what it says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.browser import CHROMIUM, Browser
from exports.html.explorer import write_explorer
from exports.json_form import read_json
from graph.model import KnowledgeGraph
from tests.exports.hostile import speaking

GRAPH = read_json(Path(__file__).parents[1] / "sample_graph.json")
PANELS = ("graph", "timeline", "map", "claims", "articles")
# Each would leave a mark in the page if any part of it ran.
HOSTILE = (
    "</script><script>window.caught=1</script>",
    "<img src=x onerror=window.caught=1>",
    "\"'><svg onload=window.caught=1>",
    "javascript:window.caught=1",
    "--><script>window.caught=1</script><!--",
    "{{ window.caught=1 }}${window.caught=1}",
)
pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    write_explorer(GRAPH, path)
    return path


def test_every_panel_opens_without_a_request_or_a_word_on_the_console(browser: Browser, page: Path) -> None:
    for panel in PANELS:
        browser.open(page, f"#panel={panel}")
        assert browser.evaluate("document.querySelector('[role=tab][aria-selected=true]').id") == f"tab-{panel}"
        assert (
            browser.evaluate("document.querySelector('.panel:not([hidden])').innerText.length") > 0 or panel == "graph"
        )
        assert [each for each in browser.asked if not each.startswith(("file:", "data:"))] == []
        assert browser.said == []


def test_typing_the_start_of_a_name_finds_and_selects_it(browser: Browser, page: Path) -> None:
    browser.open(page)
    name = max((entity.name for entity in GRAPH.entities), key=len)
    browser.press("/")
    browser.type(name.split()[-1][:5])
    found = browser.evaluate(
        "[...document.querySelectorAll('#found [role=option] span')].map((each) => each.textContent)"
    )
    assert name in found
    browser.press("Enter")
    assert browser.evaluate("document.querySelector('.side h2').textContent") == found[0]
    assert "node=" in browser.evaluate("location.hash")


def test_an_event_shows_its_claims_and_a_claim_leads_to_its_words(browser: Browser, page: Path) -> None:
    claim = next(claim for claim in GRAPH.claims if claim.about.startswith("event"))
    browser.open(page, f"#node={claim.about}")
    assert claim.text[:40] in browser.evaluate("document.querySelector('.cells').textContent")
    browser.evaluate("document.querySelector('.cell .link.article').click()")
    assert browser.evaluate("document.querySelectorAll('.reader .mention').length") > 0
    assert "panel=articles" in browser.evaluate("location.hash")
    browser.evaluate("history.back()")
    browser.wait("!location.hash.includes('panel=articles')")
    browser.wait("document.querySelector('[aria-selected=true]').id === 'tab-graph'")


def test_claims_that_disagree_come_first(browser: Browser, page: Path) -> None:
    browser.open(page, "#panel=claims")
    assert browser.evaluate("document.querySelectorAll('.claim-block').length") > 0
    verdicts = browser.evaluate(
        "[...document.querySelectorAll('.claim-block .verdict')].map((each) => each.textContent)"
    )
    assert "Reports disagree" not in verdicts or verdicts[0] == "Reports disagree"


def test_a_mention_in_the_text_selects_what_it_names(browser: Browser, page: Path) -> None:
    browser.open(page, f"#panel=articles&article={GRAPH.articles[0].id}")
    shown = browser.evaluate("document.querySelector('.reader .text').textContent")
    assert shown.strip() in GRAPH.articles[0].text
    browser.evaluate("document.querySelector('.reader .mention').click()")
    title = browser.evaluate("document.querySelector('.reader .mention').title")
    assert browser.evaluate("document.querySelector('.side h2').textContent") == title


def test_a_switch_of_the_legend_takes_its_kind_away_and_the_address_says_so(browser: Browser, page: Path) -> None:
    browser.open(page)
    events = len(browser.evaluate("[...document.querySelectorAll('.headline')].map(() => 1)"))
    for _ in range(browser.evaluate("document.querySelectorAll('.chip .square').length")):
        browser.evaluate("document.querySelector('.chip[aria-pressed=true] .square').parentElement.click()")
    assert events > 0
    assert browser.evaluate("document.querySelectorAll('.headline').length") == 0
    assert "hide=" in browser.evaluate("location.hash")
    browser.evaluate("document.querySelector('.reset').click()")
    assert browser.evaluate("document.querySelectorAll('.headline').length") == events


def test_keys_alone_reach_every_panel(browser: Browser, page: Path) -> None:
    browser.open(page)
    for number, panel in enumerate(PANELS, start=1):
        browser.press(str(number))
        assert browser.evaluate("document.activeElement.id") == f"tab-{panel}"


@pytest.mark.parametrize("panel", PANELS)
def test_a_graph_of_nothing_and_one_of_an_article_alone_say_so(browser: Browser, tmp_path: Path, panel: str) -> None:
    for name, graph in (("none", KnowledgeGraph()), ("one", KnowledgeGraph(articles=GRAPH.articles[:1]))):
        write_explorer(graph, tmp_path / f"{name}.html")
        browser.open(tmp_path / f"{name}.html", f"#panel={panel}")
        assert browser.evaluate("[...document.querySelectorAll('.empty')].some((each) => each.offsetHeight > 0)")
        assert browser.said == []


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_articles_never_run(browser: Browser, tmp_path: Path, words: str) -> None:
    write_explorer(speaking(words), tmp_path / "hostile.html")
    for panel in PANELS:
        browser.open(tmp_path / "hostile.html", f"#panel={panel}")
        browser.evaluate("document.querySelector('.headline, .article-list button')?.click()")
        browser.evaluate("document.querySelector('.article-list button')?.click()")
        assert browser.evaluate("typeof window.caught") == "undefined"
        assert browser.evaluate("[...document.querySelectorAll('a')].every((each) => /^https?:$/.test(each.protocol))")
        assert browser.said == []


def test_what_would_run_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "open.html").write_text(f"<body>{HOSTILE[0]}</body>", encoding="utf-8")
    browser.open(tmp_path / "open.html")
    assert browser.evaluate("window.caught") == 1


def test_nothing_sticks_out_on_a_telephone(page: Path) -> None:
    with Browser(375, 812) as small:
        for panel in PANELS:
            small.open(page, f"#panel={panel}")
            assert small.evaluate("document.documentElement.scrollWidth") <= 375
        small.open(page)
        assert small.evaluate("getComputedStyle(document.querySelector('.side-body')).display") == "none"
        small.evaluate("document.querySelector('.handle').click()")
        assert small.evaluate("document.querySelector('.headline').offsetHeight") > 0
