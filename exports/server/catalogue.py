"""The things of a graph as pages tell of them: found by id or by words, each with its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from anyascii import anyascii

from exports.html import words
from exports.html.story import Details, Storyteller
from graph.mentions import NAMING
from graph.model import Claim, Entity, Event, GraphMention, KnowledgeGraph, Storyline
from ingest.article import Article, EntityType

MOST_QUOTES = 30
MOST_EVENTS = 200
TOP = 10
MOST_FOUND = 60
TOPS = {
    "People": (EntityType.PERSON,),
    "Places": (EntityType.PLACE, EntityType.FACILITY),
    "Organisations": (EntityType.ORGANIZATION, EntityType.GROUP),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A thing as a list shows it."""

    path: str
    name: str
    kind: str
    articles: int  # that speak of it; 1 for an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters of an article, and the mention they are; no path: plain text, or a mention that leads nowhere."""

    text: str
    kind: str = ""  # "" for plain text, else a MentionKind
    path: str = ""
    title: str = ""
    anchors: tuple[str, ...] = ()  # fragments that begin here


class Catalogue(Storyteller):
    """Knows a graph by its ids, and tells of its things with links to their pages."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        super().__init__(graph, most_quotes=MOST_QUOTES, most_events=MOST_EVENTS)
        self.articles = {article.id: article for article in graph.articles}
        self.entities = {entity.id: entity for entity in graph.entities}
        self.events = {event.id: event for event in graph.events}
        self.storylines = {storyline.id: storyline for storyline in graph.storylines}
        self._in_article: dict[str, list[GraphMention]] = {}
        for mention in graph.mentions:
            self._in_article.setdefault(mention.article, []).append(mention)
        self._claimed: dict[str, list[Claim]] = {}
        for claim in graph.claims:
            self._claimed.setdefault(claim.article, []).append(claim)
        told: dict[str, set[str]] = {}
        for mention in graph.mentions:
            if mention.refers_to is not None:
                told.setdefault(mention.refers_to, set()).add(self._reports.of(mention.article))
        things: tuple[Entity | Event | Storyline, ...] = (*graph.storylines, *graph.events, *graph.entities)
        # Articles apart: they may bring any id, also that of something else.
        self._texts = {article.id: _listed(article, 1) for article in graph.articles}
        self._listed = {thing.id: _listed(thing, len(told.get(thing.id, ()))) for thing in things}
        self._spellings = [
            (_folded(" ".join(spellings)), listed)
            for listed, spellings in (
                *((self._listed[each.id], (each.name, *each.aliases)) for each in graph.entities),
                *((self._listed[each.id], (each.label,)) for each in graph.events),
                *((self._texts[each.id], (each.title,)) for each in graph.articles),
            )
        ]
        self.counts = {
            "articles": len(graph.articles),
            "entities": len(graph.entities),
            "events": len(graph.events),
            "claims": len(graph.claims),
            "disputed": len({(claim.about, claim.property) for claim in graph.claims if claim.conflicts}),
        }

    def cell(self, claim: Claim) -> Details:
        """A claim as the side panel tells it, and where its pages are."""
        return super().cell(claim) | {
            "path": path("claim", claim.id),
            "from": path("article", claim.article),
            "source": self._source(claim.article),
        }

    def quotation(self, mention: GraphMention) -> Details:
        """A quotation as the side panel tells it, and the place in the article that it is from."""
        article = self.articles[mention.article]
        place = f"{path('article', article.id)}#{fragment(mention)}"
        return super().quotation(mention) | {
            "from": place,
            "in": words.headline(article),
            "publisher": article.publisher,
        }

    def link(self, id: str | None) -> str:
        """The page of an entity, event or storyline; "" for anything else."""
        listed = self._listed.get(id or "")
        return listed.path if listed else ""

    def tops(self) -> dict[str, list[Listed]]:
        """What and whom most articles speak of."""
        tops = {"Events": self._top(self.events)}
        for name, kinds in TOPS.items():
            tops[name] = self._top(entity.id for entity in self.entities.values() if entity.type in kinds)
        return tops

    def find(self, text: str) -> list[Listed]:
        """What goes by these words, or words that begin so: first what is called just that, then what is told most."""
        wanted = _folded(text)
        parts = wanted.split()
        if not parts:
            return []
        found = [
            (spelling.strip() != wanted.strip() and f" {listed.name} ".casefold() != f" {text.casefold()} ", listed)
            for spelling, listed in self._spellings
            if all(f" {part}" in spelling for part in parts)
        ]
        found.sort(key=lambda each: (each[0], -each[1].articles, each[1].path))
        return [listed for _, listed in found[:MOST_FOUND]]

    def listed(self, ids: Iterable[str]) -> list[Listed]:
        """These things as a list shows them, in their order."""
        return [self._listed[id] for id in ids if id in self._listed]

    def claims_of(self, article: str) -> list[Details]:
        """The claims of one article in the order of the text."""
        said = []
        for claim in sorted(self._claimed.get(article, ()), key=lambda claim: (self._start(claim.mention), claim.id)):
            about = self._listed.get(claim.about)
            said.append(
                self.cell(claim)
                | {
                    "property": words.plain(claim.property),
                    "about": about.name if about else claim.about,
                    "about_path": about.path if about else "",
                }
            )
        return said

    def paragraphs(self, article: Article) -> list[list[Stretch]]:
        """The text of an article with its mentions, a list for each paragraph."""
        mentions = sorted(self._in_article.get(article.id, ()), key=lambda each: (each.start, -each.end, each.id))
        spans = article.paragraphs or ((0, len(article.text)),)
        return [self._stretches(article, start, end, mentions) for start, end in spans]

    def _stretches(self, article: Article, start: int, end: int, mentions: list[GraphMention]) -> list[Stretch]:
        stretches = []
        at = start
        inside = [each for each in mentions if start <= each.start and each.end <= end]
        while inside:
            mention = inside.pop(0)
            within = [other for other in inside if other.start < mention.end]  # a mark cannot hold or cross another
            inside = inside[len(within) :]
            if at < mention.start:
                stretches.append(Stretch(text=article.text[at : mention.start]))
            leads = self._listed.get(mention.refers_to or "")
            named = leads is not None and mention.kind in NAMING
            stretches.append(
                Stretch(
                    text=article.text[mention.start : mention.end],
                    kind=mention.kind.value,
                    path=leads.path if leads and named else "",
                    title=f"{leads.name} ({leads.kind})" if leads and named else mention.kind.value,
                    anchors=tuple(dict.fromkeys(fragment(each) for each in (mention, *within))),
                )
            )
            at = mention.end
        return [*stretches, Stretch(text=article.text[at:end])]

    def _top(self, ids: Iterable[str]) -> list[Listed]:
        def told(id: str) -> tuple[int, int, str, str]:
            listed = self._listed[id]
            return -listed.articles, -len(self._said.get(id, ())), listed.name, id

        return self.listed(sorted(ids, key=told)[:TOP])

    def _start(self, mention: str) -> int:
        found = self._mentions.get(mention)
        return found.start if found else 0

    def publishers(self) -> list[tuple[str, int]]:
        """Who published the articles, most first."""
        counted = Counter(article.publisher for article in self.articles.values() if article.publisher)
        return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def _listed(thing: Article | Entity | Event | Storyline, articles: int) -> Listed:
    match thing:
        case Article():
            noun, name, kind = "article", words.headline(thing), "article"
        case Storyline():
            noun, name, kind = "storyline", thing.label, "storyline"
        case Event():
            noun, name, kind = "event", thing.label, f"event, {words.plain(thing.type)}"
        case Entity():
            noun, name, kind = "entity", thing.name, words.plain(thing.type)
    return Listed(path=path(noun, thing.id), name=name, kind=kind, articles=articles)


def path(noun: str, id: str) -> str:
    """Where the page of a thing is: the end of its IRI."""
    return f"/{noun}/{quote(id, safe='')}"


def fragment(mention: GraphMention) -> str:
    """The end of the IRI of a mention."""
    return f"char={mention.start},{mention.end}"


def _folded(text: str) -> str:
    """Words in plain lower-case letters, a space before each."""
    letters = "".join(letter if letter.isalnum() else " " for letter in anyascii(text).casefold())
    return "".join(f" {word}" for word in letters.split())
