"""axe-core, which looks for what keeps people out of a page, on every panel of both views."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.browser import CHROMIUM, Browser
from exports.html.explorer import write_explorer
from exports.html.page import write_html
from tests.seeds_graph import seeds_graph

AXE = Path(__file__).parents[3] / "exports/html/explorer/node_modules/axe-core/axe.min.js"
pytestmark = pytest.mark.skipif(
    (CHROMIUM is None or not AXE.exists()) and "CI" not in os.environ, reason="there is no Chromium or no axe-core here"
)
FOUND = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => `${id}: ` + nodes.slice(0, 3)
    .map(({ html, any }) => html.slice(0, 160) + " " + (any[0]?.message ?? "")).join(" | ")))"""
PANELS = ("graph", "timeline", "map", "claims", "articles")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1440, 900) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    write_html(seeds_graph(), folder / "graph.html")
    write_explorer(seeds_graph(), folder / "explorer.html")
    return folder


def violations(browser: Browser) -> list[str]:
    """Those that axe-core calls serious or critical."""
    browser.evaluate(f"{AXE.read_text(encoding='utf-8')}; 0")
    found = browser.evaluate(FOUND)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_panel_keeps_anybody_out(browser: Browser, folder: Path, scheme: str, width: int) -> None:
    browser.resize(width, 900 if width == 1440 else 812)
    browser.prefer(scheme)
    browser.open(folder / "graph.html")
    browser.evaluate("document.querySelector('.headline').click()")
    seen = {"picture": violations(browser)}
    browser.open(folder / "explorer.html")
    seen["what happened"] = violations(browser)
    browser.evaluate("document.querySelector('.headline').click()")
    for panel in PANELS:
        browser.evaluate(f"document.getElementById('tab-{panel}').click()")
        if panel == "articles":
            browser.evaluate("document.querySelector('.article-list button').click()")
        browser.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        seen[panel] = violations(browser)
    assert {panel: found for panel, found in seen.items() if found} == {}


def test_axe_would_find_something(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<body><img src='data:,'><button></button>", encoding="utf-8")
    browser.open(tmp_path / "bad.html")
    assert any(each.startswith("button-name") for each in violations(browser))
