"""The whole graph as one HTML file: picture, timeline, map, claims and articles, with one selection for all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from exports.html.explorer_data import embedded
from exports.html.fitting import fitting
from exports.html.policy import content_policy
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph

HERE = Path(__file__).parent
# What could end the script that the data stand in, and halves of characters, which UTF-8 cannot hold.
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def write_explorer(graph: KnowledgeGraph, path: Path) -> None:
    """Write `graph`, or what fits of it, as a page that asks no network for anything; equal graphs give equal bytes."""
    with whole_file(path) as out:
        out.write(render(graph).encode())


def render(graph: KnowledgeGraph) -> str:
    """The page as text."""
    graph, left_out = fitting(graph)
    data = embedded(graph)
    data["sources"] = " · ".join(filter(None, (data["sources"], left_out)))
    script, style = ((HERE / "explorer" / name).read_text(encoding="utf-8") for name in ("explorer.js", "explorer.css"))
    template = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("explorer.html")
    page = template.render(
        policy=content_policy(script),
        summary=data["summary"],
        style=Markup(style),
        script=Markup(script),
        data=Markup(_json(data)),
    )
    return page.rstrip() + "\n"


def _json(data: object) -> str:
    """JSON that may stand in a script of a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
