"""The graph as one HTML file: what happened, a picture to explore, and the sentences behind it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from exports.html import headings, words
from exports.html.drawing import draw
from exports.html.families import family
from exports.html.picture import Picture, choose
from exports.html.policy import content_policy
from exports.html.story import Details, Storyteller
from exports.whole_file import whole_file
from graph.model import Event, KnowledgeGraph

HERE = Path(__file__).parent
FIRST_EVENTS = 8  # listed at once; a click shows the others
MOST_LISTED = 100
MOST_FIGURES = 3  # numbers shown under an event in the list
NOUNS = {
    "event": ("event", "events"),
    "person": ("person", "people"),
    "place": ("place", "places"),
    "organization": ("organisation", "organisations"),
    "other": ("product, work or other thing", "products, works and other things"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An event as the list of what happened shows it."""

    id: str
    label: str
    kind: str
    family: str
    status: str
    when: str
    told_by: str
    figures: tuple[tuple[str, str, bool], ...]  # property, what the claims say, whether they conflict


def write_html(graph: KnowledgeGraph, path: Path) -> None:
    """Write `graph` as a page that asks no network for anything; equal graphs give equal bytes.

    As graph.html it has explorer.html beside it, where articles without an address of their own can be read.
    """
    with whole_file(path) as out:
        # UTF-8 cannot hold halves of characters.
        out.write(render(graph, "explorer.html" if path.name == "graph.html" else "").encode(errors="replace"))


def render(graph: KnowledgeGraph, explorer: str = "") -> str:
    """The page as text; `explorer` is where explorer.html is, if anywhere."""
    graph = headings.in_order(graph)
    picture = choose(graph)
    teller = Storyteller(graph, explorer=explorer)
    entities = {entity.id: entity for entity in graph.entities}
    events = {event.id: event for event in graph.events}
    details: dict[str, Details] = {id: teller.event(events[id]) for id in picture.events}
    details |= {id: teller.entity(entities[id]) for id in picture.entities}
    headlines = [_headline(events[id], teller) for id in picture.events[:MOST_LISTED]]

    network = draw(graph, picture)
    library = _library()
    script = (HERE / "page.js").read_text(encoding="utf-8")
    network.templateEnv = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    network.templateEnv.globals.update(
        title=headlines[0].label if headlines else "nothing yet",
        policy=content_policy(library, script),
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        library=Markup(library),
        script=Markup(script),
        summary=headings.summary(graph),
        sources=headings.sources(graph),
        disputes=headings.disputes(graph),
        first=headlines[:FIRST_EVENTS],
        others=headlines[FIRST_EVENTS:],
        headlines=[headline.id for headline in headlines],
        left_out=_left_out(picture),
        details=details,
    )
    network.path = "page.html"
    page: str = network.generate_html()
    return page.rstrip() + "\n"


def _library() -> str:
    """The newest vis-network that pyvis brings, as its one file."""
    versions = sorted(Path(str(files("pyvis"))).glob("templates/lib/vis-*/vis-network.min.js"))
    # A browser reads every line break as \n before it checks the hash of a script.
    return versions[-1].read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _headline(event: Event, teller: Storyteller) -> Headline:
    figures = []
    for row in teller.claims(event.id)[:MOST_FIGURES]:
        said = list(dict.fromkeys(cell["value"] for cell in row["cells"]))
        if len(said) > MOST_FIGURES:
            said = [*said[:MOST_FIGURES], "…"]
        figures.append((row["property"], " / ".join(said), row["verdict"] == "disagree"))
    shown: dict[str, Any] = teller.event(event)
    articles = teller.told_by(event.id)
    return Headline(
        id=event.id,
        label=event.label,
        kind=shown["kind"],
        family=family(event.type),
        status=shown["status"],
        when=shown["when"],
        told_by=words.counted(articles, "article", "articles") if articles else "",
        figures=tuple(figures),
    )


def _left_out(picture: Picture) -> str:
    """The line under the picture that says what it does not show."""
    if not picture.left_out:
        return "Everything that was found is in this picture."
    missing = ", ".join(
        words.counted(picture.left_out[kind], *NOUNS[kind]) for kind in NOUNS if kind in picture.left_out
    )
    return f"The picture shows what is told of most. Left out: {missing}. They are in explorer.html and graph.ttl."
