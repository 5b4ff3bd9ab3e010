"""The graph as one HTML file: what happened, a picture to explore, and the sentences behind it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from exports.html import words
from exports.html.drawing import draw, family
from exports.html.picture import DRAWN, Picture, choose
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
    """Write `graph` as a page that asks no network for anything; equal graphs give equal bytes."""
    with whole_file(path) as out:
        out.write(render(graph).encode())


def render(graph: KnowledgeGraph) -> str:
    """The page as text."""
    graph = _in_order(graph)
    picture = choose(graph)
    teller = Storyteller(graph)
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
        policy=_policy(library, script),
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        library=Markup(library),
        script=Markup(script),
        summary=_summary(graph),
        sources=_sources(graph),
        disputes=_disputes(graph),
        first=headlines[:FIRST_EVENTS],
        others=headlines[FIRST_EVENTS:],
        left_out=_left_out(picture),
        details=details,
    )
    network.path = "page.html"
    page: str = network.generate_html()
    return page.rstrip() + "\n"


def _in_order(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The same graph, each tuple sorted, as graphs that were read or built by hand may not be."""
    return KnowledgeGraph(
        articles=tuple(sorted(graph.articles, key=lambda article: article.id)),
        mentions=tuple(sorted(graph.mentions, key=lambda mention: mention.id)),
        entities=tuple(sorted(graph.entities, key=lambda entity: entity.id)),
        events=tuple(sorted(graph.events, key=lambda event: event.id)),
        claims=tuple(sorted(graph.claims, key=lambda claim: claim.id)),
        findings=tuple(sorted(graph.findings, key=lambda finding: finding.id)),
        relations=tuple(sorted(graph.relations, key=lambda fact: (fact.subject, fact.predicate, fact.object))),
        storylines=graph.storylines,
    )


def _library() -> str:
    """The newest vis-network that pyvis brings, as its one file."""
    versions = sorted(Path(str(files("pyvis"))).glob("templates/lib/vis-*/vis-network.min.js"))
    # A browser reads every line break as \n before it checks the hash of a script.
    return versions[-1].read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _policy(*scripts: str) -> str:
    """A content security policy: nothing is fetched, and no script runs but these."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


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


def _summary(graph: KnowledgeGraph) -> str:
    """How much there is, in one line."""
    drawable = sum(entity.type in DRAWN for entity in graph.entities)
    return ", ".join(
        (
            words.counted(len(graph.articles), "article", "articles"),
            words.counted(len(graph.events), "event", "events"),
            words.counted(drawable, "person, place or organisation", "people, places and organisations"),
        )
    )


def _sources(graph: KnowledgeGraph) -> str:
    """Who published the articles, and when."""
    publishers = Counter(article.publisher for article in graph.articles if article.publisher)
    named = [name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))]
    who = ", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "")
    published: list[date] = [article.published for article in graph.articles if article.published is not None]
    span = words.days(min(published), max(published)) if published else ""
    return " · ".join(part for part in (who, span) if part)


def _disputes(graph: KnowledgeGraph) -> str:
    """On how many facts the reports disagree; nothing when on none."""
    facts = {(claim.about, claim.property) for claim in graph.claims if claim.conflicts}
    return f"Reports disagree on {words.counted(len(facts), 'fact', 'facts')}" if facts else ""


def _left_out(picture: Picture) -> str:
    """The line under the picture that says what it does not show."""
    if not picture.left_out:
        return "Everything that was found is in this picture."
    missing = ", ".join(
        words.counted(picture.left_out[kind], *NOUNS[kind]) for kind in NOUNS if kind in picture.left_out
    )
    return f"The picture shows what is told of most. Left out: {missing}. They are in graph.json and graph.ttl."
