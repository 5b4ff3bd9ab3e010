"""The pages: a start page, one for each thing, and the query page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import RdfFormat, parse

from exports.html import words
from exports.rdf.terms import PREFIXES, prefixes, term, with_slash
from exports.server.catalogue import Catalogue, path
from exports.server.guard import POLICY
from graph.model import KnowledgeGraph
from ingest.article import Status

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "rdf" / "ontology.ttl"
EXAMPLES = HERE.parent / "rdf" / "examples"
# YASGUI writes one style element of its own, always the same, for the grips between columns of a table.
GRIPS = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
QUERY_POLICY = POLICY.replace("style-src 'self'", f"style-src 'self' {GRIPS}")
# The properties that give a thing its name, or its words.
TITLES = ("rdfs:label", "schema:name", "schema:text")
VIEWS = ("explorer.html", "graph.html")
# What the files of a graph are for; those that this list does not know are named by their suffix.
FILES = {
    "explorer.html": "the whole graph: picture, timeline, map, claims, articles; one page that needs no network",
    "graph.html": "the picture of what is told of most, one page that needs no network",
    "graph.ttl": "RDF in Turtle, for SPARQL tools",
    "graph.json": "everything as one JSON object",
    "report.json": "what was read, skipped and why",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is served: a built graph, and the folder that it is in."""

    folder: Path
    graph: KnowledgeGraph
    base: str
    present_id: Callable[[str], str] = str  # the id that a thing with a former id has now


class Pages:
    """Writes the pages of one site as HTML; whatever an article says is escaped."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.base = with_slash(site.base)
        self.prefixes = prefixes(site.base)
        self.catalogue = Catalogue(site.graph)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(link=self.catalogue.link, path=path, counted=words.counted, picture=self.picture)
        self._templates.filters.update(day=words.day, plain=words.plain)

    def start(self, text: str) -> str:
        """What is here, or what was found for some words."""
        return self._page(
            "start.html",
            asked=text,
            found=self.catalogue.find(text) if text else [],
            counts=self.catalogue.counts,
            tops=self.catalogue.tops() if not text else {},
            publishers=self.catalogue.publishers(),
            files=self.files(),
        )

    def entity(self, id: str) -> str:
        """A person, place, organisation or other thing; KeyError for an id that is not here."""
        entity = self.catalogue.entities[id]
        return self._page("entity.html", thing=self.catalogue.entity(entity), entity=entity, here=path("entity", id))

    def event(self, id: str) -> str:
        """Something that happened; KeyError for an id that is not here."""
        event = self.catalogue.events[id]
        storyline = self.catalogue.storylines.get(event.storyline or "")
        return self._page(
            "event.html",
            thing=self.catalogue.event(event),
            event=event,
            storyline=storyline,
            happened=event.status == Status.HAPPENED,
            here=path("event", id),
        )

    def article(self, id: str) -> str:
        """A news text with its mentions marked; KeyError for an id that is not here."""
        article = self.catalogue.articles[id]
        paragraphs = self.catalogue.paragraphs(article)
        opening = "".join(part.text for part in paragraphs[0]) if paragraphs else ""
        opens_with_title = bool(paragraphs) and opening.strip() == article.title.strip()
        published = words.day(article.published)
        return self._page(
            "article.html",
            article=article,
            title=words.headline(article),
            headline=paragraphs[0] if opens_with_title else [],
            paragraphs=paragraphs[1:] if opens_with_title else paragraphs,
            known=[each for each in (article.publisher, article.byline, published, article.path) if each],
            claims=self.catalogue.claims_of(id),
            source=article.url if article.url and article.url.startswith(("https://", "http://")) else "",
            here=path("article", id),
        )

    def statements(self, here: str, answer: bytes) -> str:
        """What is said of a thing, from the answer to `describing.table_query` in JSON; KeyError when empty."""
        rows = [self._row(row) for row in json.loads(answer)["results"]["bindings"]]
        if not rows:
            raise KeyError(here)
        outward = [row for row in rows if not row["inward"]]
        called = next((row["text"] for row in outward if row["property"] in TITLES), "")
        return self._page(
            "thing.html",
            title=called or here.strip("/").replace("/", " "),
            outward=outward,
            inward=[row for row in rows if row["inward"]],
            here=here,
        )

    def problem(self, status: int, title: str, detail: str) -> str:
        """What went wrong."""
        return self._page("problem.html", status=status, title=title, detail=detail)

    def query(self) -> str:
        """The query page."""
        return self._page("query.html", settings=self._query_settings, examples=self.examples)

    def picture(self) -> str:
        """The view of the graph that the folder holds, the fullest one; empty where it holds none."""
        return next((name for name in VIEWS if (self.site.folder / name).is_file()), "")

    def files(self) -> list[tuple[str, str, int]]:
        """The files of the graph's folder that anybody may have: name, what it is for, bytes."""
        return [
            (file.name, FILES.get(file.name, f"the graph as {file.suffix[1:]}"), file.stat().st_size)
            for file in sorted(self.site.folder.iterdir())
            if (file.name.startswith("graph.") or file.name in FILES) and file.is_file() and not file.is_symlink()
        ]

    @cached_property
    def examples(self) -> list[dict[str, str]]:
        """The example queries; the first line of each, a comment, is its title."""
        examples = []
        for file in sorted(EXAMPLES.glob("*.rq")):
            query = file.read_text(encoding="utf-8")
            first = query.partition("\n")[0]
            examples.append({"title": first.lstrip("# ").strip() or file.stem, "query": query})
        return examples

    @cached_property
    def _query_settings(self) -> Mapping[str, object]:
        properties, classes = _vocabulary()
        return {
            "endpoint": "/sparql",
            "base": self.base,
            "graph": str(self.site.folder.resolve()),
            "prefixes": self.prefixes,
            "examples": self.examples,
            "properties": properties,
            "classes": classes,
        }

    def _row(self, row: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        value = row["value"]
        is_iri = value["type"] == "uri"
        iri = value["value"]
        return {
            "inward": row["inward"]["value"] == "true",
            "property": self.shortened(row["property"]["value"]),
            "text": row["called"]["value"] if "called" in row else self.shortened(iri) if is_iri else iri,
            "title": iri if is_iri else "",
            "path": "/" + iri.removeprefix(self.base) if is_iri and iri.startswith(self.base) else "",
        }

    def shortened(self, iri: str) -> str:
        """An IRI with a prefix in place of what it begins with."""
        for prefix, start in self.prefixes.items():
            if iri.startswith(start) and len(iri) > len(start):
                return f"{prefix}:{iri.removeprefix(start)}"
        return iri

    def _page(self, template: str, **known: object) -> str:
        return self._templates.get_template(template).render(**known)


def _vocabulary() -> tuple[Sequence[str], Sequence[str]]:
    """The properties and the classes that our vocabulary speaks of, as IRIs, each list sorted."""
    kinds: dict[bool, set[str]] = {True: set(), False: set()}
    for quad in parse(path=ONTOLOGY, format=RdfFormat.TURTLE):
        subject, kind = str(getattr(quad.subject, "value", "")), getattr(quad.object, "value", "")
        if quad.predicate == term("rdf:type") and subject.startswith("http"):
            if "Property" in kind:
                kinds[True].add(subject)
            elif kind.endswith("Class"):
                kinds[False].add(subject)
    known = {PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label", PREFIXES["schema"] + "name"}
    return sorted(kinds[True] | known), sorted(kinds[False])
