"""How a browser bears the views of a graph: time to the first view, long tasks while idle and panning, memory, size.

Chromium without a graphics card and without a network, 1440 by 900 pixels; times in milliseconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.browser import Browser
from bench.many_nodes import many_nodes
from exports.html.explorer import write_explorer

# Notes every task of more than 50 ms, and when the list of what happened, or the word that nothing did, is drawn.
WATCH = """
window.long = []; window.drawn = 0; window.frames = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) long.push([each.startTime, each.duration]); })
  .observe({ entryTypes: ["longtask"] });
requestAnimationFrame(function look() {
  frames++;
  if (!drawn && document.querySelector(".headline, .empty")) {
    requestAnimationFrame(() => { drawn = performance.now(); });
  }
  requestAnimationFrame(look);
});
"""
CIRCLE = [(500 + 200 * math.sin(step / 8), 500 + 100 * math.cos(step / 8)) for step in range(90)]


def measure_views(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of each view of a built graph, and of the explorer of a made one of 20,000 nodes and 60,000 edges."""
    with TemporaryDirectory() as place, Browser(1440, 900) as browser:
        browser.before_scripts(WATCH)
        write_explorer(many_nodes(), Path(place, "explorer.html"))
        pages = {"graph.html": folder / "graph.html", "explorer.html": folder / "explorer.html"}
        for name, page in (pages | {"explorer.html, made": Path(place, "explorer.html")}).items():
            yield name, _figures(browser, page.absolute())


def _figures(browser: Browser, page: Path) -> dict[str, Any]:
    browser.open(page)
    browser.wait("drawn > 0")
    time.sleep(3)  # whatever is drawn after the first view
    found = {"MB": round(page.stat().st_size / 1e6, 1), "first view": round(browser.evaluate("drawn"))}
    found["longest task, opening"] = _longest(browser, 0)
    start = browser.evaluate("performance.now()")
    time.sleep(2)
    found["longest task, idle"] = _longest(browser, start)
    start, frames = browser.evaluate("[performance.now(), frames]")
    browser.drag(CIRCLE)
    now, more = browser.evaluate("[performance.now(), frames]")
    found["frames a second, panning"] = round(1000 * (more - frames) / (now - start))
    time.sleep(1)
    found["longest task, panning"] = _longest(browser, start)
    found["heap MB"] = round(browser.evaluate("performance.memory.usedJSHeapSize") / 1e6)
    found["requests"] = len(browser.requests())
    found["messages"] = len(browser.said)
    return found


def _longest(browser: Browser, since: float) -> int:
    """The longest task since a time, 0 where none took more than 50 ms."""
    told: list[tuple[float, float]] = browser.evaluate("long")
    return round(max((duration for start, duration in told if start >= since), default=0))
