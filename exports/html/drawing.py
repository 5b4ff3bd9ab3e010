"""The picture as a pyvis network: shapes, colours and places of nodes and lines."""

from __future__ import annotations

import json
from math import sqrt
from textwrap import wrap
from typing import Any

from pyvis.network import Network

from exports.html import words
from exports.html.families import FAMILIES, family
from exports.html.layout import Size, place
from exports.html.picture import DRAWN, Line, Picture
from graph.model import KnowledgeGraph
from ingest.article import Status

FONT = "system-ui,sans-serif"  # pyvis drops spaces from its options, so no name with a space in it
INK = "#1f2937"
# Entities differ by shape and by colour (after Okabe and Ito, for the colour-blind; darkened for a white ground).
SHAPES = {"person": "dot", "place": "diamond", "organization": "square"}
COLOURS = {"person": "#0072b2", "place": "#00805f", "organization": "#8a4f9e"}
LINES = {"agent": "#1f2937", "target": "#b42318", "place": "#00805f"}
OTHER_LINE = "#9aa3af"
SMALLEST = 14  # pixels of a label's letters
LETTER = 0.53  # mean width of a letter as a part of its size, a little wide to be safe
LINE_HEIGHT = 1.28
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "keyboard": False, "multiselect": False},
    "layout": {"improvedLayout": False},
    "nodes": {"font": {"face": FONT, "size": 14, "color": INK}, "borderWidth": 1.5},
    "edges": {"smooth": {"enabled": False}, "selectionWidth": 1},
}


def draw(graph: KnowledgeGraph, picture: Picture) -> Network:
    """The nodes and lines of a picture, laid out and dressed."""
    letters = _letters(picture)
    nodes: dict[str, dict[str, Any]] = {}
    shown = set(picture.entities) | set(picture.events)
    for event in graph.events:
        if event.id in shown:
            border, ground = FAMILIES[family(event.type)]
            nodes[event.id] = {
                "label": "\n".join(_wrapped(event.label, 24, 3)),
                "shape": "box",
                "color": {
                    "border": border,
                    "background": ground,
                    "highlight": {"border": border, "background": "#ffffff"},
                    "hover": {"border": border, "background": "#ffffff"},
                },
                "font": {"size": letters[event.id]},
                "margin": 8,
                "shapeProperties": {"borderRadius": 5, "borderDashes": _dashes(event.status)},
            }
    for entity in graph.entities:
        if entity.id in shown:
            kind = DRAWN[entity.type]
            colour = COLOURS[kind]
            nodes[entity.id] = {
                "label": "\n".join(_wrapped(entity.name, 22, 2)),
                "shape": SHAPES[kind],
                "font": {"size": letters[entity.id], "strokeWidth": 4, "strokeColor": "#fcfcfd"},
                "size": round(letters[entity.id] * min(1.3, 0.5 + 0.18 * sqrt(picture.weight[entity.id]))),
                "color": {
                    "border": "#ffffff",
                    "background": colour,
                    "highlight": {"border": INK, "background": colour},
                    "hover": {"border": INK, "background": colour},
                },
            }
    sizes = {id: _size(node) for id, node in nodes.items()}
    places = place(sizes, [(line.source, line.target) for line in picture.lines])

    network = Network(cdn_resources="in_line", directed=False)
    network.set_options(json.dumps(OPTIONS))
    for id, node in nodes.items():
        x, y = places[id]
        network.add_node(id, x=x, y=y, **node)
    for line in picture.lines:
        network.add_edge(line.source, line.target, **_dressed(line))
    return network


def _letters(picture: Picture) -> dict[str, int]:
    """Pixels of each label's letters: as on a map, the largest names can still be read with the whole in view."""
    crowd = max(0.0, sqrt(len(picture.weight) / 30) - 1)  # 300 nodes: 2.2
    letters = {}
    for ids in (picture.entities, picture.events):
        for rank, id in enumerate(ids):
            letters[id] = round(SMALLEST * (1 + crowd * max(0.0, 1 - sqrt(rank / len(ids) * 4))))
    return letters


def _dashes(status: Status) -> list[int] | bool:
    """Events that are not said to have happened have a broken border."""
    return False if status in (Status.HAPPENED, Status.ONGOING) else [5, 4]


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """A label in at most so many lines; never empty, as pyvis would show the id instead."""
    return wrap(words.shortened(text, width * most - most), width, max_lines=most, placeholder="…") or ["?"]


def _size(node: dict[str, Any]) -> Size:
    """Width and height of a node as the browser will draw it, its label included, roughly."""
    lines = node["label"].split("\n")
    letters = node["font"]["size"]
    width, height = max(map(len, lines)) * letters * LETTER, len(lines) * letters * LINE_HEIGHT
    if node["shape"] == "box":
        return width + 18, height + 18
    # The label stands below the shape, and the middle of the node is the middle of the shape.
    return max(width, 2.0 * node["size"]), 2 * node["size"] + 1.6 * height


def _dressed(line: Line) -> dict[str, Any]:
    if line.is_relation:
        named = ", ".join(words.plain(role) for role in line.roles)
        arrow = {"to": {"enabled": True, "scaleFactor": 0.45}}
        return {"title": named, "color": _same(OTHER_LINE), "dashes": [2, 4], "width": 1.2, "arrows": arrow}
    main = next((role for role in LINES if role in line.roles), "")
    return {"title": ", ".join(line.roles), "color": _same(LINES.get(main, OTHER_LINE)), "width": 1.6}


def _same(colour: str) -> dict[str, Any]:
    """A colour that a line keeps when it is pointed at."""
    return {"color": colour, "highlight": colour, "hover": colour, "opacity": 0.55}
