"""Hostile words in every place of a graph: nothing of them runs in either view, and it would be seen if it did."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.browser import CHROMIUM, Browser
from exports.html import explorer, page
from exports.html.explorer import write_explorer
from exports.html.page import write_html
from graph.model import KnowledgeGraph
from tests.exports.hostile import speaking
from tests.exports.html.hostile_words import BREAKING, RUNNING, WORDS, bristling, control

pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no Chromium here")
LISTED = json.dumps(WORDS)
# Goes through everything that there is to see, and returns the positions of words that were never drawn as text, and
# what happened beside: `canary`, addresses that run, elements that no page of ours has.
LOOKING = """
const seen = new Set();
const odd = new Set();
const turn = () => new Promise((done) => setTimeout(done));
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
function look(within = "body") {
  for (const each of all(`${within}, ${within.replaceAll(",", " *,")} *`)) {
    const { localName } = each;
    if (localName === "script") continue;
    for (const piece of each.childNodes) if (piece.nodeType === Node.TEXT_NODE) seen.add(piece.data);
    for (const { name } of each.attributes) if (name.startsWith("on") || name === "srcdoc") odd.add(name);
    if (/^(img|iframe|object|embed|base|link|meta|math|video|form|style)$/.test(localName)) odd.add(localName);
    const leads = localName === "a" ? new URL(each.href, "about:blank") : null;
    const beside = leads && leads.href.split("#")[0] === new URL("explorer.html", location.href).href;
    if (leads && !beside && !/^https?:$/.test(leads.protocol)) odd.add(each.href);
  }
  if (typeof canary !== "undefined") odd.add("canary");
}
function found() {
  const whole = [...seen].join("\\n");
  return { odd: [...odd], missing: [...words.keys()].filter((at) => !whole.includes(words[at])) };
}
async function type(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await turn();
  look("#found");
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
"""
IN_GRAPH = """(async () => { const words = %s; %s
  look();
  for (const each of all("details")) each.open = true;
  for (const each of all(".headline")) {
    each.click();
    look("#panel");
    for (let at = 0; at < Math.min(3, all("#panel button.name").length); at++) {
      all("#panel button.name")[at].click();
      look("#panel");
    }
  }
  for (const each of words) await type(document.getElementById("search"), each);
  await frame();
  return found();
})()"""
IN_EXPLORER = """(async () => { const words = %s; %s
  const more = () => { for (const each of all(".more, .tl-more")) if (each.offsetHeight) each.click(); };
  const click = async (selector, within, after = () => {}) => {
    for (let at = 0; at < all(selector).length; at++) { all(selector)[at].click(); look(within); await after(); }
  };
  const open = async (panel) => { document.getElementById(`tab-${panel}`).click(); await frame(); more(); look(); };
  await open("claims");
  for (const each of all("details")) each.open = true;
  await open("timeline");
  document.querySelector(".tl-undated").click();
  look(".tl-popover");
  document.querySelector(".tl-close").click();
  await click(".tl-mark", ".side, .tl-popover", () => document.querySelector(".tl-close")?.click());
  await open("map");
  for (const each of all(".map-place").slice(0, 3)) {
    each.dispatchEvent(new Event("pointerenter"));
    await frame();
    look(".map-tip");
  }
  await click(".map-place", ".side, .map-aside", () => document.querySelector(".map-back")?.click());
  await open("articles");
  await click(".article-list button", ".reader", () => click(".mention", ".side"));
  await open("graph");
  document.querySelector(".close")?.click();
  await frame();
  more();
  await click(".headline", ".side", async () => { document.querySelector(".close").click(); more(); });
  for (const each of words) await type(document.querySelector(".search input"), each);
  return found();
})()"""
VIEWS = {"graph.html": (write_html, IN_GRAPH), "explorer.html": (write_explorer, IN_EXPLORER)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1280, 800) as opened:
        yield opened


def traces(browser: Browser, title: str) -> list[str]:
    """What words that ran have left behind."""
    kept = ["canary"] if browser.evaluate("typeof canary !== 'undefined'") else []
    renamed = browser.evaluate("document.title")
    dialogs = [said for said in browser.said if said.startswith("dialog")]
    return [*kept, *([renamed] if renamed != title else []), *dialogs, *browser.requests()]


def test_there_are_enough_of_them() -> None:
    assert len(set(WORDS)) >= 40


@pytest.mark.parametrize("words", RUNNING)
def test_in_a_page_that_escapes_nothing_they_run_and_are_seen(browser: Browser, tmp_path: Path, words: str) -> None:
    (tmp_path / "control.html").write_bytes(control(words).encode("utf-8", "replace"))
    browser.open(tmp_path / "control.html")
    browser.evaluate("new Promise((done) => setTimeout(done, 20))")
    assert traces(browser, "Control") != []


@pytest.mark.parametrize(("file", "swapped"), [("graph.html", False), ("graph.html", True), ("explorer.html", False)])
def test_all_of_them_are_drawn_and_none_runs(browser: Browser, tmp_path: Path, file: str, swapped: bool) -> None:
    write, look = VIEWS[file]
    write(bristling(swapped=swapped), tmp_path / file)
    browser.open(tmp_path / file)
    title = browser.evaluate("document.title")
    found = browser.evaluate(look % (LISTED, LOOKING))
    assert browser.said == []
    assert found["odd"] == []
    assert [WORDS[at] for at in found["missing"]] == []
    assert traces(browser, title) == []


def test_a_page_is_made_of_the_same_pieces_whatever_the_words(browser: Browser) -> None:
    """As the title, as the main story, as the first of all lists: read by the parser of the browser itself."""
    browser.evaluate(
        """globalThis.pieces = (page) => [...new DOMParser().parseFromString(page, "text/html").querySelectorAll("*")]
          .map((each) => [each.localName, ...each.getAttributeNames()].join(" ")).join(", ")"""
    )

    def pieces(render: Callable[[KnowledgeGraph], str], words: str) -> Any:
        page = re.sub(r"<script>.*?</script>", "<script></script>", render(speaking(words)), flags=re.DOTALL)
        return browser.evaluate(f"pieces({json.dumps(page)})")

    for render in (page.render, explorer.render):
        harmless = pieces(render, "Flood")
        for words in WORDS:
            assert pieces(render, words) == harmless, words


def test_an_address_that_somebody_sends_runs_nothing_either(browser: Browser, tmp_path: Path) -> None:
    write_explorer(bristling(), tmp_path / "explorer.html")
    browser.open(tmp_path / "explorer.html")
    title = browser.evaluate("document.title")
    for words in (*RUNNING, *BREAKING):
        browser.evaluate(
            f"""location.hash = ["panel", "node", "article", "at", "hide", "from", "by"]
              .map((name) => name + "=" + encodeURIComponent({json.dumps(words)}.toWellFormed())).join("&")"""
        )
        browser.evaluate("new Promise((done) => setTimeout(done))")
        assert browser.said == [], words
    assert traces(browser, title) == []
