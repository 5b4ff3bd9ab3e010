"""graph.html and explorer.html of the sample articles, from a file, in a real browser that has no network."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.browser import CHROMIUM, Browser
from exports.html.explorer import write_explorer
from exports.html.page import write_html
from graph.model import Claim, Event, KnowledgeGraph
from ingest.article import EventType, Qualifier
from tests.seeds_graph import seeds_graph

pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no Chromium here")
FILES = ("graph.html", "explorer.html")
FIRST_VIEW = 1500  # milliseconds
# Milliseconds from the request of the file to the first picture with something to read in it.
SEEN = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.querySelector(".headline").offsetHeight > 0 ? performance.now() : Infinity))))"""
# What is told of a thing, without what a reader cannot see.
TOLD = "document.querySelector('#panel, .side-body').innerText"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1440, 900) as opened:
        yield opened


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return seeds_graph()


@pytest.fixture(scope="module")
def folder(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    write_html(graph, folder / "graph.html")
    write_explorer(graph, folder / "explorer.html")
    return folder


def drone_strike(graph: KnowledgeGraph) -> Event:
    """Of 11 June 2025: three dead, 60 hurt; a fourth died the day after."""
    said = {event.id: {claim.value for claim in graph.claims if claim.about == event.id} for event in graph.events}
    return next(event for event in graph.events if said[event.id] >= {3.0, 4.0, 17.0, 60.0, 64.0})


def claims_about(graph: KnowledgeGraph, event: Event) -> list[Claim]:
    return [claim for claim in graph.claims if claim.about == event.id]


def open_event(browser: Browser, page: Path, event: Event) -> str:
    """Click the event in the list of what happened, and return what is told of it then."""
    browser.open(page)
    browser.evaluate(
        f"""[...document.querySelectorAll(".headline")]
          .find((each) => each.querySelector("strong").textContent === {json.dumps(event.label)}).click()"""
    )
    told = browser.evaluate(TOLD)
    assert isinstance(told, str)
    return told


@pytest.mark.parametrize("file", FILES)
def test_a_page_opens_soon_asks_for_nothing_and_says_nothing(browser: Browser, folder: Path, file: str) -> None:
    times = []
    for _ in range(3):
        browser.open(folder / file)
        times.append(browser.evaluate(SEEN))
        assert browser.requests() == []
        assert browser.said == []
    assert min(times) < FIRST_VIEW, times


def test_a_request_and_a_warning_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "loud.html"
    page.write_text(
        "<body><img src='https://elsewhere.invalid/a.png'><script>console.warn('careful')</script>", encoding="utf-8"
    )
    browser.open(page)
    assert browser.requests() == ["https://elsewhere.invalid/a.png"]
    assert "careful" in browser.said


@pytest.mark.parametrize("file", FILES)
def test_the_start_of_a_surname_finds_one_person(browser: Browser, folder: Path, file: str) -> None:
    browser.open(folder / file)
    browser.evaluate("document.querySelector('input[type=search]').focus()")
    browser.type("Zelen")
    found = browser.evaluate("[...document.querySelectorAll('#found li')].map((each) => each.innerText.split('\\n'))")
    # What he did is listed below him.
    assert [name for name, kind in found if kind == "person"] == ["Volodymyr Zelensky"] == [found[0][0]]
    browser.press("Enter")
    assert "Volodymyr Zelensky" in browser.evaluate(TOLD)


@pytest.mark.parametrize("file", FILES)
def test_an_event_shows_its_articles_its_numbers_and_the_sentences(
    browser: Browser, folder: Path, graph: KnowledgeGraph, file: str
) -> None:
    event = drone_strike(graph)
    told = open_event(browser, folder / file, event)
    cells = browser.evaluate(
        "[...document.querySelectorAll('.cell')].map((each) => [each.querySelector('.value, .amount').innerText, "
        "each.innerText, each.querySelector('q')?.textContent])"
    )
    shown = {amount.removesuffix(" people") for amount, _, _ in cells}
    assert {"3", "4", "60", "64", "at least 60", "17 drones"} <= shown, shown
    words = [quote for _, _, quote in cells if quote]
    for claim in claims_about(graph, event):
        assert any(claim.text in quote for quote in words), claim.text
    articles = {claim.article for claim in claims_about(graph, event)}
    assert len(articles) >= 3
    for article in graph.articles:
        if article.id in articles:
            assert (article.publisher or article.title)[:40] in told
    sentences = browser.evaluate("[...document.querySelectorAll('.quote blockquote')].map((each) => each.textContent)")
    texts = [article.text for article in graph.articles]
    assert len(sentences) >= 3
    assert all(any(sentence.strip("…") in text for text in texts) for sentence in sentences)
    assert browser.said == []


def test_the_claims_panel_keeps_what_is_said_of_different_events_apart(
    browser: Browser, folder: Path, graph: KnowledgeGraph
) -> None:
    """Four died on Saturday and three on Wednesday: two events, and no contradiction."""
    wednesday = drone_strike(graph)
    saturday = next(
        event
        for event in graph.events
        if {("killed", 4.0), ("injured", 60.0)} <= {(c.property, c.value) for c in claims_about(graph, event)}
        and event.id != wednesday.id
    )
    browser.open(folder / "explorer.html", "#panel=claims")
    while browser.evaluate("Boolean(document.querySelector('.claims > div > .more'))"):
        browser.evaluate("document.querySelector('.claims > div > .more').click()")
    blocks = browser.evaluate(
        """[...document.querySelectorAll(".claim-block")].map((block) => [
          block.querySelector("h3 .name").textContent,
          [...block.querySelectorAll("table")].map((table) => [
            table.getAttribute("aria-label"), [...table.querySelectorAll("tbody tr")].map((row) =>
              [row.querySelector(".amount").innerText, row.querySelector("q").textContent, row.innerText])])])"""
    )
    assert len(blocks) == len({claim.about for claim in graph.claims})
    for event in (wednesday, saturday):
        own = {claim.text for claim in claims_about(graph, event)}
        of_event = [rows for name, tables in blocks if name == event.label for _, rows in tables]
        said = {quote for rows in of_event for _, quote, _ in rows}
        assert said == own
    (tables,) = (tables for name, tables in blocks if name == saturday.label)
    (killed,) = (rows for label, rows in tables if label.startswith("killed:"))
    assert [amount for amount, _, _ in killed] == ["4 people"]
    assert not any("disagrees" in text for _, _, text in killed)


def test_claims_that_contradict_are_told_as_such_only_within_one_event(browser: Browser, tmp_path: Path) -> None:
    graph = seeds_graph()
    article = graph.articles[0]
    events = tuple(
        Event(id=f"event-{n}", type=EventType.ASSAULT, mode=None, label=f"Strike {n}", status=graph.events[0].status,
              start=None, end=None) for n in range(2)
    )  # fmt: skip
    claims = tuple(
        Claim(
            id=f"claim-{n}", about=events[n // 2].id, property="killed", value=float(n + 1), upper=None,
            qualifier=Qualifier.EXACTLY, unit=None, text=article.text[n : n + 30], speaker=None, said_by=None,
            article=article.id, mention="", as_of=None, origin=article.id,
            conflicts={0: ("claim-1",), 1: ("claim-0",)}.get(n, ()),
        )
        for n in range(3)
    )  # fmt: skip
    write_explorer(KnowledgeGraph(articles=(article,), events=events, claims=claims), tmp_path / "explorer.html")
    browser.open(tmp_path / "explorer.html", "#panel=claims")
    blocks = browser.evaluate("[...document.querySelectorAll('.claim-block')].map((each) => each.innerText)")
    first = next(block for block in blocks if block.startswith("Strike 0"))
    second = next(block for block in blocks if block.startswith("Strike 1"))
    assert "Reports disagree" in first
    assert "disagrees with 2" in first
    assert "disagree" not in second
