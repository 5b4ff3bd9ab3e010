"""The whole graph as one HTML file: picture, timeline, map, claims and articles, with one selection for all."""

from __future__ import annotations

import json
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from exports.html.explorer_data import embedded
from exports.html.fitting import fitting
from exports.html.policy import content_policy
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph

HERE = Path(__file__).parent
UNSAFE = "<>&\u2028\u2029"  # what could end the script that the data stand in
HOLE = "\ufffc"  # where in the page they go


def write_explorer(graph: KnowledgeGraph, path: Path) -> None:
    """Write `graph`, or what fits of it, as a page that asks no network for anything; equal graphs give equal bytes."""
    with whole_file(path) as out:
        out.writelines(pieces(graph))


def pieces(graph: KnowledgeGraph) -> tuple[bytes, bytes, bytes]:
    """The page: what stands before the data, the data, and what stands behind them."""
    graph, left_out = fitting(graph)
    data = embedded(graph)
    data["sources"] = " · ".join(filter(None, (data["sources"], left_out)))
    script, style = ((HERE / "explorer" / name).read_text(encoding="utf-8") for name in ("explorer.js", "explorer.css"))
    template = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("explorer.html")
    page = template.render(
        policy=content_policy(script), summary=data["summary"], style=Markup(style), script=Markup(script), data=HOLE
    )
    before, _, behind = page.partition(HOLE)
    return before.encode(), _json(data), f"{behind.rstrip()}\n".encode()


def render(graph: KnowledgeGraph) -> str:
    """The page as text."""
    return b"".join(pieces(graph)).decode()


def _json(data: object) -> bytes:
    """JSON that may stand in a script of a page."""
    try:
        written = orjson.dumps(data)
    except orjson.JSONEncodeError:  # halves of characters, which UTF-8 cannot hold
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace")
    for character in UNSAFE:
        written = written.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return written
